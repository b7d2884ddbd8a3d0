"""Which view a kind of record gets, and which pages there are beside the records'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from planfolio.portfolio.aim import aim_page
from planfolio.portfolio.gaps import gaps_page
from planfolio.portfolio.goal import goal_view
from planfolio.portfolio.home import home_page
from planfolio.portfolio.milestone import milestone_view
from planfolio.portfolio.missing import missing_page
from planfolio.portfolio.plan_section import plan_page
from planfolio.portfolio.profile import profile_page
from planfolio.portfolio.progress import progress_page
from planfolio.portfolio.review import review_view
from planfolio.portfolio.role import role_view
from planfolio.portfolio.skill import skill_view
from planfolio.portfolio.skills import skills_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planfolio.portfolio.page import Page
    from planfolio.portfolio.scope import Scope

ViewOf: TypeAlias = "Callable[[Any, Scope], Any]"
"""Makes the view of a record."""

VIEWS: Mapping[str, ViewOf] = {
    "skill": skill_view,
    "role": role_view,
    "goal": goal_view,
    "milestone": milestone_view,
    "review": review_view,
}
"""The views by kind; a kind that is not here gets the view of any record."""

PAGES: Mapping[str, Callable[[Scope], Page]] = {
    "": home_page,
    "me/": profile_page,
    "skills/": skills_page,
    "aim/": aim_page,
    "gaps/": gaps_page,
    "plan/": plan_page,
    "progress/": progress_page,
    "404.html": missing_page,
}
"""The pages that are there whatever the plan holds, by their URL."""
