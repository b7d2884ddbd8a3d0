"""Tests of names that somebody types for a record."""

from pathlib import Path

import pytest
from tests.reading import plan_in

from planfolio.edit.arguments import find_record
from planfolio.exceptions import UsageError
from planfolio.model.plan import Plan

STEPS = ("goal", "milestone")


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Return a plan of goals and milestones with names that are alike."""
    return plan_in(
        tmp_path,
        {
            "goals/cka.md": "---\ntitle: Pass\naliases: [exam, Exam 1]\nmilestones:\n"
            "  Book it: 2026-09\n  Mock 1/2: 2026-10\n  Mock 2/2: 2026-11\n---\n",
            "goals/cka-lab.md": "---\ntitle: Lab\nmilestones: [{id: one, title: First}]\n---\n",
            "goals/write.md": "---\ntitle: Write\n---\n",
            "milestones/write.md": "---\ntitle: Draft\ngoal: cka\n---\n",
            "skills/python.md": "---\ntitle: Python\n---\n",
        },
    ).plan


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cka", "goal/cka"),
        ("CKA", "goal/cka"),
        ("goals/cka", "goal/cka"),
        ("goal/cka-l", "goal/cka-lab"),
        ("cka-l", "goal/cka-lab"),
        ("exam", "goal/cka"),
        ("exa", "goal/cka"),
        ("milestones/write", "milestone/write"),
        ("cka-book-it", "milestone/cka-book-it"),
        ("cka/Book it", "milestone/cka-book-it"),
        ("cka/book", "milestone/cka-book-it"),
        ("exam/mock 2/2", "milestone/cka-mock-2-2"),
        ("cka-lab/one", "milestone/cka-lab-one"),
        ("cka-l/first", "milestone/cka-lab-one"),
        ("cka/draft", "milestone/write"),
    ],
)
def test_a_name_means_one_record(typed: str, meant: str, plan: Plan) -> None:
    """By id, kind, alias, beginning, or as a milestone of a goal; what is exact wins."""
    assert str(find_record(typed, plan=plan, kinds=STEPS).key) == meant


@pytest.mark.parametrize(
    ("typed", "says", "hint"),
    [
        ("write", "fits 2 records", "`goals/write` or `milestones/write`"),
        ("cka/mock", "fits 2 records", "`milestones/cka-mock-1-2` or `milestones/cka-mock-2-2`"),
        ("ck", "fits 2 records", "`goals/cka-lab` or `goals/cka`"),
        ("python", "is a skill", "name a goal or milestone"),
        ("wrote", "no goal or milestone `wrote`", "did you mean `write`?"),
        ("", "no goal or milestone", ""),
        ("cka/", "fits", "milestones/write"),
    ],
)
def test_a_name_that_means_none_or_several_is_refused(
    typed: str, says: str, hint: str, plan: Plan
) -> None:
    """Those that it fits are named, and a near one where it fits none."""
    with pytest.raises(UsageError, match=says) as refused:
        find_record(typed, plan=plan, kinds=STEPS)
    assert hint in refused.value.hint


def test_only_the_kinds_that_are_asked_for_count(plan: Plan) -> None:
    """An act on goals finds the goal where a milestone has the same id."""
    assert str(find_record("write", plan=plan, kinds=("goal",)).key) == "goal/write"
