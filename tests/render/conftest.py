"""A small site with a theme of its own, and pages with nothing but a frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from planfolio.portfolio.components import Frame, Linked, NavItem
from planfolio.portfolio.page import Page
from planfolio.render import Theme, load_theme, render

if TYPE_CHECKING:
    from pathlib import Path

STEPS = (("Assess", "me/"), ("Aim", "aim/"), ("Gaps", "gaps/"), ("Plan", "plan/"))


@dataclass(frozen=True)
class View:
    """A view of whatever a test needs, in a frame."""

    frame: Frame
    part: Any = None
    parts: tuple[Any, ...] = field(default=())


class Site:
    """A folder with site.toml's themes in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str, *, theme: str = "mine") -> Path:
        """Write a file of a theme of this site."""
        file = self.root / "themes" / theme / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def theme(self, name: str = "mine") -> Theme:
        """Load a theme of this site."""
        return load_theme(name, site_root=self.root)

    def html(self, template: str, wanted: Page | None = None) -> str:
        """Render a page by a template that is given as text."""
        self.write("templates/page.html", template)
        return render(wanted or self.page(), theme=self.theme()).decode()

    def macro(self, call: str, part: Any) -> str:
        """Render a call of a macro of components.html, `c`, on `view.part`."""
        imported = "{% import 'components.html' as c with context %}"
        return self.html(f"{imported}{{{{ {call} }}}}", self.page(part=part))

    @staticmethod
    def page(
        url: str = "goals/cka/",
        *,
        template: str = "page.html",
        part: Any = None,
        parts: tuple[Any, ...] = (),
        title: str = "Pass the CKA exam",
        audience: str = "",
        root: str = "",
    ) -> Page:
        """Return a page in a frame that has all that a frame can have."""
        home = NavItem("Home", "", current=url == "")
        steps = (NavItem(name, to, n, url == to, "?") for n, (name, to) in enumerate(STEPS, 1))
        frame = Frame(
            site_title="Noor's plan",
            title=title,
            description="Where I go.",
            language="en",
            direction="ltr",
            navigation=(home, *steps),
            crumbs=(Linked("Home", ""), Linked(title, url)),
            as_of="1 October 2026",
            as_of_iso="2026-10-01",
            audience=audience,
            root=root,
        )
        return Page(url, template, View(frame, part, parts))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site without a theme of its own yet."""
    return Site(tmp_path)


@pytest.fixture
def default_theme(tmp_path: Path) -> Theme:
    """The default theme."""
    return load_theme("default", site_root=tmp_path)
