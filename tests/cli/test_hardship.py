"""`planfolio build` in processes of its own, killed and in each other's way.

These are short versions of `tests/benchmarks`, by the same code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.benchmarks.killed import kill_builds
from tests.benchmarks.two_at_once import build_two_at_once

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all of them build the same two plans."""
    return tmp_path_factory.mktemp("hardship")


def test_killed_builds_tear_nothing(folder: Path) -> None:
    """A reader meets whole sites, files of others stay, no source is touched, nothing is left."""
    report = kill_builds(folder, kills=4)
    assert report.sound, report
    assert report.in_time > 0
    assert report.while_writing > 0
    assert report.looks > 10


def test_of_two_builds_at_once_one_stands_whole(folder: Path) -> None:
    """Both end well or one says that the other is writing."""
    report = build_two_at_once(folder, rounds=1)
    assert report.sound, report
    assert report.well + report.gave_way == 2
    assert report.well >= 1
