"""Pages become bytes: escaped, the same each time, with a fingerprint that tells when to do it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import html5lib
import pytest

from planfolio.portfolio.page import Document
from planfolio.render import ThemeError, fingerprint, render

if TYPE_CHECKING:
    from tests.render.conftest import Site

    from planfolio.render import Theme


def test_a_document_is_its_text(default_theme: Theme) -> None:
    """It needs no template."""
    assert render(Document("plan.json", "{}"), theme=default_theme) == b"{}"


def test_same_bytes(site: Site) -> None:
    """A theme that is loaded twice gives the same bytes twice."""
    first, second = (
        render(site.page("404.html", template="404.html"), theme=t)
        for t in (site.theme("default"), site.theme("default"))
    )

    assert first == second
    assert first.startswith(b"<!doctype html>\n<html")


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "{{ 7*7 }}", '"><img src=x>', "a & b"]
)
def test_content_is_never_code(site: Site, default_theme: Theme, title: str) -> None:
    """A title is text wherever it stands, whether it looks like HTML or like a template."""
    page = site.page("404.html", template="404.html", title=title)

    html = render(page, theme=default_theme).decode()

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert tree.findtext("head/title") == f"{title} · Noor's plan"
    assert tree.find("head/meta[@property='og:title']").get("content") == title
    crumbs = tree.findall(".//nav[@class='crumbs']//li")
    assert "".join(crumbs[-1].itertext()) == title
    assert tree.findall(".//script") == tree.findall(".//img") == []


def test_undefined_name(site: Site) -> None:
    """A name that is not there is an error with the file and line of the template that uses it."""
    with pytest.raises(ThemeError) as caught:
        site.html("one\n{{ view.frame.title }}\n{{ veiw.title }}\n")

    assert str(caught.value) == (
        "themes/mine/templates/page.html:3: 'veiw' is undefined (rendering goals/cka/index.html)"
    )


def test_undefined_attribute_in_a_macro(site: Site) -> None:
    """The place is that of the innermost template, here of a file that the page imports."""
    site.write("templates/own.html", "{% macro m(it) %}\n\n{{ it.nope }}{% endmacro %}")

    with pytest.raises(ThemeError) as caught:
        site.html("{% import 'own.html' as own %}\n{{ own.m(view) }}")

    assert (caught.value.path, caught.value.line) == ("themes/mine/templates/own.html", 3)
    assert "has no attribute 'nope'" in caught.value.message


def test_syntax_error(site: Site) -> None:
    """A template that cannot be read is an error at its line, in whichever file it is."""
    site.write("templates/own.html", "fine\n{% if %}\n")

    with pytest.raises(ThemeError) as caught:
        site.html("{% include 'own.html' %}")

    assert (caught.value.path, caught.value.line) == ("themes/mine/templates/own.html", 2)


def test_unknown_filter(site: Site) -> None:
    """A filter that does not exist is an error at its line."""
    with pytest.raises(
        ThemeError, match=r"^themes/mine/templates/page.html:2: No filter named 'no"
    ):
        site.html("\n{{ 'a' | nofilter }}")


def test_missing_include(site: Site) -> None:
    """A template that asks for one that is not there is told at the line where it asks."""
    with pytest.raises(ThemeError) as caught:
        site.html("\n\n{% include 'gone.html' %}")

    assert str(caught.value) == (
        "themes/mine/templates/page.html:3: there is no template 'gone.html' in the theme 'mine'"
    )


def test_missing_template(site: Site, default_theme: Theme) -> None:
    """A page whose template is not there says which one."""
    with pytest.raises(ThemeError) as caught:
        render(site.page(template="gone.html"), theme=default_theme)

    assert str(caught.value) == "there is no template 'gone.html' in the theme 'default'"


def test_error_of_python(site: Site) -> None:
    """What fails in Python because of a template is the template's error too."""
    with pytest.raises(ThemeError) as caught:
        site.html("{{ 1 + view.frame.title }}")

    assert str(caught.value).startswith("themes/mine/templates/page.html:1: TypeError: ")


def test_no_disguise_of_our_own_faults(site: Site, default_theme: Theme) -> None:
    """A failure outside any template is no fault of the theme."""
    with pytest.raises(AttributeError):
        render(replace(site.page(), template=None), theme=default_theme)  # type: ignore[arg-type]


def test_fingerprint_holds(site: Site) -> None:
    """Equal pages have one fingerprint, also under a theme that is loaded again."""
    first = fingerprint(site.page(part=("a", 1)), theme=site.theme("default"))
    second = fingerprint(site.page(part=("a", 1)), theme=site.theme("default"))

    assert first == second


def test_fingerprint_moves_with_the_page(site: Site, default_theme: Theme) -> None:
    """Another view, another template, another URL: another fingerprint each."""
    page = site.page(part="a")
    others = [site.page(part="b"), replace(page, template="404.html"), replace(page, url="x/")]

    prints = {fingerprint(p, theme=default_theme) for p in [page, *others]}

    assert len(prints) == 4


@pytest.mark.parametrize(
    "path", ["templates/own.html", "styles/own.css", "assets/own.txt", "vendor/own/own.js"]
)
def test_fingerprint_moves_with_the_theme(site: Site, path: str) -> None:
    """A change in any file of the theme changes it."""
    page = site.page()
    file = site.write(path, "a")
    before = fingerprint(page, theme=site.theme())
    file.write_text("b", encoding="utf-8")

    assert fingerprint(page, theme=site.theme()) != before


def test_fingerprint_ignores_leftovers(site: Site) -> None:
    """An editor's backup is no part of the theme."""
    page = site.page()
    site.write("templates/page.html", "a")
    before = fingerprint(page, theme=site.theme())
    site.write("templates/page.html~", "b")
    site.write("templates/.page.html.swp", "c")

    assert fingerprint(page, theme=site.theme()) == before
