"""The short form of a metric."""

from __future__ import annotations

import re

from planfolio.values.unreadable import Unreadable


def split_metric(text: str) -> dict[str, str]:
    """Take `5/12 talks` apart into the texts of current, target and unit; `0/12` has no unit.

    Raises Unreadable for any other form.
    """
    match = re.fullmatch(r"\s*([\d.+-]+)\s*/\s*([\d.+-]+)\s*(.*?)\s*", text)
    if match is None:
        raise Unreadable(f"`{text}` is no metric", "write 5/12 talks", name="bad-metric")
    current, target, unit = match.groups()
    return {"current": current, "target": target} | ({"unit": unit} if unit else {})
