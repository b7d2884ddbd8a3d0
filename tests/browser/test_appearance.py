"""Light and dark: as the system has it, or as the reader chose."""

from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Visit
from tests.serving import served

pytestmark = pytest.mark.browser

SCHEME = "getComputedStyle(document.documentElement).colorScheme"
AT_FIRST = """
    new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.first = document.documentElement.dataset.appearance;
        observer.disconnect();
    }).observe(document, {childList: true, subtree: true});
"""
"""Notes what is chosen when the body of a page begins. The style may still be on its way then, but
nothing is painted without it."""


def ground(page: Page) -> float:
    """Return how light the page is, from 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")) / 3


def test_what_is_chosen_by_keyboard_holds_for_all_pages(visit: Visit, site: Path) -> None:
    """Dark is remembered, and the next page is dark before it is painted; paper stays light.
    Back leads to a page in the colours that were chosen since."""
    page = visit(site, color_scheme="light")
    page.add_init_script(AT_FIRST)
    choices = page.get_by_role("group", name="Appearance")
    expect(choices.get_by_role("radio", name="System")).to_be_checked()
    assert ground(page) > 200
    choices.get_by_role("radio", name="System").focus()
    page.keyboard.press("ArrowLeft")
    expect(choices.get_by_role("radio", name="Dark")).to_be_checked()
    assert ground(page) < 60
    page.goto("plan/")
    assert page.evaluate("window.first") == "dark"
    expect(choices.get_by_role("radio", name="Dark")).to_be_checked()
    page.emulate_media(media="print")
    assert page.evaluate(SCHEME) == "light"
    expect(choices).to_be_hidden()
    page.emulate_media(media="screen", forced_colors="active")
    expect(choices).to_be_hidden()
    page.emulate_media(forced_colors="none", color_scheme="dark")
    choices.get_by_text("Light").click()
    assert ground(page) > 200
    choices.get_by_text("System").click()
    assert ground(page) < 60
    page.goto("gaps/")
    choices.get_by_text("Light").click()
    page.go_back()
    expect(choices.get_by_role("radio", name="Light")).to_be_checked()
    assert ground(page) > 200


@pytest.mark.parametrize("storage", ["", "delete window.localStorage"])
def test_a_choice_reaches_what_it_can(browser: Browser, site: Path, storage: str) -> None:
    """It changes other windows too; a browser that keeps nothing changes the page that is open."""
    with (
        served(site) as address,
        closing(browser.new_context(color_scheme="light")) as context,
    ):
        context.add_init_script(storage)
        pages = [context.new_page(), context.new_page()]
        for page in pages:
            page.goto(address)
        pages[0].get_by_role("contentinfo").get_by_text("Dark").click()
        assert ground(pages[0]) < 60
        other = pages[1].get_by_role("radio", name="System" if storage else "Dark")
        expect(other).to_be_checked()


def test_without_script_there_is_no_choice(visit: Visit, site: Path) -> None:
    """The page has the colours of the system, and nothing that does not work."""
    page = visit(site, java_script_enabled=False, color_scheme="dark")
    expect(page.get_by_role("contentinfo")).to_be_visible()
    expect(page.get_by_text("Appearance")).to_be_hidden()
