"""How text of a plan is shown in messages and on terminals."""

import unicodedata
from collections.abc import Iterable

_LONGEST = 40
"""How many characters of what was typed a message repeats."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS = frozenset({"\u200c", "\u200d"})
"""Scripts and emoji need the two joiners, and they change nothing else."""


def visible(text: str) -> str:
    """Return text in which no character can move the cursor, colour, or reverse the writing.

    Controls, bidirectional overrides and lone surrogates are written as escapes (`\\u001b`), a
    byte of a file name that is not UTF-8 as `\\xff`, and a tab as four spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_seen, text))


def visible_lines(text: str) -> str:
    """Return text as `visible` does, but keep its line feeds."""
    return "\n".join(map(visible, text.split("\n")))


def quoted(text: str) -> str:
    """Return what was typed for a message: in backticks, on one line, cut after 40 characters.

    Unusual spaces are written as escapes too, since they look like the usual one.
    """
    text = text.strip()
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    if not shown.isprintable():
        shown = "".join(c if c == " " or not c.isspace() else _escape(c) for c in shown)
    return f"`{visible(shown)}`"


def alternatives(words: Iterable[str]) -> str:
    """Return words as a hint lists them: `a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _seen(char: str) -> str:
    if char == "\t":
        return "    "
    steers = unicodedata.category(char) in _UNSEEN and char not in _JOINERS
    return _escape(char) if steers else char


def _escape(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # how Python holds a byte that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
