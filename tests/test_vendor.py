"""Tests of vendored files: they are as their authors published them, with their licences."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from planfolio import bundled
from planfolio.render.theme import load_theme

THEME = bundled.themes() / "default" / "vendor"
PAPER = bundled.themes() / "paper" / "vendor"


@pytest.mark.parametrize(
    "folder", [THEME, PAPER, Path(__file__).parent / "vendor"], ids=["theme", "paper", "tests"]
)
def test_every_file_is_the_one_that_was_recorded(folder: Path) -> None:
    """VENDOR.toml names all files that are there, each with its hash; each package has a version, a
    licence, its text, and a name to find it by."""
    packages = tomllib.loads((folder / "VENDOR.toml").read_text("utf-8"))
    recorded = {
        path: file for package in packages.values() for path, file in package["files"].items()
    }
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert there - {"VENDOR.toml"} == recorded.keys()
    assert len(recorded) >= 3
    for path, file in recorded.items():
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == file["sha256"], path
    for name, package in packages.items():
        assert package["version"], name
        assert package["package"], name
        assert package["licence"] in {"OFL-1.1", "ISC", "MIT", "0BSD", "MPL-2.0"}, name
        assert package["licence_file"] in package["files"], name


def test_the_morph_of_the_preview_is_not_published() -> None:
    """A site carries no script that only `serve` puts into its pages."""
    theme = load_theme("default", site_root=THEME)
    assert any(path.startswith("assets/vendor/") for path in theme.static)
    assert not any("idiomorph" in path for path in theme.static)
