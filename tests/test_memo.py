from __future__ import annotations

from planfolio.memo import Derived, Recall


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


def test_a_result_holds_while_all_that_it_is_made_of_is_the_same() -> None:
    """Another thing, one more, one less, or the same in another order make another result."""
    derived: Derived[str, object] = Derived()
    one, two = Thing(), Thing()
    derived.begin(0)
    first = derived.of("key", (one, two), object)
    derived.begin(0)
    assert derived.of("key", (one, two), object) is first
    for others in ((one, Thing()), (one, two, Thing()), (one,), (two, one), ()):
        derived = Derived()
        derived.begin(0)
        first = derived.of("key", (one, two), object)
        derived.begin(0)
        assert derived.of("key", others, object) is not first


def test_a_result_of_another_basis_or_a_round_before_the_last_is_forgotten() -> None:
    """So nothing is believed too long."""
    derived: Derived[str, object] = Derived()
    thing = Thing()
    derived.begin(0)
    first = derived.of("key", (thing,), object)
    derived.begin(1)
    second = derived.of("key", (thing,), object)
    assert second is not first
    derived.begin(1)
    derived.begin(1)
    assert derived.of("key", (thing,), object) is not second
