"""Filters and the order of a list, as a person uses them: their state is in the address."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page
from tests.pages.test_lists import PLAN
from tests.reading import write as write_plan
from tests.serving import built_site, served

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, today: Today) -> Iterator[str]:
    """The owner's site of a small plan, as of 1 July 2026."""
    root = tmp_path_factory.mktemp("lists")
    files = {path: f"---\n{text}\n---\n" for path, text in PLAN.items()}
    settings = 'title = "A plan"\n[plan]\nas_of = 2026-07-01\n'
    write_plan(root / "plan", files | {"site.toml": settings})
    site = built_site(root / "plan", root / "site", today=today, audience=Visibility.PRIVATE)
    with served(site) as address:
        yield address


def shown(page: Page) -> list[str]:
    """Return the titles of the rows that can be seen."""
    rows = page.locator("main tbody tr:visible th a").all_inner_texts()
    return [row.strip() for row in rows]


def test_a_list_is_filtered_and_back_takes_it_back(browser: Browser, address: str) -> None:
    """A choice changes the rows, their count and the address; a closed part with a match opens;
    Clear and Back do what they say. A key pressed in a control opens no search."""
    with closing(browser.new_page()) as page:
        page.goto(f"{address}goals/")
        assert shown(page) == ["Exam", "Far"]
        page.get_by_label("Tag").press("/")
        assert page.locator("dialog:visible").count() == 0
        page.get_by_label("Tag").select_option(label="secret (1)")
        assert shown(page) == ["Old"]
        assert page.url.endswith("goals/?tag=secret")
        assert page.get_by_role("status").inner_text() == "1 of 3 shown"
        page.get_by_label("Status").select_option("on-track")
        assert shown(page) == []
        page.go_back()
        page.go_back()
        assert shown(page) == ["Exam", "Far"]
        page.go_forward()
        assert shown(page) == ["Old"]
        page.get_by_role("button", name="Clear").click()
        assert shown(page) == ["Exam", "Far"]
        assert page.url.endswith("goals/")


def test_an_address_opens_a_list_as_it_was_sent(browser: Browser, address: str) -> None:
    """Filtered and sorted; what it does not know is left out."""
    with closing(browser.new_page()) as page:
        page.goto(f"{address}goals/?tag=depot&sort=-due&status=no-such")
        assert shown(page) == ["Far", "Exam"]
        assert page.get_by_label("Sort by").input_value() == "-due"
        assert page.get_by_label("Status").locator("option:checked").inner_text() == "All"
        page.goto(f"{address}goals/?sort=-progress")
        assert shown(page) == ["Exam", "Far"]
        page.goto(f"{address}skills/?sort=-level")
        assert shown(page)[-2:] == ["go", "css"]
        page.get_by_label("Sort by").select_option("")
        assert shown(page)[-2:] == ["css", "go"]


def test_without_a_script_all_rows_are_there_and_no_control(browser: Browser, address: str) -> None:
    """Those that are done stand in a part that can be opened."""
    context = browser.new_context(java_script_enabled=False)
    with closing(context), closing(context.new_page()) as page:
        page.goto(f"{address}goals/?tag=secret")
        assert shown(page) == ["Exam", "Far"]
        assert not page.locator(".filters").is_visible()
        page.locator("main summary").click()
        assert shown(page) == ["Exam", "Far", "Old"]


def test_a_row_on_a_phone_is_two_lines_and_all_of_it_leads_on(
    browser: Browser, address: str
) -> None:
    """Title, then status, progress and due day beside each other; a tap at its end leads on."""
    with closing(browser.new_page(viewport={"width": 390, "height": 844})) as page:
        page.goto(f"{address}goals/")
        row = page.locator("main tbody tr").first
        cells = [cell.bounding_box() for cell in row.locator("td").all()]
        assert len({round(cell["y"] / 8) for cell in cells if cell is not None}) == 1
        box = row.bounding_box()
        assert box is not None
        assert 24 <= box["height"] < 100
        page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] - 8)
        page.wait_for_url("**/goals/exam/")
