"""A real Chromium, and the example plan as a site."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.awkward import awkward_plan
from tests.reading import write as write_plan
from tests.serving import built_site, in_theme, served

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today

Visit = Callable[..., Page]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; without one the tests are skipped, in CI they fail.

    It goes with the tests of a module: while it is driven, no other event loop can run.
    """
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        message = (
            "no Chromium was found: apt-get install chromium, or set CHROMIUM to the path of one"
        )
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*_QUIET, "--no-sandbox"] if root else _QUIET
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a page of a site, which is served below a prefix for as long as the test runs.

    Other options are those of a page of Playwright, whose paths are below that prefix.
    """
    with ExitStack() as stack:

        def open_page(site: Path, path: str = "", *, prefix: str = "/", **options: Any) -> Page:
            address = stack.enter_context(served(site, prefix))
            page = browser.new_page(base_url=address, **options)
            stack.callback(page.close)
            page.goto(path)
            return page

        yield open_page


@pytest.fixture(scope="session")
def site(example: Path, today: Today, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example plan, built for the public."""
    return built_site(example, tmp_path_factory.mktemp("public") / "site", today=today)


@pytest.fixture(scope="session")
def owner_site(example: Path, today: Today, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example plan, built for its owner."""
    output = tmp_path_factory.mktemp("owner") / "site"
    return built_site(example, output, today=today, audience=Visibility.PRIVATE)


@pytest.fixture(scope="session")
def paper_site(example: Path, today: Today, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example plan, built for its owner in the second theme."""
    folder = tmp_path_factory.mktemp("paper")
    root = in_theme(example, folder / "plan", "paper")
    return built_site(root, folder / "site", today=today, audience=Visibility.PRIVATE)


@pytest.fixture(scope="session")
def large_site(today: Today, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with 300 goals and texts of all kinds, built for its owner."""
    folder = tmp_path_factory.mktemp("large")
    write_plan(folder / "plan", awkward_plan(goals=300))
    return built_site(folder / "plan", folder / "site", today=today, audience=Visibility.PRIVATE)
