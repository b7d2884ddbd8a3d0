"""The known name that is most like one that does not exist, for "did you mean"."""

from __future__ import annotations

import difflib
from collections import Counter
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MOST_SHARED = 2_000
_MOST_COMPARED = 16
"""How many entries of the index are read for one search, and how many names are then compared."""


class NearNames:
    """An index of names by the pairs of letters in them.

    A search costs the same however many names there are, since rare pairs are looked up first and
    the number of names that are compared is limited: after a folder was renamed, each record of a
    large plan may have a broken link.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._found: dict[tuple[str, float], list[str]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def like(self, text: str, *, cutoff: float = 0.6, count: int = 1) -> list[str]:
        """Return up to `count` names that are at least `cutoff` (0..1) like a text, best first."""
        found = self._found.get((text, cutoff))
        if found is None:
            candidates = self._candidates(text)
            found = difflib.get_close_matches(text, candidates, n=_MOST_COMPARED, cutoff=cutoff)
            self._found[text, cutoff] = found
        return found[:count]

    def _candidates(self, text: str) -> list[str]:
        numbers = [self._by_pair.get(pair, []) for pair in sorted(set(_pairs(text)))]
        numbers.sort(key=len)
        shared = Counter(islice(chain.from_iterable(numbers), _MOST_SHARED))
        best = sorted(shared, key=lambda index: (-shared[index], index))
        return [self._names[index] for index in best[:_MOST_COMPARED]]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._names)

    @cached_property
    def _by_pair(self) -> Mapping[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            for pair in set(_pairs(name)):
                index.setdefault(pair, []).append(number)
        return index


def _pairs(name: str) -> Iterator[str]:
    """Yield each two letters that stand side by side, the two ends of the name among them."""
    framed = f"\n{name}\n"
    return (framed[at : at + 2] for at in range(len(framed) - 1))
