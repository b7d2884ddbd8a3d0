"""The filters of templates: how values look, and how links are written."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from planfolio.model import formatting
from planfolio.model.formatting import unbroken
from planfolio.model.values.dates import PlanDate
from planfolio.portfolio.pages import NOT_FOUND
from planfolio.urls import absolute, relative

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2.runtime import Context

    from planfolio.model.values.effort import Effort
    from planfolio.model.values.money import Money
    from planfolio.portfolio.levels import SkillLevel

_EXTERNAL = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_ICALENDAR = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def show_date(when: PlanDate | date | None, *, as_start: bool = False) -> str:
    """Return a date as precisely as it was given: `30 Sep 2026`, `Q3 2026`; empty without one."""
    if when is None:
        return ""
    if isinstance(when, PlanDate):
        return unbroken(formatting.plan_date(when, as_start=as_start))
    return unbroken(formatting.calendar_day(when))


def iso(when: date) -> str:
    """Return a day as machines read it: `2026-09-30`."""
    return when.isoformat()


def points(share: Fraction) -> str:
    """Return a ratio in percentage points, without the sign: `9.8`."""
    return formatting.number(share * 100)


def bar_length(share: Fraction) -> str:
    """Return a ratio as a length on a line of 0 to 100, held within it: `41.7`."""
    return str(formatting.rounded(min(max(share, Fraction(0)), Fraction(1)) * 100))


def show_number(value: Fraction | int) -> str:
    """Return a number with at most one decimal: `2.5`, `1,200`."""
    return formatting.number(Fraction(value))


def show_hours(effort: Effort | Fraction) -> str:
    """Return an effort in hours: `40 h`."""
    return unbroken(formatting.hours(effort if isinstance(effort, Fraction) else effort.hours))


def show_money(amount: Money) -> str:
    """Return an amount with its currency: `395 USD`."""
    return unbroken(formatting.money(amount))


def level(value: SkillLevel | None) -> str:
    """Return a level as its word and its number: `Practitioner (3 of 5)`; empty for none."""
    if value is None:
        return ""
    place = f"{formatting.number(value.value)} of {formatting.number(value.top)}"
    return f"{formatting.as_sentence(value.word)} ({place})" if value.word else place


def show_name(name: str) -> str:
    """Return the name of a field or a choice as words: `done_when` is `Done when`."""
    return formatting.field_name(str(name))


def anchor(name: str) -> str:
    """Return the id of a part of a page, which a heading of a text hardly ever has."""
    words = re.sub(r"[^\w]+", "-", name.casefold().replace("_", "-")).strip("-")
    return f"part-{words}"


def first_words(text: str, limit: int) -> str:
    """Return the first words of a text on one line, with an ellipsis where it goes on."""
    words = " ".join(_plain(text).split())
    if len(words) <= limit:
        return words
    whole = words[: limit + 1].rpartition(" ")[0] or words[:limit]
    return whole.rstrip(",;:.") + " …"


def xml_text(text: str) -> str:
    """Return text without what no XML document can hold, not even escaped (XML 1.0, 2.2)."""
    return _NOT_IN_XML.sub("", _plain(text))


def icalendar_text(text: str) -> Markup:
    """Return text as a value of a calendar, escaped (RFC 5545, 3.3.11)."""
    clean = _NOT_IN_ICALENDAR.sub("", _plain(text).replace("\r\n", "\n"))
    for char in "\\;,":
        clean = clean.replace(char, "\\" + char)
    return Markup(clean.replace("\n", "\\n"))  # noqa: S704 (a calendar is no HTML)


def icalendar_day(day: date) -> str:
    """Return a day as a calendar writes it: `20260930`."""
    return day.strftime("%Y%m%d")


def days_later(day: date, days: int) -> date:
    """Return the day some days later."""
    return day + timedelta(days=days)


@jinja2.pass_context
def relative_url(context: Context, path: str) -> str:
    """Return the URL of a site path as seen from the page."""
    page = context.resolve("page")
    if isinstance(page, jinja2.Undefined):
        message = "links depend on the page: import this template 'with context'"
        raise jinja2.UndefinedError(message)
    if page.url == NOT_FOUND:
        # It may be shown at any address, so its links start at the root of the site.
        root: str = context.resolve("portfolio").root_path
        return root + relative(path, page="").removeprefix("./")
    return relative(path, page=page.url)


@jinja2.pass_context
def absolute_url(context: Context, path: str) -> str:
    """Return the full URL of a site path; empty where the address of the site is not known."""
    base = context.resolve("portfolio").settings.base_url
    return absolute(path, base=base) if base else ""


def is_external(url: str | None) -> bool:
    """Tell whether an address may lead out of the site: http, https and mailto do."""
    return bool(url and _EXTERNAL.match(url))


def _plain(text: str) -> str:
    """Return text that a template has put together, which is escaped, as it was."""
    return text.unescape() if isinstance(text, Markup) else text


FILTERS: Mapping[str, Callable[..., Any]] = {
    "absolute_url": absolute_url,
    "anchor": anchor,
    "bar_length": bar_length,
    "cadence": formatting.cadence,
    "calendar_days": formatting.with_calendar_days,
    "date": show_date,
    "date_range": formatting.date_range,
    "days_later": days_later,
    "excerpt": first_words,
    "field_name": show_name,
    "horizon": formatting.horizon,
    "hours": show_hours,
    "icalendar_day": icalendar_day,
    "icalendar_text": icalendar_text,
    "iso": iso,
    "level": level,
    "money": show_money,
    "number": show_number,
    "percent": formatting.percent_beside,
    "points": points,
    "relative_url": relative_url,
    "sentence": formatting.as_sentence,
    "xml_text": xml_text,
}
"""The filters by the names that templates know them by."""

TESTS: Mapping[str, Callable[..., bool]] = {"external": is_external}
