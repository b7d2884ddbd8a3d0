"""How people write values elsewhere, for hints; nothing here is read as a value."""

import re
from collections.abc import Iterator
from fractions import Fraction

from planfolio.model.values.number import LOOSE_NUMBER, near_number
from planfolio.model.values.text import ascii_form

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:(?:s|nes|rs|ur)?days?)?"
_UNITS = ("minute", "hour", "day", "week", "month", "quarter", "year")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS, start=1)}
_WORDS |= {"once": "1 times", "twice": "2 times", "each": "every", "sept": "sep"}
_WORDS |= {"min": "minute", "mins": "minute", "hr": "hour", "hrs": "hour", "daily": "every day"}
_WORDS |= {unit + end: unit for unit in _UNITS for end in ("", "s")}

_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_SHORT_YEAR = r"(?P<year>\d{4}|\d\d)"
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})(?:r?uary|ch|il|[ey]|ust|(?:t?em|o)ber)?\.?"
_NTH = rf"{_DAY}(?:st|nd|rd|th|\.)?"
_PART = r"(?:(?P<part>[qh]) ?(?P<number>\d)|w(?:eek)? ?(?P<week>\d{1,2}))"
_DATES = (
    rf"{_YEAR}[-/._ ]{_MONTH}[-/._ ]{_DAY}",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    rf"{_DAY}\. ?{_MONTH}\. ?{_SHORT_YEAR}",
    rf"(?P<one>\d{{1,2}})[- ](?P<two>\d{{1,2}})[- ]{_YEAR}",
    rf"(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})/{_SHORT_YEAR}",
    rf"{_YEAR}[-/._ ]{_MONTH}",
    rf"{_MONTH}[-/. ]{_YEAR}",
    rf"{_NAME}[-/ ]?(?:{_NTH})?,? ?{_YEAR}",
    rf"{_NTH}[-/ ]?{_NAME}[-/, ]*{_SHORT_YEAR}",
    rf"{_YEAR}[-/ ]*{_PART}",
    rf"{_PART}[-/, ]*{_YEAR}",
    _YEAR,
)
_BEFORE_A_DATE = (
    rf"(?:(?:{_WEEKDAY}|by|until|before|on|in|end|of|start|mid"
    r"|early|late|around|about)\b[ ,.-]*)+"
)
_TIME = r"(?<=\d)(?:t|,? )\d{1,2}:\d\d.*$"

_PERIODS = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
_PERIODS |= {period: period for period in _PERIODS.values()}
_SPANS = {"other": 2, "second": 2, "third": 3}
_CADENCE = (
    r"(?:(?P<times>\d{1,3}) ?(?:x|times|day)?)? ?(?:/|an?|per|every|in)? ?"
    rf"(?:(?P<span>\d{{1,2}}|{'|'.join(_SPANS)}) )?(?P<period>[a-z]+)"
)
_CADENCES = {
    "biweekly": "2 weeks for once in two weeks, or 2/week",
    "bimonthly": "2 months for once in two months, or 2/month",
    "fortnightly": "2 weeks",
    "annually": "year",
    "mon fri": "weekdays",
    "every weekday": "weekdays",
}
_LABEL = r"^(?:level|l)\.? ?(?=\d|[a-c]\d)"


def plain_words(text: str) -> str:
    """Return text in small letters, with digits for numbers and units in the singular.

    `Every two Weeks` becomes `every 2 week`. Text with no likely meaning becomes empty, as with
    `ascii_form`.
    """
    plain = ascii_form(text).casefold()
    return " ".join(re.sub(r"[a-z]+", lambda found: _WORDS.get(found[0], found[0]), plain).split())


