"""The pipeline, from the files of a plan to the files of a site.

    read -> resolve -> narrow -> analyse -> rules -> portfolio -> render -> write

`check` goes as far as the rules and narrows nothing. `site_for` narrows for an audience, analyses
what is left, and returns a site that renders a file on request; `build` renders all of them, and
`output.writer` writes them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from planfolio.analyse.analysis import Analysis, analyse, analysed_parts
from planfolio.audience.narrow import narrow
from planfolio.model.diagnostics import Diagnostic, Problem, Severity, errors, sorted_diagnostics
from planfolio.model.kinds import KINDS
from planfolio.model.kinds.goal import SmartLetter
from planfolio.model.source_tree import Span, locate
from planfolio.model.table import updated
from planfolio.model.visibility import Visibility
from planfolio.read.documents import Document, Documents, read_documents
from planfolio.read.site_file import NAME as SITE_TOML
from planfolio.read.site_file import SiteFile, read_site
from planfolio.resolve.resolve import Memos, resolve
from planfolio.rules.links import cycle_errors, without_cycles
from planfolio.rules.registry import apply_settings, run_rules
from planfolio.theme_folders import theme_folders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from planfolio.model.kinds.kind import Kind
    from planfolio.model.plan import Plan
    from planfolio.model.settings import Settings
    from planfolio.read.files import SourceFile
    from planfolio.render.site import RenderedSite
    from planfolio.render.theme import Theme

CONTENT = "content"
"""The folder of the plan, beside site.toml."""

_LARGEST_TEXT = 2_000_000
"""Bytes of a copied file up to which it is searched for what an audience may not see."""


class Today(NamedTuple):
    """The day that the numbers are for: `as_of` if it is given, else the day of `now` (in UTC or
    any zone) in the time zone of the plan. site.toml's as_of comes before the clock."""

    now: datetime
    as_of: date | None = None

    def day(self, settings: Settings) -> date:
        """Return the day for a plan with these settings."""
        if self.as_of is not None:
            return self.as_of
        if settings.plan.as_of is not None:
            return settings.plan.as_of.first
        from zoneinfo import ZoneInfo  # 2 ms, and a plan that states its day needs none

        return self.now.astimezone(ZoneInfo(settings.timezone)).date()


class Sources(NamedTuple):
    """What was read: site.toml, and the files of the content folder."""

    site: SiteFile
    documents: Documents


