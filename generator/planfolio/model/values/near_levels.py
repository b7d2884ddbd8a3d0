"""The other ways in which people write levels, for hints; nothing here is read as a level."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.model.values.in_english import in_english
from planfolio.model.values.text import ascii_form

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL, _EMPTY = "\u2605\u2b50*\u25cf", "\u2606\u25cb"
_OF_ALL = re.compile(r"(\d{1,2}(?:\.\d)?) ?(?:/|of|out of|von|de|sur) ?(\d{1,3})|(\d{1,3}) ?%")
_LABEL = re.compile(
    r"^(?:level|lvl|l|grade|stage|sfia|cefr|niveau|nivel|stufe)\.?(?=[ :#\d]|$)[ :#]*"
)
_STARS = re.compile(r" ?stars?$")


def near_share(text: str) -> Fraction | None:
    """Return the share of its scale that `2/5`, `80%` or filled and empty stars say, or None."""
    plain = re.sub(r"\s", "", ascii_form(text))
    full, empty = (sum(plain.count(sign) for sign in signs) for signs in (_FULL, _EMPTY))
    if empty and full + empty == len(plain):
        return Fraction(full, full + empty)
    of_all = _OF_ALL.fullmatch(_LABEL.sub("", in_english(text)))
    if of_all is None or of_all[2] == "0":
        return None
    share = Fraction(of_all[3]) / 100 if of_all[3] else Fraction(of_all[1]) / int(of_all[2])
    return share if share <= 1 else None


def parts_of_level(text: str) -> Iterator[str]:
    """Yield what may each be a number or a name: `4` and `advanced` of `L4 (Advanced)`."""
    plain = re.sub(r"\s", "", ascii_form(text))
    if plain and all(sign in _FULL for sign in plain):
        yield str(len(plain))
        return
    for part in re.split(r"[()\[\]:;/|]| - |(?<=\d)-(?=\D)| (?:or|to) ", in_english(text)):
        bare = _STARS.sub("", _LABEL.sub("", part.strip(" .,+~-")))
        yield bare
        first, _, rest = bare.partition(" ")
        if rest:
            yield first
            yield rest
