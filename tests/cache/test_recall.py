from __future__ import annotations

from planfolio.cache.recall import Recall


class Thing:
    """Something known by identity alone."""


def test_a_thing_is_worked_on_once_while_the_basis_stays() -> None:
    """The same object, an equal basis: the result of the round before."""
    recall: Recall[Thing, object] = Recall()
    thing = Thing()
    recall.begin(("basis", {1: 2}))
    first = recall.of(thing, lambda _: object())
    recall.begin(("basis", {1: 2}))
    assert recall.of(thing, lambda _: object()) is first


def test_another_basis_is_another_result() -> None:
    """What all things depend on changed."""
    recall: Recall[Thing, object] = Recall()
    thing = Thing()
    recall.begin({"a": 1})
    first = recall.of(thing, lambda _: object())
    recall.begin({"a": 2})
    assert recall.of(thing, lambda _: object()) is not first


def test_an_equal_thing_is_not_the_same() -> None:
    """Only the very object is known."""
    recall: Recall[list[int], list[int]] = Recall()
    recall.begin(0)
    one, other = [1], [1]
    assert recall.of(one, list) is recall.of(one, list)
    assert recall.of(other, list) is not recall.of(one, list)


def test_what_a_round_does_not_ask_for_is_forgotten() -> None:
    """So a session of any length keeps no more than a plan."""
    recall: Recall[Thing, object] = Recall()
    thing = Thing()
    recall.begin(0)
    first = recall.of(thing, lambda _: object())
    recall.begin(0)
    recall.begin(0)
    assert recall.of(thing, lambda _: object()) is not first
