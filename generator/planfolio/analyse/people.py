"""People: when one last met them, and when the next meeting is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from planfolio.model.plan import Plan


class PersonNumbers(NamedTuple):
    """The reviews with a person up to now, the newest first, and when the next meeting is due.

    `next_meeting` is the last one and the agreed time, None where one of them is not known.
    """

    meetings: tuple[str, ...] = ()
    last_met: date | None = None
    next_meeting: date | None = None


def person_numbers(plan: Plan, *, as_of: date) -> dict[str, PersonNumbers]:
    """Return the numbers of all people by id; a review with somebody was a meeting."""
    held: dict[str, list[tuple[date, str]]] = {}
    for review in plan.reviews.values():
        when = review.fields.date
        if when is not None and when.first <= as_of:
            for name in review.fields.with_:
                held.setdefault(name, []).append((min(when.last, as_of), review.id))
    found: dict[str, PersonNumbers] = {}
    for person in plan.people.values():
        meetings = sorted(held.get(person.id, ()), reverse=True)
        last = meetings[0][0] if meetings else None
        meets = person.fields.meets
        due = meets.after(last) if last is not None and meets is not None else None
        found[person.id] = PersonNumbers(tuple(id_ for _, id_ in meetings), last, due)
    return found
