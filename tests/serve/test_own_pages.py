"""Tests of the pages that the preview has of its own."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from tests.serve.live import finding, outcome

from planfolio.serve import own_pages
from planfolio.serve.guards import Refusal

FAILED = outcome(files=None, ok=False, diagnostics=tuple(finding(f"no {n}") for n in range(60)))

PAGES = {
    "building": own_pages.building(),
    "unbuilt": own_pages.unbuilt(FAILED),
    "missing": own_pages.missing(),
    "crashed": own_pages.crashed("<b>why</b>"),
    "refused": own_pages.refused(Refusal(403, "<b>why</b>")),
}


class Seen(HTMLParser):
    """Notes the elements of a page, and the text of its style."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.style = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note the style."""
        if self.elements and self.elements[-1] == "style" and not self.style:
            self.style = data


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_of_our_own_is_whole_and_keeps_to_its_policy(page: bytes) -> None:
    """One style, the one that the policy names; no script, no inline style, nothing to load."""
    seen = Seen()
    seen.feed(page.decode())
    assert seen.style == own_pages.STYLE
    assert seen.elements.count("h1") == seen.elements.count("title") == 1
    assert "script" not in seen.elements
    assert "style" not in seen.attributes
    assert "b" not in seen.elements
    assert page.startswith(b"<!doctype html>")


def test_a_failure_is_spelt_where_it_would_turn_the_writing_round() -> None:
    """In the page of a plan that was never built, and in that of a page that could not be made."""
    failed = outcome(files=None, ok=False, failure="no \u202egpj\nfile")
    for page in (own_pages.unbuilt(failed), own_pages.crashed("no \u202egpj\nfile")):
        assert "<pre>no \\u202egpj\nfile</pre>" in page.decode()


def test_the_first_findings_are_listed_and_the_rest_counted() -> None:
    """Fifty, and where to read the others."""
    text = PAGES["unbuilt"].decode()
    assert len(re.findall("<li>", text)) == 50
    assert "10 more" in text
    assert "planfolio check" in text


def test_a_finding_is_text_in_which_code_is_code() -> None:
    """What stands between backticks is set as code, and nothing of a plan becomes markup."""
    found = finding("`<b>` is no date, nor ` alone", hint="write `2026-02-28`")
    text = own_pages.unbuilt(outcome(files=None, ok=False, diagnostics=(found,))).decode()
    assert "<code>&lt;b&gt;</code> is no date, nor ` alone" in text
    assert "write <code>2026-02-28</code>" in text


def test_a_page_that_waits_asks_again_only_where_no_client_does() -> None:
    """Without an outcome there is no client yet; with one it is for those without scripts."""
    assert b"<noscript>" not in PAGES["building"]
    assert b'http-equiv="refresh"' in PAGES["building"]
    assert re.search(rb'<noscript><meta http-equiv="refresh"[^>]*></noscript>', PAGES["unbuilt"])
