"""The days of a goal, its pauses, its pace, and the day from which a dated fact counts."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planfolio.analyse.days import DaysOff, GoalDays, counts_from, days_between
from planfolio.model.values.dates import read_date

JAN_1, DEC_31 = date(2026, 1, 1), date(2026, 12, 31)


def at(day: int) -> GoalDays:
    """The year from 2026-01-01 to 2026-12-31 (T = 364) on one of its days."""
    return GoalDays(JAN_1, DEC_31, JAN_1 + timedelta(days=day))


def off(*intervals: tuple[str, str]) -> DaysOff:
    """Return days off from and to days of 2026, both included."""
    return DaysOff.of(
        (date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}"))
        for first, last in intervals
    )


def test_the_days_go_from_the_first_of_the_start_to_the_last_of_the_due_date() -> None:
    """`2026-02` to `2026-Q3` is 1 February to 30 September."""
    days = days_between(read_date("2026-02"), read_date("2026-Q3"), as_of=date(2026, 3, 1))
    assert (days.start, days.due) == (date(2026, 2, 1), date(2026, 9, 30))
    assert days.length == 241  # 27 days to the end of February, 214 from there to 30 September
    assert days.elapsed == 28


def test_the_length_is_one_day_at_least() -> None:
    """Nothing divides by zero, not even where all days are paused."""
    all_days = DaysOff.of([(JAN_1, DEC_31)])
    assert GoalDays(JAN_1, JAN_1, JAN_1).length == 1
    assert GoalDays(date(2026, 1, 2), JAN_1, JAN_1).length == 1
    assert GoalDays(JAN_1, DEC_31, JAN_1, all_days).length == 1


def test_time_goes_from_zero_to_one_and_the_due_day_is_not_overdue() -> None:
    """Day 181 of 364; 0 before the start and 1 after the due day, which is late by a day."""
    assert [at(day).expected for day in (181, -31, 365)] == [Fraction(181, 364), 0, 1]
    assert (at(364).overdue, at(365).overdue) == (None, 1)


def test_the_first_week_and_the_first_tenth_are_too_early_to_judge() -> None:
    """Of 30 days day 6 is early and day 7 is not; of 364 day 36, of 100 day 9 and not day 10."""

    def early(length: int) -> int:
        due = JAN_1 + timedelta(days=length)
        return sum(GoalDays(JAN_1, due, at(day).as_of).is_early for day in range(1, length))

    assert [early(30), early(364), early(100)] == [6, 36, 9]


def test_a_fact_counts_from_the_first_day_of_its_date_on() -> None:
    """`2026-Q2` counts from 1 April; a fact without a date has no day."""
    fact = read_date("2026-Q2")
    assert counts_from(fact, as_of=date(2026, 3, 31)) is None
    assert counts_from(fact, as_of=date(2026, 4, 1)) == date(2026, 4, 1)
    assert counts_from(None, as_of=JAN_1) is None


@pytest.mark.parametrize(
    ("paused", "elapsed", "length"),
    [
        # The year on day 59, 1 March: 59 days have gone and 364 are there.
        (off(), 59, 364),
        (off(("02-01", "02-10")), 49, 354),  # over
        (off(("02-20", "03-31")), 49, 324),  # running: 9 days of February and today, of 40
        (off(("06-01", "06-30")), 59, 334),  # to come, but it is written
        (off(("02-01", "02-10"), ("02-05", "02-12"), ("02-13", "02-14")), 45, 350),  # once each
        (DaysOff.of([(date(2025, 11, 1), date(2026, 1, 10))]), 50, 355),  # since before the start
        (DaysOff.of([(date(2025, 11, 1), date(2025, 12, 31))]), 59, 364),  # before it
        (DaysOff.of([(date(2026, 12, 30), date(2027, 3, 1))]), 59, 362),  # over the due day
        (DaysOff.of([(date(2026, 7, 1), date.max)]), 59, 180),  # without an end
        (off(("02-10", "02-01")), 59, 364),  # ends before it begins
    ],
)
def test_paused_days_count_neither_as_gone_nor_as_there(
    paused: DaysOff, elapsed: int, length: int
) -> None:
    """Both ends of a pause are included; the start is day 0 whether paused or not."""
    days = GoalDays(JAN_1, DEC_31, date(2026, 3, 1), paused)
    assert (days.elapsed, days.length) == (elapsed, length)


def test_the_day_of_a_number_is_the_nth_that_is_not_paused() -> None:
    """Day 31 is 1 February; with that month paused it is 1 March. An endless pause has no day."""
    assert GoalDays(JAN_1, None, JAN_1).date_of(31) == date(2026, 2, 1)
    assert GoalDays(JAN_1, None, JAN_1, off(("02-01", "02-28"))).date_of(31) == date(2026, 3, 1)
    endless = GoalDays(JAN_1, None, JAN_1, DaysOff.of([(date(2026, 2, 1), date.max)]))
    assert (endless.date_of(30), endless.date_of(31)) == (date(2026, 1, 31), None)
    assert GoalDays(None, DEC_31, JAN_1).date_of(31) is None


PAUSES = st.lists(
    st.tuples(st.integers(-50, 400), st.integers(0, 60)).map(
        lambda p: (JAN_1 + timedelta(days=p[0]), JAN_1 + timedelta(days=p[0] + p[1]))
    ),
    max_size=4,
)


@given(PAUSES, st.integers(min_value=1, max_value=500))
def test_numbers_and_days_fit_each_other(pauses: list[tuple[date, date]], number: int) -> None:
    """The day of a number is not paused and has that number; so has each paused day after it."""
    days = GoalDays(JAN_1, DEC_31, JAN_1, DaysOff.of(pauses))
    day = days.date_of(number)
    assert day is not None
    assert day not in days.paused
    assert days.day_number(day) == number
    after = day + timedelta(days=1)
    assert days.day_number(after) == number + (after not in days.paused)


QUARTERS = {89: Fraction(10), 180: Fraction(20), 272: Fraction(30), 364: Fraction(40)}
day_numbers = st.integers(min_value=1, max_value=364)


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


@pytest.mark.parametrize(
    ("index", "share"),
    [
        (Fraction(1), Fraction(0)),  # 1 before the first step is due promises no finish
        (Fraction(0), Fraction(1, 2)),
        (None, Fraction(1, 2)),
        (Fraction(1, 10**6), Fraction(1, 10**6)),  # would end after the year 9999
    ],
)
def test_there_is_no_finish_while_nothing_is_earned_or_beyond_the_calendar(
    index: Fraction | None, share: Fraction
) -> None:
    """What has no pace has no finish."""
    assert at(50).finish(index, share=share) is None


@given(st.dictionaries(st.integers(0, 364), st.integers(1, 50).map(Fraction)), day_numbers)
def test_all_that_is_due_by_now_and_no_more_is_on_plan(
    planned: dict[int, Fraction], day: int
) -> None:
    """Whoever has earned just what was planned by today has an index of 1."""
    earned = sum((weight for due, weight in planned.items() if due <= day), Fraction(0))
    assert at(day).index_of_weights(planned, earned=earned) == 1


@given(st.fractions(min_value=Fraction(1, 100), max_value=1), st.integers(1, 800), PAUSES)
def test_progress_as_planned_ends_on_the_due_day_and_none_before_today(
    share: Fraction, day: int, pauses: list[tuple[date, date]]
) -> None:
    """p = t / T gives SPI(t) = 1; what is not finished by as_of cannot have been before it."""
    days = GoalDays(JAN_1, DEC_31, JAN_1 + timedelta(days=day), DaysOff.of(pauses))
    if days.as_of in days.paused or not days.elapsed:
        return
    found = days.finish(days.index_of_share(share), share=share)
    assert found is not None
    assert found >= days.as_of
    assert days.length is not None
    if days.elapsed <= days.length:
        on_plan = Fraction(days.elapsed, days.length)
        assert days.index_of_share(on_plan) == 1
        last = days.finish(Fraction(1), share=on_plan)
        assert last is not None
        assert days.day_number(last) == days.length
