"""A theme: its templates, styles, icons and fonts, found, layered and made ready.

A theme is a folder with `templates/`, `assets/` (published), `styles/` (imported by the stylesheets
in `assets/`), `vendor/` (what others made) and `locales/` (its words in other languages). It may be
partial: what it lacks comes from the default theme, file by file, and a translation message by
message.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio import bundled
from planfolio.render.accent import with_accent
from planfolio.render.languages import catalogues_in, frame_language
from planfolio.render.templates import template_environment
from planfolio.render.theme_files import ThemeError, ThemeFile, published_assets

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

DEFAULT = "default"
_SPOKEN = ("templates/", "vendor/lucide/")
_PARTS = ("assets", "locales", "styles", "templates", "vendor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme that is ready to render with in one language; two are equal if their files are.

    `static` are its published files, as bytes by site path. `texts` are those of its templates,
    drawings and translations, which may stand in any page.
    """

    name: str
    language: str
    files: Mapping[str, ThemeFile] = field(repr=False)
    static: Mapping[str, bytes] = field(repr=False, compare=False)
    texts: tuple[str, ...] = field(default=(), repr=False, compare=False)
    templates: jinja2.Environment = field(repr=False, compare=False)


def load_theme(
    name_or_path: str, *, site_root: Path, accent: str | None = None, language: str = "en"
) -> Theme:
    """Return the theme of a name, or of a path that starts at the folder of site.toml.

    A name is looked for in `<site_root>/themes/`, whose files win, and among the bundled themes.
    `accent` is the colour `#rrggbb` that takes the place of its own. Its words are in `language`
    where there is a catalogue, else in English. Raises ThemeError if there is no such theme, if
    its styles cannot be put together, or if a catalogue is faulty.
    """
    folders = _folders(name_or_path, site_root=site_root)
    layers = [_read(folder, site_root=site_root) for folder in folders]
    files = {path: file for layer in layers for path, file in layer.items()}
    if accent is not None:
        files = with_accent(files, accent)
    assets = published_assets(files)
    catalogues = [file for layer in layers for file in catalogues_in(layer, language)]
    spoken = [files[path] for path in sorted(files) if path.startswith(_SPOKEN)]
    return Theme(
        name=name_or_path,
        language=language,
        files=files,
        static={asset.url: asset.data for asset in assets.values()},
        texts=tuple(file.text() for file in (*spoken, *catalogues)),
        templates=template_environment(
            files,
            default=layers[0],
            assets={name: asset.url for name, asset in assets.items()},
            language=frame_language(language, catalogues),
        ),
    )


def _folders(name_or_path: str, *, site_root: Path) -> list[Path]:
    """Return the folders that make up a theme, the default first and the strongest last."""
    bundled_themes = bundled.themes()
    default = bundled_themes / DEFAULT
    if not name_or_path or name_or_path.startswith(".") or set(name_or_path) & {"/", "\\"}:
        places = [site_root / name_or_path] if name_or_path else []
    else:
        places = [bundled_themes / name_or_path, site_root / "themes" / name_or_path]
    found = [place for place in places if any((place / part).is_dir() for part in _PARTS)]
    if not found:
        raise ThemeError(_unknown(name_or_path, bundled_themes, site_root / "themes"))
    return [default, *(place for place in found if place != default)]


def _unknown(name: str, *folders: Path) -> str:
    known = {
        place.name
        for folder in folders
        if folder.is_dir()
        for place in folder.iterdir()
        if place.is_dir() and not place.name.startswith(".")
    }
    return f"there is no theme {name!r}; there is {', '.join(sorted(known))}, or a path"


def _read(folder: Path, *, site_root: Path) -> dict[str, ThemeFile]:
    """Return the files of one layer by their path in the theme."""
    files = {}
    for part in _PARTS:
        for parent, folders, names in os.walk(folder / part):
            folders.sort()
            for name in sorted(names):
                path = Path(parent, name)
                if not name.startswith(".") and not name.endswith("~") and path.is_file():
                    inside = path.relative_to(folder).as_posix()
                    files[inside] = ThemeFile(shown=_shown(path, site_root), data=path.read_bytes())
    return files


def _shown(path: Path, site_root: Path) -> str:
    return (path.relative_to(site_root) if path.is_relative_to(site_root) else path).as_posix()
