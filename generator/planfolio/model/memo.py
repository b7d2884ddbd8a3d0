"""A memo for the preview: results of one build that the next takes if their inputs are the same."""

from collections.abc import Callable, Hashable
from operator import is_
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """What the last run made, by key, each with the objects that it was made of.

    `make` may read only its key, these objects, none of which changes, and the basis of the run. A
    run makes each key once.
    """

    def __init__(self) -> None:
        self._basis: object = None
        self._last: dict[Hashable, tuple[tuple[object, ...], Any]] = {}
        self._made: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def begin(self, basis: object) -> None:
        """Begin a run; what the last one made is known in it if its basis was equal."""
        self._last = self._made if self._basis == basis else {}
        self._basis, self._made = basis, {}

    def get_or_make(self, key: Hashable, objects: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what the last run made of the same objects, else what `make` does."""
        known = self._last.get(key)
        if known is None or len(known[0]) != len(objects) or not all(map(is_, known[0], objects)):
            known = objects, make()
        self._made[key] = known
        made: T = known[1]
        return made
