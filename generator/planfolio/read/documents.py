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
from planfolio.model.source_tree import MappingNode, Scalar, Span
from planfolio.read.conflicts import copy_finding, second_copy
from planfolio.read.files import list_files, read_bytes, text_of, unreadable
from planfolio.read.front_matter import split
from planfolio.read.pictures import is_picture, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from planfolio.model.body import Body
    from planfolio.model.kinds import Kind
    from planfolio.model.references import Size
    from planfolio.read.conflicts import SecondCopy
    from planfolio.read.files import SourceFile


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file.

    `path` is relative to the folder of site.toml and as the disk has it, `place` is relative to
    the content folder and in NFC; `node` is the front matter; `body` is compiled, and starts on
    line `body_line`. `broken` tells that the front matter could not be read, so that the file
    is no record.
    """

    path: str
    place: str
    node: MappingNode
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
    assets: Mapping[str, Path]
    diagnostics: tuple[Diagnostic, ...]
    sizes: Mapping[str, Size] = field(default_factory=lambda: MappingProxyType({}))
    notes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Read:
    """One file: its document, and what is wrong with it."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()


class Reader:
    """Reads Markdown files one by one; a document depends on path, place and bytes alone."""

    def __init__(self) -> None:
        self._compiler = Compiler()

    def read(self, source: SourceFile) -> Read:
        """Read a file from the disk."""
        data = read_bytes(source)
        if isinstance(data, Diagnostic):
            return self.unread(source, data)
        return self.parse(source, data)

    def parse(self, source: SourceFile, data: bytes) -> Read:
        """Make a document of the bytes of a file."""
        path = source.shown
        text = text_of(data, path=path)
        if isinstance(text, Diagnostic):
            return self.unread(source, text)
        parts = split(text, path=path)
        broken = any(found.code in ("F101", "F110") for found in parts.diagnostics)
        body = self._compiler.compile(parts.body)
        document = Document(path, source.path, parts.node, body, parts.body_line, broken)
        return Read(document, parts.diagnostics)

    def unread(self, source: SourceFile, fault: Diagnostic) -> Read:
        """Return what stands for a file that cannot be read."""
        nothing = MappingNode((), Span())
        body = self._compiler.compile("")
        return Read(Document(source.shown, source.path, nothing, body, 1, broken=True), (fault,))


def read_documents(
    content: Path,
    *,
    root: Path,
    kinds: Sequence[Kind] = KINDS,
    read: Callable[[SourceFile], Read] | None = None,
) -> Documents:
    """Read the Markdown of all kinds below a content folder, and find the other files.

    No content of a file raises an exception. `root` is the folder of site.toml. `read` reads
    one file as `Reader.read` does, which is the default.
    """
    name = content.relative_to(root).as_posix()
    fault = None
    if not content.is_dir():
        fault = unreadable(name, f"there is no {name}/ folder here", "run `planfolio init`")
    elif not content.resolve().is_relative_to(root.resolve()):
        message = f"{name}/ is a link that leads out of the folder of site.toml"
        fault = unreadable(name, message, "move the folder itself here")
    if fault is not None:
        return Documents((), MappingProxyType({}), (fault,))
    listing = list_files(content, root=root)
    read = Reader().read if read is None else read
    places = _places_of_records(kinds)
    records = {s.path: s for s in listing.markdown if _is_record(s.path, places)}
    others = [source for source in listing.markdown if source.path not in records]
    copies = {s.path: copy for s in listing.markdown if (copy := second_copy(s.path, records))}
    made = {
        path: read(source)
        for path, source in records.items()
        if path not in copies or not copies[path].sure
    }
    copies = {p: copy for p, copy in copies.items() if p not in made or _same_title(p, copy, made)}
    kept = [one for path, one in made.items() if path not in copies]
    pictures = (asset for asset in listing.assets if is_picture(asset.path))
    shown = {source.path: source.shown for source in listing.markdown}
    return Documents(
        tuple(one.document for one in kept),
        MappingProxyType({asset.path: Path(asset.file) for asset in listing.assets}),
        (
            *listing.diagnostics,
            *(copy_finding(shown[p], shown[copy.original]) for p, copy in copies.items()),
            *(_stray(one, kinds) for one in others if not _is_passed_over(one.path, copies)),
            *(found for one in kept for found in one.diagnostics),
        ),
        sizes=MappingProxyType({p.path: size for p in pictures if (size := measure(p))}),
        notes=frozenset((*(source.path for source in others), *copies)),
    )


def _same_title(path: str, copy: SecondCopy, made: Mapping[str, Read]) -> bool:
    """Tell whether a file has the title of the one that its name makes it look like a copy of."""
    titles = []
    for place in (path, copy.original):
        title = made[place].document.node.find("title") if place in made else None
        titles.append(title.value.text if title and isinstance(title.value, Scalar) else "")
    return titles[0] != "" and titles[0] == titles[1]


def _is_passed_over(path: str, copies: Collection[str]) -> bool:
    return path in copies or _is_readme(path)


def _is_readme(path: str) -> bool:
    """Tell whether a file is a README, which is for the git host and no record."""
    return path.rpartition("/")[2].casefold() == "readme.md"


def _places_of_records(kinds: Sequence[Kind]) -> frozenset[str]:
    """Return where the records of kinds may lie: in a folder, or in one file for all of them."""
    return frozenset(
        place
        for kind in kinds
        for place in (
            (f"{kind.name}.md",) if kind.singleton else (f"{kind.folder}/", f"{kind.folder}.md")
        )
    )


def _is_record(path: str, places: Collection[str]) -> bool:
    """Tell whether a Markdown file is a record, or a list of records, of one of the kinds."""
    first, slash, _ = path.partition("/")
    return first + slash in places and not _is_readme(path)


def _stray(source: SourceFile, kinds: Sequence[Kind]) -> Diagnostic:
    """Return the note on a file that is no record; a folder that is nearly right is a typo."""
    folders = {kind.folder: f"{kind.folder}/" for kind in kinds if not kind.singleton}
    known = dict(folders)
    if "/" not in source.path:
        known |= {kind.name: f"{kind.name}.md" for kind in kinds if kind.singleton}
    first = source.path.partition("/")[0].removesuffix(".md").casefold()
    near = difflib.get_close_matches(first, known, n=1, cutoff=0.8)
    hint = f"the folders are {', '.join(folders.values())}; what starts with _ is passed over"
    problem = Problem(
        "this file is in no folder of a kind, so it is not part of the plan",
        f"did you mean {known[near[0]]}?" if near else hint,
        code="F108",
        name="stray-file",
    )
    return problem.at(source.shown, Span(), severity=Severity.INFO)
