"""Site paths: where a file lives below the root of the site, such as `goals/cka/index.html`.

They are built from titles and file names, and become paths on disks of every kind. What would
leave the output, or mean another file on another system, is an error of the stage that made it.
"""

import re
import unicodedata
from collections.abc import Iterable

from planfolio.spelling import folded

MANIFEST = ".planfolio-manifest.json"

_PLAIN = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)*", re.ASCII)
_RESERVED = re.compile(r"\.(git|planfolio-[^/]*)(/|$)", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")


def check_site_path(path: str) -> None:
    """Raise ValueError unless the path is relative, plain, NFC and not one of our own names."""
    if _PLAIN.fullmatch(path):  # nearly all of them are, and there are thousands
        return
    if not path or path.startswith("/") or _DRIVE.match(path):
        raise ValueError(f"site path {path!r} must be relative and not empty")
    if "\\" in path or "\0" in path:
        raise ValueError(f"site path {path!r} must not hold a backslash or a NUL")
    if any(part in {"", ".", ".."} for part in path.split("/")):
        raise ValueError(f"site path {path!r} must have no empty, '.' or '..' part")
    if _RESERVED.match(path):
        raise ValueError(f"site path {path!r} is reserved")
    if path.isascii():
        return
    if not unicodedata.is_normalized("NFC", path):
        raise ValueError(f"site path {path!r} must be in Unicode normal form C")
    try:
        path.encode()
    except UnicodeEncodeError:
        raise ValueError(f"site path {path!r} cannot be written as UTF-8") from None


def check_site_paths(paths: Iterable[str]) -> None:
    """Raise ValueError for a bad path, or for two that cannot stand on every disk together.

    Two paths collide when they are one where case or normal form is ignored (macOS, Windows), or
    when one is a file where the other needs a folder.
    """
    files: dict[str, str] = {}
    for path in sorted(paths):
        check_site_path(path)
        other = files.setdefault(folded(path), path)
        if other != path:
            raise ValueError(
                f"site paths {other!r} and {path!r} are one file where case is ignored"
            )
    for folder, inner in sorted(folders_of(files).items()):
        if folder in files:
            raise ValueError(
                f"site path {files[folder]!r} is a file, but {files[inner]!r} needs it as a folder"
            )


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
