"""Text of a plan made safe for a terminal."""

from __future__ import annotations

import unicodedata

_STEERING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_HARMLESS = {"\u200d", "\u200c", "\u00ad"}
"""Joiners and the soft hyphen, which scripts and emoji need and which steer nothing."""


def printable(text: str) -> str:
    """Return text in which no character can move the cursor, colour, or turn the writing round.

    Controls, bidirectional overrides and lone surrogates are spelt as `\\u001b`; tabs become spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelt(char) for char in text)


def width(text: str) -> int:
    """Return how many columns text takes on a terminal."""
    return sum(_columns(char) for char in text)


def _spelt(char: str) -> str:
    if char == "\t":
        return "    "
    if unicodedata.category(char) in _STEERING and char not in _HARMLESS:
        return f"\\u{ord(char):04x}"
    return char


def _columns(char: str) -> int:
    if unicodedata.combining(char) or char in _HARMLESS or unicodedata.category(char) == "Mn":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
