"""Tests of where a planfolio came from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from planfolio import __version__
from planfolio.init.origin import requirement, requirement_for

TAG = "planfolio @ git+https://github.com/planfolio/planfolio@v1.2.3"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
FORK = {"url": "https://example.org/me/planfolio", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}


@pytest.mark.parametrize(
    ("direct_url", "line"),
    [
        (None, "planfolio==1.2.3"),
        (FORK, f"planfolio @ git+https://example.org/me/planfolio@{COMMIT}"),
        ({**FORK, "url": "ssh://git@example.org/me/planfolio"}, TAG),
        ({"url": "file:///home/me/planfolio", "dir_info": {"editable": True}}, TAG),
        ({"url": "file:///tmp/planfolio-1.2.3.whl", "archive_info": {}}, TAG),
        ({}, TAG),
    ],
    ids=["by name", "public git", "ssh", "folder", "file", "unknown"],
)
def test_the_pin_is_one_that_other_machines_can_reach(
    direct_url: dict[str, Any] | None, line: str
) -> None:
    """A published version is named by its number, before that by a commit or a tag."""
    assert requirement_for(direct_url, version="1.2.3") == line
    assert Requirement(line).name == "planfolio"


def test_the_planfolio_that_runs_here_is_pinned() -> None:
    """However the tests have it installed, the line pins this version or a commit."""
    pin = Requirement(requirement())
    assert str(pin.specifier) == f"=={__version__}" or "@" in (pin.url or "")


def test_a_planfolio_that_is_not_installed_is_pinned_by_its_tag() -> None:
    """Run from a folder of sources, without the records of an installation, it is pinned too."""
    source = Path(__file__).parents[2] / "generator"
    script = "from planfolio.init.origin import requirement; print(requirement())"
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=source,
        env={},
    )
    assert done.stdout == f"planfolio @ git+https://github.com/planfolio/planfolio@v{__version__}\n"
