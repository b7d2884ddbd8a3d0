"""The pages that the preview shows where there is none of the plan."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.spelling import visible_lines

if TYPE_CHECKING:
    from planfolio.serve.builder import Outcome

_PAGE = Path(__file__).with_name("error_page.html").read_text("utf-8")

STYLE = _PAGE.partition("<style>")[2].partition("</style>")[0]
"""The text of the one style element of these pages, which the content policy names by its hash. The
colours are those of the default theme, written out: a theme may be what is broken."""

_ASK_AGAIN = '<noscript><meta http-equiv="refresh" content="3"></noscript>'
"""Where scripts are off a page asks again by itself; else its client knows when to."""


def building() -> bytes:
    """Return the page that waits for the first build; it asks again by itself."""
    return _page(
        "Building the plan",
        "<p>The first build is running. This page reloads when it is done.</p>",
        head='<meta http-equiv="refresh" content="1">',
    )


def unbuilt(outcome: Outcome) -> bytes:
    """Return the page for a plan that could not be built even once; its client lists why."""
    failure = f"<pre>{escape(visible_lines(outcome.failure))}</pre>" if outcome.failure else ""
    return _page(
        "The plan cannot be built yet",
        "<p>Fix what <code>planfolio check</code> lists, and the plan appears.</p>" + failure,
        head=_ASK_AGAIN,
    )


def missing() -> bytes:
    """Return the page for an address that the site does not have, where it has no 404.html."""
    return _page("Page not found", "<p>The plan has no page at this address.</p>")


def crashed(reason: str) -> bytes:
    """Return the page for one that could not be rendered; it asks again like one that waits."""
    return _page(
        "This page could not be rendered",
        "<p>Fix what is named here, and the page appears.</p>\n"
        f"<pre>{escape(visible_lines(reason))}</pre>",
        head=_ASK_AGAIN,
    )


def refused(reason: str) -> bytes:
    """Return the page for a request that is not answered."""
    return _page("Request refused", f"<p>{escape(reason)}</p>")


def _page(title: str, main: str, *, head: str = "") -> bytes:
    parts = {"TITLE": escape(title), "HEAD": head, "MAIN": main}
    return re.sub("TITLE|HEAD|MAIN", lambda part: parts[part[0]], _PAGE).encode()
