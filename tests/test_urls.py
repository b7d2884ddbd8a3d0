"""Slugs and URLs."""

from posixpath import join, normpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planfolio.urls import absolute, file_of, relative, slug

SEGMENTS = st.lists(st.text(min_size=1).map(slug).filter(bool), max_size=4)
PAGES = SEGMENTS.map(lambda parts: "".join(part + "/" for part in parts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pass the CKA exam", "pass-the-cka-exam"),
        ("  Über/Straße  ", "über-strasse"),
        ("日本語 能力試験", "日本語-能力試験"),
        ("سلام دنیا", "سلام-دنیا"),
        ("e\N{COMBINING ACUTE ACCENT}tude", "\N{LATIN SMALL LETTER E WITH ACUTE}tude"),
        ("1.5", "1-5"),
        ("?!…", ""),
        ("", ""),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("C++11", "c-plus-plus-11"),
        ("#1 goal", "1-goal"),
        ("++a", "a"),
        ("+1", "1"),
    ],
)
def test_a_slug_keeps_letters_and_digits_of_any_script(text: str, expected: str) -> None:
    """All else becomes hyphens, and case and normal form are folded; `+` and `#` after a letter are
    spelt out, because C, C++ and C# are three things."""
    assert slug(text) == expected


@given(st.text() | st.text("a -é长", min_size=230))
def test_the_slug_of_a_slug_is_itself(text: str) -> None:
    """An id that is already an address keeps it."""
    assert slug(slug(text)) == slug(text)


@given(st.text())
def test_a_slug_is_one_segment_of_a_path(text: str) -> None:
    """No slash, no space, no dot that could lead upward, no hyphen at an end."""
    made = slug(text)
    assert not set(made) & set("/\\. ?#%\t\n")
    assert made == made.strip("-")
    assert "--" not in made
    assert len(made.encode()) <= 240


def test_a_long_slug_is_cut_and_ends_with_a_hash_of_the_whole() -> None:
    """At 240 bytes and never within a letter; long titles that differ at their end stay two."""
    one, two = slug("长" * 120 + "a"), slug("长" * 120 + "b")
    assert one != two
    assert one == "长" * 77 + "-" + one[-8:]  # 77 * 3 + 9 = 240
    assert slug("a" * 240) == "a" * 240
    assert len(slug("a" * 241)) == 240


@given(PAGES, PAGES)
def test_a_relative_url_leads_from_the_page_to_its_target(target: str, page: str) -> None:
    """Joined to the page's address, the link is the address of the target."""
    way = unquote(relative(target, page=page))
    assert normpath(join("/" + page, way)).lstrip("/") == target.rstrip("/")
    assert way.endswith("/")


@pytest.mark.parametrize(
    ("target", "page", "url"),
    [
        ("goals/cka/", "goals/cka/", "./"),  # an empty one would reload with the query string
        ("goals/cka/#über", "plan/", "../goals/cka/#%C3%BCber"),
        ("a:b/", "", "a%3Ab/"),  # else it would be read as a scheme
        ("plan.json", "goals/cka/", "../../plan.json"),
    ],
)
def test_a_url_is_relative_to_the_page(target: str, page: str, url: str) -> None:
    """Percent-encoded, path and fragment apart; one under a base URL is too."""
    assert relative(target, page=page) == url
    assert absolute("goals/é/", base="https://a.example/p/") == "https://a.example/p/goals/%C3%A9/"


@pytest.mark.parametrize(
    ("url", "file"),
    [("", "index.html"), ("goals/cka/", "goals/cka/index.html"), ("plan.json", "plan.json")],
)
def test_a_folder_is_served_by_its_index(url: str, file: str) -> None:
    """RecordIndex URLs are files named index.html."""
    assert file_of(url) == file
