"""Findings as the owner of a plan sees them on pages, each with the way to its line."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.kinds.kind import Section
from planfolio.model.plan import Record, Source, grouped
from planfolio.model.references import Key
from planfolio.model.source_tree import Span
from planfolio.model.table import written_names
from planfolio.model.visibility import Visibility
from planfolio.portfolio.record import PlanView, PortfolioRecord
from planfolio.rules.registry import RULES
from planfolio.rules.rule import Rule

_ORDER = list(Severity)


class SourcePlace(NamedTuple):
    """A place in the files of the plan: `path` from the folder of site.toml, `line` from 1.

    `url` opens the editor there, and is empty where no editor is known.
    """

    path: str
    line: int
    url: str


class PortfolioFinding(NamedTuple):
    """A finding: what is wrong in `message`, what to do in `hint`, which may be empty.

    `record` is the one that it is about, None for a file that is no record's. `field` is the field
    of that record that it is at, `body` for its text, and empty for none of them.
    """

    code: str
    name: str
    severity: Severity
    message: str
    hint: str
    place: SourcePlace
    record: PortfolioRecord | None
    field: str


class FindingGroup(NamedTuple):
    """The findings about the records of a section; `section` is None for those about no record."""

    section: Section | None
    findings: tuple[PortfolioFinding, ...]

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many there are by severity, the most severe first."""
        return counts_of(found.severity for found in self.findings)


def counts_of(severities: Iterable[Severity]) -> Mapping[Severity, int]:
    """Count findings by severity, the most severe first; those without any are left out."""
    counts = Counter(severities)
    return {each: counts[each] for each in _ORDER if counts[each]}


def source_place(path: str, span: Span, *, editor: str) -> SourcePlace:
    """Return a place; `editor` is the link that `cli.editors` makes, or empty."""
    url = editor.replace("{path}", quote(path, safe="/")).replace("{line}", str(span.line))
    return SourcePlace(path, span.line, url.replace("{column}", str(span.column)))


def findings_about(portfolio: PlanView) -> Mapping[Key, tuple[Diagnostic, ...]]:
    """Return the findings about each record; one about many speaks of this one alone."""
    found = portfolio._findings
    one = ((each.subject, each) for each in found if each.subject is not None)
    many = (
        (key, each._replace(message=each.message_for_one or each.message))
        for each in found
        for key in each.subjects
    )
    return grouped((*one, *many))


def portfolio_finding(
    found: Diagnostic, record: PortfolioRecord | None, *, portfolio: PlanView
) -> PortfolioFinding:
    """Return a finding as it is shown for a record.

    A finding about many records is at the first of them, and links there from all pages.
    """
    path, span, field = found.path, found.span, ""
    if record is not None:
        of = portfolio.plan.records[record.key]
        if record.key != next(filter(None, (found.subject, *found.subjects))):
            path, span = of.source.path, of.source.span(("title",))
        field = _field_at(of, path, span)
    return PortfolioFinding(
        code=found.code,
        name=found.name,
        severity=found.severity,
        message=found.message,
        hint=found.hint,
        place=source_place(path, span, editor=portfolio._editor),
        record=record,
        field=field,
    )


def findings_of(record: PortfolioRecord) -> tuple[PortfolioFinding, ...]:
    """Return the findings about a record, the most severe first; only its owner gets any."""
    portfolio = record._portfolio
    if portfolio.audience is not Visibility.PRIVATE:
        return ()
    about = portfolio.cached(findings_about).get(record.key, ())
    return most_severe_first(portfolio_finding(d, record, portfolio=portfolio) for d in about)


def all_findings(portfolio: PlanView) -> tuple[FindingGroup, ...]:
    """Return the findings by section, those about no record last; only the owner gets any."""
    if portfolio.audience is not Visibility.PRIVATE:
        return ()
    groups: dict[Section | None, list[PortfolioFinding]] = {each: [] for each in (*Section, None)}
    for found in portfolio._findings:
        first = next(filter(None, (found.subject, *found.subjects)), None)
        record = None if first is None else portfolio.records.get(first)
        section = None if record is None else record.record_kind.section
        groups[section].append(portfolio_finding(found, record, portfolio=portfolio))
    return tuple(
        FindingGroup(section, most_severe_first(findings))
        for section, findings in groups.items()
        if findings
    )


def rules_found(portfolio: PlanView) -> tuple[Rule, ...]:
    """Return the rules that the findings come from, by code, with what `planfolio explain` says."""
    codes = {found.code for group in portfolio.cached(all_findings) for found in group.findings}
    return tuple(rule for rule in RULES.values() if rule.code in codes)


def most_severe_first(findings: Iterable[PortfolioFinding]) -> tuple[PortfolioFinding, ...]:
    """Sort by severity and place."""

    def order(found: PortfolioFinding) -> tuple[int, str, int, str]:
        return _ORDER.index(found.severity), found.place.path, found.place.line, found.code

    return tuple(sorted(findings, key=order))


def _field_at(record: Record[Any], path: str, span: Span) -> str:
    """Return the field of a record in which a place lies; empty for none, and for another file."""
    source: Source = record.source
    if path != source.path or span == source.span():
        return ""
    if span.line >= source.body_line > 1:
        return "body"
    before: dict[tuple[int, int], str] = {}
    for name in written_names(type(record.fields)).values():
        index = source.node.position(name)
        if index is not None:
            key = source.node.entries[index].key.span
            before[key.line, key.column] = name
    return before.get(max((k for k in before if k <= (span.line, span.column)), default=(0, 0)), "")
