"""Words of a closed list."""

from __future__ import annotations

import difflib

from typing import TYPE_CHECKING

from planfolio.values.unreadable import Unreadable
from planfolio.values.written import Written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import Enum


def choice(
    words_of: type[Enum], *, about: str, words: Mapping[str, Enum] | None = None, code: str = "F102"
) -> Written:
    """Return the reader of one of the words of an enumeration, with "did you mean"."""
    shown = words or {str(member.value): member for member in words_of}
    meanings = {word.casefold(): member for word, member in shown.items()}

    def read(text: str) -> Enum:
        word = text.strip().casefold()
        if word in meanings:
            return meanings[word]
        near = difflib.get_close_matches(word, meanings, n=1)
        listed = ", ".join(shown)
        hint = f"did you mean {near[0]}? The words are {listed}" if near else f"the words are {listed}"
        raise Unreadable(f"`{text}` is no {about}", hint, code=code)

    return Written(read, {"type": "string", "enum": list(meanings)}, f"a word: {', '.join(meanings)}")
