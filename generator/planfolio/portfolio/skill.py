"""The page of a skill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.portfolio import formats
from planfolio.portfolio.components import (
    Badge,
    Cell,
    Dots,
    Empty,
    Fact,
    Frame,
    Linked,
    Table,
)
from planfolio.portfolio.facts import source_of
from planfolio.portfolio.levels import UNRATED, level_dots, level_words, short_level, skill_dots
from planfolio.portfolio.record import RecordPart, record_frame, record_part
from planfolio.portfolio.steps import step_badge

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.results import Measurement
    from planfolio.model.kinds.skill import Evidence
    from planfolio.model.plan import Key, Record, Role, Skill
    from planfolio.model.scales import ScaleLevel
    from planfolio.portfolio.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillView:
    """A skill: its level on its whole scale, what shows it, how it came there, who asks for it."""

    frame: Frame
    record: RecordPart
    level: str
    dots: Dots
    scale: Table
    evidence: Table | None
    history: Table | None
    required_by: Table | None
    raised_by: Table | None
    empty: Empty | None


_OWN = ("level", "scale", "evidence", "history", "assessed")


def skill_view(skill: Skill, scope: Scope) -> SkillView:
    """Return the page of a skill, also of one that only a role asks for."""
    numbers = scope.analysis.skills[skill.id]
    roles = scope.required_by.get(skill.id, ())
    raisers = _raisers(skill, scope=scope)
    scale = scope.scale_of(skill)
    return SkillView(
        frame=record_frame(skill, scope=scope, crumbs=(Linked("Skills", "skills/"),)),
        record=record_part(
            skill,
            scope=scope,
            badge=Badge("Unrated", "unknown") if numbers.level is None else None,
            facts=_facts(skill, scope=scope),
            omit=_OWN,
            shown=frozenset({*(role.key for role in roles), *raisers}),
        ),
        level=level_words(numbers.level, scale=scale),
        dots=skill_dots(skill, scope=scope),
        scale=_scale(skill, scope=scope),
        evidence=_evidence(skill, scope=scope),
        history=_history(skill, scope=scope),
        required_by=_required_by(skill, roles, scope=scope),
        raised_by=_raised_by(raisers, skill=skill, scope=scope),
        empty=_empty(skill, scope=scope),
    )


def evidence_age(newest: date | None, *, as_of: date) -> str:
    """Return how old the newest evidence is, in months and years; `none` without any."""
    if newest is None:
        return "none"
    months = (as_of.year - newest.year) * 12 + as_of.month - newest.month
    months -= as_of.day < newest.day
    if months < 1:
        return "this month"
    if months < 24:
        return formats.count(months, "month") + " old"
    return formats.count(months // 12, "year") + " old"


def _facts(skill: Skill, *, scope: Scope) -> tuple[Fact, ...]:
    numbers = scope.analysis.skills[skill.id]
    scale = scope.scale_of(skill)
    found = []
    if numbers.current is not None and numbers.current.on is not None:
        found.append(Fact("Rated", (Linked(formats.calendar_day(numbers.current.on)),)))
    if numbers.planned is not None:
        found.append(Fact("Planned", (Linked(level_words(numbers.planned, scale=scale)),)))
    if numbers.required is not None:
        found.append(Fact("Asked for", (Linked(level_words(numbers.required, scale=scale)),)))
    age = evidence_age(numbers.newest_evidence, as_of=scope.as_of)
    found.append(Fact("Newest evidence", (Linked(age),)))
    source = source_of(skill, "scale", scope=scope)
    found.append(Fact("Scale", (Linked(scale.title),), source))
    return tuple(found)


def _scale(skill: Skill, *, scope: Scope) -> Table:
    """Return the whole scale, the highest level first, and what stands on which level."""
    numbers = scope.analysis.skills[skill.id]
    scale = scope.scale_of(skill)
    standing = (
        ("You are here", "accent", numbers.level),
        ("Planned", "good", numbers.planned),
        ("Asked for", "fair", numbers.required),
    )
    marks: dict[Fraction, list[tuple[str, str]]] = {}
    for words, tone, level in standing:
        below = [step.value for step in scale.levels if level is not None and step.value <= level]
        if below:
            marks.setdefault(below[-1], []).append((words, tone))
    defined = any(step.definition for step in scale.levels)
    return Table(
        f"The scale: {scale.title}",
        ("Level", "What it means", "Here") if defined else ("Level", "Here"),
        tuple(
            (
                Cell((Linked(_name(step), note=_value(step)),)),
                *([Cell((Linked(step.definition or "–"),))] if defined else []),
                Cell(badge=_mark(marks.get(step.value, []))),
            )
            for step in reversed(scale.levels)
        ),
    )


def _name(step: ScaleLevel) -> str:
    return formats.sentence(step.name) or formats.number(step.value)


def _value(step: ScaleLevel) -> str:
    return formats.number(step.value) if step.name else ""


def _mark(marks: list[tuple[str, str]]) -> Badge | None:
    """Return what stands on a level as one badge: `Planned and asked for`."""
    if not marks:
        return None
    (word, tone), *others = marks
    return Badge(word, tone, " ".join(f"and {other.lower()}" for other, _ in others))


def _evidence(skill: Skill, *, scope: Scope) -> Table | None:
    """Return what shows the skill, the newest first; what is planned, or undated, last."""
    if not skill.fields.evidence:
        return None

    def order(item: Evidence) -> tuple[bool, int]:
        return item.planned, -(item.date.first.toordinal() if item.date else 0)

    return Table(
        "What shows it",
        ("Evidence", "Kind", "When", "Level"),
        tuple(
            _evidence_row(item, skill=skill, scope=scope)
            for item in sorted(skill.fields.evidence, key=order)
        ),
    )


def _evidence_row(item: Evidence, *, skill: Skill, scope: Scope) -> tuple[Cell, ...]:
    scale = scope.scale_of(skill)
    level = "–" if item.level is None else short_level(item.level.number, scale=scale)
    when = formats.plan_date(item.date) if item.date else "undated"
    planned = item.planned and item.date is None
    return (
        Cell((Linked(item.title, item.url, external=item.url is not None),)),
        Cell((Linked(formats.name_of(item.kind.value) if item.kind else "–"),)),
        Cell(
            () if planned else (Linked(when),),
            badge=Badge("Planned", "quiet") if item.planned else None,
        ),
        Cell((Linked(level),)),
    )


def _history(skill: Skill, *, scope: Scope) -> Table | None:
    readings = scope.analysis.skills[skill.id].measurements
    if not readings:
        return None
    scale = scope.scale_of(skill)
    return Table(
        "How it came here",
        ("When", "Level", "Said by"),
        tuple(
            (
                Cell((Linked(_day_of(r, skill=skill)),)),
                Cell(dots=level_dots(r.value, scale=scale)),
                Cell(_said_by(r, skill=skill, scope=scope)),
            )
            for r in reversed(readings)
        ),
    )


def _day_of(reading: Measurement, *, skill: Skill) -> str:
    if reading.on is None:
        return "undated"
    own = (entry.date for entry in skill.fields.history if reading.source == skill.key)
    return formats.day_as_given(reading.on, among=own)


def _said_by(reading: Measurement, *, skill: Skill, scope: Scope) -> tuple[Linked, ...]:
    """Return who gave a level: the record that says it, or the person its history names."""
    if reading.source != skill.key:
        return scope.links([reading.source])
    given = (
        entry.by
        for entry in skill.fields.history
        if entry.date.first == reading.on and entry.level.value == reading.value
    )
    return (Linked(next(given, None) or "this page"),)


def _required_by(skill: Skill, roles: tuple[Role, ...], *, scope: Scope) -> Table | None:
    rows = []
    scale = scope.scale_of(skill)
    for role in roles:
        asked = role.fields.requires[skill.id]
        level = UNRATED if asked.level is None else short_level(asked.level.number, scale=scale)
        must = Badge("Must", "accent") if asked.must else None
        rows.append(
            (
                Cell((scope.link(role, note=asked.why or ""),), badge=must),
                Cell((Linked("not said" if asked.level is None else level),)),
                Cell((Linked(formats.number(asked.weight)),), number=True),
            )
        )
    columns = ("Role", "Asks for", "Weight")
    return Table("Who asks for it", columns, tuple(rows), (False, False, True)) if rows else None


def _raisers(skill: Skill, *, scope: Scope) -> tuple[Key, ...]:
    """Return the goals and milestones that raise a skill, finished ones too, open ones first."""
    edges = scope.plan.links_to.get(skill.key, ())
    keys = {edge.source for edge in edges if edge.loc[:1] == ("raises",)}
    known = {key for key in keys if step_badge(key, scope=scope) is not None}
    open_first = scope.analysis.skills[skill.id].steps
    return tuple(sorted(known, key=lambda key: (key not in open_first, key)))


def _raised_by(keys: tuple[Key, ...], *, skill: Skill, scope: Scope) -> Table | None:
    rows = []
    scale = scope.scale_of(skill)
    for key in keys:
        step: Record[object] = scope.plan.records[key]  # type: ignore[type-var]
        level = step.fields.raises.get(skill.id)  # type: ignore[attr-defined]
        to = short_level(level.number, scale=scale) if level is not None else "as asked"
        due = formats.plan_date(step.due) if step.due else "no date"
        rows.append(
            (
                Cell((scope.link(step),)),
                Cell((Linked(to),)),
                Cell((Linked(due),)),
                Cell(badge=step_badge(key, scope=scope)),
            )
        )
    columns = ("Step", "To", "Due", "State")
    return Table("What raises it", columns, tuple(rows)) if rows else None


def _empty(skill: Skill, *, scope: Scope) -> Empty | None:
    if scope.analysis.skills[skill.id].level is None:
        return Empty(
            "Not rated yet, so its gap is unknown. How well do you know it? A guess will do.",
            f"content/skills/{skill.id}.md",
            f"---\ntitle: {skill.title}\nlevel: 2\nassessed: {scope.as_of.isoformat()}\n---\n",
        )
    if not skill.fields.evidence:
        return Empty(
            "What would show a stranger that you can do this? A piece of work, a course, praise.",
            f"content/skills/{skill.id}.md",
            "evidence:\n  - title: What I made with it\n    kind: project\n    date: 2026-05\n",
        )
    return None
