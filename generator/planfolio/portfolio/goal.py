"""The page of a goal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planfolio.analyse.results import Measure, Status
from planfolio.model.plan import Key
from planfolio.portfolio import formats
from planfolio.portfolio.badges import goal_badge, milestone_badge, visibility_badge
from planfolio.portfolio.components import (
    Bar,
    Card,
    Cell,
    Check,
    Fact,
    Frame,
    Linked,
    Stat,
    Table,
    Tick,
)
from planfolio.portfolio.facts import source_of
from planfolio.portfolio.progress_words import (
    measure_words,
    track_bar,
    track_stats,
    value_words,
    verdict,
)
from planfolio.portfolio.record import RecordPart, record_frame, record_part
from planfolio.portfolio.smart import checks
from planfolio.portfolio.steps import StepRecord, answers_fact, raises_table, waits_for

if TYPE_CHECKING:
    from planfolio.analyse.results import GoalNumbers, Measurement, MeasureProgress
    from planfolio.model.plan import Goal, Milestone
    from planfolio.portfolio.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPart:
    """Progress by one measure: a bar against time, and the numbers behind it."""

    title: str
    bar: Bar
    stats: tuple[Stat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """A goal: how it stands, its five checks, its steps, what it does for the role, and its past.

    `tracks` has one part, or two where a metric and milestones both measure it; none where the
    goal is one step.
    """

    frame: Frame
    record: RecordPart
    verdict: str
    tracks: tuple[TrackPart, ...]
    checks: tuple[Check, ...]
    milestones: Table | None
    parts: tuple[Card, ...]
    checklist: tuple[Tick, ...]
    ticked: str
    raises: Table | None
    plans: tuple[Fact, ...]
    replans: Table | None
    readings: Table | None


_OWN = (
    "milestones",
    "metric",
    "smart",
    "replans",
    "if_then",
    "raises",
    "answers",
    "why",
    "log",
    "status",
    "parent",
    "role",
    "after",
    "done",
    "when",
    "start",
    "due",
)
"""The fields that the page of a goal shows in its own way."""


def goal_view(goal: Goal, scope: Scope) -> GoalView:
    """Return the page of a goal."""
    numbers = scope.analysis.goals[goal.id]
    milestones = scope.plan.milestones_of.get(goal.id, ())
    children = scope.plan.children_of.get(goal.id, ())
    tracks = numbers.measures
    ticks = tuple(Tick(task.text, task.done) for task in goal.body.tasks if task.leaf)
    shown = {record.key for record in (*milestones, *children)}
    raising: tuple[StepRecord, ...] = (goal, *milestones)
    return GoalView(
        frame=record_frame(goal, scope=scope, description=goal.fields.why or ""),
        record=record_part(
            goal,
            scope=scope,
            kicker=_kicker(goal),
            lead=goal.fields.why or "",
            badge=goal_badge(numbers),
            facts=_facts(goal, scope=scope),
            omit=_OWN,
            shown=shown | scope.named.get(goal.key, frozenset()),
        ),
        verdict=verdict(numbers, goal=goal),
        tracks=tuple(
            TrackPart(
                title=measure_words(track.measure),
                bar=track_bar(track),
                stats=track_stats(track, goal=goal, numbers=numbers),
            )
            for track in tracks
            if _is_measured(track)
        ),
        checks=checks(goal, scope=scope),
        milestones=_milestones(milestones, scope=scope),
        parts=tuple(goal_card(child, scope) for child in children),
        checklist=ticks,
        ticked=f"{sum(1 for tick in ticks if tick.done)} of {len(ticks)} ticked",
        raises=raises_table(
            raising, role=goal.fields.role, scope=scope, caption="The skills it raises"
        ),
        plans=tuple(
            Fact(formats.sentence(when), (Linked(then),))
            for when, then in goal.fields.if_then.items()
        ),
        replans=_replans(goal),
        readings=_readings(goal, scope=scope),
    )


def goal_card(goal: Goal, scope: Scope) -> Card:
    """Return a goal as a card: its status, its bar, when it is due."""
    numbers = scope.analysis.goals[goal.id]
    resting = numbers.status in (Status.PAUSED, Status.DROPPED, Status.DRAFT, Status.DONE)
    return Card(
        scope.title(goal),
        kicker=formats.plan_date(goal.due) if goal.due else _kicker(goal),
        text=goal.fields.why or "",
        badge=goal_badge(numbers),
        visibility=visibility_badge(goal.visibility),
        bar=None if resting else _card_bar(numbers),
    )


def _card_bar(numbers: GoalNumbers) -> Bar | None:
    """Return the leading track as a bar in the tone of the goal, the worse of its tracks."""
    if not _is_measured(numbers.leading):
        return None
    return replace(track_bar(numbers.leading), tone=goal_badge(numbers).tone)


def goal_bar(goal: Goal, scope: Scope) -> Bar | None:
    """Return the bar of a goal for a table, or None for a goal that is one step."""
    numbers = scope.analysis.goals[goal.id]
    if not _is_measured(numbers.leading):
        return None
    bar = track_bar(numbers.leading, label="")
    return replace(bar, mark_label="", tone=goal_badge(numbers).tone)


def _is_measured(track: MeasureProgress) -> bool:
    return track.progress is not None or track.measure is not Measure.STEP


def _kicker(goal: Goal) -> str:
    kind = goal.fields.kind.value
    return "Goal" if kind == "outcome" else formats.sentence(kind)


def _facts(goal: Goal, *, scope: Scope) -> tuple[Fact, ...]:
    plan, fields = scope.plan, goal.fields
    found = []
    for label, name, when in (("Starts", "start", goal.start), ("Due", "due", goal.due)):
        if when is not None:
            source = source_of(goal, name, scope=scope)
            found.append(Fact(label, (Linked(formats.plan_date(when)),), source))
    done_on = scope.analysis.goals[goal.id].done_on
    if done_on is not None:
        found.append(Fact("Done", (Linked(formats.calendar_day(done_on)),)))
    if fields.role is not None:
        links = scope.links([Key("role", fields.role)])
        found.append(Fact("For the role", links, source_of(goal, "role", scope=scope)))
    if fields.parent is not None:
        found.append(Fact("Part of", scope.links([Key("goal", fields.parent)])))
    after = waits_for(goal, scope=scope)
    if after:
        found.append(Fact("After", tuple(scope.link(plan.records[key]) for key in after)))
    if fields.metric is not None:
        words = value_words(goal, scope.analysis.goals[goal.id])
        found.append(Fact(fields.metric.name or "Measured by", (Linked(words),)))
    found.extend(answers_fact(goal.key, scope=scope))
    return tuple(fact for fact in found if fact.items)


def _milestones(milestones: tuple[Milestone, ...], *, scope: Scope) -> Table | None:
    if not milestones:
        return None
    # A weight counts for the whole goal as soon as one milestone has one; the others weigh 1.
    weighed = any(milestone.fields.weight is not None for milestone in milestones)
    timed = any(milestone.fields.effort is not None for milestone in milestones)
    columns = ["Milestone", "State", "Due"]
    columns += ["Weight"] if weighed else []
    columns += ["Effort"] if timed else []
    return Table(
        "Its milestones",
        tuple(columns),
        tuple(_milestone_row(m, scope=scope, weighed=weighed, timed=timed) for m in milestones),
        tuple(column in ("Weight", "Effort") for column in columns),
    )


def _milestone_row(
    milestone: Milestone, *, scope: Scope, weighed: bool, timed: bool
) -> tuple[Cell, ...]:
    numbers = scope.analysis.milestones[milestone.id]
    fields = milestone.fields
    done = formats.calendar_day(numbers.done_on) if numbers.done_on else ""
    cells = [
        Cell((scope.link(milestone),)),
        Cell((Linked(done),) if done else (), badge=milestone_badge(numbers)),
        Cell((Linked(formats.plan_date(milestone.due) if milestone.due else "no date"),)),
    ]
    if weighed:
        weight = "1" if fields.weight is None else formats.number(fields.weight)
        cells.append(Cell((Linked(weight),), number=True))
    if timed:
        effort = formats.UNKNOWN if fields.effort is None else formats.hours(fields.effort.hours)
        cells.append(Cell((Linked(effort),), number=True))
    return tuple(cells)


def _replans(goal: Goal) -> Table | None:
    if not goal.fields.replans:
        return None
    return Table(
        "How its deadline moved",
        ("Moved on", "From", "To", "Because"),
        tuple(
            (
                Cell((Linked(formats.plan_date(replan.date)),)),
                Cell((Linked(formats.plan_date(replan.from_) if replan.from_ else "no date"),)),
                Cell((Linked(formats.plan_date(replan.to) if replan.to else "no date"),)),
                Cell((Linked(replan.reason or "no reason given"),)),
            )
            for replan in goal.fields.replans
        ),
    )


def _readings(goal: Goal, *, scope: Scope) -> Table | None:
    """Return the values of the metric, the newest first, with the record that says each."""
    numbers = scope.analysis.goals[goal.id]
    if goal.fields.metric is None or not numbers.measurements:
        return None
    unit = f" {goal.fields.metric.unit}" if goal.fields.metric.unit else ""
    return Table(
        "The values of its metric",
        ("On", "Value", "Said in"),
        tuple(
            (
                Cell((Linked(_reading_day(reading, goal=goal)),)),
                Cell((Linked(formats.number(reading.value) + unit),), number=True),
                Cell(
                    (Linked("this goal"),)
                    if reading.source == goal.key
                    else scope.links([reading.source])
                ),
            )
            for reading in reversed(numbers.measurements)
        ),
        (False, True, False),
    )


def _reading_day(reading: Measurement, *, goal: Goal) -> str:
    """Return the day of a value, as precisely as the goal's own history gives it."""
    if reading.on is None:
        return "undated"
    entries = goal.fields.metric.history if goal.fields.metric else ()
    own = (entry.date for entry in entries if reading.source == goal.key)
    return formats.day_as_given(reading.on, among=own)
