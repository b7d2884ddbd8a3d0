"""Goals: which measure decides, what children say about a parent, directions, and their day."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import (
    AnyRecord,
    deciding_on,
    goal,
    goal_on,
    measure_of,
    milestone,
    numbers_of,
    percent,
    planned,
)

from planfolio.analyse.measures import Measure
from planfolio.analyse.reasons import Reason, ReasonCode
from planfolio.analyse.status import Status

ON = "2026-07-01"
YEAR: dict[str, Any] = {"start": "2026-01-01", "due": "2026-12-31"}


def of_ten(value: str) -> dict[str, Any]:
    """Return the metric that has so many of ten."""
    return {"metric": {"target": "10", "current": value}}


MEASURES: dict[Measure, dict[str, Any]] = {
    Measure.METRIC: of_ten("1"),
    Measure.MILESTONES: {},
    Measure.CHECKLIST: {"tasks": "x-"},
    Measure.CADENCE: {"cadence": "1/week", "log": ["2026-02-02"]},
    Measure.CHILDREN: {},
    Measure.STEP: {},
}


@pytest.mark.parametrize("first", MEASURES)
def test_a_goal_has_each_measure_that_it_has_in_order(first: Measure) -> None:
    """Metric, milestones, checklist, cadence; children only without those, else it is a step."""
    there = list(MEASURES)[list(MEASURES).index(first) :]
    fields = {key: value for measure in there for key, value in MEASURES[measure].items()}
    records = [goal(**YEAR, **fields)]
    if Measure.MILESTONES in there:
        records.append(milestone("a"))
    if Measure.CHILDREN in there:
        records.append(goal("child", parent="goal"))
    own = [m for m in there if m not in (Measure.CHILDREN, Measure.STEP)] or there[:1]
    assert [found.measure for found in goal_on(ON, *records).measures] == own


ON_TRACK, AT_RISK, OFF_TRACK = of_ten("6"), of_ten("4"), of_ten("2")  # 1.21, 0.80, 0.40
REACHED = milestone("a", due="2026-03-31", done="2026-03-01")
MISSED = milestone("b", due="2026-05-31")  # with `a` ES = 150, 150/181 = 0.829; alone too


@pytest.mark.parametrize(
    ("fields", "steps", "measure", "status"),
    [
        (ON_TRACK, [REACHED, MISSED], Measure.MILESTONES, Status.AT_RISK),
        (OFF_TRACK, [REACHED, MISSED], Measure.METRIC, Status.OFF_TRACK),
        (AT_RISK, [MISSED], Measure.METRIC, Status.AT_RISK),  # of two the first
        # All are done only when each is.
        (of_ten("10"), [REACHED], Measure.METRIC, Status.DONE),
        (of_ten("10"), [REACHED, MISSED], Measure.MILESTONES, Status.AT_RISK),
        (ON_TRACK, [REACHED], Measure.METRIC, Status.ON_TRACK),
        ({**of_ten("10"), "tasks": "xxx-"}, [], Measure.CHECKLIST, Status.ON_TRACK),
        # What is unknown decides only over what is done, or where nothing is known.
        ({"metric": {"target": "10"}}, [REACHED], Measure.METRIC, Status.UNKNOWN),
        ({"metric": {"target": "10"}, "tasks": "xx"}, [REACHED], Measure.METRIC, Status.UNKNOWN),
        ({"cadence": "week", "tasks": "xx"}, [REACHED], Measure.CADENCE, Status.UNKNOWN),
        ({"metric": {"target": "10"}}, [MISSED], Measure.MILESTONES, Status.AT_RISK),
        ({"metric": {"target": "10"}, "cadence": "week"}, [], Measure.METRIC, Status.UNKNOWN),
    ],
)
def test_the_measure_with_the_worst_known_status_decides(
    fields: dict[str, Any], steps: list[AnyRecord], measure: Measure, status: Status
) -> None:
    """It gives progress, pace and forecast; the others keep their own numbers beneath."""
    numbers = goal_on(ON, goal(**YEAR, **fields), *steps)
    assert numbers.deciding_measure is measure_of(numbers, measure)
    assert numbers.status is status
    assert numbers.progress == numbers.deciding_measure.progress
    assert numbers.forecast == numbers.deciding_measure.forecast


def test_each_measure_keeps_its_own_status() -> None:
    """6 of 10 is on track beside one of two milestones that are both due."""
    numbers = goal_on(ON, goal(**YEAR, **ON_TRACK), REACHED, MISSED)
    metric, steps = numbers.measures
    assert (metric.status, metric.spi) == (Status.ON_TRACK, Fraction(6 * 364, 10 * 181))
    assert (steps.status, steps.spi) == (Status.AT_RISK, Fraction(150, 181))


HABIT_OVER: dict[str, Any] = {"cadence": "week", "log": ["2026-01-07"]}


def test_an_ended_habit_is_known_and_better_than_all_but_done() -> None:
    """With a list that is ticked it is ended; with one that is not, late."""
    days = {"start": "2026-01-05", "due": "2026-03-29"}
    assert goal_on(ON, goal(**days, **HABIT_OVER, tasks="xx")).status is Status.ENDED
    assert goal_on(ON, goal(**days, **HABIT_OVER, tasks="x-")).status is Status.LATE


@pytest.mark.parametrize(
    ("fields", "records", "done_on"),
    [
        # Written, whatever its metric says.
        ({**of_ten("10"), "done": "2026-06-15"}, [], date(2026, 6, 15)),
        # There in March, back in April, and there for good since May.
        (
            {
                "metric": {
                    "target": "5",
                    "history": [
                        {"date": f"2026-0{month}-01", "value": value}
                        for month, value in enumerate("5456", 3)
                    ],
                }
            },
            [],
            date(2026, 5, 1),
        ),
        # The last milestone, the last measure.
        ({}, [milestone("z", done="2026-01-15"), REACHED], date(2026, 3, 1)),
        (
            {"metric": {"target": "1", "current": "1", "as_of": "2026-02"}},
            [REACHED],
            date(2026, 3, 1),
        ),
        # Nothing dates a tick or an undated value, so the day is unknown.
        ({"tasks": "x"}, [], None),
        (of_ten("10"), [], None),
        ({"tasks": "x"}, [REACHED], None),
        # A done date ahead does not count yet.
        ({"done": "2026-08-01"}, [], None),
    ],
)
def test_a_goal_is_done_on_the_day_written_else_when_its_last_measure_was(
    fields: dict[str, Any], records: list[AnyRecord], done_on: date | None
) -> None:
    """One that is not done has no day."""
    assert goal_on(ON, goal(**YEAR, **fields), *records).done_on == done_on


def child(name: str, **fields: object) -> AnyRecord:
    """Return a child of the goal `goal` from January to December."""
    return goal(name, parent="goal", **{**YEAR, **fields})


def test_the_worked_example_of_children() -> None:
    """(18 * 1 + 12 * 1/6) / 30 = 66.7 %; 1/6 * 364/90 = 0.674; 90 / (1/6) = day 540."""
    behind = child("behind", weight="12", metric={"target": "12", "current": "2"})
    found = goal_on("2026-04-01", goal(), child("a", weight="18", status="done"), behind)
    assert found.status is Status.OFF_TRACK
    assert percent(found.progress) == "66.7 %"
    assert found.forecast == date(2027, 6, 25)
    assert (found.reason.code, found.reason.part) == (ReasonCode.PART, "behind")
    assert found.deciding_measure is not None
    assert (found.deciding_measure.expected, found.deciding_measure.spi) == (None, None)


@pytest.mark.parametrize(
    ("children", "progress", "unknown"),
    [
        ([child("a", weight="3", **of_ten("8")), child("b", **of_ten("4"))], Fraction(7, 10), 0),
        ([child("a", status="done"), child("b", **of_ten("4"))], Fraction(7, 10), 0),
        ([child("a"), child("b", **of_ten("4"))], Fraction(2, 10), 0),  # a step: 0 or 1
        ([child("a", metric={"target": "10"}), child("b", **of_ten("4"))], Fraction(4, 10), 1),
        ([child("a", metric={"target": "10"})], None, 1),
        ([child("a", kind="direction"), child("b", **of_ten("4"))], Fraction(4, 10), 1),
        ([child("a", kind="direction", status="done"), child("b")], Fraction(0), 1),
        ([child("a", weight="0", **of_ten("4"))], None, 0),
        # A year of weeks of which one is kept: 1/25 by then.
        ([child("a", **HABIT_OVER)], Fraction(1, 25), 0),
        # Those that are paused, dropped or draft are none.
        (
            [child(s, status=s, **of_ten("9")) for s in ("paused", "dropped", "draft")]
            + [child("a", **of_ten("8"))],
            Fraction(8, 10),
            0,
        ),
        # Through generations.
        ([child("a"), goal("b", parent="a", **YEAR, **of_ten("4"))], Fraction(4, 10), 0),
    ],
)
def test_a_parent_has_the_weighted_mean_of_what_is_known_of_its_children(
    children: list[AnyRecord], progress: Fraction | None, unknown: int
) -> None:
    """By weight, 1 where none is given; the others are counted as unknown."""
    found = deciding_on(ON, goal(**YEAR), *children)
    assert found.measure is Measure.CHILDREN
    assert (found.progress, found.unknown) == (progress, unknown)


LATE = child("l", due="2026-03-01")
SOON = child("p", start="2026-08-01", **of_ten("0"))
ENDED = child("e", due="2026-03-29", **HABIT_OVER)
DONE, UNKNOWN = child("d", done="2026-03-01"), child("u", metric={"target": "10"})
GOOD, STEP = child("g", **ON_TRACK), child("s")


@pytest.mark.parametrize(
    ("children", "status", "part"),
    [
        ([GOOD, LATE], Status.LATE, "l"),
        ([GOOD, child("o", **OFF_TRACK), child("r", **AT_RISK)], Status.OFF_TRACK, "o"),
        ([STEP, GOOD, DONE], Status.ON_TRACK, "g"),  # open stands between on track and planned
        ([STEP, SOON, DONE], Status.OPEN, "s"),
        ([SOON, ENDED, DONE], Status.PLANNED, "p"),
        ([ENDED, DONE, UNKNOWN], Status.ENDED, "e"),
        ([GOOD, UNKNOWN], Status.ON_TRACK, "g"),
        ([DONE, UNKNOWN], Status.UNKNOWN, "u"),
        ([DONE, child("d2", done="2026-05-01")], Status.DONE, None),
        ([DONE, child("x", status="dropped")], Status.DONE, None),
    ],
)
def test_a_parent_has_the_worst_known_status_of_its_children(
    children: list[AnyRecord], status: Status, part: str | None
) -> None:
    """And names the child; done only when all are. It needs neither start nor due of its own."""
    for parent in (goal(), goal(start="2026-01-01", due="2026-06-30"), goal(start="2026-08-01")):
        found = deciding_on(ON, parent, *children)
        assert (found.status, found.part) == (status, part)
        assert (found.expected, found.spi) == (None, None)


def test_of_several_bad_children_the_one_most_behind_is_named() -> None:
    """122 days late before 31 days."""
    children = [LATE, child("a", due="2026-05-31"), child("b", due="2026-06-30")]
    found = goal_on(ON, goal(), *children)
    assert (found.late_days, found.reason.part, found.reason.days) == (122, "l", 122)


def test_the_forecast_of_a_parent_is_the_latest_where_all_have_one() -> None:
    """6 of 10 on day 181 ends on day 302, 29 October, 4 of 10 on day 453, 30 March 2027."""
    behind = child("r", **AT_RISK)
    found = deciding_on(ON, goal(**YEAR), GOOD, behind, DONE)
    assert (found.forecast, found.slip_days) == (date(2027, 3, 30), 89)
    assert deciding_on(ON, goal(**YEAR), GOOD).forecast == date(2026, 10, 30)
    for other in (STEP, UNKNOWN, ENDED):
        assert deciding_on(ON, goal(**YEAR), GOOD, behind, other).forecast is None


@pytest.mark.parametrize("word", ["paused", "dropped", "draft"])
def test_a_parent_whose_children_all_rest_is_one_step(word: str) -> None:
    """There is nothing to measure it by."""
    found = deciding_on(ON, goal(**YEAR), child("a", status=word))
    assert (found.measure, found.status) == (Measure.STEP, Status.OPEN)


def test_a_written_status_of_a_parent_holds_whatever_its_children_say() -> None:
    """Rule 1 alone applies to it; the progress is that of the children."""
    found = goal_on(ON, goal(**YEAR, status="paused"), LATE, DONE)
    assert (found.status, found.progress, found.forecast) == (Status.PAUSED, Fraction(1, 2), None)
    assert found.late_days is None


def test_a_parent_is_done_since_the_day_of_its_last_child() -> None:
    """Unknown where one child has no day."""
    last = child("d2", done="2026-05-01")
    assert goal_on(ON, goal(), DONE, last).done_on == date(2026, 5, 1)
    assert goal_on(ON, goal(), DONE, child("x", status="done")).done_on is None


def test_a_deep_line_of_children_is_no_deep_recursion() -> None:
    """3,000 generations, the last at 4 of 10."""
    line = [goal("0", **YEAR)]
    line += [goal(str(i), parent=str(i - 1), **YEAR) for i in range(1, 3000)]
    line.append(goal("3000", parent="2999", **YEAR, **of_ten("4")))
    assert numbers_of(planned(*line), on=ON).goals["0"].progress == Fraction(4, 10)


@pytest.mark.parametrize(
    ("on", "status", "code"),
    [
        ("2025-12-31", Status.PLANNED, ReasonCode.DIRECTION),
        (ON, Status.OPEN, ReasonCode.DIRECTION),
        ("2027-01-01", Status.LATE, ReasonCode.LATE),
    ],
)
def test_a_direction_has_a_status_by_its_days_and_no_numbers(
    on: str, status: Status, code: ReasonCode
) -> None:
    """Whatever its measures and children are; it counts those of them that are done."""
    children = [DONE, LATE, child("x", status="dropped"), child("y", status="draft")]
    record = goal(kind="direction", **YEAR, **of_ten("10"), tasks="xx")
    found = goal_on(on, record, *children, milestone("m", done="2025-01-01"))
    assert (found.status, found.deciding_measure, found.measures) == (status, None, ())
    assert (found.progress, found.forecast) == (None, None)
    late = 1 if status is Status.LATE else None
    assert found.late_days == late
    done = 0 if on == "2025-12-31" else 1
    assert found.reason == Reason(code=code, days=late, done=done, total=2)


def test_a_late_direction_makes_its_parent_late() -> None:
    """It has a status as a child, though no share."""
    found = goal_on(ON, goal(), child("a", kind="direction", due="2026-06-30"), GOOD)
    assert (found.status, found.late_days, found.reason.part) == (Status.LATE, 1, "a")
    assert found.progress == Fraction(6, 10)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"done": "2026-06-01"}, Reason(code=ReasonCode.DONE, on=date(2026, 6, 1))),
        (
            {"dropped": {"date": "2026-06-01", "reason": "x"}},
            Reason(code=ReasonCode.DROPPED, on=date(2026, 6, 1)),
        ),
        ({"status": "draft"}, Reason(code=ReasonCode.DRAFT)),
        ({"due": "2026-06-01"}, Reason(code=ReasonCode.LATE, days=30)),
        ({"start": "2026-08-01"}, Reason(code=ReasonCode.PLANNED, on=date(2026, 8, 1))),
        ({}, Reason(code=ReasonCode.OPEN)),
        ({"start": "2026-06-25", "metric": "1/9"}, Reason(code=ReasonCode.STARTED, days=6)),
        ({"metric": {"target": "9"}}, Reason(code=ReasonCode.NO_MEASUREMENT)),
        ({"cadence": "week"}, Reason(code=ReasonCode.NO_SESSION)),
        ({"start": None, "metric": "1/9"}, Reason(code=ReasonCode.NO_START)),
        ({"due": None, "metric": "1/9"}, Reason(code=ReasonCode.NO_DUE)),
        ({"tasks": "xx--"}, Reason(code=ReasonCode.CHECKLIST, done=2, total=4)),
        (ON_TRACK, Reason(code=ReasonCode.METRIC)),
        (
            {"start": "2026-01-05", "due": "2026-03-29", **HABIT_OVER},
            Reason(code=ReasonCode.ENDED, done=1, total=12),
        ),
    ],
)
def test_a_status_has_its_reason_as_data(fields: dict[str, Any], reason: Reason) -> None:
    """Which measure, how many of how many, and how many days."""
    assert goal_on(ON, goal(**{**YEAR, **fields})).reason == reason
