"""The measures of a goal: the worked examples, and what each of them counts."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import (
    AnyRecord,
    counted,
    deciding_on,
    goal,
    goal_on,
    milestone,
    percent,
    thousandths,
)

from planfolio.analyse.measures import Measure
from planfolio.analyse.status import Status

YEAR: dict[str, Any] = {"start": "2026-01-01", "due": "2026-12-31"}
QUARTER: dict[str, Any] = {"start": "2026-01-01", "due": "2026-03-31"}


def of_twelve(value: str, on: str | None = None, **fields: str) -> dict[str, Any]:
    """Return a metric that has so many of twelve, on a day."""
    return {"metric": {"target": "12", "current": value, "as_of": on, **fields}}


PAUSED: dict[str, Any] = {
    "start": "2026-01-05",
    "due": "2026-12-31",
    "paused": [{"from": "2026-02-01", "to": "2026-04-30"}],
    **of_twelve("3", "2026-05-31"),
}
FALLING = {"metric": {"baseline": "82", "target": "74", "current": "80"}}
CHECKLIST: dict[str, Any] = {"start": "2026-02-01", "due": "2026-05-16", "tasks": "x---"}


@pytest.mark.parametrize(
    ("on", "fields", "numbers"),
    [
        # T 364, t 181: 5/12 * 364/181; 181 / (5/12) = 434.4, so day 435.
        ("07-01", {**YEAR, **of_twelve("5")}, "49.7 % 41.7 % 0.838 at-risk 2027-03-12 71"),
        # 6/12 * 364/181; 181 / (6/12) = 362.
        ("07-01", {**YEAR, **of_twelve("6")}, "49.7 % 50.0 % 1.006 on-track 2026-12-29 -2"),
        # T 89, t 45: 2/8 * 89/45; 45 / (2/8) = 180.
        ("02-15", {**QUARTER, **FALLING}, "50.6 % 25.0 % 0.494 off-track 2026-06-30 91"),
        # t 104: 4/10 * 89/104; 104 / (4/10) = 260.
        ("04-15", {**QUARTER, "metric": "4/10"}, "100.0 % 40.0 % 0.342 late 2026-09-18 171"),
        ("02-15", {**QUARTER, "metric": {"target": "10"}}, "50.6 % - - unknown - -"),
        # T 360 - 89 = 271, t 147 - 89 = 58: 3/12 * 271/58; 58 / (3/12) = 232, and 89 paused.
        ("06-01", PAUSED, "21.4 % 25.0 % 1.168 on-track 2026-11-22 -39"),
        # From 1 February to 1 July are 150 days, over 60.
        ("07-01", {**YEAR, **of_twelve("2", "2026-02-01")}, "49.7 % 16.7 % - unknown - -"),
        # T 104, t 59: (1/4 + 1/4) * 104/59; four items are too few for a forecast.
        ("04-01", CHECKLIST, "56.7 % 25.0 % 0.881 at-risk - -"),
    ],
)
def test_the_worked_examples(on: str, fields: dict[str, Any], numbers: str) -> None:
    """Expected, progress, SPI(t), status, forecast and slip: the table of the design."""
    found = deciding_on(f"2026-{on}", goal(**fields))
    row = [
        percent(found.expected),
        percent(found.progress),
        thousandths(found.spi),
        found.status,
        found.forecast or "-",
        "-" if found.slip_days is None else found.slip_days,
    ]
    assert " ".join(map(str, row)) == numbers
    assert found.late_days == (15 if found.status is Status.LATE else None)


@pytest.mark.parametrize(
    ("metric", "progress"),
    [
        ({"target": "12", "current": "-3"}, 0),
        ({"target": "12", "current": "15"}, 1),
        ({"baseline": "82", "target": "74", "current": "85"}, 0),
        ({"target": "0.3", "current": "0.1"}, Fraction(1, 3)),  # not 0.33333333333333337
        ({"baseline": "5", "target": "5", "current": "5"}, None),  # there is no way to go
    ],
)
def test_progress_is_exact_and_clamped_at_both_ends(
    metric: dict[str, str], progress: Fraction | int | None
) -> None:
    """Behind the baseline is 0, beyond the target is all."""
    found = deciding_on("2026-07-01", goal(**YEAR, metric=metric))
    assert found.progress == progress
    assert (found.status is Status.UNKNOWN) == (progress is None)


@pytest.mark.parametrize(
    ("due", "limit"),
    [
        ("2026-12-31", 60),  # T 364 / 4 = 91, at most 60
        ("2026-06-30", 45),  # T 180 / 4 = 45
        ("2026-07-01", 45),  # T 181 / 4 = 45.25
        ("2026-02-20", 14),  # T 50 / 4 = 12.5, at least 14
    ],
)
def test_a_value_is_stale_when_it_is_older_than_a_quarter_of_the_time(due: str, limit: int) -> None:
    """At the limit it still condemns; a day later it is unknown, and the reason is its age."""
    on = "2026-02-15" if due == "2026-02-20" else "2026-03-15"
    days = {"start": "2026-01-01", "due": due}
    for age, status in ((limit, Status.OFF_TRACK), (limit + 1, Status.UNKNOWN)):
        value = date.fromordinal(date.fromisoformat(on).toordinal() - age).isoformat()
        found = goal_on(on, goal(**days, **of_twelve("1", value)))
        assert found.status is status
        assert found.reason.days == (age if status is Status.UNKNOWN else None)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        # Of a year on 1 July: T 364, t 181. 6/12 is 1.006, 5/12 is 0.838.
        ({**YEAR, **of_twelve("6", "2026-01-02")}, Status.ON_TRACK),
        ({**YEAR, **of_twelve("5", "2026-01-02")}, Status.UNKNOWN),
        ({**YEAR, **of_twelve("12", "2026-01-02")}, Status.DONE),
        ({**YEAR, **of_twelve("5")}, Status.AT_RISK),  # no day, no age
        ({**YEAR, **of_twelve("5", "2026-04")}, Status.UNKNOWN),  # 62 days since 30 April
        ({**YEAR, **of_twelve("5", "2026-05")}, Status.AT_RISK),
        ({**YEAR, **of_twelve("5", "2026")}, Status.AT_RISK),  # as of today
        # The day after the due is late at whatever age.
        ({**YEAR, "due": "2026-06-30", **of_twelve("5", "2026-01-02")}, Status.LATE),
        # Of 180 days since then 140 were paused: 40, and T 224 / 4 = 56 is the limit.
        (
            {
                **YEAR,
                **of_twelve("1", "2026-01-02"),
                "paused": [{"from": "2026-01-11", "to": "2026-05-30"}],
            },
            Status.OFF_TRACK,
        ),
    ],
)
def test_an_old_value_can_show_that_all_is_well_never_that_it_is_not(
    fields: dict[str, Any], status: Status
) -> None:
    """Paused days do not make a value older; 1/12 * 224/41 = 0.455 in the last case."""
    assert deciding_on("2026-07-01", goal(**fields)).status is status


def four_milestones(reached: int) -> list[AnyRecord]:
    """Weights 10, 20, 30, 40 due at the ends of the quarters: days 89, 180, 272, 364."""
    dues = ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]
    return [
        milestone(
            f"m{i}", due=due, weight=str(10 * (i + 1)), done="2026-08-01" if i < reached else None
        )
        for i, due in enumerate(dues)
    ]


@pytest.mark.parametrize(
    ("reached", "spi", "forecast", "slip", "status"),
    [
        (2, "1.000", date(2026, 12, 31), 0, Status.ON_TRACK),  # ES 242
        (1, "0.744", date(2027, 5, 6), 126, Status.AT_RISK),  # ES 180; 364 / (180/242) = 489.4
        (3, "1.124", date(2026, 11, 21), -40, Status.ON_TRACK),  # ES 272; 364 / (272/242) = 323.9
    ],
)
def test_milestones_by_earned_schedule(
    reached: int, spi: str, forecast: date, slip: int, status: Status
) -> None:
    """On day 242, 30 of 100 are planned, two milestones of four."""
    numbers = goal_on("2026-08-31", goal(**YEAR), *four_milestones(reached))
    found = deciding_on("2026-08-31", goal(**YEAR), *four_milestones(reached))
    assert found.measure is Measure.MILESTONES
    assert found.progress == Fraction([10, 30, 60][reached - 1], 100)
    assert found.expected == Fraction(30, 100)
    assert thousandths(found.spi) == spi
    assert (found.forecast, found.slip_days, found.status) == (forecast, slip, status)
    assert counted(found) == (reached, 4)
    assert (numbers.reason.done, numbers.reason.total, numbers.reason.planned) == (reached, 4, 2)


@pytest.mark.parametrize(
    ("done", "open_", "progress"),
    [
        ({"weight": "3", "effort": "1h"}, {"effort": "9h"}, Fraction(3, 4)),  # the other has 1
        ({"effort": "2h"}, {"effort": "8h"}, Fraction(2, 10)),
        ({"effort": "2h"}, {}, Fraction(1, 2)),  # hours and units are never mixed
        ({"weight": "0"}, {"weight": "0"}, None),  # 0 of 0 is unknown
    ],
)
def test_milestones_weigh_by_weight_if_any_has_one_else_by_effort_if_all_do(
    done: dict[str, str], open_: dict[str, str], progress: Fraction | None
) -> None:
    """Else all weigh alike."""
    steps = [milestone("a", **done, done="2026-02-01"), milestone("b", **open_)]
    found = deciding_on("2026-07-01", goal(**YEAR), *steps)
    assert found.progress == progress
    assert (found.status is Status.UNKNOWN) == (progress is None)


def test_dropped_milestones_are_left_out_of_all_of_it() -> None:
    """Of progress, of the unit, of what is expected and of the tally; from their day on."""
    kept = [
        milestone("a", effort="2h", due="2026-03-31", done="2026-03-01"),
        milestone("b", effort="6h"),
    ]
    dropped = milestone("c", weight="9", due="2026-04-30", dropped="2026-05-01")
    after = goal_on("2026-07-01", goal(**YEAR), *kept, dropped)
    assert after.deciding_measure == goal_on("2026-07-01", goal(**YEAR), *kept).deciding_measure
    assert after.progress == Fraction(2, 8)
    before = deciding_on("2026-04-30", goal(**YEAR), *kept, dropped)
    assert (before.progress, before.expected) == (Fraction(1, 11), Fraction(10, 11))
    assert deciding_on("2026-07-01", goal(**YEAR), dropped).measure is Measure.STEP


def test_a_milestone_without_a_due_is_due_with_its_goal() -> None:
    """Nothing is planned before the end, so nothing done at half time is on plan."""
    found = deciding_on("2026-07-01", goal(**YEAR), milestone("a"), milestone("b"))
    assert (found.expected, found.spi, found.forecast) == (Fraction(0), Fraction(1), None)
    assert deciding_on("2027-01-01", goal(**YEAR), milestone("a")).expected == 1


def test_a_milestone_due_outside_its_goal_is_moved_into_it() -> None:
    """One due before the start is due on day 0, one after the due on day 364: ES = 0 of day 181."""
    steps = [milestone("a", due="2025-06-01"), milestone("b", due="2027-06-01")]
    found = deciding_on("2026-07-01", goal(**YEAR), *steps)
    assert (found.spi, found.expected) == (Fraction(0), Fraction(1, 2))
    assert deciding_on("2027-01-15", goal(**YEAR), *steps).expected == 1
    assert deciding_on("2025-12-31", goal(**YEAR), *steps).expected == 0


@pytest.mark.parametrize("fields", [{"start": "2026-01-01"}, {"due": "2026-12-31"}])
def test_nothing_is_expected_of_milestones_without_start_or_end(fields: dict[str, str]) -> None:
    """Though they have days of their own; what is reached still counts."""
    steps = [milestone("a", due="2026-03-31", done="2026-03-01"), milestone("b")]
    found = deciding_on("2026-07-01", goal(**fields), *steps)
    assert (found.expected, found.spi, found.planned) == (None, None, None)
    assert (found.progress, found.status) == (Fraction(1, 2), Status.UNKNOWN)


def test_the_days_of_milestones_are_those_on_which_the_goal_is_not_paused() -> None:
    """With 30 days of January paused, 31 March is day 59, and 30 June, today, is day 150."""
    paused = goal(**YEAR, paused=[{"from": "2026-01-02", "to": "2026-01-31"}])
    steps = [milestone("a", due="2026-03-31"), milestone("b", due="2026-06-30")]
    found = deciding_on("2026-06-30", paused, *steps)
    assert found.spi == Fraction(59, 150)
    assert deciding_on("2026-06-29", paused, *steps).expected == Fraction(1, 2)
    assert (found.expected, found.planned) == (Fraction(1), 2)


@pytest.mark.parametrize(
    ("tasks", "spi", "forecast"),
    [
        ("----", Fraction(1, 4) * Fraction(364, 181), None),
        ("xxx-", Fraction(364, 181), None),
        ("x----", Fraction(2, 5) * Fraction(364, 181), date(2028, 6, 24)),  # 181 / (1/5) = 905
        ("xxxx-", Fraction(364, 181), date(2026, 8, 16)),  # 181 / (4/5) = 226.25, so day 227
    ],
)
def test_a_checklist_gives_credit_for_the_item_in_hand(
    tasks: str, spi: Fraction, forecast: date | None
) -> None:
    """min(1, p + 1/n) * T / t at half of a year; a forecast from five items on, by p alone."""
    found = deciding_on("2026-07-01", goal(**YEAR, tasks=tasks))
    assert found.measure is Measure.CHECKLIST
    assert found.expected == Fraction(181, 364)
    assert counted(found) == (tasks.count("x"), len(tasks))
    assert found.progress == Fraction(tasks.count("x"), len(tasks))
    assert (found.spi, found.forecast) == (spi, forecast)


def test_one_item_of_two_is_on_track_until_the_time_is_nearly_up() -> None:
    """The other is in hand, which is all of the list: 1 * 364/364 on the last day."""
    assert deciding_on("2026-12-31", goal(**YEAR, tasks="x-")).spi == 1
    assert deciding_on("2027-01-01", goal(**YEAR, tasks="x-")).status is Status.LATE