def near_dates(text: str) -> tuple[str, ...]:
    """Return the dates that a text may mean, as plans write them: none, one, or two.

    They have the right form; whether their day exists is for the reader to say.
    """
    typed = re.sub(_TIME, "", plain_words(text).strip("[](). "))
    before = re.match(_BEFORE_A_DATE, typed)
    typed = typed[before.end() :] if before is not None else typed
    matches = (re.fullmatch(form, typed, re.ASCII) for form in _DATES)
    found = next((match.groupdict() for match in matches if match is not None), None)
    if found is None:
        return ()
    year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
    if found.get("week"):
        return (f"{year}-W{int(found['week']):02}",)
    if found.get("part"):
        return (f"{year}-{found['part'].upper()}{found['number']}",)
    if "one" in found:
        one, two = int(found["one"]), int(found["two"])
        orders = [(m, d) for m, d in ((one, two), (two, one)) if m <= 12] or [(one, two)]
        return tuple(sorted({f"{year}-{month:02}-{day:02}" for month, day in orders}))
    month, day = found.get("month"), found.get("day")
    if "name" in found:
        month = _MONTHS.index(found["name"]) + 1
    if month is None:
        return (year,)
    return (f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else ""),)


def near_length(text: str) -> str | None:
    """Return a length of time such as `in 6 months` or `90 days` in short, or None."""
    typed = re.sub(r"^(?:\+ ?|(?:with)?in |about )+", "", plain_words(text))
    match = re.fullmatch(r"(\d{1,4}|an?) ?-?(day|week|month|quarter|year|[dwmy])", typed)
    if match is None:
        return None
    number, unit = int(match[1]) if match[1].isdecimal() else 1, match[2][0]
    return f"{3 * number}m" if unit == "q" else f"{number}{unit}"


def near_cadence(text: str) -> str | None:
    """Return the cadence that `twice a week`, `every two weeks` or `Mon, Wed` means, or None.

    Where a word means two cadences to people, both are named: `biweekly`.
    """
    typed = re.sub(r"(?<=[a-z])(?:-|[ ,&]+(?:and )?)(?=[a-z])", " ", plain_words(text))
    typed = re.sub(r"\bbi ", "bi", typed)
    if typed in _CADENCES:
        return _CADENCES[typed]
    if re.fullmatch(rf"(?:on |every )?{_WEEKDAY}(?: {_WEEKDAY})+", typed):
        return f"{len(set(re.findall(_WEEKDAY, typed)))}/week"
    found = re.fullmatch(_CADENCE, typed)
    if found is None or found["times"] == "0":
        return None
    on_a_weekday = "week" if re.fullmatch(_WEEKDAY, found["period"]) else None
    times, period = int(found["times"] or 1), _PERIODS.get(found["period"], on_a_weekday)
    if period is None:
        return None
    span = _SPANS.get(found["span"]) or int(found["span"] or 1)
    whole = f"{span} {period}s" if span > 1 else period
    return whole if times == 1 else f"{times}/{whole}"


def near_effort(text: str) -> str | None:
    """Return the effort that `about 40 hours`, `1:30` or `1,5h` means, or None."""
    typed = re.sub(r"^(?:about|around|ca\.?|~) ?", "", plain_words(text))
    if (clock := re.fullmatch(r"(\d{1,3}):(\d{2}) ?h?", typed, re.ASCII)) is not None:
        return f"{int(clock[1])}h {int(clock[2])}m"
    part = rf"({LOOSE_NUMBER}) ?(minute|hour|day|week|[mhdw])\b\.?"
    if not re.fullmatch(rf"{part}(?:(?: and |,? ?){part})*", typed, re.ASCII):
        return None
    found = re.findall(part, typed, re.ASCII)
    numbers = [near_number(number) for number, _ in found]
    if None in numbers:
        return None
    return " ".join(f"{n}{unit[0]}" for n, (_, unit) in zip(numbers, found, strict=True))


def share_of_scale(text: str) -> Fraction | None:
    """Return the share of its scale that `2/5` or `80%` says, or None."""
    found = re.fullmatch(r"(\d{1,2}(?:\.\d)?) ?(?:/|of) ?([1-9]\d{0,2})|(\d{1,3}) ?%", text.strip())
    if found is None:
        return None
    share = Fraction(found[3]) / 100 if found[3] else Fraction(found[1]) / int(found[2])
    return share if share <= 1 else None


def parts_of_level(text: str) -> Iterator[str]:
    """Yield what may each be a number or a name: `4` and `advanced` of `L4 (Advanced)`."""
    for part in re.split(r"[()\[\]:;/|]| - |(?<=\d)-(?=\D)", plain_words(text)):
        yield re.sub(_LABEL, "", part.strip(" .,"))
