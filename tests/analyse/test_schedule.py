"""The schedule: by the worked example, and against every order of work of small plans."""

import random
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations

import pytest

from planfolio.analyse.days import NO_DAYS_OFF, DaysOff
from planfolio.analyse.schedule import Capacity, ScheduledStep, schedule
from planfolio.model.references import Key

AS_OF = date(2026, 7, 1)


def step(name: str, hours: int | str, due: str = "", **others: object) -> ScheduledStep:
    """Return a goal to be scheduled, from as_of on where no release is given."""
    return ScheduledStep(
        key=Key("goal", name),
        work=Fraction(hours),
        due=date.fromisoformat(due) if due else None,
        released=date.fromisoformat(str(others.get("released", "2026-01-01"))),
        after=tuple(Key("goal", name) for name in str(others.get("after", "")).split()),
    )


def scheduled(*steps: ScheduledStep, hours: int | str = 6, off: DaysOff = NO_DAYS_OFF) -> Capacity:
    """Return the schedule of some steps at hours a week."""
    by_key = {one.key: one for one in steps}
    return schedule(by_key, hours_per_week=Fraction(hours), time_off=off, as_of=AS_OF)


def finishes(found: Capacity) -> dict[str, str]:
    """Return the finish of each step by its id."""
    return {key.id: day.finish.isoformat() for key, day in found.projections.items()}


def test_the_worked_example() -> None:
    """At 6/7 h a day: 20 h take 23 1/3 days, 50 h 58 1/3 days, 66 h 77 days.

    There are 28 days and 24 h until 29 July, 56 days and 48 h until 26 August. 50 h in 8 weeks are
    6.25 h a week, rounded up 6.3. The second could start 35 days before its due day.
    """
    found = scheduled(
        step("a", 20, "2026-07-29"), step("b", 30, "2026-08-26"), step("c", 16, "2026-10-21")
    )
    assert finishes(found) == {"a": "2026-07-25", "b": "2026-08-29", "c": "2026-09-16"}
    (window,) = found.late
    assert (window.step.id, window.first, window.last) == ("b", date(2026, 7, 2), date(2026, 8, 26))
    assert [window.needed_hours, window.available_hours] == [Fraction(50), Fraction(48)]
    assert found.needed_hours_per_week == Fraction("6.3")
    assert found.projections[Key("goal", "b")].latest_start == date(2026, 7, 23)


def test_a_step_finished_at_the_end_of_a_day_is_finished_on_it() -> None:
    """7 h at 1 h a day, with 4 and 5 July off: 2, 3, 6, 7, 8, 9, 10 July."""
    off = DaysOff.of([(date(2026, 7, 4), date(2026, 7, 5))])
    assert finishes(scheduled(step("a", 7), hours=7, off=off)) == {"a": "2026-07-10"}


def test_the_steps_since_the_last_break_decide_the_end() -> None:
    """`a` ends on 3 July; `b` comes on the 6th, interrupts nothing, and `c` waits for it.

    `d` takes no time and is released last of all: it is not worked on.
    """
    found = scheduled(
        step("a", 2, "2026-07-20"),
        step("b", 4, "2026-07-30", released="2026-07-06"),
        step("c", 1, after="b"),
        step("d", 0, released="2026-09-01"),
        hours=7,
    )
    assert [key.id for key in found.chain] == ["b", "c"]
    days = {key.id: each.start.isoformat() for key, each in found.projections.items()}
    assert days == {"a": "2026-07-02", "b": "2026-07-06", "c": "2026-07-10"}


def test_a_step_without_hours_is_late_only_because_of_others() -> None:
    """`a` is due before `z` is released: no hours would help `z`. `y` waits for 4 h of `a`."""
    found = scheduled(
        step("a", 4, "2026-07-03"),
        step("y", 0, "2026-07-03", after="a"),
        step("z", 0, "2026-07-03", released="2026-07-05"),
        hours=7,
    )
    assert [f"{w.step.id} {w.needed_hours} {w.available_hours}" for w in found.late] == [
        "a 4 2",
        "y 4 2",
    ]
    assert found.needed_hours_per_week == 14


