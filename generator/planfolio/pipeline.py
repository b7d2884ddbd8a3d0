"""The one way through the program, from files to files.

    read -> resolve -> project -> analyse -> lay out -> render -> write

`check` stops after analyse, `make` ends with bytes in memory, and writing them is one step more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planfolio.analyse.analysis import analyse
from planfolio.audience import narrow
from planfolio.model.diagnostics import Diagnostic, Severity, errors, in_order
from planfolio.model.kinds import KINDS
from planfolio.model.visibility import Visibility
from planfolio.read import read_documents, read_site
from planfolio.read.pictures import measure
from planfolio.resolve import resolve
from planfolio.rules import apply_settings, run, structure, without_cycles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from planfolio.analyse.results import Analysis
    from planfolio.markdown import Size
    from planfolio.model.kinds import Kind
    from planfolio.model.plan import Plan
    from planfolio.model.settings import Settings
    from planfolio.portfolio import Calendar, Document, Outline, Page
    from planfolio.read import Documents, Read, SiteFile
    from planfolio.read.files import SourceFile
    from planfolio.render import Theme
    from planfolio.resolve import Memory

CONTENT = "content"
"""The folder of the plan, beside site.toml."""

ASSETS = "files/"
"""The folder of the site in which the files beside the Markdown are published."""


@dataclass(frozen=True, slots=True)
class Today:
    """The day that the numbers are for: `as_of` if it is given, else the day of `now` (in UTC or
    any zone) in the time zone of the plan. site.toml's as_of stands between the two."""

    now: datetime
    as_of: date | None = None

    def day(self, site: Settings) -> date:
        """Return the day for a plan with these settings."""
        if self.as_of is not None:
            return self.as_of
        if site.plan.as_of is not None:
            return site.plan.as_of.first
        return self.now.astimezone(ZoneInfo(site.timezone)).date()


@dataclass(frozen=True, slots=True)
class Sources:
    """What was read: site.toml, and the files of the content folder."""

    site: SiteFile
    documents: Documents


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan as its owner sees it: the numbers and all findings, in the order of file and line.

    `analysis` is None where cycles leave no order to reckon in. `findings` are what the rules say
    of the plan and its numbers, before site.toml has its word.
    """

    site: Settings
    as_of: date
    plan: Plan
    analysis: Analysis | None
    diagnostics: tuple[Diagnostic, ...]
    findings: tuple[Diagnostic, ...] = ()

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """What may be used again of an earlier run. It makes a run faster, and nothing else of it.

    `read` reads one Markdown file, `measure` tells the size of one picture, `resolving` is what
    resolving remembers, `rendered` returns the bytes of what was laid out, as `render` does.
    """

    read: Callable[[SourceFile], Read] | None = None
    measure: Callable[[SourceFile], Size | None] = measure
    resolving: Memory | None = None
    rendered: Callable[[Page | Calendar | Document, Theme], bytes] | None = None


_NOTHING = Reuse()


@dataclass(frozen=True, slots=True)
class Edition:
    """A sound plan as one audience will see it, and the site that can be made of it."""

    plan: Plan
    outline: Outline


def check(
    root: Path, *, today: Today, kinds: Sequence[Kind] = KINDS, reuse: Reuse = _NOTHING
) -> Checked:
    """Read the plan in a folder and find all that is wrong with it; `root` holds site.toml."""
    return understand(gather(root, reuse=reuse), today=today, kinds=kinds, reuse=reuse)


def gather(root: Path, *, reuse: Reuse = _NOTHING) -> Sources:
    """Read the settings and the documents of a plan."""
    documents = read_documents(root / CONTENT, root=root, read=reuse.read, measure=reuse.measure)
    return Sources(read_site(root), documents)


def understand(
    sources: Sources, *, today: Today, kinds: Sequence[Kind] = KINDS, reuse: Reuse = _NOTHING
) -> Checked:
    """Make a plan of what was read, reckon with it and find all that is wrong with it."""
    file = sources.site
    resolved = resolve(
        sources.documents,
        site=file.site,
        site_node=file.node,
        kinds=kinds,
        memory=reuse.resolving,
    )
    plan = resolved.plan
    as_of = today.day(plan.settings)
    found = [*file.diagnostics, *resolved.diagnostics, *structure(plan)]
    analysis = None
    findings: list[Diagnostic] = []
    if not any(d.code == "L103" for d in found):
        analysis = analyse(plan, as_of)
        findings = run(plan, analysis)
        found.extend(_of_sound_records(findings, found))
    else:
        # Nothing can be shown, but all errors are told at once. Warnings might miss what was cut.
        open_ended = without_cycles(plan)
        told = run(open_ended, analyse(open_ended, as_of))
        found.extend(d for d in told if d.severity is Severity.ERROR)
    settled = apply_settings(found, plan.settings.check, node=file.node)
    return Checked(plan.settings, as_of, plan, analysis, tuple(in_order(settled)), tuple(findings))


def edition(
    checked: Checked, *, audience: Visibility, base_url: str | None = None
) -> Edition | None:
    """Return what an audience will see of a plan; None where cycles leave nothing to show."""
    from planfolio.portfolio import outline

    if checked.analysis is None:
        return None
    plan = checked.plan
    if base_url is not None:
        plan = replace(plan, settings=plan.settings.model_copy(update={"base_url": base_url}))
    seen = narrow(plan, audience)
    if seen is plan:
        analysis, findings = checked.analysis, apply_settings(checked.findings, seen.settings.check)
    else:
        analysis = analyse(seen, checked.as_of)
        findings = apply_settings(run(seen, analysis), seen.settings.check)
    return Edition(seen, outline(seen, analysis, findings, audience=audience))


def make(
    root: Path,
    *,
    today: Today,
    audience: Visibility = Visibility.PUBLIC,
    base_url: str | None = None,
    kinds: Sequence[Kind] = KINDS,
    strict: bool = False,
    progress: Callable[[str], None] = lambda stage: None,  # noqa: ARG005
    reuse: Reuse = _NOTHING,
) -> Made:
    """Make the whole site in memory; with errors (or, if `strict`, warnings) there is none.

    `progress` is told each stage before it begins. Raises LeakError if the files hold what was
    removed for the audience.
    """
    from planfolio.audience.leaks import refuse_leaks
    from planfolio.render import load_theme, render
    from planfolio.urls import file_of

    progress("reading and checking the plan")
    checked = check(root, today=today, kinds=kinds, reuse=reuse)
    if stops(checked.diagnostics, strict=strict):
        return Made(checked, None)
    theme = load_theme(checked.site.theme, site_root=root)
    progress("laying out the pages")
    shown = edition(checked, audience=audience, base_url=base_url)
    if shown is None:
        return Made(checked, None)
    outline = shown.outline
    to_lay_out = {**outline.pages, **outline.documents}
    items = {url: lay_out() for url, lay_out in to_lay_out.items()}
    progress("rendering the pages")
    bytes_of = reuse.rendered or (lambda item, theme: render(item, theme=theme))
    files = dict(theme.static)
    for url, item in items.items():
        files[file_of(url)] = bytes_of(item, theme)
    for asset in sorted(outline.assets):
        files[f"{ASSETS}{asset}"] = shown.plan.assets[asset].read_bytes()
    if audience is not Visibility.PRIVATE:
        refuse_leaks(files, owner=checked.plan, seen=shown.plan, theme=theme)
    return Made(checked, files, len(outline.pages))


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
