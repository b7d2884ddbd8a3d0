"""Milestones: reached, late, and still to do."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import AnyRecord, goal, milestone, numbers_of, planned

from planfolio.analyse.status import StepNumbers
from planfolio.model.references import Key

YEAR: dict[str, Any] = {"start": "2026-01-01", "due": "2026-12-31"}


def step_on(on: str, *records: AnyRecord) -> StepNumbers:
    """Return the numbers of the milestone `step`."""
    return numbers_of(planned(*records), on=on).steps[Key("milestone", "step")]


@pytest.mark.parametrize(
    ("on", "above", "fields", "status", "is_open"),
    [
        # Done from its date on; only a date says so.
        ("2026-02-28", {}, {"done": "2026-03-01"}, "open", True),
        ("2026-03-01", {}, {"done": "2026-03-01"}, "done", False),
        ("2026-03-01", {}, {"tasks": "xx"}, "open", True),
        # Late after its due day, which may be its goal's, unless it was reached.
        ("2026-03-04", {}, {"due": "2026-03-01"}, "late", True),
        ("2026-03-04", {}, {"due": "2026-03-01", "done": "2026-03-03"}, "done", False),
        ("2027-01-01", {}, {}, "late", True),
        # Planned before its start, its own or its goal's.
        ("2026-05-31", {}, {"start": "2026-06-01"}, "planned", True),
        ("2026-06-01", {}, {"start": "2026-06-01"}, "open", True),
        ("2025-12-31", {}, {}, "planned", True),
        # Inactive with its goal, and not late; what was reached stays so.
        *(
            ("2027-01-01", {"status": word}, {"due": "2026-03-01"}, word, False)
            for word in ("paused", "dropped", "draft")
        ),
        ("2027-01-01", {"status": "paused"}, {"done": "2026-02-01"}, "done", False),
        # Nobody waits for what a goal was done without.
        ("2027-01-01", {"status": "done"}, {"due": "2026-03-01"}, "open", False),
        # Without a goal it is a step of its own.
        ("2027-01-01", {}, {"goal": None}, "open", True),
        ("2027-01-01", {}, {"goal": None, "done": "2026-02-01"}, "done", False),
    ],
)
def test_a_milestone_is_done_late_planned_open_or_as_its_goal(
    on: str, above: dict[str, Any], fields: dict[str, Any], status: str, is_open: bool
) -> None:
    """Status, day and days late; it is open where it is still to do."""
    step = step_on(on, goal(**YEAR, **above), milestone("step", **fields))
    assert (step.status, step.open) == (status, is_open)
    done = date.fromisoformat(fields["done"]) if status == "done" else None
    assert step.done_on == done
    assert step.late_days == ({"2026-03-04": 3, "2027-01-01": 1}[on] if status == "late" else None)


def test_its_checklist_counts_beside_its_status() -> None:
    """One of four ticked."""
    step = step_on("2026-03-01", goal(**YEAR), milestone("step", tasks="x---"))
    assert step.progress == Fraction(1, 4)
    assert step_on("2026-03-01", goal(**YEAR), milestone("step")).progress is None
