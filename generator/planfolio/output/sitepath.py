"""Site paths, such as `goals/cka/index.html`, and the manifest that names those of a site.

A path that would leave the output, or mean another file on another system, is a bug of the caller.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

MANIFEST = ".planfolio-manifest.json"

_VERSION = 1
_PLAIN = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)*", re.ASCII)
_BAD = r"(?s)[A-Za-z]:|(.*/)?(\.{0,2})(/|$)|.*[\\\0]"
"""What is absolute, has an empty, `.` or `..` part, or a backslash or a NUL in it."""

_RESERVED = re.compile(r"\.(git|planfolio-[^/]*)(/|$)", re.IGNORECASE)


class ManifestUnreadable(Exception):  # noqa: N818 - a state of the file
    """There is a manifest, but it cannot be trusted; the message says what is wrong with it."""


def encode_manifest(paths: Iterable[str]) -> bytes:
    """Return the manifest of a site with these site paths: one line a file, sorted."""
    content = {"version": _VERSION, "files": sorted(paths)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def decode_manifest(data: bytes) -> frozenset[str]:
    """Return the site paths that a manifest names.

    Raises ManifestUnreadable for one that planfolio did not write so: it decides what is deleted.
    """
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise ManifestUnreadable("it is not JSON in UTF-8") from None
    if not isinstance(content, dict) or content.get("version") != _VERSION:
        raise ManifestUnreadable("its version is not 1, the only one that this planfolio knows")
    files = content.get("files")
    if not isinstance(files, list):
        raise ManifestUnreadable("it lists no files")
    for path in files:
        try:
            check_site_path(path)
        except (TypeError, ValueError) as error:
            raise ManifestUnreadable(str(error)) from None
    return frozenset(files)


def read_manifest(folder: Path) -> frozenset[str] | None:
    """Return the site paths that the manifest of a folder names, or None if it has no manifest.

    Raises ManifestUnreadable as `decode_manifest` does, and OSError.
    """
    try:
        return decode_manifest((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def check_site_path(path: str) -> None:
    """Raise ValueError unless the path stays below the site and is not one of our own names."""
    if _PLAIN.fullmatch(path):  # a short way for nearly all of thousands
        return
    if re.match(_BAD, path):
        raise ValueError(f"site path {path!r} must be relative and plain")
    if _RESERVED.match(path):
        raise ValueError(f"site path {path!r} is reserved")


def folders_of(paths: Iterable[str]) -> dict[str, str]:
    """Return every folder that the paths need, each with one of the paths that need it."""
    folders: dict[str, str] = {}
    for path in paths:
        folder = path
        while (cut := folder.rfind("/")) > 0:
            folder = folder[:cut]
            if folder in folders:
                break
            folders[folder] = path
    return folders
