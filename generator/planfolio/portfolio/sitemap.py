"""Files for machines that serve or find the site: sitemap.xml, robots.txt, CNAME."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from planfolio.model.visibility import Visibility
from planfolio.portfolio.page import Document
from planfolio.urls import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable

URL = "sitemap.xml"
CNAME = "CNAME"


def sitemap(urls: Iterable[str], *, base_url: str) -> Document:
    """Return the sitemap of pages (site paths), in the order of their addresses."""
    lines = (
        f"  <url><loc>{escape(absolute(url, base=base_url))}</loc></url>\n" for url in sorted(urls)
    )
    return Document(
        URL,
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{''.join(lines)}</urlset>\n",
    )


def robots(*, base_url: str | None, audience: Visibility) -> Document:
    """Return robots.txt: a site for mentors or for its owner asks not to be indexed."""
    if audience is not Visibility.PUBLIC:
        return Document("robots.txt", "User-agent: *\nDisallow: /\n")
    where = f"Sitemap: {absolute(URL, base=base_url)}\n" if base_url else ""
    return Document("robots.txt", f"User-agent: *\nAllow: /\n{where}")


def cname(host: str) -> Document:
    """Return the file by which a branch of GitHub Pages says under which domain it is served."""
    return Document(CNAME, f"{host}\n")
