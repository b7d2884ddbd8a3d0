"""The other ways in which people write dates, for hints; nothing here is read as a date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from planfolio.model.values.in_english import in_english

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS = {"d": (1, "d"), "w": (1, "w"), "m": (1, "m"), "q": (3, "m"), "y": (1, "y")}

_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_SHORT_YEAR = r"(?P<year>\d{4}|'?\d\d)"
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})\.?"
_NTH = rf"{_DAY}(?:st|nd|rd|th|er|\.)?"
_PART = r"(?:(?P<part>[qht]) ?(?P<number>\d)(?!\d)|(?P<week>w|week|kw) ?(?P<weeks>\d{1,2}))"
_ORDINAL = r"(?P<nth>1|2|3|4|first|second|third|fourth)(?:st|nd|rd|th)? (?P<long>half|quarter)"
_FORMS = (
    rf"{_YEAR}[-/._ ]{_MONTH}[-/._ ]{_DAY}",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    rf"{_DAY}\. ?{_MONTH}\. ?{_SHORT_YEAR}",
    rf"(?P<one>\d{{1,2}})[- ](?P<two>\d{{1,2}})[- ]{_YEAR}",
    rf"(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})/{_SHORT_YEAR}",
    rf"{_YEAR}[-/._ ]{_MONTH}",
    rf"{_MONTH}[-/. ]{_YEAR}",
    rf"{_NAME}[-/ ]?(?:{_NTH})?,? ?(?P<year>\d{{4}})",
    rf"{_NAME} ?(?P<year>'\d\d)",
    rf"{_NTH}[-/ ]?{_NAME}[-/, ]*{_SHORT_YEAR}",
    rf"{_YEAR}[- ]{_NAME}(?:[- ]{_DAY})?",
    rf"{_YEAR}[-/ .]*{_PART}",
    rf"{_PART}[-/., ]*{_SHORT_YEAR}",
    rf"(?P<number>\d) ?(?P<part>[qh]) ?{_SHORT_YEAR}",
    rf"{_ORDINAL},? {_YEAR}",
    rf"(?P<season>spring|summer|autumn|fall|winter),? {_YEAR}",
    _YEAR,
)
_SEASONS = {"spring": "2", "summer": "3", "autumn": "4", "fall": "4", "winter": "14"}
_NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

# What stands around a date and does not change it.
_TIME = re.compile(
    r"(?<=\d)(?:t|,? (?:at )?)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]m)?"
    r"(?: ?(?:z|utc|gmt|[+-]\d\d:?\d\d))?$"
)
_BEFORE = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun|by|until|till|before|on|due|in|around|about|approx|ca|circa"
    r"|the|end|of|start|beginning|mid|middle|early|late|bis|ende|anfang|mitte|fin|finales|de|del"
    r"|sometime)\b[ ,.-]*)+"
)
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050
"""The numbers of days by which spreadsheets mean the years 2000 to 2099."""


def near_dates(text: str) -> tuple[str, ...]:
    """Return the dates that a text may mean, as plans write them: none, one, or two.

    They have the right form; whether their day exists is for the reader to say.
    """
    typed = _bare(text)
    if re.fullmatch(r"\d{5}", typed) and _FIRST_SERIAL <= int(typed) <= _LAST_SERIAL:
        return ((date(1899, 12, 30) + timedelta(days=int(typed))).isoformat(),)
    matches = (re.fullmatch(form, typed, re.ASCII) for form in _FORMS)
    found = next((match.groupdict() for match in matches if match is not None), None)
    if found is None:
        return ()
    year = found["year"].removeprefix("'")
    year = year if len(year) == 4 else f"20{year}"
    if "season" in found:
        return tuple(f"{year}-Q{number}" for number in _SEASONS[found["season"]])
    if (part := _part(found)) is not None:
        return (f"{year}-{part}",)
    if "one" in found:
        one, two = int(found["one"]), int(found["two"])
        orders = [(m, d) for m, d in ((one, two), (two, one)) if m <= 12] or [(one, two)]
        return tuple(sorted({f"{year}-{month:02}-{day:02}" for month, day in orders}))
    name, month, day = found.get("name"), found.get("month"), found.get("day")
    if not (name or month):
        return (year,)
    number = _MONTHS.index(name) + 1 if name else int(month or 0)
    return (f"{year}-{number:02}-{int(day):02}" if day else f"{year}-{number:02}",)


def near_length(text: str) -> str | None:
    """Return a length of time such as `in 6 months`, `1.5y` or `90 d` in short, or None.

    Of two, as in `3-5 years`, it is the longer.
    """
    typed = re.sub(r"\bhalf(?: an?)?\b", "0.5", in_english(text).removeprefix("+").strip())
    match = re.fullmatch(
        r"(?:(?:within|in|about|next|the|~|ca\.?) ?)*(?:\d+ ?(?:-|to) ?)?(?P<number>\d{1,4}|an?|p)"
        r"(?P<half>\.5| 1/2)? ?-?(?P<unit>day|week|month|quarter|year|[dwmqy])s?\.?(?: from now)?",
        re.sub(r"^p(?=\d)", "", typed),
        re.ASCII,
    )
    if match is None or match["number"] == "p":
        return None
    number = int(match["number"]) if match["number"].isdecimal() else 1
    times, unit = _UNITS[match["unit"][0]]
    if match["half"]:
        return f"{12 * number + 6}m" if unit == "y" else None
    return f"{times * number}{unit}"


def _bare(text: str) -> str:
    """Return a date without a time, a weekday, brackets, signs and words around it."""
    typed = re.sub(r"(\d{4})年(\d{1,2})(?:月(\d{1,2})日|月)", r"\1-\2-\3", in_english(text))
    typed = re.sub(r"^[^a-z0-9']+|[^a-z0-9]+$", "", typed)
    typed = _TIME.sub("", typed)
    typed = re.sub(r"(?<=[a-z0-9.])[ -](?:de|del|of)[ -]", " ", typed)
    bare = _BEFORE.match(typed)
    return typed[bare.end() :] if bare is not None else typed


def _part(found: dict[str, str | None]) -> str | None:
    """Return the quarter, half or week that a form has found, or None."""
    if (weeks := found.get("weeks")) is not None:
        return f"W{int(weeks):02}"
    if (nth := found.get("nth")) is not None:
        return f"{(found['long'] or '')[0].upper()}{_NTHS.get(nth) or nth}"
    if (part := found.get("part")) is None:
        return None
    return f"{'H' if part == 'h' else 'Q'}{found['number']}"
