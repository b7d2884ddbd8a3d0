"""Rules: a code, why it exists, and the function that makes its findings at places of a plan."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from inspect import cleandoc
from typing import Any, NamedTuple, TypeAlias

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.formatting import listing
from planfolio.model.plan import Record
from planfolio.model.references import Key
from planfolio.model.source_tree import Loc, Span, absent
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


class Finding(NamedTuple):
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


Findings: TypeAlias = "Iterable[Finding]"
Check: TypeAlias = Callable[[RuleContext], Findings]


class Rule(NamedTuple):
    """A rule as `planfolio explain` shows it, and the function that checks it.

    `summary` is a line on what is found, `why` a few sentences on why it matters with the source
    where there is one, `bad` and `good` are small parts of a plan. The errors of an
    `unsuppressible` rule mean that a record was not read: site.toml can neither ignore nor lower
    them. What a rule `of_whole_plan` finds depends on all records, and means nothing while one of
    them could not be read.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    bad: str
    good: str
    check: Check
    unsuppressible: bool
    of_whole_plan: bool

    @property
    def letter(self) -> str:
        """What the rule is about: S, M, A, R, T, P(ractice), V(isibility), L(inks) or F(orm)."""
        return self.code[0]

    def diagnostic(self, finding: Finding) -> Diagnostic:
        """Return a finding of this rule as a diagnostic."""
        fields = finding._asdict() | {"severity": finding.severity or self.severity}
        return Diagnostic(code=self.code, name=self.name, **fields)


def rule(
    code: str,
    severity: Severity = Severity.WARNING,
    *,
    unsuppressible: bool = False,
    of_whole_plan: bool = False,
) -> Callable[[Check], Rule]:
    """Return the decorator that makes a rule of its function.

    The name is that of the function. Its docstring has a line on what is found, why that matters,
    and the examples after `Bad:` and `Good:`.
    """

    def rule_of(check: Check) -> Rule:
        text, _, examples = cleandoc(check.__doc__ or "").partition("\nBad:  ")
        summary, _, why = text.partition("\n")
        bad, _, good = examples.replace("\n      ", "\n").partition("\nGood: ")
        return Rule(
            code=code,
            name=check.__name__.replace("_", "-"),
            severity=severity,
            summary=summary[:1].lower() + summary[1:].removesuffix("."),
            why=" ".join(why.split()),
            bad=bad,
            good=good,
            check=check,
            unsuppressible=unsuppressible,
            of_whole_plan=of_whole_plan,
        )

    return rule_of


def finding_at(
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


def shared_finding(
    records: Iterable[Record[Any]],
    *locs: Loc,
    one: str,
    many: str,
    hint: str,
    key: bool = False,
) -> Findings:
    """Yield a single finding about all records, at the first in the order of the files, if any.

    `one` is the message about a single record, `many` that about `{n}`, after which the next few
    places are named. They are found as by `finding_at`, with the title where no field is written.
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


def day_as_typed(value: PlanDate, day: date) -> str:
    """Return a day, with the date as it was typed where that is another text."""
    typed, iso = value.text, day.isoformat()
    return typed if typed == iso else f"{iso} ({typed})"


def _place_of(record: Record[Any], locs: Sequence[Loc], *, key: bool) -> Span:
    """Return the place of the first of the fields that is written in a record, else of the last."""
    for loc in locs:
        value = record.source.node.value(str(loc[0]))
        if value is not None and not absent(value):
            return record.source.span(loc, key=key)
    return record.source.span(locs[-1] if locs else TITLE, key=key)
