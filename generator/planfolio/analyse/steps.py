"""Steps: what is still to do, and which skills it raises, how far and at what effort.

Open steps are those of an active goal that is not done: its milestones that are not done, or the
goal itself where its milestones do not carry the effort. They carry it when one of them has an
effort, or when the goal has none. A goal that is a step stands for its milestones and raises what
they raise; what a goal raises, all its steps do. A record of another kind that raises skills is a
step of its own; where it belongs to a goal, it is open with that goal, and its hours are part of
the goal's for what both raise.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.analyse.days import goal_days, reached
from planfolio.analyse.status import (
    INACTIVE,
    OVER,
    Status,
    StepNumbers,
    Tally,
    status_of_step,
    written_status,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from planfolio.analyse.days import GoalDays
    from planfolio.analyse.goals import GoalNumbers
    from planfolio.model.memo import Memo
    from planfolio.model.plan import Goal, Milestone, Plan, Record, Role
    from planfolio.model.references import Key
    from planfolio.model.scales import Level
    from planfolio.model.values.dates import PlanDate


_BEGUN = {"planned": Status.PLANNED, "doing": Status.STARTED}
"""What the written status of a record that is no goal says of one that is neither done nor late."""

_STEPS_OF_GOALS = ("goal", "milestone")

_WELL = frozenset({Status.ON_TRACK, Status.STARTED, Status.PLANNED, Status.OPEN})


class Raising(NamedTuple):
    """How the open steps raise one skill.

    `level` is the highest that one of them names (None: they only name the skill), `steps` the
    records that name it, in order, `levels` the level to which each raises it, `hours` their effort
    with each open step counted once (None: no effort is known), `due` their earliest due day.
    """

    level: Fraction | None
    steps: tuple[Key, ...]
    levels: tuple[tuple[Key, Fraction], ...]
    hours: Fraction | None
    due: date | None


class _RaisedBy(NamedTuple):
    """One skill that one record raises; `work` has the hours of its open steps."""

    skill: str
    step: Key
    level: Fraction | None
    due: date | None
    work: Mapping[Key, Fraction]


def step_numbers(
    plan: Plan, *, goals: Mapping[str, GoalNumbers], as_of: date, memory: Memo
) -> dict[Key, StepNumbers]:
    """Return the numbers of each record that may raise skills or answer needs, by key.

    A step that is not done is dropped by itself, or inactive with its goal: paused, dropped or
    draft. One whose goal is over without it is never late. Due and start of a milestone are the
    goal's where it has none.
    """
    found: dict[Key, StepNumbers] = {}
    names = {"raises", "answers"}
    kinds = {kind.name for kind in plan.kinds if names & kind.fields.model_fields.keys()}
    for key, record in plan.records.items():
        if key.kind == "goal":
            found[key] = goals[key.id]
        elif key.kind in kinds:
            goal = plan.goal_of(record)
            numbers = goals[goal.id] if goal is not None else None
            found[key] = memory.of(
                key,
                (record, numbers),  # a goal that changed has new numbers
                partial(_step_numbers, record, goal, numbers, as_of=as_of),
            )
    return found


def _step_numbers(
    record: Record[Any], goal: Goal | None, numbers: GoalNumbers | None, *, as_of: date
) -> StepNumbers:
    start, due = record.start, record.due
    if goal is not None and record.key.kind == "milestone":
        start, due = start or goal.start, due or goal.due
    days = goal_days(start, due, as_of=as_of)
    status = _status(record, days, goal=numbers)
    leaves = record.body.leaves
    return StepNumbers(
        status=status,
        open=status not in INACTIVE | OVER and (numbers is None or numbers.open),
        done_on=_done_on(record, as_of=as_of) if status is Status.DONE else None,
        late_days=days.overdue if status is Status.LATE else None,
        tally=Tally(sum(task.done for task in leaves), len(leaves)) if leaves else None,
    )


def _status(record: Record[Any], days: GoalDays, *, goal: GoalNumbers | None) -> Status:
    """Return the status of a step: as written, else its goal's at rest, else by its days."""
    written = written_status(record.fields, as_of=days.as_of)
    if written is not None:
        return written
    if goal is not None and goal.status in INACTIVE:
        return goal.status
    status = status_of_step(days)
    if status is not Status.LATE:
        return _BEGUN.get(getattr(record.fields, "status", ""), status)
    return Status.OPEN if goal is not None and goal.status in OVER else status


def _done_on(record: Record[Any], *, as_of: date) -> date | None:
    """Return the day on which a record was done: as written, else the end of its dates."""
    done_on = reached(getattr(record.fields, "done", None), as_of=as_of)
    if done_on is None and record.due is not None and record.due.last <= as_of:
        return record.due.last
    return done_on


def safe_steps(plan: Plan, *, steps: Mapping[Key, StepNumbers]) -> frozenset[Key]:
    """Return the steps that go well: on track, started, planned or open, as is their goal."""
    well = {key for key, step in steps.items() if step.status in _WELL}
    return frozenset(
        key for key in well if (goal := plan.goal_of(plan.records[key])) is None or goal.key in well
    )


