"""The JSON Schemas of the values, by which an editor completes and checks a plan while it is typed.

An editor sees YAML, for which `2026` and `3` are numbers and `2026-09` is text, so a value that may
be all digits has both types. A schema takes all that the reader of the value takes. It may take a
little more, since no pattern knows how many days February has.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
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


def _schema(description: str, pattern: str, **more: object) -> Schema:
    whole = {"description": description, "type": "string", "pattern": f"^(?:{pattern})$", **more}
    return MappingProxyType(whole)


TEXT: Schema = MappingProxyType({"type": ["string", "number", "boolean"]})
ADDRESS = _schema(
    "An address: https://…, http://… or mailto:…",
    r"[Hh][Tt][Tt][Pp][Ss]?://\S+|[Mm][Aa][Ii][Ll][Tt][Oo]:\S+",
)
HOST = _schema("The name of a host: plan.example.org", r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
NUMBER = _schema("A number: 12 or 2.5", rf"[+-]?{_NUMBER}", type=["number", "string"])
WEIGHT = _schema(
    "A weight of 0 or more", rf"\+?{_NUMBER}|-0+(?:\.0+)?", type=["number", "string"], minimum=0
)
OF_FIVE = _schema(
    "A weight from 1 to 5",
    r"\+?0*(?:5(?:\.0+)?|[1-4](?:\.\d{1,30})?)",
    type=["number", "string"],
    minimum=1,
    maximum=5,
)
OF_TEN = _schema(
    "A whole number from 1 to 10",
    r"\+?0*(?:[1-9]|10)(?:\.0+)?",
    type=["number", "string"],
    minimum=1,
    maximum=10,
)
PERCENT = _schema(
    "A percentage from 1 to 100, or 0",
    r"\+?0*(?:100(?:\.0+)?|[1-9]\d?(?:\.\d{1,30})?)|[+-]?0+(?:\.0+)?",
    type=["number", "string"],
    minimum=0,
    maximum=100,
)
FLAG: Schema = MappingProxyType({"type": ["boolean", "string"], "enum": [True, False, "yes", "no"]})
DATE = _schema(
    "A date: 2026-09-30, 2026-09, 2026-Q3, 2026-H1, 2026-W39 or 2026",
    _DATE,
    type=["string", "integer"],
    minimum=1900,
    maximum=2200,
)
DATE_OR_OFFSET = _schema(
    "A date: 2026-09-30, 2026-09, 2026-Q3, 2026-H1, 2026-W39, 2026, or +6m from the start",
    rf"{_DATE}|\+\d{{1,9}}{_UNIT}",
    type=["string", "integer"],
    minimum=1900,
    maximum=2200,
)
WINDOW = _schema(
    "Start and due in one: 2026-Q3, 2026-Q2..Q3 or 2026-03-01..2026-05-31",
    rf"{_DATE}(?: *\.\. *(?:{_DATE}|{_PART}))?",
    type=["string", "integer"],
    minimum=1900,
    maximum=2200,
)
HORIZON = _schema("A length of time: 6m, 2y, 12w or 90d", rf"\+?\d{{1,9}}{_UNIT}")
EFFORT = _schema(
    "An effort: 40h, 90m, 3d, 2w, 1h 30m, or hours as a number",
    rf"{_NUMBER}|(?:{_NUMBER} ?[Ww] ?)?(?:{_NUMBER} ?[Dd] ?)?(?:{_NUMBER} ?[Hh] ?)?"
    rf"(?:{_NUMBER} ?[Mm])?",
    type=["string", "number"],
    minimum=0,
)
MONEY = _schema("Money: 395 USD or 9.50 EUR", r"\d{1,30}(?:\.\d{1,3})? ?[A-Za-z]{3}")
CADENCE: Schema = MappingProxyType(
    {
        "description": "How often: 3/week, 3 per week, month or weekly",
        "type": ["string", "object"],
        # Editors complete from `examples`; the words may be written in any case.
        "examples": ["3/week", "month", "daily", "weekly", "monthly", "quarterly", "yearly"],
        "properties": {
            "every": {"enum": ["day", "week", "month", "quarter", "year"]},
            "times": {"type": "integer", "minimum": 1, "maximum": 999, "default": 1},
        },
        "required": ["every"],
        "additionalProperties": False,
    }
)
LEVEL: Schema = MappingProxyType(
    {
        "description": "A number or a word of the skill's scale; a role may ask for 3-4",
        "type": ["string", "number"],
    }
)
