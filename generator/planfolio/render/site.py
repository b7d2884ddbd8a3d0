"""A site as the mapping of its paths to its files, each rendered only when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from planfolio.portfolio import outline
from planfolio.render.render import render
from planfolio.urls import file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from planfolio.analyse.results import Analysis
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.plan import Plan
    from planfolio.model.visibility import Visibility
    from planfolio.portfolio import Calendar, Document, Page
    from planfolio.render.theme import Theme

ASSETS = "files/"
"""The folder of the site in which the files beside the Markdown are published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedSite:
    """The files of a site for one audience; any can be rendered alone, in any order and thread.

    `paths` are all of them by site path. `copies` are those that are copied from the plan as they
    are, `plan` is what the audience may see of it.
    """

    plan: Plan
    theme: Theme
    page_count: int
    copies: Mapping[str, Path]
    makers: Mapping[str, Callable[[], Page | Calendar | Document]] = field(repr=False)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all files: what is rendered, what the theme publishes, what is copied."""
        return (*self.makers, *self.theme.static, *self.copies)

    def render(self, path: str) -> bytes:
        """Return a file of the site; KeyError for one that is copied or that there is not.

        Raises ThemeError with file and line if a template fails.
        """
        static = self.theme.static.get(path)
        return render(self.makers[path](), theme=self.theme) if static is None else static


def rendered_site(
    plan: Plan,
    analysis: Analysis,
    findings: Sequence[Diagnostic],
    *,
    audience: Visibility,
    theme: Theme,
) -> RenderedSite:
    """Return the site of a plan that was narrowed for an audience, with the findings about it."""
    whole = outline(plan, analysis, findings, audience=audience)
    pages = {file_of(url): make for url, make in whole.pages.items()}
    copies = {f"{ASSETS}{asset}": plan.assets[asset] for asset in sorted(whole.assets)}
    return RenderedSite(
        plan=plan,
        theme=theme,
        page_count=len(pages),
        copies=MappingProxyType(copies),
        makers=MappingProxyType({**pages, **whole.documents}),
    )
