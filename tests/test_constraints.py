"""The tested set of versions is whole: what is installed with the package is named in it."""

from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"


def _needed(name: str, extras: frozenset[str], seen: set[str]) -> set[str]:
    """Return what a distribution needs on this machine, and what that needs in its turn."""
    for text in requires(name) or []:
        requirement = Requirement(text)
        marker = requirement.marker
        wanted = marker is None or any(
            marker.evaluate({"extra": extra}) for extra in extras or {""}
        )
        needed = canonicalize_name(requirement.name)
        if wanted and needed not in seen:
            seen.add(needed)
            _needed(needed, frozenset(requirement.extras), seen)
    return seen


def test_every_dependency_has_its_tested_version() -> None:
    """A dependency that is not pinned would be another one tomorrow."""
    lines = CONSTRAINTS.read_text("utf-8").splitlines()
    pinned = {canonicalize_name(line.partition("==")[0]) for line in lines if "==" in line}
    needed = _needed("planfolio", frozenset({"", "test"}), set())
    assert {"starlette", "pytest", "markdown-it-py"} <= needed
    assert needed - pinned == set()
