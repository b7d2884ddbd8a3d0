"""How long an edit takes: `python -m tests.benchmarks.rebuild [--hugo HUGO] [--mkdocs MKDOCS]`.

Two figures on a plan of 1,000 records. From a save to the outcome of the preview with the page that
is looked at, once told at once and once by way of the watcher, for edits of a body and of a title.
And the whole process of a second `planfolio build` after one edit; with the paths of other
generators beside it their full builds of as many pages of the same text, in the same run.

Numbers are of wall time: run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.plans import BODY, write_plan

from planfolio.serve.watch import watch
from planfolio.serve.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable

GOAL = "content/goals/goal-1.md"
PAGE = "goals/goal-1/index.html"
SETTLING = 2.1
"""Seconds after which the disk is believed that a file has not changed; see `cache.memory`."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--hugo", help="the program hugo")
    parser.add_argument("--mkdocs", help="the program mkdocs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "plan")
        write_plan(root, options.records)
        time.sleep(SETTLING)
        measure_preview(root, edits=options.edits)
        measure_builds(root, options)


def measure_preview(root: Path, *, edits: int) -> None:
    """Print the time from a save to its outcome."""
    shop = Workshop(root)
    started = time.perf_counter()
    first = shop.attempt()
    assert first.files is not None
    print(f"first outcome of {len(first.files):,} files: {_ms(time.perf_counter() - started)}")
    first.files[PAGE]
    shop.finish()

    def at_once(file: Path, text: str) -> None:
        file.write_text(text, "utf-8")
        outcome = shop.attempt()
        assert outcome.ok, outcome
        assert outcome.files is not None
        outcome.files[PAGE]

    for kind, edit in EDITS.items():
        _print(f"attempt, {kind}", _edited(root, edit, edits, at_once))
    stop = threading.Event()
    batches = watch(root, poll=False, stop=stop)

    def watched(file: Path, text: str) -> None:
        file.write_text(text, "utf-8")
        outcome = shop.attempt(next(batches))
        assert outcome.ok, outcome
        assert outcome.files is not None
        outcome.files[PAGE]

    for kind, edit in EDITS.items():
        _print(f"save to outcome, {kind}", _edited(root, edit, edits, watched))
    stop.set()


def _edit_body(text: str, number: int) -> str:
    return f"{text}\nAnother line, the {number}th.\n"


def _edit_title(text: str, number: int) -> str:
    head, _, rest = text.partition("title: ")
    return f"{head}title: Now {number} {rest.partition(' ')[2]}"


EDITS: dict[str, Callable[[str, int], str]] = {"body": _edit_body, "title": _edit_title}


def _edited(
    root: Path,
    edit: Callable[[str, int], str],
    times: int,
    do: Callable[[Path, str], None],
) -> list[float]:
    file = root / GOAL
    taken = []
    for number in range(times):
        text = edit(file.read_text("utf-8"), number)
        started = time.perf_counter()
        do(file, text)
        taken.append(time.perf_counter() - started)
        time.sleep(0.05)
    return taken


def measure_builds(root: Path, options: argparse.Namespace) -> None:
    """Print what whole processes take: ours after one edit, others from nothing."""
    output = root / "public"
    command = [sys.executable, "-m", "planfolio", "build", "--site", str(root)]

    def edit() -> None:
        file = root / GOAL
        file.write_text(_edit_body(file.read_text("utf-8"), 1), "utf-8")

    def clear() -> None:
        shutil.rmtree(output, ignore_errors=True)
        shutil.rmtree(root / ".planfolio", ignore_errors=True)

    cold = _process(command, before=clear, runs=options.runs)
    _print("planfolio, first build", cold)
    second = _process(command, before=edit, runs=options.runs)
    _print("planfolio, second build", second)
    pages = len(list(output.rglob("index.html")))
    ours = statistics.median(second)
    for name, program, write in (
        ("hugo", options.hugo, _hugo_site),
        ("mkdocs", options.mkdocs, _mkdocs_site),
    ):
        if program is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder)
            other = write(site, pages, program)
            taken = _process(
                other,
                before=lambda site=site: shutil.rmtree(site / "out", ignore_errors=True),  # type: ignore[misc]
                runs=options.runs,
                cwd=site,
            )
            _print(f"{name}, full build of {pages:,} pages", taken)
            full = statistics.median(taken)
            print(f"  second build / {name}: {ours / full:.2f}")
            print(f"  first build / {name}: {statistics.median(cold) / full:.2f}")


def _process(
    command: list[str], *, before: Callable[[], None], runs: int, cwd: Path | None = None
) -> list[float]:
    # As it is for everyone but in this container of tests: compiled modules may be kept.
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    taken = []
    for run in range(runs + 1):
        before()
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=cwd, env=env)
        if run:  # the first one warms the disk's cache
            taken.append(time.perf_counter() - started)
    return taken


def _body(number: int, of: int) -> str:
    body = BODY.format(other=number, skill=number)
    return body.replace(f"../goals/goal-{number}.md", f"p{(number + 1) % of}.md")


def _hugo_site(site: Path, pages: int, program: str) -> list[str]:
    (site / "hugo.toml").write_text('title = "Many"\nbaseURL = "https://e.example/"\n')
    (site / "content").mkdir()
    (site / "layouts/_default").mkdir(parents=True)
    page = "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}\n"
    for name in ("single", "list"):
        (site / f"layouts/_default/{name}.html").write_text(page)
    for number in range(pages):
        text = f"---\ntitle: Page {number}\n---\n{_body(number, pages)}"
        (site / f"content/p{number}.md").write_text(text)
    return [program, "--quiet", "--destination", "out"]


def _mkdocs_site(site: Path, pages: int, program: str) -> list[str]:
    (site / "mkdocs.yml").write_text("site_name: Many\nsite_dir: out\n")
    (site / "docs").mkdir()
    (site / "docs/index.md").write_text("# Many\n")
    for number in range(pages):
        (site / f"docs/p{number}.md").write_text(f"# Page {number}\n{_body(number, pages)}")
    return [program, "build", "--quiet"]


def _print(what: str, taken: list[float]) -> None:
    ordered = sorted(taken)
    high = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(f"{what}: median {_ms(statistics.median(taken))}, 95th percentile {_ms(high)}")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    main()
