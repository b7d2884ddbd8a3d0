"""The live preview as a person sees it: a plan is edited, and a real Chromium shows it."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from tests.previewing import Preview, previewing
from tests.serve.live import attempt, live

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
WITHIN = 20_000
"""Milliseconds that anything may take on a machine that is busy with other things."""

PHONE: ViewportSize = {"width": 390, "height": 844}
GOAL = "content/goals/cka.md"
ADDRESS = "goals/cka/"
WORDS = "The first words."
MANY = "\n\n".join(f"Paragraph {n} stays as it is." for n in range(60))
FILES = {
    "site.toml": 'title = "A plan"\n\n[plan]\nas_of = "2026-01-05"\n',
    GOAL: "---\ntitle: Pass the CKA exam\ndue: 2026-12-31\neffort: 40h\n---\n\n"
    f"{WORDS}\n\n{MANY}\n",
    "content/goals/secret.md": "---\ntitle: Leave quietly\nvisibility: private\n"
    "due: 2026-03\n---\n",
    "content/goals/late.md": "---\ntitle: Write the paper\ndue: 2025-12-01\n---\n",
}

FORM = """
{% extends "default/goal.html" %}
{% block main %}{{ super() }}
<details><summary>More of it</summary><p>Inside.</p></details>
<form><input aria-label="Find"><input type="checkbox" aria-label="All">
<select aria-label="Order"><option>By day<option>By name</select>
<textarea aria-label="Notes">as written</textarea></form>
{% endblock %}
"""

STREAMS = """
delete window.SharedWorker;
const Real = window.EventSource;
window.streams = [];
window.EventSource = class extends Real {
    constructor(url) {
        super(url);
        window.streams.push(this);
    }
    addEventListener(name, hear) {
        super.addEventListener(name, (event) => {
            if (this.asleep) return;
            hear(event);
            document.documentElement.dataset.heard = `${name} ${window.streams.indexOf(this)}`;
        });
    }
};
"""
"""Lets a test see the streams of a page, and put them to sleep: they stay open and tell nothing."""

expect.set_options(timeout=WITHIN)


@pytest.fixture
def root(plan: Callable[[dict[str, str]], Path]) -> Path:
    """The folder of a plan that has a long goal, a private one, and one that is overdue."""
    return plan(FILES)


@pytest.fixture
def preview(root: Path) -> Iterator[Preview]:
    """The preview of that plan."""
    with previewing(root) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of its own that must stay silent: no error, no message."""
    context = browser.new_context()
    tab = context.new_page()
    said: list[str] = []
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("console", lambda message: said.append(message.text))
    yield tab
    context.close()
    # That an address has no page, or no server, is what some tests are about.
    assert [text for text in said if not text.startswith("Failed to load resource")] == []


def open_goal(page: Page, preview: Preview) -> None:
    """Go to the goal, wait until the page listens, and mark it: a load would lose the mark."""
    page.goto(preview.url + ADDRESS)
    listens(page)
    page.evaluate("window.mark = 'still the same page'")


def listens(page: Page) -> None:
    """Wait until a page has heard of an attempt: it counts the warning of the plan."""
    expect(pill(page)).to_have_text(re.compile(r"\d+ (warning|error)s?"))


def is_the_same(page: Page) -> None:
    """Check that the page was not loaded since it was marked."""
    assert page.evaluate("window.mark") == "still the same page"


def served(page: Page, words: str) -> None:
    """Wait until the server has words for the page that is open, whatever the page shows."""
    until = time.monotonic() + WITHIN / 1000
    while words not in page.evaluate("async () => (await fetch(location.href)).text()"):
        assert time.monotonic() < until, f"the server never came to say {words!r}"
        time.sleep(0.02)


def pill(page: Page) -> Locator:
    """Return the count in the corner."""
    return page.locator("planfolio-preview aside button")


def overlay(page: Page) -> Locator:
    """Return the overlay with the findings."""
    return page.locator("planfolio-preview dialog")


