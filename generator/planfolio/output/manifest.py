"""The manifest: the file in the output that says which of its files are ours."""

import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from planfolio.output.sitepath import MANIFEST, check_site_path

VERSION = 1

_DIGEST_BYTES = 16
_DIGEST = re.compile(r"[0-9a-f]{32}")


class ManifestUnreadable(Exception):  # noqa: N818 - the state of the file, not a kind of error
    """There is a manifest, but it cannot be trusted; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a site, each with the BLAKE2b hash of its bytes (16 bytes, in hex)."""

    files: Mapping[str, str]

    def encoded(self) -> bytes:
        """Return the manifest as it is written: one line a file, in the order of paths."""
        content = {"version": VERSION, "files": dict(sorted(self.files.items()))}
        return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"

    def holds(self, path: str, file: Path) -> bool:
        """Whether a regular file has just the bytes that the manifest gives for a path."""
        digest = self.files.get(path)
        return digest is not None and file.is_file() and _digest(file.read_bytes()) == digest


def manifest_of(files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest of a site that is about to be written."""
    return Manifest({path: _digest(data) for path, data in files.items()})


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of an output folder, or None where there is none.

    Raises ManifestUnreadable for one that is damaged, edited by hand into something that we do
    not write, or of a version to come. It decides what may be deleted, so nothing is guessed.
    """
    path = folder / MANIFEST
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise ManifestUnreadable("it is not a regular file")
        text = _read(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise ManifestUnreadable("it is not JSON in UTF-8") from None
    return _checked(content)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def _read(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def _checked(content: object) -> Manifest:
    if not isinstance(content, dict) or "version" not in content:
        raise ManifestUnreadable("it names no version")
    if content["version"] != VERSION:
        raise ManifestUnreadable(f"it has version {content['version']!r}, this planfolio knows 1")
    files = content.get("files")
    if not isinstance(files, dict):
        raise ManifestUnreadable("it lists no files")
    for path, digest in files.items():
        try:
            check_site_path(path)
        except ValueError as error:
            raise ManifestUnreadable(str(error)) from None
        if not (isinstance(digest, str) and _DIGEST.fullmatch(digest)):
            raise ManifestUnreadable(f"the hash of {path!r} is no hash")
    return Manifest(files)
