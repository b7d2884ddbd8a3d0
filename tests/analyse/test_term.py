"""The days of a goal."""

from datetime import date
from fractions import Fraction

from tests.analyse.planned import goal

from planfolio.analyse.term import Term, term_of


def test_a_term_goes_from_the_first_day_of_the_start_to_the_last_of_the_due() -> None:
    """`2026-02` to `2026-Q3` is 1 February to 30 September."""
    term = term_of(goal(start="2026-02", due="2026-Q3"), as_of=date(2026, 3, 1))
    assert (term.start, term.due) == (date(2026, 2, 1), date(2026, 9, 30))
    assert term.length == 241  # 27 days to the end of February, 214 from there to 30 September
    assert term.elapsed == 28


def test_a_term_of_one_day_has_a_length_of_one() -> None:
    """T = max(1, due - start), so that nothing divides by zero."""
    assert Term(date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1)).length == 1
    assert Term(date(2026, 1, 2), date(2026, 1, 1), date(2026, 1, 1)).length == 1


def test_without_both_ends_there_is_no_length_and_no_expectation() -> None:
    """Unknown stays unknown."""
    for term in (
        Term(None, date(2026, 12, 31), date(2026, 7, 1)),
        Term(date(2026, 1, 1), None, date(2026, 7, 1)),
    ):
        assert term.length is None
        assert term.expected is None


def test_what_is_expected_is_the_share_of_time_that_has_gone() -> None:
    """Day 181 of 364."""
    term = Term(date(2026, 1, 1), date(2026, 12, 31), date(2026, 7, 1))
    assert term.expected == Fraction(181, 364)


def test_what_is_expected_stays_within_zero_and_one() -> None:
    """Nothing before the start, all after the due."""
    start, due = date(2026, 2, 1), date(2026, 3, 1)
    assert Term(start, due, date(2026, 1, 1)).expected == 0
    assert Term(start, due, date(2026, 4, 1)).expected == 1


def test_the_due_day_itself_is_not_overdue() -> None:
    """One day later is one day late."""
    due = date(2026, 3, 1)
    assert Term(None, due, due).overdue is None
    assert Term(None, due, date(2026, 3, 2)).overdue == 1
    assert Term(date(2026, 1, 1), None, due).overdue is None


def test_a_pace_says_nothing_in_the_first_week() -> None:
    """Of a short term, days 0 to 6 are early, day 7 is not."""
    start, due = date(2026, 1, 1), date(2026, 1, 31)
    assert Term(start, due, date(2026, 1, 7)).early
    assert not Term(start, due, date(2026, 1, 8)).early


def test_a_pace_says_nothing_in_the_first_tenth_of_a_long_term() -> None:
    """T = 364: day 36 is before 36.4, day 37 is not."""
    start, due = date(2026, 1, 1), date(2026, 12, 31)
    assert Term(start, due, date(2026, 2, 6)).early
    assert not Term(start, due, date(2026, 2, 7)).early