def raisings(
    plan: Plan, *, steps: Mapping[Key, StepNumbers], required: Mapping[str, Fraction]
) -> dict[str, Raising]:
    """Return by skill how the open steps raise it.

    `required` has the levels that target roles require. A skill that is raised without a level is
    raised as far as the goal's role requires, else as far as any target role does.
    """
    found: dict[str, list[_RaisedBy]] = {}
    for key, step in steps.items():
        record = plan.records[key]
        if not step.open:
            continue
        if key.kind == "goal":
            raised = _raised_by_goal(plan, record, steps=steps, required=required)
        elif key.kind == "milestone" and record.fields.goal in plan.goals:
            continue  # counted with its goal
        else:
            raised = _raised_by(record, plan=plan, required=required)
        for one in raised:
            found.setdefault(one.skill, []).append(one)
    return {skill: _together(raised, plan) for skill, raised in found.items()}


def raised_to(
    skill: str, level: Level | None, *, role: Role | None, required: Fraction | None
) -> Fraction | None:
    """Return the level that a skill is raised to: as written, else as the role requires.

    `required` is what any target role does, where the role says nothing.
    """
    if level is not None:
        return level.number
    requirement = role.fields.requires.get(skill) if role is not None else None
    if requirement is not None and requirement.level is not None:
        return requirement.level.number
    return required


def _goal_key(key: Key, plan: Plan) -> Key | None:
    """Return the goal that a step is or belongs to."""
    record = plan.records[key]
    goal = record if key.kind == "goal" else plan.goal_of(record)
    return goal.key if goal is not None else None


def _raised_by(
    record: Record[Any], *, plan: Plan, required: Mapping[str, Fraction]
) -> Iterator[_RaisedBy]:
    work = _hours(record)
    due = record.due.last if record.due is not None else None
    goal = plan.goal_of(record)
    role = plan.roles.get(goal.fields.role or "") if goal is not None else None
    for skill, level in getattr(record.fields, "raises", {}).items():
        aim = raised_to(skill, level, role=role, required=required.get(skill))
        yield _RaisedBy(skill, record.key, aim, due, work)


def _raised_by_goal(
    plan: Plan,
    goal: Goal,
    *,
    steps: Mapping[Key, StepNumbers],
    required: Mapping[str, Fraction],
) -> Iterator[_RaisedBy]:
    role = plan.roles.get(goal.fields.role or "")

    def aim(skill: str, level: Level | None) -> Fraction | None:
        return raised_to(skill, level, role=role, required=required.get(skill))

    milestones = [
        milestone
        for milestone in plan.milestones_of.get(goal.id, ())
        if steps[milestone.key].status is not Status.DROPPED
    ]
    left = [milestone for milestone in milestones if steps[milestone.key].open]
    carried = _carry_effort(milestones, goal=goal)
    work: dict[Key, Fraction] = {}
    for record in left if carried else [goal]:
        work.update(_hours(record))
    due = goal.due.last if goal.due is not None else None
    for skill, level in goal.fields.raises.items():
        yield _RaisedBy(skill, goal.key, aim(skill, level), due, work)
    for milestone in left:
        due_date = _due_date(milestone, goal=goal)
        due, own = due_date.last if due_date else None, _hours(milestone) if carried else work
        for skill, level in milestone.fields.raises.items():
            yield _RaisedBy(skill, milestone.key, aim(skill, level), due, own)


def _due_date(milestone: Milestone, *, goal: Goal | None) -> PlanDate | None:
    """Return the date a milestone is due: its own, else its goal's."""
    return milestone.due or (goal.due if goal is not None else None)


def _carry_effort(milestones: Sequence[Milestone], *, goal: Goal) -> bool:
    if any(milestone.fields.effort is not None for milestone in milestones):
        return True
    return bool(milestones) and goal.fields.effort is None


def _hours(record: Record[Any]) -> dict[Key, Fraction]:
    effort = getattr(record.fields, "effort", None)
    return {record.key: effort.hours} if effort is not None else {}


def _together(raised: Sequence[_RaisedBy], plan: Plan) -> Raising:
    hours: dict[Key, Fraction] = {}
    own = (one.step for one in raised if one.step.kind in _STEPS_OF_GOALS and one.work)
    with_hours = {_goal_key(step, plan) for step in own}
    for one in raised:
        if one.step.kind in _STEPS_OF_GOALS or _goal_key(one.step, plan) not in with_hours:
            hours.update(one.work)
    levels = [one.level for one in raised if one.level is not None]
    return Raising(
        level=max(levels, default=None),
        steps=tuple(sorted({one.step for one in raised})),
        levels=tuple((one.step, one.level) for one in raised if one.level is not None),
        hours=sum(hours.values(), Fraction(0)) if hours else None,
        due=min((one.due for one in raised if one.due is not None), default=None),
    )
