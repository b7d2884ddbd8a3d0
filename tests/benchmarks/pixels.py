"""From save to pixels: `python -m tests.benchmarks.pixels`.

Saves a goal of a plan of 1,000 records again and again while a real Chromium shows its page, and
prints how long it takes until the new words are there: from just before the file is put in its
place to the second frame after the DOM has them. Half of the edits are to the body, half to the
title, which lists of other pages show too.
"""

import argparse
import os
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from tests.benchmarks.plans import write_plan
from tests.previewing import Preview, previewing

LONG = 120
"""Seconds that a first build may take, or an edit until it is shown."""

ASKED_EVERY = 50
"""Milliseconds between two looks at whether an edit was shown: each takes time from the preview."""

PAUSE = (0.4, 0.8)
"""Seconds between an edit that is shown and the next: nobody saves at the speed of a program."""

_WATCH = """
(() => {
    let last = 0;
    const look = () => {
        const found = document.body?.textContent.matchAll(/pixel(\\d+)/g) ?? [];
        const newest = Math.max(0, ...Array.from(found, ([, number]) => number));
        if (newest === last) return;
        last = newest;
        requestAnimationFrame(() => requestAnimationFrame(() =>
            window.seen(last, performance.timeOrigin + performance.now())));
    };
    new MutationObserver(look).observe(document,
        {childList: true, characterData: true, subtree: true});
    addEventListener("DOMContentLoaded", look);
})();
"""


def measure(preview: Preview, browser: Browser, *, edits: int) -> dict[str, list[float]]:
    """Return the milliseconds of so many edits of each kind, after some to warm up."""
    context = browser.new_context()
    page = context.new_page()
    seen: dict[int, float] = {}
    page.expose_function("seen", lambda number, at: seen.setdefault(number, at))
    page.add_init_script(_WATCH)
    page.goto(f"{preview.url}goals/goal-1/")
    page.wait_for_timeout(2000)
    file = preview.root / "content/goals/goal-1.md"
    text = file.read_text()
    words = {"body": "Old words", "title": "piece 1"}
    random_pause = random.Random(7)  # noqa: S311 - the same pauses each time
    times: dict[str, list[float]] = {way: [] for way in words}
    for n in range(1, 2 * (edits + 3) + 1):
        way = ("body", "title")[n % 2]
        words[way] = f"pixel{n}"
        titled = text.replace("Finish piece 1 of", f"Finish {words['title']} of")
        took = _shown(page, file, f"{titled}\n{words['body']}\n", number=n, seen=seen)
        if n > 6:
            times[way].append(took)
        page.wait_for_timeout(random_pause.uniform(*PAUSE) * 1000)
    context.close()
    return times


def _shown(page: Page, file: Path, text: str, *, number: int, seen: dict[int, float]) -> float:
    """Save a file and return the milliseconds until the page shows it."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text(text)
    started = time.time() * 1000
    os.replace(beside, file)  # noqa: PTH105 - the call that is measured from, and nothing around it
    until = time.monotonic() + LONG
    while number not in seen:
        if time.monotonic() > until:
            raise SystemExit(f"edit {number} was not shown: {page.url}")
        page.wait_for_timeout(ASKED_EVERY)
    return seen[number] - started


def percentile_95(times: list[float]) -> float:
    """Return the time that 95 of 100 edits stay below."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--edits", type=int, default=30, help="of each kind")
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no Chromium was found: set CHROMIUM to the path of one")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        write_plan(Path(scratch), options.records)
        with previewing(Path(scratch), "--quiet") as preview:
            times = measure(preview, browser, edits=options.edits)
        for way, found in times.items():
            print(
                f"{options.records:>6,} records  {way:<5} edits: "
                f"median {statistics.median(found):6.0f} ms, "
                f"95th percentile {percentile_95(found):6.0f} ms"
            )
        browser.close()


if __name__ == "__main__":
    main()
