"""The templates of a theme: Jinja, escaping always on, and strict about what is not there.

A template is given `portfolio`, `page`, `ui` (the macros of `ui.html`), and on the page of a record
`record`, also under the name of its kind: `goal`, `role` and so on. Beside the filters there are
- `{{ asset('style.css') }}`: the URL of a published file of the theme,
- `{{ icon('check') }}`: an icon of the theme, as SVG for the eye alone,
- `chart('roadmap', portfolio)`: the values of a chart, for the templates in `charts/`,
- `_()` and `{% trans %}`: text that a catalogue may translate,
- `language`: the language of the frame, its direction, and the marks of what is in another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from planfolio.render.charts import chart
from planfolio.render.compiling import FastEnvironment, compiled_templates
from planfolio.render.filters import TESTS, filters_of, relative_url
from planfolio.render.theme_files import ThemeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from jinja2.runtime import Context

    from planfolio.portfolio.pages import Page
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.render.languages import FrameLanguage
    from planfolio.render.theme_files import ThemeFile

MACROS = "ui.html"

_TEMPLATES = "templates/"
_ICONS = "vendor/lucide/"
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
# Width and height are for readers and pages that show it without the styles.
_ICON = Markup(
    '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"'
    ' focusable="false">{}</svg>'
)


def template_environment(
    files: Mapping[str, ThemeFile],
    *,
    default: Mapping[str, ThemeFile],
    assets: Mapping[str, str],
    language: FrameLanguage,
) -> jinja2.Environment:
    """Return the environment in which a theme's templates are rendered in one language.

    `assets` are site paths by name. A template named `default/NAME` is the default theme's, so
    that a theme can extend the very template that it replaces.
    """
    env = FastEnvironment(
        loader=jinja2.FunctionLoader(_source(files, default)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=compiled_templates(language),
        cache_size=-1,
        extensions=["jinja2.ext.i18n"],
    )
    env.policies["ext.i18n.trimmed"] = True
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    env.install_gettext_translations(language.words)  # type: ignore[attr-defined]
    env.filters.update(filters_of(language))
    env.tests.update(TESTS)
    env.globals["asset"] = _asset(assets)
    env.globals["icon"] = _icon(files)
    env.globals["chart"] = chart
    env.globals["language"] = language
    # Their results differ from run to run.
    del env.filters["random"], env.globals["lipsum"]
    return env


def render_page(
    templates: jinja2.Environment, page: Page, *, portfolio: Portfolio, theme: str
) -> str:
    """Return a page as text; ThemeError with file and line if a template fails."""
    values = {"page": page, "portfolio": portfolio}
    record = page.record
    of_record = {} if record is None else {record.record_kind.name: record}
    try:
        ui = templates.get_template(MACROS).make_module(dict(values))
        template = templates.get_template(page.template)
        return template.render({**of_record, "record": record, "ui": ui, **values})
    except ThemeError:
        raise
    except jinja2.TemplateSyntaxError as error:
        path = error.filename or error.name or ""
        raise ThemeError(error.message or "", path=path, line=error.lineno) from error
    except jinja2.TemplateNotFound as error:
        path, line = _place(error.__traceback__)
        message = f"there is no template {error.name!r} in the theme {theme!r}"
        raise ThemeError(message, path=path, line=line) from error
    except Exception as error:
        path, line = _place(error.__traceback__)
        if not path:
            raise
        reason = str(error) if isinstance(error, jinja2.TemplateError) else _named(error)
        raise ThemeError(f"{reason} (rendering /{page.url})", path=path, line=line) from error


def _source(
    files: Mapping[str, ThemeFile], default: Mapping[str, ThemeFile]
) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        own = name.removeprefix("default/")
        file = (files if own == name else default).get(_TEMPLATES + own)
        return None if file is None else (file.text(), file.shown, lambda: True)

    return load


def _asset(assets: Mapping[str, str]) -> Callable[..., str]:
    @jinja2.pass_context
    def asset(context: Context, name: str) -> str:
        if name not in assets:
            message = f"there is no asset {name!r} in this theme"
            raise jinja2.TemplateRuntimeError(message)
        return relative_url(context, assets[name])

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


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _place(traceback: TracebackType | None) -> tuple[str, int | None]:
    """Return file and line of the innermost template that an exception passed through."""
    path, line = "", None
    while traceback is not None:
        if "__jinja_exception__" in traceback.tb_frame.f_globals:
            path, line = traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next
    return path, line
