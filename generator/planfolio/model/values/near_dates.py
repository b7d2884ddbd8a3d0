"""The other ways in which people write dates, for hints.

Nothing here is read as a date. The hint of an error gives the date as it should be written where
there is no doubt about it, and both where there are two.
"""

from __future__ import annotations

import re

from planfolio.model.values.number import ascii_form

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
_MONTH += r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th|\.)?"

_UNITS = {"d": "d", "day": "d", "w": "w", "wk": "w", "week": "w", "m": "m", "mo": "m", "mon": "m"}
_UNITS |= {"mth": "m", "month": "m", "y": "y", "yr": "y", "year": "y"}
_OPEN = frozenset({"tbd", "tba", "tbc", "someday", "soon", "later", "ongoing", "never", "none"})
_OPEN |= {"open", "unknown", "n/a", "na", "?", "-", "…", "..."}
_MOVING = frozenset({"today", "now", "tomorrow", "yesterday"})


def near_dates(text: str) -> tuple[str, ...]:
    """Return the dates that a text may mean, as plans write them: none, one, or two.

    They have the right form; whether their day exists is for the reader to say.
    """
    typed = _without_time(ascii_form(text).casefold())
    for pattern, forms in _PATTERNS:
        match = re.fullmatch(pattern, typed, re.ASCII)
        if match is not None:
            return forms(match)
    return ()


def near_offset(text: str) -> str | None:
    """Return the relative date that a text like `6m` or `+6 months` means, or None."""
    length = ascii_form(text).casefold().removeprefix("+").strip()
    near = near_length(re.sub(r"^in\s+(?=\d)", "", length))
    return f"+{near}" if near is not None else None


def near_length(text: str) -> str | None:
    """Return a length of time such as `6 months`, `1.5y` or `90 d` in short, or None."""
    typed = ascii_form(text).casefold()
    match = re.fullmatch(r"(\d{1,4})(\.5)?\s*-?([a-z]+?)s?\.?", typed, re.ASCII)
    if match is None or match[3] not in _UNITS:
        return None
    number, unit = int(match[1]), _UNITS[match[3]]
    if match[2]:
        return f"{12 * number + 6}m" if unit == "y" else None
    return f"{number}{unit}"


def near_window(text: str) -> str | None:
    """Return two dates as a window, where something else than two dots stands between them."""
    typed = ascii_form(text)
    flags = re.ASCII | re.IGNORECASE
    if re.search(r"(?<!\.)\.\.(?!\.)", text):
        if match := re.fullmatch(r"(\d{4})-(\d{2})\s*\.\.\s*(\d{2})", typed, flags):
            return f"{match[1]}-{match[2]}..{match[1]}-{match[3]}"
        match = re.fullmatch(r"([qh]\d)\s*\.\.\s*([qh]\d)\s+(\d{4})", typed, flags)
        return f"{match[3]}-{match[1].upper()}..{match[2].upper()}" if match else None
    part = r"(\d{4}-(?:\d{2}-\d{2}|\d{2}|[qh]\d|w\d{2})|\d{4}|q\d \d{4})"
    match = re.fullmatch(rf"{part}\s*(?:-|/|\bto\b|\buntil\b|\.\.\.|->|,|;)\s*{part}", typed, flags)
    if match is not None:
        return f"{match[1]}..{match[2]}"
    short = r"(\d{4}-[qhw]\d{1,2})\s*(?:-|/|to|\.\.\.)\s*([qhw]\d{1,2})"
    match = re.fullmatch(short, typed, flags)
    return f"{match[1]}..{match[2]}".upper() if match is not None else None


def advice(text: str) -> str:
    """Return what to do about a text that is no date in any notation, or nothing."""
    word = text.strip().casefold()
    if word in _OPEN:
        return "leave it empty until you know"
    if word in _MOVING:
        return "write the day itself, as in 2026-09-30; the plan is read on other days too"
    return ""


def _without_time(typed: str) -> str:
    """Take the time of day off, and the weekday before a date."""
    weekday = r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+"
    clock = r"[t ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:z|utc|[+-]\d{2}:?\d{2})?$"
    return re.sub(clock, "", re.sub(weekday, "", typed))


def _either_first(match: re.Match[str]) -> tuple[str, ...]:
    """Return both dates, unless one number is more than 12: `03/04/2026` is in April or March."""
    one, two, year = int(match[1]), int(match[2]), match[3]
    if one > 12:
        return (_iso(year, two, one),)
    if two > 12 or one == two:
        return (_iso(year, one, two),)
    return tuple(sorted((_iso(year, one, two), _iso(year, two, one))))


def _named(day: str | None, name: str, year: str) -> tuple[str, ...]:
    month = _MONTHS.index(name[:3]) + 1
    return (_iso(year, month, day) if day else f"{year}-{month:02}",)


def _part(letter: str, number: str, year: str) -> tuple[str, ...]:
    digits = f"{int(number):02}" if letter == "w" else str(int(number))
    return (f"{year}-{letter.upper()}{digits}",)


def _iso(year: str, month: int | str, day: int | str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


_PATTERNS = (
    (r"(\d{4})[-/._ ](\d{1,2})[-/._ ](\d{1,2})", lambda m: (_iso(m[1], m[2], m[3]),)),
    (r"(\d{4})(0[1-9]|1[0-2])([0-2]\d|3[01])", lambda m: (_iso(m[1], m[2], m[3]),)),
    (r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", lambda m: (_iso(m[3], m[2], m[1]),)),
    (r"(\d{1,2})[-/ ](\d{1,2})[-/ ](\d{4})", _either_first),
    (r"(\d{4})[-/._ ](\d{1,2})", lambda m: (f"{m[1]}-{int(m[2]):02}",)),
    (r"(\d{1,2})[-/. ](\d{4})", lambda m: (f"{m[2]}-{int(m[1]):02}",)),
    (rf"{_MONTH} {_DAY},? (\d{{4}})", lambda m: _named(m[2], m[1], m[3])),
    (rf"{_DAY} ?(?:of )?{_MONTH},? (\d{{4}})", lambda m: _named(m[1], m[2], m[3])),
    (rf"{_MONTH},? (\d{{4}})", lambda m: _named(None, m[1], m[2])),
    (rf"(\d{{4}})[- ]{_MONTH}(?:[- ]{_DAY})?", lambda m: _named(m[3], m[2], m[1])),
    (r"(\d{4})[-/ .]?([qhw]) ?(\d{1,2})", lambda m: _part(m[2], m[3], m[1])),
    (r"([qhw]) ?(\d{1,2})[-/., ]*(\d{4})", lambda m: _part(m[1], m[2], m[3])),
    (r"(\d{1,2})([qhw])[-/., ]*(\d{4})", lambda m: _part(m[2], m[1], m[3])),
    (r"(\d{4})[-/., ]*(\d{1,2})([qhw])", lambda m: _part(m[3], m[2], m[1])),
)
