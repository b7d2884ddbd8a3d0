"""A theme: its templates, styles, icons and fonts, found, layered and made ready.

A theme is a folder with `templates/`, `assets/` (published), `styles/` (imported by the stylesheets
in `assets/`), `vendor/` (what others made) and `locales/` (its words in other languages). It may be
partial: what it lacks comes from the default theme, file by file, and a translation message by
message.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from planfolio import bundled
from planfolio.model.diagnostics import Problem
from planfolio.render.accent import with_accent
from planfolio.render.compiled_templates import FastEnvironment
from planfolio.render.languages import catalogues_in, frame_language
from planfolio.render.templates import TEMPLATES, template_environment
from planfolio.render.theme_files import ThemeError, ThemeFile, published_assets
from planfolio.theme_folders import PARTS, theme_folders

_WITH_TEXTS = (TEMPLATES, "vendor/lucide/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme that is ready to render with in one language; two are equal if their files are.

    `static` are its published files, as bytes by site path. `texts` are those of its templates,
    drawings and translations, which may be in any page.
    """

    name: str
    language: str
    files: Mapping[str, ThemeFile] = field(repr=False)
    static: Mapping[str, bytes] = field(repr=False, compare=False)
    texts: tuple[str, ...] = field(default=(), repr=False, compare=False)
    templates: FastEnvironment = field(repr=False, compare=False)


class ThemeLayer(NamedTuple):
    """The folder of one theme, and its files by their path in it; `bundled` ones come with
    planfolio.
    """

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
    with_texts = [files[path] for path in sorted(files) if path.startswith(_WITH_TEXTS)]
    custom = {
        path.removeprefix(TEMPLATES): file.shown
        for layer in layers
        if not layer.bundled
        for path, file in layer.files.items()
        if path.startswith(TEMPLATES)
    }
    templates = template_environment(
        files,
        layers={layer.name: layer.files for layer in layers if layer.bundled},
        assets=assets,
        language=frame_language(language, catalogues),
        custom_templates=frozenset(custom.values()),
    )
    if custom:
        from planfolio.render.template_faults import template_faults

        faults = template_faults(templates, custom)
        if faults:
            raise ThemeError(faults=faults)
    return Theme(
        name=name_or_path,
        language=language,
        files=files,
        static={asset.url: asset.data for asset in assets.values()},
        texts=tuple(file.text() for file in (*with_texts, *catalogues)),
        templates=templates,
    )


def theme_layers(name_or_path: str, *, site_root: Path) -> list[ThemeLayer]:
    """Return the folders that make up a theme, the default first and the strongest last.

    Raises ThemeError if there is no such theme.
    """
    try:
        folders = theme_folders(name_or_path, site_root=site_root)
    except Problem as problem:
        raise ThemeError(f"{problem.message}; {problem.hint}") from None
    bundled_themes = bundled.themes()
    return [
        ThemeLayer(
            folder.name,
            folder,
            folder.parent.samefile(bundled_themes),
            _read(folder, site_root=site_root),
        )
        for folder in folders
    ]


def _read(folder: Path, *, site_root: Path) -> dict[str, ThemeFile]:
    """Return the files of one layer by their path in the theme."""
    is_own = folder.is_relative_to(site_root)
    shown = (folder.relative_to(site_root) if is_own else folder).as_posix()
    files = {}
    for part in PARTS:
        for parent, _, names in os.walk(folder / part):
            inside = Path(parent).relative_to(folder).as_posix()
            for name in names:
                path = f"{inside}/{name}"
                file = folder / path
                if not name.startswith(".") and not name.endswith("~") and file.is_file():
                    files[path] = ThemeFile(f"{shown}/{path}", file.read_bytes())
    return dict(sorted(files.items()))
