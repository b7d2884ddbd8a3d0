"""Small plans that once went wrong, in plans/cases: what a person sees of each."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.pipeline import Today, check

if TYPE_CHECKING:
    from planfolio.pipeline import CheckResult

CASES = Path(__file__).parent / "plans" / "cases"


def checked(name: str) -> CheckResult:
    """Check the plan of a case, on the day that its site.toml names."""
    return check(CASES / name, today=Today(datetime(2026, 1, 1, tzinfo=UTC)))


def test_levels_one_after_another() -> None:
    """A rise counts from the level that the steps before will have raised: 1 to 2, 2 to 3, not 5.

    The skill is at 1. The course raises it to 2 in 139 days, the exam after it to 3 in 60; the
    workshop after that is to raise it to 5 in 60 days.
    """
    found = [d for d in checked("levels-one-after-another").diagnostics if d.code == "A104"]
    assert [f"{d.path}:{d.span.line}" for d in found] == ["content/goals/teach.md:7"]
    assert "from level 3 to 5 in 60 days" in found[0].message
