"""Dates and lengths of time as people write them in plans."""

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.values.text import UNKNOWN

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years of a plan; a year outside them is a typo."""

_MOST_YEARS = 200
_UNKNOWN = UNKNOWN | {"someday", "soon", "later", "no", "false", "never", "ongoing", "asap"}
_HAPPENED = frozenset({"true", "yes", "done", "x", "completed"})


class Precision(StrEnum):
    """How much of a date was given."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class PlanDate(NamedTuple):
    """A date as given: a `due` means its last day, a `start` its first.

    `approximate` marks a due day that only follows from a horizon.
    """

    text: str
    first: date
    last: date
    precision: Precision
    approximate: bool = False


class Offset(NamedTuple):
    """A date relative to a start: `+6m`, `+90d`, `+2w`, `+1y`."""

    text: str
    months: int
    days: int

    def from_day(self, start: date) -> date:
        """Return the day; a month's end clamps (2026-08-31 and `+6m` is 2027-02-28).

        Months are added before days. No day is later than the last of the year 2200.
        """
        end = date(LAST_YEAR, 12, 31)
        years, month = divmod(start.month - 1 + self.months, 12)
        year = start.year + years
        if year > LAST_YEAR:
            return end
        last = calendar.monthrange(year, month + 1)[1]
        moved = date(year, month + 1, min(start.day, last))
        return min(moved + timedelta(days=self.days), end)


class Horizon(Offset):
    """How far ahead a goal lies: `6m`, `2y`, counted from its start."""

    __slots__ = ()

    @property
    def length(self) -> int:
        """How many days it is, counted from 1 January of a common year."""
        return (self.from_day(date(2001, 1, 1)) - date(2001, 1, 1)).days


class Window(NamedTuple):
    """Start and due in one: `2026-Q3`, `2026-Q2..Q3`."""

    start: PlanDate
    due: PlanDate


def read_date(text: str) -> PlanDate:
    """Read `2026-09-30`, `2026-09`, `2026`, `2026-Q3`, `Q3 2026`, `2026-H1` or `2026-W39`.

    Letters may be small. Raises Problem for a day, week or year that does not exist, and for any
    other way to write a date, with the date in our way where there is no doubt about it.
    """
    if text.strip().startswith("+"):
        message = f"{quoted(text)} is relative, which only start and due can be"
        raise Problem(message, "write the date itself, as in 2026-09-30")
    return _date(text, accepted="2026-09-30, 2026-09, 2026-Q3, 2026-H1, 2026-W39 or 2026")


def read_offset_or_date(text: str) -> PlanDate | Offset:
    """Read a date, or one relative to a start: `+6m`, `+90d`, `+2w`, `+1y`.

    Raises Problem for any other text, and for more than 200 years.
    """
    typed = text.strip()
    if (match := _OFFSET.fullmatch(typed)) is not None:
        return Offset(typed, *_length(match, text, hint="write 200 years or less, as in +6m"))
    if typed.startswith("+"):
        near = _near_length(typed[1:].strip())
        hint = f"write +{near}" if near else "write +6m, +90d, +2w or +1y"
        raise Problem(f"{quoted(text)} is no length of time", hint)
    if (near := _near_length(typed)) is not None:
        raise Problem(f"{quoted(text)} is no date", f"write +{near}, counted from the start")
    if typed.casefold() in _HAPPENED:
        hint = "write the day that is planned; what is done says so with `done: 2026-03-31`"
        raise Problem(f"{quoted(text)} is no date", hint)
    return _date(text, accepted="2026-09-30, 2026-09, 2026-Q3, 2026-W39, 2026 or +6m")


def read_horizon(text: str) -> Horizon:
    """Read `6m`, `2y`, `18m`, `90d`, `12w`, with or without a plus before it.

    Raises Problem for any other text, for no time at all and for more than 200 years.
    """
    typed = text.strip()
    match = _OFFSET.fullmatch(typed if typed.startswith("+") else f"+{typed}")
    if match is None:
        raise Problem(f"{quoted(typed)} is no horizon", _horizon_hint(typed))
    months, days = _length(match, text, hint="write 200 years or less")
    if not (months or days):
        raise Problem(f"{quoted(text)} is no time at all", "write 6m or 2y")
    return Horizon(typed, months, days)


