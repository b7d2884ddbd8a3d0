from enum import StrEnum

import pytest
from tests.model.values.reading import fault_of

from planfolio.model.values.field_reader import choice


class Fruit(StrEnum):
    """Few words."""

    APPLE = "apple"
    PEAR = "pear"
    HONEY_MELON = "honey-melon"


class Month(StrEnum):
    """Nine words."""

    JANUARY, FEBRUARY, MARCH = "january", "february", "march"
    APRIL, MAY, JUNE = "april", "may", "june"
    JULY, AUGUST, SEPTEMBER = "july", "august", "september"


@pytest.mark.parametrize(
    ("words", "text", "hint"),
    [
        (
            Fruit,
            "honey melon",
            "did you mean honey-melon? The words are apple, pear or honey-melon",
        ),
        (Fruit, "steel", "write apple, pear or honey-melon"),
        (Month, "augst", "did you mean august?"),
    ],
)
def test_a_near_word_is_offered_or_the_few_that_there_are(
    words: type[StrEnum], text: str, hint: str
) -> None:
    """More than eight are not listed beside a near one."""
    fault = fault_of(choice({str(word): word for word in words}, about="thing").read, text)
    assert (fault.message, fault.hint) == (f"`{text}` is no thing", hint)
