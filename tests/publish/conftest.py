"""A repository with work in progress, and the bare one that it publishes to."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from tests.publish.repositories import Repository, bare, surroundings, working

from planfolio.publish.git import open_branch
from planfolio.publish.publish import Publication, publish

Publish: TypeAlias = "Callable[..., Publication]"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with an owner's name and nothing else of this machine."""
    return surroundings(tmp_path / "home")


@pytest.fixture
def remote(tmp_path: Path, environment: dict[str, str]) -> Repository:
    """An empty bare repository."""
    return bare(tmp_path / "remote.git", environment)


@pytest.fixture
def work(tmp_path: Path, environment: dict[str, str], remote: Repository) -> Repository:
    """A repository with uncommitted work, whose origin is `remote`."""
    return working(tmp_path / "work", environment, origin=remote)


@pytest.fixture
def put(work: Repository, environment: dict[str, str]) -> Publish:
    """Publish files from a folder (default: that of `work`) and return what came of it."""

    def publish_files(
        files: Mapping[str, bytes | Path],
        *,
        root: Path = work.folder,
        remote: str = "origin",
        branch: str = "gh-pages",
        dry_run: bool = False,
        **more: str,
    ) -> Publication:
        surrounding = {**environment, **more}
        target = open_branch(root, remote=remote, branch=branch, environment=surrounding)
        return publish(target, files, message="Publish", dry_run=dry_run)

    return publish_files
