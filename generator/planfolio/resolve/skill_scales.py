"""The scale of each skill, and the levels that roles ask for on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from planfolio.model.diagnostics import Diagnostic, Problem, Severity
from planfolio.model.kinds.fields import Fields
from planfolio.model.kinds.role import Requirement, RoleFields
from planfolio.model.kinds.skill import SkillFields
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planfolio.model.values.level import Scale
    from planfolio.resolve.directory import Directory
    from planfolio.resolve.raw_records import RawRecord

F = TypeVar("F", bound=Fields)


@dataclass(frozen=True, slots=True)
class Scales:
    """The scale of each skill: its own, else the plan's."""

    known: Mapping[str, Scale]
    default: str
    of_skill: Mapping[str, str]

    def of(self, skill: str) -> Scale:
        """Return the scale of a skill by its id."""
        return self.known[self.of_skill.get(skill, self.default)]


def scale_names(
    raw_records: Sequence[RawRecord], *, known: Mapping[str, Scale], default: str
) -> tuple[Scales, list[Diagnostic]]:
    """Return the scale of each skill; a skill that names none that exists has the plan's."""
    of_skill: dict[str, str] = {}
    faults = []
    for raw in raw_records:
        if not isinstance(raw.fields, SkillFields) or raw.fields.scale is None:
            continue
        if raw.fields.scale in known:
            of_skill[raw.key.id] = raw.fields.scale
            continue
        faults.append(
            Diagnostic(
                code="F102",
                name="bad-value",
                severity=Severity.ERROR,
                path=raw.source.path,
                span=raw.source.span(("scale",)),
                message=f"no scale is called {quoted(raw.fields.scale)}",
                hint="known: " + ", ".join(known),
                subject=raw.key,
            )
        )
    return Scales(known, default, of_skill), faults


def with_ranges(fields: F, scales: Scales, directory: Directory) -> F:
    """Take `3-4` apart into level and stretch, where the whole is no word of the skill's scale."""
    if not isinstance(fields, RoleFields):
        return fields
    requires = {
        name: _with_range(requirement, scales.of(directory.holder("skill", name) or name), scales)
        for name, requirement in fields.requires.items()
    }
    return fields.model_copy(update={"requires": requires})


def _with_range(requirement: Requirement, scale: Scale, scales: Scales) -> Requirement:
    level = requirement.level
    if level is None or requirement.stretch is not None or "-" not in level.text:
        return requirement
    low, _, high = (part.strip() for part in level.text.partition("-"))
    try:
        scale.read(level.text, scales=scales.known)
    except Problem:
        if low and high:
            update = {"level": replace(level, text=low), "stretch": replace(level, text=high)}
            return requirement.model_copy(update=update)
    return requirement
