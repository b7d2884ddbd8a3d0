"""What tests of the whole program share."""

import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.reading import write_files
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.scheduler.protocol import Scheduling

from planfolio.pipeline import Today

# Tests check results and not speed, so that they pass on a busy machine too.
settings.register_profile("any speed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any speed")

BROWSER = "tests/browser/"


def pytest_configure() -> None:
    """Restore the effect of Ctrl-C, which a shell ignores for what it runs in the background.

    The programs that tests start and interrupt would inherit that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests first: they are the longest work that cannot be split."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Give the tests of a file to one worker, and all browser tests to the same worker.

    On two cores, two browsers at a time are slower than one after the other.
    """
    return BrowserInOneWorker(config, log)


class BrowserInOneWorker(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out tests file by file, and the browser tests as one file."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return BROWSER if file.startswith(BROWSER) else file


@pytest.fixture(scope="session")
def example() -> Path:
    """A complete plan with every kind of record, which is the tests' own.

    What content/ holds may be anybody's plan: see tests/test_example.py.
    """
    return Path(__file__).parent / "plans" / "example"


@pytest.fixture(scope="session")
def today() -> Today:
    """A fixed day: noon of 1 October 2026 in UTC."""
    return Today(now=datetime(2026, 10, 1, 12, tzinfo=UTC))


@pytest.fixture
def plan(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write a plan from texts by path, with a site.toml unless one is given; return its folder."""

    def write(files: dict[str, str]) -> Path:
        root = tmp_path / "plan"
        write_files(root, {"site.toml": 'title = "A plan"\n'} | files)
        (root / "content").mkdir(parents=True, exist_ok=True)
        return root

    return write
