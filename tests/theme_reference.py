"""Writes the reference of themes/README.md from the code: `python -m tests.theme_reference`.

What a template can read are the public attributes of the portfolio, of its records and of the small
values that these return; the filters and tests come last.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Callable, Collection, Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from planfolio import portfolio as room
from planfolio.analyse.goals import GoalNumbers
from planfolio.analyse.history import Measurement, PersonNumbers
from planfolio.analyse.measures import HabitPeriod, Measure, MeasureProgress, PeriodState
from planfolio.analyse.money import Budget, Cost, CurrencySum
from planfolio.analyse.reasons import Reason
from planfolio.analyse.roles import Coverage, Interval, NeedNumbers, RequirementNumbers, RoleNumbers
from planfolio.analyse.schedule import Capacity, Projection
from planfolio.analyse.skills import SkillNumbers
from planfolio.analyse.status import Status, StepNumbers
from planfolio.model.kinds.milestone import Mode
from planfolio.model.kinds.role import NeedKind
from planfolio.model.scales import Scale, ScaleLevel
from planfolio.portfolio.linked_record import LinkedRecord
from planfolio.portfolio.pages import Page
from planfolio.portfolio.portfolio import Portfolio
from planfolio.portfolio.record import Computed, PortfolioRecord
from planfolio.portfolio.steps import PortfolioStep
from planfolio.render.filters import TESTS, filters_of
from planfolio.render.languages import frame_language

README = Path(__file__).parents[1] / "themes" / "README.md"
BEGIN, END = "<!-- reference: begin -->", "<!-- reference: end -->"
_ELSEWHERE: tuple[type, ...] = (
    Status,
    Measure,
    MeasureProgress,
    Reason,
    PeriodState,
    HabitPeriod,
    Coverage,
    Interval,
    Capacity,
    Budget,
    Cost,
    CurrencySum,
    Measurement,
    Projection,
    Mode,
    NeedKind,
    Scale,
    ScaleLevel,
)
_NUMBERS: tuple[type, ...] = (
    GoalNumbers,
    NeedNumbers,
    PersonNumbers,
    RequirementNumbers,
    RoleNumbers,
    SkillNumbers,
    StepNumbers,
)
_FOR_PYTHON = ("cached", "typed_record", "typed_records", "in_plan_order", "in_list_order")
"""Methods that take a class or a function, which no template has."""


def reference() -> str:
    """Return the reference; LookupError names what has no docstring."""
    classes: list[type] = sorted({*_classes(), *_ELSEWHERE}, key=lambda class_: class_.__name__)
    kinds = [c for c in classes if issubclass(c, LinkedRecord) and c is not LinkedRecord]
    kinds.sort(key=lambda class_: (class_ is not PortfolioStep, class_.__name__))
    choices: list[type[StrEnum]] = [c for c in classes if issubclass(c, StrEnum)]
    others = (Page, Computed, PortfolioRecord, LinkedRecord, *kinds, *choices)
    values = [class_ for class_ in classes if class_ not in others]
    lines = ["### `portfolio`", "", *_of_class(Portfolio), "", "### `page`", "", *_of_class(Page)]
    lines += ["", "### A record of any kind", "", *_of_class(LinkedRecord)]
    for class_ in kinds:
        lines += ["", f"### `{_object(class_)}`", "", *_of_class(class_)]
    lines += ["", "### Values"]
    for value in values:
        lines += ["", f"#### {_shown(value.__name__)}", "", *_of_class(value)]
    lines += ["", "### Words of closed lists", ""]
    for choice in choices:
        words = ", ".join(f"`{word.value}`" for word in choice)
        lines.append(f"- **{choice.__name__}**: {words}")
    lines += ["", "### Filters and tests", ""]
    for name, function in {**filters_of(frame_language("en", ())), **TESTS}.items():
        lines.append(f"- `{name}{_arguments(function)}`: {_doc(function, name)[0]}")
    return "\n".join(lines) + "\n"


def written() -> str:
    """Return the README with the reference in its place."""
    text = README.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{rest.partition(END)[2]}"


def _classes() -> Iterator[type]:
    for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if not inspect.isclass(value) or value.__module__ != module.name or name[0] == "_":
                continue
            is_value = is_dataclass(value) or hasattr(value, "_fields")
            if is_value or issubclass(value, Computed | StrEnum):
                yield value


def _of_class(class_: type) -> Iterator[str]:
    """Yield what a class is, and its names with what they give, those of its numbers too."""
    yield " ".join(_doc(class_, class_.__name__))
    yield ""
    yield from _names(class_)
    numbers = _annotated(class_).get("numbers")
    for found in _NUMBERS:
        if found.__name__ == numbers:
            yield from (
                "",
                " ".join(_doc(found, numbers)),
                "",
                *_names(found, omit=_defined(class_)),
            )


def _names(class_: type, *, omit: Collection[str] = ()) -> Iterator[str]:
    fields_ = {name: type_ for name, type_ in _fields(class_).items() if name not in omit}
    if fields_:
        yield f"- {', '.join(f'`{name}` ({_type(type_)})' for name, type_ in fields_.items())}"
    for name, member in _members(class_):
        if name in omit:
            continue
        text = _doc(member, f"{class_.__name__}.{name}")[0]
        if isinstance(member, property | cached_property):
            type_ = _type(_returned(_function(member)))
            text = re.sub(r"^(?:Return|Tell) ", "", text)
            yield f"- `{name}` ({type_}): {text[:1].upper()}{text[1:]}"
        else:
            yield f"- `{name}{_arguments(member)}`: {text}"


def _fields(class_: type) -> dict[str, str]:
    """Return the types of a value's fields by name; none for what is no value."""
    names = [f.name for f in fields(class_)] if is_dataclass(class_) else _names_of_tuple(class_)
    typed: dict[str, str] = {}
    for base in reversed(class_.__mro__):
        typed |= _annotated(base) if base.__module__.startswith("planfolio.") else {}
    return {name: typed[name] for name in names}


