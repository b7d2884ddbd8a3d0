"""The headings of what a template has made: what a page contains, and a link to each part."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

_HEADING = re.compile(r'<h([2-6]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_PERMALINK = r'<a class="permalink" href="#\2" aria-labelledby="\2"></a>'
_LINKED = rf'<div class="heading">\g<0>{_PERMALINK}</div>'


@dataclass(frozen=True, slots=True)
class PagePart:
    """A part of a page: the `id` of its heading, and its words without markup."""

    id: str
    title: str


def page_parts(html: Markup) -> tuple[PagePart, ...]:
    """Return the parts of a page, in order: what stands under a heading of the second level."""
    found = (match for match in _HEADING.finditer(str(html)) if match[1] == "2")
    return tuple(PagePart(match[2], Markup(match[3]).striptags()) for match in found)  # noqa: S704


def with_permalinks(html: Markup) -> Markup:
    """Return HTML with a link beside each heading that leads to it and has its name."""
    return Markup(_HEADING.sub(_LINKED, str(html)))  # noqa: S704 - what is put around them is not text
