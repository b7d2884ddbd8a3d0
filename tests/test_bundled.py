"""Themes and example content are found in a checkout and in a wheel."""

from pathlib import Path

import pytest

from planfolio import bundled


def test_checkout() -> None:
    """In this checkout the themes are those at the root of the repository."""
    assert (bundled.themes() / "default" / "templates" / "base.html").is_file()
    assert bundled.content() == bundled.themes().parent / "content"


def test_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a wheel they are inside the package, and win over a folder that lies about outside; the
    error for an installation without them names the places."""
    package = tmp_path / "site-packages" / "planfolio"
    monkeypatch.setattr(bundled, "_PACKAGE", package)
    with pytest.raises(FileNotFoundError, match=r"_bundled.*install it again"):
        bundled.themes()
    for name in ("themes", "content"):
        (package / "_bundled" / name).mkdir(parents=True)
        (tmp_path / name).mkdir()
    (package / "_bundled" / "site.toml").touch()
    (tmp_path / "site.toml").touch()
    assert bundled.themes() == package / "_bundled" / "themes"
    assert bundled.content() == package / "_bundled" / "content"
    assert bundled.example_site() == package / "_bundled" / "site.toml"