def slow_down(page: Page, *, milliseconds: int) -> None:
    """Let each answer take a while from now on."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": milliseconds,
            "downloadThroughput": -1,
            "uploadThroughput": -1,
        },
    )


def give_a_form(root: Path, template: str = FORM) -> None:
    """Give the plan a theme of its own, which adds a form to each goal."""
    file = root / "themes" / "own" / "templates" / "goal.html"
    file.parent.mkdir(parents=True)
    file.write_text(template, "utf-8")
    site = root / "site.toml"
    site.write_text('theme = "own"\n' + site.read_text("utf-8"), "utf-8")


def test_an_edit_is_shown_without_a_load(preview: Preview, page: Page) -> None:
    """New words come into the page that is open, and the reader stays where they were."""
    open_goal(page, preview)
    page.get_by_text("Paragraph 40").scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    assert scrolled > 300
    preview.edit(GOAL, WORDS, "The second words.")
    expect(page.get_by_text("The second words.")).to_be_attached()
    is_the_same(page)
    assert page.evaluate("scrollY") == scrolled
    assert page.get_by_text(WORDS).count() == 0


def test_the_title_follows_in_tab_and_navigation(preview: Preview, page: Page) -> None:
    """What stands in the head of a page is renewed with its body."""
    open_goal(page, preview)
    preview.edit(GOAL, "Pass the CKA exam", "Pass the CKAD exam")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pass the CKAD exam")
    expect(page).to_have_title("Pass the CKAD exam · A plan")
    description = page.locator("meta[property='og:title']")
    expect(description).to_have_attribute("content", "Pass the CKAD exam")
    preview.edit("site.toml", 'title = "A plan"', 'title = "A plan"\nlanguage = "de"')
    expect(page.locator("html")).to_have_attribute("lang", "de")
    is_the_same(page)


def test_the_chosen_colours_stay(preview: Preview, page: Page) -> None:
    """The page that is put in place of the old one is dark, as it was."""
    open_goal(page, preview)
    page.get_by_role("radio", name="Dark").check()
    preview.edit(GOAL, WORDS, "The second words.")
    expect(page.get_by_text("The second words.")).to_be_attached()
    is_the_same(page)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()


def test_what_the_reader_did_stays(root: Path, page: Page) -> None:
    """Typed text, a chosen option, a tick, open details, the focus and the place in a field stay
    when words before and after them change."""
    give_a_form(root)
    with previewing(root) as preview:
        open_goal(page, preview)
        page.get_by_text("More of it").click()
        page.get_by_label("All").check()
        page.get_by_label("Order").select_option("By name")
        page.get_by_label("Notes").fill("as typed")
        page.get_by_label("Find").fill("abcdef")
        page.get_by_label("Find").evaluate("field => field.setSelectionRange(2, 4)")
        preview.edit(GOAL, WORDS, "A new start.\n\n> And a quotation.")
        expect(page.get_by_text("And a quotation.")).to_be_attached()
        is_the_same(page)
        assert page.locator("main details[open] summary").inner_text() == "More of it"
        assert page.get_by_label("All").is_checked()
        assert page.get_by_label("Order").input_value() == "By name"
        assert page.get_by_label("Notes").input_value() == "as typed"
        assert page.get_by_label("Find").input_value() == "abcdef"
        place = page.evaluate(
            "[document.activeElement.getAttribute('aria-label'),"
            " document.activeElement.selectionStart, document.activeElement.selectionEnd]"
        )
        assert place == ["Find", 2, 4]


def test_the_selected_words_stay_selected(preview: Preview, page: Page) -> None:
    """Where paragraphs come in before them too, which gives the elements other texts."""
    open_goal(page, preview)
    page.get_by_text("Paragraph 7 stays").dblclick(position={"x": 20, "y": 8})
    assert page.evaluate("String(getSelection()).trim()") == "Paragraph"
    nearby = "getSelection().anchorNode.textContent"
    assert page.evaluate(nearby) == "Paragraph 7 stays as it is."
    preview.edit(GOAL, WORDS, "One more.\n\nAnd one more.")
    expect(page.get_by_text("And one more.")).to_be_attached()
    assert page.evaluate("String(getSelection()).trim()") == "Paragraph"
    assert page.evaluate(nearby) == "Paragraph 7 stays as it is."


def test_details_that_moved_stay_as_they_are(root: Path, page: Page) -> None:
    """One that comes in before an open one is closed, and the open one stays open."""
    give_a_form(root)
    with previewing(root) as preview:
        open_goal(page, preview)
        page.get_by_text("More of it").click()
        first = "<details><summary>New</summary><p>Words.</p></details>\n"
        preview.write(
            "themes/own/templates/goal.html", FORM.replace("<details>", first + "<details>")
        )
        expect(page.get_by_text("New", exact=True)).to_be_visible()
        opened = page.locator("main details[open] > summary").all_inner_texts()
        assert opened == ["More of it"]
        is_the_same(page)


def test_errors_are_laid_over_the_page_until_they_are_mended(preview: Preview, page: Page) -> None:
    """With place, rule, message, source line and hint as in the terminal; the last good page stays
    behind, and is new when all is well again."""
    open_goal(page, preview)
    preview.edit(GOAL, "due: 2026-12-31", "due: 2026-02-30")
    dialog = overlay(page)
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("heading", level=2)).to_have_text("1 error")
    expect(dialog.get_by_role("heading", level=3).first).to_have_text(GOAL)
    finding = dialog.get_by_role("listitem").first
    expect(finding).to_contain_text("3:6")
    expect(finding).to_contain_text("F102 bad-date")
    expect(finding).to_contain_text("February 2026 has 28 days")
    expect(finding.locator("pre")).to_have_text("due: 2026-02-30")
    expect(finding.locator("mark")).to_have_text("2026-02-30")
    expect(finding.locator(".hint")).to_contain_text("2026-02-28")
    assert page.get_by_text(WORDS).count() == 1
    preview.write(GOAL, FILES[GOAL].replace(WORDS, "Fixed words."))
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Fixed words.")).to_be_visible()
    is_the_same(page)


def test_hidden_errors_come_back_when_they_are_others(preview: Preview, page: Page) -> None:
    """Escape leaves a count in the corner and gives the focus back; on the next page it stays
    hidden; another error opens the overlay again, and the count opens it at any time."""
    open_goal(page, preview)
    page.locator(".masthead a").first.focus()
    focused = page.evaluate("document.activeElement.outerHTML")
    preview.edit(GOAL, "due: 2026-12-31", "due: 2026-02-30")
    expect(overlay(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(overlay(page)).to_be_hidden()
    expect(pill(page)).to_have_text("1 error")
    assert page.evaluate("document.activeElement.outerHTML") == focused
    page.goto(preview.url)
    expect(pill(page)).to_have_text("1 error")
    preview.edit(GOAL, WORDS, "Other words, the same error.")
    page.reload()
    expect(pill(page)).to_have_text("1 error")
    expect(overlay(page)).to_be_hidden()
    pill(page).click()
    expect(overlay(page)).to_be_visible()
    page.get_by_role("button", name="Hide").click()
    expect(overlay(page)).to_be_hidden()
    preview.edit(GOAL, "effort: 40h", "effort: much")
    expect(overlay(page)).to_be_visible()
    expect(overlay(page).get_by_role("heading", level=2)).to_have_text("2 errors")


def test_warnings_are_a_count_that_opens(preview: Preview, page: Page) -> None:
    """They lie over nothing by themselves; the panel names them, and follows what is saved."""
    open_goal(page, preview)
    expect(pill(page)).to_have_text("1 warning")
    expect(overlay(page)).to_be_hidden()
    pill(page).press("Enter")
    expect(overlay(page).get_by_role("heading", level=2)).to_contain_text("1 warning")
    expect(overlay(page)).to_contain_text("T103 overdue")
    preview.edit("content/goals/late.md", "2025-12-01", "2025-12-02")
    expect(overlay(page)).to_contain_text("2025-12-02")
    preview.edit("content/goals/late.md", "2025-12-02", "2026-03-01")
    expect(overlay(page)).to_be_hidden()
    expect(pill(page)).to_be_hidden()


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_the_count_leaves_the_foot_of_a_short_page_to_be_read(
    preview: Preview, page: Page, viewport: ViewportSize
) -> None:
    """At the end of the page nothing of it lies under the corner; without a count it ends there."""
    page.set_viewport_size(viewport)
    page.goto(preview.url + "goals/late/")
    listens(page)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    foot, corner = page.locator("footer").bounding_box(), pill(page).bounding_box()
    assert foot is not None
    assert corner is not None
    assert foot["y"] + foot["height"] <= corner["y"]
    preview.edit("content/goals/late.md", "2025-12-01", "2026-03-01")
    expect(pill(page)).to_be_hidden()
    host = page.locator("planfolio-preview")
    assert host.evaluate("host => host.getBoundingClientRect().height") == 0


def test_a_fault_of_the_theme_is_told(preview: Preview, page: Page) -> None:
    """What is no finding of the plan is shown in its own words."""
    open_goal(page, preview)
    preview.write(
        "themes/own/templates/goal.html", "{% block main %}\n{{ nothing.there }}{% endblock %}"
    )
    preview.edit("site.toml", 'title = "A plan"', 'title = "A plan"\ntheme = "own"')
    expect(overlay(page).locator(".failure")).to_contain_text("themes/own/templates/goal.html:2")
    preview.edit("site.toml", '\ntheme = "own"', "")
    expect(overlay(page)).to_be_hidden()
    is_the_same(page)


def test_nothing_of_the_plan_becomes_markup(preview: Preview, page: Page) -> None:
    """In the overlay, content is text: elements are shown and not made, and nothing runs."""
    open_goal(page, preview)
    nasty = '<img src=x onerror="window.hit = 1"></code><script>window.hit = 1</script>'
    preview.edit(GOAL, "due: 2026-12-31", f"due: '{nasty}'")
    expect(overlay(page).locator("mark").first).to_contain_text("onerror")
    assert overlay(page).locator("img, script").count() == 0
    assert page.evaluate("window.hit") is None


def test_a_plan_that_is_broken_from_the_start_is_mended_live(root: Path, page: Page) -> None:
    """The first page says what is wrong, and becomes the plan when it is fixed."""
    site = (root / "site.toml").read_text("utf-8")
    (root / "site.toml").write_text("title = \n", "utf-8")
    with previewing(root) as preview:
        page.goto(preview.url)
        expect(overlay(page)).to_contain_text("site.toml")
        expect(overlay(page)).to_contain_text("There is no page to show yet")
        page.evaluate("window.mark = 'still the same page'")
        preview.write("site.toml", site)
        expect(overlay(page)).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_have_text("A plan")
        expect(page).to_have_title("A plan")
        background = "getComputedStyle(document.body).display"
        assert page.evaluate(background) == "flex"  # the stylesheet of the theme is in force
        is_the_same(page)


def test_a_finding_opens_the_editor_at_its_place(root: Path, page: Page) -> None:
    """The link is the editor's own, with the path of the file and the place."""
    with previewing(root, "--editor", "zed") as preview:
        open_goal(page, preview)
        preview.edit(GOAL, "due: 2026-12-31", "due: 2026-02-30")
        link = overlay(page).get_by_role("link").first
        expect(link).to_have_attribute("href", f"zed://file{root.resolve()}/{GOAL}:3:6")
        expect(link).to_have_text("3:6")


