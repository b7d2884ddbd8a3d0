"""Documents: the Markdown files of a plan, each with its front matter and its compiled body."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from planfolio.markdown.compiler import Compiler
from planfolio.model.body import EMPTY_BODY, Body
from planfolio.model.diagnostics import Diagnostic, Problem, Severity
from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Kind
from planfolio.model.references import Size
from planfolio.model.source_tree import MappingNode, Scalar, Span
from planfolio.names import near_names
from planfolio.read.files import SourceFile, list_files, read_bytes, text_of, unreadable_file
from planfolio.read.front_matter import split
from planfolio.read.picture_sizes import is_picture, measure

# What sync programs add to the name of a record, in many languages. They are strings, since few
# plans have copies: `re` compiles one on its first use.
_SURE = (
    r"(?i) ?[(\[].*(?:conflict|konflikt|conflit|конфликт|冲突|競合|충돌).*"
    r"|[._-](?:sync-)?conflict[._-]?\d{6,}.*|_.+_conflict"
    r"|_(?:backup|base|local|remote)_\d+|-(?:desktop|laptop)-[0-9a-z]{4,}"
)
_LIKELY = (
    r" \d{1,2}| copy(?: \d{1,2})?| - (?:Copy|Kopie|Copie|Copia)(?: \(\d{1,2}\))?"
    r"|-[A-Z][\w'’ -]*| \([\w'’ -]+\)"
)


class Document(NamedTuple):
    """A Markdown file.

    `path` is relative to the folder of site.toml and as the disk has it, `content_path` is relative
    to the content folder and in NFC; `node` is the front matter; `body` is compiled, and starts on
    line `body_line`.
    """

    path: str
    content_path: str
    node: MappingNode
    body: Body
    body_line: int
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether the front matter could not be read, so that the file is no record."""
        return any(found.code in ("F101", "F110") for found in self.diagnostics)


class Documents(NamedTuple):
    """All that was found in a content folder.

    `assets` are the files beside the Markdown, by path in the content folder; they are copied and
    never read whole. `diagnostics` have those of the documents. `sizes` are those of the pictures
    among the assets, where their files say them. `notes` are the paths of the Markdown files that
    are no records and were not read.
    """

    markdown: tuple[Document, ...]
    assets: Mapping[str, Path]
    diagnostics: tuple[Diagnostic, ...]
    sizes: Mapping[str, Size] = MappingProxyType({})
    notes: frozenset[str] = frozenset()


def read_documents(
    content: Path,
    *,
    root: Path,
    kinds: Sequence[Kind] = KINDS,
    read: Callable[[Iterable[SourceFile]], Iterable[Document]] | None = None,
) -> Documents:
    """Read the Markdown of all kinds below a content folder, and find the other files.

    No content of a file raises an exception. `root` is the folder of site.toml. `read` makes
    documents of files; it is `read_files` unless some are known already.
    """
    name = content.relative_to(root).as_posix()
    fault = None
    if not content.is_dir():
        fault = unreadable_file(name, f"there is no {name}/ folder here", "run `planfolio init`")
    elif not content.resolve().is_relative_to(root.resolve()):
        message = f"{name}/ is a link that leads out of the folder of site.toml"
        fault = unreadable_file(name, message, "move the folder itself here")
    if fault is not None:
        return Documents((), MappingProxyType({}), (fault,))
    listing = list_files(content, root=root)
    places = kinds_by_path(kinds)
    records = {s.path: s for s in listing.markdown if _is_record(s.path, places)}
    read = read_files if read is None else read
    made = dict(zip(records, read(records.values()), strict=True))
    titles = {path: _title(document) for path, document in made.items()}
    copies = {s.path: first for s in listing.markdown if (first := _second_copy(s.path, titles))}
    kept = tuple(document for path, document in made.items() if path not in copies)
    others = {s.path: s for s in listing.markdown if s.path not in records}
    strays = (s for p, s in others.items() if p not in copies and not _is_readme(p))
    shown = {source.path: source.shown for source in listing.markdown}
    pictures = (asset for asset in listing.assets if is_picture(asset.path))
    return Documents(
        kept,
        MappingProxyType({asset.path: Path(asset.file) for asset in listing.assets}),
        (
            *listing.diagnostics,
            *(_copy_finding(shown[path], shown[first]) for path, first in copies.items()),
            *(_stray(source, kinds) for source in strays),
            *(found for document in kept for found in document.diagnostics),
        ),
        sizes=MappingProxyType({p.path: size for p in pictures if (size := measure(p))}),
        notes=frozenset((*others, *copies)),
    )


