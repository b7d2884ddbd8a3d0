"""The git repository around a plan, known by its `.git`: no git is run, and none need be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def repository_of(folder: Path) -> Path | None:
    """Return the top folder of the work tree that an absolute path lies in, if there is one.

    The folder itself need not exist yet. In a worktree and in a submodule `.git` is a file.
    """
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def prefix_in_repository(folder: Path, *, workspace: Path | None = None) -> str:
    """Return where a folder lies in its repository: `docs/plan/`, or nothing for its top.

    `workspace` is what a build server calls the top, for a checkout that came without its `.git`.
    Without either the folder counts as the top.
    """
    folder = folder.resolve()
    top = repository_of(folder)
    if top is None and workspace is not None and folder.is_relative_to(workspace.resolve()):
        top = workspace.resolve()
    inside = folder.relative_to(top or folder).as_posix()
    return "" if inside == "." else f"{inside}/"
