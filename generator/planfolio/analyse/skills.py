"""Skills: the level of each on its scale, what roles require, and where open steps take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.analyse.days import reached
from planfolio.analyse.measurements import level_measurements
from planfolio.model.kinds.role import RoleStatus
from planfolio.model.kinds.walk import record_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.measurements import Measurement
    from planfolio.analyse.steps import Raising
    from planfolio.model.plan import Plan
    from planfolio.model.references import Key
    from planfolio.model.values.dates import PlanDate


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNumbers:
    """The numbers of a skill: its current, planned and required level on its scale.

    `level` is None for an unrated skill. `planned` is the highest level to which an open step
    raises it, if above the current one or if that is unrated. `required` is the highest level that
    a target role requires. `steps` are the open ones that raise it, `top` is the
    highest number of its scale.
    """

    id: str
    level: Fraction | None
    top: Fraction
    current: Measurement | None = None
    measurements: tuple[Measurement, ...] = ()
    planned: Fraction | None = None
    required: Fraction | None = None
    steps: tuple[Key, ...] = ()
    newest_evidence: date | None = None


def skill_numbers(
    plan: Plan,
    *,
    reviews: Mapping[str, Sequence[Measurement]],
    raisings: Mapping[str, Raising],
    required: Mapping[str, Fraction],
    as_of: date,
) -> dict[str, SkillNumbers]:
    """Return the numbers of all skills by id; `reviews` has the levels in reviews by skill."""
    evidence = _newest_evidence(plan, as_of=as_of)
    found: dict[str, SkillNumbers] = {}
    for skill in plan.skills.values():
        scale = plan.scale_of(skill)
        levels = level_measurements(skill, reviews=reviews.get(skill.id, ()), as_of=as_of)
        level = levels[-1].value if levels else None
        raising = raisings.get(skill.id)
        found[skill.id] = SkillNumbers(
            id=skill.id,
            level=level,
            top=scale.top,
            current=levels[-1] if levels else None,
            measurements=levels,
            planned=_planned(raising, level=level),
            required=required.get(skill.id),
            steps=raising.steps if raising is not None else (),
            newest_evidence=evidence.get(skill.id),
        )
    return found


def required_levels(plan: Plan) -> dict[str, Fraction]:
    """Return for each skill the highest level that a target role requires."""
    found: dict[str, Fraction] = {}
    for role in plan.roles.values():
        if role.fields.status is not RoleStatus.TARGET:
            continue
        for skill, requirement in role.fields.requires.items():
            if requirement.level is not None:
                level = requirement.level.number
                found[skill] = max(level, found.get(skill, level))
    return found


def _planned(raising: Raising | None, *, level: Fraction | None) -> Fraction | None:
    """Return the level that open steps lead to, if above the current one; unrated is below all."""
    if raising is None or raising.level is None:
        return None
    return raising.level if level is None or raising.level > level else None


def _newest_evidence(plan: Plan, *, as_of: date) -> dict[str, date]:
    """Return by skill the day of the newest evidence that exists by as_of.

    Evidence is listed with a skill, or is a record of a kind whose fields name skills that it
    shows. Of a partly given date it is the last day so far, so that nothing is called older than
    it may be.
    """
    dated: list[tuple[str, PlanDate | None]] = [
        (skill.id, evidence.date)
        for skill in plan.skills.values()
        for evidence in skill.fields.evidence
        if not evidence.planned
    ]
    for edge in plan.edges:
        if edge.target.kind == "skill" and edge.source in plan.records:
            record = plan.records[edge.source]
            if edge.loc[0] in record.kind.evidence_fields:
                dated.append((edge.target.id, record_day(record.fields)))
    found: dict[str, date] = {}
    for skill_id, when in dated:
        if when is not None and reached(when, as_of=as_of) is not None:
            day = min(when.last, as_of)
            found[skill_id] = max(day, found.get(skill_id, day))
    return found
