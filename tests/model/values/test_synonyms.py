"""The words of other trackers lead to ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.model.values.reading import fault_of

from planfolio.model.kinds.fields import VISIBILITY
from planfolio.model.kinds.goal import GoalKind, GoalStatus, Priority, SmartLetter
from planfolio.model.kinds.milestone import Mode
from planfolio.model.kinds.review import ReviewKind
from planfolio.model.kinds.role import NeedKind, RoleStatus
from planfolio.model.kinds.skill import EvidenceKind
from planfolio.model.values import synonyms
from planfolio.model.values.field_reader import choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.model.values.field_reader import FieldReader

TABLES = [
    (choice(words_of, about="word", synonyms=table), table)
    for words_of, table in (
        (GoalStatus, synonyms.GOAL_STATUS),
        (RoleStatus, synonyms.ROLE_STATUS),
        (GoalKind, synonyms.GOAL_KIND),
        (Priority, synonyms.PRIORITY),
        (ReviewKind, synonyms.REVIEW_KIND),
        (EvidenceKind, synonyms.EVIDENCE_KIND),
        (NeedKind, synonyms.NEED),
        (Mode, synonyms.MODE),
        (SmartLetter, synonyms.SMART_LETTER),
    )
]
TABLES.append((VISIBILITY, synonyms.VISIBILITY))


@pytest.mark.parametrize(("reader", "table"), TABLES)
def test_each_word_leads_to_one_that_is_read(reader: FieldReader, table: Mapping[str, str]) -> None:
    """Each word stands once, is no word of ours, and its hint begins with one that is read."""
    words = [word for meant in table.values() for word in meant.split(", ")]
    assert len(words) == len(set(words))
    for ours, meant in table.items():
        reader.read(re.split(r"[ ,]", ours)[0])
        for word in meant.split(", "):
            assert synonyms.bare_words(word) == word
            assert fault_of(reader.read, word).hint == f"write {ours}"


@pytest.mark.parametrize(
    ("table", "typed", "meant"),
    [
        (synonyms.GOAL_STATUS, "In Progress", "active"),
        (synonyms.GOAL_STATUS, "IN_PROGRESS", "active"),
        (synonyms.GOAL_STATUS, "On-Hold", "paused"),
        (synonyms.GOAL_STATUS, "Won't do", "dropped"),
        (synonyms.GOAL_STATUS, "\N{WHITE HEAVY CHECK MARK} Completed", "done"),
        (synonyms.GOAL_STATUS, "Terminé", "done"),
        (synonyms.GOAL_STATUS, "Not started", "active, or draft while it is only an idea"),
        (synonyms.PRIORITY, "1 - High", "must"),
        (synonyms.PRIORITY, "P2", "should"),
        (synonyms.PRIORITY, "Low (P3)", "could"),
        (synonyms.PRIORITY, "green", None),
    ],
)
def test_case_signs_and_numbers_do_not_matter(
    table: Mapping[str, str], typed: str, meant: str | None
) -> None:
    """Trackers write one word in many ways."""
    assert synonyms.meant_by(typed, table) == meant
