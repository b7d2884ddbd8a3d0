"""Results that are used again while what they were made from stays the same."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


class Recall(Generic[T, V]):
    """The results of a function of one thing and of a basis that all things of a round share.

    A thing is known by identity, so it has to be immutable; a basis by equality. What a round does
    not ask for is forgotten in the next, so no more is kept than two rounds need.
    """

    def __init__(self) -> None:
        self._basis: object = None
        self._before: dict[int, tuple[T, V]] = {}
        self._now: dict[int, tuple[T, V]] = {}

    def begin(self, basis: object) -> None:
        """Begin a round: with an equal basis the results of the last one still hold."""
        self._before = self._now if self._basis == basis else {}
        self._now = {}
        self._basis = basis

    def of(self, thing: T, make: Callable[[T], V]) -> V:
        """Return the result for a thing, made now if it is not known."""
        # A kept thing stays alive, so no other can have its number.
        known = self._before.get(id(thing)) or self._now.get(id(thing))
        if known is None:
            known = (thing, make(thing))
        self._now[id(thing)] = known
        return known[1]


class Derived(Generic[K, V]):
    """Results by key, each of several things that have to be the same objects as before.

    The things have to be immutable; a round has a basis as in `Recall`. What a round does not ask
    for is forgotten in the next.
    """

    def __init__(self) -> None:
        self._basis: object = None
        self._before: dict[K, tuple[tuple[object, ...], V]] = {}
        self._now: dict[K, tuple[tuple[object, ...], V]] = {}

    def begin(self, basis: object) -> None:
        """Begin a round: with an equal basis the results of the last one still hold."""
        self._before = self._now if self._basis == basis else {}
        self._now = {}
        self._basis = basis

    def of(self, key: K, things: tuple[object, ...], make: Callable[[], V]) -> V:
        """Return the result of things, made now if the key had others or in another order."""
        known = self._before.get(key)
        if known is None or not _same(known[0], things):
            known = (things, make())
        self._now[key] = known
        return known[1]


def _same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    return len(before) == len(now) and all(map(is_, before, now))
