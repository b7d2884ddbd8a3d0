"""Plans for tests, written as files and read as planfolio reads them.

`plan_in(tmp_path, {"goals/cka.md": "---\\ntitle: Pass the CKA exam\\n---\\n"})` is that plan. Paths
are below content/, but for `site.toml`; text may also be bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planfolio.model.diagnostics import Diagnostic, sorted_diagnostics
from planfolio.model.kinds import KINDS
from planfolio.model.plan import Plan, Record
from planfolio.model.references import Key
from planfolio.model.source_tree import Span
from planfolio.read.documents import read_documents
from planfolio.read.site_file import read_site
from planfolio.resolve.resolve import resolve


def files_below(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their path in it."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@dataclass(frozen=True)
class Read:
    """A plan that was read, and what was found wrong with it, in order."""

    root: Path
    plan: Plan
    diagnostics: tuple[Diagnostic, ...]

    @property
    def said(self) -> list[str]:
        """What was found, as `goals/cka.md:2:6 F102`."""
        return [
            f"{d.path.removeprefix('content/')}:{d.span.line}:{d.span.column} {d.code}"
            for d in self.diagnostics
        ]

    @property
    def ids(self) -> list[str]:
        """The records, as `goal/cka`, sorted."""
        return sorted(map(str, self.plan.records))

    def only(self) -> Diagnostic:
        """Return the one diagnostic that there is."""
        assert len(self.diagnostics) == 1, self.said
        return self.diagnostics[0]

    def record(self, name: str) -> Record[Any]:
        """Return a record by `kind/id`."""
        kind, _, id_ = name.partition("/")
        return self.plan.records[Key(kind, id_)]

    def marked(self, found: Diagnostic) -> str:
        """Return the text that a diagnostic underlines."""
        return marked(self.root, found)


def plan_in(root: Path, files: Mapping[str, str | bytes]) -> Read:
    """Write the files of a plan and read them."""
    write(root, files)
    return read_in(root)


def read_in(root: Path) -> Read:
    """Read the plan that is in a folder."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    if not (root / "site.toml").exists():
        (root / "site.toml").touch()
    site = read_site(root)
    documents = read_documents(root / "content", root=root)
    resolved = resolve(documents, settings=site.settings, settings_node=site.node, kinds=KINDS)
    found = sorted_diagnostics([*site.diagnostics, *resolved.diagnostics])
    return Read(root, resolved.plan, tuple(found))


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write the files of a plan, below its content folder but for site.toml."""
    write_files(root, {p if p == "site.toml" else f"content/{p}": t for p, t in files.items()})


def write_files(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files by their path below a folder."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())


def record(*lines: str, body: str = "") -> str:
    """Return the text of a record with these lines of front matter, the first on line 2."""
    return "\n".join(("---", *lines, "---", body))


def marked(root: Path, found: Diagnostic) -> str:
    """Return the text that a diagnostic underlines, on its first line."""
    text = (root / found.path).read_bytes().decode("utf-8-sig")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    span = found.span
    line = lines[span.line - 1]
    end = span.end_column if span.end_line == span.line else len(line) + 1
    return line[span.column - 1 : end - 1]


def lies_within(text: str, span: Span) -> bool:
    """Tell whether a place lies within a text, the place after its last character included."""
    lines = text.split("\n")
    if not 1 <= span.line <= span.end_line <= len(lines):
        return False
    begins = 1 <= span.column <= len(lines[span.line - 1]) + 1
    return begins and 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2
