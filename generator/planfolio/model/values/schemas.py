"""The JSON Schemas of the values, by which an editor completes and checks a plan while it is typed.

An editor sees YAML, for which `2026` and `3` are numbers and `2026-09` is text, so a value that may
be all digits has both types. A schema takes all that the reader of the value takes. It may take a
little more, since no pattern knows how many days February has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

_YEAR = r"(?:19\d\d|2[01]\d\d|2200)"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_WEEK = r"[Ww](?:0[1-9]|[1-4]\d|5[0-3])"
_PART = rf"(?:[Qq][1-4]|[Hh][12]|{_WEEK})"
_DATE = rf"(?:{_YEAR}(?:-{_MONTH}(?:-{_DAY})?|-{_PART})?|[Qq][1-4] +{_YEAR})"
_NUMBER = r"\d{1,30}(?:\.\d{1,30})?"
_UNIT = "[DdWwMmYy]"


def _schema(
    description: str, pattern: str, *types: str, least: int | None = None, most: int | None = None
) -> Schema:
    """Return the schema of text of a pattern; of other `types` it may be too, within bounds."""
    bounds = {"minimum": least, "maximum": most}
    return {
        "description": description,
        "type": [*types, "string"] if types else "string",
        "pattern": f"^(?:{pattern})$",
        **{word: bound for word, bound in bounds.items() if bound is not None},
    }


def _date(description: str, pattern: str) -> Schema:
    return _schema(description, pattern, "integer", least=1900, most=2200)


TEXT: Schema = {"type": ["string", "number", "boolean"]}
ADDRESS = _schema(
    "An address: https://…, http://… or mailto:…",
    r"[Hh][Tt][Tt][Pp][Ss]?://\S+|[Mm][Aa][Ii][Ll][Tt][Oo]:\S+",
)
HOST = _schema("The name of a host: plan.example.org", r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
COLOUR = _schema("A colour by red, green and blue: #0b6e4f", r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
NUMBER = _schema("A number: 12 or 2.5", rf"[+-]?{_NUMBER}", "number")
WEIGHT = _schema("A weight of 0 or more", rf"\+?{_NUMBER}|-0+(?:\.0+)?", "number", least=0)
OF_FIVE = _schema(
    "A weight from 1 to 5", r"\+?0*(?:5(?:\.0+)?|[1-4](?:\.\d{1,30})?)", "number", least=1, most=5
)
OF_TEN = _schema(
    "A whole number from 1 to 10", r"\+?0*(?:[1-9]|10)(?:\.0+)?", "number", least=1, most=10
)
PERCENT = _schema(
    "A percentage from 1 to 100, or 0",
    r"\+?0*(?:100(?:\.0+)?|[1-9]\d?(?:\.\d{1,30})?)|[+-]?0+(?:\.0+)?",
    "number",
    least=0,
    most=100,
)
FLAG: Schema = {"type": ["boolean", "string"], "enum": [True, False, "yes", "no"]}
DATE = _date("A date: 2026-09-30, 2026-09, 2026-Q3, 2026-H1, 2026-W39 or 2026", _DATE)
DATE_OR_OFFSET = _date(
    "A date: 2026-09-30, 2026-09, 2026-Q3, 2026-H1, 2026-W39, 2026, or +6m from the start",
    rf"{_DATE}|\+\d{{1,9}}{_UNIT}",
)
WINDOW = _date(
    "Start and due in one: 2026-Q3, 2026-Q2..Q3 or 2026-03-01..2026-05-31",
    rf"{_DATE}(?: *\.\. *(?:{_DATE}|{_PART}))?",
)
HORIZON = _schema("A length of time: 6m, 2y, 12w or 90d", rf"\+?\d{{1,9}}{_UNIT}")
EFFORT = _schema(
    "An effort: 40h, 90m, 3d, 2w, 1h 30m, or hours as a number",
    rf"{_NUMBER}|(?:{_NUMBER} ?[Ww] ?)?(?:{_NUMBER} ?[Dd] ?)?(?:{_NUMBER} ?[Hh] ?)?"
    rf"(?:{_NUMBER} ?[Mm])?",
    "number",
    least=0,
)
MONEY = _schema("Money: 395 USD or 9.50 EUR", r"\d{1,30}(?:\.\d{1,3})? ?[A-Za-z]{3}")
CADENCE: Schema = {
    "description": "How often: 3/week, 3 per week, month, 2 weeks, weekdays or weekly",
    "type": ["string", "object"],
    # Editors complete from `examples`; the words may be written in any case.
    "examples": ["3/week", "month", "2 weeks", "weekdays", "daily", "weekly", "monthly", "yearly"],
    "properties": {
        "every": {"type": "string", "examples": ["day", "weekdays", "week", "2 weeks", "month"]},
        "times": {"type": "integer", "minimum": 1, "maximum": 999, "default": 1},
        "share": _schema(
            "How much of it is enough: 80%",
            r"\+?0*(?:100(?:\.0+)?|[1-9]\d?(?:\.\d{1,30})?) *%?",
            "number",
            least=1,
            most=100,
        ),
    },
    "required": ["every"],
    "additionalProperties": False,
}
LEVEL: Schema = {
    "description": "A number or a word of the skill's scale; a role may ask for 3-4",
    "type": ["string", "number"],
}
