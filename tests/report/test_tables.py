"""Tests of tables for a terminal."""

import pytest

from planfolio.report.text import TableCell as Cell
from planfolio.report.text import TableColumn as Column
from planfolio.report.text import text_table, width, without_colour


def table(*rows: tuple[Cell, Cell], columns: int | None = None, tones: bool = False) -> list[str]:
    """Return the lines of a table of names and amounts."""

    def paint(text: str, tone: str) -> str:
        return f"<{tone}>{text}</>" if tones and tone else text

    heads = (Column("name", title=True), Column("amount", number=True))
    text = text_table(heads, rows, max_width=columns, paint=paint)
    return text.splitlines()


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    """The last digits are below each other, and below the head."""
    rows = [(Cell("a"), Cell("1")), (Cell("Tram driver"), Cell("100"))]
    assert table(*rows) == ["name         amount", "a                 1", "Tram driver     100"]


def test_a_note_stands_below_its_row_and_fits() -> None:
    """From the second column on, broken between words, and whole where there is no terminal."""
    rows = [(Cell("a"), Cell("1")), (Cell("b"), Cell("2"))]
    heads = (Column("name"), Column("amount"))

    def lines(max_width: int | None) -> list[str]:
        notes = [["Two of three, one planned"], []]
        return text_table(
            heads, rows, notes=notes, max_width=max_width, paint=without_colour
        ).splitlines()

    assert lines(None)[1:] == ["a     1", "      Two of three, one planned", "b     2"]
    assert lines(20)[2:4] == ["      Two of three,", "      one planned"]


def test_wide_letters_keep_the_columns_in_line() -> None:
    """Chinese, combining and emoji titles do not move the column after them."""
    names = ["東京の路面電車", "Zu\u0308rich", "🚋 tram", "plain"]
    lines = table(*[(Cell(name), Cell("7")) for name in names])
    assert {width(line) for line in lines} == {width(lines[0])}


def test_no_cell_steers_the_terminal_or_passes_for_colour() -> None:
    """A title that is dressed as our own colour is escaped like any other."""
    line = table((Cell("\x1b[31mred\x1b[0m"), Cell("")))[1]
    assert line == r"\u001b[31mred\u001b[0m"


def test_colour_takes_no_columns() -> None:
    """A painted cell is filled up to the width of what is seen of it."""
    lines = table((Cell("ab", "error"), Cell("x")), (Cell("abcd"), Cell("x")), tones=True)
    assert lines[1] == "<error>ab</>         x"
    assert lines[2] == "abcd       x"


def test_long_cells_are_cut_to_the_terminal() -> None:
    """Only the long column gives way, and each line fits."""
    lines = table((Cell("A very long title of a goal"), Cell("100")), columns=30)
    assert lines[1] == "A very long title of…      100"
    assert max(map(width, lines)) <= 30
    assert table((Cell("x" * 500), Cell("1")))[1].startswith("x" * 500)  # not in a file or a pipe


@pytest.mark.parametrize("columns", [1, 20])
def test_a_narrow_terminal_keeps_a_few_letters(columns: int) -> None:
    """However narrow it is, a title stays recognisable."""
    assert table((Cell("A very long title"), Cell("1")), columns=columns)[1].startswith(
        "A very long…"
    )


@pytest.mark.parametrize(
    ("columns", "shown"), [(15, "東京都東京…"), (16, "東京都東京…"), (17, "東京都東京都…")]
)
def test_a_cut_leaves_room_for_its_ellipsis(columns: int, shown: str) -> None:
    """A wide letter that would be half inside is cut as well."""
    line = table((Cell("東京都" * 9), Cell("")), columns=columns + len("  amount") - 4)[1]
    assert line == shown


def test_the_column_that_is_most_easily_spared_goes_first() -> None:
    """The next one stays as long as there is room for it."""
    columns = (Column("step"), Column("progress", spare=1), Column("covered", spare=2))
    row = (Cell("Tram"), Cell("12%"), Cell("no"))

    def head(max_width: int) -> str:
        return text_table(columns, [row], max_width=max_width, paint=without_colour).split("\n")[0]

    assert [head(23), head(22), head(14), head(13)] == [
        *("step  progress  covered", "step  progress", "step  progress", "step"),
    ]


WIDE = [
    (
        Cell("東京の路面電車を運転する人の計画"),
        Cell("12%"),
        Cell("A goal with a long title"),
        Cell("W37"),
    ),
    (Cell("🚋 Drive the tram until the end of the line"), Cell("9%"), Cell(""), Cell("2027-01-31")),
]


@pytest.mark.parametrize("max_width", range(40, 121, 8))
def test_a_table_fits_its_terminal_and_titles_keep_the_most(max_width: int) -> None:
    """With wide letters too. Columns that can be spared go before a title is cut to a stump."""
    columns = (
        Column("step", title=True),
        Column("progress", spare=1),
        Column("goal", title=True),
        Column("due"),
    )
    text = text_table(columns, WIDE, max_width=max_width, paint=without_colour)
    head, *lines = text.splitlines()
    assert max(map(width, text.splitlines())) <= max_width
    # Two titles of 20, "progress", a day of 10 and three gaps of 2 take 64 columns.
    assert ("progress" in head) == (max_width >= 64)
    assert width(lines[1].partition("  ")[0]) >= 12
