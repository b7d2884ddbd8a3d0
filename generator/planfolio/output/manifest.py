"""The manifest: the file of a site that names the files which planfolio wrote."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING

from planfolio.output.sitepath import MANIFEST, check_site_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_VERSION = 1


class ManifestUnreadable(Exception):  # noqa: N818 - a state of the file
    """There is a manifest, but it cannot be trusted; the message says what is wrong with it."""


def encode_manifest(paths: Iterable[str]) -> bytes:
    """Return the manifest of a site with these site paths: one line a file, sorted."""
    content = {"version": _VERSION, "files": sorted(paths)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def decode_manifest(data: bytes) -> frozenset[str]:
    """Return the site paths that a manifest names.

    Raises ManifestUnreadable for one that is damaged, edited by hand into something that planfolio
    does not write, or of a later version: it decides what may be deleted, so nothing is guessed.
    """
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise ManifestUnreadable("it is not JSON in UTF-8") from None
    if not isinstance(content, dict) or "version" not in content:
        raise ManifestUnreadable("it names no version")
    if content["version"] != _VERSION:
        raise ManifestUnreadable(f"it has version {content['version']!r}, this planfolio knows 1")
    files = content.get("files")
    if not isinstance(files, list | dict):  # the first releases wrote a hash beside each path
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
        descriptor = os.open(folder / MANIFEST, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG((folder / MANIFEST).lstat().st_mode):
            raise ManifestUnreadable("it is not a regular file")
        return decode_manifest(file.read())
