"""Tests of the source line below a finding."""

import pytest
import wcwidth

from planfolio.message_text import visible
from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import Span
from planfolio.report.text import excerpt, width


def lines_of(source: list[str], span: Span) -> list[str]:
    """Return the excerpt of a finding at a place, without colour."""
    finding = Diagnostic(
        code="F102", name="bad-date", severity=Severity.ERROR, path="a.md", span=span, message=""
    )
    return excerpt(finding, source, paint=lambda text, _: text)


def marked(source: str, part: str) -> tuple[str, str]:
    """Return what is above the underline of a part of a line, by columns, and the underline."""
    start = source.index(part) + 1
    shown, under = lines_of([source], Span(1, start, 1, start + len(part)))
    first, columns = width(under[: under.index("^")]), under.count("^")
    at = 0
    above = ""
    for index in range(len(shown)):
        if first <= at < first + columns:
            above += shown[index]
        at = width(shown[: index + 1])
    return above, under.strip(" |")


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("due: 2026-02-30", "2026-02-30"),
        ("título: Dirección, due: 2026", "2026"),
        ("題: 東京で働く, due: 明日", "明日"),
        ("title: 🚋 tram, due: soon", "soon"),
        ("title: cafe\u0301 au lait, due: soon", "soon"),
        ("title: 👩\u200d👧 family, due: soon", "soon"),
    ],
)
def test_the_underline_stands_below_its_part(source: str, part: str) -> None:
    """Wide, combining and joined characters before the place do not move the underline."""
    above, under = marked(source, part)
    assert above == part
    assert under == "^" * width(part)


def test_tabs_are_shown_as_the_blanks_that_are_counted() -> None:
    """A tab before the place takes as many columns in the line as in the underline."""
    shown, under = lines_of(["\tdue:\tsoon"], Span(1, 7, 1, 11))
    assert shown.index("soon") == under.index("^")
    assert "\t" not in shown


def test_escapes_in_the_source_are_spelt_and_underlined() -> None:
    """A control character in the marked part takes the columns of its escape."""
    shown, under = lines_of(["due: a\x1bb"], Span(1, 6, 1, 9))
    assert shown == r"  1 | due: a\u001bb"
    assert under == "    |      " + "^" * 8


def test_a_long_line_is_cut_around_the_place() -> None:
    """Of a line of thousands of characters the part around the place is shown, with ellipses."""
    source = "a " * 3000 + "HERE" + " b" * 3000
    shown, under = lines_of([source], Span(1, 6001, 1, 6005))
    assert width(shown) < 130
    assert shown.startswith("  1 | …")
    assert shown.endswith("…")
    assert shown[under.index("^") : under.rindex("^") + 1] == "HERE"


def test_wide_letters_before_the_place_are_cut_by_the_columns_they_take() -> None:
    """An ellipsis says so, though they are fewer than the letters that would fit."""
    source = "東" * 40 + "HERE"
    shown, under = lines_of([source], Span(1, 41, 1, 45))
    assert shown == f"  1 | …{'東' * 25}HERE"
    assert under == f"    |  {'  ' * 25}^^^^"


def test_a_long_place_is_underlined_as_far_as_it_is_shown() -> None:
    """The underline of a very long value ends where the line is cut."""
    shown, under = lines_of(["x: " + "東" * 900], Span(1, 4, 1, 904))
    assert shown.endswith("…")
    assert width(under) == width(shown.removesuffix("…"))


def test_a_place_over_several_lines_is_underlined_to_the_end_of_its_first() -> None:
    """Of a block only the first line is shown."""
    assert lines_of(["- one  ", "- two"], Span(1, 1, 2, 6))[1] == "    | ^^^^^"


def test_what_needs_no_tables_is_as_wide_as_they_say() -> None:
    """Each letter and sign up to those of other scripts takes the columns that wcwidth gives it."""
    signs = [visible(chr(code)) for code in range(0x20, 0x3000)]
    assert [width(sign) for sign in signs] == [wcwidth.width(sign) for sign in signs]


def test_a_place_without_width_gets_one_mark() -> None:
    """A point, even behind the end of the line, is shown by one caret."""
    assert lines_of(["due:"], Span(1, 5, 1, 5))[1] == "    |     ^"
    assert lines_of(["x"] * 117, Span(117, 2, 117, 2)) == ["  117 | x", "      |  ^"]


@pytest.mark.parametrize("span", [Span(3, 1, 3, 2), Span(2, 1, 2, 2), Span(1, 9, 1, 10)])
def test_a_place_that_shows_nothing_has_no_excerpt(span: Span) -> None:
    """A line that is not there or is blank, and a column behind the end, give no excerpt."""
    assert lines_of(["text", "   "], span) == []
