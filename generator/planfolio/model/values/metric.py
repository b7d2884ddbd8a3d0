"""The short form of a metric."""

from __future__ import annotations

import re

from planfolio.model.diagnostics import Problem
from planfolio.model.values.number import NUMBER, ascii_form, near_number
from planfolio.spelling import quoted

_METRIC = re.compile(rf"([+-]?{NUMBER})\s*/\s*([+-]?{NUMBER})(?![0-9.,/])\s*(.*)", re.ASCII)


def split_metric(text: str) -> dict[str, str]:
    """Take `5/12 talks` apart into the texts of current, target and unit; `0/12` has no unit.

    Raises Problem for any other form.
    """
    typed = text.strip()
    match = _METRIC.fullmatch(typed)
    if match is None:
        near = _near(ascii_form(typed))
        hint = f"write {near}" if near else "write 5/12 talks: how many now, how many in the end"
        raise Problem(f"{quoted(text)} is no metric", hint, name="bad-metric")
    current, target, unit = match.groups()
    return {"current": current, "target": target} | ({"unit": unit} if unit else {})


def _near(typed: str) -> str | None:
    """Return the metric that a text like `5 of 12 talks` or `12 talks` means, or None."""
    number = r"([+-]?[0-9][0-9.,']*)"
    percent = re.fullmatch(rf"{number}\s*%", typed)
    pair = re.fullmatch(rf"{number}\s*(?:/|of|out of)\s*{number}(?:\s+(.*))?", typed)
    single = re.fullmatch(rf"{number}\s+([^0-9]*)", typed)
    if percent is not None:
        now, end, unit = near_number(percent[1]), "100", "%"
    elif pair is not None:
        now, end, unit = near_number(pair[1]), near_number(pair[2]) or "", pair[3]
    elif single is not None:
        now, end, unit = "0", near_number(single[1]) or "", single[2]
    else:
        return None
    near = f"{now}/{end} {unit or ''}".strip()
    return near if now and _METRIC.fullmatch(near) else None
