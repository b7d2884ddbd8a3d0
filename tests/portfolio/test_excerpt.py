"""Excerpts of texts."""

from __future__ import annotations

import pytest

from planfolio.portfolio.excerpt import excerpt


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ten words", "ten words"),
        ("two\n\n lines", "two lines"),
        ("exactly 10", "exactly 10"),
        ("eleven chars", "eleven …"),
        ("one, two, three", "one, two …"),
        ("ten chars. And more", "ten chars …"),
        ("学习日语并通过考试以后", "学习日语并通过考试以 …"),
        ("", ""),
    ],
)
def test_a_text_is_cut_between_words(text: str, shown: str) -> None:
    """At most ten characters here; without a space, as in Chinese, within the text."""
    assert excerpt(text, limit=10) == shown
