"""The rhythm of the preview: one attempt at the start, then one for all that changed meanwhile.

One thread watches and only collects, another builds. What is saved during an attempt, however
often, leads to one more attempt. While nothing is saved, the pages are made that nobody asked for.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

from planfolio.serve.snapshot import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from planfolio.model.visibility import Visibility

_QUARTER = 15 * 60
"""Seconds. All time zones of today lie whole quarters of an hour from UTC: a day ends with one."""

_GLANCE = 20.0
"""Seconds between two looks at the clock; a computer that slept is caught up with as soon."""

_AGAIN = 2.0
"""Seconds before a watcher that failed is started once more."""

_REST = 0.15
"""Seconds after an attempt in which nothing is made that nobody asked for: the open pages ask for
what is new, and would have to share the interpreter with it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An outcome, what led to it, and how long it took in seconds.

    `changed` is None for an attempt that no change led to: the first, or one for a new day.
    """

    outcome: Outcome
    changed: frozenset[Path] | None
    seconds: float


class Builds(Protocol):
    """What builds, as `Workshop` does; one thread at a time calls it."""

    def attempt(self, changed: Collection[Path] | None = None) -> Outcome:
        """Build; the last outcome once more if nothing is other than it was."""
        ...

    def finish(self, interrupted: Callable[[], bool]) -> Outcome | None:
        """Make what nobody asked for yet; an outcome if that showed that the last was too good."""
        ...


class Rebuilding:
    """Builds as long as the preview runs, whatever happens.

    `watch` starts a watcher, by polling if it is told so: it sees what changes from its return on,
    and yields it until `stop` is set. `publish` shows an outcome, `told` hears of the attempt
    after that, and `warned` a sentence for the person at the terminal. `glance` is how many seconds
    lie between two looks at the clock, `again` between a watcher that failed and the next, and
    `rest` between an attempt and the pages that nobody asked for.
    """

    def __init__(
        self,
        workshop: Builds,
        *,
        watch: Callable[[bool], Iterator[set[Path]]],
        poll: bool,
        publish: Callable[[Outcome], None],
        told: Callable[[Attempt], None],
        warned: Callable[[str], None],
        audience: Visibility,
        stop: threading.Event,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        glance: float = _GLANCE,
        again: float = _AGAIN,
        rest: float = _REST,
    ) -> None:
        self._workshop = workshop
        self._watch = watch
        self._poll = poll
        self._publish = publish
        self._told = told
        self._warned = warned
        self._audience = audience
        self._stop = stop
        self._now = now
        self._glance = glance
        self._again = again
        self._rest = rest
        self._changes = threading.Condition()
        self._changed: set[Path] = set()
        self._missed = False
        self._armed = threading.Event()
        self._given: Outcome | None = None
        self._shown: Outcome | None = None
        self._threads = (
            threading.Thread(target=self._watching, daemon=True, name="preview-watch"),
            threading.Thread(target=self._building, daemon=True, name="preview-build"),
        )

    def start(self) -> None:
        """Begin to watch and to build, each in its thread."""
        for thread in self._threads:
            thread.start()

    def end(self, *, patience: float = 0.3) -> None:
        """Stop, and wait at most so many seconds for it: what is being built is lost."""
        self._stop.set()
        with self._changes:
            self._changes.notify_all()
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _building(self) -> None:
        changed: frozenset[Path] | None = None
        self._armed.wait(_AGAIN)  # what is saved while the first attempt reads must be seen
        while not self._stop.is_set():
            quarter = self._quarter()
            build = partial(self._workshop.attempt, changed)
            self._do(build, changed)
            if self._rested():
                self._do(partial(self._workshop.finish, self._interrupted), changed)
            changed = self._next(quarter)

    def _do(self, build: Callable[[], Outcome | None], changed: frozenset[Path] | None) -> None:
        """Show and tell what a step of building came to, if that is anything new."""
        started = time.monotonic()
        try:
            outcome = build()
        except Exception as error:
            outcome = self._failed(error)
        if outcome is None or outcome is self._given:
            return
        self._given = outcome
        if self._shown is not None and outcome.number <= self._shown.number:
            outcome = replace(outcome, number=self._shown.number + 1)
        self._shown = outcome
        self._publish(outcome)
        if not self._stop.is_set():
            self._told(Attempt(outcome, changed, time.monotonic() - started))

    def _failed(self, error: Exception) -> Outcome:
        """Return the outcome for a bug of ours: what was good is shown on, the words are for a
        report."""
        failure = f"planfolio itself failed: {type(error).__name__}: {error}"
        last = self._shown or Outcome(
            number=0, build="", files=None, ok=False, audience=self._audience
        )
        return replace(
            last,
            number=last.number + 1,
            ok=False,
            diagnostics=(),
            failure=failure,
            changed=(),
            style_only=False,
        )

    def _rested(self) -> bool:
        """Leave the interpreter to who asks for pages, and tell whether nothing came between."""
        with self._changes:
            return not self._changes.wait_for(self._interrupted, self._rest)

    def _interrupted(self) -> bool:
        return bool(self._changed) or self._missed or self._stop.is_set()

    def _next(self, quarter: int) -> frozenset[Path] | None:
        """Wait for a change or another day, and return what changed."""
        with self._changes:
            while not (self._changed or self._missed or self._stop.is_set()):
                if not self._changes.wait(self._glance) and self._quarter() != quarter:
                    return None
            changed = None if self._missed else frozenset(self._changed)
            self._changed.clear()
            self._missed = False
            return changed

    def _watching(self) -> None:
        """Collect what changes. A watcher that fails is followed by one that polls, and said."""
        poll = self._poll
        said = ""
        while not self._stop.is_set():
            try:
                batches = self._watch(poll)
                self._begun()
                for changed in batches:
                    with self._changes:
                        self._changed |= changed
                        self._changes.notify_all()
            except Exception as error:
                reason = str(error) or type(error).__name__
                if reason != said:
                    self._warned(f"Watching failed ({reason}): files are now polled.")
                said = reason
                poll = True
            self._stop.wait(self._again)

    def _begun(self) -> None:
        """Note that a watcher sees what changes from now on."""
        with self._changes:
            # What was saved between two watchers is found by looking at everything.
            self._missed = self._armed.is_set()
            self._changes.notify_all()
        self._armed.set()

    def _quarter(self) -> int:
        return int(self._now().timestamp()) // _QUARTER
