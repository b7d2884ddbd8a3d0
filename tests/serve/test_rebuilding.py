"""Tests of when the preview builds, with a workshop that only notes what it is asked."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.serve.live import SITE, outcome

from planfolio.model.visibility import Visibility
from planfolio.serve.rebuilding import Attempt, Rebuilding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from planfolio.serve.snapshot import Outcome

CKA, ME = Path("/plan/content/goals/cka.md"), Path("/plan/content/me.md")


@dataclass
class Workshop:
    """Counts attempts; `on_attempt` may wait, raise, or return an outcome of its own."""

    on_attempt: Callable[[int], Outcome | None] = lambda number: None  # noqa: ARG005
    on_finish: Callable[[Callable[[], bool]], Outcome | None] = lambda interrupted: None  # noqa: ARG005
    asked: list[Collection[Path] | None] = field(default_factory=list)

    def attempt(self, changed: Collection[Path] | None = None) -> Outcome:
        """Note what changed."""
        self.asked.append(changed)
        return self.on_attempt(len(self.asked)) or outcome(len(self.asked))

    def finish(self, interrupted: Callable[[], bool]) -> Outcome | None:
        """Make the rest."""
        return self.on_finish(interrupted)


@dataclass
class Watcher:
    """Yields what a test says that was saved; an exception is raised instead."""

    stop: threading.Event
    saved: queue.Queue[set[Path] | Exception] = field(default_factory=queue.Queue)
    started: list[bool] = field(default_factory=list)

    def __call__(self, poll: bool) -> Iterator[set[Path]]:
        """Begin to watch."""
        self.started.append(poll)
        return self._batches()

    def _batches(self) -> Iterator[set[Path]]:
        while not self.stop.is_set():
            try:
                batch = self.saved.get(timeout=0.01)
            except queue.Empty:
                continue
            if isinstance(batch, Exception):
                raise batch
            yield batch


@dataclass
class Bench:
    """A rebuilding at work, and what came of it."""

    workshop: Workshop
    watcher: Watcher
    shown: list[Outcome] = field(default_factory=list)
    told: queue.Queue[Attempt] = field(default_factory=queue.Queue)
    warned: queue.Queue[str] = field(default_factory=queue.Queue)

    def next(self) -> Attempt:
        """Return the next attempt that is told; fails if there is none in time."""
        return self.told.get(timeout=20)


@contextmanager
def at_work(workshop: Workshop, *, poll: bool = False, **options: Any) -> Iterator[Bench]:
    """Rebuild in threads as the preview does."""
    stop = threading.Event()
    bench = Bench(workshop, Watcher(stop))
    rebuilding = Rebuilding(
        workshop,
        watch=bench.watcher,
        poll=poll,
        publish=bench.shown.append,
        told=bench.told.put,
        warned=bench.warned.put,
        audience=Visibility.PRIVATE,
        stop=stop,
        **{"again": 0.01, **options},
    )
    rebuilding.start()
    try:
        yield bench
    finally:
        rebuilding.end(patience=20)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what another thread does; fails if it does not."""
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_the_first_attempt_looks_at_everything() -> None:
    """It is shown, then told, without a cause."""
    with at_work(Workshop()) as bench:
        first = bench.next()
    assert (first.outcome.number, first.changed) == (1, None)
    assert bench.shown == [first.outcome]
    assert bench.workshop.asked == [None]


def test_a_save_leads_to_an_attempt() -> None:
    """It is given the files, and told with them."""
    with at_work(Workshop()) as bench:
        bench.next()
        bench.watcher.saved.put({CKA})
        second = bench.next()
    assert (second.outcome.number, second.changed) == (2, frozenset({CKA}))
    assert bench.workshop.asked == [None, {CKA}]


def test_what_is_saved_during_an_attempt_leads_to_one_more() -> None:
    """However many times, and however many files; none of them is lost."""
    building, go_on = threading.Event(), threading.Event()

    def slow(number: int) -> None:
        if number == 2:
            building.set()
            assert go_on.wait(20)

    with at_work(Workshop(slow)) as bench:
        bench.next()
        bench.watcher.saved.put({CKA})
        assert building.wait(20)
        others = [Path(f"/plan/content/goals/{n}.md") for n in range(100)]
        for path in [*others, ME, CKA]:
            bench.watcher.saved.put({path})
        wait_until(bench.watcher.saved.empty)
        time.sleep(0.05)  # so that the last one is collected too
        go_on.set()
        bench.next()
        third = bench.next()
        time.sleep(0.05)  # time for a fourth, which must not be
    assert third.changed == frozenset({*others, ME, CKA})
    assert len(bench.workshop.asked) == 3


def test_watching_begins_before_the_first_attempt() -> None:
    """What is saved while the plan is read for the first time is not lost."""
    watching_at: list[int] = []
    benches: list[Bench] = []
    ready = threading.Event()

    def look(number: int) -> None:
        assert ready.wait(20)
        watching_at.append(len(benches[0].watcher.started))

    with at_work(Workshop(look)) as bench:
        benches.append(bench)
        ready.set()
        bench.next()
    assert watching_at == [1]


def test_nothing_new_is_neither_shown_nor_told() -> None:
    """A file that was saved as it was leads to the same outcome, and to silence."""
    first, second_one = outcome(1), outcome(2)

    def attempt(number: int) -> Outcome:
        return first if number < 3 else second_one

    with at_work(Workshop(attempt)) as bench:
        bench.next()
        bench.watcher.saved.put({CKA})
        wait_until(lambda: len(bench.workshop.asked) == 2)
        bench.watcher.saved.put({ME})
        second = bench.next()
    assert second.changed == frozenset({ME})
    assert [shown.number for shown in bench.shown] == [1, 2]


