"""Habits: sessions in the periods of the calendar that count."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import counted, goal, numbers_of, planned

from planfolio.analyse.measures import MeasureProgress
from planfolio.analyse.status import Status

# 2026-01-05 is a Monday, and ten weeks from it end on Sunday 2026-03-15.
TEN_WEEKS: dict[str, Any] = {"start": "2026-01-05", "due": "2026-03-15", "cadence": "2/week"}
WHOLE = Fraction(1)
MONTHS: dict[str, Any] = {"start": "2026-01-01", "due": "2026-06-30", "cadence": "month"}


def habit_on(on: str, *, log: Any = (), off: Any = (), **fields: Any) -> MeasureProgress:
    """Return the habit of ten weeks on a day, with some of its fields changed and time off."""
    fields = {**TEN_WEEKS, "log": log or None, **fields}
    record = goal(**{key: value for key, value in fields.items() if value is not None})
    time_off = [{"from": first, "to": last} for first, last in off]
    found = numbers_of(planned(record, plan={"time_off": time_off}), on=on).goals["goal"]
    assert found.deciding_measure is not None
    assert found.deciding_measure.status is found.status
    assert (found.deciding_measure.spi, found.deciding_measure.forecast, found.late_days) == (
        None,
        None,
        None,
    )
    return found.deciding_measure


def weeks(*kept: int, first: int = 2) -> dict[str, str]:
    """Return a log of the first weeks of the habit, so many times in each."""
    return {f"2026-W{first + i:02}": str(times) for i, times in enumerate(kept)}


def test_the_worked_example_of_a_habit() -> None:
    """From a Sunday on, thirteen full weeks of three: the cut first week does not count."""
    fields = {"start": "2026-03-29", "due": "2026-06-28", "cadence": "3/week"}
    found = habit_on("2026-06-30", log=weeks(*[3] * 13, first=14), **fields)
    assert (counted(found), found.progress, found.status) == ((13, 13), WHOLE, Status.DONE)


@pytest.mark.parametrize(
    ("log", "tally", "progress", "streak"),
    [
        # Four weeks are over on Monday 2 February. Two of three is two thirds, three are not more.
        (weeks(2, 2, 1, 3), (3, 4), Fraction(7, 8), 1),
        (weeks(0, 0, 0, 9), (1, 4), Fraction(2, 8), 1),
        (weeks(2, 2, 2, 1), (3, 4), Fraction(7, 8), 0),
        # The running week counts as soon as it is kept, and breaks no streak.
        (weeks(1, 2, 2, 2, 1), (3, 4), Fraction(7, 8), 3),
        (weeks(1, 2, 2, 2, 2), (4, 5), Fraction(9, 10), 4),
        # Each entry is a session, of one day or of one week, and twice a day too.
        (["2026-01-05", "2026-01-11", "2026-01-12", "2026-01-12"], (2, 4), Fraction(4, 8), 0),
        ({"2026-01-20": "2", "2026-W04": "1"}, (1, 4), Fraction(2, 8), 0),
        # Those before the start, after today or after the due day do not count.
        (["2026-01-04", "2026-01-04", "2026-01-06"], (0, 4), Fraction(1, 8), 0),
        (["2026-02-03", "2026-02-04", "2026-03-16", "2026-01-06"], (0, 4), Fraction(1, 8), 0),
    ],
)
def test_progress_is_the_sessions_up_to_those_asked_in_the_periods_that_count(
    log: Any, tally: tuple[int, int], progress: Fraction, streak: int
) -> None:
    """The tally has the periods kept, the streak those in a row up to now."""
    found = habit_on("2026-02-02", log=log)
    assert (counted(found), found.progress, found.streak, found.expected) == (
        tally,
        progress,
        streak,
        WHOLE,
    )


@pytest.mark.parametrize(
    ("log", "share", "status"),
    [
        (weeks(2, 2, 2, 2, 2, 2, 2, 2, 2), None, Status.ON_TRACK),  # all of it is not done yet
        (weeks(1, 1, 2, 2, 2, 2, 2, 2, 2, 2), None, Status.ON_TRACK),  # 18/20, the tenth is kept
        (weeks(1, 2, 2, 2, 1), None, Status.AT_RISK),  # 8/10 of five: the sixth week is running
        (weeks(1, 1, 1, 2, 2), None, Status.AT_RISK),  # 7/10
        (weeks(1, 1, 1, 1, 2), None, Status.OFF_TRACK),
        (weeks(1, 1, 1, 1, 2), "60%", Status.ON_TRACK),  # 6/10 / 0.6
        (weeks(1, 1, 1, 1, 2), "80%", Status.AT_RISK),  # 0.75
        (weeks(1, 1, 1, 1, 2), "90%", Status.OFF_TRACK),  # 0.67
    ],
)
def test_the_status_is_that_of_the_share_over_what_is_enough(
    log: dict[str, str], share: str | None, status: Status
) -> None:
    """On track from 0.90, at risk from 0.70, as an index of pace; expected is what is enough."""
    on = "2026-02-12" if len(log) == 5 else "2026-03-14"
    cadence = {"every": "week", "times": "2", **({"share": share} if share else {})}
    found = habit_on(on, log=log, cadence=cadence)
    assert found.status is status
    assert found.expected == Fraction(int((share or "100%")[:-1]), 100)


def test_under_four_periods_it_has_started() -> None:
    """Three that count, none of them kept; the fourth is over a week later, or when it is kept."""
    log = weeks(1, 0, 0)
    assert habit_on("2026-02-01", log=log).status is Status.STARTED
    assert habit_on("2026-02-02", log=log).status is Status.OFF_TRACK
    assert habit_on("2026-02-01", log=log | weeks(2, first=5)).status is Status.OFF_TRACK
    first = habit_on("2026-01-06", log=["2026-01-05"])
    assert (first.status, first.progress, counted(first)) == (Status.STARTED, None, (0, 0))


@pytest.mark.parametrize("due", ["2026-03-15", None])
def test_before_its_start_it_is_planned_and_without_a_session_unknown(due: str | None) -> None:
    """Perhaps nobody wrote it down, so nothing is known of its progress."""
    planned_habit = habit_on("2026-01-04", due=due)
    assert (planned_habit.status, planned_habit.expected) == (Status.PLANNED, None)
    empty = habit_on("2026-02-20", due=due, log=["2026-01-04", "2026-02-21"])
    assert (empty.status, empty.progress, empty.expected) == (Status.UNKNOWN, None, WHOLE)


@pytest.mark.parametrize(
    ("fields", "status", "progress"),
    [
        ({"log": weeks(*[2] * 10)}, Status.DONE, 1),
        ({"log": weeks(*[2] * 8, 1, 1)}, Status.DONE, Fraction(18, 20)),
        ({"log": weeks(*[2] * 7, 1, 1, 1)}, Status.ENDED, Fraction(17, 20)),
        ({"log": weeks(2), "due": "2026-01-11"}, Status.DONE, 1),  # however few
        ({"log": weeks(1, 0), "due": "2026-01-18"}, Status.ENDED, Fraction(1, 4)),
        ({}, Status.ENDED, None),
        ({"log": ["2026-01-05"], "due": "2026-01-10"}, Status.ENDED, None),  # no period counts
        ({"due": "2025-12-01", "log": weeks(2)}, Status.ENDED, None),  # an error of the plan
    ],
)
def test_after_its_due_day_it_is_done_or_ended_and_never_late(
    fields: dict[str, Any], status: Status, progress: Fraction | int | None
) -> None:
    """Done from an index of 0.90 on; it is done on the due day, not on the day after."""
    found = habit_on("2026-05-01", **fields)
    assert (found.status, found.progress) == (status, progress)
    due = date.fromisoformat(fields.get("due", "2026-03-15"))
    assert found.completed_on == (due if status is Status.DONE else None)
    if "due" not in fields and fields:
        assert habit_on("2026-03-15", **fields).status not in (Status.DONE, Status.ENDED)


def test_without_a_start_it_is_unknown() -> None:
    """Its periods have no beginning, and nothing is expected."""
    found = habit_on("2026-02-02", start=None, log=weeks(2, 2))
    assert (found.status, found.expected, found.progress) == (Status.UNKNOWN, None, None)


def test_without_a_due_the_last_twelve_that_count_are_judged() -> None:
    """Weeks 1 to 15 kept but the two before last: 20 of 24. Never done, its streak goes on."""
    found = habit_on("2026-04-20", due=None, log=weeks(*[2] * 12, 0, 0, 2))
    assert (counted(found), found.progress) == ((10, 12), Fraction(20, 24))
    assert (found.status, found.streak) == (Status.AT_RISK, 1)
    kept = habit_on("2026-04-20", due=None, log=weeks(*[2] * 15))
    assert (kept.progress, kept.status, kept.streak) == (WHOLE, Status.ON_TRACK, 15)
    # A holiday is none of the twelve: one more is judged.
    away = habit_on(
        "2026-04-20", due=None, log=weeks(*[2] * 12, 0, 0, 2), off=[("2026-04-01", "2026-04-05")]
    )
    assert counted(away) == (11, 12)


@pytest.mark.parametrize(
    ("fields", "tally"),
    [
        # From Thursday 8 January: two of that week count only if they keep it.
        ({"start": "2026-01-08", "log": ["2026-01-05", "2026-01-09"]}, (0, 3)),
        ({"start": "2026-01-08", "log": ["2026-01-08", "2026-01-09"]}, (1, 4)),
        ({"start": "2026-01-08", "log": weeks(2)}, (1, 4)),  # its key overlaps the start
        ({"start": "2026-01-12", "log": weeks(2, 2)}, (1, 3)),  # one before it does not
        # To Thursday 29 January.
        ({"due": "2026-01-29", "log": weeks(2, 2, 2, 1)}, (3, 3)),
        ({"due": "2026-01-29", "log": weeks(2, 2, 2, 2)}, (4, 4)),
        ({"due": "2026-01-29", "log": weeks(2, 2, 2) | {"2026-01-30": "2"}}, (3, 3)),
    ],
)
def test_a_period_that_start_or_due_cuts_counts_only_if_it_is_kept(
    fields: dict[str, Any], tally: tuple[int, int]
) -> None:
    """On 2 February, after four weeks."""
    assert counted(habit_on("2026-02-02", **fields)) == tally


@pytest.mark.parametrize(
    ("fields", "tally"),
    [
        ({"off": [("2026-01-12", "2026-01-14")]}, (2, 4)),  # three of seven days
        ({"off": [("2026-01-12", "2026-01-15")]}, (2, 3)),  # four
        ({"off": [("2026-01-05", "2026-01-11")]}, (2, 4)),  # kept all the same
        ({"paused": [{"from": "2026-01-12", "to": "2026-01-15"}]}, (2, 3)),
        # Days that are both are counted once: three, and then four.
        (
            {
                "off": [("2026-01-12", "2026-01-13")],
                "paused": [{"from": "2026-01-13", "to": "2026-01-14"}],
            },
            (2, 4),
        ),
        (
            {
                "off": [("2026-01-12", "2026-01-13")],
                "paused": [{"from": "2026-01-14", "to": "2026-01-15"}],
            },
            (2, 3),
        ),
        # Just half of a fortnight, and a day less.
        ({"cadence": "2/2 weeks", "off": [("2026-01-19", "2026-01-25")]}, (1, 1)),
        ({"cadence": "2/2 weeks", "off": [("2026-01-19", "2026-01-24")]}, (1, 2)),
    ],
)
def test_a_period_of_which_half_is_time_off_or_paused_counts_only_if_it_is_kept(
    fields: dict[str, Any], tally: tuple[int, int]
) -> None:
    """Of four weeks two are kept; a streak goes on over one that does not count."""
    log = {**weeks(2), "2026-W05": "1", "2026-01-28": "1"}
    if "2 weeks" in fields.get("cadence", ""):
        log = weeks(2)
    found = habit_on("2026-02-02", log=log, **fields)
    assert counted(found) == tally


def test_a_run_goes_on_over_a_holiday() -> None:
    """What does not count does not break it."""
    holiday = [("2026-01-19", "2026-01-25")]
    assert habit_on("2026-02-02", log=weeks(2, 2, 0, 2), off=holiday).streak == 3
    assert habit_on("2026-02-02", log=weeks(2, 2, 0, 2)).streak == 1


@pytest.mark.parametrize(
    ("cadence", "log", "tally"),
    [
        ("day", ["2026-01-05", "2026-01-06", "2026-01-06"], (2, 28)),
        ("2/day", ["2026-01-05", "2026-01-06", "2026-01-06"], (1, 28)),
        # Four weeks have twenty days without their weekends; a Saturday is none.
        ("weekdays", ["2026-01-09", "2026-01-10", "2026-01-12"], (2, 20)),
        # Fortnights from 5 and 19 January.
        ("2 weeks", ["2026-01-18", "2026-01-19"], (2, 2)),
        ("2 weeks", ["2026-01-05", "2026-01-18"], (1, 2)),
        ("week", ["2026-01-11", "2026-01-12"], (2, 4)),
    ],
)
def test_periods_are_those_of_the_calendar(
    cadence: str, log: list[str], tally: tuple[int, int]
) -> None:
    """On 2 February, after four weeks: days, days of work, weeks from Monday, fortnights."""
    assert counted(habit_on("2026-02-02", cadence=cadence, log=log)) == tally


def test_fortnights_are_counted_from_the_week_of_the_start() -> None:
    """From Wednesday 14 January: the fortnight from the 12th is cut, the next is from the 26th."""
    fields = {"start": "2026-01-14", "cadence": "2 weeks", "due": None}
    assert counted(habit_on("2026-02-09", log=["2026-02-08"], **fields)) == (1, 1)
    assert counted(habit_on("2026-02-09", log=["2026-01-25", "2026-01-26"], **fields)) == (2, 2)


@pytest.mark.parametrize(
    ("cadence", "log", "tally"),
    [
        ("month", ["2026-01-31", "2026-02-01"], (2, 6)),
        ("2/month", {"2026-01": "2", "2026-02-10": "1", "2026-W07": "1"}, (2, 6)),
        ("quarter", ["2026-03-31", "2026-04-01"], (2, 2)),
        ("3 months", ["2026-03-31", "2026-04-01"], (2, 2)),
        ("year", ["2026-01-05"], (1, 1)),  # the due day cuts it, but it is kept
        ("year", ["2025-01-05"], (0, 0)),
    ],
)
def test_months_quarters_and_years_are_periods_too(
    cadence: str, log: Any, tally: tuple[int, int]
) -> None:
    """From January to June."""
    found = habit_on("2026-07-01", log=log, **{**MONTHS, "cadence": cadence})
    assert counted(found) == tally


def test_the_ends_of_the_calendar_break_nothing() -> None:
    """A log entry in the first year that can be written, a due at the end of the last."""
    log = {"1900-W01": "1", "2026-W02": "2", "2026-01-12": "1"}
    assert counted(habit_on("2026-01-19", log=log, due="2200-12-31")) == (1, 2)
