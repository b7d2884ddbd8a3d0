"""The themes and the example plan that come with planfolio.

A wheel has them inside the package, a checkout at its root. Each function raises FileNotFoundError
if the installation is damaged.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def themes() -> Path:
    """Return the folder of the bundled themes."""
    return _find("themes")


def content() -> Path:
    """Return the content folder of the example plan."""
    return _find("content")


def example_site() -> Path:
    """Return the site.toml of the example plan."""
    return _find("site.toml")


def _find(name: str) -> Path:
    places = (_PACKAGE / "_bundled" / name, _PACKAGE.parents[1] / name)
    for place in places:
        if place.exists():
            return place
    looked = " nor ".join(str(place) for place in places)
    message = f"planfolio's own {name} is missing: there is neither {looked}; install it again"
    raise FileNotFoundError(message)
