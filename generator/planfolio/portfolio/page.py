"""A page, before it is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A URL (site path), a template's file name, and a view: all that the page depends on.

    The view is frozen plain data. Templates see it as `view`, and `view.frame` is a `Frame`.
    """

    url: str
    template: str
    view: Any


@dataclass(frozen=True, slots=True)
class Document:
    """A file that needs no template: `plan.json`, `sitemap.xml`, `robots.txt`."""

    url: str
    text: str
