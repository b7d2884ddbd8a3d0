"""Source nodes validated by a pydantic model: a value, and every error at its own place."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, cast, get_args

from pydantic import BaseModel, ValidationError

from planfolio.model.diagnostics import Diagnostic, FirstFew, Problem
from planfolio.model.hints import as_tables, is_known_word, table_hint, unknown_key_problem
from planfolio.model.source_tree import Loc, Node, locate, plain_data, prune
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from planfolio.model.values.field_reader import ReadContext

M = TypeVar("M", bound=BaseModel)

_NOTHING: Mapping[str, str] = MappingProxyType({})
_ROUNDS = 8
"""How often the rest is tried again; each round takes out all that the last one reported."""


class Validated(NamedTuple, Generic[M]):
    """A value (None: it could not be made) and what was found wrong.

    `lost` are the keys of the value that were written, in whole or in part, and could not be read.
    """

    value: M | None
    diagnostics: tuple[Diagnostic, ...] = ()
    lost: frozenset[str] = frozenset()


def validate(
    model: type[M],
    node: Node,
    *,
    path: str,
    context: ReadContext,
    allow_keys: Collection[str] = (),
    defaults: Mapping[str, str] = _NOTHING,
) -> Validated[M]:
    """Make a model of a node.

    Keys that start with `x_` and those of `allow_keys` are ignored where they are unknown.
    `defaults` stand in for keys that are absent or empty. `path` goes into the diagnostics.
    What cannot be read is reported and left out, and the rest is still made, so that one typo
    does not hide the next; without a required key of its own the value is None.
    """
    found: dict[Diagnostic, None] = {}
    lost: set[str] = set()
    left: Node | None = node
    for attempt in range(_ROUNDS):
        if left is None:
            break
        try:
            value = model.model_validate(_with_defaults(left, defaults), context=context)
            return Validated(value, tuple(found), frozenset(lost))
        except ValidationError as error:
            details = error.errors(include_url=False)
        # Later rounds miss what was taken out in earlier ones, which is reported already.
        new = [d for d in details if attempt == 0 or d["type"] != "missing"]
        to_report = [detail for detail in new if not _is_the_owners(detail, allow_keys)]
        found.update(dict.fromkeys(_findings(model, left, to_report, path=path, lost=lost)))
        left = _without_faults(left, details)
    return Validated(None, tuple(found), frozenset(lost))


def _with_defaults(node: Node, defaults: Mapping[str, str]) -> object:
    data = plain_data(node)
    if isinstance(data, dict):
        data.update((key, text) for key, text in defaults.items() if data.get(key) is None)
    return data


def _is_the_owners(detail: ErrorDetails, allow_keys: Collection[str]) -> bool:
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    return detail["type"] == "extra_forbidden" and (key.startswith("x_") or key in allow_keys)


def _without_faults(node: Node, details: list[ErrorDetails]) -> Node | None:
    locs = {_loc(d)[:-1] if d["type"] == "missing" else _loc(d) for d in details}
    left = prune(node, locs)
    return None if left == node else left


def _loc(detail: ErrorDetails) -> Loc:
    return tuple(step for step in detail["loc"] if step != "[key]")


def _findings(
    model: type[BaseModel],
    node: Node,
    details: Sequence[ErrorDetails],
    *,
    path: str,
    lost: set[str],
) -> list[Diagnostic]:
    """Return the finding of each error; of many that are alike, the first few and the count.

    The keys that were meant or are wrong are added to `lost`.
    """
    found = FirstFew()
    meant: set[Loc] = set()
    names = lru_cache(maxsize=None)(lambda around: sorted(_names_at(model, around)))
    hints = _pairs_for_tables(details, names)
    # Missing keys come last: one that was mistyped is not reported as missing too.
    for detail in sorted(details, key=lambda detail: detail["type"] == "missing"):
        loc, is_missing = _loc(detail), detail["type"] == "missing"
        top = detail["loc"][0] if is_missing or len(detail["loc"]) > 1 else None
        alike = (top, _sort_of(detail))
        if loc:
            lost.add(str(loc[0]))
        if loc in meant or (is_missing and loc[:-1] in hints) or found.has_enough(alike):
            continue
        problem = _problem(detail)
        is_unknown = detail["type"] == "extra_forbidden"
        if is_unknown and loc[:-1] in hints:
            hint, keys = hints[loc[:-1]]
            message = f"unknown key {quoted(str(loc[-1]))}"
            problem = Problem(message, hint, code="F104", name="unknown-key")
            meant.update((*loc[:-1], key) for key in keys)
        elif is_unknown:
            problem, key = unknown_key_problem(str(loc[-1]), detail["input"], names(loc[:-1]))
            meant.add((*loc[:-1], key))
            lost.add(str((*loc[:-1], key)[0]))
        on_key = is_missing or is_unknown or "[key]" in detail["loc"]
        found.add(alike, problem.at(path, locate(node, loc, key=on_key)))
    return found.diagnostics()


def _pairs_for_tables(
    details: Iterable[ErrorDetails], names: Callable[[Loc], Sequence[str]]
) -> dict[Loc, tuple[str, list[str]]]:
    """Return where pairs such as `2026-03-01: 3` stand for a table: a hint and the keys of each."""
    unknown: dict[Loc, dict[str, object]] = {}
    incomplete: set[Loc] = set()
    for detail in details:
        *place, key = _loc(detail) or ("",)
        if detail["type"] == "missing":
            incomplete.add(tuple(place))
        elif detail["type"] == "extra_forbidden":
            unknown.setdefault(tuple(place), {})[str(key)] = detail["input"]
    return {
        place: (f"write {written}", list(pairs))
        for place, pairs in unknown.items()
        if place in incomplete
        and not any(is_known_word(key, value, names(place)) for key, value in pairs.items())
        and (written := as_tables(pairs, names(place))) is not None
    }


def _sort_of(detail: ErrorDetails) -> str:
    """Return what makes findings alike: the code of a reader's problem, else pydantic's word."""
    problem = detail.get("ctx", {}).get("problem")
    return f"{problem.code} {problem.name}" if isinstance(problem, Problem) else detail["type"]


def _problem(detail: ErrorDetails) -> Problem:
    found = _shape(detail.get("input"))
    match detail["type"]:
        case "planfolio":
            return cast("Problem", detail["ctx"]["problem"])
        case "missing":
            key = detail["loc"][-1]
            hint = f"write `{key}:` and its value; put a value that begins with # in quotes"
            return Problem(f"`{key}` is missing or empty", hint, name="missing-value")
        case "model_type" | "model_attributes_type" | "dict_type":
            message = f"expected a table of keys, found {found}"
            return Problem(message, table_hint(str(detail["loc"][-1]), detail.get("input")))
        case "tuple_type" | "list_type":
            return Problem(f"expected a list, found {found}", "write it as a list: [a, b]")
        case _:
            return Problem(detail["msg"][:1].lower() + detail["msg"][1:])


def _shape(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case str():
            return f"the text {quoted(value)}"
        case dict():
            return "a table of keys"
        case _:
            return "a list"


def _names_at(model: type[BaseModel], loc: Loc) -> set[str]:
    """Return the keys that are known at a place of a model."""
    models = [model]
    for step in loc:
        deeper: list[type[BaseModel]] = []
        for candidate in models:
            fields = candidate.model_fields.items()
            types = [info.annotation for name, info in fields if step in (info.alias, name)]
            deeper.extend(_models_in(types[0]) if types else [candidate])
        models = deeper
    return {info.alias or name for found in models for name, info in found.model_fields.items()}


def _models_in(annotation: object) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