class CheckResult(NamedTuple):
    """A plan as its owner sees it: the numbers and all findings, in the order of file and line.

    `analysis` is None where cycles leave no order to compute in.
    """

    plan: Plan
    as_of: date
    analysis: Analysis | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop a build."""
        return tuple(errors(self.diagnostics))


class BuildResult(NamedTuple):
    """A check and the site that was made after it, or no files where findings stopped it.

    `files` are the bytes of what was rendered, `copies` the files of the plan that are copied as
    they are; both by site path.
    """

    check: CheckResult
    files: Mapping[str, bytes] | None
    copies: Mapping[str, Path] = MappingProxyType({})
    page_count: int = 0


class Reuse(NamedTuple):
    """What the preview keeps from one check to the next; the result is the same without it.

    `read` reads Markdown files, `memos` are what resolving remembers.
    """

    read: Callable[[Iterable[SourceFile]], Iterable[Document]] | None = None
    memos: Memos | None = None


_NOTHING = Reuse()


def read(root: Path, *, kinds: Sequence[Kind] = KINDS, reuse: Reuse = _NOTHING) -> Sources:
    """Read the settings and the documents of a plan; `root` holds site.toml."""
    documents = read_documents(root / CONTENT, root=root, kinds=kinds, read=reuse.read)
    site = read_site(root, kinds=kinds)
    try:
        theme_folders(site.settings.theme.name, site_root=root)
    except Problem as problem:
        found = problem.as_diagnostic(SITE_TOML, locate(site.node, ("theme", "name")))
        site = site._replace(diagnostics=(*site.diagnostics, found))
    return Sources(site, documents)


def check(
    sources: Path | Sources, *, today: Today, kinds: Sequence[Kind] = KINDS, reuse: Reuse = _NOTHING
) -> CheckResult:
    """Find all that is wrong with a plan, given by the folder of site.toml or by what was read."""
    if isinstance(sources, Path):
        sources = read(sources, kinds=kinds, reuse=reuse)
    site = sources.site
    resolved = resolve(
        sources.documents,
        settings=site.settings,
        settings_node=site.node,
        kinds=kinds,
        memos=reuse.memos,
    )
    plan = resolved.plan
    as_of = today.day(plan.settings)
    found = [*site.diagnostics, *resolved.diagnostics, *cycle_errors(plan)]
    analysis = None
    if not any(d.code == "L103" for d in found):
        analysis = _analysis(plan, as_of, reuse.memos)
        found.extend(run_rules(plan, analysis, errors=found))
    else:
        # Nothing can be shown, but all errors are reported at once. Warnings may be wrong here.
        acyclic = without_cycles(plan)
        more = run_rules(acyclic, analyse(acyclic, as_of))
        found.extend(d for d in more if d.severity is Severity.ERROR)
    diagnostics = sorted_diagnostics(apply_settings(found, plan.settings.check, node=site.node))
    return CheckResult(plan, as_of, analysis, tuple(diagnostics))


def _analysis(plan: Plan, as_of: date, memos: Memos | None) -> Analysis:
    """Return the numbers of a plan; those of the last run if only titles and texts changed.

    This saves 40 of 100 ms after an edit in a preview of 1,000 records.
    """
    if memos is None:
        return analyse(plan, as_of)
    memos.analysed.begin(None)
    analysed = [
        memos.analysed.get_or_make(key, (record,), partial(analysed_parts, record))
        for key, record in plan.records.items()
    ]
    memos.analysis.begin((as_of, plan.settings, analysed))
    return memos.analysis.get_or_make("plan", (), partial(analyse, plan, as_of))


def site_for(
    result: CheckResult,
    *,
    audience: Visibility,
    theme: Theme,
    base_url: str | None = None,
    editor: str = "",
) -> RenderedSite | None:
    """Return the site of a checked plan for an audience; None where cycles leave nothing to show.

    `base_url` replaces that of site.toml. `editor` is the link that opens a place in the owner's
    editor; a site for others has none. Before others than the owner see a file, give all of them
    to `refuse_leaks_in`.
    """
    from planfolio.render.site import rendered_site

    if result.analysis is None:
        return None
    plan = result.plan
    if base_url is not None:
        plan = replace(plan, settings=updated(plan.settings, base_url=base_url))
    narrowed = narrow(plan, audience)
    analysis, findings = result.analysis, list(result.diagnostics)
    if narrowed is not plan:
        analysis = analyse(narrowed, result.as_of)
        findings = apply_settings(run_rules(narrowed, analysis), narrowed.settings.check)
    if audience is not Visibility.PRIVATE:
        # Others see the SMART findings without hint and place.
        smart = (found for found in findings if found.code[0] in set(SmartLetter))
        findings = [found._replace(path="", span=Span(), hint="") for found in smart]
        editor = ""
    return rendered_site(
        narrowed, analysis, findings, audience=audience, theme=theme, editor=editor
    )


def build(
    root: Path,
    *,
    today: Today,
    audience: Visibility = Visibility.PUBLIC,
    base_url: str | None = None,
    kinds: Sequence[Kind] = KINDS,
    strict: bool = False,
    editor: str = "",
    progress: Callable[[str], None] = lambda stage: None,  # noqa: ARG005
) -> BuildResult:
    """Make the whole site in memory; with errors (or, if `strict`, warnings) there is none.

    `progress` is called with each stage before it begins. Raises ThemeError, and LeakError if the
    files hold what was removed for the audience.
    """
    progress("reading and checking the plan")
    sources = read(root, kinds=kinds)
    result = check(sources, today=today, kinds=kinds)
    if fails_check(result.diagnostics, strict=strict):
        return BuildResult(result, None)
    theme = theme_of(sources.site, root)
    site = site_for(result, audience=audience, theme=theme, base_url=base_url, editor=editor)
    if site is None:
        return BuildResult(result, None)
    progress("rendering the pages")
    files = site.render_all(path for path in site.paths if path not in site.copies)
    refuse_leaks_in(files, site=site, result=result, audience=audience)
    return BuildResult(result, files, site.copies, site.page_count)


def theme_of(site: SiteFile, root: Path) -> Theme:
    """Return the theme that a site.toml asks for; ThemeError with all that is wrong with it."""
    from planfolio.render.theme import load_theme

    theme = site.settings.theme
    language = site.settings.language
    return load_theme(theme.name, site_root=root, accent=theme.accent, language=language)


def refuse_leaks_in(
    files: Mapping[str, bytes], *, site: RenderedSite, result: CheckResult, audience: Visibility
) -> None:
    """Raise LeakError if the rendered files of a site hold what was removed for its audience.

    Of the files that are copied, those that are text are searched too.
    """
    from planfolio.audience.leaks import refuse_leaks

    if audience is Visibility.PRIVATE:
        return
    copies = {path: _text_in(file) for path, file in site.copies.items()}
    searched = {
        path: data
        for path, data in files.items()
        if path not in site.theme.static and not path.endswith(".png")
    }
    refuse_leaks(
        {**searched, **copies}, plan=result.plan, narrowed=site.plan, theme_texts=site.theme.texts
    )


def fails_check(diagnostics: Sequence[Diagnostic], *, strict: bool) -> bool:
    """Tell whether findings fail a check: errors do, and with `strict` warnings do too."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(d.severity in failing for d in diagnostics)


def _text_in(file: Path) -> bytes:
    """Return the bytes of a text file; nothing for a large file or one that is not text."""
    with file.open("rb") as stream:
        data = stream.read(_LARGEST_TEXT + 1)
    return b"" if b"\0" in data or len(data) > _LARGEST_TEXT else data
