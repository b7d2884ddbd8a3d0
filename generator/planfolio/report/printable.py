"""Text of a plan made safe for a terminal, and how wide it is there."""

from __future__ import annotations

import unicodedata

from planfolio.spelling import visible

_JOINER = "\u200d"
_HARMLESS = frozenset({_JOINER, "\u200c"})
"""The joiner and the non-joiner, which scripts and emoji need and which steer nothing."""

_EMOJI_STYLE = "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_JAMO_THAT_JOIN = range(0x1160, 0x1200)
"""The vowels and finals of decomposed Hangul, which stand in the cell of their first consonant."""


def printable(text: str) -> str:
    """Return text as `visible` does: nothing in it can move the cursor or reverse the writing."""
    return visible(text)


def printable_lines(text: str) -> str:
    """Return text as `printable` does, with its line feeds."""
    return "\n".join(map(printable, text.split("\n")))


def shortened(text: str, *, most: int) -> str:
    """Return text of at most `most` characters, with an ellipsis for what was cut off its end."""
    return text if len(text) <= most else text[: most - 1] + "…"


def width(text: str) -> int:
    """Return how many columns text takes on a terminal.

    East Asian wide characters and emoji take two, combining characters none; an emoji sequence
    takes as much as its first emoji, as terminals that know it draw it.
    """
    if text.isascii():
        return len(text)
    columns = last = 0
    joined = False
    for char in text:
        own = 0 if joined else _columns(char)
        if char == _EMOJI_STYLE and last == 1:
            own = 1  # it asks for the emoji, which is wide, of a character that is not
        elif ord(char) in _SKIN_TONES and last == 2:
            own = 0
        joined = char == _JOINER and last == 2
        columns += own
        last = last if own == 0 else own
    return columns


def fitting(text: str, *, columns: int) -> str:
    """Return text that takes at most so many columns, with an ellipsis for what was cut off."""
    if width(text) <= columns:
        return text
    kept = len(text)
    while kept and width(text[:kept]) > columns - 1:
        kept -= 1
    return text[:kept].rstrip() + "…"


def _columns(char: str) -> int:
    if (
        char in _HARMLESS
        or unicodedata.category(char) in {"Mn", "Me"}
        or ord(char) in _JAMO_THAT_JOIN
    ):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
