"""The days of a goal, its pace, and the day from which a dated fact counts."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


day_numbers = st.integers(min_value=1, max_value=364)


def day_of_year(number: int) -> date:
    """Return a day counted from 2026-01-01, which is day 0."""
    return date.fromordinal(JAN_1.toordinal() + number)


days_of_year = st.integers(0, 364).map(day_of_year)
QUARTERS = {day_of_year(n): Fraction(w) for n, w in ((89, 10), (180, 20), (272, 30), (364, 40))}


def at(day: int) -> GoalDays:
    """The year from 2026-01-01 to 2026-12-31 (T = 364) on one of its days."""
    return GoalDays(JAN_1, DEC_31, day_of_year(day))


def test_who_has_earned_as_much_as_planned_has_an_index_of_one() -> None:
    """A quarter of the work after a quarter of the time is 1/4 * 364 / 91, an eighth is half."""
    assert at(91).index_of_share(Fraction(1, 4)) == 1
    assert at(91).index_of_share(Fraction(1, 8)) == Fraction(1, 2)


def test_there_is_no_index_on_the_first_day_or_without_start_or_due() -> None:
    """A pace needs both ends of the way, and time that has passed."""
    as_of = date(2026, 7, 1)
    for days in (at(0), GoalDays(None, DEC_31, as_of), GoalDays(JAN_1, None, as_of)):
        assert days.index_of_share(Fraction(1, 2)) is None
        assert days.index_of_weights(QUARTERS, earned=Fraction(10)) is None


@pytest.mark.parametrize(
    ("earned", "day", "earned_schedule"),
    [
        (10, 120, 120),  # the step of day 89 is done, the next is due on day 180: on plan
        (10, 242, 180),  # behind the plan: the next step, due on day 180
        (60, 242, 272),  # ahead of the plan: the last step paid for
        (29, 242, 180),  # does not pay for the 30 of day 180
        (0, 50, 50),  # nothing is due before day 89: on plan
        (100, 300, 364),  # within the term
    ],
)
def test_the_earned_schedule_lies_between_the_steps_around_what_is_earned(
    earned: int, day: int, earned_schedule: int
) -> None:
    """ES is today within the last step that is paid for and the next one."""
    index = at(day).index_of_weights(QUARTERS, earned=Fraction(earned))
    assert index == Fraction(earned_schedule, day)


def test_nothing_earned_of_a_step_due_on_the_start_is_an_index_of_zero() -> None:
    """The next planned day is day 0, so ES = 0."""
    assert at(50).index_of_weights({JAN_1: Fraction(1)}, earned=Fraction(0)) == 0


def test_the_forecast_keeps_the_pace_and_rounds_up_to_a_day() -> None:
    """364 / (180/242) = 489.4, so day 490 from 2026-01-01: 2027-05-06."""
    assert at(242).forecast(Fraction(180, 242), share=Fraction(1, 10)) == date(2027, 5, 6)


@pytest.mark.parametrize(
    ("index", "share"),
    [
        (Fraction(1), Fraction(0)),  # 1 before the first step is due promises no finish
        (Fraction(0), Fraction(1, 2)),
        (None, Fraction(1, 2)),
        (Fraction(1, 10**6), Fraction(1, 10**6)),  # would end after the year 9999
    ],
)
def test_there_is_no_forecast_while_nothing_is_earned_or_beyond_the_calendar(
    index: Fraction | None, share: Fraction
) -> None:
    """What has no pace has no finish."""
    assert at(50).forecast(index, share=share) is None


@given(day_numbers)
def test_progress_as_planned_has_an_index_of_one_on_every_day(day: int) -> None:
    """p = t / T gives SPI(t) = 1, and a forecast on the due day."""
    share = Fraction(day, 364)
    index = at(day).index_of_share(share)
    assert index == 1
    assert at(day).forecast(index, share=share) == DEC_31


@given(
    planned=st.dictionaries(days_of_year, st.integers(0, 50).map(Fraction), max_size=8),
    earned=st.integers(0, 400).map(Fraction),
    more=st.integers(0, 100).map(Fraction),
    day=day_numbers,
)
def test_earning_more_never_lowers_the_index(
    planned: dict[date, Fraction], earned: Fraction, more: Fraction, day: int
) -> None:
    """SPI(t) rises with what is earned, and ES stays within the days of the goal."""
    less = at(day).index_of_weights(planned, earned=earned)
    greater = at(day).index_of_weights(planned, earned=earned + more)
    assert less is not None
    assert greater is not None
    assert 0 <= less <= greater <= Fraction(364, day)


@given(
    planned=st.dictionaries(days_of_year, st.integers(1, 50).map(Fraction)),
    day=day_numbers,
)
def test_all_that_is_due_by_now_and_no_more_is_on_plan(
    planned: dict[date, Fraction], day: int
) -> None:
    """Whoever has earned just what was planned by today has an index of 1."""
    earned = sum(
        (weight for due, weight in planned.items() if due <= day_of_year(day)), Fraction(0)
    )
    assert at(day).index_of_weights(planned, earned=earned) == 1


@given(
    share=st.fractions(min_value=Fraction(1, 100), max_value=1),
    day=st.integers(min_value=1, max_value=800),
)
def test_no_forecast_lies_before_today(share: Fraction, day: int) -> None:
    """What is not finished by as_of cannot have been finished before it."""
    days = at(day)
    found = days.forecast(days.index_of_share(share), share=share)
    assert found is not None
    assert found >= days.as_of
