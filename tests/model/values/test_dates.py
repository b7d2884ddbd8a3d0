import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.values.reading import fault_of

from planfolio.model.values.dates import (
    Horizon,
    Offset,
    PlanDate,
    Precision,
    read_date,
    read_horizon,
    read_offset_or_date,
    read_window,
)

FORMS = (
    *("{:%Y-%m-%d}", "{:%Y-%m}", "{:%Y}", "{0:%Y}-Q{1}", "Q{1} {0:%Y}", "{0:%Y}-H{2}"),
    "{3}-W{4:02}",
)

days = st.dates(date(1901, 1, 1), date(2199, 12, 31))


@st.composite
def written(draw: st.DrawFn) -> tuple[str, date]:
    """Make a date in one of the forms, and a day that lies in it."""
    within = draw(days)
    year, week, _ = within.isocalendar()
    quarter, half = (within.month + 2) // 3, (within.month + 5) // 6
    text = draw(st.sampled_from(FORMS)).format(within, quarter, half, year, week)
    return draw(st.sampled_from([text, text.lower(), f"  {text}\t"])), within


def offset_of(text: str) -> Offset:
    """Read a date that is relative to a start."""
    read = read_offset_or_date(text)
    assert isinstance(read, Offset)
    return read


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2026-09-30", "2026-09-30", "2026-09-30", Precision.DAY),
        ("2026-09", "2026-09-01", "2026-09-30", Precision.MONTH),
        ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH),
        ("2026", "2026-01-01", "2026-12-31", Precision.YEAR),
        ("2026-Q3", "2026-07-01", "2026-09-30", Precision.QUARTER),
        ("Q3 2026", "2026-07-01", "2026-09-30", Precision.QUARTER),
        ("2026-H1", "2026-01-01", "2026-06-30", Precision.HALF),
        ("2026-H2", "2026-07-01", "2026-12-31", Precision.HALF),
        ("2026-W39", "2026-09-21", "2026-09-27", Precision.WEEK),
        ("2026-W53", "2026-12-28", "2027-01-03", Precision.WEEK),
        ("2026-W01", "2025-12-29", "2026-01-04", Precision.WEEK),
        ("q3 2026", "2026-07-01", "2026-09-30", Precision.QUARTER),
        ("1900-01-01", "1900-01-01", "1900-01-01", Precision.DAY),
        ("2200-W52", "2200-12-22", "2200-12-28", Precision.WEEK),
    ],
)
def test_each_form_spans_its_days(text: str, first: str, last: str, precision: Precision) -> None:
    """The ends of a leap February, of ISO years and of the years of a plan among them."""
    ends = date.fromisoformat(first), date.fromisoformat(last)
    assert read_date(f" {text}\n") == PlanDate(text, *ends, precision)


@given(written())
def test_a_date_spans_the_days_that_it_names(case: tuple[str, date]) -> None:
    """Any day, written in any form, lies between first and last of what is read."""
    text, within = case
    read = read_date(text)
    assert read.first <= within <= read.last
    assert not read.approximate


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2026-02-30", "February 2026 has 28 days", "write 2026-02-28, or the month: 2026-02"),
        ("2026-06-31", "June 2026 has 30 days", "write 2026-06-30, or the month: 2026-06"),
        ("2026-13", "there is no month 13", "write 2026-01 to 2026-12"),
        ("2026-00-10", "there is no month 00", "write 2026-01 to 2026-12"),
        ("2026-30-09", "there is no month 30", "write 2026-09-30"),
        ("2026-31-09", "there is no month 31", "write 2026-01 to 2026-12"),
        ("2026-Q5", "a year has 4 quarters", "write 2026-Q1 to 2026-Q4"),
        ("Q0 2026", "a year has 4 quarters", "write 2026-Q1 to 2026-Q4"),
        ("2026-H3", "a year has 2 halves", "write 2026-H1 to 2026-H2"),
        ("2026-W54", "2026 has 53 weeks", "write 2026-W01 to 2026-W53"),
        ("2027-W53", "2027 has 52 weeks", "write 2027-W01 to 2027-W52"),
        ("1899", "the year 1899 is outside 1900 to 2200", "write a year of a plan, as in 2026"),
        ("2926-09", "the year 2926 is outside 1900 to 2200", "write a year of a plan, as in 2026"),
    ],
)
def test_what_does_not_exist_is_said(text: str, message: str, hint: str) -> None:
    """A date in the right form whose day, month, quarter, half, week or year is none."""
    fault = fault_of(read_date, text)
    assert (fault.message, fault.hint) == (message, hint)


