"""Text in the form in which it is compared, and the ways in which output writes it.

Letters A to Z lose their case; white space, hyphens and underscores are one space each, so that a
title is found in an address. All else stays, punctuation too: it keeps neighbours apart that only
happen to stand side by side.
"""

from __future__ import annotations

import html
import re
import string
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOWER = bytes.maketrans(string.ascii_uppercase.encode(), string.ascii_lowercase.encode())
_SPACES = b"\t\x0b\x0c\r-_"
_TO_TEXT = bytes(0x20 if byte in _SPACES else byte for byte in _LOWER)
_WORD = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyz\n") | frozenset(range(0x80, 0x100))
_TO_WORDS = bytes(byte if byte in _WORD else 0x20 for byte in _LOWER)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_LETTERS = {"n": "\n", "t": " ", "r": " ", "b": " ", "f": " "}


def text_of(line: bytes) -> bytes:
    """Return a line as it is compared."""
    return b" ".join(line.translate(_TO_TEXT).split())


def words_of(lines: bytes) -> bytes:
    """Return lines with nothing but words left in them, in lower case and with space between."""
    if not lines.isascii():
        # Punctuation beyond ASCII would stick to the words beside it; runs repeat a lot.
        bare = {run: _letters_of(run) for run in set(_BEYOND_ASCII.findall(lines))}
        lines = _BEYOND_ASCII.sub(lambda run: bare[run[0]], lines)
    return lines.translate(_TO_WORDS)


def decoded(line: bytes) -> Iterator[bytes]:
    """Yield what a line says to a reader of HTML, of addresses, of JSON, and of all of them."""
    text = line.decode("utf-8", "replace")
    if b"&" in line:
        text = html.unescape(text)
        yield text.encode("utf-8", "replace")
    if "%" in text:
        text = unquote(text)
        yield text.encode("utf-8", "replace")
    if "\\" in text:
        text = _ESCAPED.sub(_unescaped, text)
        paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield paired.encode("utf-8", "replace")
        if "&" in paired:
            yield html.unescape(paired).encode("utf-8", "replace")


def is_letter(char: str) -> bool:
    """Tell whether a character is a part of words: a letter, a digit, or an accent on one."""
    return char.isalnum() or unicodedata.category(char).startswith("M")


def _letters_of(run: bytes) -> bytes:
    """Return text beyond ASCII with a space for each character that is no letter."""
    text = run.decode("utf-8", "replace")
    return "".join(char if is_letter(char) else " " for char in text).encode()


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return _LETTERS.get(escape[2], escape[2])
