"""Ids of headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planfolio.markdown.anchors import Anchors, anchor_slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What I will do", "what-i-will-do"),
        ("  Gaps & risks!  ", "gaps--risks"),
        ("C++ / C# (2026)", "c--c-2026"),
        ("snake_case-stays", "snake_case-stays"),
        ("Über die Straße", "über-die-straße"),
        ("План на год", "план-на-год"),
        ("योजना", "योजना"),
        ("計画 2026", "計画-2026"),
        ("U\u0308ber", "über"),
        ("?!", ""),
    ],
)
def test_slug_is_that_of_git_hosts(text: str, expected: str) -> None:
    """Letters, marks and digits of any script stay, spaces become hyphens, the rest is dropped."""
    assert anchor_slug(text) == expected


def test_repeated_headings_are_numbered() -> None:
    """The second heading with a text gets -1, the third -2."""
    anchors = Anchors(prefix="")

    assert [anchors.name("Week") for _ in range(3)] == ["week", "week-1", "week-2"]


def test_number_does_not_hit_a_heading_that_has_it_in_its_text() -> None:
    """A heading called `Week 1` keeps the numbering of `Week` from taking its id, and back."""
    first = Anchors(prefix="")
    assert [first.name(t) for t in ("Week 1", "Week", "Week")] == ["week-1", "week", "week-2"]

    second = Anchors(prefix="")
    assert [second.name(t) for t in ("Week", "Week", "Week 1")] == ["week", "week-1", "week-1-1"]


def test_heading_without_letters_has_an_id() -> None:
    """Punctuation alone gives the neutral name."""
    anchors = Anchors(prefix="")

    assert [anchors.name("?"), anchors.name("!")] == ["section", "section-1"]


@given(st.lists(st.sampled_from(["a", "a-1", "a-1-1", "a 1", "A", "", "!", "section"])))
def test_ids_are_unique(texts: list[str]) -> None:
    """No two headings share an id, however their texts and numbers meet."""
    anchors = Anchors(prefix="x-")
    names = [anchors.name(text) for text in texts]

    assert len(set(names)) == len(names)
    assert all(name.startswith("x-") for name in names)
