"""Many strings searched in many lines, in time that grows with the lines.

Each string is found by one of its words, its anchor; only lines that hold an anchor are looked at
closely. Languages that are written without spaces have no such words: their strings are searched
in the runs of their letters.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from planfolio.audience.leaks.normal import is_letter, text_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPACELESS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)


def is_spaceless(text: str) -> bool:
    """Tell whether a text is, at least in part, of a script that puts no spaces between words."""
    return not text.isascii() and _SPACELESS.search(text) is not None


def met(texts: Iterable[bytes], lines: Sequence[bytes]) -> set[bytes]:
    """Return those texts that stand in a line; lines are any bytes, without line ends.

    The texts are as `text_of` makes them.
    """
    anchored, spaceless = _anchored(texts)
    found = _met_spaceless(spaceless, lines)
    if not lines or not anchored:
        return found
    for number, words in enumerate(words_of(b"\n".join(lines)).split(b"\n")):
        anchors = anchored.keys() & words.split()
        if not anchors:
            continue
        line = text_of(lines[number])
        for anchor in anchors:
            here = {text for text in anchored[anchor] if stands_in(line, text)}
            if here:
                # Where else it stands matters to those few alone that are leaks.
                found |= here
                anchored[anchor] = [text for text in anchored[anchor] if text not in here]
                if not anchored[anchor]:
                    del anchored[anchor]
    return found


def stands_in(line: bytes, text: bytes) -> bool:
    """Tell whether a line holds a text that no letter or digit goes on from on either side.

    Both are as `text_of` makes them. In languages without spaces a text may stand anywhere.
    """
    if is_spaceless(text.decode("utf-8", "replace")):
        return text in line
    start = line.find(text)
    while start >= 0:
        end = start + len(text)
        if not (
            _goes_on(line[max(0, start - 4) : start], text) or _goes_on(text, line[end : end + 4])
        ):
            return True
        start = line.find(text, start + 1)
    return False


def _anchored(texts: Iterable[bytes]) -> tuple[dict[bytes, list[bytes]], list[bytes]]:
    """Return the texts by a word of theirs that few others have, and those without spaces."""
    words: dict[bytes, list[bytes]] = {}
    spaceless: list[bytes] = []
    for text in texts:
        if is_spaceless(text.decode("utf-8", "replace")):
            spaceless.append(text)
        else:
            words[text] = words_of(text).split()
    shared = Counter(word for own in words.values() for word in own)
    anchored: dict[bytes, list[bytes]] = {}
    for text, own in words.items():
        if own:
            anchor = min(own, key=lambda word: (shared[word], -len(word)))
            anchored.setdefault(anchor, []).append(text)
    return anchored, spaceless


def _met_spaceless(texts: Iterable[bytes], lines: Sequence[bytes]) -> set[bytes]:
    whole: bytes | None = None
    found: set[bytes] = set()
    for text in texts:
        if whole is None:
            held = (line for line in lines if not line.isascii())
            whole = b"\n".join(text_of(line) for line in held)
        if text in whole:
            found.add(text)
    return found


def _goes_on(before: bytes, after: bytes) -> bool:
    """Tell whether a word goes on from the end of one text to the start of another."""
    left = before[-4:].decode("utf-8", "ignore")[-1:]
    right = after[:4].decode("utf-8", "ignore")[:1]
    return bool(left and right) and is_letter(left) and is_letter(right)
