"""A site as its paths and the files behind them, each rendered only when it is asked for."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from planfolio.analyse.analysis import Analysis
from planfolio.model.diagnostics import Diagnostic
from planfolio.model.plan import Plan
from planfolio.model.references import AssetLink
from planfolio.model.visibility import Visibility
from planfolio.portfolio.export import PLAN_JSON_URL, plan_json
from planfolio.portfolio.linked_record import ASSETS
from planfolio.portfolio.pages import Page, pages_of
from planfolio.portfolio.portfolio import Portfolio
from planfolio.render.accent import light_colours
from planfolio.render.templates import render_page
from planfolio.render.theme import Theme
from planfolio.render.theme_files import ThemeError, ThemeFault
from planfolio.urls import file_of

CARD = "card.png"
CARD_WORDS = "card.json"
TOUCH_ICON = "apple-touch-icon.png"
"""Phones ask for it by this name."""

_FOLDED_AT = 75
"""Octets of a line of a calendar before it is folded (RFC 5545, 3.1)."""


class RenderedSite(NamedTuple):
    """The files of a site for one audience; any can be rendered alone, in any order and thread.

    `paths` are all of them by site path. `copies` are those that are copied from the plan as they
    are, `plan` is what the audience may see of it.
    """

    plan: Plan
    theme: Theme
    page_count: int
    copies: Mapping[str, Path]
    makers: Mapping[str, Callable[[], bytes]]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all files: what is rendered, what the theme publishes, what is copied."""
        return (*self.makers, *self.theme.static, *self.copies)

    def render(self, path: str) -> bytes:
        """Return a file of the site; KeyError for one that is copied or missing.

        Raises ThemeError with file and line if a template fails.
        """
        static = self.theme.static.get(path)
        return self.makers[path]() if static is None else static

    def render_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return some files of the site by path; ThemeError with the fault of each that failed.

        After a page has failed, no other of its type is rendered: it would fail in the same way.
        """
        rendered: dict[str, bytes] = {}
        failed: set[object] = set()
        faults: dict[ThemeFault, ThemeFault] = {}
        for path in paths:
            if page_type(path) in failed:
                continue
            try:
                rendered[path] = self.render(path)
            except ThemeError as error:
                failed.add(page_type(path))
                for fault in error.faults:
                    faults.setdefault(fault._replace(url=None), fault)
        if faults:
            raise ThemeError(faults=tuple(faults.values()))
        return rendered


def page_type(path: str) -> object:
    """Return the same for pages that most likely have the same template."""
    return path.split("/")[0], path.count("/")


def rendered_site(
    plan: Plan,
    analysis: Analysis,
    findings: Sequence[Diagnostic],
    *,
    audience: Visibility,
    theme: Theme,
    editor: str = "",
) -> RenderedSite:
    """Return the site of a plan that was narrowed for an audience, with the findings about it.

    `editor` is the link that opens a place in the owner's editor.
    """
    words: Any = theme.templates.globals["gettext"]
    portfolio = Portfolio(plan, analysis, findings, audience=audience, editor=editor, words=words)
    pages = pages_of(portfolio)
    makers: dict[str, Callable[[], bytes]] = {
        file_of(url): partial(_page, page, portfolio=portfolio, theme=theme)
        for url, page in pages.items()
    }
    for name in _documents(portfolio):
        document = Page(name, name, pages=tuple(pages.values()))
        makers[name] = partial(_page, document, portfolio=portfolio, theme=theme)
    if portfolio.settings.base_url is not None:
        makers[TOUCH_ICON] = partial(_touch_icon, plan=plan, theme=theme)
        if portfolio.card is None:
            makers[CARD] = partial(_card, portfolio=portfolio, theme=theme)
    makers[PLAN_JSON_URL] = lambda: plan_json(portfolio).encode()
    copies = {f"{ASSETS}{asset}": plan.assets[asset] for asset in _linked_assets(plan)}
    return RenderedSite(
        plan=plan,
        theme=theme,
        page_count=len(pages),
        copies=MappingProxyType(copies),
        makers=MappingProxyType(makers),
    )


def _documents(portfolio: Portfolio) -> list[str]:
    """Return the files beside the pages that templates make."""
    found = ["robots.txt", "search.json"]
    if portfolio.has_feed:
        found += ["sitemap.xml", "atom.xml"]
    if portfolio.has_calendar:
        found.append("plan.ics")
    if portfolio.settings.cname is not None and portfolio.audience is Visibility.PUBLIC:
        found.append("CNAME")
    return found


def _page(page: Page, *, portfolio: Portfolio, theme: Theme) -> bytes:
    text = render_page(theme.templates, page, portfolio=portfolio)
    return _folded(text) if page.url.endswith(".ics") else text.encode()


def _touch_icon(*, plan: Plan, theme: Theme) -> bytes:
    # Pillow is imported only where a picture is made.
    from planfolio.render.card_and_icon import COLOURS, touch_icon

    return touch_icon(colours=light_colours(theme.files, COLOURS), logo=_logo_file(plan))


def _card(*, portfolio: Portfolio, theme: Theme) -> bytes:
    from planfolio.render.card_and_icon import COLOURS, social_card

    text = _page(Page(CARD, CARD_WORDS), portfolio=portfolio, theme=theme)
    colours = light_colours(theme.files, COLOURS)
    try:
        card = json.loads(text)
        fonts = [theme.files[font] for font in card["fonts"]]
        return social_card(
            card["words"], colours=colours, fonts=fonts, logo=_logo_file(portfolio.plan)
        )
    except (KeyError, TypeError, ValueError) as error:
        message = f"no card can be drawn of this: {type(error).__name__}: {error}"
        raise ThemeError(message, path=theme.files[f"templates/{CARD_WORDS}"].shown) from error


def _logo_file(plan: Plan) -> Path | None:
    return plan.assets[plan.logo.path] if plan.logo else None


def _folded(text: str) -> bytes:
    """Return the lines of a calendar with CRLF, folded at characters (RFC 5545, 3.1)."""
    lines: list[str] = []
    for line in text.splitlines():
        rest, room = line, _FOLDED_AT
        while len(rest.encode()) > room:
            end = len(rest.encode()[:room].decode(errors="ignore"))
            lines.append(rest[:end])
            rest, room = " " + rest[end:], _FOLDED_AT
        lines.append(rest)
    return "".join(f"{line}\r\n" for line in lines if line).encode()


def _linked_assets(plan: Plan) -> list[str]:
    """Return the files that texts lead to, and logo and card, by their path in the content."""
    of_records = (link for record in plan.records.values() for link in record.links)
    of_lists = (link for intro in plan.intros.values() for link in intro.links)
    links = (*of_records, *of_lists, plan.logo, plan.card)
    return sorted({link.path for link in links if isinstance(link, AssetLink)})
