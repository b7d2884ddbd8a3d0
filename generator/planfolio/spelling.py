"""How names are compared, and how text of a plan is shown in messages and on terminals."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 40
"""How many characters of what was typed a message repeats."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS = frozenset({"\u200c", "\u200d"})
"""Scripts and emoji need the two joiners, and they change nothing else."""


def folded(name: str) -> str:
    """Return a name as names are compared: NFC, without regard to case and to space around it."""
    if name.isascii():
        return name.strip().lower()
    composed = unicodedata.normalize("NFC", name.strip())
    return unicodedata.normalize("NFC", composed.casefold())


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


def near_names(
    name: str, known: Iterable[str], *, count: int = 1, cutoff: float = 0.6
) -> list[str]:
    """Return up to `count` known names that are at least `cutoff` (0..1) like one, best first."""
    import difflib  # a plan without a slip does not need it

    return difflib.get_close_matches(name[:80], known, n=count, cutoff=cutoff)


def near_hint(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """Return `did you mean `status`?` for a name that is close to a known one, else `otherwise`."""
    near = near_names(name, known)
    return f"did you mean {quoted(near[0])}?" if near else otherwise


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the end of a message, `; did you mean `status`?`; nothing if no name is close."""
    hint = near_hint(name, known, otherwise="")
    return f"; {hint}" if hint else ""


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
