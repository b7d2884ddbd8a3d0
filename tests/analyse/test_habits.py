"""Habits: periods met of a cadence."""

from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import goal, goal_on

from planfolio.analyse.results import GoalNumbers, Measure, Status, Tally

# 2026-01-05 is a Monday, and ten weeks from it end on Sunday 2026-03-15.
TEN_WEEKS: dict[str, Any] = {"start": "2026-01-05", "due": "2026-03-15", "cadence": "2/week"}


def habit_on(on: str, *, log: Any = (), **fields: Any) -> GoalNumbers:
    """Return the numbers of the habit of ten weeks, with some of its fields changed."""
    fields = {**TEN_WEEKS, **fields}
    if log:
        fields["log"] = log
    return goal_on(on, goal(**{key: v for key, v in fields.items() if v is not None}))


def weeks(*kept: int) -> dict[str, str]:
    """A log of the first weeks of the habit, so many times in each."""
    return {f"2026-W{2 + i:02}": str(times) for i, times in enumerate(kept)}


def test_progress_is_the_periods_met_of_all_and_the_index_of_those_elapsed() -> None:
    """Four weeks over on Monday 2 February, three of them met: 3/10 and 3/4."""
    numbers = habit_on("2026-02-02", log=weeks(2, 2, 1, 3))
    assert numbers.leading.measure is Measure.CADENCE
    assert numbers.leading.progress == Fraction(3, 10)
    assert numbers.leading.spi == Fraction(3, 4)
    assert numbers.status is Status.AT_RISK
    assert numbers.tally == Tally(3, 10)


def test_a_habit_has_no_forecast() -> None:
    """It ends when it ends."""
    leading = habit_on("2026-02-02", log=weeks(2, 2, 1, 3)).leading
    assert (leading.forecast, leading.slip_days) == (None, None)


def test_days_of_one_period_add_up() -> None:
    """Two days of the first week meet it, one of the second does not."""
    log = ["2026-01-05", "2026-01-11", "2026-01-12"]
    assert habit_on("2026-01-19", log=log).tally == Tally(1, 10)


def test_the_running_period_counts_only_once_it_is_met() -> None:
    """On Sunday of week 2 once is not twice, but the day is not over: 1 of 1; then 2 of 2."""
    once = habit_on("2026-01-18", log=weeks(2, 1))
    assert once.leading.progress == Fraction(1, 10)
    assert once.leading.spi == 1
    twice = habit_on("2026-01-18", log=weeks(2, 2))
    assert twice.leading.spi == 1
    assert twice.leading.progress == Fraction(2, 10)
    over = habit_on("2026-01-19", log=weeks(2, 1))
    assert over.leading.spi == Fraction(1, 2)


def test_a_start_in_mid_week_has_its_week_from_monday() -> None:
    """Monday's entry counts for a habit that starts on Thursday of that week."""
    numbers = habit_on("2026-01-19", start="2026-01-08", log=["2026-01-05", "2026-01-09"])
    assert numbers.tally == Tally(1, 10)


def test_entries_before_the_start_and_after_today_do_not_count() -> None:
    """December was before it, and tomorrow is not yet."""
    log = ["2025-12-30", "2025-12-31", "2026-01-20", "2026-01-21"]
    assert habit_on("2026-01-20", log=log).tally == Tally(0, 10)
    assert habit_on("2026-01-21", log=log).tally == Tally(1, 10)


def test_an_entry_for_a_longer_time_is_shared_by_the_periods_that_begin_in_it() -> None:
    """`2026-02: 8` is twice in each of the four weeks from 2, 9, 16 and 23 February; 7 is less."""
    assert habit_on("2026-03-02", log={"2026-02": "8"}).tally == Tally(4, 10)
    assert habit_on("2026-03-02", log={"2026-02": "7"}).tally == Tally(0, 10)


def test_entries_of_two_months_share_out_each_week_once() -> None:
    """The week from 23 February to 1 March is February's: 4 weeks, and 2 in March by the 15th."""
    log = {"2026-02": "8", "2026-03": "10"}
    assert habit_on("2026-03-16", log=log).tally == Tally(6, 10)


def test_an_entry_across_two_periods_counts_in_that_of_its_first_day() -> None:
    """Week 5 of 2026 runs from 26 January to 1 February: it is January's."""
    fields = {"start": "2026-01-01", "due": "2026-03-31", "cadence": "month"}
    numbers = habit_on("2026-04-01", log={"2026-W05": "1"}, **fields)
    assert numbers.tally == Tally(1, 3)
    log = {"2026-W05": "1", "2026-02-10": "1"}
    assert habit_on("2026-03-31", log=log, **fields).tally == Tally(2, 3)


