"""The records of the plan of one audience, with what refers to each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from planfolio.model.plan import grouped
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.other_kinds import (
    PortfolioAchievement,
    PortfolioOpportunity,
    PortfolioPerson,
    PortfolioResource,
)
from planfolio.portfolio.record import Mentions, PortfolioRecord
from planfolio.portfolio.review import PortfolioProfile, PortfolioReview
from planfolio.portfolio.role import PortfolioNeed, PortfolioRole
from planfolio.portfolio.section_lists import neighbours, status_order
from planfolio.portfolio.skill import PortfolioSkill
from planfolio.portfolio.smart import hidden_letters
from planfolio.portfolio.steps import PortfolioMilestone, PortfolioStep
from planfolio.rules.context import RuleContext

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from planfolio.analyse.analysis import Analysis
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.plan import Plan
    from planfolio.model.references import Edge, Key
    from planfolio.model.settings import Settings
    from planfolio.model.visibility import Visibility
    from planfolio.portfolio.record import Neighbours
    from planfolio.portfolio.review import ReviewItem

R = TypeVar("R", bound=PortfolioRecord[Any])

_CLASSES: Mapping[str, type[PortfolioRecord[Any]]] = {
    "profile": PortfolioProfile,
    "skill": PortfolioSkill,
    "role": PortfolioRole,
    "goal": PortfolioGoal,
    "milestone": PortfolioMilestone,
    "review": PortfolioReview,
    "resource": PortfolioResource,
    "person": PortfolioPerson,
    "opportunity": PortfolioOpportunity,
    "achievement": PortfolioAchievement,
}
"""What a kind has beyond the fields of its records; any other has those, and numbers as a step."""


class PortfolioRecords:
    """All records that one audience may see, by kind and id, and who refers to them.

    `findings` have to be those about this narrowed plan, as pages of goals show their messages.
    `editor` is the link that opens a place in the owner's editor, or empty.
    """

    audience: Visibility

    def __init__(
        self,
        plan: Plan,
        analysis: Analysis,
        findings: Sequence[Diagnostic],
        *,
        audience: Visibility,
        editor: str = "",
        words: Callable[[str], str] = str,
    ) -> None:
        self.plan = plan
        self.analysis = analysis
        self.audience = audience
        self._findings = findings
        self._editor = editor
        self.words = words

    @property
    def settings(self) -> Settings:
        """The settings of site.toml: `title`, `description`, `language`, `base_url`, `plan` …"""
        return self.plan.settings

    @property
    def as_of(self) -> date:
        """The day of the numbers."""
        return self.analysis.as_of

    @cached_property
    def records(self) -> Mapping[Key, PortfolioRecord[Any]]:
        """All records by kind and id."""
        found: dict[Key, PortfolioRecord[Any]] = {}
        for key, record in self.plan.records.items():
            is_step = key in self.analysis.steps
            class_ = _CLASSES.get(key.kind) or (PortfolioStep if is_step else PortfolioRecord)
            found[key] = class_(record, self)
        return found

    def of(self, kind: str) -> tuple[PortfolioRecord[Any], ...]:
        """Return the records of a kind; where the kind has dates, the newest first."""
        found = tuple(self.records[record.key] for record in self.plan.of(kind).values())
        order_by = next((k.order_by for k in self.plan.kinds if k.name == kind), "")
        if not order_by:
            return found

        def order(record: PortfolioRecord[Any]) -> tuple[date, str]:
            when = getattr(record, order_by)
            return (when.first if when else date.min, record.id)

        return tuple(sorted(found, key=order, reverse=True))

    def _by_id(self, kind: str, class_: type[R]) -> Mapping[str, R]:
        found = {id_: self.records[record.key] for id_, record in self.plan.of(kind).items()}
        return {id_: record for id_, record in found.items() if isinstance(record, class_)}

    @cached_property
    def profile(self) -> PortfolioProfile | None:
        """The profile, if there is one."""
        return next(iter(self._by_id("profile", PortfolioProfile).values()), None)

    @cached_property
    def goals_by_id(self) -> Mapping[str, PortfolioGoal]:
        """The goals by id."""
        return self._by_id("goal", PortfolioGoal)

    @cached_property
    def skills(self) -> Mapping[str, PortfolioSkill]:
        """The skills by id, those that only a role asks for included."""
        return self._by_id("skill", PortfolioSkill)

    @cached_property
    def milestones(self) -> Mapping[str, PortfolioMilestone]:
        """The milestones by id."""
        return self._by_id("milestone", PortfolioMilestone)

    @cached_property
    def roles_by_id(self) -> Mapping[str, PortfolioRole]:
        """The roles by id."""
        return self._by_id("role", PortfolioRole)

    @cached_property
    def goals(self) -> tuple[PortfolioGoal, ...]:
        """The goals: those that need attention first, then by due day."""
        return tuple(sorted(self.goals_by_id.values(), key=status_order))

    @cached_property
    def reviews(self) -> tuple[PortfolioReview, ...]:
        """The reviews, the newest first."""
        return tuple(r for r in self.of("review") if isinstance(r, PortfolioReview))

    @cached_property
    def past_reviews(self) -> tuple[PortfolioReview, ...]:
        """The reviews up to now, the newest first."""
        return tuple(r for r in self.reviews if r.date is not None and r.date.first <= self.as_of)

    @cached_property
    def resources_of(self) -> Mapping[str, tuple[PortfolioResource, ...]]:
        """The courses, books and the like of each goal: the open ones first, then by day."""
        return grouped((r.goal.id, r) for r in self.resources if r.goal is not None)

    @cached_property
    def resources(self) -> tuple[PortfolioResource, ...]:
        """The courses, books, conferences and the like: the open ones first, then by day."""

        def order(resource: PortfolioResource) -> tuple[bool, date, str]:
            due = resource.due.last if resource.due else date.max
            return not resource.is_open, due, resource.id

        return tuple(sorted(self._by_id("resource", PortfolioResource).values(), key=order))

    @cached_property
    def people(self) -> tuple[PortfolioPerson, ...]:
        """The people, those whom one meets next first."""
        people = self._by_id("person", PortfolioPerson).values()
        return tuple(sorted(people, key=lambda one: (one.next_meeting or date.max, one.id)))

    @cached_property
    def opportunities(self) -> tuple[PortfolioOpportunity, ...]:
        """The opportunities by their windows, the nearest first."""

        def order(opportunity: PortfolioOpportunity) -> tuple[date, str]:
            return opportunity.start.first if opportunity.start else date.max, opportunity.id

        return tuple(sorted(self._by_id("opportunity", PortfolioOpportunity).values(), key=order))

    @cached_property
    def newest_items(self) -> Mapping[str, tuple[PortfolioReview, ReviewItem]]:
        """What reviews up to now wrote down to do, by its text: in the newest that has it."""
        found: dict[str, tuple[PortfolioReview, ReviewItem]] = {}
        for review in self.past_reviews:
            for item in review.written_items:
                found.setdefault(item.text, (review, item))
        return found

    def neighbours_of(self, key: Key) -> Neighbours:
        """Return the records before and after one in the order of its kind."""
        return self._neighbours.get(key, (None, None))

    @cached_property
    def _neighbours(self) -> Mapping[Key, Neighbours]:
        return neighbours(self)

    def find(self, key: Key) -> PortfolioRecord[Any] | None:
        """Return a record by kind and id, if this audience may see it."""
        return self.records.get(key)

    def find_all(self, keys: Iterable[Key]) -> tuple[PortfolioRecord[Any], ...]:
        """Return those records that this audience may see."""
        return tuple(self.records[key] for key in keys if key in self.records)

    def goal(self, id_: str | None) -> PortfolioGoal | None:
        """Return a goal by its id."""
        return self.goals_by_id.get(id_ or "")

    def role(self, id_: str | None) -> PortfolioRole | None:
        """Return a role by its id."""
        return self.roles_by_id.get(id_ or "")

    def children_of(self, goal: str) -> tuple[PortfolioGoal, ...]:
        """Return the goals that are parts of a goal."""
        return tuple(self.goals_by_id[c.id] for c in self.plan.children_of.get(goal, ()))

    def milestones_of(self, goal: str) -> tuple[PortfolioMilestone, ...]:
        """Return the milestones of a goal by due day."""
        return tuple(self.milestones[m.id] for m in self.plan.milestones_of.get(goal, ()))

    @cached_property
    def goals_for(self) -> Mapping[str, tuple[PortfolioGoal, ...]]:
        """The goals that aim at each role."""
        goals = self.plan.goals.values()
        return grouped((g.fields.role, self.goals_by_id[g.id]) for g in goals if g.fields.role)

    @cached_property
    def roles_that_require(self) -> Mapping[str, tuple[PortfolioRole, ...]]:
        """The roles that require each skill."""
        roles = self.plan.roles.values()
        return grouped(
            (skill, self.roles_by_id[r.id]) for r in roles for skill in r.fields.requires
        )

    @cached_property
    def needs_answered_by(self) -> Mapping[Key, tuple[PortfolioNeed, ...]]:
        """The needs of roles that each step answers."""
        needs = (need for role in self.roles_by_id.values() for need in role.needs)
        return grouped((key, need) for need in needs for key in need.numbers.answers)

    @cached_property
    def named_by(self) -> Mapping[Key, frozenset[Key]]:
        """The records that the front matter of each record names."""
        written = (edge for edge in self.plan.edges if edge.loc[:1] != ("body",))
        named = grouped((edge.source, edge.target) for edge in written)
        return {key: frozenset(keys) for key, keys in named.items()}

    def mentions_of(self, key: Key, *, omit: Collection[Key] = ()) -> tuple[Mentions, ...]:
        """Return the records that refer to one, grouped by reason, less those in `omit`.

        Reasons come in the order of the kinds and of their `reference_words`; fields without words
        come after them, and texts last.
        """
        strongest: dict[Key, tuple[int, str]] = {}
        for edge in self.plan.links_to.get(key, ()):
            if edge.source in omit or edge.source == key or edge.source not in self.records:
                continue
            reason = self._reason(edge)
            if edge.source not in strongest or reason[0] < strongest[edge.source][0]:
                strongest[edge.source] = reason
        groups: dict[tuple[int, str], list[PortfolioRecord[Any]]] = {}
        for source in sorted(strongest):
            groups.setdefault(strongest[source], []).append(self.records[source])
        last = len(self._words)
        return tuple(
            Mentions(words, place > last, tuple(groups[place, words]))
            for place, words in sorted(groups)
        )

    def _reason(self, edge: Edge) -> tuple[int, str]:
        field = str(edge.loc[0]).strip("_") if edge.loc else ""
        if field == "body":
            return len(self._words) + 1, ""
        kind = self.plan.records[edge.source].kind
        words = kind.reference_words.get(field, "")
        return self._words.get(words, len(self._words)), words

    @cached_property
    def _words(self) -> Mapping[str, int]:
        words = (w for kind in self.plan.kinds for w in kind.reference_words.values())
        return {w: place for place, w in enumerate(dict.fromkeys(words))}

    @cached_property
    def findings_about(self) -> Mapping[Key, tuple[Diagnostic, ...]]:
        """The findings about each record; one about many speaks of this one alone."""
        one = ((found.subject, found) for found in self._findings if found.subject is not None)
        many = (
            (key, replace(found, message=found.message_for_one or found.message))
            for found in self._findings
            for key in found.subjects
        )
        return grouped((*one, *many))

    @cached_property
    def rule_context(self) -> RuleContext:
        """What rules know of the plan."""
        return RuleContext(plan=self.plan, analysis=self.analysis)

    @cached_property
    def hidden_letters(self) -> frozenset[str]:
        """The letters of SMART whose checks this audience does not see."""
        return hidden_letters(self.plan.kinds, self.audience, site=self.settings)
