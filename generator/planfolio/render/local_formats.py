"""Numbers, dates and lists as a language and a region write them, by CLDR.

The functions are those of `model.formatting`, which writes English. This module takes 40 ms to
import: only a site in another language does.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from gettext import NullTranslations
from typing import NamedTuple

from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from planfolio.model.formatting import decimals_of, rounded
from planfolio.model.values.amounts import Money
from planfolio.model.values.cadence import Cadence
from planfolio.model.values.dates import Horizon, PlanDate, Precision

_DAY, _MONTH, _QUARTER = "yMMMd", "yMMM", "yQQQ"
_PLAIN = "#,##0.##"


class LocalFormats(NamedTuple):
    """How one locale writes values; `words` has the phrases around them."""

    locale: Locale
    words: NullTranslations

    def number(self, value: Fraction, *, decimals: int = 1) -> str:
        """Return a number with at most some decimals."""
        amount = rounded(value, decimals=decimals)
        return format_decimal(amount, format=_PLAIN, locale=self.locale).replace("-", "−")

    def percent(self, share: Fraction, *, decimals: int = 0) -> str:
        """Return a ratio as a percentage. What is not complete is never 100 percent."""
        value = share * 100
        if share < 1:
            value = min(value, 100 - Fraction(1, 10**decimals))
        ratio = rounded(value, decimals=decimals).normalize() / 100
        shown = format_percent(ratio, locale=self.locale, decimal_quantization=False)
        return shown.replace("-", "−")

    def percent_beside(self, share: Fraction, *others: Fraction | None) -> str:
        """Return a percentage; with one decimal where another, as a whole, would look alike."""
        whole = self.percent(share)
        alike = any(o is not None and o != share and self.percent(o) == whole for o in others)
        return self.percent(share, decimals=1) if alike else whole

    def hours(self, amount: Fraction) -> str:
        """Return an effort in hours."""
        number = rounded(amount)
        return format_unit(
            number, "duration-hour", length="short", format=_PLAIN, locale=self.locale
        )

    def money(self, amount: Money) -> str:
        """Return an amount with its currency, cents only where there are some."""
        pattern = self.locale.currency_formats["standard"].pattern
        decimals = decimals_of(amount)
        return format_currency(
            rounded(amount.amount, decimals=decimals),
            amount.currency,
            format=pattern.replace(".00", "." + "0" * decimals if decimals else ""),
            currency_digits=False,
            locale=self.locale,
        )

    def calendar_day(self, day: date) -> str:
        """Return a day."""
        return format_skeleton(_DAY, day, locale=self.locale)

    def plan_date(self, when: PlanDate, *, as_start: bool = False) -> str:
        """Return a date as precisely as it was given; a week by its last or its first day."""
        first = when.first
        month = format_skeleton(_MONTH, first, locale=self.locale)
        if when.approximate:
            return self.words.gettext("around %(month)s") % {"month": month}
        match when.precision:
            case Precision.DAY:
                return self.calendar_day(first)
            case Precision.WEEK:
                day = self.calendar_day(first if as_start else when.last)
                week = first.isocalendar().week
                return self.words.gettext("%(day)s (week %(week)s)") % {"day": day, "week": week}
            case Precision.MONTH:
                return month
            case Precision.QUARTER:
                return format_skeleton(_QUARTER, first, locale=self.locale)
            case Precision.HALF if first.month == 1:
                return self.words.gettext("first half of %(year)s") % {"year": first.year}
            case Precision.HALF:
                return self.words.gettext("second half of %(year)s") % {"year": first.year}
            case Precision.YEAR:
                return str(first.year)

    def date_range(self, start: PlanDate | None, end: PlanDate | None) -> str:
        """Return a stretch of time, which may be open at one side."""
        last = self.plan_date(end) if end else ""
        if start is None:
            return self.words.gettext("until %(day)s") % {"day": last} if end else ""
        first = self.plan_date(start, as_start=True)
        if not end:
            return self.words.gettext("since %(day)s") % {"day": first}
        if first == last:
            return first
        return self.words.gettext("%(first)s to %(last)s") % {"first": first, "last": last}

    def cadence(self, value: Cadence) -> str:
        """Return a cadence in words, with the share that is enough."""
        times = {
            1: self.words.gettext("once"),
            2: self.words.gettext("twice"),
        }.get(value.times, self.words.gettext("%(count)s times") % {"count": value.times})
        every = value.every.value
        if value.span == 1:
            shown = self.words.gettext("%(times)s a %(period)s") % {
                "times": times,
                "period": self.words.gettext(every),
            }
        else:
            span = format_unit(value.span, f"duration-{every}", locale=self.locale)
            shown = self.words.gettext("%(times)s every %(span)s") % {"times": times, "span": span}
        if value.share == 1:
            return shown
        enough = self.words.gettext("%(cadence)s, %(share)s is enough")
        return enough % {"cadence": shown, "share": self.percent(value.share)}

    def horizon(self, value: Horizon) -> str:
        """Return a horizon in the largest units that fit."""
        parts = []
        for amount, size, unit, part in (
            (value.months, 12, "year", "month"),
            (value.days, 7, "week", "day"),
        ):
            if amount:
                whole = amount % size == 0
                count, name = (amount // size, unit) if whole else (amount, part)
                parts.append(format_unit(count, f"duration-{name}", locale=self.locale))
        return self.listing(parts)

    def listing(self, words: Sequence[str]) -> str:
        """Return words as a list."""
        return format_list(list(words), locale=self.locale)
