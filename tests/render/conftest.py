"""A small site with a theme of its own."""

from pathlib import Path
from typing import Protocol

import pytest
from tests.pages.built import Site, site
from tests.reading import write_files

from planfolio.render.theme import load_theme


class Themed(Protocol):
    """Builds a small site with the files of a theme."""

    def __call__(self, files: dict[str, str], *, name: str = "mine") -> Site:
        """Return the site."""
        ...


@pytest.fixture
def themed(tmp_path: Path) -> Themed:
    """Write a theme and build a plan of one goal with it."""

    def build(files: dict[str, str], *, name: str = "mine") -> Site:
        write_files(tmp_path / "themes" / name, files)
        theme = load_theme(name, site_root=tmp_path)
        return site({"goals/g.md": "title: G & H\nwhy: Why not"}, root=tmp_path, theme=theme)

    return build
