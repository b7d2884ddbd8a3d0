"""What makes long pages readable: lists that fold, a list of the parts, and a link to each part."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from planfolio.model.values.dates import PlanDate

MOST_OPEN = 50
"""How many rows of a list are open at once."""

_PART = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_HEADING = re.compile(r'<h([2-6]) id="(?P<id>[^"]+)">.*?</h\1>', re.DOTALL)


class Fold(NamedTuple):
    """Rows of a list that are opened and closed together.

    `name` is what they share, a year or a group, empty for those without one, and None where the
    list is not folded. `is_rest` tells that others under the same name are open before it.
    """

    name: str | None
    rows: Sequence[Any]
    is_open: bool = True
    is_rest: bool = False


def folds(rows: Iterable[Any], by: str = "", *, newest_first: bool = False) -> tuple[Fold, ...]:
    """Return the rows of a list in parts that are open or closed.

    Up to 50 rows are one open part. More are grouped by an attribute, dates by their year: the
    first groups are open, up to 50 rows in all. Of a first group that is longer, 50 rows are.
    """
    rows = tuple(rows)
    if len(rows) <= MOST_OPEN:
        return (Fold(None, rows),) if rows else ()
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(_name(row, by), []).append(row)
    names = [name for name in groups if name]
    if names and all(name.isdigit() for name in names):
        names.sort(key=int, reverse=newest_first)
    if "" in groups:
        names.append("")
    found: list[Fold] = []
    left = MOST_OPEN
    for name in names:
        group = groups[name]
        if found and len(group) > left:
            found.append(Fold(name, group, is_open=False))
            left = 0
            continue
        found.append(Fold(name, group[:left]))
        if group[left:]:
            found.append(Fold(name, group[left:], is_open=False, is_rest=True))
        left = max(left - len(group), 0)
    return tuple(found)


def _name(row: Any, by: str) -> str:
    value = row
    for attribute in by.split(".") if by else ():
        value = getattr(value, attribute, None)
    if not by or value is None:
        return ""
    if isinstance(value, PlanDate):
        return str(value.last.year)
    return str(value.year) if isinstance(value, date) else str(value)


class PagePart(NamedTuple):
    """A part of a page: the `id` of its heading, and its words without markup."""

    id: str
    title: str


def page_parts(html: Markup) -> tuple[PagePart, ...]:
    """Return the parts of a page, in order: what is under each heading of the second level."""
    found: list[tuple[str, str]] = _PART.findall(html)
    return tuple(PagePart(id_, _without_markup(words)) for id_, words in found)


def _without_markup(words: str) -> str:
    # Most headings have none, and striptags takes its time.
    return Markup(words).striptags() if "<" in words or "&" in words else words  # noqa: S704


def with_permalinks(html: Markup) -> Markup:
    """Return HTML with a link beside each heading that leads to it and has its name."""
    return Markup(_HEADING.sub(_with_permalink, str(html)))  # noqa: S704 - what is put around them is not text


def _with_permalink(heading: re.Match[str]) -> str:
    link = f'<a class="permalink" href="#{heading["id"]}" aria-labelledby="{heading["id"]}"></a>'
    return f'<div class="heading">{heading[0]}{link}</div>'
