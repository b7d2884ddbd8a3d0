"""Goals: the worked examples, the measures and how they combine."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import (
    AnyRecord,
    goal,
    goal_on,
    milestone,
    numbers_of,
    percent,
    planned,
    thousandths,
)

from planfolio.analyse.results import Measure, Status, Tally

YEAR: dict[str, Any] = {"start": "2026-01-01", "due": "2026-12-31"}
QUARTER: dict[str, Any] = {"start": "2026-01-01", "due": "2026-03-31"}


def test_five_of_twelve_by_july_is_at_risk() -> None:
    """T 364, t 181: 181/364 expected, 5/12 there, 5/12*364/181 = 0.838, 364/0.838 = 434.4 days."""
    numbers = goal_on("2026-07-01", goal(**YEAR, metric={"target": "12", "current": "5"}))
    leading = numbers.leading
    assert numbers.status is Status.AT_RISK
    assert (percent(leading.expected), percent(leading.progress)) == ("49.7 %", "41.7 %")
    assert leading.spi == Fraction(5 * 364, 12 * 181)
    assert thousandths(leading.spi) == "0.838"
    assert (leading.forecast, leading.slip_days) == (date(2027, 3, 12), 71)


def test_six_of_twelve_by_july_is_on_track() -> None:
    """6/12*364/181 = 1.006; 364/1.006 = 362 days, two before the due."""
    numbers = goal_on("2026-07-01", goal(**YEAR, metric={"target": "12", "current": "6"}))
    leading = numbers.leading
    assert numbers.status is Status.ON_TRACK
    assert (percent(leading.expected), percent(leading.progress)) == ("49.7 %", "50.0 %")
    assert thousandths(leading.spi) == "1.006"
    assert (leading.forecast, leading.slip_days) == (date(2026, 12, 29), -2)


def test_a_quarter_of_a_falling_target_at_half_time_is_off_track() -> None:
    """From 82 down to 74, at 80: 2/8; T 89, t 45: 45/89 expected, 1/4*89/45 = 0.494; 180 days."""
    weight = {"baseline": "82", "target": "74", "current": "80"}
    numbers = goal_on("2026-02-15", goal(**QUARTER, metric=weight))
    leading = numbers.leading
    assert numbers.status is Status.OFF_TRACK
    assert (percent(leading.expected), percent(leading.progress)) == ("50.6 %", "25.0 %")
    assert thousandths(leading.spi) == "0.494"
    assert (leading.forecast, leading.slip_days) == (date(2026, 6, 30), 91)


def test_four_of_ten_after_the_due_day_is_late() -> None:
    """T 89, t 104: 15 days late, 4/10*89/104 = 0.342, 104/0.4 = 260 days from the start."""
    numbers = goal_on("2026-04-15", goal(**QUARTER, metric={"target": "10", "current": "4"}))
    leading = numbers.leading
    assert numbers.status is Status.LATE
    assert leading.late_days == 15
    assert (percent(leading.expected), percent(leading.progress)) == ("100.0 %", "40.0 %")
    assert thousandths(leading.spi) == "0.342"
    assert (leading.forecast, leading.slip_days) == (date(2026, 9, 18), 171)


def test_a_metric_without_a_value_is_unknown() -> None:
    """Time goes on, but nobody knows how far it is."""
    numbers = goal_on("2026-02-15", goal(**QUARTER, metric={"target": "10"}))
    leading = numbers.leading
    assert numbers.status is Status.UNKNOWN
    assert percent(leading.expected) == "50.6 %"
    assert (leading.progress, leading.spi, leading.forecast, leading.slip_days) == (None,) * 4


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
        (2, "1.000", date(2026, 12, 31), 0, Status.ON_TRACK),
        (1, "0.744", date(2027, 5, 6), 126, Status.AT_RISK),
        (3, "1.124", date(2026, 11, 21), -40, Status.ON_TRACK),
    ],
)
def test_milestones_by_earned_schedule(
    reached: int, spi: str, forecast: date, slip: int, status: Status
) -> None:
    """On day 242, 30 of 100 are planned. ES is 242 with 30 earned, 180 with 10, 272 with 60."""
    numbers = goal_on("2026-08-31", goal(**YEAR), *four_milestones(reached))
    leading = numbers.leading
    assert leading.measure is Measure.MILESTONES
    assert leading.progress == Fraction([10, 30, 60][reached - 1], 100)
    assert leading.planned == Fraction(30, 100)
    assert leading.expected == Fraction(242, 364)
    assert thousandths(leading.spi) == spi
    assert (leading.forecast, leading.slip_days) == (forecast, slip)
    assert numbers.status is status
    assert numbers.tally == Tally(reached, 4)


@pytest.mark.parametrize(
    ("metric", "progress"),
    [
        ({"target": "12", "current": "-3"}, 0),
        ({"target": "12", "current": "15"}, 1),
        ({"target": "0.3", "current": "0.1"}, Fraction(1, 3)),  # not 0.33333333333333337
        ({"baseline": "5", "target": "5", "current": "5"}, None),  # there is no way to go
    ],
)
def test_progress_is_exact_and_clamped_at_both_ends(
    metric: dict[str, str], progress: Fraction | int | None
) -> None:
    """Behind the baseline is 0, beyond the target is all."""
    numbers = goal_on("2026-07-01", goal(**YEAR, metric=metric))
    assert numbers.leading.progress == progress
    assert (numbers.status is Status.UNKNOWN) == (progress is None)


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
    numbers = goal_on("2026-07-01", goal(**YEAR), *steps)
    assert numbers.leading.progress == progress
    assert (numbers.status is Status.UNKNOWN) == (progress is None)


def test_a_milestone_reached_tomorrow_is_not_reached_today() -> None:
    """A done date ahead is a plan."""
    step = milestone("a", done="2026-07-02")
    assert goal_on("2026-07-01", goal(**YEAR), step).leading.progress == 0
    assert goal_on("2026-07-02", goal(**YEAR), step).leading.progress == 1


def test_a_milestone_without_a_due_is_due_with_its_goal() -> None:
    """Nothing is planned before the end, so nothing done at half time is on plan."""
    numbers = goal_on("2026-07-01", goal(**YEAR), milestone("a"), milestone("b"))
    assert numbers.leading.planned == 0
    assert numbers.leading.spi == 1


def test_a_milestone_due_outside_its_goal_is_moved_into_it() -> None:
    """One due before the start is due on day 0, one after the due on day 364: ES = 0 of day 181."""
    steps = [milestone("a", due="2025-06-01"), milestone("b", due="2027-06-01")]
    numbers = goal_on("2026-07-01", goal(**YEAR), *steps)
    assert numbers.leading.spi == 0
    assert numbers.leading.planned == Fraction(1, 2)
    for fields in (YEAR, {"due": "2026-12-31"}):
        assert goal_on("2027-01-15", goal(**fields), *steps).leading.planned == 1


def test_planned_is_unknown_where_nothing_is_due() -> None:
    """Neither milestones nor goal have a due."""
    numbers = goal_on("2026-07-01", goal(start="2026-01-01"), milestone("a"))
    assert numbers.leading.planned is None


def test_a_checklist_counts_its_ticks() -> None:
    """3 of 4 at half time: 3/4*364/181 = 1.508."""
    numbers = goal_on("2026-07-01", goal(**YEAR, tasks="xxx-"))
    assert numbers.leading.measure is Measure.CHECKLIST
    assert numbers.leading.spi == Fraction(3 * 364, 4 * 181)
    assert numbers.tally == Tally(3, 4)


MEASURES: dict[Measure, dict[str, Any]] = {
    Measure.METRIC: {"metric": {"target": "10", "current": "1"}},
    Measure.MILESTONES: {},
    Measure.CHECKLIST: {"tasks": "x-"},
    Measure.CADENCE: {"cadence": "1/week", "log": ["2026-02-02"]},
    Measure.CHILDREN: {},
    Measure.STEP: {},
}


@pytest.mark.parametrize("first", MEASURES)
def test_a_goal_is_measured_by_the_first_that_it_has(first: Measure) -> None:
    """Metric, milestones, checklist, cadence, children, and else it is one step."""
    there = list(MEASURES)[list(MEASURES).index(first) :]
    fields = {key: value for measure in there for key, value in MEASURES[measure].items()}
    records = [goal(**YEAR, **fields)]
    if Measure.MILESTONES in there:
        records.append(milestone("a"))
    if Measure.CHILDREN in there:
        records.append(goal("child", parent="goal"))
    assert goal_on("2026-07-01", *records).leading.measure is first


def test_a_metric_without_a_value_leaves_the_lead_to_milestones() -> None:
    """They are known, and stand alone."""
    numbers = goal_on(
        "2026-07-01", goal(**YEAR, metric={"target": "10"}), milestone("a", done="2026-02-01")
    )
    assert numbers.leading.measure is Measure.MILESTONES
    assert numbers.measures[1:] == ()
    assert numbers.status is Status.DONE


def test_a_metric_without_a_value_leaves_the_lead_to_nothing_else() -> None:
    """A checklist beside it does not say how far the number is."""
    numbers = goal_on("2026-07-01", goal(**YEAR, metric={"target": "10"}, tasks="xx"))
    assert numbers.leading.measure is Measure.METRIC
    assert numbers.status is Status.UNKNOWN


def test_with_metric_and_milestones_the_worse_status_holds_and_both_are_shown() -> None:
    """On day 181, 6 of 12 is on track; one of two milestones, both due: ES = 150, 0.829."""
    steps = [
        milestone("a", due="2026-03-31", done="2026-03-01"),
        milestone("b", due="2026-05-31"),
    ]
    numbers = goal_on("2026-07-01", goal(**YEAR, metric={"target": "12", "current": "6"}), *steps)
    assert numbers.leading.measure is Measure.METRIC
    assert numbers.leading.status is Status.ON_TRACK
    assert numbers.leading.progress == Fraction(1, 2)
    assert numbers.measures[1:]
    assert numbers.measures[1].status is Status.AT_RISK
    assert numbers.measures[1].progress == Fraction(1, 2)
    assert numbers.measures[1].spi == Fraction(150, 181)
    assert numbers.status is Status.AT_RISK


def test_milestones_that_are_all_reached_do_not_finish_a_metric() -> None:
    """Done comes from the metric: 5 of 12 stays at risk."""
    numbers = goal_on(
        "2026-07-01",
        goal(**YEAR, metric={"target": "12", "current": "5"}),
        milestone("a", done="2026-03-01"),
    )
    assert numbers.measures[1:]
    assert numbers.measures[1].status is Status.DONE
    assert numbers.status is Status.AT_RISK


def test_a_metric_at_its_target_is_done_whatever_the_milestones_say() -> None:
    """Even when one of them is late."""
    numbers = goal_on(
        "2027-02-01",
        goal(**YEAR, metric={"target": "12", "current": "12"}),
        milestone("a", due="2026-03-31"),
    )
    assert numbers.measures[1:]
    assert numbers.measures[1].status is Status.LATE
    assert numbers.status is Status.DONE


def test_reached_milestones_do_not_make_an_unknown_metric_done() -> None:
    """Without a start the metric has no status, and the milestones' done is not the goal's."""
    numbers = goal_on(
        "2026-07-01",
        goal(due="2026-12-31", metric={"target": "12", "current": "5"}),
        milestone("a", done="2026-03-01"),
    )
    assert numbers.status is Status.UNKNOWN


def test_a_goal_is_done_on_the_day_that_is_written() -> None:
    """Not on the day its metric was reached."""
    record = goal(
        **YEAR, done="2026-06-15", metric={"target": "2", "current": "2", "as_of": "2026-06-01"}
    )
    assert goal_on("2026-07-01", record).done_on == date(2026, 6, 15)


def test_a_metric_is_done_since_the_first_reading_of_its_last_run_at_the_target() -> None:
    """It was there in March, fell back in April, and is there for good since May."""
    values = {"2026-03-01": "5", "2026-04-01": "4", "2026-05-01": "5", "2026-06-01": "6"}
    history = [{"date": on, "value": value} for on, value in values.items()]
    numbers = goal_on("2026-07-01", goal(**YEAR, metric={"target": "5", "history": history}))
    assert numbers.done_on == date(2026, 5, 1)


def test_milestones_are_done_on_the_day_of_the_last() -> None:
    """In whatever order they were reached."""
    steps = [milestone("a", done="2026-06-01"), milestone("b", done="2026-03-01")]
    assert goal_on("2026-07-01", goal(**YEAR), *steps).done_on == date(2026, 6, 1)


def test_the_day_is_unknown_where_nothing_dates_it() -> None:
    """A ticked checklist and an undated current carry no day."""
    assert goal_on("2026-07-01", goal(**YEAR, tasks="x")).done_on is None
    undated = goal(**YEAR, metric={"target": "2", "current": "2"})
    assert goal_on("2026-07-01", undated).done_on is None


def test_a_goal_that_is_not_done_has_no_day() -> None:
    """A done date ahead does not count yet."""
    assert goal_on("2026-07-01", goal(**YEAR, done="2026-08-01")).done_on is None


@pytest.mark.parametrize(
    ("fields", "is_open"),
    [
        ({}, True),
        ({"status": "done"}, False),
        ({"tasks": "x"}, False),
        ({"status": "paused"}, False),
        ({"status": "dropped"}, False),
        ({"status": "draft"}, False),
        ({"status": "done", "done": "2026-08-01"}, True),
    ],
)
def test_a_goal_is_open_while_it_is_active_and_not_done(
    fields: dict[str, Any], is_open: bool
) -> None:
    """Written or computed; done tomorrow is still open today."""
    assert goal_on("2026-07-01", goal(**YEAR, **fields)).open is is_open


def child(name: str, **fields: object) -> AnyRecord:
    """A child of the goal `goal` from January to December."""
    return goal(name, parent="goal", **{**YEAR, **fields})


def of_ten(value: str) -> dict[str, Any]:
    """Return the metric that has so many of ten."""
    return {"metric": {"target": "10", "current": value}}


def test_a_parent_has_the_weighted_mean_of_its_children() -> None:
    """(3 * 8/10 + 1 * 4/10) / 4 = 0.7."""
    records = [goal(**YEAR), child("a", weight="3", **of_ten("8")), child("b", **of_ten("4"))]
    numbers = goal_on("2026-07-01", *records)
    assert numbers.leading.measure is Measure.CHILDREN
    assert numbers.leading.progress == Fraction(7, 10)
    assert numbers.tally == Tally(0, 2)


def test_a_parent_has_the_worst_status_of_its_children_and_a_pace_of_its_own() -> None:
    """On track at 8 of 10, off track at 3; together 0.55 * 364 / 181 = 1.106."""
    records = [goal(**YEAR), child("a", **of_ten("8")), child("b", **of_ten("3"))]
    numbers = goal_on("2026-07-01", *records)
    assert numbers.status is Status.OFF_TRACK
    assert numbers.leading.spi == Fraction(11, 20) * Fraction(364, 181)
    assert numbers.leading.forecast is not None


def test_children_that_are_paused_dropped_or_draft_do_not_count() -> None:
    """Only active and done ones do."""
    inactive = [child(s, status=s, **of_ten("0")) for s in ("paused", "dropped", "draft")]
    numbers = goal_on("2026-07-01", goal(**YEAR), child("a", **of_ten("8")), *inactive)
    assert numbers.leading.progress == Fraction(8, 10)
    assert numbers.unknown_children == 0
    assert numbers.tally == Tally(0, 1)


def test_a_parent_of_nothing_but_resting_children_is_one_step() -> None:
    """There is nothing to measure it by."""
    numbers = goal_on("2026-07-01", goal(**YEAR), child("a", status="paused"))
    assert numbers.leading.measure is Measure.STEP
    assert numbers.status is Status.OPEN


def test_children_without_a_known_progress_are_counted_and_left_out_of_the_mean() -> None:
    """One at 8 of 10, a metric without a value, one step."""
    numbers = goal_on(
        "2026-07-01",
        goal(**YEAR),
        child("a", **of_ten("8")),
        child("b", metric={"target": "10"}),
        child("c"),
    )
    assert numbers.leading.progress == Fraction(8, 10)
    assert numbers.unknown_children == 2
    assert numbers.status is Status.ON_TRACK


def test_a_child_that_is_done_has_all_of_its_progress() -> None:
    """One step done, and 4 of 10: (1 + 0.4) / 2."""
    records = [goal(**YEAR), child("a", status="done"), child("b", **of_ten("4"))]
    numbers = goal_on("2026-07-01", *records)
    assert numbers.leading.progress == Fraction(7, 10)
    assert numbers.tally == Tally(1, 2)


def test_a_parent_is_done_when_all_its_children_are() -> None:
    """Since the day of the last."""
    records = [goal(**YEAR), child("a", done="2026-03-01"), child("b", done="2026-05-01")]
    numbers = goal_on("2026-07-01", *records)
    assert numbers.status is Status.DONE
    assert numbers.leading.progress == 1
    assert numbers.done_on == date(2026, 5, 1)


def test_a_parent_is_not_done_while_one_child_is_open() -> None:
    """What is known is all done, but a step is left: nobody knows how much of the whole that is."""
    numbers = goal_on("2026-07-01", goal(**YEAR), child("a", status="done"), child("b"))
    assert numbers.status is Status.OPEN
    assert numbers.leading.progress is None
    assert numbers.unknown_children == 1


def test_a_parent_of_done_and_unknown_children_is_unknown() -> None:
    """The done one says nothing about the other."""
    records = [goal(**YEAR), child("a", status="done"), child("b", metric={"target": "10"})]
    assert goal_on("2026-07-01", *records).status is Status.UNKNOWN


def test_a_late_child_without_progress_makes_its_parent_late() -> None:
    """A day that has passed is known, whatever else is not; the parent itself is not overdue."""
    records = [goal(**YEAR), child("a", **of_ten("9")), child("b", due="2026-03-01")]
    numbers = goal_on("2026-07-01", *records)
    assert numbers.status is Status.LATE
    assert numbers.leading.late_days is None


def test_a_late_child_of_a_parent_without_a_start_leaves_its_pace_unknown() -> None:
    """Late comes from the child, and no index from anywhere."""
    records = [goal(due="2026-12-31"), child("a", due="2026-03-01", tasks="x-")]
    leading = goal_on("2026-07-01", *records).leading
    assert leading.status is Status.LATE
    assert (leading.progress, leading.spi) == (Fraction(1, 2), None)


def test_a_young_parent_of_a_late_child_has_no_pace_yet() -> None:
    """Ten days of a year say nothing, even when the child is late."""
    records = [goal(**YEAR), child("a", due="2026-01-08", tasks="x-")]
    leading = goal_on("2026-01-11", *records).leading
    assert leading.status is Status.LATE
    assert (leading.spi, leading.forecast, leading.late_days) == (None, None, None)


def test_a_parent_after_its_own_due_day_is_late() -> None:
    """Even when its child, due later, is on leading."""
    records = [goal(start="2026-01-01", due="2026-06-30"), child("a", **of_ten("9"))]
    numbers = goal_on("2026-07-01", *records)
    assert numbers.status is Status.LATE
    assert numbers.leading.late_days == 1


def test_progress_climbs_through_generations() -> None:
    """A grandchild at 4 of 10, below a parent that has no measure of its own either."""
    grandchild = goal("b", parent="a", **YEAR, **of_ten("4"))
    numbers = goal_on("2026-07-01", goal(**YEAR), child("a"), grandchild)
    assert numbers.leading.progress == Fraction(4, 10)


def test_a_cycle_of_parents_still_has_numbers() -> None:
    """It is an error elsewhere, and no endless loop here."""
    records = [goal("a", parent="b"), goal("b", parent="a"), goal("c", parent="c")]
    numbers = numbers_of(planned(*records), on="2026-07-01")
    assert set(numbers.goals) == {"a", "b", "c"}


def test_a_deep_line_of_children_is_no_deep_recursion() -> None:
    """3,000 generations, the last at 4 of 10."""
    line = [goal("0", **YEAR)]
    line += [goal(str(i), parent=str(i - 1), **YEAR) for i in range(1, 3000)]
    line.append(goal("3000", parent="2999", **YEAR, **of_ten("4")))
    numbers = numbers_of(planned(*line), on="2026-07-01")
    assert numbers.goals["0"].leading.progress == Fraction(4, 10)
