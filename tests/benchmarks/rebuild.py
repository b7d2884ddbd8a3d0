"""How long an edit takes in the preview: `python -m tests.benchmarks.rebuild`.

From a save to the outcome with the page that is looked at, on a plan of 1,000 records: once built
at once, and once by way of the watcher, for edits of a body and of a title.

Numbers are of wall time: run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.plans import write_plan

from planfolio.serve.builder import Builder
from planfolio.serve.watcher import watch

if TYPE_CHECKING:
    from collections.abc import Callable

GOAL = "content/goals/goal-1.md"
PAGE = "goals/goal-1/index.html"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--edits", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_plan(root, options.records)
        measure(root, edits=options.edits)


def measure(root: Path, *, edits: int) -> None:
    """Print the time from a save to its outcome."""
    builder, stop = Builder(root), threading.Event()
    started = time.perf_counter()
    _build(builder)
    print(f"first outcome: {_ms(time.perf_counter() - started)}")
    changes = watch(root, poll=False, stop=stop, warn=print)
    next(changes)
    for kind, edit in EDITS.items():
        _print(f"build, {kind}", _edited(root, edit, edits, lambda: _build(builder)))
        while next(changes):
            pass

        def watched() -> None:
            while not next(changes):
                pass
            _build(builder)

        _print(f"save to outcome, {kind}", _edited(root, edit, edits, watched))
    stop.set()


def _build(builder: Builder) -> None:
    outcome = builder.attempt()
    assert outcome.site is not None
    assert outcome.ok, outcome.failure
    outcome.site.file(PAGE)


def _edit_body(text: str, number: int) -> str:
    return f"{text}\nAnother line, number {number}.\n"


def _edit_title(text: str, number: int) -> str:
    head, _, rest = text.partition("title: ")
    return f"{head}title: Now {number} {rest.partition(' ')[2]}"


EDITS: dict[str, Callable[[str, int], str]] = {"body": _edit_body, "title": _edit_title}


def _edited(
    root: Path, edit: Callable[[str, int], str], times: int, build: Callable[[], None]
) -> list[float]:
    file = root / GOAL
    taken = []
    for number in range(times):
        text = edit(file.read_text("utf-8"), number)
        started = time.perf_counter()
        file.write_text(text, "utf-8")
        build()
        taken.append(time.perf_counter() - started)
        time.sleep(0.05)
    return taken


def _print(what: str, taken: list[float]) -> None:
    high = statistics.quantiles(taken, n=20, method="inclusive")[-1]
    print(f"{what}: median {_ms(statistics.median(taken))}, 95th percentile {_ms(high)}")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    main()
