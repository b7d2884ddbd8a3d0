"""Milestones: reached, late, and still to do."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import AnyRecord, goal, milestone, numbers_of, planned

from planfolio.analyse.results import Status, StepNumbers, Tally
from planfolio.model.plan import Key

YEAR: dict[str, Any] = {"start": "2026-01-01", "due": "2026-12-31"}


def step_on(on: str, *records: AnyRecord) -> StepNumbers:
    """Return the numbers of the milestone `step`."""
    return numbers_of(planned(*records), on=on).steps[Key("milestone", "step")]


def test_a_milestone_is_done_from_its_done_date_on() -> None:
    """The day before it is open."""
    records = [goal(**YEAR), milestone("step", done="2026-03-01")]
    before, after = step_on("2026-02-28", *records), step_on("2026-03-01", *records)
    assert (before.status, before.done_on, before.open) == (Status.OPEN, None, True)
    assert (after.status, after.done_on, after.open) == (Status.DONE, date(2026, 3, 1), False)


@pytest.mark.parametrize(
    ("on", "fields", "status", "late_days"),
    [
        ("2026-03-04", {"due": "2026-03-01"}, Status.LATE, 3),
        ("2026-03-04", {"due": "2026-03-01", "done": "2026-03-03"}, Status.DONE, None),
        ("2027-01-01", {}, Status.LATE, 1),  # it is due with its goal
    ],
)
def test_after_its_due_it_is_late_unless_it_was_reached(
    on: str, fields: dict[str, str], status: Status, late_days: int | None
) -> None:
    """By so many days."""
    step = step_on(on, goal(**YEAR), milestone("step", **fields))
    assert (step.status, step.late_days) == (status, late_days)


def test_before_its_start_it_is_planned() -> None:
    """Its own, else its goal's."""
    own = [goal(**YEAR), milestone("step", start="2026-06-01")]
    assert step_on("2026-05-31", *own).status is Status.PLANNED
    assert step_on("2026-06-01", *own).status is Status.OPEN
    assert step_on("2025-12-31", goal(**YEAR), milestone("step")).status is Status.PLANNED


@pytest.mark.parametrize("word", ["paused", "dropped", "draft"])
def test_it_is_inactive_with_its_goal(word: str) -> None:
    """A milestone of a paused goal is paused, not late; one that was reached stays done."""
    inactive = goal(**YEAR, status=word)
    step = step_on("2027-01-01", inactive, milestone("step", due="2026-03-01"))
    assert step.status == word
    assert not step.open
    assert step_on("2027-01-01", inactive, milestone("step", done="2026-02-01")).status == "done"


def test_it_is_never_late_once_its_goal_is_done() -> None:
    """The goal was reached without it, so nobody waits for it."""
    step = step_on("2027-01-01", goal(**YEAR, status="done"), milestone("step", due="2026-03-01"))
    assert step.status is Status.OPEN
    assert not step.open


def test_its_checklist_counts_beside_its_status() -> None:
    """One of four ticked."""
    step = step_on("2026-03-01", goal(**YEAR), milestone("step", tasks="x---"))
    assert (step.progress, step.tally) == (Fraction(1, 4), Tally(1, 4))
    assert step_on("2026-03-01", goal(**YEAR), milestone("step")).progress is None


def test_a_ticked_checklist_does_not_reach_a_milestone() -> None:
    """Only a date does."""
    assert step_on("2026-03-01", goal(**YEAR), milestone("step", tasks="xx")).open


def test_a_milestone_without_a_goal_is_a_step_of_its_own() -> None:
    """Open until it is reached."""
    assert step_on("2026-03-01", milestone("step", goal=None)).open
    assert not step_on("2026-03-01", milestone("step", goal=None, done="2026-02-01")).open
