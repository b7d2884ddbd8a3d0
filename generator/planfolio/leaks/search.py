"""Many strings searched in many lines, in time that grows with the lines.

Each string is found by one of its words, its anchor; only lines that hold an anchor are looked at
closely. Languages that are written without spaces have no such words: their strings are searched
in the runs of their letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planfolio.leaks.normal import text_of, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_SPACELESS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)
_LETTERS = re.compile(rb"[0-9a-z\x80-\xff]")


class Found(NamedTuple):
    """A string, and the line that it was found in, by number from 0."""

    text: bytes
    line: int


class Search:
    """A search for strings that are normalised by `text_of`.

    `common` are words that most lines may hold; a rarer word of a string is looked for instead.
    """

    def __init__(self, texts: Iterable[bytes], *, common: Collection[bytes] = ()) -> None:
        self._anchored: dict[bytes, list[bytes]] = {}
        self._spaceless: list[bytes] = []
        for text in texts:
            words = words_of(text).split()
            if _SPACELESS.search(text.decode("utf-8", "replace")):
                self._spaceless.append(text)
            elif words:
                anchor = max(words, key=lambda word: (word not in common, len(word)))
                self._anchored.setdefault(anchor, []).append(text)

    def among(self, lines: Sequence[bytes]) -> Iterator[Found]:
        """Yield each string and each line (of any bytes, without line ends) that holds it."""
        if not lines or not (self._anchored or self._spaceless):
            return
        anchors = self._anchored.keys()
        for number, words in enumerate(words_of(b"\n".join(lines)).split(b"\n")):
            met = anchors & words.split()
            if not met:
                continue
            line = text_of(lines[number])
            for anchor in met:
                for text in self._anchored[anchor]:
                    if _stands_in(line, text):
                        yield Found(text, number)
        yield from self._among_spaceless(lines)

    def _among_spaceless(self, lines: Sequence[bytes]) -> Iterator[Found]:
        if not self._spaceless:
            return
        held = [
            (number, text_of(line))
            for number, line in enumerate(lines)
            if _SPACELESS.search(line.decode("utf-8", "replace"))
        ]
        whole = b"\n".join(line for _, line in held)
        for text in self._spaceless:
            if text in whole:
                yield from (Found(text, number) for number, line in held if text in line)


def _stands_in(line: bytes, text: bytes) -> bool:
    """Tell whether a line holds a text that no letter or digit goes on from on either side."""
    start = line.find(text)
    while start >= 0:
        end = start + len(text)
        before, after = line[start - 1 : start] if start else b"", line[end : end + 1]
        if not (_goes_on(before, text[:1]) or _goes_on(after, text[-1:])):
            return True
        start = line.find(text, start + 1)
    return False


def _goes_on(neighbour: bytes, edge: bytes) -> bool:
    # A letter beyond ASCII may be punctuation; a whole word is then next to it as well.
    return (
        bool(neighbour)
        and neighbour < b"\x80"
        and bool(_LETTERS.match(neighbour) and _LETTERS.match(edge))
    )
