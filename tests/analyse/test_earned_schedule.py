"""The index SPI(t) and the forecast, on their own."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from planfolio.analyse.days import GoalDays
from planfolio.analyse.earned_schedule import forecast, index_of_share, index_of_weights

START, DUE = date(2026, 1, 1), date(2026, 12, 31)
QUARTERS = {89: Fraction(10), 180: Fraction(20), 272: Fraction(30), 364: Fraction(40)}
day_numbers = st.integers(min_value=1, max_value=364)


def at(day: int) -> GoalDays:
    """The year from 2026-01-01 to 2026-12-31 (T = 364) on one of its days."""
    return GoalDays(START, DUE, date.fromordinal(START.toordinal() + day))


def test_who_has_earned_as_much_as_planned_has_an_index_of_one() -> None:
    """A quarter of the work after a quarter of the time: 1/4 * 364 / 91 = 1."""
    assert index_of_share(Fraction(1, 4), days=at(91)) == 1


def test_half_the_pace_is_half_the_index() -> None:
    """An eighth of the work after a quarter of the time: 1/8 * 364 / 91 = 1/2."""
    assert index_of_share(Fraction(1, 8), days=at(91)) == Fraction(1, 2)


def test_there_is_no_index_on_the_first_day() -> None:
    """Nothing divides by a time that has not passed."""
    assert index_of_share(Fraction(1, 2), days=at(0)) is None
    assert index_of_weights(QUARTERS, earned=Fraction(10), days=at(0)) is None


def test_there_is_no_index_without_start_or_due() -> None:
    """A pace needs both ends of the way."""
    as_of = date(2026, 7, 1)
    for days in (GoalDays(None, DUE, as_of), GoalDays(START, None, as_of)):
        assert index_of_share(Fraction(1, 2), days=days) is None
        assert index_of_weights(QUARTERS, earned=Fraction(10), days=days) is None


def test_between_two_steps_the_one_who_has_done_the_first_is_on_plan() -> None:
    """Earned 10 of 10 due on day 89, the next on day 180: on day 120, ES = 120."""
    assert index_of_weights(QUARTERS, earned=Fraction(10), days=at(120)) == 1


def test_behind_the_plan_the_earned_schedule_stops_at_the_next_step() -> None:
    """Earned 10 with 30 due on day 180: on day 242, ES = 180."""
    assert index_of_weights(QUARTERS, earned=Fraction(10), days=at(242)) == Fraction(180, 242)


def test_ahead_of_the_plan_the_earned_schedule_is_the_last_step_paid_for() -> None:
    """Earned 60, planned by day 272: on day 242, ES = 272."""
    assert index_of_weights(QUARTERS, earned=Fraction(60), days=at(242)) == Fraction(272, 242)


def test_weight_that_pays_for_half_a_step_does_not_move_the_earned_schedule() -> None:
    """Earned 29 pays for the 10 of day 89 but not for the 30 of day 180: ES = 180 on day 242."""
    assert index_of_weights(QUARTERS, earned=Fraction(29), days=at(242)) == Fraction(180, 242)


def test_nothing_earned_before_the_first_step_is_due_is_on_plan() -> None:
    """With nothing due before day 89, day 50 without a step is as planned."""
    assert index_of_weights(QUARTERS, earned=Fraction(0), days=at(50)) == 1


def test_nothing_earned_of_a_step_due_on_the_start_is_an_index_of_zero() -> None:
    """The next planned day is day 0, so ES = 0."""
    assert index_of_weights({0: Fraction(1)}, earned=Fraction(0), days=at(50)) == 0


def test_after_the_last_step_the_earned_schedule_stays_within_the_term() -> None:
    """All 100 earned on day 300: ES = 364."""
    assert index_of_weights(QUARTERS, earned=Fraction(100), days=at(300)) == Fraction(364, 300)


def test_the_forecast_keeps_the_pace_and_rounds_up_to_a_day() -> None:
    """364 / (180/242) = 489.4, so day 490 from 2026-01-01: 2027-05-06."""
    found = forecast(Fraction(180, 242), share=Fraction(1, 10), days=at(242))
    assert found == date(2027, 5, 6)


def test_there_is_no_forecast_while_nothing_is_earned() -> None:
    """An index alone, such as 1 before the first step is due, promises no finish."""
    assert forecast(Fraction(1), share=Fraction(0), days=at(50)) is None
    assert forecast(Fraction(0), share=Fraction(1, 2), days=at(50)) is None
    assert forecast(None, share=Fraction(1, 2), days=at(50)) is None


def test_a_forecast_beyond_the_calendar_is_none() -> None:
    """A millionth of the pace would end after the year 9999."""
    assert forecast(Fraction(1, 10**6), share=Fraction(1, 10**6), days=at(180)) is None


@given(day_numbers)
def test_progress_as_planned_has_an_index_of_one_on_every_day(day: int) -> None:
    """p = t / T gives SPI(t) = 1, and a forecast on the due day."""
    days = at(day)
    share = Fraction(day, 364)
    index = index_of_share(share, days=days)
    assert index == 1
    assert forecast(index, share=share, days=days) == DUE


@given(
    planned=st.dictionaries(st.integers(0, 364), st.integers(0, 50).map(Fraction), max_size=8),
    earned=st.integers(0, 400).map(Fraction),
    more=st.integers(0, 100).map(Fraction),
    day=day_numbers,
)
def test_earning_more_never_lowers_the_index(
    planned: dict[int, Fraction], earned: Fraction, more: Fraction, day: int
) -> None:
    """SPI(t) rises with what is earned, and ES stays within the days of the goal."""
    less = index_of_weights(planned, earned=earned, days=at(day))
    greater = index_of_weights(planned, earned=earned + more, days=at(day))
    assert less is not None
    assert greater is not None
    assert 0 <= less <= greater <= Fraction(364, day)


@given(
    planned=st.dictionaries(st.integers(0, 364), st.integers(1, 50).map(Fraction)), day=day_numbers
)
def test_all_that_is_due_by_now_and_no_more_is_on_plan(
    planned: dict[int, Fraction], day: int
) -> None:
    """Whoever has earned just what was planned by today has an index of 1."""
    earned = sum((weight for due, weight in planned.items() if due <= day), Fraction(0))
    assert index_of_weights(planned, earned=earned, days=at(day)) == 1


@given(
    share=st.fractions(min_value=Fraction(1, 100), max_value=1),
    day=st.integers(min_value=1, max_value=800),
)
def test_no_forecast_lies_before_today(share: Fraction, day: int) -> None:
    """What is not finished by as_of cannot have been finished before it."""
    days = at(day)
    found = forecast(index_of_share(share, days=days), share=share, days=days)
    assert found is not None
    assert found >= days.as_of
