"""Which files of a content folder are read, and what they hold."""

from __future__ import annotations

import codecs
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import Span
from planfolio.spelling import folded, quoted, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 2_000_000
"""The most bytes that a Markdown file may have."""

_LEFTOVER = re.compile(r"^\.|~$|^#.*#$|^4913$|\.(swp|swo|swx|tmp|bak|orig)$", re.IGNORECASE)
_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Controls, bytes that are no UTF-8, and line ends. Joiners are text: some scripts need them."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the content folder.

    `path` is relative to that folder, with forward slashes, and in NFC, as links are compared;
    `shown` is the same path as the disk has it, which an editor can open. `file` is where it lies,
    as a string: of thousands of files only few are opened, and a Path for each takes its time.
    """

    path: str
    file: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The Markdown files and the other files of a content folder, each sorted by path."""

    markdown: tuple[SourceFile, ...]
    assets: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def list_files(content: Path, *, root: Path) -> Listing:
    """Walk a content folder; `root` is the folder of site.toml, which paths are told from.

    Dot-files and what editors leave behind are passed over. A link that leads out of the plan,
    a link to a folder, a Markdown name that is no ordinary file, a name that is no text, and two
    names that are one where case or normal form makes no difference are errors.
    """
    prefix = content.relative_to(root).as_posix()
    faults: list[Diagnostic] = []
    inside = content.resolve()
    found: dict[str, SourceFile] = {}
    for entry, shown in _walk(content, prefix, faults):
        source = SourceFile(unicodedata.normalize("NFC", shown), entry.path, f"{prefix}/{shown}")
        fault = _fault(entry, inside)
        if fault is not None:
            faults.append(unreadable(source.shown, *fault))
        elif entry.is_file():
            other = found.setdefault(folded(shown), source)
            if other is not source:
                faults.append(_collision(source, other))
    files = sorted(found.values(), key=lambda source: source.path)
    return Listing(
        tuple(source for source in files if _is_markdown(source.path)),
        tuple(source for source in files if not _is_markdown(source.path)),
        tuple(faults),
    )


def read_text(source: SourceFile, *, path: str) -> str | Diagnostic:
    """Read a Markdown file as text with `\\n` at its line ends, or say why it cannot be read."""
    data = read_bytes(source, path=path)
    return data if isinstance(data, Diagnostic) else text_of(data, path=path)


def read_bytes(source: SourceFile, *, path: str) -> bytes | Diagnostic:
    """Read a Markdown file, as much of it as `text_of` needs to refuse it, or say why not."""
    try:
        file = Path(source.file)
        if not stat.S_ISREG(file.stat().st_mode):
            return unreadable(path, "this is no ordinary file", "delete it or rename it")
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return unreadable(path, message, "look at its permissions")


def text_of(data: bytes, *, path: str) -> str | Diagnostic:
    """Return the bytes of a Markdown file as text, or say why they are none."""
    if len(data) > LARGEST:
        message = "the file is larger than 2 MB"
        return unreadable(path, message, "a record is a page of text: split it")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode())
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8 text"
        return unreadable(path, message, "save the file as UTF-8", place)
    if "\0" in text:
        place = _place(text[: text.index("\0")])
        message = "a NUL byte stands in the file"
        return unreadable(path, message, "delete it, or save the file as text", place)
    return _with_line_feeds(text)


def is_left_over(name: str) -> bool:
    """Tell whether a name of a file or a folder is passed over: hidden, or an editor's own."""
    return bool(_LEFTOVER.search(name))


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
    content: Path, prefix: str, faults: list[Diagnostic]
) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yield all files with their paths; without recursion, since folders nest as they like."""
    folders = [(content, "")]
    while folders:
        folder, below = folders.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            place = f"{prefix}/{below}".rstrip("/")
            faults.append(unreadable(place, f"the folder cannot be read: {error.strerror}", ""))
            continue
        for entry in entries:
            if is_left_over(entry.name):
                continue
            if _is_no_text(entry.name):
                name = visible(entry.name)
                message = "the name of the file has bytes or characters that are no text"
                faults.append(unreadable(f"{prefix}/{below}{name}", message, "rename it"))
            elif entry.is_dir(follow_symlinks=False):
                folders.append((folder / entry.name, f"{below}{entry.name}/"))
            else:
                yield entry, below + entry.name


def _fault(entry: os.DirEntry[str], inside: Path) -> tuple[str, str] | None:
    if entry.is_symlink():
        try:
            target = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError):
            return "the link leads nowhere", "delete it"
        if not target.is_relative_to(inside):
            return "the link leads out of the plan", "copy the file instead"
        if target.is_dir():
            return "links to folders are not followed", "move the folder instead"
    if _is_markdown(entry.name) and not entry.is_file():
        return "this is no ordinary file", "delete it or rename it"
    return None


def _collision(source: SourceFile, other: SourceFile) -> Diagnostic:
    same = source.path == other.path
    why = "the same name in another normal form of Unicode" if same else "the same but for case"
    return Diagnostic(
        code="F103",
        name="duplicate-file",
        severity=Severity.ERROR,
        path=source.shown,
        span=Span(),
        message=f"{quoted(source.shown)} and {quoted(other.shown)} are {why}",
        hint="rename one: many disks and hosts cannot keep both",
    )


def _is_markdown(path: str) -> bool:
    return path.lower().endswith(".md")


def _is_no_text(name: str) -> bool:
    if name.isascii():
        return not name.isprintable()
    return any(unicodedata.category(char) in _NO_TEXT for char in name)


def _place(before: str) -> Span:
    lines = _with_line_feeds(before).split("\n")
    line, column = len(lines), len(lines[-1]) + 1
    return Span(line, column, line, column + 1)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
