"""Many strings are searched at once, and each is met where it stands by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planfolio.audience.leaks.normal import text_of
from planfolio.audience.leaks.search import met, stands_in

_TEXTS = st.lists(
    st.text(alphabet="ab é-.★学习", min_size=1, max_size=8).map(lambda t: text_of(t.encode())),
    max_size=8,
)
_LINES = st.lists(st.text(alphabet="aB é-_.<★学习>", max_size=20).map(str.encode), max_size=8)


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("leave acme", "Leave-Acme", True),
        ("leave acme", "<b>LEAVE  ACME</b>", True),
        ("leave acme", "leave_acme.html", True),
        ("leave acme", "leave acmes", False),
        ("leave acme", "cleave acme", False),
        ("leave acme", "leave, acme", False),
        ("acme", "“acme”", True),
        ("café", "cafés", False),
        ("学习西班牙语", "我学习西班牙语了", True),
    ],
)
def test_a_text_stands_in_a_line_by_itself(text: str, line: str, found: bool) -> None:
    """Case, space and hyphens do not matter, and what goes on is another word."""
    normal = text_of(text.encode())
    assert stands_in(text_of(line.encode()), normal) is found
    assert met([normal], [line.encode()]) == ({normal} if found else set())


def test_all_texts_with_one_word_in_common_are_met() -> None:
    """A word that many texts share hides none of them."""
    texts = [f"step {n} of the plan".encode() for n in range(50)]
    lines = [f"<li>Step {n} of the plan</li>".encode() for n in range(0, 50, 2)]
    assert met(texts, lines) == set(texts[::2])


def test_nothing_is_met_in_nothing() -> None:
    """No lines, and no texts, are no error."""
    assert met([b"word"], []) == set()
    assert met([], [b"word"]) == set()


@settings(max_examples=200)
@given(_TEXTS, _LINES)
def test_the_fast_search_finds_what_looking_line_by_line_does(
    texts: list[bytes], lines: list[bytes]
) -> None:
    """Anchors leave nothing out and add nothing, for texts that have a word in them."""
    with_words = [text for text in texts if any(char.isalnum() for char in text.decode())]
    slow = {text for text in with_words for line in lines if stands_in(text_of(line), text)}
    assert met(with_words, lines) == slow
