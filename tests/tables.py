"""Tables for tests, read from plain data as they are read from files."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from planfolio.model.diagnostics import Diagnostic
from planfolio.model.source_tree import Entry, MappingNode, Node, Scalar, SequenceNode, Span
from planfolio.model.table import Table
from planfolio.model.validation import Validated, validate


def node_of(value: object) -> Node:
    """Return the node of text, lists and dicts; None is a value that was left empty."""
    match value:
        case None:
            return Scalar("", Span())
        case Mapping():
            pairs = ((Scalar(str(key), Span()), node_of(entry)) for key, entry in value.items())
            return MappingNode(tuple(Entry(*pair) for pair in pairs), Span())
        case list() | tuple():
            return SequenceNode(tuple(map(node_of, value)), Span())
        case _:
            return Scalar(str(value), Span())


def read_table(
    table: type[Table], values: Mapping[str, object], hours_per_week: Fraction | None = None
) -> Any:
    """Return a table of values in which nothing is wrong."""
    read = _validated(table, values, hours_per_week)
    assert read.diagnostics == ()
    return read.value


def fault_in(
    table: type[Table], values: Mapping[str, object], hours_per_week: Fraction | None = None
) -> Diagnostic:
    """Return the one thing that is wrong with a table of values."""
    (found,) = _validated(table, values, hours_per_week).diagnostics
    return found


def _validated(
    table: type[Table], values: Mapping[str, object], hours_per_week: Fraction | None
) -> Validated[Any]:
    return validate(table, node_of(values), path="a.md", hours_per_week=hours_per_week)
