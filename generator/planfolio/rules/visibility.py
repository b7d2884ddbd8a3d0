"""V: whether the plan shows what its owner wants, and the same numbers to others.

V102 is in personal_data.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from planfolio.analyse.hindsight import goals_known_on, roles_known_on
from planfolio.analyse.history import Measurement
from planfolio.analyse.roles import RoleNumbers
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import in_quotes, listing, number_as_typed, percent
from planfolio.model.kinds.goal import GoalStatus
from planfolio.model.kinds.role import RoleStatus
from planfolio.model.plan import Plan, Record
from planfolio.model.references import Key
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import (
    default_visibility,
    field_visibility,
    reference_visibility,
)
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import Finding, Findings, finding_at, rule, shared_finding

_STATED = frozenset({"metrics", "levels", "confidence"})
"""The fields of a review in which goals and skills are keys of values."""

_OTHERS = {Visibility.PUBLIC: "the public", Visibility.MENTOR: "a mentor"}
_MOST_SHOWN = 2


@rule("V101")
def narrower_target(context: RuleContext) -> Findings:
    """A record refers to something that its readers cannot see.

    On the site of those readers the reference is removed, and a labelled link keeps its label as
    text. They may wonder what is missing, or the label may reveal it. People are private by
    default, and a person counts here only if its own file says so.

    Bad:  [my salary goal](../goals/salary.md)   <!-- a private goal, linked from a public one -->
    Good: visibility: private   # on the record that links to it, too
    """
    # A reference in a narrower field or block is as narrow as that. A value that a review states
    # goes without a trace, and of people, who are private by default, nobody has to be told.
    found: set[tuple[Key, Key]] = set()
    for edge in context.plan.edges:
        target = context.plan.records.get(edge.target)
        if target is None or target.visibility is Visibility.PUBLIC or edge.loc[0] in _STATED:
            continue
        source = context.plan.records.get(edge.source)
        if source is None or (source.key, target.key) in found:
            continue
        if _is_narrow_by_kind(target, context):
            continue
        if reference_visibility(edge, source, settings=context.plan.settings) < target.visibility:
            found.add((source.key, target.key))
            yield Finding(
                path=source.source.path,
                span=edge.span,
                message=f"this {source.visibility.word} {source.kind.name} refers to {target.key}, "
                f"which is {target.visibility.word}",
                hint=f"write `visibility: {source.visibility.word}` there, or remove the reference",
                subject=source.key,
            )


@rule("V103", Severity.ERROR, unsuppressible=True)
def bad_visibility(context: RuleContext) -> Findings:
    """A visibility is unknown, empty or mistyped, or wider than the goal's.

    planfolio publishes nothing that it cannot read with certainty: `privat: true` may mean private.
    A milestone, course or achievement that is wider than its goal contradicts it.

    Bad:  visibility: privat
    Good: visibility: private
    """
    for record in context.plan.records.values():
        written, goal = record.fields.visibility, context.plan.goal_of(record)
        # A draft is private by its status; what belongs to it need not say so.
        if written is None or goal is None or goal.fields.status is GoalStatus.DRAFT:
            continue
        if written < goal.visibility:
            yield finding_at(
                record,
                ("visibility",),
                message=f"this {record.kind.name} is {written.word}, but its goal "
                f"{in_quotes(goal.title)} is {goal.visibility.word}",
                hint=f"write `visibility: {goal.visibility.word}`, or remove it",
            )


@rule("V104", Severity.INFO, of_whole_plan=True)
def narrower_value(context: RuleContext) -> Findings:
    """Others see an older status or readiness, since they do not see a review.

    A review that is removed for an audience takes its values with it. So a site for others computes
    a status or a readiness from older values than yours does.

    Bad:  metrics: {talks: 12}   # in a review for the mentor; the goal is public, and now done
    Good: history: [{date: 2026-06-30, value: 12}]   # in the metric of the goal, too
    """
    older: dict[Key, _Older] = {}
    seen_by = []
    for audience, name in _OTHERS.items():
        found = [*_older_goals(audience, context), *_older_roles(audience, context)]
        new = {one.record.key: one for one in found if one.record.key not in older}
        older |= new
        seen_by += [name] * bool(new)
    cause = f"for {listing(seen_by)}, since a narrower record holds the newer value"
    shown = listing([one.words for one in older.values()], most=_MOST_SHOWN)
    return shared_finding(
        [one.record for one in older.values()],
        ("metric",),
        one=f"{shown if len(older) == 1 else 'this is an older number'} {cause}",
        many=f"{{n}} numbers are older {cause}: {shown}",
        hint=_way_out(older.values(), context),
        key=True,
    )


def _is_narrow_by_kind(target: Record[Any], context: RuleContext) -> bool:
    """Return whether a record of a private kind does not say itself who may see it."""
    default = default_visibility(target.kind, settings=context.plan.settings)
    return (
        target.kind.visibility is Visibility.PRIVATE
        and target.fields.visibility is None
        and target.visibility == default
    )


class _Older(NamedTuple):
    """A goal or a role of which others see an older number, in words, and the values they lack.

    Those are the current values of a goal's metric or of skills, with their record.
    """

    record: Record[Any]
    words: str
    lacking: list[tuple[Record[Any], Measurement]]


def _older_goals(audience: Visibility, context: RuleContext) -> Iterator[_Older]:
    """Yield the goals that have another status without the values that an audience lacks."""
    currents = ((goal, context.numbers(goal).current) for goal in context.plan.goals.values())
    lacking = _lacking(currents, "metric", "metrics", audience, context)
    if not lacking:
        return
    goals = [context.plan.goals[goal] for goal in lacking]
    plan = _without_hidden_reviews("metrics", audience, context)
    theirs = goals_known_on(context.as_of, goals, plan=plan, undated=())
    for goal in goals:
        status, own = theirs[goal.id].status, context.numbers(goal).status
        if status is not own:
            words = f"is {status} instead of {own}".replace("-", " ")
            yield _Older(goal, f"{in_quotes(goal.title)} {words}", [lacking[goal.id]])


def _older_roles(audience: Visibility, context: RuleContext) -> Iterator[_Older]:
    """Yield the roles that have another readiness without the levels that an audience lacks."""
    plan = context.plan
    currents = ((skill, context.analysis.skills[id_].current) for id_, skill in plan.skills.items())
    lacking = _lacking(currents, "level", "levels", audience, context)
    roles = [
        role
        for role in plan.roles.values()
        if role.fields.status is not RoleStatus.DROPPED
        and _sees(role, "requires", audience, context)
        and not lacking.keys().isdisjoint(role.fields.requires)
    ]
    if not roles:
        return
    part = _without_hidden_reviews("levels", audience, context)
    theirs, _ = roles_known_on(context.as_of, roles, plan=part, undated=True)
    for role in roles:
        seen, own = theirs[role.id], context.analysis.roles[role.id]
        if (seen.readiness, seen.ready) != (own.readiness, own.ready):
            words = f"is {_readiness(seen)} ready instead of {_readiness(own)}"
            values = [lacking[skill] for skill in role.fields.requires if skill in lacking]
            yield _Older(role, f"{in_quotes(role.title)} {words}", values)


def _lacking(
    currents: Iterable[tuple[Record[Any], Measurement | None]],
    field: str,
    in_review: str,
    audience: Visibility,
    context: RuleContext,
) -> dict[str, tuple[Record[Any], Measurement]]:
    """Return the records, by id, whose current value is in a review that an audience lacks."""
    return {
        record.id: (record, current)
        for record, current in currents
        if current is not None
        and _sees(record, field, audience, context)
        and not _sees(context.plan.records[current.source], in_review, audience, context)
    }


def _sees(record: Record[Any], field: str, audience: Visibility, context: RuleContext) -> bool:
    seen_by = field_visibility(record.kind, field, settings=context.plan.settings)
    return max(record.visibility, seen_by) <= audience


def _without_hidden_reviews(field: str, audience: Visibility, context: RuleContext) -> Plan:
    """Return the plan without the reviews of which an audience lacks the values of a field."""
    seen = {
        key: record
        for key, record in context.plan.records.items()
        if key.kind != "review" or _sees(record, field, audience, context)
    }
    return replace(context.plan, records=seen)


def _readiness(role: RoleNumbers) -> str:
    shown = role.readiness
    if shown is None:
        return "n/a"
    return " to ".join(dict.fromkeys((percent(shown.low), percent(shown.high))))


def _way_out(older: Iterable[_Older], context: RuleContext) -> str:
    """Return where to write which values, and which review to widen instead."""
    lacking = {record.key: (record, value) for one in older for record, value in one.lacking}
    ways, narrow = [], []
    for record, value in lacking.values():
        typed, title = number_as_typed(value.value), in_quotes(record.title)
        if record.key.kind == "goal":
            ways.append(f"add `{{date: {value.on}, value: {typed}}}` to the `history` of {title}")
        else:
            ways.append(f"write `level: {typed}` and `assessed: {value.on}` in {title}")
        review = context.plan.records[value.source]
        if review.visibility is not Visibility.PUBLIC:
            narrow.append(in_quotes(review.title))
    wider = f", or widen the `visibility` of {narrow[0]}" if narrow else ""
    return f"{listing(ways, most=_MOST_SHOWN)}{wider}"
