"""The status of a goal: each rule in its turn."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analyse.planned import goal, goal_on

from planfolio.analyse.results import Status
from planfolio.analyse.status import worst

YEAR: dict[str, Any] = {"start": "2026-01-01", "due": "2026-12-31"}
MID = "2026-07-01"


def status_on(on: str, **fields: Any) -> Status:
    """Return the status of one goal on a day."""
    return goal_on(on, goal(**fields)).status


@pytest.mark.parametrize("word", ["draft", "paused", "dropped"])
def test_draft_paused_and_dropped_hold_as_written(word: str) -> None:
    """Whatever the numbers and the dates say."""
    fields: dict[str, Any] = {
        "metric": {"target": "1", "current": "1"},
        "done": "2026-02-01",
    }
    numbers = goal_on("2027-07-01", goal(**YEAR, status=word, **fields))
    assert numbers.status == word
    assert numbers.leading.status == word
    assert numbers.done_on is None


@pytest.mark.parametrize(
    "fields",
    [{}, {"metric": {"target": "9"}}, {"metric": {"target": "9", "current": "1"}}, {"tasks": "-"}],
)
def test_after_the_due_a_goal_is_late_even_without_a_value(fields: dict[str, Any]) -> None:
    """One day after it, one day late; on the day itself not."""
    numbers = goal_on("2027-01-01", goal(**YEAR, **fields))
    assert numbers.status is Status.LATE
    assert numbers.leading.late_days == 1
    assert goal_on("2026-12-31", goal(**YEAR, **fields)).status is not Status.LATE


def test_a_goal_without_a_start_can_be_late_and_done() -> None:
    """But has no expectation and no pace."""
    numbers = goal_on("2027-01-01", goal(due="2026-12-31", tasks="x-"))
    assert numbers.status is Status.LATE
    assert numbers.leading.expected is None
    assert numbers.leading.spi is None
    assert numbers.leading.forecast is None
    assert status_on("2027-01-01", due="2026-12-31", tasks="xx") is Status.DONE


UNDONE: dict[str, Any] = {"status": "done", "metric": {"target": "9", "current": "1"}}


@pytest.mark.parametrize(
    ("on", "fields", "status"),
    [
        # Done holds from its date on; a date is enough, and without one it always holds.
        ("2026-07-01", {**YEAR, "status": "done", "done": "2026-07-02"}, Status.OPEN),
        ("2026-07-02", {**YEAR, "status": "done", "done": "2026-07-02"}, Status.DONE),
        (MID, {**YEAR, "done": "2026-06-01"}, Status.DONE),
        ("2020-01-01", {**YEAR, **UNDONE}, Status.DONE),
        # Rule 2 comes before rule 3: all of the progress is done, even after the due day.
        ("2027-07-01", {**YEAR, "tasks": "xx"}, Status.DONE),
        # One step has no progress to judge.
        ("2025-12-31", YEAR, Status.PLANNED),
        ("2026-01-01", YEAR, Status.OPEN),
        ("2026-12-31", YEAR, Status.OPEN),
        (MID, {}, Status.OPEN),
        # Rule 4 comes before rule 5: without a value nothing is known, even before the start.
        ("2025-12-01", {**YEAR, "metric": {"target": "9"}}, Status.UNKNOWN),
        # Without a start, and without a due day once it is under way, there is no pace.
        (MID, {"due": "2026-12-31", "tasks": "x-"}, Status.UNKNOWN),
        ("2025-12-31", {"start": "2026-01-01", "tasks": "--"}, Status.PLANNED),
        ("2026-01-07", {"start": "2026-01-01", "tasks": "x-"}, Status.STARTED),
        ("2026-01-08", {"start": "2026-01-01", "tasks": "x-"}, Status.UNKNOWN),
        # Nothing done before the start is planned, something is started.
        ("2025-12-31", {**YEAR, "tasks": "--"}, Status.PLANNED),
        ("2025-12-31", {**YEAR, "tasks": "x-"}, Status.STARTED),
        ("2026-01-01", {**YEAR, "tasks": "--"}, Status.STARTED),
        # T = 364: day 36 is too early to judge, day 37 is not.
        ("2026-02-06", {**YEAR, "tasks": "--"}, Status.STARTED),
        ("2026-02-07", {**YEAR, "tasks": "--"}, Status.OFF_TRACK),
    ],
)
def test_the_first_rule_that_applies_gives_the_status(
    on: str, fields: dict[str, Any], status: Status
) -> None:
    """Written, done, late, one step, unknown, planned, started, and then the pace."""
    assert status_on(on, **fields) is status


def test_too_early_means_no_index_and_no_forecast() -> None:
    """They are null outside late, on track, at risk and off leading."""
    leading = goal_on("2026-01-20", goal(**YEAR, tasks="x-")).leading
    assert leading.status is Status.STARTED
    assert (leading.spi, leading.forecast, leading.slip_days) == (None, None, None)
    assert leading.expected == Fraction(19, 364)
    assert leading.progress == Fraction(1, 2)


@pytest.mark.parametrize("word", ["paused", "dropped", "draft", "done"])
def test_what_is_not_under_way_has_no_index(word: str) -> None:
    """But its progress is still known."""
    leading = goal_on(MID, goal(**YEAR, status=word, tasks="x-")).leading
    assert (leading.spi, leading.forecast, leading.slip_days) == (None, None, None)
    assert leading.progress == Fraction(1, 2)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("45", Status.ON_TRACK),  # 0.45 / 0.5 = 0.90
        ("44.999", Status.AT_RISK),
        ("35", Status.AT_RISK),  # 0.35 / 0.5 = 0.70
        ("34.999", Status.OFF_TRACK),
        ("0", Status.OFF_TRACK),
    ],
)
def test_the_thresholds_of_the_index_are_exact(value: str, status: Status) -> None:
    """At half of 100 days: t 50, T 100."""
    fields = {"start": "2026-01-01", "due": "2026-04-11"}
    metric = {"target": "100", "current": value}
    assert status_on("2026-02-20", **fields, metric=metric) is status


def test_nothing_done_has_an_index_of_zero_and_no_forecast() -> None:
    """Zero is known; a finish is not."""
    leading = goal_on(MID, goal(**YEAR, tasks="--")).leading
    assert leading.spi == 0
    assert leading.forecast is None
    assert leading.slip_days is None


def test_a_due_before_the_start_breaks_nothing() -> None:
    """It is an error of the plan: late without an index before the start, with one after it."""
    fields: dict[str, Any] = {"start": "2026-06-01", "due": "2026-05-01", "tasks": "x-"}
    before = goal_on("2026-05-15", goal(**fields))
    assert before.status is Status.LATE
    assert before.leading.spi is None
    after = goal_on("2026-06-11", goal(**fields))
    assert after.leading.spi == Fraction(1, 20)  # 1/2 * T 1 / t 10


def test_the_worst_of_several_statuses() -> None:
    """From late to planned, in the order of the list; unknown and done count for none."""
    order = [
        Status.LATE,
        Status.OFF_TRACK,
        Status.AT_RISK,
        Status.STARTED,
        Status.ON_TRACK,
        Status.OPEN,
        Status.PLANNED,
    ]
    for i, status in enumerate(order):
        assert worst([*reversed(order[i:]), Status.UNKNOWN, Status.DONE]) is status
    assert worst([Status.UNKNOWN, Status.DONE]) is Status.UNKNOWN


OFFSETS = st.none() | st.integers(min_value=-400, max_value=400)


@given(
    start=OFFSETS,
    due=OFFSETS,
    done=OFFSETS,
    word=st.sampled_from(["active", "active", "draft", "paused", "done", "dropped"]),
    measure=st.sampled_from(
        [
            {},
            {"tasks": "--"},
            {"tasks": "x-"},
            {"tasks": "xx"},
            {"metric": {"target": "5"}},
            {"metric": {"target": "5", "current": "2"}},
            {"metric": {"target": "-5", "current": "-9"}},
            {"metric": {"baseline": "5", "target": "5", "current": "5"}},
            {"cadence": "2/week"},
            {"cadence": "month", "log": ["2026-06-20", "2025-11-11"]},
        ]
    ),
)
def test_every_goal_has_one_status_and_sound_numbers(
    start: int | None, due: int | None, done: int | None, word: str, measure: dict[str, Any]
) -> None:
    """Whatever is written: ratios within 0 and 1, an index only where it means something."""
    as_of = date(2026, 7, 1)
    days = {"start": start, "due": due, "done": done}
    written = {
        key: (as_of + timedelta(days=offset)).isoformat()
        for key, offset in days.items()
        if offset is not None
    }
    numbers = goal_on(as_of.isoformat(), goal(status=word, **written, **measure))
    leading = numbers.leading
    assert isinstance(numbers.status, Status)
    assert numbers.status is leading.status
    for ratio in (leading.progress, leading.expected):
        assert ratio is None or 0 <= ratio <= 1
    with_pace = {Status.LATE, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK}
    if leading.status not in with_pace:
        assert (leading.spi, leading.forecast) == (None, None)
    assert leading.spi is None or leading.spi >= 0
    assert leading.forecast is None or leading.forecast >= as_of
    assert (leading.slip_days is None) == (leading.forecast is None)
    assert (leading.late_days is not None) == (leading.status is Status.LATE)
    assert numbers.open == (word in ("active", "done") and numbers.status is not Status.DONE)
