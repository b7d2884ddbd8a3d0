"""A site that was built for one address and is served at others."""

from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Visit
from tests.serving import built_site

from planfolio.pipeline import Today

pytestmark = pytest.mark.browser

BASE_URL = "https://example.org/Some-Repo/"

WALK = """
    html => {
        const page = new DOMParser().parseFromString(html, 'text/html');
        const own = 'link[rel=canonical], meta[property="og:url"]';
        const leads = [...page.querySelectorAll('[href], [src]')]
            .filter(node => !node.matches(own))
            .map(node => node.getAttribute('href') ?? node.getAttribute('src'));
        const refresh = page.querySelector('meta[http-equiv=refresh]');
        if (refresh) leads.push(refresh.content.replace(/^0; url=/, ''));
        return {
            leads,
            own: [...page.querySelectorAll(own)].map(node => node.href ?? node.content),
        };
    }
"""
"""Parses a page as Chromium does, without opening it: what it leads to, and what it says it is."""


@pytest.fixture(scope="module")
def based_site(example: Path, today: Today, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example plan, built for the address of a project's pages."""
    output = tmp_path_factory.mktemp("based") / "site"
    return built_site(example, output, today=today, base_url=BASE_URL)


def walked(page: Page, site: Path, address: str) -> set[str]:
    """Ask for all that the pages of a site lead to, at an address; return the paths found there.

    Each page says that it is the one at `BASE_URL`, and nothing else on it is a full address.
    """
    prefix = urlsplit(address).path
    asked: set[str] = set()
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        if path == "404.html":
            continue
        answer = page.request.get(address + path)
        assert answer.ok, path
        found = page.evaluate(WALK, answer.text())
        assert found["own"], path
        for url in found["own"]:
            own = unquote(url.removeprefix(BASE_URL))
            assert url.startswith(BASE_URL), path
            assert own == path or 'http-equiv="refresh"' in answer.text()
        assert len(found["leads"]) > 0
        for lead in found["leads"]:
            if urlsplit(lead).scheme in ("http", "https", "mailto"):
                assert "example.org/Some-Repo" not in lead, f"{path} leads to {lead}"
                continue
            assert not lead.startswith("/"), f"{path} leads to {lead}"
            asked.add(urldefrag(urljoin(answer.url, lead)).url)
    for url in sorted(asked):
        assert url.startswith(address), f"{url} is outside the site"
        assert page.request.get(url).ok, f"{url} is broken"
    return {unquote(urlsplit(url).path).removeprefix(prefix) for url in asked}


@pytest.mark.parametrize("prefix", ["/", "/Some-Repo/", "/moved/to/anywhere/"])
def test_a_site_works_wherever_it_is_moved(visit: Visit, based_site: Path, prefix: str) -> None:
    """Each href and src of each page leads to something below the prefix; the feed, the calendar
    and the pages at old addresses are among what is there."""
    page = visit(based_site, prefix=prefix)
    paths = walked(page, based_site, page.url)
    assert {"atom.xml", "plan.ics", "goals/gtfs-corrections/"} <= paths
    assert len(paths) > 60


def test_an_old_address_leads_on_after_a_move(visit: Visit, based_site: Path) -> None:
    """Opened in a browser, the page at an alias is left at once for the record's own."""
    page = visit(based_site, prefix="/moved/")
    page.goto("goals/feed-fixes/", wait_until="commit")
    page.wait_for_url("**/moved/goals/gtfs-corrections/")
    assert page.locator("h1").count() == 1


def test_what_needs_full_addresses_has_them(visit: Visit, based_site: Path) -> None:
    """Feed and sitemap name pages at the base URL alone, and each page that they name is there."""
    page = visit(based_site, prefix="/moved/")
    for name, path in (("atom.xml", "feed > entry > link"), ("sitemap.xml", "url > loc")):
        answer = page.request.get(name)
        urls = page.evaluate(
            """([xml, path]) => {
                const tree = new DOMParser().parseFromString(xml, 'application/xml');
                if (tree.querySelector('parsererror')) return [];
                return [...tree.querySelectorAll(path)]
                    .map(node => node.getAttribute('href') ?? node.textContent);
            }""",
            [answer.text(), path],
        )
        assert len(urls) > 5, name
        for url in urls:
            assert url.startswith(BASE_URL), name
            assert page.request.get(url.removeprefix(BASE_URL)).ok, url


def test_the_page_for_missing_ones_belongs_to_the_base_url(visit: Visit, based_site: Path) -> None:
    """It may be shown at any depth below the base path, and its links work there."""
    page = visit(based_site, "no/such/page/", prefix="/Some-Repo/")
    address = page.url.removesuffix("no/such/page/")
    leads = page.eval_on_selector_all(
        "[href], [src]", "nodes => nodes.map(node => node.href || node.src)"
    )
    inside = {urldefrag(lead).url for lead in leads if not lead.startswith("https:")}
    assert len(inside) > 5
    for url in sorted(inside):
        if not url.startswith(f"{address}no/"):  # the link that skips the navigation
            assert url.startswith(address)
            assert page.request.get(url).ok, url
