"""What all views are made from: the plan, its numbers, the findings, and indexes over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from planfolio.model.scales import scale_of, scales
from planfolio.model.visibility import Visibility
from planfolio.portfolio.components import Linked
from planfolio.portfolio.smart import untold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planfolio.analyse.results import Analysis
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.plan import Goal, Key, Plan, Record, Review, Role, Skill
    from planfolio.model.scales import Scale


_SEEN_BY = {Visibility.PUBLIC: "", Visibility.MENTOR: "for mentors", Visibility.PRIVATE: "private"}


@dataclass(frozen=True, slots=True)
class NeedPlace:
    """A need of a role, by its place in the role's list."""

    role: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The plan of one audience, and what a page would otherwise have to search all of it for.

    `findings` are by the record they are about. `named` are the records that a record's front
    matter names. `answered` are the needs that a step answers, `required_by` the roles that ask
    for a skill, `goals_for` the goals that aim at a role. `reviews` are in the order of their
    days, those without one first, and `review_neighbours` the reviews before and after each.
    `untold` are the letters of SMART that this audience is told nothing about.
    """

    plan: Plan
    analysis: Analysis
    audience: Visibility
    findings: Mapping[Key, tuple[Diagnostic, ...]]
    named: Mapping[Key, frozenset[Key]]
    answered: Mapping[Key, tuple[NeedPlace, ...]]
    required_by: Mapping[str, tuple[Role, ...]]
    goals_for: Mapping[str, tuple[Goal, ...]]
    scales: Mapping[str, Scale]
    reviews: tuple[Review, ...]
    review_neighbours: Mapping[str, tuple[Review | None, Review | None]]
    untold: frozenset[str]

    @property
    def as_of(self) -> date:
        """The day of the numbers."""
        return self.analysis.as_of

    def title(self, record: Record[Any]) -> Linked:
        """Return the title of a record with its page behind it, where a badge says who sees it."""
        return Linked(record.title, record.url)

    def link(self, record: Record[Any], *, note: str = "") -> Linked:
        """Return the title of a record with its page behind it; a narrower one says whose it is."""
        said = (_SEEN_BY[record.visibility], note)
        return Linked(record.title, record.url, ", ".join(words for words in said if words))

    def links(self, keys: Iterable[Key]) -> tuple[Linked, ...]:
        """Return links to those of the records that this audience may see."""
        return tuple(self.link(self.plan.records[key]) for key in keys if key in self.plan.records)

    def scale_of(self, skill: Skill) -> Scale:
        """Return the scale that a skill's levels stand on."""
        return scale_of(skill.fields.scale, site=self.plan.settings, known=self.scales)


def scope_of(
    plan: Plan, analysis: Analysis, findings: Sequence[Diagnostic], *, audience: Visibility
) -> Scope:
    """Gather a plan, its numbers and its findings, and index them."""
    by_subject: dict[Key, list[Diagnostic]] = {}
    for finding in findings:
        if finding.subject is not None:
            by_subject.setdefault(finding.subject, []).append(finding)
    named: dict[Key, set[Key]] = {}
    for edge in plan.edges:
        if edge.loc[:1] != ("body",):
            named.setdefault(edge.source, set()).add(edge.target)
    answered: dict[Key, list[NeedPlace]] = {}
    required_by: dict[str, list[Role]] = {}
    for role in plan.roles.values():
        for skill in role.fields.requires:
            required_by.setdefault(skill, []).append(role)
        for need in analysis.roles[role.id].needs:
            for key in need.answers:
                answered.setdefault(key, []).append(NeedPlace(role.id, need.index))
    goals_for: dict[str, list[Goal]] = {}
    for goal in plan.goals.values():
        if goal.fields.role is not None:
            goals_for.setdefault(goal.fields.role, []).append(goal)
    reviews = sorted(plan.reviews.values(), key=_by_day)
    return Scope(
        plan=plan,
        analysis=analysis,
        audience=audience,
        findings={key: tuple(found) for key, found in by_subject.items()},
        named={key: frozenset(found) for key, found in named.items()},
        answered={key: tuple(places) for key, places in answered.items()},
        required_by={skill: tuple(roles) for skill, roles in required_by.items()},
        goals_for={role: tuple(goals) for role, goals in goals_for.items()},
        scales=scales(plan.settings),
        reviews=tuple(reviews),
        review_neighbours={
            review.id: (before, after)
            for before, review, after in zip(
                [None, *reviews], reviews, [*reviews[1:], None], strict=False
            )
        },
        untold=untold(plan.kinds, audience, site=plan.settings),
    )


def _by_day(review: Review) -> tuple[date, str]:
    return (review.fields.date.first if review.fields.date else date.min, review.id)
