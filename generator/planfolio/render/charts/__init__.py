"""Charts: pure functions of the portfolio that return plain values for a template to draw.

A chart is a module here and a template in `templates/charts/` of the theme. The module computes
where marks stand, in pixels of a drawing whose width it knows; the template holds the words, the
shapes and their order. Nothing else names a chart, save the page that includes the template.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from planfolio.spelling import did_you_mean, quoted

_CHARTS = sorted(found.name for found in iter_modules(__path__) if found.name != "axes")


def chart(name: str, /, *subject: Any, **options: Any) -> Any:
    """Return the values of a chart, known to templates as `chart('burn-up', goal, as_of=…)`.

    That is what `burn_up_chart` of the module `burn_up` returns: None where there is nothing to
    show. Raises LookupError for a name that is no chart.
    """
    module = name.replace("-", "_")
    if module not in _CHARTS:
        known = [found.replace("_", "-") for found in _CHARTS]
        near = did_you_mean(name, known) or f"; there are {', '.join(known)}"
        raise LookupError(f"there is no chart {quoted(name)}{near}")
    return getattr(import_module(f"{__name__}.{module}"), f"{module}_chart")(*subject, **options)
