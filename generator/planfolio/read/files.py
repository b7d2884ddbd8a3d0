"""The files of a content folder: which of them are the plan's, and the text in them."""

import codecs
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from planfolio.message_text import quoted, visible
from planfolio.model.diagnostics import Diagnostic, FirstFew, Problem
from planfolio.model.source_tree import SourceText, Span
from planfolio.names import folded

LARGEST_FILE = 2_000_000
"""The most bytes that a Markdown file may have."""

_LEFTOVER = re.compile(r"^\.|~$|^#.*#$|^4913$|\.(swp|swo|swx|tmp|bak|orig)$", re.IGNORECASE)
_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Controls, bytes that are no UTF-8, and line ends. Joiners are text: some scripts need them."""
# It is a string, since few plans have conflicts: `re` compiles it on its first use.
_MARKER = r"(?m)^(?:<{7}(?: .*)?|>{7} \S.*)$"


class SourceFile(NamedTuple):
    """A file of the content folder.

    `path` is relative to that folder, with forward slashes, and in NFC, as links are compared;
    `shown` is the same path as the disk has it, which an editor can open. `file` is where it lies,
    as a string, since making a Path of each of thousands of files takes longer than listing them.
    """

    path: str
    file: str
    shown: str


class Listing(NamedTuple):
    """The Markdown files and the other files of a content folder, each sorted by path."""

    markdown: tuple[SourceFile, ...]
    assets: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def list_files(content: Path, *, root: Path) -> Listing:
    """Walk a content folder; `root` is the folder of site.toml, which paths are told from.

    Dot-files, folders and Markdown that start with `_`, and what editors leave behind are passed
    over. A link that leads out of the plan, a link to a folder, a Markdown name that is no
    ordinary file, a name that is no text, and two names that differ only in case or normal form
    are errors.
    """
    prefix = content.relative_to(root).as_posix()
    faults: list[Diagnostic] = []
    inside = content.resolve()
    found: dict[str, SourceFile] = {}
    for entry, shown in _walk(content, prefix, faults):
        source = SourceFile(unicodedata.normalize("NFC", shown), entry.path, f"{prefix}/{shown}")
        fault = _fault(entry, inside)
        if fault is not None:
            faults.append(unreadable_file(source.shown, *fault))
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


def read_bytes(source: SourceFile) -> bytes | Diagnostic:
    """Read a Markdown file, as much of it as `text_of` needs to refuse it, or say why not."""
    try:
        status = os.stat(source.file)  # noqa: PTH116 - once for each file
        if not stat.S_ISREG(status.st_mode):
            return unreadable_file(
                source.shown, "this is no ordinary file", "delete it or rename it"
            )
        with open(source.file, "rb", buffering=0) as stream:  # noqa: PTH123
            return stream.read(LARGEST_FILE + 1 if status.st_size > LARGEST_FILE else -1)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        is_gone = isinstance(error, FileNotFoundError)
        hint = "put it back" if is_gone else "look at its permissions"
        return unreadable_file(source.shown, message, hint)


def text_of(data: bytes | Diagnostic, *, path: str) -> str | Diagnostic:
    """Return what `read_bytes` did as text with `\\n` at its line ends, or why it is no text."""
    if isinstance(data, Diagnostic):
        return data
    if len(data) > LARGEST_FILE:
        message = "the file is larger than 2 MB"
        return unreadable_file(path, message, "a record is a page of text: split it")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = _with_line_feeds(data[: error.start].decode())
        place = SourceText(before).character(len(before))
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8 text"
        return unreadable_file(path, message, "save the file as UTF-8", place)
    text = _with_line_feeds(text)
    if "\0" in text:
        place = SourceText(text).character(text.index("\0"))
        message = "the file has a NUL byte"
        return unreadable_file(path, message, "delete it, or save the file as text", place)
    return text


def conflict_markers(text: str, *, path: str) -> tuple[Diagnostic, ...]:
    """Return an error at each conflict that git left in a file: where it begins, else its end."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return ()
    found, places, is_open = FirstFew(), SourceText(text), False
    hint = "keep what is right, and delete the lines that start with <<<<<<<, ======= and >>>>>>>"
    problem = Problem(
        "git could not merge these lines: the file has both versions",
        hint,
        code="F110",
        name="merge-conflict",
    )
    for marker in re.finditer(_MARKER, text):
        is_end = marker[0][0] == ">"
        if not (is_end and is_open):
            found.add("conflict", problem.as_diagnostic(path, places.span(*marker.span())))
        is_open = not is_end
    return tuple(found.diagnostics())


