"""What if: the plan as it would be with other levels of skills, or with more hours a week."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from planfolio.exceptions import UsageError
from planfolio.message_text import quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.plan import Plan, Skill
from planfolio.model.references import Key
from planfolio.model.scales import Level, read_level
from planfolio.model.settings import WEEK_HOURS
from planfolio.model.table import updated
from planfolio.model.values.amounts import read_number
from planfolio.names import folded, near_hint

HOURS = "hours"
"""Stands for the hours of a week, beside the ids of skills."""


class Assumptions(NamedTuple):
    """Levels of skills by id, and hours a week, that are assumed instead of those of the plan."""

    levels: Mapping[str, Level]
    hours_per_week: Fraction | None = None


def read_assumptions(texts: Iterable[str], *, plan: Plan) -> Assumptions:
    """Read texts such as `kubernetes=4`, `kubernetes=advanced` and `hours=8`.

    Raises UsageError for what names no skill of the plan, no level of its scale or no hours. Of
    two values of one the last counts.
    """
    levels: dict[str, Level] = {}
    hours: Fraction | None = None
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals:
            raise UsageError(
                f"{quoted(text)} assumes nothing", hint="write SKILL=LEVEL, or hours=8"
            )
        try:
            if name == HOURS:
                hours = _hours(value)
                continue
            skill = _skill(name, plan)
            level = read_level(value)
            scale = plan.scale_of(skill)
            levels[skill.id] = level.with_value(scale.read(level.text, scales=plan.scales))
        except Problem as problem:
            raise UsageError(f"{name}: {problem.message}", hint=problem.hint) from None
    return Assumptions(MappingProxyType(levels), hours)


def assume(plan: Plan, assumptions: Assumptions) -> Plan:
    """Return a plan with these levels and hours. An effort in weeks keeps its hours."""
    records = dict(plan.records)
    for skill, level in assumptions.levels.items():
        record = records[Key("skill", skill)]
        # A level without a day wins over all others of the skill.
        fields = updated(record.fields, level=level, assessed=None)
        records[record.key] = record._replace(fields=fields)
    settings = plan.settings
    if assumptions.hours_per_week is not None:
        plan_settings = updated(settings.plan, hours_per_week=assumptions.hours_per_week)
        settings = updated(settings, plan=plan_settings)
    return replace(plan, records=MappingProxyType(records), settings=settings)


def _hours(text: str) -> Fraction:
    hours = read_number(text)
    if not 0 < hours <= WEEK_HOURS:
        raise Problem(
            "a week has more than 0 and at most 168 hours", "write the hours that you have"
        )
    return hours


def _skill(name: str, plan: Plan) -> Skill:
    wanted = folded(name).removeprefix("skills/")
    for skill in plan.skills.values():
        if wanted == folded(skill.id) or wanted in map(folded, skill.fields.aliases):
            return skill
    known = [*plan.skills, HOURS]
    hint = near_hint(wanted, known, otherwise="`planfolio gaps` shows the skills")
    raise UsageError(f"there is no skill {quoted(name)}", hint=hint)
