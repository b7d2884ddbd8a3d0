"""Marked nodes held against a pydantic model: a value, or every error at its own place."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import (
    Entry,
    Loc,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Span,
    locate,
    plain_data,
    prune,
)
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from collections.abc import Mapping as MappingOf

    from pydantic_core import ErrorDetails

    from planfolio.model.values.field_reader import ReadContext

M = TypeVar("M", bound=BaseModel)

_NOTHING: MappingOf[str, str] = MappingProxyType({})
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
    defaults: MappingOf[str, str] = _NOTHING,
) -> Validated[M]:
    """Make a model of a node.

    Keys that start with `x_` and those of `allow_keys` are ignored where they are unknown.
    `defaults` stand in for keys that are absent or empty. `path` goes into the diagnostics.
    What cannot be read is reported and left out, and the rest is still made, so that one typo
    does not hide the next; without a required key of its own the value is None.
    """
    found: dict[Diagnostic, None] = {}
    left: Node | None = node
    taken_out: set[tuple[Span, str]] = set()
    for _ in range(_ROUNDS):
        if left is None:
            break
        try:
            value = model.model_validate(_with_defaults(left, defaults), context=reading)
            return Validated(value, tuple(found))
        except ValidationError as error:
            details = error.errors(include_url=False)
        for detail in details:
            if not _is_the_owners(detail, allow_keys) and not _went(left, detail, taken_out):
                found[_diagnostic(model, left, detail, path=path)] = None
        left = _without_faults(left, details, taken_out)
    return Validated(None, tuple(found))


def _with_defaults(node: Node, defaults: MappingOf[str, str]) -> object:
    data = plain_data(node)
    if isinstance(data, dict):
        data.update((key, text) for key, text in defaults.items() if data.get(key) is None)
    return data


def _is_the_owners(detail: ErrorDetails, allow_keys: Collection[str]) -> bool:
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    return detail["type"] == "extra_forbidden" and (key.startswith("x_") or key in allow_keys)


def _went(node: Node, detail: ErrorDetails, taken_out: set[tuple[Span, str]]) -> bool:
    """Tell whether a key is only missing because its value was wrong, which is reported."""
    loc = detail["loc"]
    return detail["type"] == "missing" and (locate(node, loc[:-1]), str(loc[-1])) in taken_out


def _without_faults(
    node: Node, details: list[ErrorDetails], taken_out: set[tuple[Span, str]]
) -> Node | None:
    """Return the node without its faulty values, and note which keys went from which table."""
    ways = set()
    for detail in details:
        loc = tuple(step for step in detail["loc"] if step != "[key]")
        ways.add(loc[:-1] if detail["type"] == "missing" else loc)
    left: Node | None = node
    # The last of a list goes first, so that the places of the others stay what they are.
    for way in sorted(ways, key=lambda way: [(isinstance(s, int), s) for s in way], reverse=True):
        if left is not None:
            taken_out.update((locate(left, way[:n]), str(way[n])) for n in range(len(way)))
            left = prune(left, way)
    return None if left == node else left


def _diagnostic(
    model: type[BaseModel], node: Node, detail: ErrorDetails, *, path: str
) -> Diagnostic:
    loc = tuple(step for step in detail["loc"] if step != "[key]")
    on_key = detail["type"] == "extra_forbidden" or "[key]" in detail["loc"]
    code, name = "F102", "bad-value"
    context = detail.get("ctx", {})
    match detail["type"]:
        case "planfolio":
            code, name = str(context["code"]), str(context["name"])
            message, hint = str(context["message"]), str(context["hint"])
        case "extra_forbidden":
            code, name, message, hint = _unknown_key(model, loc)
        case "missing":
            name = "missing-value"
            loc, key = loc[:-1], loc[-1]
            message, hint = _missing(node, loc, str(key))
            return _at(node, (*loc, key), path, code, name, message, hint, on_key=True)
        case _:
            message, hint = _wrong_shape(detail)
    return _at(node, loc, path, code, name, message, hint, on_key=on_key)


def _at(
    node: Node,
    loc: Loc,
    path: str,
    code: str,
    name: str,
    message: str,
    hint: str,
    *,
    on_key: bool,
) -> Diagnostic:
    return Diagnostic(
        code=code,
        name=name,
        severity=Severity.ERROR,
        path=path,
        span=locate(node, loc, key=on_key),
        message=message,
        hint=hint,
    )


def _unknown_key(model: type[BaseModel], loc: Loc) -> tuple[str, str, str, str]:
    key = str(loc[-1])
    known = sorted(_names_at(model, loc[:-1]))
    near = difflib.get_close_matches(key.casefold(), known, n=1, cutoff=0.6)
    if "visibility" in known and difflib.get_close_matches(
        key.casefold(), _VISIBILITY_WORDS, n=1, cutoff=0.75
    ):
        return (
            "V103",
            "bad-visibility",
            f"{quoted(key)} looks like a visibility, but is not a key of its own",
            "write visibility: public, mentor or private",
        )
    if near:
        hint = f"did you mean `{near[0]}`?"
    elif len(known) <= 12:
        hint = "known here: " + ", ".join(known)
    else:
        hint = "a key of your own starts with x_: " + quoted(f"x_{key}")
    return "F104", "unknown-key", f"unknown key {quoted(key)}", hint


def _missing(node: Node, loc: Loc, key: str) -> tuple[str, str]:
    written = _written_entry(node, (*loc, key))
    if written is not None and isinstance(written.value, Scalar):
        return (
            f"`{key}` is empty",
            "write something after it; a # after a space begins a comment: quote such text",
        )
    return f"`{key}` is missing", f"write `{key}:` and its value"


def _written_entry(node: Node, loc: Loc) -> Entry | None:
    """Return the entry that stands at `loc`, if just that was written."""
    entry: Entry | None = None
    for step in loc:
        if isinstance(node, Mapping) and isinstance(step, str):
            entry = node.find(step)
            if entry is None:
                return None
            node = entry.value
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node, entry = node.items[step], None
        else:
            return None
    return entry


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
        case list() | tuple():
            return "a list"
        case _:
            return str(value)


def _names_at(model: type[BaseModel], loc: Loc) -> set[str]:
    """Return the keys that are known at a place of a model."""
    models = [model]
    for step in loc:
        deeper: list[type[BaseModel]] = []
        for candidate in models:
            field = _field(candidate, step)
            deeper.extend(_models_in(field) if field is not None else [candidate])
        models = deeper
    return {info.alias or name for found in models for name, info in found.model_fields.items()}


def _field(model: type[BaseModel], step: str | int) -> object | None:
    for name, info in model.model_fields.items():
        if step in (info.alias, name):
            return info.annotation
    return None


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
