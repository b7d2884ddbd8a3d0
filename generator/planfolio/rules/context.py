"""The context of rules: a plan, its numbers, and what several rules compute from them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from planfolio.analyse.analysis import Analysis
from planfolio.analyse.goals import GoalNumbers
from planfolio.model.kinds.goal import GoalKind
from planfolio.model.kinds.role import NeedKind, RoleStatus
from planfolio.model.plan import Goal, Milestone, Plan, Record, Role
from planfolio.model.references import Key
from planfolio.rules.phrases import Phrases, phrases_of

AnyRecord = TypeVar("AnyRecord", bound="Record[Any]")


class RuleContext:
    """A plan and its numbers on one day.

    `unsure` are the records of which an error may hide something.
    """

    def __init__(
        self, plan: Plan, analysis: Analysis, *, unsure: Collection[Key] = frozenset()
    ) -> None:
        self.plan, self.analysis, self.unsure = plan, analysis, unsure

    @property
    def as_of(self) -> date:
        """The day of the numbers."""
        return self.analysis.as_of

    def numbers(self, goal: Goal) -> GoalNumbers:
        """Return the numbers of a goal."""
        return self.analysis.goals[goal.id]

    def without_errors(self, records: Iterable[AnyRecord]) -> list[AnyRecord]:
        """Return the records that no error affects, for one finding about all of them."""
        return [record for record in records if record.key not in self.unsure]

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases of the plan's language."""
        return phrases_of(self.plan.settings.language)

    @cached_property
    def target_roles(self) -> tuple[Role, ...]:
        """The roles with the status target."""
        roles = self.plan.roles.values()
        return tuple(role for role in roles if role.fields.status is RoleStatus.TARGET)

    @cached_property
    def required_skills(self) -> frozenset[str]:
        """The skills that a role which is not dropped requires."""
        return frozenset(
            skill
            for role in self.plan.roles.values()
            if role.fields.status is not RoleStatus.DROPPED
            for skill in role.fields.requires
        )

    def active(self, letter: str = "") -> list[Goal]:
        """Return the goals that are worked on or waiting, without those that except the letter."""
        return [goal for goal in self._open_goals if not excepts(goal, letter)]

    @cached_property
    def _open_goals(self) -> list[Goal]:
        return [goal for goal in self.plan.goals.values() if self.numbers(goal).is_open]

    def goals_with_end(self, letter: str) -> Iterator[Goal]:
        """Yield the active goals that are no habits, directions or parents of others."""
        for goal in self.active(letter):
            endless = is_habit(goal) or goal.fields.kind is GoalKind.DIRECTION
            if not endless and goal.id not in self.plan.children_of:
                yield goal

    def open_milestones(self, letter: str) -> Iterator[Milestone]:
        """Yield the milestones that are not done, of active goals and of none."""
        active = {None, *(goal.id for goal in self.active(letter))}
        for milestone in self.plan.milestones.values():
            if self.analysis.steps[milestone.key].is_open and milestone.fields.goal in active:
                yield milestone

    def open_steps(self, letter: str) -> Iterator[Record[Any]]:
        """Yield the active goals, the open milestones and the open steps of other kinds."""
        yield from self.active(letter)
        yield from self.open_milestones(letter)
        yield from self.other_steps(letter)

    def other_steps(self, letter: str) -> Iterator[Record[Any]]:
        """Yield the open steps that are neither goals nor milestones: courses, books and so on."""
        for key, step in self.analysis.steps.items():
            record = self.plan.records[key]
            is_other = step.is_open and key.kind not in {"goal", "milestone"}
            if is_other and not excepts(self.plan.goal_of(record), letter):
                yield record

    def has_parts(self, goal: Goal) -> bool:
        """Return whether a goal has milestones or a checklist."""
        return goal.id in self.plan.milestones_of or bool(goal.body.leaves)

    def is_measured(self, goal: Goal) -> bool:
        """Return whether anything of a goal itself shows how far it is or that it is reached."""
        fields = goal.fields
        measures = (fields.metric, fields.done_when, fields.cadence)
        return self.has_parts(goal) or any(measure is not None for measure in measures)

    @cached_property
    def vague_titles(self) -> Mapping[Key, str]:
        """The words that make a title vague, by goal, whether or not the goal excepts S.

        Children are no measure here: a vague title stays vague with parts. A direction may be.
        """
        return {
            goal.key: words
            for goal in self.active()
            if goal.fields.kind is not GoalKind.DIRECTION and not self.is_measured(goal)
            if (words := self.phrases.vague_words(goal.title)) is not None
        }

    def needs_of(self, step: Record[Any]) -> set[NeedKind]:
        """Return the needs that a step names itself, and those of a role that it answers."""
        kinds = {getattr(step.fields, "need", None)}
        answers = (self.plan.needs.get(name) for name in getattr(step.fields, "answers", ()))
        kinds |= {need.need for need in answers if need is not None}
        return {kind for kind in kinds if kind is not None}

    def is_exam(self, step: Record[Any]) -> bool:
        """Return whether a step is a certificate or an exam, which one passes or does not."""
        is_certificate = NeedKind.CERTIFICATION in self.needs_of(step)
        return is_certificate or self.phrases.exam(step.title) is not None


def is_habit(goal: Goal) -> bool:
    """Return whether a goal is kept up rather than reached."""
    return goal.fields.kind is GoalKind.HABIT or goal.fields.cadence is not None


def excepts(goal: Goal | None, letter: str) -> bool:
    """Return whether a goal excepts a letter of SMART."""
    smart = goal.fields.smart if goal is not None else None
    return smart is not None and letter in smart.except_
