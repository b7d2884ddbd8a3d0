"""Tests of the workflows that a plan gets for GitHub."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from planfolio import __version__
from planfolio.init.github_workflows import (
    CHECK,
    PAGES,
    REQUIREMENTS,
    add_workflows,
    requirement_for,
    requirement_here,
    workflow_files,
)

TAG = "planfolio @ git+https://github.com/planfolio/planfolio@v1.2.3"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
FORK = {"url": "https://example.org/me/planfolio", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}
PIN = "planfolio==1.2.3"
ALL = {PAGES, CHECK, REQUIREMENTS}


def site_of(file: Path) -> str:
    """Return the folder of the plan that a workflow names."""
    site: str = yaml.safe_load(file.read_text("utf-8"))["env"]["PLANFOLIO_SITE"]
    return site


def test_a_plan_of_its_own_gets_them_beside_it(tmp_path: Path) -> None:
    """Without a repository, the folder is what will become one."""
    added = add_workflows(tmp_path / "plan", requirement=PIN)
    assert set(added.written) == ALL
    assert site_of(tmp_path / "plan" / PAGES) == "."
    assert (tmp_path / "plan" / REQUIREMENTS).read_text().splitlines()[-1] == PIN


@pytest.mark.parametrize("folder", ["plan", "my plans/2026: “new” # ☃"])
def test_below_a_repository_they_go_to_its_top(tmp_path: Path, folder: str) -> None:
    """GitHub reads workflows there alone; they name the folder of the plan, whatever it is."""
    (tmp_path / ".git").mkdir()
    added = add_workflows(tmp_path / folder, requirement=PIN)
    up = "../" * (folder.count("/") + 1)
    assert set(added.written) == {up + path for path in ALL}
    assert site_of(tmp_path / PAGES) == folder
    assert site_of(tmp_path / CHECK) == folder


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    """A workflow or a pin that was changed stays as it is, and a second time changes nothing."""
    (tmp_path / PAGES).parent.mkdir(parents=True)
    (tmp_path / PAGES).write_text("name: Mine\n")
    added = add_workflows(tmp_path, requirement=PIN)
    assert added.kept == (PAGES,)
    assert (tmp_path / PAGES).read_text() == "name: Mine\n"
    again = add_workflows(tmp_path, requirement="planfolio==9")
    assert (set(again.kept), again.written) == (ALL, ())
    assert (tmp_path / REQUIREMENTS).read_text().splitlines()[-1] == PIN


def test_a_folder_name_is_no_expression() -> None:
    """What GitHub would put a value for is written so that the name comes out."""
    text = workflow_files("a ${{ secrets.X }}", requirement=PIN)[CHECK].decode()
    assert yaml.safe_load(text)["env"]["PLANFOLIO_SITE"] == "a ${{ '${{' }} secrets.X }}"


@pytest.mark.parametrize(
    ("direct_url", "line"),
    [
        pytest.param(None, PIN, id="by name"),
        pytest.param(FORK, f"planfolio @ git+{FORK['url']}@{COMMIT}", id="public git"),
        pytest.param({**FORK, "url": "ssh://git@example.org/me/planfolio"}, TAG, id="ssh"),
        pytest.param({"url": "file:///home/me/planfolio", "dir_info": {}}, TAG, id="folder"),
        pytest.param({}, TAG, id="unknown"),
    ],
)
def test_the_pin_is_one_that_other_machines_can_reach(
    direct_url: dict[str, Any] | None, line: str
) -> None:
    """A published version is named by its number, before that by a commit or a tag."""
    assert requirement_for(direct_url, version="1.2.3") == line
    assert Requirement(line).name == "planfolio"


def test_the_planfolio_that_runs_here_is_pinned() -> None:
    """However the tests have it installed, the line pins this version or a commit."""
    pin = Requirement(requirement_here())
    assert str(pin.specifier) == f"=={__version__}" or "@" in (pin.url or "")