def _names_of_tuple(class_: type) -> tuple[str, ...]:
    return getattr(class_, "_fields", ())


def _annotated(class_: type) -> dict[str, str]:
    """Return the annotations of a class as they are written."""
    return {
        ast.unparse(part.target): _as_written(part.annotation)
        for part in _parsed(class_).body
        if isinstance(part, ast.AnnAssign)
    }


def _returned(function: Callable[..., Any]) -> str:
    """Return what a function returns, as it is written."""
    returned = _parsed(function).returns
    assert returned is not None
    return _as_written(returned)


def _parsed(code: Any) -> Any:
    return ast.parse(textwrap.dedent(inspect.getsource(code))).body[0]


def _as_written(annotation: ast.expr) -> str:
    return ast.unparse(annotation).strip("'")


def _members(class_: type) -> Iterator[tuple[str, Any]]:
    """Yield the public properties and methods of a class; those of two with their bases."""
    bases = class_.__mro__ if class_ in (Portfolio, LinkedRecord) else (class_,)
    found: dict[str, Any] = {}
    for base in bases:
        found = {**found, **{n: m for n, m in vars(base).items() if n not in found}}
    for name, member in found.items():
        if (
            not name.startswith("_")
            and name not in _FOR_PYTHON
            and inspect.isfunction(_function(member))
        ):
            yield name, member


def _function(member: Any) -> Any:
    """Return the function of a property; a number or a field is read by none."""
    if isinstance(member, property):
        return member.fget
    return member.func if isinstance(member, cached_property) else member


def _defined(class_: type) -> set[str]:
    """Return what a record has under a name of its own, and not from its numbers or fields."""
    members = {name: m for base in reversed(class_.__mro__) for name, m in vars(base).items()}
    return {n for n, m in members.items() if not isinstance(_function(m), attrgetter)}


def _doc(thing: Any, name: str) -> list[str]:
    """Return the paragraphs of a docstring, each on one line."""
    text = inspect.cleandoc(thing.__doc__ or "")
    if not text or text.startswith(f"{name}("):
        raise LookupError(f"{name} has no docstring")
    return [" ".join(part.split()) for part in text.split("\n\n")]


def _arguments(function: Any) -> str:
    """Return the arguments of a filter or method beyond what it is applied to."""
    parameters = list(inspect.signature(function).parameters.values())
    rest = [p for p in parameters if p.name not in ("self", "context")]
    if not inspect.isfunction(function) or parameters[0].name != "self":
        rest = rest[1:]
    shown = (p.name if p.default is p.empty else f"{p.name}={str(p.default).lower()}" for p in rest)
    method = parameters[0].name == "self"
    return f"({', '.join(shown)})" if rest or method else ""


def _type(annotation: str) -> str:
    """Return a type as a theme knows it: `tuple[PortfolioGoal, ...]` is a list of goals."""
    text = re.sub(r"PortfolioRecord\[(\w+)Fields\]", r"\1", annotation)
    text = re.sub(r"(\w+)\[Any\]", r"\1", text)
    text = re.sub(r"tuple\[(\w+) \| None, \1 \| None\]", r"two of \1, each perhaps none", text)
    text = re.sub(r"^tuple\[(.+), \.\.\.\]$", r"list of \1", text)
    return _shown(text).replace(" | None", ", or none").replace("|", "or")


def _shown(text: str) -> str:
    return re.sub(r"\bPortfolio(?=[A-Z])", "", text)


def _object(class_: type) -> str:
    return _shown(class_.__name__).lower()


if __name__ == "__main__":
    README.write_text(written(), "utf-8")
