"""Builds that die at each line; `tests/cli/test_hardship.py` kills whole processes."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.mark.usefixtures("can_exchange")
@pytest.mark.parametrize(("way", "stride"), [("exchange", 17), ("in place", 17), ("first", 7)])
def test_a_build_may_die_at_any_line(
    tmp_path: Path,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    way: str,
    stride: int,
) -> None:
    """The output is the old or the new site, and the next build leaves nothing of the dead one.

    Every 17th line is enough for a test: 1 as the stride tries them all.
    """
    done = subprocess.run(
        script("die_at_each_line.py", tmp_path / "public", way, stride),
        env=child_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["deaths"] > 20
    assert 0 < report["leftovers"] < report["deaths"]
    assert 0 < report["new"] < report["deaths"]
