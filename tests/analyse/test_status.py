"""The status of a goal: each rule in its turn, and what is null under it."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analyse.planned import deciding_on, goal, goal_on, milestone

from planfolio.analyse.reasons import ReasonCode
from planfolio.analyse.status import INACTIVE, OVER, WORST_FIRST, Status, worst_known

YEAR: dict[str, Any] = {"start": "2026-01-01", "due": "2026-12-31"}
MID = "2026-07-01"
NO_VALUE: dict[str, Any] = {"metric": {"target": "9"}}
UNDONE: dict[str, Any] = {"metric": {"target": "9", "current": "1"}}


def status_on(on: str, **fields: Any) -> Status:
    """Return the status of one goal on a day."""
    return goal_on(on, goal(**fields)).status


@pytest.mark.parametrize(
    ("on", "fields", "status"),
    [
        # 1. Done holds from its date on; a date is enough, and without one it always holds.
        (MID, {**YEAR, "status": "done", "done": "2026-07-02"}, Status.OPEN),
        ("2026-07-02", {**YEAR, "status": "done", "done": "2026-07-02"}, Status.DONE),
        (MID, {**YEAR, "done": "2026-06-01", **UNDONE}, Status.DONE),
        (MID, {**YEAR, "done": "2026-07"}, Status.DONE),
        ("2020-01-01", {**YEAR, "status": "done", **UNDONE}, Status.DONE),
        (MID, {**YEAR, "status": "dropped", "done": "2026-06-01"}, Status.DONE),
        # Then dropped, paused and draft, whatever numbers and dates say.
        ("2027-07-01", {**YEAR, "status": "dropped", "tasks": "x"}, Status.DROPPED),
        (MID, {**YEAR, "dropped": "2026-07-01"}, Status.DROPPED),
        (MID, {**YEAR, "status": "dropped", "dropped": "2026-07-02"}, Status.OPEN),
        (MID, {**YEAR, "status": "paused", "dropped": "2026-06-01"}, Status.DROPPED),
        ("2027-07-01", {**YEAR, "status": "paused", "tasks": "x"}, Status.PAUSED),
        ("2027-07-01", {**YEAR, "status": "draft", "tasks": "x"}, Status.DRAFT),
        # 2. All of the progress is done, even after the due day and without a start.
        ("2027-07-01", {**YEAR, "tasks": "xx"}, Status.DONE),
        ("2027-01-01", {"due": "2026-12-31", "tasks": "xx"}, Status.DONE),
        # 3. Late from the day after the due day, even without a value or a start.
        *[(f"2026-{d}", {**YEAR, **NO_VALUE}, Status.UNKNOWN) for d in ("01-01", "12-31")],
        ("2027-01-01", {**YEAR, **NO_VALUE}, Status.LATE),
        ("2027-01-01", {"due": "2026-12-31", "tasks": "x-"}, Status.LATE),
        ("2027-01-01", YEAR, Status.LATE),
        # 4. Before its start it is planned, with nothing done or without a value.
        ("2025-12-31", {**YEAR, **NO_VALUE}, Status.PLANNED),
        ("2025-12-31", {**YEAR, "tasks": "--"}, Status.PLANNED),
        ("2025-12-31", {"start": "2026-01-01", "tasks": "--"}, Status.PLANNED),
        ("2025-12-31", YEAR, Status.PLANNED),
        # 5. One step is open; without a value, a start or an end it is unknown.
        ("2026-01-01", YEAR, Status.OPEN),
        ("2026-12-31", YEAR, Status.OPEN),
        (MID, {}, Status.OPEN),
        (MID, {"due": "2026-12-31", "tasks": "x-"}, Status.UNKNOWN),
        ("2026-01-07", {"start": "2026-01-01", "tasks": "x-"}, Status.UNKNOWN),
        ("2025-12-31", {"start": "2026-01-01", "tasks": "x-"}, Status.UNKNOWN),
        # 6. Something done before the start, and the first tenth of 364 days: 36, but not 37.
        ("2025-12-31", {**YEAR, "tasks": "x-"}, Status.STARTED),
        ("2026-01-01", {**YEAR, "tasks": "------"}, Status.STARTED),
        ("2026-02-06", {**YEAR, "tasks": "------"}, Status.STARTED),
        # 7. By the pace: 1/50 * 364/364 on the last day.
        ("2026-12-31", {**YEAR, "tasks": "-" * 50}, Status.OFF_TRACK),
    ],
)
def test_the_first_rule_that_applies_gives_the_status(
    on: str, fields: dict[str, Any], status: Status
) -> None:
    """Written, done, late, planned, one step, unknown, started, and then the pace."""
    assert status_on(on, **fields) is status


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


PAUSES = [
    {"from": first, "to": last}
    for first, last in (
        *(("2026-03-01", "2026-03-20"), ("2026-03-15", "2026-03-31")),
        ("2026-04-01", "2026-04-30"),
    )
]


@pytest.mark.parametrize(
    ("on", "fields", "status"),
    [
        ("2026-02-28", {"paused": PAUSES}, Status.OPEN),
        ("2026-03-01", {"paused": PAUSES}, Status.PAUSED),
        ("2026-04-30", {"paused": PAUSES}, Status.PAUSED),
        ("2026-05-01", {"paused": PAUSES}, Status.OPEN),
        ("2026-04-30", {"paused": "2026-05-01"}, Status.OPEN),
        ("2027-06-01", {"paused": "2026-05-01"}, Status.PAUSED),  # without an end it goes on
        ("2026-04-30", {"paused": "2026-05-01", "status": "paused"}, Status.OPEN),  # since then
        ("2026-06-01", {"paused": PAUSES, "status": "paused"}, Status.PAUSED),
        ("2026-03-15", {"paused": PAUSES, "done": "2026-03-10"}, Status.DONE),
    ],
)
def test_a_goal_is_paused_while_a_pause_holds(
    on: str, fields: dict[str, Any], status: Status
) -> None:
    """Both ends included, and as long as its status says so."""
    assert status_on(on, **YEAR, **fields) is status


def test_the_reason_of_a_pause_has_its_days() -> None:
    """Those that overlap or meet are one; without an end it has no last day, a word has none."""

    def reason(**fields: Any) -> tuple[object, ...]:
        found = goal_on("2026-03-25", goal(**YEAR, **fields)).reason
        return (found.code, found.on, found.until)

    of = ReasonCode.PAUSED
    assert reason(paused=PAUSES) == (of, date(2026, 3, 1), date(2026, 4, 30))
    assert reason(paused="2026-03-01") == (of, date(2026, 3, 1), None)
    assert reason(status="paused") == (of, None, None)


@pytest.mark.parametrize("word", ["paused", "dropped", "draft", "done"])
def test_what_is_not_under_way_keeps_its_progress_alone(word: str) -> None:
    """The measure that would decide gives it; it is expected nothing, and has no pace."""
    steps = [milestone("a", due="2026-05-31", done="2026-03-01"), milestone("b", due="2026-05-31")]
    fields: dict[str, Any] = {"metric": {"target": "12", "current": "11"}}
    active = deciding_on(MID, goal(**YEAR, **fields), *steps)
    found = deciding_on(MID, goal(**YEAR, status=word, **fields), *steps)
    assert found.progress == active.progress == Fraction(1, 2)
    assert (found.expected, found.spi, found.forecast, found.slip_days) == (None,) * 4


def test_too_early_means_no_index_and_no_forecast() -> None:
    """But progress and what is expected are known."""
    found = deciding_on("2026-01-20", goal(**YEAR, tasks="xxx---"))
    assert found.status is Status.STARTED
    assert (found.spi, found.forecast, found.slip_days) == (None, None, None)
    assert (found.expected, found.progress) == (Fraction(19, 364), Fraction(1, 2))


def test_a_due_before_the_start_breaks_nothing() -> None:
    """It is an error of the plan: late without an index before the start, with one after it."""
    fields: dict[str, Any] = {"start": "2026-06-01", "due": "2026-05-01", "metric": "1/2 talks"}
    before = deciding_on("2026-05-15", goal(**fields))
    assert (before.status, before.spi) == (Status.LATE, None)
    assert deciding_on("2026-06-11", goal(**fields)).spi == Fraction(1, 20)  # 1/2 * T 1 / t 10


def test_the_worst_of_several_statuses_that_are_known() -> None:
    """From late to done, in the order of the list; a whole is done only when all parts are."""
    found = [status for status in WORST_FIRST if status not in INACTIVE | {Status.UNKNOWN}]
    for i, status in enumerate(found[:-1]):
        assert worst_known([*reversed(found[i:]), Status.UNKNOWN]) is status
    assert worst_known([Status.UNKNOWN, Status.DONE]) is Status.UNKNOWN
    assert worst_known([Status.DONE, Status.DONE]) is Status.DONE
    assert worst_known([Status.UNKNOWN]) is Status.UNKNOWN


OFFSETS = st.none() | st.integers(min_value=-400, max_value=400)


@given(
    start=OFFSETS,
    due=OFFSETS,
    done=OFFSETS,
    pause=OFFSETS,
    word=st.sampled_from(["active", "active", "draft", "paused", "done", "dropped"]),
    measure=st.sampled_from(
        [
            {},
            {"kind": "direction"},
            {"tasks": "--"},
            {"tasks": "xxx---"},
            {"tasks": "xx"},
            {"metric": {"target": "5"}},
            {"metric": {"target": "5", "current": "2"}, "tasks": "xx"},
            {"metric": {"target": "-5", "current": "-9"}},
            {"metric": {"baseline": "5", "target": "5", "current": "5"}},
            {"cadence": "2/week"},
            {"cadence": "month", "log": ["2026-06-20", "2025-11-11"], "tasks": "x---"},
            {"cadence": {"every": "2 weeks", "share": "50%"}, "log": {"2026-W20": "3"}},
        ]
    ),
)
def test_every_goal_has_one_status_and_sound_numbers(
    start: int | None,
    due: int | None,
    done: int | None,
    pause: int | None,
    word: str,
    measure: dict[str, Any],
) -> None:
    """Whatever is written: ratios within 0 and 1, an index only where it means something."""
    as_of = date.fromisoformat(MID)
    days = {"start": start, "due": due, "done": done, "paused": pause}
    written = {
        key: (as_of + timedelta(days=offset)).isoformat()
        for key, offset in days.items()
        if offset is not None
    }
    numbers = goal_on(MID, goal(status=word, **written, **measure))
    with_pace = {Status.LATE, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK}
    for found in numbers.measures:
        for ratio in (found.progress, found.expected):
            assert ratio is None or 0 <= ratio <= 1
        if found.status is Status.DONE:
            assert found.expected is None
        if found.status not in with_pace:
            assert (found.spi, found.forecast) == (None, None)
        assert found.spi is None or found.spi >= 0
        assert found.forecast is None or found.forecast >= as_of
        late = found.status is Status.LATE
        assert (found.late_days is not None) == late
        assert (found.slip_days is None) == (found.forecast is None)
    assert numbers.deciding_measure is None or numbers.deciding_measure.status is numbers.status
    assert (numbers.deciding_measure is None) == (measure.get("kind") == "direction")
    assert numbers.is_open == (numbers.status not in OVER | INACTIVE)