def lines_of(path: str, *, root: Path) -> list[str]:
    """Return the lines of site.toml or of a file of the plan, as findings number them.

    There are none for what a build does not read: links out of the plan, and special files.
    """
    file, folder = root / path, root / path.partition("/")[0]
    try:
        inside, whole = folder.resolve(), root.resolve()
        if folder != file and not (
            file.resolve().is_relative_to(inside) and inside.is_relative_to(whole)
        ):
            return []
    except (OSError, RuntimeError):  # a link that leads in a circle
        return []
    data = read_bytes(SourceFile(path, str(file), path))
    text = "" if isinstance(data, Diagnostic) else data.decode("utf-8-sig", "replace")
    return _with_line_feeds(text).split("\n")


def is_left_over(name: str) -> bool:
    """Tell whether a name of a file or a folder is passed over: hidden, or an editor's own."""
    return bool(_LEFTOVER.search(name))


def unreadable_file(path: str, message: str, hint: str, span: Span | None = None) -> Diagnostic:
    """Return the error for a file that cannot be read."""
    return Problem(message, hint, code="F101", name="unreadable-file").as_diagnostic(
        path, span or Span()
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
            faults.append(
                unreadable_file(place, f"the folder cannot be read: {error.strerror}", "")
            )
            continue
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            is_aside = entry.name.startswith("_") and (is_folder or _is_markdown(entry.name))
            if is_left_over(entry.name) or is_aside:
                continue
            if _is_no_text(entry.name):
                name = visible(entry.name)
                message = "the name of the file has bytes or characters that are no text"
                faults.append(unreadable_file(f"{prefix}/{below}{name}", message, "rename it"))
            elif is_folder:
                folders.append((folder / entry.name, f"{below}{entry.name}/"))
            else:
                yield entry, below + entry.name


def _fault(entry: os.DirEntry[str], inside: Path) -> tuple[str, str] | None:
    if entry.is_symlink():
        try:
            target = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError):
            return "the link points to nothing", "delete it"
        if not target.is_relative_to(inside):
            return "the link leads out of the plan", "put a copy there instead"
        if target.is_dir():
            return "links to folders are not followed", "move the folder instead"
    if _is_markdown(entry.name) and not entry.is_file():
        return "this is no ordinary file", "delete it or rename it"
    return None


def _collision(source: SourceFile, other: SourceFile) -> Diagnostic:
    message = f"{quoted(source.shown)} and {quoted(other.shown)} are the same but for case"
    if source.path == other.path:
        first, second = (
            ascii(name.rpartition("/")[2])[1:-1] for name in (other.shown, source.shown)
        )
        message = (
            f"{quoted(source.shown)} is there twice, in two normal forms of Unicode: "
            f"{first} and {second}"
        )
    hint = "rename one: many disks and hosts cannot keep both"
    return Problem(message, hint, code="F103", name="duplicate-file").as_diagnostic(
        source.shown, Span()
    )


def _is_markdown(path: str) -> bool:
    return path.lower().endswith(".md")


def _is_no_text(name: str) -> bool:
    if name.isascii():
        return not name.isprintable()
    return any(unicodedata.category(char) in _NO_TEXT for char in name)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
