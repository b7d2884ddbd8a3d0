"""What others made stands in the theme as they published it, with its licence."""

from __future__ import annotations

import hashlib
import tomllib

from planfolio import bundled
from planfolio.render import load_theme

VENDOR = bundled.themes() / "default" / "vendor"
PACKAGES = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))


def test_every_file_is_recorded() -> None:
    """No file lies there that VENDOR.toml does not name, and it names none that is not there."""
    recorded = {path for package in PACKAGES.values() for path in package["files"]}
    there = {p.relative_to(VENDOR).as_posix() for p in VENDOR.rglob("*") if p.is_file()}

    assert there - {"VENDOR.toml"} == recorded
    assert len(recorded) > 5


def test_hashes() -> None:
    """Each file is byte for byte the one that was recorded."""
    for package in PACKAGES.values():
        for path, record in package["files"].items():
            assert hashlib.sha256((VENDOR / path).read_bytes()).hexdigest() == record["sha256"], (
                path
            )


def test_licences() -> None:
    """Each package has a version, a licence, its text, and a name to find it by."""
    for name, package in PACKAGES.items():
        assert package["version"], name
        assert package["licence"] in {"OFL-1.1", "ISC", "MIT", "0BSD"}, name
        assert package["package"], name
        assert package["licence_file"] in package["files"], name


def test_the_morph_of_the_preview_is_not_published() -> None:
    """A site carries no script that only `serve` puts into its pages."""
    theme = load_theme("default", site_root=VENDOR)

    assert any(path.startswith("assets/vendor/") for path in theme.static)
    assert not any("idiomorph" in path for path in theme.static)
