"""Tests of where a plan lies in its repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planfolio.repository import prefix_in_repository, repository_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("folder", "prefix"), [(".", ""), ("a", "a/"), ("a/b c", "a/b c/")])
def test_the_nearest_git_above_is_the_top(tmp_path: Path, folder: str, prefix: str) -> None:
    """A plan at the top has no prefix, one below it the folders between, with a slash."""
    (tmp_path / ".git").mkdir()
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    assert repository_of(tmp_path / folder) == tmp_path
    assert prefix_in_repository(tmp_path / folder) == prefix


def test_a_worktree_is_a_repository_of_its_own(tmp_path: Path) -> None:
    """Where `.git` is a file, as in worktrees and submodules, the top is beside it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/.git").write_text("gitdir: elsewhere")
    assert prefix_in_repository(tmp_path / "tree") == ""


def test_without_git_the_workspace_is_the_top(tmp_path: Path) -> None:
    """A checkout that was downloaded without its history is known by the build server's word."""
    (tmp_path / "a").mkdir()
    assert prefix_in_repository(tmp_path / "a", workspace=tmp_path) == "a/"
    assert prefix_in_repository(tmp_path, workspace=tmp_path / "a") == ""
    assert prefix_in_repository(tmp_path / "a") == ""


def test_git_is_heard_before_the_workspace(tmp_path: Path) -> None:
    """A repository checked out below the workspace is named by its own paths."""
    (tmp_path / "repo/.git").mkdir(parents=True)
    (tmp_path / "repo/plan").mkdir()
    assert prefix_in_repository(tmp_path / "repo/plan", workspace=tmp_path) == "plan/"


def test_links_are_followed(tmp_path: Path) -> None:
    """A plan that is reached through a link lies where its files do."""
    (tmp_path / "repo/.git").mkdir(parents=True)
    (tmp_path / "repo/plan").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "repo/plan")
    assert prefix_in_repository(tmp_path / "link") == "plan/"
