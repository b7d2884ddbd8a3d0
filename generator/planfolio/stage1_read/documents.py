"""Documents: the files of a plan, read but not yet understood."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from planfolio.diagnostics import Diagnostic, Severity
from planfolio.markdown import Compiler
from planfolio.marks import Mapping, Span
from planfolio.stage1_read.files import list_files, read_text, unreadable
from planfolio.stage1_read.front_matter import split

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf
    from pathlib import Path

    from planfolio.markdown import Body
    from planfolio.stage1_read.files import SourceFile
    from planfolio.stage1_read.yaml_marks import Problem


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
    """All that was read from a content folder."""

    markdown: tuple[Document, ...]
    assets: MappingOf[str, Path]
    diagnostics: tuple[Diagnostic, ...]


def read_documents(content: Path, *, root: Path) -> Documents:
    """Read all Markdown below a content folder; whatever the bytes, no exception comes of them."""
    if not content.is_dir():
        missing = unreadable(
            content.relative_to(root).as_posix(),
            "there is no folder with the plan",
            "planfolio init writes a small plan to start from",
        )
        return Documents((), MappingProxyType({}), (missing,))
    listing = list_files(content, root=root)
    compiler = Compiler()
    documents: list[Document] = []
    diagnostics = list(listing.diagnostics)
    for source in listing.markdown:
        document, faults = _read(source, compiler)
        documents.append(document)
        diagnostics.extend(faults)
    assets = MappingProxyType({asset.path: asset.file for asset in listing.assets})
    return Documents(tuple(documents), assets, tuple(diagnostics))


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


def _read(source: SourceFile, compiler: Compiler) -> tuple[Document, list[Diagnostic]]:
    path = source.shown
    text = read_text(source, path=path)
    if isinstance(text, Diagnostic):
        nothing = Mapping((), Span())
        body = compiler.compile("")
        return Document(path, source.path, nothing, body, 1, broken=True), [text]
    parts = split(text)
    broken = any(problem.code == "F101" for problem in parts.problems)
    body = compiler.compile(parts.body)
    document = Document(path, source.path, parts.node, body, parts.body_line, broken)
    return document, [located(problem, path) for problem in parts.problems]