def test_all_periods_met_is_done() -> None:
    """Ten of ten."""
    assert habit_on("2026-03-15", log=weeks(*[2] * 10)).status is Status.DONE


def test_a_habit_with_a_period_missed_is_late_after_its_due() -> None:
    """Its index stays, 9 of 10."""
    numbers = habit_on("2026-03-20", log=weeks(*[2] * 9))
    assert numbers.status is Status.LATE
    assert numbers.leading.spi == Fraction(9, 10)


def test_without_a_due_the_last_twelve_periods_count() -> None:
    """Weeks 1 to 15 kept but for the two before last: 10 of the last 12."""
    log = weeks(*[2] * 12, 0, 0, 2)
    numbers = habit_on("2026-04-20", due=None, log=log)
    assert numbers.tally == Tally(10, 12)
    assert numbers.leading.progress == Fraction(10, 12)
    assert numbers.leading.spi == Fraction(10, 12)
    assert numbers.status is Status.AT_RISK


def test_without_a_due_fewer_than_twelve_periods_are_all_there_is() -> None:
    """Three weeks over, two kept."""
    assert habit_on("2026-01-26", due=None, log=weeks(2, 2, 1)).tally == Tally(2, 3)


def test_a_habit_without_an_end_is_never_done() -> None:
    """Kept all the time it is on leading."""
    numbers = habit_on("2026-04-20", due=None, log=weeks(*[2] * 15))
    assert numbers.leading.progress == 1
    assert numbers.status is Status.ON_TRACK
    assert numbers.open


def test_before_its_start_a_habit_is_planned() -> None:
    """An empty log cannot miss anything yet, with a due or without."""
    assert habit_on("2026-01-04").status is Status.PLANNED
    assert habit_on("2026-01-04", due=None).status is Status.PLANNED


def test_an_empty_log_is_unknown_not_zero() -> None:
    """Perhaps nobody wrote it down."""
    numbers = habit_on("2026-02-02")
    assert numbers.status is Status.UNKNOWN
    assert numbers.leading.progress is None


def test_before_the_first_period_is_over_it_is_too_early_to_say() -> None:
    """A month begun on 1 January, on the 20th of it: t = 19 of 89 is more than a tenth."""
    fields = {"start": "2026-01-01", "due": "2026-03-31", "cadence": "2/month"}
    numbers = habit_on("2026-01-20", log=["2026-01-10"], **fields)
    assert numbers.status is Status.STARTED
    assert numbers.leading.spi is None


def test_a_habit_without_a_start_is_unknown() -> None:
    """Its periods have no beginning."""
    numbers = habit_on("2026-02-02", start=None, log=weeks(2, 2))
    assert numbers.status is Status.UNKNOWN


def test_a_due_before_the_start_breaks_nothing() -> None:
    """There is no period between them."""
    numbers = habit_on("2026-02-02", due="2025-12-01", log=weeks(2, 2))
    assert numbers.status is Status.LATE
    assert numbers.leading.progress == 0


@pytest.mark.parametrize(
    ("cadence", "log", "met"),
    [
        ("day", ["2026-01-05", "2026-01-06"], 2),
        ("week", ["2026-01-05", "2026-01-06"], 1),
        ("month", ["2026-01-05", "2026-01-31", "2026-02-01"], 2),
        ("quarter", ["2026-01-05", "2026-03-31", "2026-04-01"], 2),
        ("year", ["2026-01-05", "2026-12-31"], 1),
    ],
)
def test_periods_are_those_of_the_calendar(cadence: str, log: list[str], met: int) -> None:
    """Days, weeks from Monday, months, quarters and years."""
    tally = habit_on("2026-12-31", due="2026-12-31", cadence=cadence, log=log).tally
    assert tally is not None
    assert tally.done == met


def test_the_ends_of_the_calendar_break_nothing() -> None:
    """A log entry for all of the first year that can be written, a due at the end of the last."""
    log = {"1900": "1", "2026-W02": "2", "2026-01-12": "1"}
    numbers = habit_on("2026-01-19", due="2200-12-31", log=log)
    assert numbers.tally is not None
    assert numbers.tally.done == 1
