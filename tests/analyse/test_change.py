"""Laws: what moving days, inserting a pause and doing something change about a goal, and what not.

A random goal is a table of whole numbers: days are counted from a Monday, and day 0 is today unless
a law says otherwise. Below a parent it stands beside another child, so that the laws hold for
parents too.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.analyse.planned import AnyRecord, goal, measure_of, milestone, numbers_of, planned

from planfolio.analyse.goals import GoalNumbers
from planfolio.analyse.measures import Measure, MeasureProgress
from planfolio.analyse.status import Status

MONDAY = date(2026, 7, 6)
TROUBLE = (Status.AT_RISK, Status.OFF_TRACK, Status.LATE)
UNJUDGED = {Status.UNKNOWN, Status.STARTED}


def plain(number: int) -> str:
    """Return the day of a number."""
    return (MONDAY + timedelta(days=number)).isoformat()


@dataclass(frozen=True)
class RandomGoal:
    """A goal with up to four measures; `values` and `reached` are by day, `due` may be None."""

    start: int | None
    due: int | None
    pauses: list[tuple[int, int]] = field(default_factory=list)
    values: dict[int, int] | None = None
    dues: list[int | None] = field(default_factory=list)
    reached: dict[int, int] = field(default_factory=dict)
    tasks: str = ""
    cadence: str | None = None
    log: list[int] = field(default_factory=list)
    done: int | None = None

    def on(self, today: int, *, day: Callable[[int], str] = plain) -> dict[str, GoalNumbers]:
        """Return its numbers and its parent's on a day; `day` says which day each number is."""
        fields: dict[str, Any] = {
            key: day(number)
            for key, number in (("start", self.start), ("due", self.due), ("done", self.done))
            if number is not None
        }
        if self.values is not None:
            history = [{"date": day(n), "value": str(v)} for n, v in self.values.items()]
            fields["metric"] = {"target": "12", "history": history}
        if self.cadence is not None:
            fields |= {"cadence": self.cadence, "log": [day(number) for number in self.log]}
        pauses = [{"from": day(first), "to": day(last)} for first, last in self.pauses]
        pauses += getattr(day, "pause", [])
        records: list[AnyRecord] = [goal("parent"), goal("other", parent="parent", tasks="x")]
        records.append(goal(parent="parent", paused=pauses, tasks=self.tasks, **fields))
        for i, due in enumerate(self.dues):
            done = day(self.reached[i]) if i in self.reached else None
            written = day(due) if due is not None else None
            records.append(milestone(f"m{i}", due=written, done=done))
        return dict(numbers_of(planned(*records), on=day(today)).goals)


DAYS = st.integers(-300, 300)
PAST = st.integers(-300, 0)
GOALS = st.builds(
    RandomGoal,
    start=st.integers(-300, 30) | st.none(),
    due=st.integers(-60, 300) | st.none(),
    pauses=st.lists(st.tuples(DAYS, st.integers(0, 40)).map(lambda p: (p[0], sum(p))), max_size=2),
    values=st.none() | st.dictionaries(PAST, st.integers(-2, 13), max_size=3),
    dues=st.lists(DAYS | st.none(), max_size=3),
    reached=st.dictionaries(st.integers(0, 2), PAST, max_size=2),
    tasks=st.text("x-", max_size=6),
)
HABITS = st.builds(
    replace,
    GOALS,
    cadence=st.sampled_from(["day", "2/week", "2 weeks", "weekdays", "2/day"]),
    log=st.lists(st.integers(-60, 0), max_size=30),
)


def shown(found: MeasureProgress, *, back: int = 0) -> dict[str, Any]:
    """Return the numbers of a measure with its days so many earlier."""
    numbers = found._asdict()
    for name in ("forecast", "completed_on"):
        if numbers[name] is not None:
            numbers[name] -= timedelta(days=back)
    earlier = timedelta(days=back)
    numbers["periods"] = [
        one._replace(first=one.first - earlier, last=one.last - earlier) for one in found.periods
    ]
    return numbers


