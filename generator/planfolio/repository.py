"""The git repository around a plan, found by its `.git` without running git."""

from pathlib import Path


def repository_of(folder: Path) -> Path | None:
    """Return the top folder of the repository around an absolute path, if there is one.

    The folder itself may not exist yet. In worktrees and submodules `.git` is a file.
    """
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def prefix_in_repository(folder: Path, *, workspace: Path | None = None) -> str:
    """Return the path of a folder in its repository: `docs/plan/`, or nothing for its top.

    `workspace` is the top according to a build server, for a checkout without `.git`. Without
    either, the folder itself is the top.
    """
    folder = folder.resolve()
    top = repository_of(folder)
    if top is None and workspace is not None and folder.is_relative_to(workspace.resolve()):
        top = workspace.resolve()
    inside = folder.relative_to(top or folder).as_posix()
    return "" if inside == "." else f"{inside}/"
