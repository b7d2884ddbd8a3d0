"""History: the dated values of metrics and levels up to a day, and when one met people.

Of the values the newest counts. On one day a record's own value wins over its history, and that
over the reviews; an own value without a date wins over all. Of two entries of a history on one day
the later one in the list counts, of two reviews the one with the later id.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from planfolio.model.plan import Plan, Review, grouped
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


class PersonNumbers(NamedTuple):
    """The reviews with a person up to now, the newest first, and when the next meeting is due.

    `next_meeting` is the last one and the agreed time, None where one of them is not known.
    """

    meetings: tuple[str, ...] = ()
    last_met: date | None = None
    next_meeting: date | None = None


def metric_measurements(plan: Plan, *, as_of: date) -> dict[str, tuple[Measurement, ...]]:
    """Return the values of each goal's metric up to as_of, oldest first; the last one counts."""
    in_reviews = grouped(
        (goal, (review.key, when, value))
        for review, when in _held_reviews(plan, as_of=as_of)
        for goal, value in review.fields.metrics.items()
    )
    found = {}
    for goal in plan.goals.values():
        metric = goal.fields.metric
        if metric is not None:
            history = ((goal.key, entry.date, entry.value) for entry in metric.history)
            own = (goal.key, metric.as_of, metric.current)
            found[goal.id] = _one_a_day(*in_reviews.get(goal.id, ()), *history, own, as_of=as_of)
    return found


def level_measurements(plan: Plan, *, as_of: date) -> dict[str, tuple[Measurement, ...]]:
    """Return the levels of each skill up to as_of, oldest first; the last one counts."""
    in_reviews = grouped(
        (skill, (review.key, when, level.number))
        for review, when in _held_reviews(plan, as_of=as_of)
        for skill, level in review.fields.levels.items()
    )
    found = {}
    for skill in plan.skills.values():
        history = ((skill.key, entry.date, entry.level.number) for entry in skill.fields.history)
        level = skill.fields.level
        own = (skill.key, skill.fields.assessed, level.number if level is not None else None)
        found[skill.id] = _one_a_day(*in_reviews.get(skill.id, ()), *history, own, as_of=as_of)
    return found


def person_numbers(plan: Plan, *, as_of: date) -> dict[str, PersonNumbers]:
    """Return the numbers of all people by id; a review with somebody was a meeting."""
    held = grouped(
        (name, (min(when.last, as_of), review.id))
        for review, when in _held_reviews(plan, as_of=as_of)
        for name in review.fields.with_
    )
    found = {}
    for person in plan.people.values():
        meetings = sorted(held.get(person.id, ()), reverse=True)
        last = meetings[0][0] if meetings else None
        meets = person.fields.meets
        due = meets.after(last) if last is not None and meets is not None else None
        found[person.id] = PersonNumbers(tuple(id_ for _, id_ in meetings), last, due)
    return found


def _held_reviews(plan: Plan, *, as_of: date) -> Iterator[tuple[Review, PlanDate]]:
    """Yield the reviews up to as_of and their dates, by id; one without a date is of no day."""
    for _, review in sorted(plan.reviews.items()):
        when = review.fields.date
        if when is not None and when.first <= as_of:
            yield review, when


def _one_a_day(
    *stated: tuple[Key, PlanDate | None, Fraction | None], as_of: date
) -> tuple[Measurement, ...]:
    """Return the values of records up to as_of, the last that is stated for each day."""
    by_day: dict[date, Measurement] = {}
    undated = []
    for source, when, value in stated:
        if value is None:
            continue
        if when is None:
            undated.append(Measurement(value, None, source))
        elif when.first <= as_of:
            day = min(when.last, as_of)
            by_day[day] = Measurement(value, day, source, when)
    return (*(by_day[day] for day in sorted(by_day)), *undated)
