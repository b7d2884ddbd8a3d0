"""The macros of components.html: what each part says, to the eye and to a screen reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import html5lib
import pytest
from markupsafe import Markup

from planfolio.portfolio.components import (
    Backlinks,
    Badge,
    Bar,
    Card,
    Cell,
    Check,
    Dots,
    Empty,
    Fact,
    Linked,
    NavItem,
    Passage,
    Prose,
    Shelf,
    Stat,
    Table,
    Tick,
)
from planfolio.render import render

if TYPE_CHECKING:
    from typing import Any

    from tests.render.conftest import Site

    from planfolio.render import Theme

PARTS: list[tuple[str, Any]] = [
    ("c.linked(view.part)", Linked("Rust", "skills/rust/", "from the goal")),
    ("c.linked(view.part)", Linked("Rust", "https://example.org/", external=True)),
    ("c.row(view.part)", (Linked("Rust", "skills/rust/"), Linked("Go"))),
    ("c.links(view.part)", (Linked("Rust", "skills/rust/"), Linked("Go"))),
    ("c.badge(view.part)", Badge("Late", "bad", "15 days")),
    ("c.badges(view.part)", (Badge("Late", "bad"), None, Badge("mentor", "accent"))),
    ("c.bar(view.part)", Bar("Progress", "41.7 %", "41.7", "49.7", "60", "fair", "expected")),
    ("c.bar(view.part)", Bar("Progress", "unknown", None)),
    ("c.dots(view.part)", Dots("2 of 5", 5, 2, 4, 3)),
    ("c.dots(view.part)", Dots("unrated", 5, None, 3)),
    ("c.dots(view.part)", Dots("80 of 100", 100, 80)),
    ("c.facts(view.part)", (Fact("Role", (Linked("Lead", "roles/lead/"),), "from the plan"),)),
    ("c.card(view.part)", Card(Linked("CKA", "goals/cka/"))),
    (
        "c.cards(view.part)",
        (
            Card(
                Linked("CKA", "goals/cka/"),
                "1 year",
                "Why",
                Badge("Late", "bad"),
                Badge("mentor", "accent"),
                Bar("", "50 %", "50"),
                (Fact("Due", (Linked("x"),)),),
            ),
        ),
    ),
    ("c.entries(view.part)", (Card(Linked("CKA", "goals/cka/")),)),
    ("c.timeline(view.part)", (Card(Linked("CKA"), "1 May", badge=Badge("Done", "done")),)),
    ("c.empty(view.part)", Empty("Nothing yet.", "content/skills.md", "items: {a: 1}\n")),
    ("c.empty(view.part)", Empty("Nothing yet.", "content/skills.md")),
    (
        "c.checks(view.part)",
        (
            Check("S", "Specific", "passed"),
            Check("M", "Measurable", "found", ("No metric.",)),
            Check("T", "Timely", "excepted", ("A direction.",)),
        ),
    ),
    ("c.backlinks(view.part)", Backlinks((("Waits for this", (Linked("a", "goals/a/"),)),))),
    ("c.prose(view.part)", Prose(Markup("<p>Words.</p>"))),
    ("c.steps(view.part)", (NavItem("Assess", "me/", 1, note="Where am I?"),)),
    ("c.header(kicker='Goal', title='CKA', lead='Why', badges=[view.part])", Badge("x", "good")),
    ("c.stats(view.part)", (Stat("Goals", "7", "of 9", Badge("x", "good")), Stat("Skills", "3"))),
    ("c.ticks(view.part)", (Tick("Book", True), Tick("Sit", False), Tick("Rest"))),
    ("c.passage(view.part)", Passage("Wins", "wins", (Linked("It ran."),))),
    ("c.shelf(view.part)", Shelf("Roles", "roles", (Card(Linked("Lead", "roles/lead/")),), "Why")),
    ("c.stat('Goals', '7', 'of 9', view.part)", Badge("x", "good")),
]


@pytest.mark.parametrize(("call", "part"), PARTS, ids=lambda v: v if isinstance(v, str) else "")
def test_strict_html(site: Site, call: str, part: Any) -> None:
    """Every part is HTML that a strict parser accepts, without a style attribute or an id twice."""
    fragment = site.macro(call, part)
    if call.startswith("c.stat("):
        fragment = f"<dl>{fragment}</dl>"
    html = f"<!doctype html><html><head><title>t</title></head><body>{fragment}</body></html>"

    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)

    assert tree.findall(".//*[@style]") == []
    ids = [element.get("id") for element in tree.findall(".//*[@id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("url", ["", "goals/cka/", "404.html"])
def test_strict_page(site: Site, default_theme: Theme, url: str) -> None:
    """A whole page is HTML that a strict parser accepts, with one h1 and one main."""
    page = site.page(url, template="404.html", audience="For a mentor")

    html = render(page, theme=default_theme)

    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    assert len(tree.findall(".//h1")) == len(tree.findall(".//main")) == 1


def test_navigation(site: Site, default_theme: Theme) -> None:
    """The steps are numbered links, and the one where the page is says so."""
    page = site.page("aim/", template="404.html")

    html = render(page, theme=default_theme).decode()

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    links = tree.findall(".//nav[@class='rail']//a")
    assert [link.get("href") for link in links] == ["../me/", "./", "../gaps/", "../plan/"]
    assert [link.get("aria-current") for link in links] == [None, "page", None, None]
    assert tree.find(".//a[@class='skip']").get("href") == "#main"
    assert tree.find(".//time").get("datetime") == "2026-10-01"


def test_audience(site: Site, default_theme: Theme) -> None:
    """Whom a page is for is said on it, and nothing is said to the public."""
    pages = (site.page(template="404.html", audience=a) for a in ("For a mentor", ""))
    mentor, public = (render(p, theme=default_theme).decode() for p in pages)

    assert "For a mentor" in mentor
    assert 'class="audience"' not in public


def test_no_script_and_nothing_from_elsewhere(site: Site, default_theme: Theme) -> None:
    """A page loads what it links to relatively, and no script."""
    html = render(site.page(template="404.html"), theme=default_theme).decode()

    assert "<script" not in html
    assert re.findall(r'(?:src|href)="(?:[a-z]+:|/)', html) == []


def test_outside_link_that_is_not_of_the_web(site: Site) -> None:
    """An outside address of another scheme is shown as words."""
    html = site.macro("c.linked(view.part)", Linked("x", "javascript:alert(1)", external=True))

    assert html == '<span class="words">x</span>'


def test_bar_by_attributes(site: Site) -> None:
    """A bar is drawn by widths in percent and says the same in words."""
    html = site.macro("c.bar(view.part)", Bar("Progress", "41.7 %", "41.7", "49.7", None, "fair"))

    assert '<rect class="scale-value" y="3" width="41.7%" height="8"/>' in html
    assert 'x1="49.7%" x2="49.7%"' in html
    assert '<span class="bar-text">41.7 %</span>' in html


def test_unknown_bar(site: Site) -> None:
    """An unknown share is drawn as unknown, never as nothing or zero."""
    html = site.macro("c.bar(view.part)", Bar("Progress", "unknown", None))

    assert "scale-unknown" in html
    assert "scale-value" not in html


def test_dots(site: Site) -> None:
    """Steps up to the level are reached, up to the plan planned, and the wanted one is marked."""
    html = site.macro("c.dots(view.part)", Dots("2 of 5", 5, 2, 4, 3))

    assert re.findall(r'<i data-step="(\w+)"( data-wanted)?>', html) == [
        ("reached", ""),
        ("reached", ""),
        ("planned", ""),
        ("open", " data-wanted"),
        ("open", ""),
    ]


def test_long_scale(site: Site) -> None:
    """A scale of more steps than one can count at a glance is told in words alone."""
    assert "<i" not in site.macro("c.dots(view.part)", Dots("80 of 100", 100, 80))


def test_table(site: Site) -> None:
    """A row starts with its header, cells carry their column's name, numbers are marked."""
    rows = ((Cell((Linked("Go", "skills/go/"),)), Cell((Linked("4"),), number=True)),)
    table = Table("Gaps", ("Skill", "Required"), rows, (False, True))

    tree = html5lib.parse(site.macro("c.table(view.part)", table), namespaceHTMLElements=False)

    assert tree.findtext(".//caption") == "Gaps"
    assert "".join(tree.find(".//tbody//th[@scope='row']").itertext()).strip() == "Go"
    cell = tree.find(".//td")
    assert (cell.get("data-label"), cell.get("data-number")) == ("Required", "")
    assert [th.get("data-number") for th in tree.findall(".//thead//th")] == [None, ""]


def test_ticks(site: Site) -> None:
    """What is done and what is to do is said in words; what never had a box says neither."""
    html = site.macro("c.ticks(view.part)", (Tick("Book", True), Tick("Sit", False), Tick("Rest")))

    items = html5lib.parseFragment(html, namespaceHTMLElements=False).findall(".//li")
    assert ["".join(i.itertext()).strip() for i in items] == ["done: Book", "to do: Sit", "Rest"]


def test_checks(site: Site) -> None:
    """Each check says its name, how it went in a word, and what was found."""
    found = Check("M", "Measurable", "found", ("No metric.",))
    passed = Check("S", "Specific", "passed")

    html = site.macro("c.checks(view.part)", (passed, found))

    words = " ".join("".join(html5lib.parseFragment(html).itertext()).split())
    assert words == "S Specific Clear M Measurable To look at No metric."


def test_prose_is_not_escaped_again(site: Site) -> None:
    """A rendered body stands in the page as it is."""
    assert "<p>a &amp; b</p>" in site.macro("c.prose(view.part)", Prose(Markup("<p>a &amp; b</p>")))
