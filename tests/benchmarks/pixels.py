"""From save to pixels: `python -m tests.benchmarks.pixels [--hugo PATH] [--mkdocs PATH]`.

Saves a goal of a plan of 1,000 records again and again while a real Chromium shows its page, and
prints how long it takes until the new words are there: from just before the file is put in its
place to the second frame after the DOM has them. Half of the edits are to the body, half to the
title, which lists of other pages show too. Given the programs, the same edits are made in as many
pages of Hugo and MkDocs, which load the page anew.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from tests.benchmarks.plans import write_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

LONG = 120
"""Seconds that a first build may take, or an edit until it is shown."""

PAUSE = (0.4, 0.8)
"""Seconds between an edit that is shown and the next: nobody saves at the speed of a program."""

_WATCH = """
(() => {
    let last = 0;
    const look = () => {
        const found = document.body && /pixel(\\d+)/.exec(document.body.textContent);
        if (!found || Number(found[1]) === last) return;
        last = Number(found[1]);
        requestAnimationFrame(() => requestAnimationFrame(() =>
            window.seen(last, performance.timeOrigin + performance.now())));
    };
    new MutationObserver(look).observe(document,
        {childList: true, characterData: true, subtree: true});
    addEventListener("DOMContentLoaded", look);
})();
"""

_HUGO_PAGE = (
    "<!doctype html><html><head><meta charset=utf-8><title>{{ .Title }}</title></head>"
    "<body><h1>{{ .Title }}</h1>{{ .Content }}</body></html>"
)
_HUGO_LIST = (
    "<!doctype html><html><head><meta charset=utf-8><title>{{ .Title }}</title></head><body><ul>"
    '{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'
    "</body></html>"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A preview server to measure: how it is started, and the page and the file to edit."""

    name: str
    command: list[str]
    url: str
    file: Path


def planfolio(folder: Path, *, records: int) -> Subject:
    """Return our own, on a plan of so many records."""
    write_plan(folder, records)
    port = free_port()
    return Subject(
        "planfolio",
        [sys.executable, "-m", "planfolio", "serve", "--site", str(folder), "--port", str(port)],
        f"http://127.0.0.1:{port}/goals/goal-1/",
        folder / "content" / "goals" / "goal-1.md",
    )


def hugo(folder: Path, *, records: int, program: str) -> Subject:
    """Return Hugo, on as many pages with the least of templates."""
    _write_pages(folder / "content" / "goals", records)
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text(_HUGO_PAGE)
    (layouts / "list.html").write_text(_HUGO_LIST)
    port = free_port()
    (folder / "hugo.toml").write_text(f'baseURL = "http://127.0.0.1:{port}/"\ntitle = "Many"\n')
    return Subject(
        "Hugo",
        [program, "server", "--source", str(folder), "--port", str(port), "--bind", "127.0.0.1"],
        f"http://127.0.0.1:{port}/goals/goal-1/",
        folder / "content" / "goals" / "goal-1.md",
    )


def mkdocs(folder: Path, *, records: int, program: str) -> Subject:
    """Return MkDocs, on as many pages with its default theme."""
    _write_pages(folder / "docs" / "goals", records)
    (folder / "docs" / "index.md").write_text("# Many\n")
    (folder / "mkdocs.yml").write_text("site_name: Many\n")
    port = free_port()
    config = str(folder / "mkdocs.yml")
    return Subject(
        "MkDocs",
        [program, "serve", "-f", config, "-a", f"127.0.0.1:{port}", "--livereload", "-q"],
        f"http://127.0.0.1:{port}/goals/goal-1/",
        folder / "docs" / "goals" / "goal-1.md",
    )


def _write_pages(folder: Path, records: int) -> None:
    """Write so many pages with the body of a goal."""
    with tempfile.TemporaryDirectory() as plan:
        write_plan(Path(plan), 50)
        text = (Path(plan) / "content" / "goals" / "goal-1.md").read_text()
    # The links lead to other records of a plan: here they would lead nowhere.
    body = re.sub(r"\[\[(.*?)\]\]|\[([^]]+)\]\([^)]*\)", r"\1\2", text.split("---\n", 2)[2])
    folder.mkdir(parents=True)
    for n in range(records):
        title = f"---\ntitle: Finish piece {n} of the work\n---\n"
        (folder / f"goal-{n}.md").write_text(f"{title}\n# Finish piece {n} of the work\n{body}")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(subject: Subject) -> Iterator[None]:
    """Run a server from its first answer with the page until the end."""
    with subprocess.Popen(
        subject.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            until = time.monotonic() + LONG
            while not _answers(subject.url):
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"{subject.name} does not serve {subject.url}")
                time.sleep(0.1)
            yield
        finally:
            process.kill()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=LONG):  # noqa: S310
            return True
    except (urllib.error.URLError, ConnectionError):
        return False


def measure(subject: Subject, browser: Browser, *, edits: int) -> dict[str, list[float]]:
    """Return the milliseconds of so many edits of each kind, after some to warm up."""
    context = browser.new_context()
    page = context.new_page()
    seen: dict[int, float] = {}
    page.expose_function("seen", lambda number, at: seen.setdefault(number, at))
    page.add_init_script(_WATCH)
    page.goto(subject.url, wait_until="networkidle" if subject.name == "Hugo" else "load")
    page.wait_for_timeout(2000)
    text = subject.file.read_text()
    ways: dict[str, Callable[[str], str]] = {
        "body": lambda word: f"{text}\nNew words: {word}\n",
        "title": lambda word: text.replace("Finish piece 1 of", f"Finish {word} of"),
    }
    random_pause = random.Random(7)  # noqa: S311 - the same pauses for each program
    times: dict[str, list[float]] = {way: [] for way in ways}
    for n in range(1, 2 * (edits + 3) + 1):
        way = ("body", "title")[n % 2]
        new = ways[way](f"pixel{n}")
        assert f"pixel{n}" in new
        took = _shown(page, subject.file, new, number=n, seen=seen)
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
        page.wait_for_timeout(5)
    return seen[number] - started


def percentile_95(times: list[float]) -> float:
    """Return the time that 95 of 100 edits stay below."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--edits", type=int, default=30, help="of each kind")
    parser.add_argument("--hugo", help="the path of its program")
    parser.add_argument("--mkdocs", help="the path of its program")
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no Chromium was found: set CHROMIUM to the path of one")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        folders = {name: Path(scratch, name) for name in ("planfolio", "hugo", "mkdocs")}
        for folder in folders.values():
            folder.mkdir()
        count = options.records
        subjects = [planfolio(folders["planfolio"], records=count)]
        if options.hugo:
            subjects.append(hugo(folders["hugo"], records=count, program=options.hugo))
        if options.mkdocs:
            subjects.append(mkdocs(folders["mkdocs"], records=count, program=options.mkdocs))
        for subject in subjects:
            with running(subject):
                times = measure(subject, browser, edits=options.edits)
            for way, found in times.items():
                print(
                    f"{subject.name:<10} {count:>6,} records  {way:<5} edits: "
                    f"median {statistics.median(found):6.0f} ms, "
                    f"95th percentile {percentile_95(found):6.0f} ms"
                )
        browser.close()


if __name__ == "__main__":
    main()
