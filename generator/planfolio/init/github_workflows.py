"""The workflows that check and publish a plan on GitHub, and the planfolio that they install."""

import json
import os
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from planfolio import HOME_PAGE, __version__
from planfolio.init.scaffold import WrittenFiles, create_file
from planfolio.repository import repository_of

PAGES = ".github/workflows/plan-pages.yml"
CHECK = ".github/workflows/plan-check.yml"
REQUIREMENTS = ".github/planfolio-requirements.txt"

_DEPLOYS = b"actions/deploy-pages@"
_CHECKS = b"planfolio check"


def add_workflows(folder: Path, *, requirement: str) -> WrittenFiles:
    """Write the workflows for the plan in a folder; the paths in the result are relative to it.

    They are written at the top of the repository, where GitHub reads them. Nothing is overwritten.
    Where another workflow deploys to GitHub Pages, none is added that would replace its site, and
    none at all if it checks the plan before; the result is `left_out`. Raises EnvironmentFailure
    where the files cannot be written.
    """
    folder = folder.resolve()
    top = repository_of(folder) or folder
    files = workflow_files(folder.relative_to(top).as_posix(), requirement=requirement)
    others = (top / ".github" / "workflows").glob("*.y*ml")
    workflows = [file.read_bytes() for file in others if file != top / PAGES and file.is_file()]
    deploying = [workflow for workflow in workflows if _DEPLOYS in workflow]
    if any(_CHECKS in workflow for workflow in deploying):
        files = {}
    written: list[str] = []
    kept: list[str] = []
    for path, data in files.items():
        if path == PAGES and deploying:
            continue
        shown = Path(os.path.relpath(top / path, folder)).as_posix()
        (written if create_file(top / path, data) else kept).append(shown)
    return WrittenFiles(tuple(written), tuple(kept), left_out=bool(deploying))


def workflow_files(site: str, *, requirement: str) -> dict[str, bytes]:
    """Return the files by path, for a plan in the folder `site` of the repository."""
    # Any folder becomes a YAML string that holds no expression of GitHub's.
    quoted = json.dumps(site.replace("${{", "${{ '${{' }}"), ensure_ascii=False)
    files = {}
    for path in (PAGES, CHECK, REQUIREMENTS):
        template = resources.files("planfolio.init") / "github" / path.rpartition("/")[2]
        text = template.read_text("utf-8").replace('"FOLDER"', quoted)
        files[path] = text.replace("REQUIREMENT", requirement).encode()
    return files


def requirement_here() -> str:
    """Return the line of a requirements file that installs the planfolio that runs here."""
    recorded = metadata.distribution("planfolio").read_text("direct_url.json")
    direct_url = None if recorded is None else json.loads(recorded)
    return requirement_for(direct_url, version=__version__)


def requirement_for(direct_url: Mapping[str, Any] | None, *, version: str) -> str:
    """Return the pin of a version, which was installed by name or from a direct URL (PEP 610).

    A commit of a public repository is pinned by its hash. A folder or a file of this machine is out
    of reach for others: the tag of the version stands in for it.
    """
    if direct_url is None:
        return f"planfolio=={version}"
    url = str(direct_url.get("url", ""))
    commit = direct_url.get("vcs_info", {}).get("commit_id")
    if commit and url.startswith("https://"):
        return f"planfolio @ git+{url}@{commit}"
    return f"planfolio @ git+{HOME_PAGE}@v{version}"
