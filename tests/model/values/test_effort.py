from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.values.reading import fault_of

from planfolio.model.values.effort import Effort, read_effort
from planfolio.model.values.field_reader import ReadContext

SIX = ReadContext(hours_per_week=Fraction(6))


def read(text: str) -> Effort:
    """Read an effort where a week has 6 hours."""
    return read_effort(text, reading=SIX)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("40h", Fraction(40)),
        ("90m", Fraction(3, 2)),
        ("20m", Fraction(1, 3)),
        ("3d", Fraction(24)),
        ("2w", Fraction(12)),
        ("1.5h", Fraction(3, 2)),
        ("0.1h", Fraction(1, 10)),
        ("12", Fraction(12)),
        ("2.5", Fraction(5, 2)),
        ("0", Fraction(0)),
        ("1h30m", Fraction(3, 2)),
        ("1h 30m", Fraction(3, 2)),
        ("1w 2d 3h 15m", Fraction(6 + 16 + 3) + Fraction(1, 4)),
        ("40 H", Fraction(40)),
    ],
)
def test_an_effort_is_in_exact_hours(text: str, hours: Fraction) -> None:
    """A day is 8 hours, a week those of site.toml, a bare number hours; parts add up."""
    assert read(text) == Effort(text, hours)


@given(w=st.integers(0, 99), d=st.integers(0, 99), h=st.integers(0, 99), m=st.integers(0, 99))
def test_an_effort_is_the_sum_of_its_parts(w: int, d: int, h: int, m: int) -> None:
    """Whatever the numbers, read together or one by one."""
    parts = [f"{w}w", f"{d}d", f"{h}h", f"{m}m"]
    assert read(" ".join(parts)).hours == sum(read(part).hours for part in parts)


@pytest.mark.parametrize("reading", [ReadContext(), ReadContext(hours_per_week=Fraction(0))])
def test_weeks_without_weekly_hours_are_a_fault(reading: ReadContext) -> None:
    """The way out is in site.toml."""
    fault = fault_of(lambda text: read_effort(text, reading=reading), "2w")
    assert fault.message == "an effort in weeks needs the hours of a week"
    assert "set hours_per_week under [plan] in site.toml" in fault.hint
    assert read_effort("2d", reading=reading).hours == 16
    fault = fault_of(lambda text: read_effort(text, reading=reading), "2 weeks")
    assert fault.hint == "write 40h, 90m, 3d or 1h 30m"


def test_below_zero_is_said() -> None:
    """A minus is not read as a dash."""
    assert fault_of(read, "-3h").message == "`-3h` is below 0, and no effort is"


def test_a_hundred_years_are_the_most() -> None:
    """24 * 366 * 100 = 878,400 hours; more would run past the calendar."""
    assert read("878400h").hours == 878_400
    assert "a hundred years" in fault_of(read, "878400.1h").message
