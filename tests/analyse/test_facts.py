"""When a fact counts."""

from datetime import date

from planfolio.analyse.facts import reached
from planfolio.model.values.dates import read_date


def test_a_fact_counts_from_its_day_on() -> None:
    """Not the day before."""
    fact = read_date("2026-03-15")
    assert reached(fact, as_of=date(2026, 3, 14)) is None
    assert reached(fact, as_of=date(2026, 3, 15)) == date(2026, 3, 15)


def test_a_partly_given_date_counts_once_its_first_day_is_reached() -> None:
    """`2026-Q2` counts from 1 April."""
    fact = read_date("2026-Q2")
    assert reached(fact, as_of=date(2026, 3, 31)) is None
    assert reached(fact, as_of=date(2026, 4, 1)) == date(2026, 4, 1)


def test_a_fact_without_a_date_has_no_day() -> None:
    """Nothing is made up for it."""
    assert reached(None, as_of=date(2026, 1, 1)) is None
