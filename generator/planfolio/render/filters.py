"""The filters of templates: how values look in the language of the frame, and links."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import jinja2
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, escape

from planfolio.model import formatting
from planfolio.model.formatting import unbroken
from planfolio.model.scales import SCALES, Scale
from planfolio.model.values.amounts import Effort, Money
from planfolio.model.values.cadence import Cadence
from planfolio.model.values.dates import Horizon, PlanDate, Window
from planfolio.portfolio.facts import FactParts, OutOfTen, Word
from planfolio.portfolio.levels import SkillLevel
from planfolio.portfolio.pages import NOT_FOUND, Page
from planfolio.portfolio.portfolio import Portfolio
from planfolio.render.languages import FrameLanguage
from planfolio.render.long_pages import folds, page_parts, with_permalinks
from planfolio.urls import absolute, relative, relative_from

_EXTERNAL = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_CODE_OR_TITLE = re.compile("`([^`]+)`|“([^”]+)”")
# A pattern of what XML allows takes 4 ms to compile.
_NOT_IN_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
_NOT_IN_ICALENDAR = r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]"


class LocalFilters(NamedTuple):
    """The filters that depend on the language; each is known by the name of its method."""

    language: FrameLanguage

    def date(self, when: PlanDate | date | None, *, as_start: bool = False) -> str:
        """Return a date as precisely as it was given: `30 Sep 2026`, `Q3 2026`; empty for none."""
        if when is None:
            return ""
        formats = self.language.formats
        if isinstance(when, PlanDate):
            return unbroken(formats.plan_date(when, as_start=as_start))
        return unbroken(formats.calendar_day(when))

    def hours(self, effort: Effort | Fraction) -> str:
        """Return an effort in hours: `40 h`."""
        amount = effort if isinstance(effort, Fraction) else effort.hours
        return unbroken(self.language.formats.hours(amount))

    def money(self, amount: Money) -> str:
        """Return an amount with its currency: `395 USD`."""
        return unbroken(self.language.formats.money(amount))

    def number(self, value: Fraction | int) -> str:
        """Return a number with at most one decimal: `2.5`, `1,200`."""
        shown: str = self.language.formats.number(value)
        return shown

    def points(self, share: Fraction) -> str:
        """Return a ratio in percentage points, without the sign: `9.8`."""
        return self.number(share * 100)

    def level(self, value: SkillLevel | None) -> str:
        """Return a level as its word and its number: `Practitioner (3 of 5)`; empty for none."""
        if value is None:
            return ""
        word, place = value.word, self._out_of(value.value, value.top)
        if not word:
            return place
        return self.scale_words(formatting.as_sentence(word), value.scale) + f" ({place})"

    def short_level(self, value: SkillLevel) -> str:
        """Return a level as its number, or its word on a scale known by short words: `3`, `B1`."""
        is_word = value.short == value.word
        return self.scale_words(value.word, value.scale) if is_word else self.number(value.value)

    def scale_words(self, words: str, scale: Scale) -> str:
        """Return the name of a level or what it means; those of a scale that ships translated."""
        return self._words(words) if SCALES.get(scale.name) is scale else self.plan_text(words)

    def choice(self, name: str) -> str:
        """Return a choice, or the name of a kind or a field, within a sentence: `check-in`."""
        return self._words(str(name).strip("_").replace("_", " "))

    def field_name(self, name: str) -> str:
        """Return the same with a capital at the start: `done_when` is `Done when`."""
        return formatting.as_sentence(self.choice(name))

    def fact(self, value: object) -> str:
        """Return a value of `record.facts()` in words."""
        words = self._in_words(value)
        return formatting.as_sentence(words) if isinstance(value, PlanDate | Window) else words

    def plan_text(self, text: str) -> str:
        """Return text of the plan, marked with its language where the frame has another."""
        marks = self.language.owner_marks
        return Markup("<bdi{}>{}</bdi>").format(marks, text) if marks and text else text

    def _in_words(self, value: object) -> str:
        formats = self.language.formats
        match value:
            case str():
                return self.plan_text(value)
            case Word(text):
                return self.choice(text)
            case FactParts(parts, separator):
                return Markup(separator).join(self._in_words(part) for part in parts)  # noqa: S704
            case PlanDate():
                return str(formats.plan_date(value))
            case Window():
                return str(formats.date_range(value.start, value.due))
            case Effort():
                return str(formats.hours(value.hours))
            case Money():
                return str(formats.money(value))
            case Cadence():
                return str(formats.cadence(value))
            case Horizon():
                return str(formats.horizon(value))
            case OutOfTen(number):
                return self._out_of(number, 10)
            case Fraction():
                return self.number(value)
            case tuple():
                words = [str(escape(self._in_words(part))) for part in value]
                return Markup(formats.listing(words))  # noqa: S704 (escaped above)
            case _:
                return str(value)

    def _out_of(self, value: Fraction, top: Fraction | int) -> str:
        shown = {"now": self.number(value), "top": self.number(top)}
        return self._words("%(now)s of %(top)s") % shown

    def _words(self, message: str) -> str:
        return self.language.words.gettext(message) if message else ""


def filters_of(language: FrameLanguage) -> Mapping[str, Callable[..., Any]]:
    """Return the filters by the names that templates know them by."""
    local, formats = LocalFilters(language), language.formats
    names = [name for name in vars(LocalFilters) if name[0] != "_" and name != "language"]
    found = {
        **{name: getattr(local, name) for name in names},
        **{name: getattr(formats, name) for name in ("cadence", "date_range", "horizon")},
        "percent": formats.percent_beside,
        **_OF_ALL,
    }
    return dict(sorted(found.items()))


def iso(when: date) -> str:
    """Return a day as machines read it: `2026-09-30`."""
    return when.isoformat()


def bar_length(share: Fraction) -> str:
    """Return a ratio as a length on a line of 0 to 100, held within it: `41.7`."""
    if not 0 <= share.numerator <= share.denominator:
        share = Fraction(share > 1)
    return str(formatting.rounded(share, times=100))


def sentence(words: str) -> str:
    """Return words with a capital at the start."""
    if isinstance(words, Markup):
        return Markup(formatting.as_sentence(str(words)))  # noqa: S704 - one letter is another
    return formatting.as_sentence(words)


def anchor(name: str) -> str:
    """Return an id for a part of a page that headings of texts hardly ever have."""
    words = re.sub(r"[^\w]+", "-", name.casefold().replace("_", "-")).strip("-")
    return f"part-{words}"


def first_words(text: str, limit: int) -> str:
    """Return the first words of a text on one line, with an ellipsis where it goes on."""
    words = " ".join((text.striptags() if isinstance(text, Markup) else text).split())
    if len(words) <= limit:
        return words
    whole = words[: limit + 1].rpartition(" ")[0] or words[:limit]
    return whole.rstrip(",;:.") + " …"


def xml_text(text: str) -> str:
    """Return text without the characters that XML forbids even when escaped (XML 1.0, 2.2)."""
    plain = _plain(text)
    return plain if plain.isprintable() else re.sub(_NOT_IN_XML, "", plain)


def icalendar_text(text: str) -> Markup:
    """Return text as a value of a calendar, escaped (RFC 5545, 3.3.11)."""
    clean = _plain(text).replace("\r\n", "\n")
    if not clean.isprintable():
        clean = re.sub(_NOT_IN_ICALENDAR, "", clean)
    for char in "\\;,":
        clean = clean.replace(char, "\\" + char)
    return Markup(clean.replace("\n", "\\n"))  # noqa: S704 (a calendar is no HTML)


def icalendar_day(day: date) -> str:
    """Return a day as a calendar writes it: `20260930`."""
    return day.isoformat().replace("-", "")


def days_later(day: date, days: int) -> date:
    """Return the day some days later."""
    return day + timedelta(days=days)


def urls_seen_from(page: Page, portfolio: Portfolio) -> Callable[[str], str]:
    """Return what gives the URLs of site paths as seen from a page."""
    if page.url == NOT_FOUND:
        # It may be shown at any address, so its links start at the root of the site.
        base = portfolio.settings.base_url
        root = (urlsplit(base).path or "/") if base else "/"
        return lambda path: root + relative(path, page="").removeprefix("./")
    return relative_from(page.url)


@jinja2.pass_context
def relative_url(context: Context, path: str) -> str:
    """Return the URL of a site path as seen from the page."""
    url_from_page = context.resolve_or_missing("url_from_page")
    if url_from_page is missing:
        message = "links depend on the page: import this template 'with context'"
        raise jinja2.UndefinedError(message)
    url: str = url_from_page(path)
    return url


@jinja2.pass_context
def absolute_url(context: Context, path: str) -> str:
    """Return the full URL of a site path; empty where the address of the site is not known."""
    base = context["portfolio"].settings.base_url
    return absolute(path, base=base) if base else ""


def is_external(url: str | None) -> bool:
    """Tell whether an address may lead out of the site: http, https and mailto do."""
    return bool(url and _EXTERNAL.match(url))


def with_code(text: str) -> Markup:
    """Return text in which `words` between backticks are code, and each “title” has its own
    direction."""
    marked = _CODE_OR_TITLE.sub(
        lambda found: f"<code>{found[1]}</code>" if found[1] else f"“<bdi>{found[2]}</bdi>”",
        str(escape(text)),
    )
    return Markup(marked)  # noqa: S704 - it is escaped


def _plain(text: str) -> str:
    """Return text that a template has put together, which is escaped, as it was."""
    return text.unescape() if isinstance(text, Markup) else text


_OF_ALL: Mapping[str, Callable[..., Any]] = {
    "absolute_url": absolute_url,
    "anchor": anchor,
    "bar_length": bar_length,
    "calendar_days": formatting.with_calendar_days,
    "code": with_code,
    "days_later": days_later,
    "excerpt": first_words,
    "folds": folds,
    "icalendar_day": icalendar_day,
    "icalendar_text": icalendar_text,
    "iso": iso,
    "page_parts": page_parts,
    "relative_url": relative_url,
    "sentence": sentence,
    "with_permalinks": with_permalinks,
    "xml_text": xml_text,
}

TESTS: Mapping[str, Callable[..., bool]] = {"external": is_external}
