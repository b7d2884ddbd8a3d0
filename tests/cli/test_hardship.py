"""`planfolio build` in processes of its own, killed, hindered and in each other's way.

These are short versions of `tests/benchmarks`, by the same code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.killed import kill_builds
from tests.benchmarks.no_room import hinder_builds
from tests.benchmarks.two_at_once import build_two_at_once

if TYPE_CHECKING:
    from pathlib import Path


def test_killed_builds_tear_nothing(tmp_path: Path) -> None:
    """A reader meets whole sites, files of others stay, no source is touched, nothing is left."""
    report = kill_builds(tmp_path, kills=6)
    assert report.sound, report
    assert report.in_time > 0
    assert report.while_writing > 0
    assert report.looks > 10


def test_of_two_builds_at_once_one_stands_whole(tmp_path: Path) -> None:
    """Both end well or one says that the other is writing."""
    report = build_two_at_once(tmp_path, rounds=2)
    assert report.sound, report
    assert report.well + report.gave_way == 4
    assert report.well >= 2


def test_where_there_is_no_room_the_old_site_stays(tmp_path: Path) -> None:
    """Exit code 3 and one line that names the output, on a full disk and on a read-only one."""
    builds = list(hinder_builds(tmp_path))
    assert builds
    for build in builds:
        assert build.sound, build
        assert "cannot write" in build.ended.said
        assert "public" in build.ended.said
