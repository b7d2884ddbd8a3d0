"""What the head of every page says, as the default theme writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib
import pytest

from planfolio.model.visibility import Visibility
from planfolio.render import load_theme, render

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from tests.portfolio.conftest import LaidOut, LayOut

BASED = {
    "site.toml": 'title = "My plan"\nbase_url = "https://example.org/my/plan/"\n',
    "goals/cka.md": "---\ntitle: 'Pass the \"CKA\"'\ndue: 2026-09\n---\n\nA `<b>` & *more*.\n",
}
UNBASED = {**BASED, "site.toml": 'title = "My plan"\n'}


def head(site: LaidOut, url: str, folder: Path) -> Element:
    """Return the parsed head of a page."""
    page = next(page for page in site.layout.pages if page.url == url)
    text = render(page, theme=load_theme("default", site_root=folder)).decode()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found = parser.parse(text).find("head")
    assert found is not None
    element: Element = found
    return element


def said(head: Element) -> dict[str, str]:
    """Return the metadata of a head by name or property, of which none stands twice."""
    pairs = [
        (tag.get("property") or tag.get("name") or "", tag.get("content") or "")
        for tag in head.iter("meta")
        if tag.get("property") or tag.get("name")
    ]
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def links(head: Element) -> dict[str, str]:
    """Return the links of a head by type, or by relation where they have no type."""
    return {
        tag.get("type") or tag.get("rel") or "": tag.get("href") or "" for tag in head.iter("link")
    }


def test_a_page_describes_itself_to_those_who_share_it(laid_out: LayOut, tmp_path: Path) -> None:
    """By Open Graph, with its full address and the words of its text, escaped."""
    meta = said(head(laid_out(BASED), "goals/cka/", tmp_path))
    assert meta["description"] == "A <b> & more."
    assert {name: text for name, text in meta.items() if name.startswith("og:")} == {
        "og:url": "https://example.org/my/plan/goals/cka/",
        "og:type": "website",
        "og:site_name": "My plan",
        "og:title": 'Pass the "CKA"',
        "og:description": "A <b> & more.",
    }


def test_canonical_feed_and_calendar_are_named(laid_out: LayOut, tmp_path: Path) -> None:
    """The canonical address is full, the others lead from the page."""
    found = links(head(laid_out(BASED), "goals/cka/", tmp_path))
    assert found["canonical"] == "https://example.org/my/plan/goals/cka/"
    assert found["application/atom+xml"] == "../../atom.xml"
    assert found["text/calendar"] == "../../plan.ics"


def test_without_a_base_url_only_what_needs_none_is_named(laid_out: LayOut, tmp_path: Path) -> None:
    """No canonical address, no feed; the calendar works without."""
    tree = head(laid_out(UNBASED), "goals/cka/", tmp_path)
    assert "og:url" not in said(tree)
    assert not {"canonical", "application/atom+xml"} & set(links(tree))
    assert links(tree)["text/calendar"] == "../../plan.ics"


def test_a_plan_without_days_names_no_calendar(laid_out: LayOut, tmp_path: Path) -> None:
    """A link to a calendar that is not there would be a broken one."""
    site = laid_out({"skills/python.md": "---\ntitle: Python\n---\n"})
    assert "text/calendar" not in links(head(site, "", tmp_path))


def test_the_page_for_missing_ones_starts_at_the_base_path(
    laid_out: LayOut, tmp_path: Path
) -> None:
    """It is shown at any address, so its links are not relative and it has no address itself."""
    tree = head(laid_out(BASED), "404.html", tmp_path)
    assert links(tree)["application/atom+xml"] == "/my/plan/atom.xml"
    assert links(tree)["text/calendar"] == "/my/plan/plan.ics"
    assert "canonical" not in links(tree)
    assert "og:url" not in said(tree)


@pytest.mark.parametrize("audience", [Visibility.MENTOR, Visibility.PRIVATE])
def test_a_narrower_site_asks_not_to_be_indexed(
    laid_out: LayOut, tmp_path: Path, audience: Visibility
) -> None:
    """On each page, since nobody reads a robots.txt that is not at the root of its host."""
    narrow = laid_out(BASED, audience=audience)
    assert said(head(narrow, "goals/cka/", tmp_path))["robots"] == "noindex"
    public = laid_out(BASED, audience=Visibility.PUBLIC)
    assert "robots" not in said(head(public, "goals/cka/", tmp_path))


def test_a_long_text_is_described_by_its_beginning(laid_out: LayOut, tmp_path: Path) -> None:
    """As much as search engines show, on one line."""
    files = {**BASED, "goals/cka.md": f"---\ntitle: A\n---\n\n{'many words ' * 40}\n\nEnd.\n"}
    text = said(head(laid_out(files), "goals/cka/", tmp_path))["description"]
    assert text.endswith(" …")
    assert 140 < len(text) <= 162
