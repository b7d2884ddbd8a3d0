"""Where this planfolio came from, so that another machine can get the same one."""

from __future__ import annotations

import json
from importlib import metadata
from typing import TYPE_CHECKING, Any

from planfolio import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME = "https://github.com/planfolio/planfolio"
"""The repository of planfolio, in which each version has a tag."""


def requirement() -> str:
    """Return the line of a requirements file that pins the planfolio which runs here."""
    try:
        told = metadata.distribution("planfolio").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return requirement_for({}, version=__version__)
    return requirement_for(None if told is None else json.loads(told), version=__version__)


def requirement_for(direct_url: Mapping[str, Any] | None, *, version: str) -> str:
    """Return the pin of a version that was installed by a direct URL (PEP 610), or without one.

    What came by its name alone is published, and its number is enough. A commit of a public git
    repository is named as it is. Of a folder or a file of this machine other machines know nothing:
    for it stands the tag of the version.
    """
    if direct_url is None:
        return f"planfolio=={version}"
    url = str(direct_url.get("url", ""))
    commit = direct_url.get("vcs_info", {}).get("commit_id")
    if commit and url.startswith("https://"):
        return f"planfolio @ git+{url}@{commit}"
    return f"planfolio @ git+{HOME}@v{version}"