def test_findings_on_the_page_follow_what_is_saved(
    root: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come and go with their count, their links lead into the editor of the environment, and
    the reader stays where they were."""
    monkeypatch.setenv("VISUAL", "code --wait")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    with previewing(root) as preview:
        open_goal(page, preview)
        page.evaluate("scrollTo(0, 700)")
        count = page.locator(".masthead").get_by_role("link", name="warning")
        expect(count).to_have_text("1 warning")
        preview.edit(GOAL, "due: 2026-12-31", "due: 2026-01-02")
        expect(count).to_have_text("2 warnings")
        found = page.locator(".findings li", has_text="T103")
        expect(found).to_contain_text("still open")
        address = f"vscode://file{root.resolve()}/{GOAL}:3:6"
        expect(found.locator(".place")).to_have_attribute("href", address)
        assert abs(page.evaluate("scrollY") - 700) < 300
        preview.edit(GOAL, "due: 2026-01-02", "due: 2026-12-31")
        expect(found).to_have_count(0)
        expect(count).to_have_text("1 warning")
        assert page.evaluate("scrollY") == 700
        is_the_same(page)


def test_a_new_style_is_put_on_without_a_load(root: Path, page: Page) -> None:
    """The page keeps its elements and what was done to it, is never without a style, and asks for
    the new stylesheet once."""
    style = root / "themes" / "own" / "styles" / "tokens.css"
    default = Path(__file__).parents[2] / "themes" / "default" / "styles" / "tokens.css"
    tokens = default.read_text("utf-8")
    style.parent.mkdir(parents=True)
    style.write_text(tokens, "utf-8")
    site = root / "site.toml"
    site.write_text('theme = "own"\n' + site.read_text("utf-8"), "utf-8")
    with previewing(root) as preview:
        open_goal(page, preview)
        page.evaluate(
            """() => {
                window.bare = 0;
                window.heading = document.querySelector("h1");
                const look = () => {
                    window.bare += getComputedStyle(document.body).display !== "flex";
                    requestAnimationFrame(look);
                };
                look();
            }"""
        )
        slow_down(page, milliseconds=300)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.resource_type))
        for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
            text = tokens.replace("--ink: light-dark(#15191e, #eceeee)", f"--ink: {colour}")
            assert text != tokens
            preview.write("themes/own/styles/tokens.css", text)
            expect(page.locator("body")).to_have_css("color", colour)
        expect(page.locator("head link[rel=stylesheet]")).to_have_count(1)
        is_the_same(page)
        assert page.evaluate("window.heading.isConnected && window.bare === 0")
        assert asked.count("stylesheet") == 2


def test_an_open_page_need_not_ask_for_its_next_version(preview: Preview, page: Page) -> None:
    """It only says that it is still open, so that it is sent the one after that too."""
    open_goal(page, preview)
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.method) if r.url == page.url else None)
    for words, old in (("New words.", WORDS), ("Newer words.", "New words.")):
        with page.expect_response(lambda answer: answer.request.method == "HEAD"):
            preview.edit(GOAL, old, words)
        expect(page.get_by_text(words)).to_be_attached()
    assert asked == ["HEAD", "HEAD"]
    is_the_same(page)


def test_twelve_tabs_hear_of_an_edit(preview: Preview, browser: Browser) -> None:
    """More than the six connections that a browser has for a server: one stream serves all, and
    the last tab can still load pages."""
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(12)]
    for tab in tabs:
        open_goal(tab, preview)
    preview.edit(GOAL, WORDS, "Words for all.")
    for tab in tabs:
        expect(tab.get_by_text("Words for all.")).to_be_attached()
        is_the_same(tab)
    tabs[-1].goto(preview.url)
    listens(tabs[-1])
    for tab in tabs[:-1]:
        tab.close()
    preview.edit(GOAL, "Words for all.", "Words for the last.")
    tabs[-1].goto(preview.url + ADDRESS)
    expect(tabs[-1].get_by_text("Words for the last.")).to_be_attached()
    context.close()


def test_without_a_shared_worker_a_page_listens_by_itself(
    preview: Preview, browser: Browser
) -> None:
    """In a browser that has none, and in one whose worker does not start."""
    for broken in (
        "delete window.SharedWorker",
        "window.SharedWorker = class { constructor() { throw new Error('not allowed') } }",
    ):
        context = browser.new_context()
        context.add_init_script(broken)
        tab = context.new_page()
        open_goal(tab, preview)
        preview.write(GOAL, FILES[GOAL].replace(WORDS, f"After {broken[:6]}."))
        expect(tab.get_by_text(f"After {broken[:6]}.")).to_be_attached()
        is_the_same(tab)
        context.close()


@pytest.mark.parametrize("alone", [False, True], ids=["worker", "alone"])
def test_a_restart_of_the_server_is_caught_up_with(
    root: Path, browser: Browser, *, alone: bool
) -> None:
    """The page says quietly that the server has gone; when it is back on its port, what was edited
    meanwhile is shown, and what was broken is told."""
    context = browser.new_context()
    if alone:
        context.add_init_script("delete window.SharedWorker")
    page = context.new_page()
    with previewing(root) as first:
        open_goal(page, first)
        first.end()
        away = page.locator("planfolio-preview [role=status]")
        expect(away).to_contain_text("has stopped")
    first.edit(GOAL, WORDS, "Written while it was away.")
    with previewing(root, port=first.port) as second:
        expect(page.get_by_text("Written while it was away.")).to_be_attached()
        expect(away).to_have_text("")
        is_the_same(page)
        second.edit(GOAL, "Written while it was away.", "And after that.")
        expect(page.get_by_text("And after that.")).to_be_attached()
        second.end()
    first.edit(GOAL, "due: 2026-12-31", "due: never")
    with previewing(root, port=first.port):
        expect(overlay(page)).to_contain_text("F102")
        is_the_same(page)
    context.close()


def test_what_was_missed_is_asked_for_when_a_page_is_seen_again(
    preview: Preview, page: Page
) -> None:
    """A computer that slept has a stream that tells nothing more: a page that is looked at again
    asks by itself."""
    page.add_init_script(
        """
        delete window.SharedWorker;
        const Real = window.EventSource;
        window.EventSource = class extends Real {
            addEventListener(name, heard) {
                super.addEventListener(name, (event) => window.asleep || heard(event));
            }
        };
        """
    )
    open_goal(page, preview)
    page.evaluate("window.asleep = true")
    preview.edit(GOAL, WORDS, "Missed.")
    served(page, "Missed.")
    assert page.get_by_text("Missed.").count() == 0
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Missed.")).to_be_attached()
    is_the_same(page)


def test_a_page_that_cannot_ask_listens_anew(preview: Preview, page: Page) -> None:
    """Where the stream seems open and tells nothing, and how things stand cannot be had either, a
    new stream tells it."""
    page.add_init_script(STREAMS)
    open_goal(page, preview)
    page.evaluate("window.streams.forEach((stream) => (stream.asleep = true))")
    page.route("**/state.json", lambda route: route.abort())
    preview.edit(GOAL, WORDS, "Missed.")
    preview.shows("Missed.", ADDRESS)
    assert page.get_by_text("Missed.").count() == 0
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Missed.")).to_be_attached()
    assert page.evaluate("window.streams.map((stream) => stream.readyState)") == [2, 1]
    is_the_same(page)


def test_a_stream_that_is_silent_is_opened_anew(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server says again and again that it is there; where that no longer comes, as after a
    sleep, the page does not wait for it."""
    monkeypatch.setattr("planfolio.serve.broadcast.HEARTBEAT", 0.05)
    page.add_init_script(STREAMS)
    page.clock.install()
    with live(attempt()) as server:
        page.goto(f"http://127.0.0.1:{server.port}/")
        root = page.locator("html")
        for _ in range(3):
            page.evaluate("document.documentElement.dataset.heard = ''")
            expect(root).to_have_attribute("data-heard", "here 0")
            page.clock.fast_forward(30_000)
        page.evaluate("streams[0].asleep = true")
        page.clock.fast_forward(41_000)
        expect(root).to_have_attribute("data-heard", "here 1")
        assert page.evaluate("streams[0].readyState") == 2


def test_a_page_that_could_not_be_made_comes_back(page: Page) -> None:
    """A fault of the server that hits a page is shown in its tab, and goes with the next attempt
    that has the page; a tab that had the page before comes back too."""
    html = b"<!doctype html><title>Home</title><body><h1>The page</h1>"

    def faulty() -> bytes:
        raise RuntimeError("it broke")

    with live(attempt(1, files={"index.html": html})) as server:
        heading = page.get_by_role("heading", level=1)
        page.goto(f"http://127.0.0.1:{server.port}/")
        expect(heading).to_have_text("The page")
        server.broadcast.publish(attempt(2, files={"index.html": faulty}))
        expect(heading).to_have_text("This page could not be rendered")
        server.broadcast.publish(attempt(3, files={"index.html": html}))
        expect(heading).to_have_text("The page")
        server.broadcast.publish(attempt(4, files={"index.html": faulty}))
        expect(heading).to_have_text("This page could not be rendered")
        page.reload()
        expect(heading).to_have_text("This page could not be rendered")
        server.broadcast.publish(attempt(5, files={"index.html": html}))
        expect(heading).to_have_text("The page")


def test_a_deleted_page_shows_that_it_is_not_there(preview: Preview, page: Page) -> None:
    """Its tab shows the page for what is not there, and the goal again when it is back."""
    open_goal(page, preview)
    (preview.root / GOAL).unlink()
    expect(page).to_have_title("Page not found · A plan")
    assert page.get_by_text(WORDS).count() == 0
    preview.write(GOAL, FILES[GOAL])
    expect(page.get_by_text(WORDS)).to_be_attached()
    is_the_same(page)


def test_the_page_that_was_saved_is_gone_to(root: Path, browser: Browser) -> None:
    """With --follow the tab shows the record that was just saved; without, it stays."""
    context = browser.new_context()
    page = context.new_page()
    with previewing(root, "--follow") as preview:
        page.goto(preview.url)
        listens(page)
        preview.edit("content/goals/late.md", "Write the paper", "Write the long paper")
        expect(page).to_have_url(preview.url + "goals/late/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Write the long paper")
        listens(page)
        preview.edit(GOAL, WORDS, "Followed.")
        expect(page).to_have_url(preview.url + ADDRESS)
        expect(page.get_by_text("Followed.")).to_be_attached()
    with previewing(root) as preview:
        page.goto(preview.url + "goals/late/")
        listens(page)
        preview.edit("content/goals/late.md", "Write the long paper", "Write the thesis")
        preview.edit(GOAL, "Followed.", "Not followed.")
        expect(page.get_by_role("heading", level=1)).to_have_text("Write the thesis")
        expect(page).to_have_url(preview.url + "goals/late/")
    context.close()


def test_a_site_in_a_folder_is_shown_there(root: Path, page: Page) -> None:
    """Under the path of base_url all works as at the root, and `/` leads there."""
    site = (root / "site.toml").read_text("utf-8")
    based = site.replace("\n\n", '\nbase_url = "https://example.org/some/repo/"\n\n', 1)
    (root / "site.toml").write_text(based, "utf-8")
    with previewing(root) as preview:
        page.goto(preview.url)
        expect(page).to_have_url(re.compile("/some/repo/$"))
        page.goto(page.url + ADDRESS)
        listens(page)
        preview.edit(GOAL, WORDS, "In its folder.")
        expect(page.get_by_text("In its folder.")).to_be_attached()
        preview.edit(GOAL, "due: 2026-12-31", "due: never")
        expect(overlay(page)).to_be_visible()


def test_the_owner_sees_what_is_private_marked(root: Path, page: Page) -> None:
    """A narrower record has a badge, and each page says that all is shown."""
    with previewing(root) as preview:
        page.goto(preview.url + "goals/secret/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Leave quietly")
        expect(page.locator("main").get_by_text("Private", exact=True)).to_be_visible()
        expect(page.locator(".audience")).to_contain_text("Private preview")
        page.goto(preview.url + ADDRESS)
        expect(page.locator("main").get_by_text("Private", exact=True)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_the_overlay_is_accessible(
    preview: Preview,
    browser: Browser,
    scheme: Literal["light", "dark"],
    viewport: ViewportSize,
) -> None:
    """axe finds nothing in the overlay or the count; nothing scrolls sideways; the keyboard stays
    within, where Escape is said to lead out."""
    context = browser.new_context(
        color_scheme=scheme, viewport=viewport, reduced_motion="reduce", bypass_csp=True
    )
    page = context.new_page()
    open_goal(page, preview)
    page.add_script_tag(path=AXE)
    assert violations(page) == []
    preview.edit(GOAL, "due: 2026-12-31", "due: " + "never " * 60)
    expect(overlay(page)).to_be_visible()
    assert violations(page) == []
    assert overlay(page).evaluate("dialog => getComputedStyle(dialog).animationName") == "none"
    box = overlay(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    inside = "document.activeElement.matches('planfolio-preview, body')"
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    context.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page."""
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [json.dumps([v["id"], v["nodes"][0]["html"][:100]]) for v in result["violations"]]
