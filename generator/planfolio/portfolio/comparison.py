"""Roles beside each other: which skills each requires, and which would help several at once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.model.kinds.role import RoleStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.portfolio.outlook import PortfolioOutlook
    from planfolio.portfolio.role import PortfolioRequirement, PortfolioRole
    from planfolio.portfolio.skill import PortfolioSkill


@dataclass(frozen=True, slots=True)
class ComparedSkill:
    """A skill, and what each of the compared roles requires of it; None where one does not."""

    skill: PortfolioSkill
    requirements: tuple[PortfolioRequirement | None, ...]

    @property
    def gaps(self) -> tuple[PortfolioRequirement, ...]:
        """The requirements that are not known to be met."""
        return tuple(r for r in self.requirements if r is not None and not r.met)

    @property
    def raises_several(self) -> bool:
        """Whether closing its gap would bring one nearer to more than one role."""
        return len(self.gaps) > 1

    @property
    def gain(self) -> Fraction:
        """What closing its gaps adds to readiness, in all roles together."""
        return sum((r.gain or Fraction(0) for r in self.gaps), Fraction(0))


def compared_roles(portfolio: PortfolioOutlook) -> tuple[PortfolioRole, ...]:
    """Return the roles that are aimed at and then those considered, if they require skills."""
    roles = portfolio.roles_by_id.values()
    considered = [role for role in roles if role.status is RoleStatus.CONSIDERING]
    return tuple(r for r in (*portfolio.target_roles, *considered) if r.required_count)


def compared_skills(roles: Sequence[PortfolioRole]) -> tuple[ComparedSkill, ...]:
    """Return the skills that roles require: those with gaps to several first, then by gain."""
    requirements = [{r.skill.id: r for r in role.requirements} for role in roles]
    skills = {id_: r.skill for each in requirements for id_, r in each.items()}
    found = [
        ComparedSkill(skill, tuple(each.get(id_) for each in requirements))
        for id_, skill in skills.items()
    ]
    return tuple(sorted(found, key=lambda c: (-len(c.gaps), -c.gain, c.skill.title, c.skill.id)))
