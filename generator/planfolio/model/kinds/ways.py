"""The ways in which a step teaches."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """By doing, with others, or by instruction."""

    EXPERIENCE = "experience"
    SOCIAL = "social"
    FORMAL = "formal"
