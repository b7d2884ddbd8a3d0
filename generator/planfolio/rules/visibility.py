"""V: whether the plan shows what its owner wants to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import in_quotes
from planfolio.model.kinds.goal import GoalStatus
from planfolio.model.references import AnchorLink, RecordLink
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import (
    default_visibility,
    hidden_fields,
    reference_visibility,
)
from planfolio.rules.personal_data import PersonalData, personal_data_in
from planfolio.rules.rule import Finding, Rule, at, place_in_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.plan import Record
    from planfolio.model.references import Key
    from planfolio.model.source_tree import Span
    from planfolio.rules.context import RuleContext


_STATED = frozenset({"metrics", "levels", "confidence"})
"""The fields of a review in which goals and skills are keys of values."""


@Rule(
    "V101",
    bad="[my salary goal](../goals/salary.md)   <!-- a private goal, linked from a public one -->",
    good="visibility: private   # on the record that links to it, too",
)
def narrower_target(context: RuleContext) -> Iterator[Finding]:
    """A record refers to something that its readers cannot see.

    On the site of those readers the reference is removed, and a labelled link keeps its label as
    text. They may wonder what is missing, or the label may reveal it. People are private by
    default, and only a person that says so itself counts here.
    """
    # A reference in a narrower field or block is as narrow as that, and a link to a heading leads
    # to the block of the heading. A value that a review states goes without a trace, and of people,
    # who are private by default, nobody has to be told.
    yield from _hidden_headings(context)
    found: set[tuple[Key, Key]] = set()
    records = context.plan.records
    for edge in context.plan.edges:
        source, target = records.get(edge.source), records.get(edge.target)
        if source is None or target is None or target.visibility is Visibility.PUBLIC:
            continue
        if edge.loc[0] in _STATED or _is_narrow_by_kind(target, context):
            continue
        if (edge.source, edge.target) in found:
            continue
        if reference_visibility(edge, source, site=context.plan.settings) >= target.visibility:
            continue
        found.add((edge.source, edge.target))
        yield Finding(
            path=source.source.path,
            span=edge.span,
            message=(
                f"this {source.visibility.word} {source.kind.name} refers to {target.key}, "
                f"which is {target.visibility.word}"
            ),
            hint=f"write `visibility: {source.visibility.word}` there, or remove the reference",
            subject=source.key,
        )


@Rule(
    "V102",
    bad="headline: Reach me at jane.doe@mail.org, asking 70,000 EUR",
    good="headline: Platform engineer, Madrid",
)
def personal_data(context: RuleContext) -> Iterator[Finding]:
    """A public record contains an e-mail address, a telephone number or an amount of money.

    Search engines and collectors of addresses read public pages for years. Where such data belongs
    there, ignore the rule. Code in bodies and the field `cost` are not searched.
    """
    places: set[tuple[str, str, Span]] = set()
    hidden_of = {
        kind.name: hidden_fields(kind, Visibility.PUBLIC, site=context.plan.settings)
        for kind in context.plan.kinds
    }

    def search(record: Record[Any], _: RuleContext) -> list[PersonalData]:
        return personal_data_in(record, hidden=hidden_of[record.kind.name])

    for record in context.plan.records.values():
        if record.visibility is not Visibility.PUBLIC or record.implied:
            continue
        for sort, text, span in context.of_record("V102", record, search):
            # Items of a list file share the defaults above them: one place, one finding.
            place = (sort, record.source.path, span)
            if place in places:
                continue
            places.add(place)
            yield Finding(
                path=record.source.path,
                span=span,
                message=f"this public {record.kind.name} contains {sort}: {text}",
                hint="remove it, or narrow the record: `visibility: mentor`",
                subject=record.key,
            )


@Rule(
    "V103",
    Severity.ERROR,
    bad="visibility: privat",
    good="visibility: private",
    unsuppressible=True,
)
def bad_visibility(context: RuleContext) -> Iterator[Finding]:
    """A visibility is unknown, empty or mistyped, or wider than the goal's.

    planfolio publishes nothing that it cannot read with certainty: `privat: true` may mean private.
    A milestone, course or achievement that is wider than its goal contradicts it.
    """
    for record in context.plan.records.values():
        written, goal = record.fields.visibility, context.plan.goal_of(record)
        # A draft is private by its status; what belongs to it need not say so.
        if written is None or goal is None or goal.fields.status is GoalStatus.DRAFT:
            continue
        if written < goal.visibility:
            yield at(
                record,
                ("visibility",),
                message=(
                    f"this {record.kind.name} is {written.word}, but its goal "
                    f"{in_quotes(goal.title)} is {goal.visibility.word}"
                ),
                hint=f"write `visibility: {goal.visibility.word}`, or remove it",
            )


def _is_narrow_by_kind(target: Record[Any], context: RuleContext) -> bool:
    """Return whether a record of a private kind does not say itself who may see it."""
    default = default_visibility(target.kind, site=context.plan.settings)
    return (
        target.kind.visibility is Visibility.PRIVATE
        and target.fields.visibility is None
        and target.visibility == default
    )


def _hidden_headings(context: RuleContext) -> Iterator[Finding]:
    """Find links to headings within a block that readers of the link cannot see."""
    headings_of: dict[Key, dict[str, Visibility]] = {}
    for record in context.plan.records.values():
        for link, leads in zip(record.body.links, record.links, strict=True):
            match leads:
                case RecordLink(key, fragment) if fragment and key in context.plan.records:
                    target = context.plan.records[key]
                case AnchorLink(fragment):
                    target = record
                case _:
                    continue
            if not target.body.blocks:
                continue
            if target.key not in headings_of:
                headings_of[target.key] = _headings(target)
            reader = max(record.visibility, record.body.visibility_at(link.span.line))
            seen_by = headings_of[target.key].get(fragment, Visibility.PUBLIC)
            if reader < seen_by:
                yield Finding(
                    path=record.source.path,
                    span=place_in_body(record, link.span),
                    message=(
                        f"this {reader.word} text links to the heading #{fragment}, which is in a "
                        f"block that is {seen_by.word}"
                    ),
                    hint=f"put the link into a `::: {seen_by.word}` block, or remove the #",
                    subject=record.key,
                )


def _headings(record: Record[Any]) -> dict[str, Visibility]:
    """Return by anchor who may see the headings of a body; of two with one anchor the narrower."""
    found: dict[str, Visibility] = {}
    for heading in record.body.headings:
        seen_by = record.body.visibility_at(heading.span.line)
        found[heading.anchor] = max(seen_by, found.get(heading.anchor, Visibility.PUBLIC))
    return found
