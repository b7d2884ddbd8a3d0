from __future__ import annotations

from enum import StrEnum

from tests.model.values.reading import fault_of

from planfolio.model.diagnostics import Problem
from planfolio.model.values.field_reader import as_pydantic_error, choice


def test_braces_in_what_was_typed_stay() -> None:
    """The message is no template."""
    error = as_pydantic_error(Problem("`{hint}` is no date", "write {this}"))
    assert error.message() == "`{hint}` is no date"


class Fruit(StrEnum):
    """Few words."""

    APPLE = "apple"
    PEAR = "pear"
    HONEY_MELON = "honey-melon"


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
