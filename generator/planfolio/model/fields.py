"""The types of fields: how each is read, what it may refer to, its JSON Schema, what an error says.

An editor checks a plan by the schemas while it is typed. It sees YAML, for which `2026` and `3` are
numbers and `2026-09` is text, so a value that may be all digits has both types. A schema takes all
that the reader of the value takes, and perhaps a little more: no pattern knows how many days
February has.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Annotated, Any, TypeAlias, TypeVar

from planfolio.model.scales import Level, read_level
from planfolio.model.source_tree import Entry, MappingNode, Node, Scalar, SequenceNode, absent
from planfolio.model.values import amounts, dates, text
from planfolio.model.values.amounts import Effort, Money
from planfolio.model.values.cadence import Cadence, read_cadence
from planfolio.model.values.field_reader import FieldReader, choice
from planfolio.model.visibility import Visibility

K = TypeVar("K")
T = TypeVar("T")


class Refers:
    """Marks text that names a record of one of these kinds; `need` stands for a need of a role.

    Where no kind of that name is registered, the text is only text.
    """

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds


class PastMark:
    """Marks the date of something that happened; dated after today it does not count yet."""


class NormalisedBy:
    """Marks a type whose values may be written in several forms, of which one is the usual.

    `normalise` returns a node in the usual form, or as it is. The JSON Schema takes `types`; where
    they are None, the usual form and what `schema` adds.
    """

    def __init__(
        self,
        normalise: Callable[[Node], Node],
        *,
        types: Any = None,
        schema: Mapping[str, Any] | None = None,
    ) -> None:
        self.normalise, self.types, self.schema = normalise, types, schema


def shorthand(key: str) -> NormalisedBy:
    """Let a bare value stand for a table with that value under `key`, nothing for an empty one."""

    def normalise(node: Node) -> Node:
        if not isinstance(node, Scalar):
            return node
        entries = () if node.absent else (Entry(Scalar(key, node.span), node),)
        return MappingNode(entries, node.span)

    return NormalisedBy(normalise, schema={"type": ["string", "number", "null"]})


def _as_list(node: Node) -> Node:
    return (
        node if isinstance(node, SequenceNode) or absent(node) else SequenceNode((node,), node.span)
    )


def _as_mapping(node: Node) -> Node:
    """Return `[a, b]` or `a` as `{a: , b: }`."""
    items = node.items if isinstance(node, SequenceNode) else (node,)
    if isinstance(node, MappingNode) or not all(isinstance(item, Scalar) for item in items):
        return node
    names = [item for item in items if isinstance(item, Scalar) and not item.absent]
    return MappingNode(tuple(Entry(name, Scalar("", name.span)) for name in names), node.span)


def _without_empty(node: Node) -> Node:
    """Leave out the entries of a table that have no value, as in `{cka: }`."""
    if not isinstance(node, MappingNode):
        return node
    kept = tuple(entry for entry in node.entries if not absent(entry.value))
    return MappingNode(kept, node.span)


MANY = NormalisedBy(_as_list)
"""Lets a single value stand for a list of one."""


def _schema(
    description: str, pattern: str, *types: str, least: int | None = None, most: int | None = None
) -> Mapping[str, Any]:
    """Return the schema of text of a pattern; of other `types` it may be too, within bounds."""
    bounds = {"minimum": least, "maximum": most}
    return {
        "description": description,
        "type": [*types, "string"] if types else "string",
        "pattern": f"^(?:{pattern})$",
        **{word: bound for word, bound in bounds.items() if bound is not None},
    }


def _date(description: str, pattern: str) -> Mapping[str, Any]:
    return _schema(description, pattern, "integer", least=1900, most=2200)


_YEAR = r"(?:19\d\d|2[01]\d\d|2200)"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_WEEK = r"[Ww](?:0[1-9]|[1-4]\d|5[0-3])"
_PART = rf"(?:[Qq][1-4]|[Hh][12]|{_WEEK})"
_DATE = rf"(?:{_YEAR}(?:-{_MONTH}(?:-{_DAY})?|-{_PART})?|[Qq][1-4] +{_YEAR})"
_NUMBER = r"\d{1,30}(?:\.\d{1,30})?"
_UNIT = "[DdWwMmYy]"


Many: TypeAlias = Annotated[tuple[T, ...], MANY]
Entries: TypeAlias = Annotated[dict[K, T], NormalisedBy(_without_empty)]

_TEXT = {"type": ["string", "number", "boolean"]}
Text: TypeAlias = Annotated[str, FieldReader(text.read_text, _TEXT, "text", "bad-text")]
Texts: TypeAlias = Many[Text]

_ADDRESS = _schema(
    "An address: https://…, http://… or mailto:…",
    r"[Hh][Tt][Tt][Pp][Ss]?://\S+|[Mm][Aa][Ii][Ll][Tt][Oo]:\S+",
)
Url: TypeAlias = Annotated[str, FieldReader(text.read_url, _ADDRESS, "an address", "bad-address")]

_HOST = _schema("The name of a host: plan.example.org", r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
Host: TypeAlias = Annotated[
    str, FieldReader(text.read_host, _HOST, "the name of a host", "bad-address")
]

_COLOUR = _schema("A colour by red, green and blue: #0b6e4f", r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
Colour: TypeAlias = Annotated[str, FieldReader(text.read_colour, _COLOUR, "a colour", "bad-colour")]

_FLAG = {"type": ["boolean", "string"], "enum": [True, False, "yes", "no"]}
Flag: TypeAlias = Annotated[bool, FieldReader(text.read_flag, _FLAG, "true or false", "bad-flag")]

_SIGNED = _schema("A number: 12 or 2.5", rf"[+-]?{_NUMBER}", "number")
Number: TypeAlias = Annotated[
    Fraction, FieldReader(amounts.read_number, _SIGNED, "a number", "bad-number")
]

_WEIGHT = _schema("A weight of 0 or more", rf"\+?{_NUMBER}|-0+(?:\.0+)?", "number", least=0)
Weight: TypeAlias = Annotated[
    Fraction, FieldReader(amounts.read_weight, _WEIGHT, "a weight", "bad-weight")
]

_OF_FIVE = _schema(
    "A weight from 1 to 5", r"\+?0*(?:5(?:\.0+)?|[1-4](?:\.\d{1,30})?)", "number", least=1, most=5
)
WeightOfFive: TypeAlias = Annotated[
    Fraction,
    FieldReader(amounts.read_weight_of_five, _OF_FIVE, "a weight from 1 to 5", "bad-weight"),
]

_OF_TEN = _schema(
    "A whole number from 1 to 10", r"\+?0*(?:[1-9]|10)(?:\.0+)?", "number", least=1, most=10
)
Confidence: TypeAlias = Annotated[
    Fraction, FieldReader(amounts.read_scale_of_ten, _OF_TEN, "a number from 1 to 10", "bad-number")
]

_PERCENT = _schema(
    "A percentage from 1 to 100, or 0",
    r"\+?0*(?:100(?:\.0+)?|[1-9]\d?(?:\.\d{1,30})?)|[+-]?0+(?:\.0+)?",
    "number",
    least=0,
    most=100,
)
Percent: TypeAlias = Annotated[
    Fraction, FieldReader(amounts.read_percent, _PERCENT, "a percentage", "bad-number")
]

_A_DATE = _date("A date: 2026-09-30, 2026-09, 2026-Q3, 2026-H1, 2026-W39 or 2026", _DATE)
Day: TypeAlias = Annotated[
    dates.PlanDate, FieldReader(dates.read_date, _A_DATE, "a date", "bad-date")
]
PastDay: TypeAlias = Annotated[Day, PastMark()]

_DATE_OR_OFFSET = _date(
    "A date: 2026-09-30, 2026-09, 2026-Q3, 2026-H1, 2026-W39, 2026, or +6m from the start",
    rf"{_DATE}|\+\d{{1,9}}{_UNIT}",
)
DayOrOffset: TypeAlias = Annotated[
    dates.PlanDate | dates.Offset,
    FieldReader(dates.read_offset_or_date, _DATE_OR_OFFSET, "a date", "bad-date"),
]

_WINDOW = _date(
    "Start and due in one: 2026-Q3, 2026-Q2..Q3 or 2026-03-01..2026-05-31",
    rf"{_DATE}(?: *\.\. *(?:{_DATE}|{_PART}))?",
)
When: TypeAlias = Annotated[
    dates.Window, FieldReader(dates.read_window, _WINDOW, "a date or two", "bad-date")
]

_HORIZON = _schema("A length of time: 6m, 2y, 12w or 90d", rf"\+?\d{{1,9}}{_UNIT}")
HorizonText: TypeAlias = Annotated[
    dates.Horizon, FieldReader(dates.read_horizon, _HORIZON, "a horizon", "bad-horizon")
]

_EFFORT = _schema(
    "An effort: 40h, 90m, 3d, 2w, 1h 30m, or hours as a number",
    rf"{_NUMBER}|(?:{_NUMBER} ?[Ww] ?)?(?:{_NUMBER} ?[Dd] ?)?(?:{_NUMBER} ?[Hh] ?)?"
    rf"(?:{_NUMBER} ?[Mm])?",
    "number",
    least=0,
)
EffortText: TypeAlias = Annotated[
    Effort, FieldReader(amounts.read_effort, _EFFORT, "an effort", "bad-effort", hours=True)
]

_MONEY = _schema("Money: 395 USD or 9.50 EUR", r"\d{1,30}(?:\.\d{1,3})? ?[A-Za-z]{3}")
MoneyText: TypeAlias = Annotated[
    Money, FieldReader(amounts.read_money, _MONEY, "money", "bad-money")
]

_CADENCE = {
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
CadenceText: TypeAlias = Annotated[
    Cadence, FieldReader(read_cadence, _CADENCE, "a cadence", "bad-cadence", tables=True)
]

_LEVEL = {
    "description": "A number or a word of the skill's scale; a role may ask for 3-4",
    "type": ["string", "number"],
}
LevelText: TypeAlias = Annotated[Level, FieldReader(read_level, _LEVEL, "a level", "bad-level")]

_VISIBILITY = choice(
    {visibility.word: visibility for visibility in Visibility},
    about="visibility",
    synonyms={
        "public": "everyone, everybody, all, anyone, open, published",
        "mentor": "shared, mentors, restricted, limited, mentor only",
        "private": "me, owner, hidden, secret, only me, personal, confidential",
    },
    code="V103",
    name="bad-visibility",
)
VisibilityText: TypeAlias = Annotated[Visibility, _VISIBILITY]
OwnVisibility: TypeAlias = Annotated[Visibility | None, _VISIBILITY]
"""The visibility of a record, None where it states none."""

RoleRef: TypeAlias = Annotated[Text, Refers("role")]
GoalRef: TypeAlias = Annotated[Text, Refers("goal")]
SkillRef: TypeAlias = Annotated[Text, Refers("skill")]
MilestoneRef: TypeAlias = Annotated[Text, Refers("milestone")]
StepRef: TypeAlias = Annotated[Text, Refers("goal", "milestone")]
NeedRef: TypeAlias = Annotated[Text, Refers("need")]
PersonRef: TypeAlias = Annotated[Text, Refers("person")]

Raises: TypeAlias = Annotated[
    dict[SkillRef, LevelText | None],
    NormalisedBy(_as_mapping, types=Texts | dict[Text, LevelText | None]),
]
"""Skills that a step raises, each to a level, or (None) to the one that the role requires."""
