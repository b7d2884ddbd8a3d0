"""What the pages of sections list of skills and roles: by level, by what they lack, compared."""

from fractions import Fraction
from typing import NamedTuple

from planfolio.model.kinds.role import RoleStatus
from planfolio.model.plan import grouped
from planfolio.portfolio.record import PlanView, RecordGroup
from planfolio.portfolio.role import PortfolioNeed, PortfolioRequirement, PortfolioRole
from planfolio.portfolio.skill import PortfolioSkill


class ComparedSkill(NamedTuple):
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


def strongest_skills(portfolio: PlanView) -> tuple[PortfolioSkill, ...]:
    """Return the skills that have a level, the highest on its scale first, then by title."""
    rated = (skill for skill in portfolio.in_plan_order(PortfolioSkill) if skill.level is not None)
    return tuple(sorted(rated, key=_highest_first))


def skills_without_evidence(portfolio: PlanView) -> tuple[PortfolioSkill, ...]:
    """Return the skills whose level nothing shows, the highest level first."""
    return tuple(skill for skill in portfolio.cached(strongest_skills) if skill._lacks_evidence)


def skills_by_category(portfolio: PlanView) -> tuple[RecordGroup, ...]:
    """Return the skills by category and title, those without a category last."""
    groups = grouped((s.category or "", s) for s in portfolio.in_list_order(PortfolioSkill))
    return tuple(RecordGroup(*group) for group in groups.items())


def target_roles(portfolio: PlanView) -> tuple[PortfolioRole, ...]:
    """Return the roles that are aimed at: the plan's own first, then by due day."""
    own = portfolio.settings.plan.role
    roles = (r for r in portfolio.in_plan_order(PortfolioRole) if r.status is RoleStatus.TARGET)
    return tuple(sorted(roles, key=lambda role: (role.id != own, role._due_day, role.id)))


def other_roles(portfolio: PlanView) -> tuple[PortfolioRole, ...]:
    """Return the roles that are considered or dropped."""
    return tuple(
        r for r in portfolio.in_plan_order(PortfolioRole) if r.status is not RoleStatus.TARGET
    )


def compared_roles(portfolio: PlanView) -> tuple[PortfolioRole, ...]:
    """Return the roles that are aimed at and then those considered, if they require skills."""
    roles = portfolio.in_plan_order(PortfolioRole)
    considered = [role for role in roles if role.status is RoleStatus.CONSIDERING]
    return tuple(r for r in (*portfolio.cached(target_roles), *considered) if r.required_count)


def compared_skills(portfolio: PlanView) -> tuple[ComparedSkill, ...]:
    """Return the skills that roles require: those with gaps to several first, then by gain."""
    roles = portfolio.cached(compared_roles)
    requirements = [{r.skill.id: r for r in role.requirements} for role in roles]
    found = [
        ComparedSkill(skill, tuple(each.get(id_) for each in requirements))
        for id_ in dict.fromkeys(id_ for each in requirements for id_ in each)
        if (skill := portfolio.typed_record(PortfolioSkill, id_)) is not None
    ]
    return tuple(sorted(found, key=lambda c: (-len(c.gaps), -c.gain, c.skill.title, c.skill.id)))


def gaps(portfolio: PlanView) -> tuple[PortfolioRequirement, ...]:
    """Return the gaps of all target roles in their order, each skill once."""
    found: dict[str, PortfolioRequirement] = {}
    for role in portfolio.cached(target_roles):
        for gap in role.gaps:
            found.setdefault(gap.skill.id, gap)
    return tuple(found.values())


def skills_without_plan(portfolio: PlanView) -> tuple[PortfolioSkill, ...]:
    """Return the skills whose gap to a target role no open step narrows."""
    gaps = (gap for role in portfolio.cached(target_roles) for gap in role.gaps_without_plan)
    return portfolio.typed_records(PortfolioSkill, dict.fromkeys(gap.skill.key for gap in gaps))


def needs(portfolio: PlanView) -> tuple[PortfolioNeed, ...]:
    """Return the needs of the target roles by type, those without a type last."""
    needs = [need for role in portfolio.cached(target_roles) for need in role.needs]
    return tuple(sorted(needs, key=lambda need: (need.need is None, str(need.need or ""))))


def needs_without_plan(portfolio: PlanView) -> tuple[PortfolioNeed, ...]:
    """Return the needs of the target roles that are neither met nor answered by a step."""
    return tuple(
        need for role in portfolio.cached(target_roles) for need in role.needs_without_plan
    )


def _highest_first(skill: PortfolioSkill) -> tuple[Fraction, str, str]:
    level = skill.level
    share = level.value / level.top if level is not None and level.top else Fraction(0)
    return -share, skill.title.casefold(), skill.id
