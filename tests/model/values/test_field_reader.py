from __future__ import annotations

from fractions import Fraction
from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from planfolio.model.diagnostics import Problem
from planfolio.model.values.field_reader import FieldReader, ReadContext, as_pydantic_error
from planfolio.model.values.number import read_number

Amount = Annotated[
    Fraction, FieldReader(read_number, {"type": "number", "minimum": 1}, "an amount")
]


def _hours(text: str, *, reading: ReadContext) -> Fraction:
    if reading.hours_per_week is None:
        raise Problem("no hours", "set them", name="bad-effort", code="F999")
    return Fraction(text) * reading.hours_per_week


Weeks = Annotated[Fraction, FieldReader(_hours, {"type": "string"}, "weeks", context=True)]


class Order(BaseModel):
    """Two fields that are read from text."""

    amount: Amount
    weeks: Weeks | None = None


def errors(data: object, reading: ReadContext | None = None) -> list[dict[str, object]]:
    """Return place, type and context of each error."""
    with pytest.raises(ValidationError) as caught:
        Order.model_validate(data, context=reading)
    found = caught.value.errors()
    return [{"loc": e["loc"], "type": e["type"], **e.get("ctx", {})} for e in found]


def test_a_field_is_read_from_its_text() -> None:
    """The value is what the reader returns."""
    assert Order.model_validate({"amount": "3.10"}).amount == Fraction(31, 10)


def test_a_fault_becomes_an_error_with_all_that_it_says() -> None:
    """At the place of the field."""
    assert errors({"amount": "2,5"}) == [
        {
            "loc": ("amount",),
            "type": "planfolio",
            "message": "`2,5` is no number",
            "hint": "write 2.5",
            "name": "bad-number",
            "code": "F102",
        }
    ]


def test_all_faults_come_at_once() -> None:
    """One does not hide the next."""
    assert [e["loc"] for e in errors({"amount": "x", "weeks": "2"})] == [("amount",), ("weeks",)]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (["1"], "a list"),
        ({"a": "1"}, "a table of keys"),
        (None, "nothing"),
        (5, "something else"),
    ],
)
def test_another_shape_is_named(value: object, found: str) -> None:
    """Where one value was expected."""
    assert errors({"amount": value})[0]["message"] == f"expected an amount, found {found}"


def test_a_reader_may_know_the_settings() -> None:
    """Those of site.toml, and none without them."""
    data = {"amount": "1", "weeks": "2"}
    settings = ReadContext(hours_per_week=Fraction(6))
    assert Order.model_validate(data, context=settings).weeks == 12
    assert errors(data)[0]["code"] == "F999"


def test_the_json_schema_is_that_of_the_text() -> None:
    """And a copy, so that nobody changes it for all."""
    schema = Order.model_json_schema()
    assert schema["properties"]["amount"] == {"title": "Amount", "type": "number", "minimum": 1}
    assert Order.model_json_schema() == schema


def test_braces_in_what_was_typed_stay() -> None:
    """The message is no template."""
    error = as_pydantic_error(Problem("`{hint}` is no date", "write {this}"))
    assert error.context is not None
    assert error.context["message"] == "`{hint}` is no date"
    assert error.context["hint"] == "write {this}"