@pytest.mark.parametrize(
    ("start", "offset", "end"),
    [
        ("2026-08-31", "+6m", "2027-02-28"),
        ("2026-01-01", "+1y", "2027-01-01"),
        ("2024-02-29", "+1y", "2025-02-28"),
        ("2024-02-29", "+4Y", "2028-02-29"),
        ("2026-01-01", "+90d", "2026-04-01"),
        ("2026-01-01", "+2w", "2026-01-15"),
        ("2026-12-31", "+0d", "2026-12-31"),
        ("2026-01-01", "+200y", "2200-12-31"),
        ("2199-01-01", "+9000d", "2200-12-31"),
    ],
)
def test_an_offset_counts_from_a_day(start: str, offset: str, end: str) -> None:
    """Month ends clamp, and no day lies past the last year that a calendar can hold."""
    assert offset_of(offset).from_day(date.fromisoformat(start)) == date.fromisoformat(end)


@given(start=days, months=st.integers(0, 600))
def test_an_offset_in_months_keeps_the_day_or_clamps_it(start: date, months: int) -> None:
    """The month is that many later, and the day the same or the month's last."""
    end = offset_of(f"+{months}m").from_day(start)
    if end == date(2200, 12, 31):
        return
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == min(start.day, calendar.monthrange(end.year, end.month)[1])


@given(start=days, number=st.integers(0, 200), unit=st.sampled_from("dwmy"))
def test_an_offset_never_leaves_the_years_of_a_plan(start: date, number: int, unit: str) -> None:
    """However long, it does not go back, and ends with the year 2200."""
    end = offset_of(f"+{number}{unit}").from_day(start)
    assert start <= end <= date(2200, 12, 31)


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-Q2..Q3", "2026-04-01", "2026-09-30"),
        ("2026-q2 .. q3", "2026-04-01", "2026-09-30"),
        ("Q2 2026..Q3", "2026-04-01", "2026-09-30"),
        ("2026-03..2026-05", "2026-03-01", "2026-05-31"),
        ("2026-03-01..2026-05-31", "2026-03-01", "2026-05-31"),
        ("2026-W10..W12", "2026-03-02", "2026-03-22"),
        ("2026-W01..W02", "2025-12-29", "2026-01-11"),
        ("2026..2027-H1", "2026-01-01", "2027-06-30"),
        ("2026-Q3..2026-08", "2026-07-01", "2026-08-31"),
    ],
)
def test_a_window_runs_from_a_first_to_a_last_day(text: str, start: str, due: str) -> None:
    """One date is both ends; a short second part takes the year that is written in the first."""
    window = read_window(text)
    assert window.start.first == date.fromisoformat(start)
    assert window.due.last == date.fromisoformat(due)


@given(written(), written())
def test_a_window_is_its_two_dates_or_runs_backwards(
    one: tuple[str, date], other: tuple[str, date]
) -> None:
    """Any two dates give a window, unless the second ends before the first starts."""
    low, high = read_date(one[0]), read_date(other[0])
    text = f"{one[0].strip()}..{other[0].strip()}"
    if high.last < low.first:
        assert "ends before it starts" in fault_of(read_window, text).message
    else:
        window = read_window(text)
        assert (window.start, window.due) == (low, high)


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [
        *(("6m", 6, 0), ("18M", 18, 0), ("2y", 24, 0), ("90d", 0, 90), ("12w", 0, 84)),
        *(("+6m", 6, 0), ("200y", 2400, 0)),
    ],
)
def test_a_horizon_is_a_length_of_time(text: str, months: int, days: int) -> None:
    """Years are 12 months each, weeks 7 days; a plus changes nothing."""
    assert read_horizon(text) == Horizon(text, months, days)
