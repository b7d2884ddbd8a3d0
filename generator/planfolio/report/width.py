"""Printable text, measured and cut by the columns that it takes on a terminal."""

from __future__ import annotations


def shortened(text: str, *, most: int) -> str:
    """Return text of at most `most` characters, with an ellipsis where its end was cut off."""
    return text if len(text) <= most else text[: most - 1] + "…"


def width(text: str) -> int:
    """Return how many columns of a terminal printable text takes."""
    if text.isascii():
        return len(text)  # most text needs no import of the tables
    import wcwidth

    return wcwidth.width(text)


def clipped(text: str, *, first: int = 0, last: int) -> str:
    """Return the columns of printable text from `first` up to, but without, `last`.

    A blank replaces a wide character that stands half outside.
    """
    if text.isascii():
        return text[first:last]
    import wcwidth

    return wcwidth.clip(text, first, last)


def fitting(text: str, *, columns: int) -> str:
    """Return printable text in at most so many columns, with an ellipsis where it was cut off."""
    return text if width(text) <= columns else clipped(text, last=columns - 1).rstrip() + "…"
