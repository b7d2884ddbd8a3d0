"""The default theme's templates over real views: each renders, whatever there is to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build
from planfolio.render import load_theme, render

if TYPE_CHECKING:
    from pathlib import Path

    from tests.portfolio.conftest import LayOut


def test_an_empty_plan_renders(laid_out: LayOut, tmp_path: Path) -> None:
    """Every section has words for nothing."""
    theme = load_theme("default", site_root=tmp_path)
    pages = laid_out({}).layout.pages
    texts = {page.url: render(page, theme=theme).decode() for page in pages}
    assert "content/profile.md" in texts["me/"]
    assert "content/goals/cka.md" in texts["plan/"]


@pytest.mark.parametrize("audience", Visibility)
def test_the_example_renders_for_each_audience(
    example: Path, today: Today, audience: Visibility
) -> None:
    """No template misses a field of its view."""
    made = build(example, today=today, audience=audience)
    assert made.files is not None
    assert made.page_count > 40


def test_records_without_anything_render(laid_out: LayOut, tmp_path: Path) -> None:
    """A title is enough for each kind."""
    theme = load_theme("default", site_root=tmp_path)
    bare = "---\ntitle: Bare\n---\n"
    site = laid_out(
        {
            "profile.md": bare,
            **{f"{folder}/bare.md": bare for folder in ("roles", "goals", "milestones", "reviews")},
            "skills/bare.md": bare,
        }
    )
    for page in site.layout.pages:
        html = render(page, theme=theme).decode()
        # `None` is a level of a scale, and nothing that a page should say elsewhere.
        assert page.template == "skill.html" or "None" not in html
        assert html.count("<h1") == 1
