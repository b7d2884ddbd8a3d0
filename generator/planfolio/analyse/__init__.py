"""The fourth step: from a plan to its numbers, on a day that is passed in."""

from __future__ import annotations

from planfolio.analyse.analyse import analyse
from planfolio.analyse.results import Analysis

__all__ = ["Analysis", "analyse"]
