"""Rules: a code, why it exists, and the function that makes its findings at places of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.formatting import listing
from planfolio.model.source_tree import MappingNode, Scalar, Span

if TYPE_CHECKING:
    from datetime import date

    from planfolio.model.plan import Record
    from planfolio.model.references import Key
    from planfolio.model.source_tree import Loc
    from planfolio.model.values.dates import PlanDate
    from planfolio.rules.context import RuleContext

TITLE: Loc = ("title",)
START: tuple[Loc, ...] = (("start",), ("when",), TITLE)
DUE: tuple[Loc, ...] = (("due",), ("when",), TITLE)
"""The fields in which a value may be written, in order; the title where it is written nowhere."""

MOST_LISTED = 4
"""The number of names that a message lists; the others are counted."""

_MORE_PLACES = 2
"""The number of further places that a finding about many records names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A message at a place. `severity` is the rule's unless the finding has its own.

    The other fields are those of a diagnostic.
    """

    path: str
    span: Span
    message: str
    hint: str = ""
    subject: Key | None = None
    subjects: tuple[Key, ...] = ()
    message_for_one: str = ""
    severity: Severity | None = None


Check: TypeAlias = Callable[["RuleContext"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as `planfolio explain` shows it, and a decorator of the function that checks it.

    `summary` is a line, `why` a few sentences with the source where there is one: the first line of
    the function's docstring, and the rest; the name is the function's. `bad` and `good` are small
    parts of a plan. Where findings are made while the plan is read or resolved, `check` is None and
    all is given. The errors of an `unsuppressible` rule mean that a record was not read: site.toml
    can neither ignore nor lower them. What a rule `of_whole_plan` finds depends on all records, and
    means nothing while one of them could not be read. `reads` are the fields (`goal.due`, or
    `plan.capacity`) that a finding about one record depends on: an audience that does not see one
    of them does not see the check. Fields that only decide whether a goal is looked at are not
    among them.
    """

    code: str
    severity: Severity = Severity.WARNING
    _: KW_ONLY
    bad: str
    good: str
    name: str = ""
    summary: str = ""
    why: str = ""
    unsuppressible: bool = False
    of_whole_plan: bool = False
    reads: frozenset[str] = frozenset()
    check: Check | None = None

    def __call__(self, check: Check) -> Rule:
        """Return this rule with the function that finds what it is about."""
        summary, _, why = (check.__doc__ or "").partition("\n")
        summary = summary[:1].lower() + summary[1:].removesuffix(".")
        return replace(
            self,
            check=check,
            name=check.__name__.replace("_", "-"),
            summary=summary,
            why=" ".join(why.split()),
        )

    @property
    def letter(self) -> str:
        """What the rule is about: S, M, A, R, T, P(ractice), V(isibility), L(inks) or F(orm)."""
        return self.code[0]

    def diagnostic(self, finding: Finding, *, name: str = "") -> Diagnostic:
        """Return a finding of this rule as a diagnostic; `name` is another one than the rule's."""
        return Diagnostic(
            code=self.code,
            name=name or self.name,
            severity=finding.severity or self.severity,
            path=finding.path,
            span=finding.span,
            message=finding.message,
            hint=finding.hint,
            subject=finding.subject,
            subjects=finding.subjects,
            message_for_one=finding.message_for_one,
        )


def reading(**fields: str) -> frozenset[str]:
    """Return what a rule reads: for each kind its fields, as written, with spaces between."""
    return frozenset(f"{kind}.{field}" for kind, names in fields.items() for field in names.split())


MEASURE = reading(goal="metric milestones done_when cadence parent")
"""The fields by which a goal is measured; its children name it as their parent."""

DATES = reading(goal="start due when horizon", milestone="start due when")
"""The fields that give the dates of a goal or milestone."""


def at(
    record: Record[Any],
    *locs: Loc,
    message: str,
    hint: str = "",
    about: Record[Any] | None = None,
    severity: Severity | None = None,
    key: bool = False,
) -> Finding:
    """Return a finding at the first of the fields that is written in a record, else at the last.

    Without fields the place is the title. `about` is the record that the finding is about, if
    another one. With `key` the place is the key of the field instead of its value.
    """
    return Finding(
        path=record.source.path,
        span=_place_of(record, locs, key=key),
        message=message,
        hint=hint,
        subject=(about or record).key,
        severity=severity,
    )


def for_all(
    records: Iterable[Record[Any]],
    *locs: Loc,
    one: str,
    many: str,
    hint: str,
    key: bool = False,
) -> Iterator[Finding]:
    """Yield a single finding about all records, at the first in the order of the files, if any.

    `one` is the message about a single record, `many` that about `{n}`, after which the next few
    places are named. They are found as by `at`, with the title where no field is written.
    """
    found = sorted(
        (record.source.path, _place_of(record, (*locs, TITLE), key=key), record.key)
        for record in records
    )
    if not found:
        return
    path, span, _ = found[0]
    message = one
    if len(found) > 1:
        others = [f"{other}:{place.line}" for other, place, _ in found[1:]]
        places = listing(others, most=_MORE_PLACES)
        message = f"{many.replace('{n}', str(len(found)))}; also {places}"
    yield Finding(
        path=path,
        span=span,
        message=message,
        hint=hint,
        subjects=tuple(key for *_, key in found),
        message_for_one=one,
    )


def place_in_body(record: Record[Any], span: Span) -> Span:
    """Return a place in a body as one of the file."""
    return span.below(record.source.body_line - 1)


def dated(value: PlanDate, day: date) -> str:
    """Return a day, with the date as it was typed where that is another text."""
    typed, iso = value.text, day.isoformat()
    return typed if typed == iso else f"{iso} ({typed})"


def _place_of(record: Record[Any], locs: Sequence[Loc], *, key: bool) -> Span:
    """Return the place of the first of the fields that is written in a record, else of the last."""
    node = record.source.node
    for loc in locs:
        entry = node.find(str(loc[0])) if isinstance(node, MappingNode) else None
        if entry is not None and not (isinstance(entry.value, Scalar) and entry.value.absent):
            return record.source.span(loc, key=key)
    return record.source.span(locs[-1] if locs else TITLE, key=key)
