"""The smallest of the soak: every kind of edit, good and bad, while many read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.soak import Load, soak

if TYPE_CHECKING:
    from pathlib import Path


def test_every_answer_is_a_whole_page_of_one_build(tmp_path: Path) -> None:
    """No edit tears a page, ends a stream or the server, or is lost; nothing piles up."""
    load = Load(rounds=1, pause=0.18, burst=100, readers=20, reading=0.2)
    report = soak(tmp_path, load)
    assert report.faults == []
    assert report.builds > 1
    assert report.answers[200] > 100
    assert report.growth < 0.5
