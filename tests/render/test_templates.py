"""What templates know beside Jinja's own: links, assets, icons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planfolio.render import ThemeError

if TYPE_CHECKING:
    from tests.render.conftest import Site


@pytest.mark.parametrize(
    ("here", "target", "url"),
    [
        ("", "goals/cka/", "goals/cka/"),
        ("", "", "./"),
        ("goals/cka/", "", "../../"),
        ("goals/cka/", "goals/cka/", "./"),
        ("goals/cka/", "skills/go/#evidence", "../../skills/go/#evidence"),
        ("goals/cka/", "goals/größe/", "../gr%C3%B6%C3%9Fe/"),
        ("goals/cka/", "plan.json", "../../plan.json"),
    ],
)
def test_relative_links(site: Site, here: str, target: str, url: str) -> None:
    """A site path becomes a URL as seen from the page, at every depth."""
    assert site.html("{{ view.part | rel }}", site.page(here, part=target)) == url


@pytest.mark.parametrize(
    ("target", "url"),
    [("", "/plan/"), ("goals/cka/", "/plan/goals/cka/"), ("me/#x", "/plan/me/#x")],
)
def test_links_from_a_root(site: Site, target: str, url: str) -> None:
    """A page that may be shown at any address links from its root."""
    page = site.page("404.html", part=target, root="/plan/")

    assert site.html("{{ view.part | rel }}", page) == url


def test_links_in_a_file_imported_without_context(site: Site) -> None:
    """A macro that makes links and does not know the page says what is missing."""
    site.write("templates/own.html", "{% macro m() %}{{ 'me/' | rel }}{% endmacro %}")

    with pytest.raises(ThemeError, match="import this template 'with context'"):
        site.html("{% import 'own.html' as own %}{{ own.m() }}")


def test_asset(site: Site) -> None:
    """An asset is linked under the name that it is published under."""
    site.write("assets/own.js", "1")

    url = site.html("{{ asset('own.js') }}")

    assert url.startswith("../../assets/own.")
    assert url.removeprefix("../../") in site.theme().static


def test_unknown_asset(site: Site) -> None:
    """An asset that the theme does not have is an error where it is asked for."""
    with pytest.raises(ThemeError, match=r"page.html:2: there is no asset 'own.js'"):
        site.html("\n{{ asset('own.js') }}")


def test_icon(site: Site) -> None:
    """An icon is drawn in the page, hidden from screen readers, without ids or comments."""
    html = site.html("{{ icon('check') }}")

    assert html == (
        '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"'
        ' focusable="false">'
        '<path d="M20 6 9 17l-5-5"/></svg>'
    )


def test_unknown_icon(site: Site) -> None:
    """An icon that the theme does not have is an error that names those it has."""
    with pytest.raises(ThemeError, match=r"there is no icon 'chekc'; there are .*check"):
        site.html("{{ icon('chekc') }}")


def test_broken_icon(site: Site) -> None:
    """A file among the icons that holds no drawing is an error that names it."""
    site.write("vendor/lucide/own.svg", "not drawn")

    with pytest.raises(ThemeError, match=r"^themes/mine/vendor/lucide/own.svg: this is no SVG"):
        site.theme()


@pytest.mark.parametrize(
    ("url", "live"),
    [
        ("https://example.org/", True),
        ("HTTP://example.org/", True),
        ("mailto:a@example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/", False),
        (" javascript:https:", False),
    ],
)
def test_outward(site: Site, url: str, live: bool) -> None:
    """Only the web and mail may be linked to outside the site."""
    html = site.html("{{ 'live' if view.part is outward else 'dead' }}", site.page(part=url))

    assert html == ("live" if live else "dead")


@pytest.mark.parametrize("template", ["{{ [1, 2] | random }}", "{{ lipsum() }}"])
def test_nothing_by_chance(site: Site, template: str) -> None:
    """What differs from run to run does not exist in templates."""
    with pytest.raises(ThemeError):
        site.html(template)
