"""The days of a goal, and the day from which a dated fact counts."""

from datetime import date
from fractions import Fraction

from planfolio.analyse.days import GoalDays, goal_days, reached
from planfolio.model.values.dates import read_date

JAN_1, DEC_31 = date(2026, 1, 1), date(2026, 12, 31)


def test_the_days_go_from_the_first_of_the_start_to_the_last_of_the_due_date() -> None:
    """`2026-02` to `2026-Q3` is 1 February to 30 September."""
    days = goal_days(read_date("2026-02"), read_date("2026-Q3"), as_of=date(2026, 3, 1))
    assert (days.start, days.due) == (date(2026, 2, 1), date(2026, 9, 30))
    assert days.length == 241  # 27 days to the end of February, 214 from there to 30 September
    assert days.elapsed == 28


def test_a_single_day_has_a_length_of_one() -> None:
    """T = max(1, due - start), so that nothing divides by zero."""
    assert GoalDays(JAN_1, JAN_1, JAN_1).length == 1
    assert GoalDays(date(2026, 1, 2), JAN_1, JAN_1).length == 1


def test_without_both_ends_length_and_expected_are_unknown() -> None:
    """Unknown stays unknown."""
    for days in (GoalDays(None, DEC_31, JAN_1), GoalDays(JAN_1, None, DEC_31)):
        assert (days.length, days.expected) == (None, None)


def test_expected_is_the_share_of_time_that_has_gone_within_zero_and_one() -> None:
    """Day 181 of 364; 0 before the start and 1 after the due day."""
    assert GoalDays(JAN_1, DEC_31, date(2026, 7, 1)).expected == Fraction(181, 364)
    assert GoalDays(JAN_1, DEC_31, date(2025, 12, 1)).expected == 0
    assert GoalDays(JAN_1, DEC_31, date(2027, 1, 1)).expected == 1


def test_the_due_day_itself_is_not_overdue() -> None:
    """One day later is one day late."""
    assert GoalDays(None, DEC_31, DEC_31).overdue is None
    assert GoalDays(None, DEC_31, date(2027, 1, 1)).overdue == 1


def test_the_first_week_and_the_first_tenth_are_too_early_to_judge() -> None:
    """Of 30 days, day 6 is early and day 7 is not; of 364, day 36 is before 36.4, day 37 is not."""
    jan_31 = date(2026, 1, 31)
    assert GoalDays(JAN_1, jan_31, date(2026, 1, 7)).early
    assert not GoalDays(JAN_1, jan_31, date(2026, 1, 8)).early
    assert GoalDays(JAN_1, DEC_31, date(2026, 2, 6)).early
    assert not GoalDays(JAN_1, DEC_31, date(2026, 2, 7)).early


def test_a_fact_counts_from_the_first_day_of_its_date_on() -> None:
    """`2026-Q2` counts from 1 April; a fact without a date has no day."""
    fact = read_date("2026-Q2")
    assert reached(fact, as_of=date(2026, 3, 31)) is None
    assert reached(fact, as_of=date(2026, 4, 1)) == date(2026, 4, 1)
    assert reached(None, as_of=JAN_1) is None
