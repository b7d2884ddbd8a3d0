"""The page that is shown where there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planfolio.portfolio.frame import frame, root_of
from planfolio.portfolio.page import Page

if TYPE_CHECKING:
    from planfolio.portfolio.components import Frame
    from planfolio.portfolio.scope import Scope

URL = "404.html"


@dataclass(frozen=True, slots=True)
class MissingView:
    """Nothing but the frame, whose links start at the site's root: any address may show it."""

    frame: Frame


def missing_page(scope: Scope) -> Page:
    """Return 404.html."""
    around = frame(scope, url=URL, title="Not found")
    return Page(URL, URL, MissingView(replace(around, canonical="", root=root_of(scope))))
