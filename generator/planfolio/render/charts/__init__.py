"""Charts: pure functions of the portfolio that return plain values for a template to draw.

A chart is a function here and a template in `templates/charts/` of the theme. The function computes
where marks stand, in pixels of a drawing whose width it knows; the template holds the words, the
shapes and their order. A chart is named here, and by the page that includes its template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.message_text import quoted
from planfolio.names import did_you_mean
from planfolio.render.charts.budget import budget_chart
from planfolio.render.charts.burn_up import burn_up_chart
from planfolio.render.charts.due import horizon_ladder_chart, timeline_chart
from planfolio.render.charts.habit_calendar import habit_calendar_chart
from planfolio.render.charts.levels import level_matrix_chart, level_steps_chart
from planfolio.render.charts.requirements import gap_matrix_chart, radar_chart, readiness_chart
from planfolio.render.charts.roadmap import roadmap_chart

if TYPE_CHECKING:
    from collections.abc import Callable

CHARTS: dict[str, Callable[..., Any]] = {
    "budget": budget_chart,
    "burn-up": burn_up_chart,
    "gap-matrix": gap_matrix_chart,
    "habit-calendar": habit_calendar_chart,
    "horizon-ladder": horizon_ladder_chart,
    "level-matrix": level_matrix_chart,
    "level-steps": level_steps_chart,
    "radar": radar_chart,
    "readiness": readiness_chart,
    "roadmap": roadmap_chart,
    "timeline": timeline_chart,
}
"""The charts by the names that templates have for them."""


def chart(name: str, /, *subject: Any, **options: Any) -> Any:
    """Return the values of a chart, known to templates as `chart('burn-up', goal, as_of=…)`.

    None where there is nothing to show. Raises LookupError for a name that is no chart.
    """
    if name not in CHARTS:
        near = did_you_mean(name, list(CHARTS)) or f"; there are {', '.join(CHARTS)}"
        raise LookupError(f"there is no chart {quoted(name)}{near}")
    return CHARTS[name](*subject, **options)
