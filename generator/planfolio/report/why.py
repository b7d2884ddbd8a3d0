"""Why a goal has its status, as its page says it, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio import bundled
from planfolio.portfolio.pages import Page

if TYPE_CHECKING:
    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.portfolio.steps import PortfolioMilestone


class ReasonWords:
    """The words of `reasons.html` in the default theme, whatever theme the site has."""

    def __init__(self, portfolio: Portfolio) -> None:
        # Jinja takes a tenth of the time that the numbers take, and only these sentences need it.
        from planfolio.render.theme import DEFAULT, load_theme

        theme = load_theme(DEFAULT, site_root=bundled.themes().parent)
        template = theme.templates.get_template("reasons.html")
        values = {"portfolio": portfolio, "page": Page(url="", template="home.html")}
        self._macros = template.make_module(values)

    def cause(self, goal: PortfolioGoal) -> str:
        """Return what the status comes from: `2 of 5 milestones reached, 3 planned by now.`"""
        return self._text("cause", goal)

    def reason(self, goal: PortfolioGoal) -> str:
        """Return the same, and when the goal ends at this pace."""
        return self._text("reason", goal)

    def other_measures(self, goal: PortfolioGoal) -> list[str]:
        """Return each measure that does not decide: `Checklist: 2 of 5 items done`."""
        return [self._text("measured", goal, measure) for measure in goal.other_measures]

    def checklist(self, milestone: PortfolioMilestone) -> list[str]:
        """Return how far a milestone is by its checklist, if it has one."""
        return [self._text("ticked", milestone)] if milestone.tasks else []

    def _text(self, macro: str, *values: object) -> str:
        text: str = getattr(self._macros, macro)(*values).striptags()
        return text
