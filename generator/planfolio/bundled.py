"""Where the themes and the example content are that come with planfolio.

A wheel carries them inside the package; in a checkout they stand at the root of the repository.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def themes(package: Path = _PACKAGE) -> Path:
    """Return the folder of the bundled themes; FileNotFoundError if the installation is damaged."""
    return _folder("themes", package=package)


def content(package: Path = _PACKAGE) -> Path:
    """Return the folder of the example plan; FileNotFoundError if the installation is damaged."""
    return _folder("content", package=package)


def example_site(package: Path = _PACKAGE) -> Path:
    """Return the site.toml of the example plan; FileNotFoundError if the installation is damaged."""
    places = (package / "_bundled" / "site.toml", package.parents[1] / "site.toml")
    for place in places:
        if place.is_file():
            return place
    raise FileNotFoundError("the example's site.toml is missing: install planfolio again")


def _folder(name: str, *, package: Path) -> Path:
    places = (package / "_bundled" / name, package.parents[1] / name)
    for place in places:
        if place.is_dir():
            return place
    looked = " nor ".join(str(place) for place in places)
    message = f"planfolio's own {name} are missing: neither {looked} is a folder; install it again"
    raise FileNotFoundError(message)
