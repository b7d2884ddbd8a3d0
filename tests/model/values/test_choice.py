from __future__ import annotations

from enum import IntEnum, StrEnum

import pytest
from tests.model.values.reading import NASTY, fault_of, reads_or_refuses

from planfolio.model.diagnostics import Problem
from planfolio.model.values.choice import choice


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
