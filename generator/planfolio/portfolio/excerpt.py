"""The first words of a text, for places that have room for a few."""

from __future__ import annotations


def excerpt(text: str, *, limit: int) -> str:
    """Return the first words of a text on one line, with dots where it goes on.

    What it returns has at most `limit` characters and the dots. A text that is written without
    spaces is cut within a word.
    """
    words = " ".join(text.split())
    if len(words) <= limit:
        return words
    whole = words[: limit + 1].rpartition(" ")[0] or words[:limit]
    return whole.rstrip(",;:.") + " …"
