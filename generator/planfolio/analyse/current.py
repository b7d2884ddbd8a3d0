"""Current values: which of several dated statements about a number holds.

The newest does. On one day the record's own value beats its history, and that beats the reviews;
an own value without a date beats them all. Of two entries of a history on one day the later one
in the list holds, of two reviews the one with the later id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planfolio.analyse.facts import reached
from planfolio.analyse.results import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from fractions import Fraction

    from planfolio.model.plan import Goal, Plan, Skill
    from planfolio.model.values.dates import PlanDate


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the reviews up to as_of say: readings of metrics by goal and of levels by skill."""

    metrics: dict[str, list[Measurement]] = field(default_factory=dict)
    levels: dict[str, list[Measurement]] = field(default_factory=dict)


def reviewed(plan: Plan, *, as_of: date) -> Reviewed:
    """Collect the values of all reviews up to as_of; a review without a date says nothing."""
    found = Reviewed()
    for _, review in sorted(plan.reviews.items()):
        on = reached(review.fields.date, as_of=as_of)
        if on is None:
            continue
        for goal, value in review.fields.metrics.items():
            found.metrics.setdefault(goal, []).append(Measurement(value, on, review.key))
        for skill, level in review.fields.levels.items():
            found.levels.setdefault(skill, []).append(Measurement(level.number, on, review.key))
    return found


def metric_readings(
    goal: Goal, *, reviews: Iterable[Measurement], as_of: date
) -> tuple[Measurement, ...]:
    """Return the values of a goal's metric up to as_of, oldest first; the last is the current."""
    metric = goal.fields.metric
    if metric is None:
        return ()
    history = ((entry.date, entry.value) for entry in metric.history)
    entries = _dated(history, of=goal, as_of=as_of)
    return _in_order(_own(metric.current, metric.as_of, goal, as_of=as_of), entries, reviews)


def level_readings(
    skill: Skill, *, reviews: Iterable[Measurement], as_of: date
) -> tuple[Measurement, ...]:
    """Return the levels of a skill up to as_of, oldest first; the last is the current."""
    fields = skill.fields
    level = fields.level.number if fields.level is not None else None
    history = ((entry.date, entry.level.number) for entry in fields.history)
    entries = _dated(history, of=skill, as_of=as_of)
    return _in_order(_own(level, fields.assessed, skill, as_of=as_of), entries, reviews)


def _own(
    value: Fraction | None, on: PlanDate | None, record: Goal | Skill, *, as_of: date
) -> Measurement | None:
    if value is None:
        return None
    if on is None:
        return Measurement(value, None, record.key)
    day = reached(on, as_of=as_of)
    return Measurement(value, day, record.key) if day is not None else None


def _dated(
    entries: Iterable[tuple[PlanDate, Fraction]], *, of: Goal | Skill, as_of: date
) -> list[Measurement]:
    days = ((reached(on, as_of=as_of), value) for on, value in entries)
    return [Measurement(value, day, of.key) for day, value in days if day is not None]


def _in_order(
    own: Measurement | None, history: Iterable[Measurement], reviews: Iterable[Measurement]
) -> tuple[Measurement, ...]:
    """Keep one reading a day: each later source takes the place of an earlier one."""
    by_day: dict[date, Measurement] = {}
    undated: tuple[Measurement, ...] = ()
    for reading in (*reviews, *history, *((own,) if own is not None else ())):
        if reading.on is None:
            undated = (reading,)
        else:
            by_day[reading.on] = reading
    return (*(by_day[day] for day in sorted(by_day)), *undated)
