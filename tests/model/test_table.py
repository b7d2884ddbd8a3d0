"""Tables: immutable values that know what was written in them."""

import pytest
from tests.tables import fault_in, read_table

from planfolio.model.fields import Texts
from planfolio.model.kinds.goal import GoalFields, GoalKind
from planfolio.model.kinds.kind import Fields, Replan
from planfolio.model.table import (
    Table,
    field_types,
    fields_set,
    updated,
    without_fields,
    written_names,
)


class Talk(Table):
    """A table whose fields have bare types of Python."""

    title: str
    notes: Texts = ()


class Unreadable(Table):
    """A table with a field for which there is no reader."""

    number: complex | None = None


def test_a_default_is_not_given() -> None:
    """What was written is told apart from what stands in for it, though both are equal."""
    short = read_table(GoalFields, {"title": "One"})
    long = read_table(GoalFields, {"title": "One", "kind": "outcome"})
    assert (set(fields_set(short)), set(fields_set(long))) == ({"title"}, {"title", "kind"})
    assert short.kind is GoalKind.OUTCOME
    assert short == long != read_table(GoalFields, {"title": "Two"})


def test_a_change_makes_another_table() -> None:
    """The first one stays; what is taken out has its default again."""
    first = read_table(GoalFields, {"title": "One", "kind": "habit", "why": "Fun"})
    second = updated(first, why="More fun")
    third = without_fields(second, {"why", "kind"})
    assert (first.why, second.why, third.why, third.kind) == ("Fun", "More fun", None, "outcome")
    with pytest.raises(AttributeError, match="cannot be changed: why"):
        first.why = "None"


def test_fields_of_bases_come_first_and_keys_have_no_underscore() -> None:
    """`from` is a word of Python, so its field is called `from_`."""
    assert list(field_types(GoalFields))[: len(field_types(Fields))] == list(field_types(Fields))
    assert list(written_names(Replan)) == ["date", "from", "to", "reason"]
    assert written_names(Replan)["from"] == "from_"


def test_bare_text_is_read_as_typed_and_other_bare_types_are_refused() -> None:
    """Who writes a kind learns at the first file that a field has no reader."""
    assert read_table(Talk, {"title": " 010 "}).title == " 010 "
    assert "expected text, found a list" in fault_in(Talk, {"title": ["a"]}).message
    with pytest.raises(TypeError, match="cannot be of the type <class 'complex'>"):
        read_table(Unreadable, {})
