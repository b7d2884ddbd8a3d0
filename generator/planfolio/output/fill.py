"""Put the files of a site into a staging folder."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from planfolio.output.manifest import Manifest
from planfolio.output.sitepath import MANIFEST, folders_of

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_FILE_MODE = 0o644  # less the umask: anyone may read a site, only its owner may write it
_FOLDER_MODE = 0o755


def make_folders(site: Path, *, paths: Iterable[str]) -> None:
    """Make every folder that the paths need and that is not there."""
    for folder in sorted(folders_of(paths)):
        with suppress(FileExistsError):
            os.mkdir(f"{site}/{folder}", _FOLDER_MODE)  # noqa: PTH102 - one a page, so many


def write_files(site: Path, *, paths: Iterable[str], files: Mapping[str, bytes]) -> None:
    """Write these of the files; none may be there. Raises OSError."""
    for path in paths:
        _write(f"{site}/{path}", files[path])


def link_files(
    site: Path, *, paths: Iterable[str], files: Mapping[str, bytes], output: Path
) -> None:
    """Take over files that the output holds already: the same file, by a second name.

    Where it cannot be linked (another owner's, on a system that guards such links) it is written
    anew, with the time of the old one, so that a web server's caches stay right.
    """
    for path in paths:
        old, new = f"{output}/{path}", f"{site}/{path}"
        try:
            os.link(old, new)
        except OSError:
            _write(new, files[path])
            status = os.stat(old)  # noqa: PTH116
            os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))


def write_manifest(site: Path, *, manifest: Manifest, name: str = MANIFEST) -> None:
    """Write the manifest, and wait until the disk has it.

    It is the one file that is synchronised. The pages are made from sources and compared byte for
    byte at each build, so what a power cut spoils, the next build mends; and a lost rename leaves
    the old site, whole. But a manifest cut short would make us refuse the folder until its owner
    deletes it by hand.
    """
    _write(f"{site}/{name}", manifest.encoded(), durable=True)


def _write(path: str, data: bytes, *, durable: bool = False) -> None:
    descriptor = os.open(path, _CREATE, _FILE_MODE)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if durable:
            os.fsync(descriptor)
    except OSError as error:
        error.filename = path
        raise
    finally:
        os.close(descriptor)
