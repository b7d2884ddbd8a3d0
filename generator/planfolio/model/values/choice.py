"""Words of a closed list."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Problem
from planfolio.model.values.field_reader import FieldReader
from planfolio.spelling import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import Enum

_FEW = 8
"""So many words are listed whole in a hint."""


def choice(
    words_of: type[Enum],
    *,
    about: str,
    words: Mapping[str, Enum] | None = None,
    code: str = "F102",
    name: str = "bad-value",
) -> FieldReader:
    """Return the reader of one of the words of an enumeration, in any case.

    `words` stand for the values of the members where those are no words. Any other text raises
    Problem with `code` and `name`, the nearest word and, when they are few, all of them;
    `about` names what is chosen: `status of a goal`.
    """
    shown = words or {str(member.value): member for member in words_of}
    by_word = {word.casefold(): word for word in shown}

    def read(text: str) -> Enum:
        word = text.strip().casefold()
        if word in by_word:
            return shown[by_word[word]]
        near = difflib.get_close_matches(word[:80], by_word, n=1)
        hint = _hint(by_word[near[0]] if near else None, shown)
        raise Problem(f"{quoted(text)} is no {about}", hint, name=name, code=code)

    schema = {"type": "string", "enum": list(shown), "description": about.capitalize()}
    return FieldReader(read, schema, f"a {about}")


def _hint(near: str | None, words: Iterable[str]) -> str:
    words = list(words)
    if near is None:
        return f"write {listed(words)}"
    return f"did you mean {near}?" + (
        f" The words are {listed(words)}" if len(words) <= _FEW else ""
    )
