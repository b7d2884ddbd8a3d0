"""History: the dated values of metrics and levels up to a day, and when one met people.

Of the values the newest counts. On one day a record's own value wins over its history, and that
over the reviews; an own value without a date wins over all. Of two entries of a history on one day
the later one in the list counts, of two reviews the one with the later id.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from planfolio.model.plan import Plan, grouped
from planfolio.model.references import Key
from planfolio.model.scales import Level
from planfolio.model.source_tree import Loc
from planfolio.model.values.dates import PlanDate


class Statement(NamedTuple):
    """A value that a record states: in which field, and its date as given, if it has one."""

    source: Key
    loc: Loc
    when: PlanDate | None
    value: Fraction


class Measurement(NamedTuple):
    """A value on a day and the record that states it, in the field `loc`.

    `when` is the date as given and `on` its last day, but not after as_of; both are None for a
    value without a date.
    """

    value: Fraction
    on: date | None
    source: Key
    when: PlanDate | None
    loc: Loc


class PersonNumbers(NamedTuple):
    """The reviews with a person up to now, the newest first, and when the next meeting is due.

    `next_meeting` is the last one and the agreed time, None where one of them is not known.
    """

    meetings: tuple[str, ...] = ()
    last_met: date | None = None
    next_meeting: date | None = None


def metric_measurements(plan: Plan, *, as_of: date) -> dict[str, tuple[Measurement, ...]]:
    """Return the values of each goal's metric up to as_of, oldest first; the last one counts."""
    stated = metric_statements(plan)
    return {goal: _one_a_day(values, as_of=as_of) for goal, values in stated.items()}


def level_measurements(plan: Plan, *, as_of: date) -> dict[str, tuple[Measurement, ...]]:
    """Return the levels of each skill up to as_of, oldest first; the last one counts."""
    stated = level_statements(plan)
    return {skill: _one_a_day(values, as_of=as_of) for skill, values in stated.items()}


def metric_statements(plan: Plan) -> dict[str, list[Statement]]:
    """Return all values of each goal's metric; of those of one day the last one counts."""
    in_reviews = _stated_in_reviews(plan, "metrics")
    found = {}
    for goal in plan.goals.values():
        metric = goal.fields.metric
        if metric is None:
            continue
        found[goal.id] = stated = in_reviews.get(goal.id, [])
        for index, entry in enumerate(metric.history):
            place = ("metric", "history", index)
            stated.append(Statement(goal.key, place, entry.date, entry.value))
        if metric.current is not None:
            own = ("metric", "current")
            stated.append(Statement(goal.key, own, metric.as_of, metric.current))
    return found


def level_statements(plan: Plan) -> dict[str, list[Statement]]:
    """Return all levels of each skill; of those of one day the last one counts."""
    in_reviews = _stated_in_reviews(plan, "levels")
    found = {}
    for skill in plan.skills.values():
        found[skill.id] = stated = in_reviews.get(skill.id, [])
        for index, entry in enumerate(skill.fields.history):
            place = ("history", index)
            stated.append(Statement(skill.key, place, entry.date, entry.level.number))
        level, assessed = skill.fields.level, skill.fields.assessed
        if level is not None:
            stated.append(Statement(skill.key, ("level",), assessed, level.number))
    return found


def _stated_in_reviews(plan: Plan, field: str) -> dict[str, list[Statement]]:
    """Return the values of a field of all reviews by key; a review without a date has none."""
    found: dict[str, list[Statement]] = {}
    for _, review in sorted(plan.reviews.items()):
        when = review.fields.date
        for name, value in getattr(review.fields, field).items() if when is not None else ():
            number = value.number if isinstance(value, Level) else value
            found.setdefault(name, []).append(Statement(review.key, (field, name), when, number))
    return found


def person_numbers(plan: Plan, *, as_of: date) -> dict[str, PersonNumbers]:
    """Return the numbers of all people by id; a review with somebody was a meeting."""
    held = grouped(
        (name, (min(when.last, as_of), review.id))
        for review in plan.reviews.values()
        if (when := review.fields.date) is not None and when.first <= as_of
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


def _one_a_day(stated: Iterable[Statement], *, as_of: date) -> tuple[Measurement, ...]:
    """Return the values of records up to as_of, the last that is stated for each day."""
    by_day: dict[date, Measurement] = {}
    undated = []
    for source, loc, when, value in stated:
        if when is None:
            undated.append(Measurement(value, None, source, None, loc))
        elif when.first <= as_of:
            day = min(when.last, as_of)
            by_day[day] = Measurement(value, day, source, when, loc)
    return (*(by_day[day] for day in sorted(by_day)), *undated)
