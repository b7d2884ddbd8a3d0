"""The page of all skills, by category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.model.kinds.kind import Section
from planfolio.portfolio.bodies import introductions
from planfolio.portfolio.components import Cell, Empty, Frame, Linked, Prose, Stat, Table
from planfolio.portfolio.facts import anchor
from planfolio.portfolio.frame import frame
from planfolio.portfolio.levels import short_level, skill_dots
from planfolio.portfolio.page import Page
from planfolio.portfolio.profile import skill_stats
from planfolio.portfolio.skill import evidence_age

if TYPE_CHECKING:
    from planfolio.model.plan import Skill
    from planfolio.portfolio.scope import Scope

URL = "skills/"

_OTHER = "Other skills"

_EMPTY = Empty(
    "What can you do? One file is enough to start: a level from 0 to 5 for each skill.",
    "content/skills.md",
    "---\nitems:\n  python: 3\n  writing: 2\n  kubernetes: 1\n---\n",
)


@dataclass(frozen=True, slots=True)
class Category:
    """The skills of one category, as a table."""

    title: str
    id: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsView:
    """All skills with their levels, and how old what shows them is."""

    frame: Frame
    introductions: tuple[Prose, ...]
    stats: tuple[Stat, ...]
    categories: tuple[Category, ...]
    empty: Empty | None


def skills_page(scope: Scope) -> Page:
    """Return the page of all skills."""
    found: dict[str, list[Skill]] = {}
    for skill in scope.plan.skills.values():
        found.setdefault(skill.fields.category or _OTHER, []).append(skill)
    ordered = sorted(found, key=lambda name: (name == _OTHER, name.casefold(), name))
    view = SkillsView(
        introductions=introductions(URL, plan=scope.plan),
        frame=frame(
            scope,
            url=URL,
            title="Skills",
            description="What I can do, how well, and what shows it.",
            step=Section.ASSESS,
        ),
        stats=skill_stats(scope),
        categories=tuple(
            Category(name, anchor(name.lower()), _table(name, found[name], scope=scope))
            for name in ordered
        ),
        empty=None if found else _EMPTY,
    )
    return Page(URL, "skills.html", view)


def _table(category: str, skills: list[Skill], *, scope: Scope) -> Table:
    ordered = sorted(skills, key=lambda skill: (skill.title.casefold(), skill.id))
    return Table(
        category,
        ("Skill", "Level", "Asked for", "Newest evidence"),
        tuple(_row(skill, scope=scope) for skill in ordered),
    )


def _row(skill: Skill, *, scope: Scope) -> tuple[Cell, ...]:
    numbers = scope.analysis.skills[skill.id]
    scale = scope.scale_of(skill)
    asked = "–" if numbers.required is None else short_level(numbers.required, scale=scale)
    age = evidence_age(numbers.newest_evidence, as_of=scope.as_of)
    return (
        Cell((scope.link(skill),)),
        Cell(dots=skill_dots(skill, scope=scope)),
        Cell((Linked(asked),)),
        Cell((Linked(age),)),
    )