def test_the_last_day_to_start_leaves_time_for_what_waits() -> None:
    """3 h of `b` before the end of 11 July start on the 9th, 2 h of `a` before that on the 7th.

    4 h of `c` before 2 July are too many, and `d` has no due day.
    """
    found = scheduled(
        step("a", 2, "2026-07-30"),
        step("b", 3, "2026-07-11", after="a"),
        step("c", 4, "2026-07-02"),
        step("d", 1),
        hours=7,
    )
    latest = {key.id: str(each.latest_start) for key, each in found.projections.items()}
    assert latest == {"a": "2026-07-07", "b": "2026-07-09", "c": "None", "d": "None"}


def test_an_urgent_step_interrupts_another() -> None:
    """`b` comes on the third day, takes 2 h of 1 h a day, and `a` goes on for its last 2."""
    found = scheduled(
        step("a", 4, "2026-07-20"), step("b", 2, "2026-07-06", released="2026-07-04"), hours=7
    )
    assert finishes(found) == {"b": "2026-07-05", "a": "2026-07-07"}


@pytest.mark.parametrize("before", ["2", "9"], ids=["idle", "spent on a later deadline"])
def test_the_proof_of_lateness_begins_where_the_work_on_it_can(before: str) -> None:
    """`b` comes on 6 July and takes 5 h; the 6th, 7th and 8th have 3."""
    found = scheduled(
        step("a", before, "2026-07-30"), step("b", 5, "2026-07-08", released="2026-07-06"), hours=7
    )
    (window,) = found.late
    assert (window.first, window.last) == (date(2026, 7, 6), date(2026, 7, 8))
    assert [window.needed_hours, window.available_hours] == [Fraction(5), Fraction(3)]


def test_what_an_urgent_step_waits_for_is_as_urgent() -> None:
    """`a` has no due day of its own, but `b` waits for it; `c` is due in between."""
    found = scheduled(
        step("a", 2), step("b", 2, "2026-07-06", after="a"), step("c", 2, "2026-07-08"), hours=7
    )
    assert finishes(found) == {"a": "2026-07-03", "b": "2026-07-05", "c": "2026-07-07"}
    assert found.projections[Key("goal", "a")].deadline == date(2026, 7, 6)


def test_of_steps_as_urgent_the_one_with_the_fewest_before_it_goes_first() -> None:
    """After `a`, `m` goes before `c`, which waited; then by id, and of one id the goal first."""
    due = "2026-07-30"
    found = scheduled(
        step("m", 1, due)._replace(key=Key("milestone", "m")),
        *(step("n", 1, due), step("m", 1, due), step("c", 1, due, after="a"), step("a", 1, due)),
        hours=7,
    )
    assert [f"{key.kind} {key.id}" for key in found.projections] == [
        *("goal a", "goal m", "milestone m", "goal n", "goal c"),
    ]


def test_a_step_without_hours_binds_what_is_around_it() -> None:
    """`b` takes no time: `c` waits for its release, and `a` inherits its due day."""
    found = scheduled(
        step("a", 2),
        step("b", 0, "2026-07-03", after="a", released="2026-07-10"),
        step("c", 1, after="b"),
        hours=7,
    )
    assert finishes(found) == {"a": "2026-07-03", "c": "2026-07-10"}
    assert found.projections[Key("goal", "a")].deadline == date(2026, 7, 3)


def test_no_hours_would_do_for_a_due_day_that_has_passed_or_is_wholly_off() -> None:
    """Both are named, and no number of hours is given."""
    off = DaysOff.of([(date(2026, 7, 2), date(2026, 7, 9))])
    found = scheduled(
        step("past", 1, "2026-06-30"), step("off", 1, "2026-07-09"), step("c", 1), off=off
    )
    assert [key.id for key in found.impossible] == ["off", "past"]
    assert found.needed_hours_per_week is None


def test_no_hours_would_do_for_what_waits_for_a_day_after_it_is_due() -> None:
    """Even if what begins so late takes no time itself."""
    found = scheduled(
        step("a", 0, released="2026-08-01"), step("b", 1, "2026-07-10", after="a"), step("c", 1)
    )
    assert [key.id for key in found.impossible] == ["b"]
    assert found.needed_hours_per_week is None


