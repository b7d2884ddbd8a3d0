"""Values in plan.json: days in ISO form, exact numbers as floats, and null for what is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.urls import relative

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.gaps import Interval
    from planfolio.model.values.dates import PlanDate
    from planfolio.model.values.money import Money
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.records_format import IntervalExport, MoneyExport, RecordExport

PLAN_JSON_URL = "plan.json"


def record_export(record: PortfolioRecord[Any]) -> RecordExport:
    """Return what every record has: its id, its title and the address of its page."""
    url = relative(record.url, page=PLAN_JSON_URL)
    return {"id": record.id, "title": record.title, "url": url}


def step_name(step: PortfolioRecord[Any]) -> str:
    """Return the name of a step: `goals/cka`."""
    return f"{step.record_kind.folder}/{step.id}"


def json_number(value: Fraction | None) -> float | None:
    """Return an exact number as a float."""
    return None if value is None else float(value)


def json_day(day: date | None) -> str | None:
    """Return a day in ISO form."""
    return None if day is None else day.isoformat()


def first_day(when: PlanDate | None) -> str | None:
    """Return the first day of a date, on which something began or happened."""
    return None if when is None else when.first.isoformat()


def last_day(when: PlanDate | None) -> str | None:
    """Return the last day of a date, on which something ends or is due."""
    return None if when is None else when.last.isoformat()


def money_export(cost: Money | None) -> MoneyExport | None:
    """Return an amount of money."""
    return None if cost is None else {"amount": float(cost.amount), "currency": cost.currency}


def interval_export(interval: Interval | None) -> IntervalExport | None:
    """Return a share that lies between two."""
    if interval is None:
        return None
    return {"low": float(interval.low), "high": float(interval.high)}
