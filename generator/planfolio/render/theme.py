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
from typing import TYPE_CHECKING, NamedTuple

from planfolio import bundled
from planfolio.message_text import quoted
from planfolio.names import did_you_mean
from planfolio.render.accent import with_accent
from planfolio.render.languages import catalogues_in, frame_language
from planfolio.render.templates import TEMPLATES, template_environment
from planfolio.render.theme_files import ThemeError, ThemeFile, published_assets

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

DEFAULT = "default"
_SPOKEN = (TEMPLATES, "vendor/lucide/")
_PARTS = ("assets", "locales", "styles", "templates", "vendor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme that is ready to render with in one language; two are equal if their files are.

    `static` are its published files, as bytes by site path. `texts` are those of its templates,
    drawings and translations, which may stand in any page. `custom_templates` are the paths of the
    templates that no bundled theme has: a fault of a page is shown there, if it can be.
    """

    name: str
    language: str
    files: Mapping[str, ThemeFile] = field(repr=False)
    static: Mapping[str, bytes] = field(repr=False, compare=False)
    texts: tuple[str, ...] = field(default=(), repr=False, compare=False)
    custom_templates: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
    templates: jinja2.Environment = field(repr=False, compare=False)


class ThemeLayer(NamedTuple):
    """The folder of one theme, and its files by their path in it; `bundled` ones come with us."""

    name: str
    folder: Path
    bundled: bool
    files: Mapping[str, ThemeFile]


def load_theme(
    name_or_path: str, *, site_root: Path, accent: str | None = None, language: str = "en"
) -> Theme:
    """Return the theme of a name, or of a path that starts at the folder of site.toml.

    A name is looked for in `<site_root>/themes/`, whose files win, and among the bundled themes.
    `accent` is the colour `#rrggbb` that takes the place of its own. Its words are in `language`
    where there is a catalogue, else in English. Raises ThemeError if there is no such theme, or
    with all faults of its own templates, or if its styles or a catalogue are faulty.
    """
    layers = theme_layers(name_or_path, site_root=site_root)
    files = {path: file for layer in layers for path, file in layer.files.items()}
    if accent is not None:
        files = with_accent(files, accent)
    assets = published_assets(files)
    catalogues = [file for layer in layers for file in catalogues_in(layer.files, language)]
    spoken = [files[path] for path in sorted(files) if path.startswith(_SPOKEN)]
    templates = template_environment(
        files,
        layers={layer.name: layer.files for layer in layers if layer.bundled},
        assets=assets,
        language=frame_language(language, catalogues),
    )
    custom = {
        path.removeprefix(TEMPLATES): file.shown
        for layer in layers
        if not layer.bundled
        for path, file in layer.files.items()
        if path.startswith(TEMPLATES) and file.data not in _bundled_data(path, layers)
    }
    if custom:
        from planfolio.render.template_check import template_faults

        faults = template_faults(templates, custom)
        if faults:
            raise ThemeError(faults=faults)
    return Theme(
        name=name_or_path,
        language=language,
        files=files,
        static={asset.url: asset.data for asset in assets.values()},
        texts=tuple(file.text() for file in (*spoken, *catalogues)),
        custom_templates=frozenset(custom.values()),
        templates=templates,
    )


def theme_layers(name_or_path: str, *, site_root: Path) -> list[ThemeLayer]:
    """Return the folders that make up a theme, the default first and the strongest last.

    Raises ThemeError if there is no such theme.
    """
    bundled_themes = bundled.themes()
    default = bundled_themes / DEFAULT
    if not name_or_path or name_or_path.startswith(".") or set(name_or_path) & {"/", "\\"}:
        places = [site_root / name_or_path] if name_or_path else []
    else:
        places = [bundled_themes / name_or_path, site_root / "themes" / name_or_path]
    found = [place for place in places if _is_theme(place)]
    if not found:
        raise ThemeError(_unknown(name_or_path, site_root=site_root))
    return [
        ThemeLayer(
            folder.name,
            folder,
            folder.parent.samefile(bundled_themes),
            _read(folder, site_root=site_root),
        )
        for folder in dict.fromkeys([default, *found])
    ]


def theme_names(*, site_root: Path) -> dict[str, Path]:
    """Return the themes that a site may name, each with its folder; its own come last and win."""
    places = (bundled.themes(), site_root / "themes")
    return {
        folder.name: folder
        for place in places
        if place.is_dir()
        for folder in sorted(place.iterdir())
        if not folder.name.startswith(".") and _is_theme(folder)
    }


def _bundled_data(path: str, layers: list[ThemeLayer]) -> list[bytes]:
    """Return what the bundled themes have at a path: a copy of that has no fault."""
    return [layer.files[path].data for layer in layers if layer.bundled and path in layer.files]


def _is_theme(folder: Path) -> bool:
    return any((folder / part).is_dir() for part in _PARTS)


def _unknown(name: str, *, site_root: Path) -> str:
    known = theme_names(site_root=site_root)
    near = did_you_mean(name, known) or f"; there is {', '.join(sorted(known))}, or a path"
    return f"there is no theme {quoted(name)}{near}"


def _read(folder: Path, *, site_root: Path) -> dict[str, ThemeFile]:
    """Return the files of one layer by their path in the theme."""
    files = {}
    for part in _PARTS:
        for parent, folders, names in os.walk(folder / part):
            folders.sort()
            here = Path(parent)
            inside = here.relative_to(folder).as_posix()
            is_own = here.is_relative_to(site_root)
            shown = (here.relative_to(site_root) if is_own else here).as_posix()
            for name in sorted(names):
                path = here / name
                if not name.startswith(".") and not name.endswith("~") and path.is_file():
                    files[f"{inside}/{name}"] = ThemeFile(f"{shown}/{name}", path.read_bytes())
    return files