def read_files(sources: Iterable[SourceFile]) -> list[Document]:
    """Read Markdown files; a document depends on path, place and bytes of its own file alone."""
    return parse_files((source, read_bytes(source)) for source in sources)


def parse_files(files: Iterable[tuple[SourceFile, bytes | Diagnostic]]) -> list[Document]:
    """Make documents of the bytes of files, empty ones where these cannot be read.

    All front matter is read before the first body: to change between the two takes time.
    """
    parts = [_split(source, data) for source, data in files]
    compiler = Compiler()
    return [document._replace(body=compiler.compile(body)) for document, body in parts]


def kinds_by_path(kinds: Sequence[Kind]) -> Mapping[str, Kind]:
    """Return the kinds by where records lie: in a folder, or in one file for all of a kind."""
    folders = {f"{kind.folder}/": kind for kind in kinds if not kind.singleton}
    return folders | {f"{k.name if k.singleton else k.folder}.md": k for k in kinds}


def _split(source: SourceFile, data: bytes | Diagnostic) -> tuple[Document, str]:
    """Return a document without its body, and the text of the body."""
    text = text_of(data, path=source.shown)
    if isinstance(text, Diagnostic):
        nothing = MappingNode((), Span())
        return Document(source.shown, source.path, nothing, EMPTY_BODY, 1, (text,)), ""
    node, body, body_line, found = split(text, path=source.shown)
    return Document(source.shown, source.path, node, EMPTY_BODY, body_line, found), body


def _is_record(path: str, places: Mapping[str, Kind]) -> bool:
    """Tell whether a Markdown file is a record, or a list of records, of one of the kinds."""
    first, slash, _ = path.partition("/")
    return first + slash in places and not _is_readme(path)


def _is_readme(path: str) -> bool:
    """Tell whether a file is a README, which is for the git host and no record."""
    return path.rpartition("/")[2].casefold() == "readme.md"


def _title(document: Document) -> str:
    title = document.node.value("title")
    return title.text if isinstance(title, Scalar) else ""


def _stray(source: SourceFile, kinds: Sequence[Kind]) -> Diagnostic:
    """Return the note on a file that is no record; a folder that is nearly right is a typo."""
    folders = {kind.folder: f"{kind.folder}/" for kind in kinds if not kind.singleton}
    known = dict(folders)
    if "/" not in source.path:
        known |= {kind.name: f"{kind.name}.md" for kind in kinds if kind.singleton}
    first = source.path.partition("/")[0].removesuffix(".md").casefold()
    near = near_names(first, known, cutoff=0.8)
    hint = f"the folders are {', '.join(folders.values())}; what starts with _ is passed over"
    problem = Problem(
        "this file is in no folder of a kind, so it is not part of the plan",
        f"did you mean {known[near[0]]}?" if near else hint,
        code="F108",
        name="stray-file",
    )
    return problem.as_diagnostic(source.shown, Span(), severity=Severity.INFO)


def _second_copy(path: str, titles: Mapping[str, str]) -> str | None:
    """Return the record that a file is a second copy of; `titles` are those of all records.

    Where a name such as `honey 2` may be that of a record, it is one unless its title is the same.
    """
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    for at in range(len(stem) - 1, 0, -1):
        if stem[at] not in " ._-([":
            continue
        original = f"{folder}{slash}{stem[:at]}{dot}{ending}"
        if original not in titles:
            continue
        is_same = path not in titles or "" != titles[path] == titles[original]
        if re.fullmatch(_SURE, stem[at:]) or (is_same and re.fullmatch(_LIKELY, stem[at:])):
            return original
    return None


def _copy_finding(shown: str, original: str) -> Diagnostic:
    """Return the warning about a second copy; both paths are as the disk has them."""
    problem = Problem(
        "a sync program wrote this second copy of a record, and it is not read",
        f"compare it with {original}, keep there what is right, and delete {shown}",
        code="F110",
        name="second-copy",
    )
    return problem.as_diagnostic(shown, Span(), severity=Severity.WARNING)
