"""Charts: pure functions of the portfolio that return plain values for a template to draw.

A chart is a function here and a template in `templates/charts/` of the theme. The function computes
the places of marks, in pixels of a drawing whose width it knows; the template holds the words, the
shapes and their order. A chart is named here, and by the page that includes its template.
"""

from importlib import import_module
from types import MappingProxyType
from typing import Any

from planfolio.message_text import quoted
from planfolio.names import did_you_mean

CHARTS = MappingProxyType(
    {
        "budget": "budget",
        "burn-up": "burn_up",
        "gap-matrix": "requirements",
        "habit-calendar": "habit_calendar",
        "horizon-ladder": "due",
        "level-matrix": "levels",
        "level-steps": "levels",
        "radar": "requirements",
        "readiness": "requirements",
        "roadmap": "roadmap",
        "timeline": "due",
    }
)
"""The charts, and the modules that compute them: `burn_up_chart` in `burn_up` and so on.

A module is imported when a page has one of its charts: a plan hardly ever has all of them.
"""


def chart(name: str, /, *subject: Any, **options: Any) -> Any:
    """Return the values of a chart, known to templates as `chart('burn-up', goal, as_of=…)`.

    None where there is nothing to show. Raises LookupError for a name that is no chart.
    """
    if name not in CHARTS:
        near = did_you_mean(name, list(CHARTS)) or f"; there are {', '.join(CHARTS)}"
        raise LookupError(f"there is no chart {quoted(name)}{near}")
    module = import_module(f"{__name__}.{CHARTS[name]}")
    return getattr(module, f"{name.replace('-', '_')}_chart")(*subject, **options)
