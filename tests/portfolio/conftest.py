"""Plans written as texts, laid out by the real stages before."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from planfolio.analyse.analysis import analyse
from planfolio.audience import narrow
from planfolio.model.kinds import KINDS
from planfolio.model.visibility import Visibility
from planfolio.portfolio import Calendar, lay_out
from planfolio.portfolio.components import Linked
from planfolio.portfolio.scope import scope_of
from planfolio.read import read_documents, read_site
from planfolio.render.calendar_text import calendar_text
from planfolio.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.kinds import Kind
    from planfolio.model.plan import Plan
    from planfolio.portfolio import Layout
    from planfolio.portfolio.scope import Scope


AS_OF = date(2026, 7, 1)


@dataclass(frozen=True)
class LaidOut:
    """A plan and all that was laid out from it, easy to ask."""

    plan: Plan
    scope: Scope
    layout: Layout

    def view(self, url: str) -> Any:
        """The view of the page at a site path."""
        return next(page.view for page in self.layout.pages if page.url == url)

    def document(self, url: str) -> str:
        """The text of a document."""
        found = next(document for document in self.layout.documents if document.url == url)
        return calendar_text(found) if isinstance(found, Calendar) else found.text

    @property
    def urls(self) -> list[str]:
        """The site paths of all pages."""
        return [page.url for page in self.layout.pages]


class LayOut(Protocol):
    """Lays out a plan given as texts by path."""

    def __call__(
        self,
        files: dict[str, str],
        *,
        findings: Sequence[Diagnostic] = (),
        audience: Visibility = Visibility.PRIVATE,
        as_of: date = AS_OF,
        kinds: Sequence[Kind] = KINDS,
    ) -> LaidOut:
        """Return the plan and what was laid out from it."""
        ...


@pytest.fixture
def laid_out(plan: Callable[[dict[str, str]], Path]) -> LayOut:
    """Write a plan of texts by path below content/ (site.toml beside it) and lay it out."""

    def make(
        files: dict[str, str],
        *,
        findings: Sequence[Diagnostic] = (),
        audience: Visibility = Visibility.PRIVATE,
        as_of: date = AS_OF,
        kinds: Sequence[Kind] = KINDS,
    ) -> LaidOut:
        root = plan({p if p == "site.toml" else f"content/{p}": t for p, t in files.items()})
        site = read_site(root)
        documents = read_documents(root / "content", root=root, kinds=kinds)
        resolved = resolve(documents, site=site.site, site_node=site.node, kinds=kinds)
        found = [*site.diagnostics, *resolved.diagnostics]
        assert [d.message for d in found] == [], "the plan of a test is sound"
        seen = narrow(resolved.plan, audience)
        analysis = analyse(seen, as_of)
        return LaidOut(
            seen,
            scope_of(seen, analysis, findings, audience=audience),
            lay_out(seen, analysis, findings, audience=audience),
        )

    return make


def parts(value: object) -> Iterator[object]:
    """Yield all that a view is made of, itself included."""
    yield value
    if isinstance(value, tuple | list):
        for item in value:
            yield from parts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from parts(getattr(value, field.name))


@pytest.fixture
def words() -> Callable[[object], str]:
    """Return all words of a view, for asking whether it says something."""

    def collect(view: object) -> str:
        return " | ".join(
            str(part).replace("\u00a0", " ") for part in parts(view) if isinstance(part, str)
        )

    return collect


@pytest.fixture
def links() -> Callable[[object], set[str]]:
    """Return the site paths that a view links to."""

    def collect(view: object) -> set[str]:
        return {
            part.url
            for part in parts(view)
            if isinstance(part, Linked) and part.url is not None and not part.external
        }

    return collect


@pytest.fixture
def rows() -> Callable[[Any], list[list[str]]]:
    """Return a table as the words of its cells."""

    def collect(table: Any) -> list[list[str]]:
        return [[_cell(cell) for cell in row] for row in table.rows]

    return collect


def _cell(cell: Any) -> str:
    said = [f"{item.text} ({item.note})" if item.note else item.text for item in cell.items]
    if cell.badge:
        said.append(f"{cell.badge.word} {cell.badge.detail}".strip())
    if cell.dots:
        said.append(cell.dots.text)
    if cell.bar:
        said.append(cell.bar.text)
    return ", ".join(said).replace("\u00a0", " ")
