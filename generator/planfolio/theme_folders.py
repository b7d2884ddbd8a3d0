"""Where themes lie: beside a plan, and in planfolio itself."""

import os.path
from pathlib import Path

from planfolio import bundled
from planfolio.message_text import quoted
from planfolio.model.diagnostics import Problem
from planfolio.names import near_hint

DEFAULT = "default"
THEMES = "themes"
"""The folder of a plan's own themes, beside site.toml."""

PARTS = ("assets", "locales", "styles", "templates", "vendor")
"""The folders of a theme, of which it has at least one."""


def theme_folders(name_or_path: str, *, site_root: Path) -> list[Path]:
    """Return the folders that make up a theme, the default first and the strongest last.

    Raises Problem if there is no such theme.
    """
    bundled_themes = bundled.themes()
    places = [own_theme(name_or_path, site_root=site_root)]
    if not _is_path(name_or_path):
        places.insert(0, bundled_themes / name_or_path)
    found = [place for place in places if name_or_path and _is_theme(place)]
    if not found:
        known = theme_names(site_root=site_root)
        others = f"there is {', '.join(sorted(known))}, or a path"
        hint = near_hint(name_or_path, known, otherwise=others)
        raise Problem(f"there is no theme {quoted(name_or_path)}", hint)
    return list(dict.fromkeys([bundled_themes / DEFAULT, *found]))


def own_theme(name_or_path: str, *, site_root: Path) -> Path:
    """Return the folder of a plan's own theme, which need not be there."""
    return site_root / name_or_path if _is_path(name_or_path) else site_root / THEMES / name_or_path


def theme_names(*, site_root: Path) -> dict[str, Path]:
    """Return the themes that a site may name, each with its folder; its own come last and win."""
    places = (bundled.themes(), site_root / THEMES)
    return {
        folder.name: folder
        for place in places
        if place.is_dir()
        for folder in sorted(place.iterdir())
        if not folder.name.startswith(".") and _is_theme(folder)
    }


def _is_path(name_or_path: str) -> bool:
    return name_or_path.startswith(".") or bool(set(name_or_path) & {"/", "\\"})


def _is_theme(folder: Path) -> bool:
    # os.path.isdir takes a name that is too long for a folder as that of none.
    return any(os.path.isdir(folder / part) for part in PARTS)  # noqa: PTH112
