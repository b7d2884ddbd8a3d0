"""What a person does on a site in a quarter of an hour, by keyboard alone."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

FOCUSED = "element => element === document.activeElement"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus, as one who does not use a mouse."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if target.evaluate(FOCUSED):
            return
    pytest.fail(f"Tab does not lead to {target}")


def follow(page: Page, target: Locator) -> None:
    """Go to a link by Tab, and open it."""
    tab_to(page, target)
    page.keyboard.press("Enter")


def test_a_tour_by_keyboard(visit: Visit, site: Path) -> None:
    """A goal is found, the late ones are listed, a gap leads to what closes it, a chart is read as
    a table, the packet is printed, and the night begins."""
    page = visit(site, prefix="/plan/", color_scheme="light")
    main, heading = page.get_by_role("main"), page.get_by_role("heading", level=1)

    # I look for the exam, whose name I do not remember well.
    page.keyboard.press("/")
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
    page.keyboard.type("gothe exam")
    expect(page.get_by_role("list", name="Goals")).to_contain_text("Goethe")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Pass the Goethe B2 exam in German")
    expect(main.locator(".head-state")).to_contain_text("Off track")

    # Which goals are late? The list of all of them knows.
    follow(page, page.locator(".rail").get_by_role("link", name="Plan"))
    follow(page, main.get_by_role("link", name="All", exact=False).filter(has_text="goals"))
    expect(heading).to_have_text("Goals")
    tab_to(page, page.get_by_label("Status"))
    page.keyboard.type("Late")
    expect(page.locator("main tbody tr:visible")).to_have_count(1)
    expect(page.locator("main tbody tr:visible")).to_contain_text("the foreman's questions")
    assert page.url.endswith("goals/?status=late")

    # What is missing in SQL, and what closes it?
    follow(page, page.locator(".rail").get_by_role("link", name="Gaps"))
    gap = main.get_by_role("row").filter(has=page.get_by_role("rowheader", name="SQL"))
    closing_goal = gap.get_by_role("link", name="Answer ten of the foreman's questions")
    follow(page, closing_goal.first)
    expect(heading).to_contain_text("Answer ten of the foreman's questions with SQL")
    expect(main.get_by_role("table", name="Skills raised")).to_contain_text("SQL")

    # The curve is nice; the numbers are better.
    tab_to(page, main.get_by_text("Show as a table").first)
    page.keyboard.press("Enter")
    table = main.get_by_role("table", name="Planned and done")
    expect(table.get_by_role("row").last).to_contain_text("8")

    # Bohumil likes paper.
    follow(page, page.get_by_role("contentinfo").get_by_role("link", name="Print"))
    expect(heading).to_have_text("For the next meeting")
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert "Readiness" in sheets[0].extract_text()
    assert "System" not in sheets[-1].extract_text()

    # It has become late, and all pages turn dark.
    tab_to(page, page.get_by_role("radio", name="System"))
    page.keyboard.press("ArrowLeft")
    scheme = "getComputedStyle(document.documentElement).colorScheme"
    assert page.evaluate(scheme) == "dark"
    page.goto("")
    assert page.evaluate(scheme) == "dark"
