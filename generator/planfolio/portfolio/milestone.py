"""The page of a milestone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.analyse.results import Status
from planfolio.model.plan import Key
from planfolio.portfolio import formats
from planfolio.portfolio.badges import milestone_badge
from planfolio.portfolio.components import Bar, Fact, Frame, Linked, Table, Tick
from planfolio.portfolio.facts import source_of
from planfolio.portfolio.record import RecordPart, record_frame, record_part
from planfolio.portfolio.steps import answers_fact, neighbour_facts, raises_table, waits_for

if TYPE_CHECKING:
    from planfolio.analyse.results import MilestoneNumbers
    from planfolio.model.plan import Milestone
    from planfolio.portfolio.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneView:
    """A milestone: whose step it is, when it is due, what it raises, and its neighbours."""

    frame: Frame
    record: RecordPart
    bar: Bar | None
    checklist: tuple[Tick, ...]
    raises: Table | None
    celebrate: str
    neighbours: tuple[Fact, ...]


_OWN = ("goal", "start", "due", "when", "done", "after", "raises", "answers", "celebrate", "proof")


def milestone_view(milestone: Milestone, scope: Scope) -> MilestoneView:
    """Return the page of a milestone, in a file of its own or in its goal's."""
    numbers = scope.analysis.milestones[milestone.id]
    goal = scope.plan.goals.get(milestone.fields.goal or "")
    siblings = scope.plan.milestones_of.get(goal.id, ()) if goal else ()
    place = next((i for i, s in enumerate(siblings) if s.key == milestone.key), 0)
    before = siblings[place - 1] if place > 0 else None
    after = siblings[place + 1] if place + 1 < len(siblings) else None
    neighbours = {record.key for record in (before, after) if record is not None}
    return MilestoneView(
        frame=record_frame(
            milestone, scope=scope, crumbs=(scope.title(goal),) if goal is not None else ()
        ),
        record=record_part(
            milestone,
            scope=scope,
            kicker="Milestone",
            badge=milestone_badge(numbers),
            facts=_facts(milestone, numbers, scope=scope),
            omit=_OWN,
            shown=neighbours | scope.named.get(milestone.key, frozenset()),
        ),
        bar=_bar(numbers),
        checklist=tuple(Tick(task.text, task.done) for task in milestone.body.tasks if task.leaf),
        raises=raises_table(
            [milestone],
            role=goal.fields.role if goal is not None else None,
            scope=scope,
            caption="The skills it raises",
        ),
        celebrate=_celebrate(milestone, numbers),
        neighbours=neighbour_facts(before, after, scope=scope),
    )


def _facts(milestone: Milestone, numbers: MilestoneNumbers, *, scope: Scope) -> tuple[Fact, ...]:
    fields = milestone.fields
    found = []
    if fields.goal is not None:
        found.append(Fact("Goal", scope.links([Key("goal", fields.goal)])))
    for label, name, when in (
        ("Starts", "start", milestone.start),
        ("Due", "due", milestone.due),
    ):
        if when is not None:
            source = source_of(milestone, name, scope=scope)
            found.append(Fact(label, (Linked(formats.plan_date(when)),), source))
    if numbers.done_on is not None:
        found.append(Fact("Reached", (Linked(formats.calendar_day(numbers.done_on)),)))
    if fields.proof is not None:
        found.append(Fact("Proof", (Linked("See for yourself", fields.proof, external=True),)))
    found.append(Fact("After", scope.links(waits_for(milestone, scope=scope))))
    found.extend(answers_fact(milestone.key, scope=scope))
    return tuple(fact for fact in found if fact.items)


def _celebrate(milestone: Milestone, numbers: MilestoneNumbers) -> str:
    if not milestone.fields.celebrate:
        return ""
    when = "Celebrated" if numbers.status is Status.DONE else "To celebrate"
    return f"{when}: {milestone.fields.celebrate}"


def _bar(numbers: MilestoneNumbers) -> Bar | None:
    """Return the checklist of a milestone as a bar, or None without one."""
    if numbers.tally is None or numbers.progress is None:
        return None
    tally = f"{numbers.tally.done} of {numbers.tally.total} ticked"
    return Bar("Checklist", tally, formats.length(numbers.progress))
