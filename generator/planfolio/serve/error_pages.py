"""The pages that the preview shows where there is none of the plan."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from planfolio.spelling import visible_lines

if TYPE_CHECKING:
    from planfolio.serve.builder import Outcome

STYLE = """
:root {
  color-scheme: light dark;
  --well: light-dark(#f2f3ef, #1a1e22);
  --ink-soft: light-dark(#434a52, #bcc2c7);
  font: 1rem/1.6 system-ui, sans-serif;
  color: light-dark(#15191e, #eceeee);
  background: light-dark(#fdfdfb, #111417);
}
body { max-width: 42rem; margin: 12vh auto 5rem; padding: 0 1.25rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; font-weight: 600; line-height: 1.25; }
p { margin: 0 0 1.5rem; color: var(--ink-soft); text-wrap: pretty; }
pre, code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .875rem; }
pre { margin: 0 0 1.5rem; padding: .75rem 1rem; background: var(--well); white-space: pre-wrap; }
code { padding: .0625rem .25rem; background: var(--well); }
"""
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
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n'
        f"<style>{STYLE}</style>\n{head}\n</head>\n"
        f'<body>\n<main id="main">\n<h1>{escape(title)}</h1>\n{main}\n</main>\n</body>\n</html>\n'
    ).encode()