def test_a_bug_of_ours_is_shown_over_the_last_good_pages() -> None:
    """Nothing that is raised ends the building: the next save is built as ever."""

    def broken(number: int) -> None:
        if number == 2:
            raise ZeroDivisionError("division by zero")

    with at_work(Workshop(broken)) as bench:
        bench.next()
        bench.watcher.saved.put({CKA})
        failed = bench.next().outcome
        bench.watcher.saved.put({CKA})
        mended = bench.next().outcome
    assert (failed.ok, failed.number, failed.build, failed.files) == (False, 2, "b1", SITE)
    assert "ZeroDivisionError: division by zero" in failed.failure
    assert (mended.ok, mended.number) == (True, 3)


def test_a_bug_in_the_first_attempt_is_shown_too() -> None:
    """There is an outcome, so that the browser does not wait for ever."""

    def broken(number: int) -> None:
        if number == 1:
            raise RuntimeError("so soon")

    with at_work(Workshop(broken)) as bench:
        failed = bench.next().outcome
        bench.watcher.saved.put({CKA})
        mended = bench.next().outcome
    assert (failed.ok, failed.number, failed.files) == (False, 1, None)
    assert (mended.ok, mended.number) == (True, 2)


def test_numbers_always_rise() -> None:
    """Also after an outcome that the workshop did not count."""

    def broken(number: int) -> Outcome | None:
        if number == 2:
            raise RuntimeError("uncounted")
        return outcome(number if number < 2 else number - 1)

    with at_work(Workshop(broken)) as bench:
        for _ in range(3):
            bench.next()
            bench.watcher.saved.put({CKA})
        bench.next()
    numbers = [shown.number for shown in bench.shown]
    assert numbers == sorted(set(numbers))


def test_the_rest_is_made_while_nothing_is_saved_and_no_longer() -> None:
    """A save interrupts it; what it finds wrong takes the place of what was too good."""
    resting = threading.Event()
    rounds = 0

    def finish(interrupted: Callable[[], bool]) -> Outcome | None:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            resting.set()
            wait_until(interrupted)
            return None
        return outcome(9, ok=False, failure="a page broke") if rounds == 2 else None

    with at_work(Workshop(on_finish=finish)) as bench:
        bench.next()
        assert resting.wait(20)
        bench.watcher.saved.put({CKA})
        assert bench.next().outcome.ok
        late = bench.next()
    assert late.outcome.failure == "a page broke"
    assert late.changed == frozenset({CKA})
    assert bench.shown[-1] is late.outcome


def test_the_rest_waits_until_the_pages_have_had_their_turn() -> None:
    """What is saved in the pause after an attempt goes before what nobody asked for."""
    finished: list[int] = []
    workshop = Workshop(on_finish=lambda _: finished.append(1))
    with at_work(workshop, rest=60) as bench:
        bench.next()
        bench.watcher.saved.put({CKA})
        assert bench.next().changed == frozenset({CKA})
    assert finished == []
    with at_work(workshop, rest=0.01) as bench:
        bench.next()
        wait_until(lambda: bool(finished))


def test_a_watcher_that_fails_is_replaced_and_said() -> None:
    """Reload is never silently off: the next one polls, and everything is looked at once."""
    with at_work(Workshop()) as bench:
        bench.next()
        bench.watcher.saved.put(OSError("too many watches"))
        assert "too many watches" in bench.warned.get(timeout=20)
        assert bench.next().changed is None
        bench.watcher.saved.put({CKA})
        assert bench.next().changed == frozenset({CKA})
    assert bench.watcher.started == [False, True]


def test_a_watcher_that_goes_on_failing_is_said_once() -> None:
    """And tried again and again."""
    with at_work(Workshop(), poll=True) as bench:
        for _ in range(5):
            bench.watcher.saved.put(OSError("gone"))
        wait_until(lambda: len(bench.watcher.started) == 6)
        assert bench.warned.get(timeout=20)
        assert bench.warned.empty()
    assert set(bench.watcher.started) == {True}


def test_a_new_day_is_built_without_a_save() -> None:
    """At the next quarter of an hour, where the days of all time zones begin."""
    times = [datetime(2026, 10, 1, 23, 59, 50, tzinfo=UTC)]
    with at_work(Workshop(), now=lambda: times[-1], glance=0.01) as bench:
        bench.next()
        times.append(times[0] + timedelta(seconds=5))
        time.sleep(0.1)
        assert len(bench.workshop.asked) == 1
        times.append(times[0] + timedelta(seconds=15))
        second = bench.next()
    assert second.changed is None


def test_the_end_waits_only_so_long() -> None:
    """A build under way is given up; nothing is told of it."""
    go_on = threading.Event()
    stop = threading.Event()
    told: list[Attempt] = []
    sentences: list[str] = []

    def slow(number: int) -> None:
        go_on.wait(20)

    shown: list[Outcome] = []
    rebuilding = Rebuilding(
        Workshop(slow),
        watch=Watcher(stop),
        poll=False,
        publish=shown.append,
        told=told.append,
        warned=sentences.append,
        audience=Visibility.PRIVATE,
        stop=stop,
    )
    rebuilding.start()
    started = time.monotonic()
    rebuilding.end(patience=0.05)
    assert time.monotonic() - started < 5
    go_on.set()
    wait_until(lambda: bool(shown))
    assert (told, sentences) == ([], [])
