"""Which files of a content folder are read, and what they hold."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.diagnostics import Diagnostic, Severity
from planfolio.marks import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 2_000_000
"""The most bytes that a Markdown file may have."""

_LEFTOVER = re.compile(r"^\.|~$|^#.*#$|^4913$|\.(swp|swo|swx|tmp|bak|orig)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the content folder; `path` is relative to that folder, with forward slashes, in NFC."""

    path: str
    file: Path


@dataclass(frozen=True, slots=True)
class Listing:
    """The Markdown files and the other files of a content folder, each sorted by path."""

    markdown: tuple[SourceFile, ...]
    assets: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def list_files(content: Path, *, root: Path) -> Listing:
    """Walk a content folder; `root` is the folder of site.toml, which paths are told from.

    Dot-files and what editors leave behind are passed over. A link that leads out of the plan,
    a link to a folder and a Markdown name that is no ordinary file are errors.
    """
    prefix = content.relative_to(root).as_posix()
    markdown: list[SourceFile] = []
    assets: list[SourceFile] = []
    faults: list[Diagnostic] = []
    inside = content.resolve()
    for entry, path in _walk(content, "", faults, prefix):
        fault = _fault(entry, path, inside)
        if fault is not None:
            message, hint = fault
            faults.append(unreadable(f"{prefix}/{path}", message, hint))
            continue
        if not entry.is_file():
            continue
        target = markdown if path.lower().endswith(".md") else assets
        target.append(SourceFile(path, Path(entry.path)))
    return Listing(
        tuple(sorted(markdown, key=lambda f: f.path)),
        tuple(sorted(assets, key=lambda f: f.path)),
        tuple(faults),
    )


def read_text(source: SourceFile, *, path: str) -> str | Diagnostic:
    """Read a Markdown file as text with `\\n` at its line ends, or say why it cannot be read."""
    try:
        with source.file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        return unreadable(path, f"the file cannot be read: {error.strerror}", "look at its permissions")
    if len(data) > LARGEST:
        return unreadable(path, "the file is larger than 2 MB", "a record is a page of text: split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        span = _place(data[: error.start].decode("utf-8-sig", "replace"))
        byte = data[error.start]
        return unreadable(
            path, f"the byte 0x{byte:02X} is not UTF-8 text", "save the file as UTF-8", span
        )
    if "\0" in text:
        span = _place(text[: text.index("\0")])
        return unreadable(path, "a NUL byte stands in the file", "delete it, or save it as text", span)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unreadable(path: str, message: str, hint: str, span: Span | None = None) -> Diagnostic:
    """Return the error for a file that cannot be read."""
    return Diagnostic(
        code="F101",
        name="unreadable-file",
        severity=Severity.ERROR,
        path=path,
        span=span or Span(),
        message=message,
        hint=hint,
    )


def _walk(
    folder: Path, below: str, faults: list[Diagnostic], prefix: str
) -> Iterator[tuple[os.DirEntry[str], str]]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda e: e.name)
    except OSError as error:
        place = f"{prefix}/{below}".rstrip("/")
        faults.append(unreadable(place, f"the folder cannot be read: {error.strerror}", ""))
        return
    for entry in entries:
        if _LEFTOVER.search(entry.name):
            continue
        path = unicodedata.normalize("NFC", below + entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, path + "/", faults, prefix)
        else:
            yield entry, path


def _fault(entry: os.DirEntry[str], path: str, inside: Path) -> tuple[str, str] | None:
    if not path.isprintable() or any("\ud800" <= c <= "\udfff" for c in path):
        return "the name of the file has bytes or characters that no text has", "rename it"
    if entry.is_symlink():
        try:
            target = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError):
            return "the link leads nowhere", "delete it"
        if not target.is_relative_to(inside):
            return "the link leads out of the plan", "copy the file instead"
        if target.is_dir():
            return "links to folders are not followed", "move the folder instead"
    if path.lower().endswith(".md"):
        mode = entry.stat().st_mode
        if not stat.S_ISREG(mode):
            return "this is no ordinary file", "delete it or rename it"
    return None


def _place(before: str) -> Span:
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Span(line, column, line, column + 1)
