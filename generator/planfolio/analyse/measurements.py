"""Measurements: the dated values of metrics and levels, and the one that counts.

The newest counts. On one day a record's own value comes before its history, and that before the
reviews; an own value without a date comes before all. Of two entries of a history on one day the
later one in the list counts, of two reviews the one with the later id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from planfolio.analyse.days import reached

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from fractions import Fraction

    from planfolio.model.plan import Goal, Plan, Skill
    from planfolio.model.references import Key
    from planfolio.model.values.dates import PlanDate


class Measurement(NamedTuple):
    """A value on a day and the record that states it.

    `when` is the date as given and `on` its last day, but not after as_of; both are None for a
    value without a date.
    """

    value: Fraction
    on: date | None
    source: Key
    when: PlanDate | None = None


@dataclass(frozen=True, slots=True)
class ReviewMeasurements:
    """The values in the reviews up to as_of: of metrics by goal, and of levels by skill."""

    metrics: dict[str, list[Measurement]] = field(default_factory=dict)
    levels: dict[str, list[Measurement]] = field(default_factory=dict)


def review_measurements(plan: Plan, *, as_of: date) -> ReviewMeasurements:
    """Collect the values of all reviews up to as_of; those of a review without a date are none."""
    found = ReviewMeasurements()
    for _, review in sorted(plan.reviews.items()):
        when = review.fields.date
        if when is None or reached(when, as_of=as_of) is None:
            continue
        for goal, value in review.fields.metrics.items():
            found.metrics.setdefault(goal, []).append(_measurement(value, when, review.key, as_of))
        for skill, level in review.fields.levels.items():
            found.levels.setdefault(skill, []).append(
                _measurement(level.number, when, review.key, as_of)
            )
    return found


def metric_measurements(
    goal: Goal, *, reviews: Iterable[Measurement], as_of: date
) -> tuple[Measurement, ...]:
    """Return the values of a goal's metric up to as_of, oldest first; the last one counts."""
    metric = goal.fields.metric
    if metric is None:
        return ()
    history = [(entry.date, entry.value) for entry in metric.history]
    own = (metric.as_of, metric.current)
    return _one_a_day(goal.key, own, history=history, reviews=reviews, as_of=as_of)


def level_measurements(
    skill: Skill, *, reviews: Iterable[Measurement], as_of: date
) -> tuple[Measurement, ...]:
    """Return the levels of a skill up to as_of, oldest first; the last one counts."""
    fields = skill.fields
    history = [(entry.date, entry.level.number) for entry in fields.history]
    own = (fields.assessed, fields.level.number if fields.level is not None else None)
    return _one_a_day(skill.key, own, history=history, reviews=reviews, as_of=as_of)


def _one_a_day(
    key: Key,
    own: tuple[PlanDate | None, Fraction | None],
    *,
    history: Iterable[tuple[PlanDate, Fraction]],
    reviews: Iterable[Measurement],
    as_of: date,
) -> tuple[Measurement, ...]:
    by_day = {review.on: review for review in reviews if review.on is not None}
    for when, value in (*history, own):
        if when is not None and value is not None and reached(when, as_of=as_of) is not None:
            by_day[min(when.last, as_of)] = _measurement(value, when, key, as_of)
    in_order = tuple(by_day[day] for day in sorted(by_day))
    own_date, own_value = own
    if own_value is not None and own_date is None:
        return (*in_order, Measurement(own_value, None, key))
    return in_order


def _measurement(value: Fraction, when: PlanDate, source: Key, as_of: date) -> Measurement:
    """Return a value on the last day of its date, but not after as_of."""
    return Measurement(value, min(when.last, as_of), source, when)
