"""A page, before it is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A URL (site path), a template's file name, and a view: frozen data that is all the page depends on.

    Templates see the view as `view`, and `view.frame` is a `Frame`.
    """

    url: str
    template: str
    view: Any


@dataclass(frozen=True, slots=True)
class Document:
    """A file that needs no template: `plan.json`, `sitemap.xml`, `robots.txt`."""

    url: str
    text: str
