"""What plan.json holds, key by key.

Each key names what it is read from: attributes of the portfolio and its records, or a function of
them, whose types and docstrings give the JSON Schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from planfolio.model.kinds.goal import SmartLetter
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.role import PortfolioRole
from planfolio.urls import relative

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.money import Budget, CurrencySum
    from planfolio.model.kinds.kind import Kind
    from planfolio.model.kinds.role import NeedKind
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.steps import PortfolioResource, PortfolioStep

PLAN_JSON_URL = "plan.json"

Source: TypeAlias = "str | Callable[[Any], Any] | tuple[str | Callable[[Any], Any], Keys]"
"""Attributes with dots between them, or a function; with keys, an object of each value found.

Of a list and of a table each value is meant, and what is absent gives null.
"""

Keys: TypeAlias = Mapping[str, Source]
"""The keys of an object in order; one that ends with `?` is left out where it would be null."""


def _keys(words: str) -> Keys:
    """Return keys that are called as the first of the attributes, or by the name before a `=`."""
    found = {}
    for word in words.split():
        key, _, path = word.rpartition("=")
        found[key or path.partition(".")[0]] = path.removesuffix("?")
    return found


class _Counted(NamedTuple):
    """What a goal counts; `as_of` is the day of the current value."""

    unit: str | None
    baseline: Fraction
    target: Fraction
    current: Fraction | None
    as_of: date | None


def _counted(goal: PortfolioGoal) -> _Counted | None:
    """Return the metric of a goal; null without one."""
    metric = goal.metric
    if metric is None:
        return None
    value, on = (goal.current.value, goal.current.on) if goal.current else (None, None)
    return _Counted(metric.unit, metric.baseline, metric.target, value, on)


def _smart_codes(goal: PortfolioGoal) -> dict[str, list[str] | None]:
    """Return for each letter the codes of what was found about the goal and its milestones.

    A letter is null if it depends on what this audience may not see.
    """
    codes = {check.letter: list(check.codes) for check in goal.smart}
    return {letter.value: codes.get(letter) for letter in SmartLetter}


def _raised_levels(resource: PortfolioResource) -> dict[str, Fraction | None]:
    """Return the level to which it raises each skill, null for as far as the role asks."""
    raised = resource._written.raises
    return {skill: level.number if level is not None else None for skill, level in raised.items()}


def _own_goal(step: PortfolioStep) -> str | None:
    """Return the id of the goal that a step belongs to, or that it is."""
    if step.key.kind == "goal":
        return step.id
    return step.goal.id if step.goal is not None else None


class _PartSums(NamedTuple):
    """What a quarter, a goal or a type of need costs; null is what has none."""

    quarter: str | None
    goal: str | None
    need: NeedKind | None
    sums: tuple[CurrencySum, ...]


def _by_quarter(budget: Budget) -> tuple[_PartSums, ...]:
    """Return what each quarter costs, as `2026-Q3`."""
    found = budget.by_quarter.items()
    return tuple(_PartSums(f"{q[0]}-Q{q[1]}" if q else None, None, None, sums) for q, sums in found)


def _by_goal(budget: Budget) -> tuple[_PartSums, ...]:
    """Return what each goal costs."""
    return tuple(_PartSums(None, goal, None, sums) for goal, sums in budget.by_goal.items())


def _by_need(budget: Budget) -> tuple[_PartSums, ...]:
    """Return what each type of need costs."""
    return tuple(_PartSums(None, None, need, sums) for need, sums in budget.by_need.items())


def _url(record: PortfolioRecord) -> str:
    """Return the URL of its page, from the root of the site."""
    return relative(record.url, page=PLAN_JSON_URL)


def _records_of(kind: Kind) -> Callable[[Portfolio], tuple[PortfolioRecord, ...]]:
    def records(portfolio: Portfolio) -> tuple[PortfolioRecord, ...]:
        return portfolio.records_of(kind.name)

    records.__doc__ = f"Return the {kind.plural}."
    return records


def _goals(portfolio: Portfolio) -> tuple[PortfolioGoal, ...]:
    """Return the goals."""
    return portfolio.in_plan_order(PortfolioGoal)


def _roles(portfolio: Portfolio) -> tuple[PortfolioRole, ...]:
    """Return the roles."""
    return portfolio.in_plan_order(PortfolioRole)


def _hours(portfolio: Portfolio) -> Portfolio:
    """Return the hours of a week, whether the plan fits, and the steps for which it does not."""
    return portfolio


def _learning(portfolio: Portfolio) -> Portfolio | None:
    """Return how the hours of steps are shared among modes; null where no step has one."""
    return portfolio if portfolio.learning_modes else None


def _version(_: Portfolio) -> int:
    """Return the version of this format."""
    return 1


_RECORD: Keys = {**_keys("id title"), "url": _url}
_ANY_RECORD: Keys = {**_RECORD, "date": "day.first"}
_INTERVAL = _keys("low high")
_MONEY = _keys("amount currency")
_SUMS: Source = (
    "sums",
    _keys("currency planned.amount spent.amount set_aside.amount left=balance"),
)

_SCHEDULED: Keys = {
    **_RECORD,
    **_keys("due.last effort.hours"),
    "cost": ("cost", _MONEY),
    **_keys("projected_start=projection.start projected=projection.finish"),
    **_keys("late_days=projection.late_days slack_days=projection.slack_days"),
    "latest_start": "projection.latest_start",
    "replans": ("replans", _keys("date.first from=from_.last to.last days_added reason")),
}

_GOAL: Keys = {
    **_SCHEDULED,
    **_keys("kind horizon.text role.id parent.id start.first status measure=deciding.measure"),
    "reason": ("reason", _keys("code part? days? on? until? done? total? planned?")),
    **_keys("progress expected spi=deciding.spi forecast slip_days=deciding.slip_days"),
    **_keys("decide_by.last"),
    "metric": (_counted, _keys("unit baseline target current as_of")),
    "milestones": "milestones.id",
    "smart": _smart_codes,
}

_GAP = _keys(
    "skill current required gap weight must weighted_gap gain effort priority covered safe"
)

_NEED: Keys = {
    **_keys("title need met=met_on"),
    "answers": ("answering", _keys("step.reference status")),
}

_ROLE: Keys = {
    **_RECORD,
    "readiness": ("readiness", _INTERVAL),
    "planned": ("planned", _INTERVAL),
    **_keys("met=met_count required=required_count gate=musts_met ready ready_on"),
    "gaps": ("numbers.gaps", _GAP),
    "needs": ("needs", _NEED),
}

_RESOURCE: Keys = {
    **_RECORD,
    **_keys("kind link author status goal.id start.first due.last done=done_on late_days"),
    **_keys("decide_by.last effort.hours"),
    "cost": ("cost", _MONEY),
    "raises": _raised_levels,
    "answers": "answers",
}

_KNOWN: Keys = {
    "goals": ("goals", _keys("id=goal.id status progress value")),
    "roles": ("roles", {"id": "role.id", "readiness": ("readiness", _INTERVAL)}),
    "skills": ("skills", _keys("id=skill.id level.value")),
}

_REVIEW: Keys = {
    **_RECORD,
    **_keys("date.first kind with=with_ metrics levels.number confidence wins problems decisions"),
    **_keys("next=next_items.text next_open.text next_review.last"),
    "known": ("known", _KNOWN),
}

_CAPACITY: Keys = {
    **_keys("hours_per_week=capacity.hours_per_week fits=capacity.fits"),
    "needed_hours_per_week": "capacity.needed_hours_per_week",
    "late": (
        "late_steps",
        _keys("step.reference from=first to=last asked=needed_hours there=available_hours"),
    ),
    **_keys("impossible=impossible_steps.reference chain=deciding_chain.reference"),
    "without_effort": "steps_without_effort.reference",
}

_BUDGET: Keys = {
    "sums": _SUMS,
    "by_quarter": (_by_quarter, {"quarter": "quarter", "sums": _SUMS}),
    "by_goal": (_by_goal, {"goal": "goal", "sums": _SUMS}),
    "by_need": (_by_need, {"need": "need", "sums": _SUMS}),
}

_PLAN: Keys = {
    "version": _version,
    **_keys("as_of audience.word title"),
    "goals": (_goals, _GOAL),
    "milestones": ("milestones", {**_SCHEDULED, **_keys("goal.id done=done_on weight")}),
    "skills": ("skills", {**_RECORD, **_keys("level.value planned.value required.value")}),
    "roles": (_roles, _ROLE),
    "resources": ("resources", _RESOURCE),
    "people": (
        "people",
        {
            **_RECORD,
            **_keys("relation topics contact meets.text meetings.id last_met next_meeting"),
        },
    ),
    "opportunities": (
        "opportunities",
        {
            **_RECORD,
            **_keys("kind link start.first due.last role.id likelihood decide_by.last decision"),
        },
    ),
    "achievements": (
        "achievements",
        {**_RECORD, **_keys("link date.first skills.id impact goal.id milestone.id")},
    ),
    "reviews": ("reviews", _REVIEW),
    "next_actions": (
        "next_actions",
        {"step": "reference", "goal": _own_goal, **_keys("due.last status")},
    ),
    "capacity": (_hours, _CAPACITY),
    "budget": ("budget", _BUDGET),
    "learning": (
        _learning,
        {"modes": ("learning_modes", _keys("mode hours share")), **_keys("hours_without_mode")},
    ),
}


def plan_keys(kinds: Iterable[Kind]) -> Keys:
    """Return all keys of plan.json; a kind without keys of its own has those of any record."""
    others = (kind for kind in kinds if kind.plural not in _PLAN and not kind.singleton)
    return {**_PLAN, **{kind.plural: (_records_of(kind), _ANY_RECORD) for kind in others}}