def read_window(text: str) -> Window:
    """Read one date as both start and due, or two with `..` between them.

    The second may leave out the year of the first before a quarter, half or week: `2026-Q2..Q3`.
    Raises Problem for a date that cannot be read and for a window that ends before it starts.
    """
    typed = text.strip()
    low, dots, high = (part.strip() for part in typed.partition(".."))
    if dots and not (low and high):
        message = f"{quoted(text)} is a window without its {'end' if low else 'start'}"
        raise Problem(message, "write 2026-Q2..Q3, or start or due alone")
    start = _date(low, accepted="2026-Q3, 2026-09, or 2026-Q2..Q3 with two dots")
    if not dots:
        return Window(start, start)
    year = re.findall(r"[0-9]{4}", start.text)[0]
    short = re.fullmatch(_WITHOUT_YEAR, high) is not None
    due = read_date(f"{year}-{high}" if short else high)
    if due.last < start.first:
        meant = f"{low}..{int(year) + 1}-{high}" if short else f"{high}..{low}"
        raise Problem(f"{quoted(text)} ends before it starts", f"write {meant}")
    return Window(start, due)


def single_day(value: date) -> PlanDate:
    """Return a day as a date of a plan."""
    return PlanDate(value.isoformat(), value, value, Precision.DAY)


def quarter_after(today: date, *, quarters: int = 1) -> str:
    """Return the quarter some quarters after today's, as a plan takes it: `2027-Q1`."""
    number = today.year * 4 + (today.month - 1) // 3 + quarters
    return f"{number // 4}-Q{number % 4 + 1}"


def _length(match: re.Match[str], text: str, *, hint: str) -> tuple[int, int]:
    """Return the months and the days of a length of time."""
    number, unit = int(match[1]), match[2].lower()
    months = {"m": number, "y": 12 * number}.get(unit, 0)
    days = {"d": number, "w": 7 * number}.get(unit, 0)
    if months > 12 * _MOST_YEARS or days > 366 * _MOST_YEARS:
        raise Problem(f"{quoted(text)} is longer than any plan", hint)
    return months, days


def _horizon_hint(typed: str) -> str:
    if (near := _near_length(typed)) is not None:
        return f"write {near}"
    if re.fullmatch(r"[0-9]{1,3}", typed):
        return f"write {typed}y for years or {typed}m for months"
    if _is_date(typed):
        return f"a horizon is a length of time; write due: {typed}"
    return "write 6m, 2y, 12w or 90d"


def _date(text: str, *, accepted: str) -> PlanDate:
    typed = text.strip()
    if (found := _DATE.fullmatch(typed)) is not None:
        year = int(found["year"] or found["last_year"])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            message = f"the year {year:04} is outside {FIRST_YEAR} to {LAST_YEAR}"
            raise Problem(message, "write a year of a plan, as in 2026")
        return PlanDate(typed, *_days(year, found))
    if typed.casefold() in _UNKNOWN:
        raise Problem(f"{quoted(text)} is no date", "leave it empty until you know")
    if typed.casefold() in _HAPPENED:
        raise Problem(f"{quoted(text)} is no date", "write the day, as in 2026-03-31")
    if "," in typed and all(_is_date(part.strip()) for part in typed.split(",")):
        raise Problem(f"{quoted(text)} is several dates", f"write a list: [{typed[:80]}]")
    meant = _near_dates(typed)
    if len(meant) == 1:
        _date(meant[0], accepted=accepted)  # says more of a day that does not exist
    raise Problem(f"{quoted(text)} is no date", f"write {' or '.join(meant) or accepted}")


