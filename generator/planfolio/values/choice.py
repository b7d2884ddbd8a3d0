"""Words of a closed list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.values.written import Written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import Enum


def choice(
    words_of: type[Enum], *, about: str, words: Mapping[str, Enum] | None = None, code: str = "F102"
) -> Written:
    """Return the reader of one of the words of an enumeration, with "did you mean"."""
    raise NotImplementedError
