"""Documents: the Markdown files of a plan, each with its front matter and its compiled body."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from planfolio.markdown import Compiler
from planfolio.model.diagnostics import Diagnostic, Problem, Severity
from planfolio.model.kinds import KINDS
from planfolio.model.source_tree import Mapping, Span
from planfolio.read.files import list_files, read_bytes, text_of, unreadable
from planfolio.read.front_matter import split
from planfolio.read.pictures import is_picture
from planfolio.read.pictures import measure as measured

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Mapping as MappingOf

    from planfolio.markdown import Body, Size
    from planfolio.model.kinds import Kind
    from planfolio.read.files import SourceFile


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file.

    `path` is relative to the folder of site.toml and as the disk has it, `place` is relative to
    the content folder and in NFC; `node` is the front matter; `body` is compiled, and starts on
    line `body_line`. `broken` tells that the front matter could not be read, so that nothing
    should be made of it.
    """

    path: str
    place: str
    node: Mapping
    body: Body
    body_line: int
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Documents:
    """All that was found in a content folder.

    `assets` are the files beside the Markdown, by path in the content folder; they are copied and
    never read whole. `sizes` are those of the pictures among them, where their files say them.
    `notes` are the paths of the Markdown files that are no records and were not read.
    """

    markdown: tuple[Document, ...]
    assets: MappingOf[str, Path]
    diagnostics: tuple[Diagnostic, ...]
    sizes: MappingOf[str, Size] = field(default_factory=lambda: MappingProxyType({}))
    notes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one file: a document, and what is wrong with it."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()


class Reader:
    """Reads Markdown files one by one, and remembers none of them.

    What comes of a file depends on its path, its place and its bytes alone.
    """

    def __init__(self) -> None:
        self._compiler = Compiler()

    def read(self, source: SourceFile) -> Read:
        """Read a file from the disk."""
        data = read_bytes(source, path=source.shown)
        return (
            self.unread(source, data) if isinstance(data, Diagnostic) else self.parse(source, data)
        )

    def parse(self, source: SourceFile, data: bytes) -> Read:
        """Make a document of the bytes of a file."""
        path = source.shown
        text = text_of(data, path=path)
        if isinstance(text, Diagnostic):
            return self.unread(source, text)
        parts = split(text, path=path)
        broken = any(found.code == "F101" for found in parts.diagnostics)
        body = self._compiler.compile(parts.body)
        document = Document(path, source.path, parts.node, body, parts.body_line, broken)
        return Read(document, parts.diagnostics)

    def unread(self, source: SourceFile, fault: Diagnostic) -> Read:
        """Return what stands for a file that cannot be read."""
        nothing = Mapping((), Span())
        body = self._compiler.compile("")
        return Read(Document(source.shown, source.path, nothing, body, 1, broken=True), (fault,))


def read_documents(
    content: Path,
    *,
    root: Path,
    kinds: Sequence[Kind] = KINDS,
    read: Callable[[SourceFile], Read] | None = None,
    measure: Callable[[SourceFile], Size | None] = measured,
) -> Documents:
    """Read the Markdown of all kinds below a content folder, and find the other files.

    Whatever the bytes, no exception comes of them. `root` is the folder of site.toml. `read` reads
    one file as `Reader.read` does, which is the default; `measure` tells the size of a picture.
    """
    name = content.relative_to(root).as_posix()
    if not content.is_dir():
        missing = unreadable(name, f"there is no {name}/ folder here", "run `planfolio init`")
        return Documents((), MappingProxyType({}), (missing,))
    if not content.resolve().is_relative_to(root.resolve()):
        message = f"{name}/ is a link that leads out of the folder of site.toml"
        outside = unreadable(name, message, "move the folder itself here")
        return Documents((), MappingProxyType({}), (outside,))
    listing = list_files(content, root=root)
    if read is None:
        read = Reader().read
    documents: list[Document] = []
    notes: set[str] = set()
    diagnostics = list(listing.diagnostics)
    for source in listing.markdown:
        if is_readme(source.path) or not belongs_to_a_kind(source.path, kinds):
            notes.add(source.path)
            if not is_readme(source.path):
                diagnostics.append(_stray(source, kinds))
            continue
        made = read(source)
        documents.append(made.document)
        diagnostics.extend(made.diagnostics)
    pictures = (asset for asset in listing.assets if is_picture(asset.path))
    return Documents(
        tuple(documents),
        MappingProxyType({asset.path: Path(asset.file) for asset in listing.assets}),
        tuple(diagnostics),
        sizes=MappingProxyType({p.path: size for p in pictures if (size := measure(p))}),
        notes=frozenset(notes),
    )


def is_readme(place: str) -> bool:
    """Tell whether a path is that of a README, which is for the git host and no record."""
    return place.rpartition("/")[2].casefold() == "readme.md"


def belongs_to_a_kind(place: str, kinds: Sequence[Kind]) -> bool:
    """Tell whether a Markdown file is a record, or a list of records, of one of the kinds."""
    first, slash, _ = place.partition("/")
    folder = first if slash else first[: -len(".md")]
    is_single = any(kind.singleton and place == f"{kind.name}.md" for kind in kinds)
    return is_single or any(not kind.singleton and kind.folder == folder for kind in kinds)


def _stray(source: SourceFile, kinds: Sequence[Kind]) -> Diagnostic:
    """Return the note on a file that is no record; a folder that is nearly right is a slip."""
    first, slash, _ = source.path.partition("/")
    folders = [kind.folder for kind in kinds if not kind.singleton]
    known = {folder.casefold(): f"{folder}/" for folder in folders}
    if not slash:
        first = first[: -len(".md")]
        known |= {kind.name.casefold(): f"{kind.name}.md" for kind in kinds if kind.singleton}
    near = difflib.get_close_matches(first.casefold(), known, n=1, cutoff=0.8)
    hint = f"did you mean {known[near[0]]}?" if near else _folders_hint(folders)
    message = "this file is in no folder of a kind, so it is not part of the plan"
    problem = Problem(message, hint, code="F108", name="stray-file")
    severity = Severity.WARNING if near else Severity.INFO
    return problem.at(source.shown, Span(), severity=severity)


def _folders_hint(folders: Sequence[str]) -> str:
    listed = ", ".join(f"{folder}/" for folder in folders)
    return f"the folders are {listed}; one that starts with _ is passed over"
