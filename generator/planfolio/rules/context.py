"""What rules are given: a plan, its numbers, and the questions that many rules ask of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.analyse.results import Status
from planfolio.model.kinds.goal import GoalKind, GoalStatus, SmartLetter
from planfolio.model.kinds.role import NeedKind, RoleStatus
from planfolio.model.plan import Key
from planfolio.rules.phrases import Phrases, phrases_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.results import Analysis, GoalNumbers
    from planfolio.model.plan import Goal, Milestone, Plan, Record, Role, Skill
    from planfolio.model.source_tree import Loc, Span
    from planfolio.model.values.dates import PlanDate

TITLE: Loc = ("title",)
START: tuple[Loc, ...] = (("start",), ("when",), TITLE)
DUE: tuple[Loc, ...] = (("due",), ("when",), TITLE)
"""Where a field stands, in order; the title when it is written nowhere."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A value that a plan states: where it stands and the date that it has, if any."""

    record: Record[Any]
    loc: Loc
    on: PlanDate | None
    value: Fraction


class Seen(NamedTuple):
    """What a text gives away, and where."""

    what: str
    words: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class RuleContext:
    """What rules are asked about: a plan and its numbers on one day."""

    plan: Plan
    analysis: Analysis

    @property
    def as_of(self) -> date:
        """The day on which the plan is looked at."""
        return self.analysis.as_of

    def numbers(self, goal: Goal) -> GoalNumbers:
        """Return the numbers of a goal."""
        return self.analysis.goals[goal.id]

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases of the plan's language."""
        return phrases_of(self.plan.settings.language)

    @cached_property
    def target_roles(self) -> tuple[Role, ...]:
        """The roles that the plan aims at."""
        roles = self.plan.roles.values()
        return tuple(role for role in roles if role.fields.status is RoleStatus.TARGET)

    @cached_property
    def _active(self) -> tuple[Goal, ...]:
        return tuple(
            goal
            for goal in self.plan.goals.values()
            if goal.fields.status is GoalStatus.ACTIVE
            and self.numbers(goal).status is not Status.DONE
        )

    def active(self, letter: SmartLetter | None = None) -> Iterator[Goal]:
        """Yield the goals that are worked on: written active, and not done.

        Those that do without the letter are left out.
        """
        return iter(self._active_by_letter[letter])

    @cached_property
    def _active_by_letter(self) -> Mapping[SmartLetter | None, tuple[Goal, ...]]:
        return {
            letter: tuple(goal for goal in self._active if not excepts(goal, letter))
            for letter in (None, *SmartLetter)
        }

    def bound(self, letter: SmartLetter) -> Iterator[Goal]:
        """Yield the active goals with an end of their own: no habits, directions or parents."""
        return (goal for goal in self.active(letter) if not self.is_free(goal))

    def is_free(self, goal: Goal) -> bool:
        """Tell whether a goal is a habit, a direction, or the parent of others."""
        return (
            goal.fields.kind in {GoalKind.HABIT, GoalKind.DIRECTION}
            or goal.fields.cadence is not None
            or goal.id in self.plan.children_of
        )

    def goal_of(self, milestone: Milestone) -> Goal | None:
        """Return the goal that a milestone belongs to."""
        goal = milestone.fields.goal
        return self.plan.goals.get(goal) if goal is not None else None

    def open_milestones(self, letter: SmartLetter | None = None) -> Iterator[Milestone]:
        """Yield the milestones not reached yet, of active goals and of none."""
        active = {goal.id for goal in self.active(letter)}
        for milestone in self.plan.milestones.values():
            if self.analysis.milestones[milestone.id].done_on is None and (
                milestone.fields.goal is None or milestone.fields.goal in active
            ):
                yield milestone

    def open_steps(self, letter: SmartLetter | None = None) -> Iterator[Goal | Milestone]:
        """Yield the active goals and the open milestones."""
        yield from self.active(letter)
        yield from self.open_milestones(letter)

    def has_steps(self, goal: Goal) -> bool:
        """Tell whether a goal has milestones or a checklist."""
        return goal.id in self.plan.milestones_of or bool(goal.body.tasks)

    def is_measured(self, goal: Goal) -> bool:
        """Tell whether a goal says in any way how one sees that it is reached."""
        fields = goal.fields
        return (
            fields.metric is not None
            or fields.done_when is not None
            or fields.cadence is not None
            or self.has_steps(goal)
            or goal.id in self.plan.children_of
        )

    @cached_property
    def vague_titles(self) -> Mapping[str, str]:
        """The words that make a title vague, by goal, whether or not the goal excepts S."""
        found = {
            goal.id: self.phrases.vague_words(goal.title)
            for goal in self._active
            if not self.is_measured(goal)
        }
        return {goal: words for goal, words in found.items() if words is not None}

    def needs_of(self, step: Goal | Milestone) -> Iterator[NeedKind]:
        """Yield what a step provides: the need that it names, and those that it answers."""
        if step.fields.need is not None:
            yield step.fields.need
        for answer in step.fields.answers:
            kind = self._need_kinds.get(answer)
            if kind is not None:
                yield kind

    def is_exam(self, step: Goal | Milestone) -> bool:
        """Tell whether a step is a certificate or exam: one has it or has it not."""
        needs = set(self.needs_of(step))
        return NeedKind.CERTIFICATION in needs or self.phrases.exam(step.title) is not None

    @cached_property
    def _need_kinds(self) -> Mapping[str, NeedKind | None]:
        return {
            f"{role.id}/{numbers.id}": role.fields.needs[numbers.index].need
            for role in self.plan.roles.values()
            for numbers in self.analysis.roles[role.id].needs
        }

    def metric_statements(self, goal: Goal) -> Iterator[Statement]:
        """Yield what is stated of a goal's metric: its current value, its history, the reviews'."""
        metric = goal.fields.metric
        if metric is not None:
            if metric.current is not None:
                yield Statement(goal, ("metric", "current"), metric.as_of, metric.current)
            for index, entry in enumerate(metric.history):
                yield Statement(goal, ("metric", "history", index), entry.date, entry.value)
        yield from self._reviewed_metrics.get(goal.id, ())

    def level_statements(self, skill: Skill) -> Iterator[Statement]:
        """Yield what is stated of a skill's level: its own, its history, the reviews'."""
        fields = skill.fields
        if fields.level is not None:
            yield Statement(skill, ("level",), fields.assessed, fields.level.number)
        for index, entry in enumerate(fields.history):
            yield Statement(skill, ("history", index), entry.date, entry.level.number)
        yield from self._reviewed_levels.get(skill.id, ())

    @cached_property
    def _reviewed_metrics(self) -> Mapping[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for review in self.plan.reviews.values():
            for goal, value in review.fields.metrics.items():
                statement = Statement(review, ("metrics", goal), review.fields.date, value)
                found.setdefault(goal, []).append(statement)
        return found

    @cached_property
    def _reviewed_levels(self) -> Mapping[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for review in self.plan.reviews.values():
            for skill, level in review.fields.levels.items():
                statement = Statement(review, ("levels", skill), review.fields.date, level.number)
                found.setdefault(skill, []).append(statement)
        return found

    def record(self, text: str) -> Record[Any] | None:
        """Return the record that a reference to one of several kinds names: `goal/cka`."""
        return self.plan.records.get(Key.parse(text))


def excepts(goal: Goal, letter: SmartLetter | None) -> bool:
    """Tell whether a goal does without a letter of SMART."""
    smart = goal.fields.smart
    return letter is not None and smart is not None and letter in smart.except_
