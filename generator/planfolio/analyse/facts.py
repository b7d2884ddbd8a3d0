"""When a fact counts: from the first day of its date on, and never before `as_of` reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from planfolio.model.values.dates import PlanDate


def reached(value: PlanDate | None, *, as_of: date) -> date | None:
    """Return the day from which a dated fact counts, or None if it has no date or lies ahead.

    A partly given date counts once its first day is reached: `2026-09` does on 1 September.
    """
    if value is None or value.first > as_of:
        return None
    return value.first
