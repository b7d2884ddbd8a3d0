"""The one way through the program, from files to files.

    read -> resolve -> project -> analyse -> lay out -> render -> write

`check` stops after analyse, `make` ends with bytes in memory, and writing them is one step more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planfolio.diagnostics import Diagnostic, Severity, errors, in_order
from planfolio.kinds import KINDS, Visibility
from planfolio.rules import run, settle, structure
from planfolio.stage1_read import read_documents, read_site
from planfolio.stage2_resolve import resolve
from planfolio.stage3_project import project
from planfolio.stage4_analyse import analyse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from planfolio.kinds import Kind
    from planfolio.plan import Plan
    from planfolio.site import Site
    from planfolio.stage4_analyse.results import Analysis

CONTENT = "content"
"""The folder of the plan, beside site.toml."""


@dataclass(frozen=True, slots=True)
class Today:
    """The day that the numbers are for: `as_of` if it is given, else the day of `now` (in UTC or
    any zone) in the time zone of the plan. site.toml's as_of stands between the two."""

    now: datetime
    as_of: date | None = None

    def day(self, site: Site) -> date:
        """Return the day for a plan with these settings."""
        if self.as_of is not None:
            return self.as_of
        if site.plan.as_of is not None:
            return site.plan.as_of.first
        return self.now.astimezone(ZoneInfo(site.timezone)).date()


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan as its owner sees it: the numbers and all findings, in the order of file and line.

    `analysis` is None where cycles leave no order to reckon in.
    """

    site: Site
    as_of: date
    plan: Plan
    analysis: Analysis | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop a build."""
        return tuple(errors(self.diagnostics))


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a site by path, and how many pages they show. None where errors stopped it."""

    checked: Checked
    files: Mapping[str, bytes] | None
    pages: int = 0


def check(root: Path, *, today: Today, kinds: Sequence[Kind] = KINDS) -> Checked:
    """Read the plan in a folder and find all that is wrong with it; `root` holds site.toml."""
    file = read_site(root)
    documents = read_documents(root / CONTENT, root=root)
    resolved = resolve(documents, site=file.site, site_node=file.node, kinds=kinds)
    plan = resolved.plan
    as_of = today.day(plan.site)
    found = [*file.diagnostics, *resolved.diagnostics, *structure(plan)]
    analysis = None
    if not any(d.code == "L103" for d in found):
        analysis = analyse(plan, as_of)
        found.extend(_of_sound_records(run(plan, analysis), found))
    settled = settle(found, plan.site.check, node=file.node)
    return Checked(plan.site, as_of, plan, analysis, tuple(in_order(settled)))


def make(
    root: Path,
    *,
    today: Today,
    audience: Visibility = Visibility.PUBLIC,
    base_url: str | None = None,
    kinds: Sequence[Kind] = KINDS,
    strict: bool = False,
    progress: Callable[[str], None] = lambda stage: None,  # noqa: ARG005
) -> Made:
    """Make the whole site in memory; with errors (or, if `strict`, warnings) there is none.

    `progress` is told each stage before it begins.
    """
    from planfolio.stage5_layout import lay_out
    from planfolio.stage6_render import load_theme, render

    progress("reading and checking the plan")
    checked = check(root, today=today, kinds=kinds)
    if checked.analysis is None or stops(checked.diagnostics, strict=strict):
        return Made(checked, None)
    plan = checked.plan
    if base_url is not None:
        plan = replace(plan, site=plan.site.model_copy(update={"base_url": base_url}))
    theme = load_theme(plan.site.theme, site_root=root)
    progress("laying out the pages")
    seen = project(plan, audience)
    analysis = checked.analysis if seen is plan else analyse(seen, checked.as_of)
    findings = settle(run(seen, analysis), seen.site.check)
    layout = lay_out(seen, analysis, findings, audience=audience)
    progress("rendering the pages")
    files = render((*layout.pages, *layout.documents), theme=theme)
    for asset in sorted(layout.assets):
        files[f"files/{asset}"] = seen.assets[asset].read_bytes()
    return Made(checked, files, len(layout.pages))


def stops(diagnostics: Sequence[Diagnostic], *, strict: bool) -> bool:
    """Tell whether findings fail a check: errors do, and with `strict` warnings do too."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(d.severity in failing for d in diagnostics)


def _of_sound_records(
    findings: Sequence[Diagnostic], known: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """Leave out the warnings about files with an error: what they miss may only be unread."""
    faulty = {d.path for d in known if d.severity is Severity.ERROR}
    return [d for d in findings if d.severity is Severity.ERROR or d.path not in faulty]