@given(GOALS, st.integers(-2000, 2000))
def test_moving_all_days_moves_days_and_no_number(random: RandomGoal, by: int) -> None:
    """Today too; leap years and ends of months are no days of their own."""
    before, after = random.on(0), random.on(0, day=lambda number: plain(number + by))
    for name, numbers in before.items():
        moved = after[name]
        assert [shown(m) for m in numbers.measures] == [shown(m, back=by) for m in moved.measures]
        assert numbers.status is moved.status


@given(HABITS, st.integers(-100, 100))
def test_moving_all_days_by_weeks_changes_no_number_of_a_habit(
    random: RandomGoal, weeks: int
) -> None:
    """Its periods are the calendar's: days, weeks and fortnights move with it."""
    before, after = random.on(0), random.on(0, day=lambda number: plain(number + 7 * weeks))
    habit, moved = (measure_of(of["goal"], Measure.CADENCE) for of in (before, after))
    assert shown(habit) == shown(moved, back=7 * weeks)


class Later:
    """Days with a pause of so many put in before one of them, and all from there on later."""

    def __init__(self, first: int, length: int) -> None:
        self._first, self._length = first, length
        self.pause = [{"from": plain(first), "to": plain(first + length - 1)}]

    def __call__(self, number: int) -> str:
        """Return the day of a number."""
        return plain(number + self._length if number >= self._first else number)


@given(GOALS, st.integers(-250, 0), st.integers(1, 60))
def test_a_pause_put_into_the_past_moves_what_follows_and_the_forecast_by_its_days(
    random: RandomGoal, first: int, length: int
) -> None:
    """Who rested n days and went on as before ends n days later, and is as well on track."""
    before, after = random.on(0), random.on(0, day=Later(first, length))
    for name, numbers in before.items():
        assert numbers.status is after[name].status
        for measure, moved in zip(numbers.measures, after[name].measures, strict=True):
            kept = ("status", "progress", "expected", "spi", "done", "total", "planned")
            assert [getattr(measure, k) for k in kept] == [getattr(moved, k) for k in kept]
            if measure.forecast is None:
                assert moved.forecast is None
            else:
                assert moved.forecast == measure.forecast + timedelta(days=length)


def tick(random: RandomGoal) -> RandomGoal:
    """Tick the next item of the list."""
    assume("-" in random.tasks)
    return replace(random, tasks=random.tasks.replace("-", "x", 1))


def reach(random: RandomGoal) -> RandomGoal:
    """Reach the next milestone today."""
    left = [i for i in range(len(random.dues)) if i not in random.reached]
    assume(left)
    return replace(random, reached={**random.reached, left[0]: 0})


def improve(random: RandomGoal) -> RandomGoal:
    """Write a value of today that is better than all before."""
    assume(random.values is not None)
    values = random.values or {}
    return replace(random, values={**values, 0: max([0, *values.values()]) + 1})


def practise(random: RandomGoal) -> RandomGoal:
    """Write a session of today."""
    return replace(random, log=[*random.log, 0])


def finish(random: RandomGoal) -> RandomGoal:
    """Write that it is done today."""
    return replace(random, done=0)


def trouble(status: Status) -> int:
    """Return how bad a status is: 3 late, 2 off track, 1 at risk, 0 any other."""
    return TROUBLE.index(status) + 1 if status in TROUBLE else 0


@given(HABITS | GOALS, st.sampled_from([tick, reach, improve, practise, finish]))
def test_doing_something_never_makes_a_status_worse(
    random: RandomGoal, act: Callable[[RandomGoal], RandomGoal]
) -> None:
    """No measure that was judged gets worse or unknown, and no share smaller.

    So no goal gets worse of which all is judged. What was unknown or too early to say may turn out
    bad: a new value is a fact, and a session may complete the fourth period of a habit. What is
    begun before its start is no longer planned: it has started, or is unknown without an end.
    """
    before, after = random.on(0), act(random).on(0)
    for old, new in zip(before["goal"].measures, after["goal"].measures, strict=True):
        if old.status not in UNJUDGED:
            assert trouble(new.status) <= trouble(old.status)
            assert new.status is not Status.UNKNOWN or old.status is Status.PLANNED
        if old.progress is not None:
            assert new.progress is not None
            assert new.progress >= old.progress
    if UNJUDGED.isdisjoint(measure.status for measure in before["goal"].measures):
        for name in ("goal", "parent"):
            assert trouble(after[name].status) <= trouble(before[name].status)
