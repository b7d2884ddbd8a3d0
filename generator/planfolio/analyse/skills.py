"""Skills: the level of each on its scale, and where the open steps take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.current import level_readings
from planfolio.analyse.facts import reached
from planfolio.analyse.results import SkillNumbers
from planfolio.model.scales import scale_of, scales

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.results import Measurement
    from planfolio.analyse.steps import Raising
    from planfolio.model.plan import Plan, Skill


def skill_numbers(
    plan: Plan,
    *,
    reviews: Mapping[str, Sequence[Measurement]],
    raisings: Mapping[str, Raising],
    required: Mapping[str, Fraction],
    as_of: date,
) -> dict[str, SkillNumbers]:
    """Return the numbers of all skills by id; `reviews` has the readings of levels by skill."""
    known = scales(plan.settings)
    found: dict[str, SkillNumbers] = {}
    for skill in plan.skills.values():
        scale = scale_of(skill.fields.scale, site=plan.settings, known=known)
        readings = level_readings(skill, reviews=reviews.get(skill.id, ()), as_of=as_of)
        level = readings[-1].value if readings else None
        raising = raisings.get(skill.id)
        found[skill.id] = SkillNumbers(
            id=skill.id,
            level=level,
            top=scale.top,
            word=scale.word(level) if level is not None else None,
            current=readings[-1] if readings else None,
            readings=readings,
            planned=_planned(raising, level=level),
            required=required.get(skill.id),
            steps=raising.steps if raising is not None else (),
            newest_evidence=_newest_evidence(skill, as_of=as_of),
        )
    return found


def _planned(raising: Raising | None, *, level: Fraction | None) -> Fraction | None:
    """Return the level that open steps lead to, if above the current one; unrated is below all."""
    if raising is None or raising.level is None:
        return None
    return raising.level if level is None or raising.level > level else None


def _newest_evidence(skill: Skill, *, as_of: date) -> date | None:
    """Return the day of the newest evidence that exists.

    Of a partly given date that is its last day so far: nothing is called older than it may be.
    """
    days = (
        min(evidence.date.last, as_of)
        for evidence in skill.fields.evidence
        if evidence.date is not None
        and not evidence.planned
        and reached(evidence.date, as_of=as_of) is not None
    )
    return max(days, default=None)
