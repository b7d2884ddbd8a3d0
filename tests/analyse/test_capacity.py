"""Whether a plan fits its hours: what is scheduled, and what that says of goals and roles."""

from typing import Any

import pytest
from tests.analyse.planned import AnyRecord, goal, milestone, numbers_of, planned, role, skill

from planfolio.analyse.schedule import Capacity
from planfolio.model.references import Key

ON = "2026-07-01"


def capacity(*records: AnyRecord, hours: str = "7", **plan: Any) -> Capacity:
    """Return the capacity of a plan at an hour a day."""
    return numbers_of(planned(*records, plan={"hours_per_week": hours, **plan}), on=ON).capacity


def finish(found: Capacity, kind: str, name: str) -> str | None:
    """Return the day on which a step is finished."""
    projection = found.projections.get(Key(kind, name))
    return projection.finish.isoformat() if projection is not None else None


def test_without_hours_a_week_all_is_unknown() -> None:
    """No schedule, no verdict."""
    found = numbers_of(planned(goal("a", effort="3h")), on=ON).capacity
    assert found == Capacity(hours_per_week=None)


def test_milestones_with_an_effort_take_the_place_of_their_goal() -> None:
    """3 h and 4 h, not the goal's 90: it ends with the last, 1 day after the 7th, its due day."""
    found = capacity(
        goal("a", effort="90h", due="2026-07-07"),
        milestone("a-1", goal="a", effort="3h"),
        milestone("a-2", goal="a", effort="4h", due="2026-07-20"),
        milestone("a-3", goal="a", effort="50h", dropped={"date": "2026-06-01"}),
    )
    assert finish(found, "milestone", "a-1") == "2026-07-04"
    assert finish(found, "goal", "a") == finish(found, "milestone", "a-2") == "2026-07-08"
    assert found.projections[Key("goal", "a")].late_days == 0
    assert found.fits is True


def test_milestones_without_an_effort_have_no_finish_of_their_own() -> None:
    """The goal is the step; nothing tells when the first of its milestones is reached."""
    found = capacity(
        goal("a", effort="3h", due="2026-12-31"), milestone("a-1", goal="a", due="2026-07-02")
    )
    assert finish(found, "goal", "a") == "2026-07-04"
    assert finish(found, "milestone", "a-1") is None
    assert found.fits is True


def test_a_goal_has_the_slack_of_the_last_of_its_milestones_and_starts_with_the_first() -> None:
    """3 h end on the 4th, the other 4 h begin on the 5th, end on the 8th, and are due on the 20th.

    4 h before the 20th can start on the 17th at the latest.
    """
    found = capacity(
        goal("a", due="2026-07-20"),
        milestone("a-1", goal="a", effort="3h", due="2026-07-06"),
        milestone("a-2", goal="a", effort="4h"),
    ).projections
    first, last, whole = found.values()
    assert list(found) == [Key("milestone", "a-1"), Key("milestone", "a-2"), Key("goal", "a")]
    assert [str(one.start) for one in (first, last, whole)] == [
        "2026-07-02",
        "2026-07-05",
        "2026-07-02",
    ]
    assert [one.slack_days for one in (first, last, whole)] == [2, 12, 12]
    assert str(whole.latest_start) == "2026-07-17"


@pytest.mark.parametrize(
    ("step", "ends"),
    [
        (goal("a", effort="8h", tasks="x-"), "2026-07-05"),
        (goal("a", effort="8h", metric={"target": "4", "current": "3"}), "2026-07-03"),
        # Its own checklist counts, though the metric is the first of its measures.
        (goal("a", effort="8h", tasks="x-", metric={"target": "4", "current": "3"}), "2026-07-05"),
        (milestone("a", goal="b", effort="8h", tasks="xxx-"), "2026-07-03"),
        (milestone("a", goal="b", effort="8h"), "2026-07-09"),
    ],
)
def test_what_is_done_of_a_step_is_not_to_do(step: AnyRecord, ends: str) -> None:
    """Half of 8 h are 4 h, a quarter 2 h; of a milestone its own checklist counts, not its goal."""
    whole = goal("b", tasks="x-")
    assert finish(capacity(step, whole), step.key.kind, "a") == ends


def test_an_effort_of_a_dropped_milestone_does_not_make_milestones_the_steps() -> None:
    """The 3 h of the goal stand; what is left of its milestones has no hours."""
    found = capacity(
        goal("a", effort="3h"),
        milestone("a-1", goal="a", effort="2h", dropped={"date": "2026-06-01"}),
        milestone("a-2", goal="a"),
    )
    assert finish(found, "goal", "a") == "2026-07-04"
    assert found.fits is True


