"""V: whether others see the same status, done and readiness as the owner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planfolio.analyse.goals import goal_numbers
from planfolio.analyse.hindsight import records_behind
from planfolio.analyse.measurements import review_measurements
from planfolio.analyse.roles import role_numbers
from planfolio.analyse.skills import skill_numbers
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import in_quotes, listing, number_as_typed, percent
from planfolio.model.kinds.role import RoleStatus
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import field_visibility
from planfolio.rules.rule import Finding, Rule, for_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planfolio.analyse.gaps import RoleNumbers
    from planfolio.analyse.measurements import Measurement
    from planfolio.model.plan import Plan, Record
    from planfolio.model.references import Key
    from planfolio.rules.context import RuleContext

_OTHERS = {Visibility.PUBLIC: "the public", Visibility.MENTOR: "a mentor"}
_MOST_SHOWN = 2


@dataclass(frozen=True, slots=True)
class _Difference:
    """A goal or a role that others see otherwise, in words, and the newer values they lack.

    Those are the current values of a goal's metric or of skills, by their record.
    """

    record: Record[Any]
    words: str
    lacking: Sequence[tuple[Record[Any], Measurement]]


@Rule(
    "V104",
    Severity.INFO,
    bad="metrics: {talks: 12}   # in a review for the mentor; the goal is public, and now done",
    good="history: [{date: 2026-06-30, value: 12}]   # in the metric of the goal, too",
    of_whole_plan=True,
)
def narrower_value(context: RuleContext) -> Iterator[Finding]:
    """Others see an older status or readiness, since they do not see a review.

    A review that is removed for an audience takes its values with it. So a site for others computes
    a status or a readiness from older values than yours does.
    """
    found: dict[Key, tuple[Visibility, _Difference]] = {}
    for audience in _OTHERS:
        for one in (*_other_goals(audience, context), *_other_roles(audience, context)):
            found.setdefault(one.record.key, (audience, one))
    differences = [one for _, one in found.values()]
    seen_by = {audience for audience, _ in found.values()}
    who = listing([words for audience, words in _OTHERS.items() if audience in seen_by])
    cause = f"for {who}, since a narrower record holds the newer value"
    shown = listing([one.words for one in differences], most=_MOST_SHOWN)
    yield from for_all(
        [one.record for one in differences],
        ("metric",),
        one=f"{shown if len(differences) == 1 else 'this is an older number'} {cause}",
        many=f"{{n}} numbers are older {cause}: {shown}",
        hint=_hint(differences, context),
        key=True,
    )


def _other_goals(audience: Visibility, context: RuleContext) -> Iterator[_Difference]:
    """Yield the goals that have another status without the values that an audience lacks."""
    lacking = {
        goal.id: (goal, current)
        for goal in context.plan.goals.values()
        if (current := context.numbers(goal).current) is not None
        and _sees(goal, "metric", audience, context)
        and not _sees(context.plan.records[current.source], "metrics", audience, context)
    }
    if not lacking:
        return
    goals = [goal for goal, _ in lacking.values()]
    plan = _seen_part(records_behind(goals, plan=context.plan), "metrics", audience, context)
    reviews = review_measurements(plan, as_of=context.as_of)
    theirs = goal_numbers(plan, reviews=reviews.metrics, as_of=context.as_of)
    for goal in goals:
        status, own = theirs[goal.id].status, context.numbers(goal).status
        if status is not own:
            words = f"is {status} instead of {own}".replace("-", " ")
            yield _Difference(goal, f"{in_quotes(goal.title)} {words}", [lacking[goal.id]])


def _other_roles(audience: Visibility, context: RuleContext) -> Iterator[_Difference]:
    """Yield the roles that have another readiness without the levels that an audience lacks."""
    plan = context.plan
    lacking = {
        skill.id: (skill, current)
        for skill in plan.skills.values()
        if (current := context.analysis.skills[skill.id].current) is not None
        and _sees(skill, "level", audience, context)
        and not _sees(plan.records[current.source], "levels", audience, context)
    }
    roles = [
        role
        for role in plan.roles.values()
        if role.fields.status is not RoleStatus.DROPPED
        and _sees(role, "requires", audience, context)
        and not lacking.keys().isdisjoint(role.fields.requires)
    ]
    if not roles:
        return
    skills = [plan.skills[skill] for role in roles for skill in role.fields.requires]
    behind = {record.key: record for record in (*roles, *skills, *plan.reviews.values())}
    part = _seen_part(behind, "levels", audience, context)
    levels = review_measurements(part, as_of=context.as_of).levels
    numbers = skill_numbers(part, reviews=levels, raisings={}, required={}, as_of=context.as_of)
    theirs = role_numbers(part, skills=numbers, raisings={}, needs={}, safe=())
    for role in roles:
        seen, own = theirs[role.id], context.analysis.roles[role.id]
        if (seen.readiness, seen.ready) != (own.readiness, own.ready):
            yield _Difference(
                role,
                f"{in_quotes(role.title)} is {_readiness(seen)} ready instead of {_readiness(own)}",
                [lacking[skill] for skill in role.fields.requires if skill in lacking],
            )


def _sees(record: Record[Any], field: str, audience: Visibility, context: RuleContext) -> bool:
    seen_by = field_visibility(record.kind, field, site=context.plan.settings)
    return max(record.visibility, seen_by) <= audience


def _seen_part(
    records: Mapping[Key, Record[Any]], field: str, audience: Visibility, context: RuleContext
) -> Plan:
    """Return a plan of some records, without the reviews whose values an audience lacks."""
    seen = {
        key: record
        for key, record in records.items()
        if key.kind != "review" or _sees(record, field, audience, context)
    }
    return replace(context.plan, records=seen)


def _readiness(role: RoleNumbers) -> str:
    shown = role.readiness
    if shown is None:
        return "n/a"
    ends = dict.fromkeys((percent(shown.low), percent(shown.high)))
    return " to ".join(ends)


def _hint(differences: Sequence[_Difference], context: RuleContext) -> str:
    """Return where to write which values, and which review to widen instead."""
    lacking = {record.key: (record, value) for one in differences for record, value in one.lacking}
    ways = []
    for record, value in lacking.values():
        typed, title = number_as_typed(value.value), in_quotes(record.title)
        if record.key.kind == "goal":
            ways.append(f"add `{{date: {value.on}, value: {typed}}}` to the `history` of {title}")
        else:
            ways.append(f"write `level: {typed}` and `assessed: {value.on}` in {title}")
    reviews = [context.plan.records[value.source] for _, value in lacking.values()]
    narrow = [review.title for review in reviews if review.visibility is not Visibility.PUBLIC]
    wider = f", or widen the `visibility` of {in_quotes(narrow[0])}" if narrow else ""
    return f"{listing(ways, most=_MOST_SHOWN)}{wider}"
