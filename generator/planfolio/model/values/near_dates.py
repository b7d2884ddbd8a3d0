"""The other ways in which people write dates, for hints; nothing here is read as a date."""

from __future__ import annotations

import re

from planfolio.model.values.number import ascii_form

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS = {"d": "d", "day": "d", "w": "w", "wk": "w", "week": "w", "m": "m", "mo": "m"}
_UNITS |= {"month": "m", "y": "y", "yr": "y", "year": "y"}

_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_NTH = rf"{_DAY}(?:st|nd|rd|th|\.)?"
_PART = r"(?P<part>[qh](?= ?\d(?!\d))|w) ?(?P<number>\d{1,2})"
_FORMS = (
    rf"{_YEAR}[-/._ ]{_MONTH}[-/._ ]{_DAY}",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    rf"{_DAY}\. ?{_MONTH}\. ?{_YEAR}",
    rf"(?P<one>\d{{1,2}})[-/ ](?P<two>\d{{1,2}})[-/ ]{_YEAR}",
    rf"{_YEAR}[-/._ ]{_MONTH}",
    rf"{_MONTH}[-/. ]{_YEAR}",
    rf"{_NAME}(?: {_NTH})?,? {_YEAR}",
    rf"{_NTH} ?(?:of )?{_NAME},? {_YEAR}",
    rf"{_YEAR}[- ]{_NAME}(?:[- ]{_DAY})?",
    rf"{_YEAR}[-/ .]?{_PART}",
    rf"{_PART}[-/., ]*{_YEAR}",
)


def near_dates(text: str) -> tuple[str, ...]:
    """Return the dates that a text may mean, as plans write them: none, one, or two.

    They have the right form; whether their day exists is for the reader to say.
    """
    typed = ascii_form(text).casefold()
    matches = (re.fullmatch(form, typed, re.ASCII) for form in _FORMS)
    found = next((match.groupdict() for match in matches if match is not None), None)
    if found is None:
        return ()
    year = found["year"]
    if (part := found.get("part")) is not None:
        number = int(found["number"])
        return (
            f"{year}-{part.upper()}{number:02}"
            if part == "w"
            else f"{year}-{part.upper()}{number}",
        )
    if "one" in found:
        one, two = int(found["one"]), int(found["two"])
        orders = [(m, d) for m, d in ((one, two), (two, one)) if m <= 12] or [(one, two)]
        return tuple(sorted({f"{year}-{month:02}-{day:02}" for month, day in orders}))
    month = _MONTHS.index(found["name"]) + 1 if found.get("name") else int(found["month"])
    day = found.get("day")
    return (f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}",)


def near_length(text: str) -> str | None:
    """Return a length of time such as `in 6 months`, `1.5y` or `90 d` in short, or None."""
    typed = ascii_form(text).casefold().removeprefix("+")
    match = re.fullmatch(r"\s*(?:(?:with)?in )?(\d{1,4})(\.5)?\s*-?([a-z]+?)s?\.?", typed, re.ASCII)
    if match is None or match[3] not in _UNITS:
        return None
    number, unit = int(match[1]), _UNITS[match[3]]
    if match[2]:
        return f"{12 * number + 6}m" if unit == "y" else None
    return f"{number}{unit}"