def _near_dates(typed: str) -> list[str]:
    """Return the dates that a text may mean in the order of some country: none, one, or two.

    They have the right form; whether their day exists is for the reader to say.
    """
    matches = (re.fullmatch(form, typed.casefold(), re.ASCII) for form in _OTHER_DATES)
    found = next((match.groupdict() for match in matches if match is not None), None)
    if found is None:
        return []
    year = found["year"]
    if "one" in found:
        one, two = int(found["one"]), int(found["two"])
        orders = {(month, day) for month, day in ((one, two), (two, one)) if month <= 12}
        return [f"{year}-{month:02}-{day:02}" for month, day in sorted(orders)]
    name, day = found.get("name"), found["day"]
    month = _MONTHS.index(name) + 1 if name else int(found["month"])
    return [f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")]


def _near_length(typed: str) -> str | None:
    """Return the length of time that `6 months` or `within 3 years` means, in short, or None."""
    found = re.fullmatch(_LENGTH, typed)
    return found[1] + found[2].lower() if found is not None else None


def _is_date(typed: str) -> bool:
    return _DATE.fullmatch(typed) is not None


_Days: TypeAlias = tuple[date, date, Precision]


def _days(year: int, found: re.Match[str]) -> _Days:
    """Return the first and the last day of what was found, and how much of a date it is."""
    if found["day"]:
        return _day(year, int(found["month"]), int(found["day"]))
    if found["week"]:
        return _week(year, int(found["week"]))
    if found["month"]:
        month = int(found["month"])
        _check_month(year, month)
        return _months(year, month, 1, Precision.MONTH)
    letter = (found["letter"] or found["first_letter"] or "").upper()
    if not letter:
        return _months(year, 1, 12, Precision.YEAR)
    part, (parts, precision) = int(found["part"] or found["first_part"]), _PARTS[letter]
    if not 1 <= part <= parts:
        hint = f"write {year}-{letter}1 to {year}-{letter}{parts}"
        raise Problem(f"a year has {parts} {precision}s".replace("halfs", "halves"), hint)
    months = 12 // parts
    return _months(year, (part - 1) * months + 1, months, precision)


def _day(year: int, month: int, day: int) -> _Days:
    if 1 <= day <= 12 < month <= calendar.monthrange(year, day)[1]:
        raise Problem(f"there is no month {month:02}", f"write {year}-{day:02}-{month:02}")
    _check_month(year, month)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        name = f"{calendar.month_name[month]} {year}"
        hint = f"write {year}-{month:02}-{days}, or the month: {year}-{month:02}"
        raise Problem(f"{name} has {days} days", hint)
    only = date(year, month, day)
    return only, only, Precision.DAY


def _check_month(year: int, month: int) -> None:
    if not 1 <= month <= 12:
        raise Problem(f"there is no month {month:02}", f"write {year}-01 to {year}-12")


def _week(year: int, week: int) -> _Days:
    # 28 December is always in the last week of its ISO year (ISO 8601).
    weeks = date(year, 12, 28).isocalendar().week
    if not 1 <= week <= weeks:
        raise Problem(f"{year} has {weeks} weeks", f"write {year}-W01 to {year}-W{weeks}")
    first = date.fromisocalendar(year, week, 1)
    return first, first + timedelta(days=6), Precision.WEEK


def _months(year: int, month: int, count: int, precision: Precision) -> _Days:
    last = month + count - 1
    return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]), precision


_PARTS = {"Q": (4, Precision.QUARTER), "H": (2, Precision.HALF)}
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)"
    r"|(?P<letter>[QH])(?P<part>\d)))?|(?P<first_letter>Q)(?P<first_part>\d) +(?P<last_year>\d{4})",
    re.IGNORECASE | re.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<year>\d{4})"
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})(?:r?uary|ch|il|[ey]|t|ust|(?:t?em|o)ber)?\.?"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_OTHER_DATES = (
    rf"{_YEAR}[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?",
    rf"(?P<one>\d{{1,2}})[-/.] ?(?P<two>\d{{1,2}})[-/.] ?{_YEAR}",
    rf"(?:{_NTH} )?{_NAME} {_YEAR}",
    rf"{_NAME} {_NTH},? {_YEAR}",
)
_OFFSET = re.compile(r"\+(\d{1,9})([dwmy])", re.IGNORECASE | re.ASCII)
_LENGTH = r"(?ai)(?:(?:with)?in )?(\d{1,3}) ?([dwmy])(?:ays?|eeks?|onths?|ears?)?"
_WITHOUT_YEAR = r"(?ai)Q\d|H\d|W\d{2}"
