"""Search as a person uses it: by keyboard, without a script, and where nothing is served."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tests.awkward import ARABIC, CHINESE, SIGNS, awkward_plan
from tests.browser.conftest import Visit
from tests.browser.test_site import AXE, DESKTOP, PHONE, Heard
from tests.reading import write as write_plan
from tests.serving import built_site, served

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today

pytestmark = pytest.mark.browser

HIDDEN = "Half a year of rent"
"""How a goal begins that is its owner's alone."""


@contextmanager
def opened(
    browser: Browser, site: Path, path: str = "", *, viewport: ViewportSize = DESKTOP
) -> Iterator[Page]:
    """Open a page of a served site; nothing may go wrong on it."""
    heard = Heard()
    with served(site, "/some/Repo/") as address, browser.new_context(viewport=viewport) as context:
        page = context.new_page()
        heard.listen(page)
        page.goto(address + path)
        yield page
    assert heard.console == []
    assert heard.failed == []
    assert heard.broken == []
    assert len(heard.hosts) == 1


def test_a_goal_is_found_with_a_typo_by_keyboard_alone(browser: Browser, site: Path) -> None:
    """`/` opens, arrows go through the results and back, a letter goes on typing, Enter opens."""
    with opened(browser, site, "skills/sql/") as page:
        field, links = page.get_by_role("textbox"), page.locator(".search-results a")
        page.keyboard.press("/")
        expect(field).to_be_focused()
        page.keyboard.type("publsh dela")
        expect(page.get_by_role("list", name="Goals")).to_contain_text("Publish the line 8 delay")
        expect(page.get_by_role("status")).to_have_text(f"Results: {links.count()}")
        page.keyboard.press("ArrowDown")
        expect(links.first).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(field).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.type("y")
        expect(field).to_have_value("publsh delay")
        expect(field).to_be_focused()
        expect(links.first).to_contain_text("Publish the line 8 delay study")
        page.keyboard.press("Enter")
        page.wait_for_url("**/some/Repo/goals/line-8-delay-study/")


def test_escape_returns_the_focus(browser: Browser, site: Path) -> None:
    """Ctrl-K opens it too, a click beside it and its button close it."""
    with opened(browser, site, "goals/line-8-delay-study/") as page:
        dialog, brand = page.get_by_role("dialog", name="Search"), page.locator(".brand")
        brand.focus()
        page.keyboard.press("Control+k")
        expect(dialog).to_be_visible()
        page.keyboard.type("sql/")
        expect(page.get_by_role("textbox")).to_have_value("sql/")
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(brand).to_be_focused()
        for by_button in (True, False):
            page.get_by_role("link", name="Search").click()
            expect(dialog).to_be_visible()
            if by_button:
                page.get_by_role("button", name="Close").click()
            else:
                page.mouse.click(5, 5)
            expect(dialog).to_be_hidden()
        assert page.url.endswith("goals/line-8-delay-study/")


def test_nothing_hidden_is_found(browser: Browser, site: Path, owner_site: Path) -> None:
    """The owner finds a private goal, and is told that it is; the public finds no such words."""
    for built, found in ((owner_site, 1), (site, 0)):
        with opened(browser, built) as page:
            page.keyboard.press("/")
            page.keyboard.type(HIDDEN)
            expect(page.get_by_role("status")).to_have_text(
                "Results: 1" if found else "Nothing found"
            )
            expect(page.locator(".search-results").get_by_text("private")).to_have_count(found)


def test_goals_come_before_reviews_that_match_alike(
    browser: Browser, tmp_path: Path, today: Today
) -> None:
    """Of a goal, a role, a skill and older records with one title, the first three are first."""
    kinds = ("achievements", "people", "resources", "reviews", "goals", "roles", "skills")
    root = tmp_path / "plan"
    write_plan(
        root,
        {
            "site.toml": "",
            **{f"{kind}/z.md": "---\ntitle: Tram signals\n---\n" for kind in kinds},
            "reviews/z.md": "---\ntitle: Tram signals\ndate: 2026-09-01\n---\n",
        },
    )
    site = built_site(root, tmp_path / "site", today=today, audience=Visibility.PRIVATE)
    with opened(browser, site) as page:
        page.keyboard.press("/")
        page.keyboard.type("tram")
        lists = page.locator(".search-results ul")
        expect(lists).to_have_count(len(kinds))
        first = [lists.nth(place).get_attribute("aria-label") or "" for place in range(3)]
        assert sorted(first) == ["Goals", "Roles", "Skills"]


