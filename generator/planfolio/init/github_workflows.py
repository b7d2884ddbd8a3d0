"""The workflows that publish and check a plan on GitHub."""

from __future__ import annotations

import json
import os
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.init.scaffold import Filled, create
from planfolio.repository import repository_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = ".github/workflows/plan-pages.yml"
CHECK = ".github/workflows/plan-check.yml"
REQUIREMENTS = ".github/planfolio-requirements.txt"

_DEPLOYS = b"actions/deploy-pages@"


def add_workflows(folder: Path, *, requirement: str) -> Filled:
    """Write what GitHub needs to check and publish the plan in a folder; paths are relative to it.

    GitHub reads workflows at the top of a repository alone, so there they are written, wherever in
    it the plan lies. Nothing is overwritten. A repository that publishes something to its Pages
    already gets no second workflow that would put the plan in its place: the result tells that it
    was left out. Raises EnvironmentFailure where the files cannot be written.
    """
    folder = folder.resolve()
    top = repository_of(folder) or folder
    files = workflow_files(folder.relative_to(top).as_posix(), requirement=requirement)
    taken = any(_DEPLOYS in text for text in _others(top))
    written: list[str] = []
    kept: list[str] = []
    for path, data in files.items():
        if path == PAGES and taken:
            continue
        shown = Path(os.path.relpath(top / path, folder)).as_posix()
        (written if create(top / path, data) else kept).append(shown)
    return Filled(tuple(written), tuple(kept), left_out=taken)


def workflow_files(site: str, *, requirement: str) -> dict[str, bytes]:
    """Return the files by their path in the repository, for a plan in its folder `site`."""
    source = resources.files("planfolio") / "github"
    # Whatever the folder is called, it is a YAML string and no expression of a workflow.
    quoted = json.dumps(site.replace("${{", "${{ '${{' }}"), ensure_ascii=False)
    gaps = {'"FOLDER"': quoted, "REQUIREMENT": requirement}
    files = {}
    for path in (PAGES, CHECK, REQUIREMENTS):
        text = (source / path.rpartition("/")[2]).read_text("utf-8")
        for gap, value in gaps.items():
            text = text.replace(gap, value)
        files[path] = text.encode()
    return files


def _others(top: Path) -> Iterator[bytes]:
    """Yield the workflows of a repository other than ours."""
    for file in sorted((top / ".github" / "workflows").glob("*.y*ml")):
        if file != top / PAGES and file.is_file():
            yield file.read_bytes()