@pytest.mark.parametrize("due", ["2026-06-30", "2026-07-01"])
def test_a_window_without_a_day_has_no_first_one(due: str) -> None:
    """On 1 July work can begin on the next day."""
    (window,) = scheduled(step("a", 4, due)).late
    assert (window.first, window.last) == (None, date.fromisoformat(due))
    assert [window.needed_hours, window.available_hours] == [Fraction(4), Fraction(0)]


def test_without_a_due_day_no_hours_are_needed() -> None:
    """Nothing can be late."""
    assert scheduled(step("a", 40)).needed_hours_per_week == 0
    assert scheduled().needed_hours_per_week == 0


def test_ten_thousand_steps_with_twenty_thousand_precedences() -> None:
    """They are all finished, in an order that keeps every precedence."""
    chance = random.Random(1)  # noqa: S311 - to be had again
    steps = [
        step(
            f"{n:05}",
            chance.randint(1, 40),
            (AS_OF + timedelta(days=chance.randint(300, 40_000))).isoformat(),
            after=" ".join({f"{chance.randrange(n):05}" for _ in range(2)}) if n else "",
        )
        for n in range(10_000)
    ]
    found = scheduled(*steps, hours=40)
    assert len(found.projections) == 10_000
    for one in steps:
        for before in one.after:
            assert found.projections[before].finish <= found.projections[one.key].finish


def latest_by_days(
    order: list[ScheduledStep], *, per_day: Fraction, off: DaysOff
) -> dict[Key, date]:
    """Work through the days: each hour goes to the first step in the order that can be begun."""
    left = {one.key: one.work for one in order}
    done: dict[Key, date] = {}
    day = AS_OF
    while len(done) < len(order):
        day += timedelta(days=1)
        hours = Fraction(0) if day in off else per_day
        while hours > 0:
            ready = (
                one
                for one in order
                if one.key not in done
                and max(one.released, AS_OF) <= day
                and all(key in done for key in one.after)
            )
            one = next(ready, None)
            if one is None:
                break
            worked = min(hours, left[one.key])
            left[one.key] -= worked
            hours -= worked
            if left[one.key] == 0:
                done[one.key] = day
    return done


def lateness(steps: list[ScheduledStep], done: dict[Key, date]) -> int:
    """Return the largest lateness in days of the steps that have a due day; early is negative."""
    return max((done[s.key] - s.due).days for s in steps if s.due is not None)


@pytest.mark.parametrize("seed", range(300))
def test_no_order_of_work_is_less_late(seed: int) -> None:
    """Every order of up to five steps, six in each tenth plan; then the least hours that fit."""
    chance = random.Random(seed)  # noqa: S311 - to be had again
    names = "abcdef"[: 6 if seed % 10 == 0 else chance.randint(1, 5)]
    steps = [
        ScheduledStep(
            key=Key("goal", name),
            work=Fraction(chance.randint(1, 12), 2),
            released=AS_OF + timedelta(days=chance.choice([-5, 1, 1, 3, 6, 9])),
            due=AS_OF + timedelta(days=chance.randint(2, 24)),
            after=tuple(Key("goal", b) for b in names[:at] if chance.random() < 0.25),
        )
        for at, name in enumerate(names)
    ]
    first = AS_OF + timedelta(days=chance.randint(1, 12))
    off = DaysOff.of([(first, first + timedelta(days=chance.randint(0, 4)))])
    found = scheduled(*steps, hours=7, off=off)
    orders = [list(order) for order in permutations(steps)]

    def least(per_day: Fraction) -> int:
        return min(lateness(steps, latest_by_days(o, per_day=per_day, off=off)) for o in orders)

    late = lateness(steps, {key: each.finish for key, each in found.projections.items()})
    assert late == least(Fraction(1))
    assert bool(found.late) == (late > 0)
    for window in found.late:
        assert window.needed_hours > window.available_hours
    needed = found.needed_hours_per_week
    if needed is None:
        assert late > 0
        assert found.impossible
        return
    assert least(needed / 7) <= 0
    if needed > Fraction("0.1"):
        assert least((needed - Fraction("0.1")) / 7) > 0
