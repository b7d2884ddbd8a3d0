"""Tests of the workflows that a plan gets for GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from planfolio.exceptions import EnvironmentFailure
from planfolio.init.github_workflows import (
    CHECK,
    PAGES,
    REQUIREMENTS,
    add_workflows,
    workflow_files,
)

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize("name", ["docs.yml", "docs.yaml"])
def test_pages_that_exist_are_not_taken_over(tmp_path: Path, name: str) -> None:
    """Where another workflow deploys to Pages, the plan would take the place of what is there."""
    other = tmp_path / ".github/workflows" / name
    other.parent.mkdir(parents=True)
    other.write_text("jobs: {a: {steps: [{uses: actions/deploy-pages@v4}]}}\n")
    added = add_workflows(tmp_path, requirement=PIN)
    assert added.left_out
    assert set(added.written) == ALL - {PAGES}
    assert not (tmp_path / PAGES).exists()


def test_ones_own_workflow_is_no_other(tmp_path: Path) -> None:
    """The workflow that was written before does not count as one that stands in the way."""
    add_workflows(tmp_path, requirement=PIN)
    assert not add_workflows(tmp_path, requirement=PIN).left_out


def test_a_folder_name_is_no_expression() -> None:
    """What GitHub would put a value for is written so that the name comes out."""
    text = workflow_files("a ${{ secrets.X }}", requirement=PIN)[CHECK].decode()
    assert yaml.safe_load(text)["env"]["PLANFOLIO_SITE"] == "a ${{ '${{' }} secrets.X }}"


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    """Where .github is a file, it is told."""
    (tmp_path / ".github").write_text("x")
    with pytest.raises(EnvironmentFailure, match=r"\.github is a file"):
        add_workflows(tmp_path, requirement=PIN)
