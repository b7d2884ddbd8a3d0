"""A theme is found by name or path, and what it lacks comes from the default theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planfolio.render import ThemeError, load_theme, render

if TYPE_CHECKING:
    from tests.render.conftest import Site

    from planfolio.render import Theme


def rendered(site: Site, theme: Theme) -> str:
    """Render 404.html, which every theme has."""
    return render(site.page("404.html", template="404.html"), theme=theme).decode()


def test_default(site: Site, default_theme: Theme) -> None:
    """Without a theme of its own a site has the bundled one."""
    html = rendered(site, default_theme)

    assert "This page is not here" in html
    assert "As of <time" in html


def test_partial_theme(site: Site) -> None:
    """A theme with one template takes all others from the default theme."""
    site.write("templates/404.html", "{% extends 'base.html' %}{% block main %}Lost.{% endblock %}")

    html = rendered(site, site.theme())

    assert "Lost." in html
    assert "As of <time" in html


def test_override_of_the_default(site: Site) -> None:
    """A site's own folder `themes/default` stands before the bundled theme of that name."""
    site.write("templates/404.html", "Lost.", theme="default")

    assert rendered(site, site.theme("default")) == "Lost."


def test_extension_of_what_is_overridden(site: Site) -> None:
    """A template can extend the default theme's template of the same name."""
    site.write(
        "templates/404.html",
        "{% extends 'default/404.html' %}{% block main %}{{ super() }}Lost.{% endblock %}",
    )

    html = rendered(site, site.theme())

    assert html.index("This page is not here") < html.index("Lost.")


def test_override_of_a_style(site: Site) -> None:
    """A theme may replace one imported stylesheet, and keeps the others."""
    site.write("styles/tokens.css", ":root { --ink: rebeccapurple; }")

    style = next(data for url, data in site.theme().static.items() if url.endswith(".css"))

    assert b"rebeccapurple" in style
    assert b"light-dark(" not in style
    assert b".masthead" in style


def test_path(site: Site) -> None:
    """A path starts at the folder of site.toml."""
    site.write("templates/404.html", "By path.")

    assert rendered(site, load_theme("./themes/mine", site_root=site.root)) == "By path."
    assert rendered(site, load_theme("themes/mine", site_root=site.root)) == "By path."


def test_unknown_name(site: Site) -> None:
    """A name that does not exist is an error that lists those that do."""
    site.write("templates/404.html", "x")

    with pytest.raises(ThemeError, match=r"^there is no theme 'mien'; there is default, mine, or"):
        load_theme("mien", site_root=site.root)


@pytest.mark.parametrize("name", ["", ".", "./gone", "../..", "/"])
def test_path_without_a_theme(site: Site, name: str) -> None:
    """A path where no folder of a theme is, is an error."""
    with pytest.raises(ThemeError, match=r"^there is no theme "):
        load_theme(name, site_root=site.root)


def test_not_text(site: Site) -> None:
    """A template in another encoding is an error with its file and line."""
    site.write("templates/404.html", "").write_bytes(b"one\ncaf\xe9\n")

    with pytest.raises(ThemeError) as caught:
        rendered(site, site.theme())

    assert str(caught.value) == ("themes/mine/templates/404.html:2: this is not UTF-8 (byte 0xe9)")
