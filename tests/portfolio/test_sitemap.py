"""sitemap.xml and robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from planfolio.model.visibility import Visibility
from planfolio.portfolio.sitemap import robots, sitemap

if TYPE_CHECKING:
    from tests.portfolio.conftest import LayOut

BASE = {"site.toml": 'base_url = "https://example.org/plan/"\n'}


def test_the_sitemap_has_each_page_but_404(laid_out: LayOut) -> None:
    """Full addresses in order, percent-encoded."""
    site = laid_out({**BASE, "goals/über.md": "---\ntitle: Über\n---\n"})
    tree = ET.fromstring(site.document("sitemap.xml"))  # noqa: S314 (our own text)
    found = [element.text for element in tree.iter() if element.tag.endswith("loc")]
    assert found[0] == "https://example.org/plan/"
    assert "https://example.org/plan/goals/%C3%BCber/" in found
    assert len(found) == len(site.urls) - 1
    assert not any("404" in str(url) for url in found)


def test_without_a_base_url_there_is_no_sitemap(laid_out: LayOut) -> None:
    """A sitemap needs full addresses; plan.json and robots.txt do not."""
    urls = [document.url for document in laid_out({}).layout.documents]
    assert urls == ["plan.json", "robots.txt"]


def test_addresses_are_escaped() -> None:
    """A base URL with an ampersand stays well-formed XML."""
    text = sitemap(["a/"], base_url="https://example.org/?a&b/").text
    assert "a&amp;b/a/" in text


def test_robots_welcome_only_at_public_sites() -> None:
    """What is for a mentor or for oneself asks not to be indexed."""
    public = robots(base_url="https://example.org/", audience=Visibility.PUBLIC).text
    assert public == "User-agent: *\nAllow: /\nSitemap: https://example.org/sitemap.xml\n"
    assert "Sitemap" not in robots(base_url=None, audience=Visibility.PUBLIC).text
    for audience in (Visibility.MENTOR, Visibility.PRIVATE):
        text = robots(base_url="https://example.org/", audience=audience).text
        assert text == "User-agent: *\nDisallow: /\n"


def test_the_domain_is_told_to_the_public_alone(laid_out: LayOut) -> None:
    """A site for a mentor is served somewhere else."""
    files = {"site.toml": 'cname = "plan.example.org"\n'}
    public = laid_out(files, audience=Visibility.PUBLIC)
    assert public.document("CNAME") == "plan.example.org\n"
    mentor = laid_out(files, audience=Visibility.MENTOR)
    assert "CNAME" not in [document.url for document in mentor.layout.documents]
