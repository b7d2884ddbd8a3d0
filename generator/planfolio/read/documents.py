"""Documents: the files of a plan, read but not yet understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from planfolio.markdown import Compiler
from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import Mapping, Span
from planfolio.read.files import list_files, read_bytes, text_of, unreadable
from planfolio.read.front_matter import split
from planfolio.read.pictures import is_picture
from planfolio.read.pictures import measure as measured

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as MappingOf

    from planfolio.markdown import Body, Size
    from planfolio.read.files import SourceFile
    from planfolio.read.yaml_marks import Problem


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
    """All that was read from a content folder.

    `sizes` are those of the pictures among the assets, by path, where their files say them.
    """

    markdown: tuple[Document, ...]
    assets: MappingOf[str, Path]
    diagnostics: tuple[Diagnostic, ...]
    sizes: MappingOf[str, Size] = field(default_factory=lambda: MappingProxyType({}))


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
        parts = split(text)
        broken = any(problem.code == "F101" for problem in parts.problems)
        body = self._compiler.compile(parts.body)
        document = Document(path, source.path, parts.node, body, parts.body_line, broken)
        return Read(document, tuple(located(problem, path) for problem in parts.problems))

    def unread(self, source: SourceFile, fault: Diagnostic) -> Read:
        """Return what stands for a file that cannot be read."""
        nothing = Mapping((), Span())
        body = self._compiler.compile("")
        return Read(Document(source.shown, source.path, nothing, body, 1, broken=True), (fault,))


def read_documents(
    content: Path,
    *,
    root: Path,
    read: Callable[[SourceFile], Read] | None = None,
    measure: Callable[[SourceFile], Size | None] = measured,
) -> Documents:
    """Read all Markdown below a content folder; whatever the bytes, no exception comes of them.

    `read` reads one file as `Reader.read` does, which is the default; `measure` tells the size of
    a picture.
    """
    if not content.is_dir():
        missing = unreadable(
            content.relative_to(root).as_posix(),
            "there is no folder with the plan",
            "planfolio init writes a small plan to start from",
        )
        return Documents((), MappingProxyType({}), (missing,))
    listing = list_files(content, root=root)
    if read is None:
        read = Reader().read
    documents: list[Document] = []
    diagnostics = list(listing.diagnostics)
    for source in listing.markdown:
        made = read(source)
        documents.append(made.document)
        diagnostics.extend(made.diagnostics)
    assets = MappingProxyType({asset.path: Path(asset.file) for asset in listing.assets})
    pictures = (asset for asset in listing.assets if is_picture(asset.path))
    sizes = {picture.path: size for picture in pictures if (size := measure(picture))}
    return Documents(tuple(documents), assets, tuple(diagnostics), MappingProxyType(sizes))


def located(problem: Problem, path: str) -> Diagnostic:
    """Return a problem as the error of a file."""
    return Diagnostic(
        code=problem.code,
        name=problem.name,
        severity=Severity.ERROR,
        path=path,
        span=problem.span,
        message=problem.message,
        hint=problem.hint,
    )
