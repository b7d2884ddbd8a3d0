"""People: the next meeting is due the agreed time after the last review with them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.analyse.planned import AnyRecord, numbers_of, person, planned, review


def met_on(day: str | None, name: str) -> AnyRecord:
    """Return a review with somebody."""
    fields: dict[str, Any] = {"with": [name]}
    return review(day, **fields)


def met(*records: AnyRecord, meets: str | None = "month") -> tuple[date | None, date | None]:
    """Return when one last met and meets next, on 1 July 2026."""
    plan = planned(person("jana", meets=meets), *records)
    numbers = numbers_of(plan, on="2026-07-01").people["jana"]
    return numbers.last_met, numbers.next_meeting


@pytest.mark.parametrize(
    ("meets", "due"),
    [
        ("month", date(2026, 6, 30)),  # June has no 31st
        ("2 weeks", date(2026, 6, 14)),
        ("2 months", date(2026, 7, 31)),
        ("quarter", date(2026, 8, 31)),
        ("2/month", date(2026, 6, 15)),  # 30.4 / 2 days
        (None, None),
    ],
)
def test_the_next_meeting_follows_from_the_last(meets: str | None, due: date | None) -> None:
    """It is counted from the newest review with the person, whatever the order of the files."""
    reviews = [
        met_on("2026-05-31", "jana"),
        met_on("2026-03-01", "jana"),
    ]
    assert met(*reviews, meets=meets) == (date(2026, 5, 31), due)


def test_only_reviews_with_the_person_that_were_held_count() -> None:
    """Not those to come, those without a day, or those with others."""
    reviews = [
        met_on("2026-08-01", "jana"),
        met_on(None, "jana"),
        met_on("2026-06-01", "Petr"),
    ]
    assert met(*reviews) == (None, None)
