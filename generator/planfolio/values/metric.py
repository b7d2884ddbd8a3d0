"""The short form of a metric."""

from __future__ import annotations


def split_metric(text: str) -> dict[str, str]:
    """Take `5/12 talks` apart into the texts of current, target and unit; `0/12` has no unit.

    Raises Unreadable for any other form.
    """
    raise NotImplementedError
