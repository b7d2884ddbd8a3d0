"""Charts in a real browser: read by keyboard, on a phone, in the dark and on paper."""

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Visit

CHARTS = {
    "roles/timetable-planner/": "Readiness by skill",
    "plan/": "Goals along time",
    "skills/": "Skills by level",
    "gaps/": "Gaps by skill and role",
}


@pytest.mark.parametrize("path", CHARTS)
def test_a_chart_is_read_by_keyboard(visit: Visit, owner_site: Path, path: str) -> None:
    """From its first mark, Enter leads to the record; its table opens by Enter as well."""
    page = visit(owner_site, path)
    figure = page.locator("figure.chart", has_text=CHARTS[path]).first
    table = figure.locator("> details")
    table.locator("summary").focus()
    page.keyboard.press("Enter")
    assert table.locator("table").is_visible()
    mark = figure.locator("svg a").first
    wanted = mark.evaluate("a => new URL(a.getAttribute('href'), document.baseURI).href")
    mark.focus()
    assert mark.evaluate("a => a === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)


def test_a_mark_says_what_it_stands_for_by_keyboard_and_by_touch(
    visit: Visit, owner_site: Path
) -> None:
    """The words are those of its title, and stay within the window. The first tap shows them, the
    second leads to the record; Escape and a tap elsewhere take them away."""
    phone = {"width": 390, "height": 844}
    page = visit(owner_site, "gaps/", has_touch=True, viewport=phone)
    marks = page.locator("figure.chart", has_text=CHARTS["gaps/"]).locator("svg a")
    first, second = (marks.nth(n).locator("title").text_content() for n in (0, 1))
    tip = page.locator(".tip")
    marks.nth(0).tap()
    expect(tip).to_have_text(first or "")
    box = tip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.locator("h1").tap()
    expect(tip).to_have_count(0)
    page.keyboard.press("Tab")
    marks.nth(1).focus()
    expect(tip).to_have_text(second or "")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    marks.nth(1).tap()
    expect(tip).to_have_text(second or "")
    wanted = marks.nth(1).evaluate("a => new URL(a.getAttribute('href'), document.baseURI).href")
    marks.nth(1).tap()
    page.wait_for_url(wanted)


@pytest.mark.parametrize("width", [390, 1280])
def test_what_a_mark_stands_for_is_shown_at_the_mark(
    visit: Visit, owner_site: Path, width: int
) -> None:
    """Above it or, where there is no room, below it, over its middle where the window is wide
    enough, also where the drawing was scrolled to it."""
    page = visit(owner_site, "gaps/", viewport={"width": width, "height": 844})
    marks = page.locator("figure.chart", has_text=CHARTS["gaps/"]).locator("svg a:has(> title)")
    page.keyboard.press("Tab")
    for at in (0, marks.count() // 2, marks.count() - 1):
        marks.nth(at).focus()
        words = marks.nth(at).locator("title").text_content()
        expect(page.locator(".tip")).to_have_text(words or "")
        boxes = "node => (({left, right, top, bottom}) => [left, right, top, bottom])"
        boxes += "(node.getBoundingClientRect())"
        left, right, top, bottom = marks.nth(at).evaluate(boxes)
        own_left, own_right, own_top, own_bottom = page.locator(".tip").evaluate(boxes)
        assert min(abs(top - own_bottom), abs(own_top - bottom)) == pytest.approx(8, abs=0.5)
        middle = (max(left, 0) + min(right, width)) / 2
        wanted = min(max(middle - (own_right - own_left) / 2, 8), width - 8 - own_right + own_left)
        assert own_left == pytest.approx(wanted, abs=0.5)


def test_a_drawing_scrolls_and_keeps_its_size(visit: Visit, owner_site: Path) -> None:
    """On a phone it scrolls from its start, alone; on paper it shrinks to the sheet."""
    page = visit(owner_site, "plan/", viewport={"width": 390, "height": 844})
    drawing = page.locator(".chart-drawing").first
    svg = drawing.locator("svg").first
    assert svg.bounding_box()["width"] == 840  # type: ignore[index]
    assert drawing.evaluate("d => [d.scrollLeft, d.scrollWidth > d.clientWidth]") == [0, True]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.emulate_media(media="print")
    assert svg.bounding_box()["width"] <= 390  # type: ignore[index]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_takes_the_colours_of_the_page(
    visit: Visit, owner_site: Path, scheme: str
) -> None:
    """Words of a drawing have the colour of the text around it, and no attribute names one."""
    colour = "node => getComputedStyle(node).%s"
    page = visit(owner_site, "plan/", color_scheme=scheme)
    word = page.locator(".chart-drawing a text").first
    assert word.evaluate(colour % "fill") == page.locator("h1").evaluate(colour % "color")
    assert page.locator(".chart :is([fill], [stroke], [style])").count() == 0


@pytest.mark.parametrize(
    "path", ["roles/transport-data-analyst/", "roles/timetable-planner/", "skills/"]
)
def test_levels_fit_a_phone(visit: Visit, owner_site: Path, path: str) -> None:
    """Of a radar and of bars every word and mark is in sight, and no word lies on another."""
    boxes = "marks => marks.map(m => m.getBoundingClientRect()).map(b => [b.left, b.right])"
    page = visit(owner_site, path, viewport={"width": 390, "height": 844})
    drawings = page.locator(":is(.radar, .levels)")
    found = drawings.locator("tspan, text, path").evaluate_all(boxes)
    columns = page.locator(".levels").locator("> .axis").first.locator("tspan")
    words = columns.evaluate_all(boxes)
    assert found
    assert all(left >= 0 and right <= 390 for left, right in found)
    assert all(right <= left for (_, right), (left, _) in pairwise(words))
