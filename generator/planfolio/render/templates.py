"""The templates of a theme: Jinja, escaping always on, and strict about what is not there.

A template is given `portfolio`, `page`, `ui` (the macros of `ui.html`), and on the page of a record
`record`, also under the name of its kind: `goal`, `role` and so on. Beside the filters there are
- `{{ asset('style.css') }}`: the URL of a published file of the theme,
- `{{ inline_style('style.css') }}`: what is in a stylesheet, less its fonts,
- `{{ icon('check') }}`: an icon of the theme, as SVG for the eye alone,
- `chart('roadmap', portfolio)`: the values of a chart, for the templates in `charts/`,
- `_()` and `{% trans %}`: text that a catalogue may translate,
- `language`: the language of the frame, its direction, and the marks of what is in another.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import cast

import jinja2
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from planfolio.message_text import quoted
from planfolio.names import did_you_mean
from planfolio.portfolio.pages import Page
from planfolio.portfolio.portfolio import Portfolio
from planfolio.render.charts import chart
from planfolio.render.compiled_templates import CompiledTemplates, FastEnvironment
from planfolio.render.filters import TESTS, filters_of, relative_url, urls_seen_from
from planfolio.render.languages import FrameLanguage
from planfolio.render.theme_files import Asset, ThemeError, ThemeFile

MACROS = "ui.html"
TEMPLATES = "templates/"

_ICONS = "vendor/lucide/"
_FONT_FILE = re.compile(r"@font-face\s*\{[^}]*\burl\([^}]*\}")
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
# Width and height are for readers and pages that show it without the styles.
_ICON = Markup(
    '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"'
    ' focusable="false">{}</svg>'
)


class _Unknown(jinja2.StrictUndefined):
    """A name that is not there: to use it is an error that says so with the near name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or self._undefined_obj is missing:
            return super()._undefined_message
        from planfolio.render.template_faults import lacking

        return lacking(self._undefined_obj, self._undefined_name)


class TemplateLoader(jinja2.BaseLoader):
    """Finds the templates of a theme by name, and those of one layer as `LAYER/NAME`.

    So a theme can extend the very template that it replaces: `default/goal.html`.
    """

    def __init__(
        self, files: Mapping[str, ThemeFile], layers: Mapping[str, Mapping[str, ThemeFile]]
    ) -> None:
        self.files = _templates_in(files) | {
            f"{layer}/{name}": file
            for layer, inside in layers.items()
            for name, file in _templates_in(inside).items()
        }

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002 (the loader's protocol)
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return text and path of a template; jinja2.TemplateNotFound if there is none."""
        file = self.files.get(template)
        if file is None:
            raise jinja2.TemplateNotFound(template)
        return file.text(), file.shown, lambda: True

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return sorted(self.files)


def template_environment(
    files: Mapping[str, ThemeFile],
    *,
    layers: Mapping[str, Mapping[str, ThemeFile]],
    assets: Mapping[str, Asset],
    language: FrameLanguage,
    custom_templates: Collection[str],
) -> FastEnvironment:
    """Return the environment in which a theme's templates are rendered in one language.

    `files` are those of all `layers`, by the name of the layer; `assets` are published, by name.
    `custom_templates` are the paths of the templates that no bundled theme has.
    """
    env = FastEnvironment(
        loader=TemplateLoader(files, layers),
        autoescape=True,
        undefined=_Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=CompiledTemplates(language),
        cache_size=-1,
        optimized=False,
        extensions=["jinja2.ext.i18n"],
    )
    env.custom_templates = custom_templates
    env.policies["ext.i18n.trimmed"] = True
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    env.install_gettext_translations(language.words)  # type: ignore[attr-defined]
    env.filters.update(filters_of(language))
    env.tests.update(TESTS)
    env.globals["asset"] = _asset(assets)
    env.globals["inline_style"] = _inline_style(assets)
    env.globals["icon"] = _icon(files)
    env.globals["chart"] = chart
    env.globals["language"] = language
    # Their results differ from run to run.
    del env.filters["random"], env.globals["lipsum"]
    return env


def page_values(page: Page, portfolio: Portfolio) -> dict[str, object]:
    """Return what templates and their macros know, beside what is in them."""
    seen = urls_seen_from(page, portfolio)
    return {"page": page, "portfolio": portfolio, "url_from_page": seen}


def render_page(templates: FastEnvironment, page: Page, *, portfolio: Portfolio) -> str:
    """Return a page as text; ThemeError with the place if a template fails."""
    values = page_values(page, portfolio)
    record = page.record
    of_record = {} if record is None else {record.record_kind.name: record}
    try:
        ui = templates.get_template(MACROS).make_module(dict(values))
        template = templates.get_template(page.template)
        return template.render({**of_record, "record": record, "ui": ui, **values})
    except ThemeError:
        raise
    except Exception as error:
        from planfolio.render.template_faults import fault_of_page

        files = cast("TemplateLoader", templates.loader).files
        fault = fault_of_page(templates, files=files, url=page.url)
        if fault is None:
            raise
        raise ThemeError(faults=(fault,)) from error


def _templates_in(files: Mapping[str, ThemeFile]) -> dict[str, ThemeFile]:
    return {
        path.removeprefix(TEMPLATES): file
        for path, file in files.items()
        if path.startswith(TEMPLATES)
    }


def _asset(assets: Mapping[str, Asset]) -> Callable[..., str]:
    @jinja2.pass_context
    def asset(context: Context, name: str) -> str:
        if name not in assets:
            message = f"there is no asset {quoted(name)} in this theme"
            raise jinja2.TemplateRuntimeError(message + did_you_mean(name, assets))
        return relative_url(context, assets[name].url)

    return asset


def _inline_style(assets: Mapping[str, Asset]) -> Callable[[str], Markup]:
    def inline_style(name: str) -> Markup:
        css = _FONT_FILE.sub("", assets[name].data.decode())
        return Markup(css.replace("</", "<\\/"))  # noqa: S704 - a file of the theme

    return inline_style


def _icon(files: Mapping[str, ThemeFile]) -> Callable[[str], Markup]:
    drawings = {
        path.removeprefix(_ICONS).removesuffix(".svg"): _drawing(file)
        for path, file in files.items()
        if path.startswith(_ICONS) and path.endswith(".svg")
    }

    def icon(name: str) -> Markup:
        if name not in drawings:
            near = did_you_mean(name, drawings) or f"; there are {', '.join(sorted(drawings))}"
            raise jinja2.TemplateRuntimeError(f"there is no icon {quoted(name)}{near}")
        return drawings[name]

    return icon


def _drawing(file: ThemeFile) -> Markup:
    svg = _DRAWING.search(file.text())
    if svg is None:
        raise ThemeError("this is no SVG drawing", path=file.shown)
    inner = re.sub(r">\s+<", "><", svg[1].strip()).replace(" />", "/>")
    return _ICON.format(Markup(inner))  # noqa: S704 - a file of the theme, as its templates are
