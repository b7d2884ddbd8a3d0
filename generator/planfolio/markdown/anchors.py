"""The ids of headings.

They are those of the large git hosts, so that a link to a heading works there and here: lower
case, letters and digits of any script kept, spaces turned into hyphens, everything else dropped,
and a number after what is there already.
"""

from __future__ import annotations

import unicodedata

_NAMELESS = "section"


def anchor_slug(text: str) -> str:
    """Return the text as it stands in an anchor, in NFC; empty when nothing of it is kept."""
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    spaced = " ".join(lowered.split())
    return "".join(char for char in spaced if _stays(char)).replace(" ", "-")


class Anchors:
    """Hands out the ids of one body: each `prefix`, slug and, where that is taken, a number."""

    def __init__(self, *, prefix: str) -> None:
        self._prefix = prefix
        self._uses: dict[str, int] = {}

    def name(self, text: str) -> str:
        """Return an id for a heading with this text that no earlier heading has."""
        wanted = anchor_slug(text) or _NAMELESS
        anchor, uses = wanted, self._uses.get(wanted, 0)
        while anchor in self._uses:
            uses += 1
            anchor = f"{wanted}-{uses}"
        self._uses[wanted] = uses
        self._uses.setdefault(anchor, 0)
        return self._prefix + anchor


def _stays(char: str) -> bool:
    return char in " -_" or unicodedata.category(char)[0] in "LMN"
