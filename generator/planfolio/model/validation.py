"""Source nodes validated by a pydantic model: a value, and every error at its own place."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from planfolio.model.diagnostics import Diagnostic, FirstFew, Problem
from planfolio.model.source_tree import (
    Loc,
    MappingNode,
    Node,
    Scalar,
    locate,
    plain_data,
    prune,
)
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from planfolio.model.values.field_reader import ReadContext

M = TypeVar("M", bound=BaseModel)

_NOTHING: Mapping[str, str] = MappingProxyType({})
_ROUNDS = 8
"""How often the rest is tried again; each round takes out all that the last one reported."""

_VISIBILITY_WORDS = (
    "visibility",
    "visible",
    "private",
    "public",
    "mentor_only",
    "hidden",
    "secret",
)


@dataclass(frozen=True, slots=True)
class Validated(Generic[M]):
    """A value (None: it could not be made) and what was found wrong."""

    value: M | None
    diagnostics: tuple[Diagnostic, ...] = ()


def validate(
    model: type[M],
    node: Node,
    *,
    path: str,
    reading: ReadContext,
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
    left: Node | None = node
    for attempt in range(_ROUNDS):
        if left is None:
            break
        try:
            value = model.model_validate(_with_defaults(left, defaults), context=reading)
            return Validated(value, tuple(found))
        except ValidationError as error:
            details = error.errors(include_url=False)
        # What is missing only now was taken out, and reported before.
        new = [d for d in details if attempt == 0 or d["type"] != "missing"]
        to_report = [detail for detail in new if not _is_the_owners(detail, allow_keys)]
        found.update(dict.fromkeys(_Findings(model, left, path).of(to_report)))
        left = _without_faults(left, details)
    return Validated(None, tuple(found))


def _with_defaults(node: Node, defaults: Mapping[str, str]) -> object:
    data = plain_data(node)
    if isinstance(data, dict):
        data.update((key, text) for key, text in defaults.items() if data.get(key) is None)
    return data


def _is_the_owners(detail: ErrorDetails, allow_keys: Collection[str]) -> bool:
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    return detail["type"] == "extra_forbidden" and (key.startswith("x_") or key in allow_keys)


def _without_faults(node: Node, details: list[ErrorDetails]) -> Node | None:
    ways = {_way(d)[:-1] if d["type"] == "missing" else _way(d) for d in details}
    left = prune(node, ways)
    return None if left == node else left


def _way(detail: ErrorDetails) -> Loc:
    return tuple(step for step in detail["loc"] if step != "[key]")


class _Findings:
    """Words the errors of one round of validation."""

    def __init__(self, model: type[BaseModel], node: Node, path: str) -> None:
        self._model = model
        self._node = node
        self._path = path
        self._keys: dict[Loc, list[str]] = {}

    def of(self, details: Sequence[ErrorDetails]) -> list[Diagnostic]:
        """Return the finding of each error; of many that are alike, the first few and the count."""
        found = FirstFew()
        meant: set[Loc] = set()
        for detail in details:
            field = detail["loc"][0] if len(detail["loc"]) > 1 else None
            if detail["type"] != "missing" and not found.has_enough((field, _sort_of(detail))):
                problem, on_key = self._problem(detail, meant), _is_on_key(detail)
                span = locate(self._node, _way(detail), key=on_key)
                found.add((field, _sort_of(detail)), problem.at(self._path, span))
        for detail in details:
            loc = _way(detail)
            # A key that was mistyped is not missing too.
            if detail["type"] == "missing" and loc not in meant:
                problem = _missing(self._node, loc)
                span = locate(self._node, loc, key=True)
                found.add((loc[0], "missing"), problem.at(self._path, span))
        return found.diagnostics()

    def _problem(self, detail: ErrorDetails, meant: set[Loc]) -> Problem:
        match detail["type"]:
            case "planfolio":
                problem = detail["ctx"]["problem"]
                assert isinstance(problem, Problem)  # noqa: S101 - `as_pydantic_error` put it there
                return problem
            case "extra_forbidden":
                return self._unknown_key(_way(detail), meant)
            case _:
                return Problem(*_wrong_shape(detail))

    def _unknown_key(self, loc: Loc, meant: set[Loc]) -> Problem:
        """Return the problem of an unknown key; the key that it stands for goes into `meant`."""
        key, around = str(loc[-1]), loc[:-1]
        if around not in self._keys:
            self._keys[around] = sorted(_names_at(self._model, around))
        known = self._keys[around]
        typed = key[:80].casefold()
        near = difflib.get_close_matches(typed, known, n=1, cutoff=0.6)
        if "visibility" in known and difflib.get_close_matches(
            typed, _VISIBILITY_WORDS, n=1, cutoff=0.75
        ):
            return Problem(
                f"{quoted(key)} looks like a visibility, but is not a key of its own",
                "write visibility: public, mentor or private",
                code="V103",
                name="bad-visibility",
            )
        if near:
            meant.add((*around, near[0]))
            hint = f"did you mean `{near[0]}`?"
        elif len(known) <= 12:
            hint = "known here: " + ", ".join(known)
        else:
            hint = "a key of your own starts with x_: " + quoted(f"x_{key}")
        return Problem(f"unknown key {quoted(key)}", hint, code="F104", name="unknown-key")


def _is_on_key(detail: ErrorDetails) -> bool:
    return detail["type"] == "extra_forbidden" or "[key]" in detail["loc"]


def _sort_of(detail: ErrorDetails) -> str:
    """Return what makes findings alike: the code of a reader's problem, else pydantic's word."""
    problem = detail.get("ctx", {}).get("problem")
    return f"{problem.code} {problem.name}" if isinstance(problem, Problem) else detail["type"]


def _missing(node: Node, loc: Loc) -> Problem:
    """Return the problem of a required key that is absent, or has nothing after it."""
    *around, key = loc
    for step in around:
        if isinstance(node, Scalar) or (at := node.position(step)) is None:
            break
        node = node.entries[at].value if isinstance(node, MappingNode) else node.items[at]
    else:
        written = node.find(str(key)) if isinstance(node, MappingNode) else None
        if written is not None and isinstance(written.value, Scalar):
            hint = "write something after it; a # after a space begins a comment: quote such text"
            return Problem(f"`{key}` is empty", hint, name="missing-value")
    return Problem(f"`{key}` is missing", f"write `{key}:` and its value", name="missing-value")


def _wrong_shape(detail: ErrorDetails) -> tuple[str, str]:
    found = _shape(detail.get("input"))
    match detail["type"]:
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"expected a table of keys, found {found}", "write `key: value` lines below it"
        case "tuple_type" | "list_type":
            return f"expected a list, found {found}", "write it as a list: [a, b]"
        case "string_type":
            return f"expected text, found {found}", "write one value"
        case _:
            return detail["msg"][:1].lower() + detail["msg"][1:], ""


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
