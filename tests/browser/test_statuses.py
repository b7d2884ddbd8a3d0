"""Statuses that are told apart on paper and in the reader's own colours."""

from pathlib import Path
from typing import Literal

import pytest
from tests.browser.conftest import Visit

from planfolio.analyse.status import Status

pytestmark = pytest.mark.browser

GLYPHS = """
    [...document.querySelectorAll('.terms .badge[data-status]')].map(badge => {
        const drawn = getComputedStyle(badge, '::before');
        return [drawn.maskImage, drawn.backgroundColor, drawn.printColorAdjust];
    })
"""
"""The shape and the colour of each glyph of the legend, and whether it is printed."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_glyphs_stay_apart(
    visit: Visit, owner_site: Path, scheme: Literal["light", "dark"]
) -> None:
    """Each has a shape of its own, also on paper, and in forced colours the colour of text."""
    page = visit(owner_site, "how-to-read/")
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    forced = page.evaluate(GLYPHS)
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    page.emulate_media(forced_colors="none", media="print")
    printed = page.evaluate(GLYPHS)
    assert len({shape for shape, _, _ in forced}) == len(forced) == len(Status)
    assert {colour for _, colour, _ in forced} == {ink}
    assert {adjust for _, _, adjust in printed} == {"exact"}
    assert [shape for shape, _, _ in printed] == [shape for shape, _, _ in forced]
