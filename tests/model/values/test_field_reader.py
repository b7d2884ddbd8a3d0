from __future__ import annotations

from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError
from tests.model.values.reading import NASTY, fault_of, reads_or_refuses

from planfolio.model.diagnostics import Problem
from planfolio.model.values.field_reader import FieldReader, ReadContext, as_pydantic_error, choice
from planfolio.model.values.number import read_number

Amount = Annotated[
    Fraction, FieldReader(read_number, {"type": "number", "minimum": 1}, "an amount", "bad-amount")
]


def _hours(text: str, *, reading: ReadContext) -> Fraction:
    if reading.hours_per_week is None:
        raise Problem("no hours", "set them", code="F999")
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
    return [{"loc": e["loc"], **vars(e["ctx"]["problem"])} for e in found]


def test_a_field_is_read_from_its_text() -> None:
    """The value is what the reader returns."""
    assert Order.model_validate({"amount": "3.10"}).amount == Fraction(31, 10)


def test_a_fault_becomes_an_error_with_all_that_it_says() -> None:
    """At the place of the field."""
    assert errors({"amount": "2,5"}) == [
        {
            "loc": ("amount",),
            "message": "`2,5` is no number",
            "hint": "write 2.5",
            "name": "bad-amount",
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
    assert error.message() == "`{hint}` is no date"


class Fruit(StrEnum):
    """Few words."""

    APPLE = "apple"
    PEAR = "pear"
    HONEY_MELON = "honey-melon"


class Grade(IntEnum):
    """Members whose values are no words."""

    LOW = 0
    HIGH = 1


class Month(StrEnum):
    """Many words."""

    JANUARY = "january"
    FEBRUARY = "february"
    MARCH = "march"
    APRIL = "april"
    MAY = "may"
    JUNE = "june"
    JULY = "july"
    AUGUST = "august"
    SEPTEMBER = "september"


FRUIT = choice(Fruit, about="fruit")


@pytest.mark.parametrize("text", ["pear", "Pear", " PEAR "])
def test_a_word_is_read_in_any_case(text: str) -> None:
    """With space around it too."""
    assert FRUIT.read(text) is Fruit.PEAR


def test_words_may_stand_for_members() -> None:
    """Where the values are numbers."""
    grade = choice(Grade, about="grade", words={"low": Grade.LOW, "high": Grade.HIGH})
    assert grade.read("High") is Grade.HIGH
    assert fault_of(grade.read, "1").hint == "write low or high"


def test_a_near_word_is_offered_with_the_few_others() -> None:
    """Did you mean, and the list."""
    fault = fault_of(FRUIT.read, "honey melon")
    assert fault.message == "`honey melon` is no fruit"
    assert fault.hint == "did you mean honey-melon? The words are apple, pear or honey-melon"


def test_without_a_near_word_all_are_listed() -> None:
    """Nothing is like it."""
    assert fault_of(FRUIT.read, "steel").hint == "write apple, pear or honey-melon"


def test_many_words_are_not_listed_beside_a_near_one() -> None:
    """The one is enough."""
    assert fault_of(choice(Month, about="month").read, "augst").hint == "did you mean august?"


def test_a_choice_has_the_code_and_name_of_its_rule() -> None:
    """F102 unless another is given."""
    usual = fault_of(FRUIT.read, "x")
    assert (usual.code, usual.name) == ("F102", "bad-value")
    own = choice(Fruit, about="fruit", code="V103", name="bad-visibility")
    fault = fault_of(own.read, "x")
    assert (fault.code, fault.name) == ("V103", "bad-visibility")


def test_the_schema_lists_the_words() -> None:
    """As they are shown."""
    assert FRUIT.schema["enum"] == ["apple", "pear", "honey-melon"]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_any_text_is_a_word_or_a_fault(text: str) -> None:
    """Never a traceback."""
    reads_or_refuses(FRUIT.read, text)
    with pytest.raises(Problem):
        FRUIT.read(text)
