"""Pages on paper, printed by a real browser."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.serving import served

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = ("", "print/", "goals/line-8-delay-study/", "roles/timetable-planner/", "plan/")


def sheets(page: Page, paper: str) -> int:
    """Return on how many sheets of A4 or Letter a page is printed."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_sheet_holds_the_footer_alone(browser: Browser, owner_site: Path, paper: str) -> None:
    """Without its footer a page has as many sheets, and the packet has three at most."""
    with served(owner_site) as base, closing(browser.new_page()) as page:
        for path in PAGES:
            page.goto(base + path)
            whole = sheets(page, paper)
            page.add_style_tag(content=".colophon { display: none !important }")
            assert whole == sheets(page, paper), path
            assert path != "print/" or whole <= 3


def test_paper_shows_facts_first_and_cuts_nothing(browser: Browser, owner_site: Path) -> None:
    """The facts of a record stand above its text, code is wrapped, and ways onward and what
    is for the owner to fix are left out."""
    with served(owner_site) as base, closing(browser.new_page()) as page:
        page.set_viewport_size({"width": 660, "height": 1000})
        page.emulate_media(media="print")
        page.goto(base + "goals/line-8-delay-study/")
        top = "element => element.getBoundingClientRect().top"
        facts, text = page.locator(".columns > aside"), page.locator(".columns > div").first
        assert facts.evaluate(top) < text.evaluate(top)
        for code in page.locator("pre").all():
            assert code.evaluate("element => element.scrollWidth <= element.clientWidth")
        for way in (".rail", ".skip", ".crumbs", ".colophon a", ".findings", ".edit"):
            assert not page.locator(way).first.is_visible()