def test_waiting_for_a_goal_is_waiting_for_each_of_its_steps() -> None:
    """`b` is due first, and waits for the 2 h and 3 h of `a`; of a paused goal nothing is left."""
    found = capacity(
        goal("a", due="2026-12-31"),
        milestone("a-1", goal="a", effort="2h"),
        milestone("a-2", goal="a", effort="3h"),
        goal("b", effort="1h", due="2026-07-10", after=["goal/a", "goal/c"]),
        goal("c", effort="40h", status="paused"),
    )
    assert finish(found, "goal", "b") == "2026-07-07"
    assert finish(found, "goal", "c") is None


@pytest.mark.parametrize(
    ("records", "plan", "day"),
    [
        ([goal("a", effort="1h")], {}, "2026-07-02"),
        ([goal("a", effort="1h", start="2026-07-10")], {}, "2026-07-10"),
        ([goal("a", effort="1h")], {"start": "2026-07-10"}, "2026-07-10"),
        ([goal("a", effort="1h", start="2026-07-05")], {"start": "2026-07-10"}, "2026-07-05"),
        ([goal("a", effort="1h", parent="p"), goal("p", start="2026-07-10")], {}, "2026-07-10"),
        ([milestone("a", effort="1h", start="2026-07-10"), goal()], {}, "2026-07-10"),
        ([milestone("a", effort="1h"), goal(start="2026-07-10")], {}, "2026-07-10"),
        (
            [milestone("a", effort="1h"), goal(parent="p"), goal("p", start="2026-07-10")],
            {},
            "2026-07-10",
        ),
        ([milestone("a", effort="1h"), goal()], {"start": "2026-07-10"}, "2026-07-10"),
        (
            [goal("a", effort="1h")],
            {"time_off": [{"from": "2026-07-02", "to": "2026-07-09"}]},
            "2026-07-10",
        ),
    ],
)
def test_a_step_is_worked_on_from_its_release_on(
    records: list[AnyRecord], plan: dict[str, Any], day: str
) -> None:
    """That is its start, else that of its goal, parent or plan; nobody works on a day off.

    One hour takes one day.
    """
    found = capacity(*records, **plan)
    assert finish(found, records[0].key.kind, "a") == day
    assert str(found.projections[records[0].key].start) == day


def test_a_milestone_is_due_and_waits_as_its_goal_does() -> None:
    """`c-1` is due first, and waits for `b`; `a-1` is due with `a`, before `d`."""
    found = capacity(
        goal("a", due="2026-07-05"),
        milestone("a-1", goal="a", effort="1h"),
        goal("b", effort="1h", due="2026-07-06"),
        goal("c", after=["goal/b"]),
        milestone("c-1", goal="c", effort="1h", due="2026-07-04"),
        goal("d", effort="1h", due="2026-07-20"),
    )
    assert [key.id for key in found.projections if key.id not in ("a", "c")] == [
        *("b", "c-1", "a-1", "d"),
    ]


def test_a_goal_has_no_finish_where_the_hours_of_a_milestone_are_not_known() -> None:
    """What is known of the others stands."""
    found = capacity(
        goal("a", due="2026-12-31"),
        milestone("a-1", goal="a", effort="1h"),
        milestone("x", goal="a"),
    )
    assert finish(found, "milestone", "a-1") == "2026-07-02"
    assert finish(found, "goal", "a") is None
    assert found.without_effort == (Key("milestone", "x"),)


def test_an_unknown_effort_leaves_the_verdict_open() -> None:
    """Unless something is late all the same; habits and directions need no effort."""
    free = [goal("h", cadence="week"), goal("d", kind="direction")]
    assert capacity(*free, goal("a", effort="1h")).fits is True
    unknown = goal("u", due="2026-12-31")
    assert capacity(*free, unknown, goal("a", effort="1h")).fits is None
    alone = milestone("m", goal=None, due="2026-12-31")
    assert capacity(alone, goal("a", effort="1h")).fits is None
    assert capacity(*free, unknown, goal("a", effort="9h", due="2026-07-05")).fits is False


def test_a_role_is_ready_when_the_schedule_has_raised_its_skills() -> None:
    """Python at 3 by 4 July, Go at 2 by 9 July: 3 + 2 of 5 required levels, and the must is met."""
    plan = planned(
        role("r", requires={"python": "3", "go": {"level": "2", "must": "true"}}),
        skill("python", level="1"),
        skill("go", level="1"),
        goal("a", effort="3h", due="2026-07-20", raises={"python": "3"}),
        goal("b", effort="5h", due="2026-07-30", raises={"go": "2"}),
        plan={"hours_per_week": "7"},
    )
    found = numbers_of(plan, on=ON).roles["r"]
    assert str(found.ready_on) == "2026-07-09"


def test_what_a_milestone_without_hours_raises_is_raised_with_its_goal() -> None:
    """3 h end on 4 July."""
    plan = planned(
        role("r", requires={"go": "2"}),
        skill("go", level="1"),
        goal("a", effort="3h", due="2026-07-20"),
        milestone("a-1", goal="a", raises={"go": "2"}),
        plan={"hours_per_week": "7"},
    )
    assert str(numbers_of(plan, on=ON).roles["r"].ready_on) == "2026-07-04"
