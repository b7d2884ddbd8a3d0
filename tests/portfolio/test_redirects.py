"""Redirect pages at the old addresses of records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib
import pytest

from planfolio.model.visibility import Visibility
from planfolio.portfolio.redirects import redirects
from planfolio.render import load_theme, render
from planfolio.urls import relative

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from tests.portfolio.conftest import LaidOut, LayOut

BASE = {"site.toml": 'title = "My plan"\nbase_url = "https://example.org/plan/"\n'}
RENAMED = {"goals/cka.md": "---\ntitle: Pass the <CKA>\naliases: [Kubernetes Exam]\n---\n"}
OLD = "goals/kubernetes-exam/"


def targets(site: LaidOut) -> dict[str, str | None]:
    """Return where the redirect pages of a site lead, by their site paths."""
    return {
        page.url: page.view.target.url
        for page in site.layout.pages
        if page.template == "redirect.html"
    }


def html_of(site: LaidOut, url: str, folder: Path) -> Element:
    """Render a page with the default theme and parse it, strictly."""
    page = next(page for page in site.layout.pages if page.url == url)
    text = render(page, theme=load_theme("default", site_root=folder)).decode()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found: Element = parser.parse(text)
    return found


def one(tree: Element, path: str) -> Element:
    """Return the one element at a path."""
    (found,) = tree.findall(path)
    return found


def test_an_alias_has_a_page_that_leads_to_the_record(laid_out: LayOut) -> None:
    """At the address that the record had when the alias was its id."""
    assert targets(laid_out(RENAMED)) == {OLD: "goals/cka/"}


def test_the_page_leads_on_at_once_and_by_a_link(laid_out: LayOut, tmp_path: Path) -> None:
    """Relatively, so that it works wherever the site is; what finds pages is told to forget it."""
    tree = html_of(laid_out({**BASE, **RENAMED}), OLD, tmp_path)
    way = relative("goals/cka/", page=OLD)
    assert way == "../cka/"
    refresh = one(tree, ".//meta[@http-equiv='refresh']")
    assert refresh.get("content") == f"0; url={way}"
    link = one(tree, ".//a")
    assert (link.get("href"), link.text) == (way, "Pass the <CKA>")
    assert one(tree, ".//meta[@name='robots']").get("content") == "noindex"
    canonical = one(tree, ".//link[@rel='canonical']")
    assert canonical.get("href") == "https://example.org/plan/goals/cka/"
    assert len(tree.findall(".//h1")) == 1


def test_without_a_base_url_no_canonical_address_is_made_up(
    laid_out: LayOut, tmp_path: Path
) -> None:
    """The page itself works all the same."""
    tree = html_of(laid_out(RENAMED), OLD, tmp_path)
    assert tree.findall(".//link") == []
    assert one(tree, ".//a").get("href") == "../cka/"


def test_old_addresses_are_not_in_the_sitemap(laid_out: LayOut) -> None:
    """Nobody should find what has moved."""
    text = laid_out({**BASE, **RENAMED}).document("sitemap.xml")
    assert "goals/cka/" in text
    assert "kubernetes-exam" not in text


def test_an_inline_milestone_keeps_its_old_addresses(laid_out: LayOut) -> None:
    """Those by its own aliases, and those from before its goal had another id."""
    site = laid_out(
        {
            "goals/cka.md": (
                "---\ntitle: CKA\naliases: [exam]\nmilestones:\n"
                "  - {title: Book a day, id: book, aliases: [reserve]}\n---\n"
            )
        }
    )
    assert targets(site) == {
        "goals/exam/": "goals/cka/",
        **dict.fromkeys(
            [
                "milestones/reserve/",
                "milestones/cka-reserve/",
                "milestones/exam-book/",
                "milestones/exam-reserve/",
            ],
            "milestones/cka-book/",
        ),
    }


def test_a_real_page_is_never_replaced(laid_out: LayOut) -> None:
    """Not even where the old address of a milestone is the address of another by now."""
    site = laid_out(
        {
            "goals/cka.md": (
                "---\ntitle: CKA\naliases: [exam]\nmilestones:\n  - {title: Book, id: book}\n---\n"
            ),
            "milestones/exam-book.md": "---\ntitle: Book another exam\n---\n",
        }
    )
    assert targets(site) == {"goals/exam/": "goals/cka/"}
    assert site.view("milestones/exam-book/").record.title == "Book another exam"
    assert len(set(site.urls)) == len(site.urls)


def test_of_two_old_addresses_that_are_one_the_first_record_has_it(laid_out: LayOut) -> None:
    """Aliases that differ only in what an address leaves out, in the order of the ids."""
    site = laid_out(
        {
            "goals/b.md": "---\ntitle: B\naliases: [old-goal]\n---\n",
            "goals/a.md": "---\ntitle: A\naliases: [Old goal!]\n---\n",
        }
    )
    assert targets(site) == {"goals/old-goal/": "goals/a/"}


@pytest.mark.parametrize("alias", ["'!!!'", "'..'", "'../../etc'"])
def test_an_alias_stays_in_its_folder(laid_out: LayOut, alias: str) -> None:
    """One without a letter or a digit was never an address, and no other leads out."""
    site = laid_out({"goals/a.md": f"---\ntitle: A\naliases: [{alias}]\n---\n"})
    assert set(targets(site)) <= {"goals/etc/"}


def test_the_profile_has_old_addresses_too(laid_out: LayOut) -> None:
    """Below its section, whose page is its own."""
    site = laid_out({"profile.md": "---\nname: Ada\naliases: [about]\n---\n"})
    assert targets(site) == {"me/about/": "me/"}


def test_what_may_not_be_seen_has_no_old_address(laid_out: LayOut) -> None:
    """The aliases of a private record are as private as it is."""
    private = {
        "goals/cka.md": RENAMED["goals/cka.md"].replace("title:", "visibility: private\ntitle:")
    }
    assert targets(laid_out(private, audience=Visibility.PUBLIC)) == {}
    assert set(targets(laid_out(private))) == {OLD}


def test_paths_that_are_taken_are_asked_for(laid_out: LayOut) -> None:
    """What counts as a real page is what the caller says."""
    plan = laid_out(RENAMED).plan
    assert list(redirects(plan, taken=())) == [OLD]
    assert redirects(plan, taken={OLD}) == {}
