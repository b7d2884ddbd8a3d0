"""Tests of where a plan lies in its repository."""

from pathlib import Path

import pytest

from planfolio.repository import prefix_in_repository, repository_of


@pytest.mark.parametrize(("folder", "prefix"), [(".", ""), ("a", "a/"), ("a/b c", "a/b c/")])
def test_the_nearest_git_above_is_the_top(tmp_path: Path, folder: str, prefix: str) -> None:
    """A plan at the top has no prefix, one below it the folders between, with a slash."""
    (tmp_path / ".git").mkdir()
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    assert repository_of(tmp_path / folder) == tmp_path
    assert prefix_in_repository(tmp_path / folder) == prefix


@pytest.mark.parametrize(
    ("plan", "workspace", "prefix"),
    [
        ("repo/plan", None, "plan/"),
        ("repo/plan", ".", "plan/"),  # git is heard before the workspace
        ("link", None, "plan/"),
        ("repo/tree", None, ""),  # a worktree or submodule, in which `.git` is a file
        ("a", ".", "a/"),  # a checkout without its history is known by the build server's word
        (".", "a", ""),
        ("a", None, ""),
    ],
)
def test_where_a_plan_lies(tmp_path: Path, plan: str, workspace: str | None, prefix: str) -> None:
    """In its own repository, where its files are, else below the workspace."""
    for folder in ("repo/.git", "repo/plan", "repo/tree", "a"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "repo/tree/.git").write_text("gitdir: elsewhere")
    (tmp_path / "link").symlink_to(tmp_path / "repo/plan")
    top = None if workspace is None else tmp_path / workspace
    assert prefix_in_repository(tmp_path / plan, workspace=top) == prefix
