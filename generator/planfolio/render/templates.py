"""The templates of a theme: Jinja, escaping always on, and strict about what is not there.

Beside Jinja's own, templates know `here` (the site path of the page) and
- `{{ path | rel }}`: the URL of a site path as seen from the page,
- `{{ asset('style.css') }}`: the URL of a published file of the theme,
- `{{ icon('check') }}`: an icon of the theme, as SVG for the eye alone,
- `{% if url is outward %}`: whether a link may lead out of the site.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from planfolio import urls
from planfolio.render.errors import ThemeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2.runtime import Context

    from planfolio.render.files import ThemeFile

_TEMPLATES = "templates/"
_ICONS = "vendor/lucide/"
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
# Width and height hold where the styles are not: in a reader, or on a 404 far from its assets.
_ICON = Markup(
    '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"'
    ' focusable="false">{}</svg>'
)
_OUTWARD = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def environment(
    files: Mapping[str, ThemeFile], *, default: Mapping[str, ThemeFile], assets: Mapping[str, str]
) -> jinja2.Environment:
    """Return the environment in which a theme's templates are rendered.

    `assets` are site paths by name. A template named `default/NAME` is the default theme's, so
    that a theme can extend the very template that it stands in for.
    """
    env = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source(files, default)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.filters["rel"] = _rel
    env.tests["outward"] = _is_outward
    env.globals["asset"] = _asset(assets)
    env.globals["icon"] = _icon(files)
    # What these make differs from run to run.
    del env.filters["random"], env.globals["lipsum"]
    return env


def _source(
    files: Mapping[str, ThemeFile], default: Mapping[str, ThemeFile]
) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        own = name.removeprefix("default/")
        file = (files if own == name else default).get(_TEMPLATES + own)
        return None if file is None else (file.text(), file.shown, lambda: True)

    return load


@jinja2.pass_context
def _rel(context: Context, path: str) -> str:
    """Return the URL of a site path relative to the page, or from its root where that is set."""
    view, here = context.resolve("view"), context.resolve("here")
    if isinstance(here, jinja2.Undefined):
        message = "links depend on the page: import this template 'with context'"
        raise jinja2.UndefinedError(message)
    root: str = view.frame.root
    if not root:
        return urls.relative(path, page=here)
    return root + urls.relative(path, page="").removeprefix("./")


def _is_outward(url: str) -> bool:
    return bool(_OUTWARD.match(url))


def _asset(assets: Mapping[str, str]) -> Callable[..., str]:
    @jinja2.pass_context
    def asset(context: Context, name: str) -> str:
        if name not in assets:
            message = f"there is no asset {name!r} in this theme"
            raise jinja2.TemplateRuntimeError(message)
        return _rel(context, assets[name])

    return asset


def _icon(files: Mapping[str, ThemeFile]) -> Callable[[str], Markup]:
    drawings = {
        path.removeprefix(_ICONS).removesuffix(".svg"): _drawing(file)
        for path, file in files.items()
        if path.startswith(_ICONS) and path.endswith(".svg")
    }

    def icon(name: str) -> Markup:
        if name not in drawings:
            message = f"there is no icon {name!r}; there are {', '.join(sorted(drawings))}"
            raise jinja2.TemplateRuntimeError(message)
        return drawings[name]

    return icon


def _drawing(file: ThemeFile) -> Markup:
    svg = _DRAWING.search(file.text())
    if svg is None:
        raise ThemeError("this is no SVG drawing", path=file.shown)
    inner = re.sub(r">\s+<", "><", svg[1].strip()).replace(" />", "/>")
    return _ICON.format(Markup(inner))  # noqa: S704 - a file of the theme, as its templates are