def test_the_page_keeps_what_was_asked_for(browser: Browser, site: Path) -> None:
    """`?q=` narrows the list, typing changes the address, an empty field brings the list back."""
    with opened(browser, site, "search/?q=timetabel") as page:
        field, everything = page.get_by_role("textbox"), page.locator(".search-all")
        expect(page.get_by_role("list", name="Roles")).to_contain_text("Timetable planner")
        expect(everything).to_be_hidden()
        field.fill("gtfs feeds")
        expect(page.get_by_role("list", name="Skills")).to_contain_text("GTFS feeds")
        assert page.url.endswith("/search/?q=gtfs+feeds")
        field.fill("")
        expect(everything).to_be_visible()
        assert page.url.endswith("/search/")
        page.locator("main").focus()
        page.keyboard.press("/")
        expect(field).to_be_focused()


def test_titles_are_text_in_their_own_direction(
    browser: Browser, today: Today, tmp_path: Path
) -> None:
    """Signs are no elements, accents make no difference, Arabic is read from the right, and
    Chinese is found by a word within; the dialog shows twenty results, and leads to all."""
    root = tmp_path / "plan"
    write_plan(root, awkward_plan(goals=30))
    with opened(browser, built_site(root, tmp_path / "site", today=today)) as page:
        field, results = page.locator("#search-words"), page.locator(".search-results")
        page.keyboard.press("/")
        for typed, title in (("whát ís 5", SIGNS), ("地铁", CHINESE), ("الألمانيه", ARABIC)):
            field.fill(typed)
            expect(results.get_by_text(title, exact=True).first).to_be_visible()
        direction = "node => getComputedStyle(node).direction"
        assert results.get_by_text(ARABIC, exact=True).first.evaluate(direction) == "rtl"
        assert results.locator("i").count() == 0
        field.fill("goal")
        expect(results.locator("li")).to_have_count(20)
        page.get_by_role("link", name="Show all results").click()
        page.wait_for_url("**/search/?q=goal")
        expect(results.locator("li")).to_have_count(30)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_results_can_be_read_by_everyone(
    browser: Browser, owner_site: Path, viewport: ViewportSize
) -> None:
    """axe finds nothing in the dialog and on the page, light and dark; nothing is too wide."""
    found = []
    for path, keys in (("", "/"), ("search/?q=timetable", "")):
        with opened(browser, owner_site, path, viewport=viewport) as page:
            if keys:
                page.keyboard.press(keys)
                page.keyboard.type("timetable")
            expect(page.locator(".search-results a").first).to_be_visible()
            page.add_script_tag(path=AXE)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                result = page.evaluate("axe.run({resultTypes: ['violations']})")
                found += [f"{path} {scheme}: {one['id']}" for one in result["violations"]]
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"]
    assert found == []


def test_what_search_needs_is_loaded_when_it_is_used(browser: Browser, site: Path) -> None:
    """Before, a page loads neither the index nor MiniSearch; then each of them once."""
    asked: list[str] = []
    with opened(browser, site) as page:
        page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        page.reload(wait_until="networkidle")
        assert not [name for name in asked if name.startswith(("minisearch", "search.json"))]
        for _ in range(2):
            page.keyboard.press("/")
            page.keyboard.type("sql")
            expect(page.locator(".search-results a").first).to_be_visible()
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
    loaded = sorted(name for name in asked if name.startswith(("minisearch", "search.json")))
    assert [name.partition(".")[0] for name in loaded] == ["minisearch", "search"]


def test_it_opens_again_as_soon_as_it_is_closed(visit: Visit, site: Path) -> None:
    """Its field keeps the focus until the next frame, and `/` is not typed there."""
    page = visit(site)
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.evaluate("""() => {
        document.querySelector("dialog").close();
        const slash = new KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(slash);
    }""")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_without_a_script_search_is_a_list(visit: Visit, site: Path) -> None:
    """The link in the header leads to it, and there is no field that would do nothing."""
    page = visit(site, "goals/line-8-delay-study/", java_script_enabled=False)
    page.get_by_role("link", name="Search").click()
    page.wait_for_url("**/search/")
    expect(page.get_by_role("textbox")).to_have_count(0)
    page.get_by_role("link", name="Publish the line 8 delay study").click()
    page.wait_for_url("**/goals/line-8-delay-study/")


def test_in_a_folder_search_is_a_list(browser: Browser, site: Path) -> None:
    """Where pages are opened as files nothing can be fetched: `/` leads to the list."""
    with browser.new_context() as context:
        heard, page = Heard(), context.new_page()
        heard.listen(page)
        page.goto((site / "index.html").as_uri())
        page.keyboard.press("/")
        page.wait_for_url("file://**/search/index.html")
        expect(page.get_by_role("textbox")).to_have_count(0)
        expect(page.get_by_role("link", name="Publish the line 8 delay study")).to_be_visible()
    assert [one for one in heard.failed if "/geist/" not in one] == []
