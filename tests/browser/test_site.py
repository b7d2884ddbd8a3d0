"""The site in a real browser: links, accessibility, widths, weight and the keyboard."""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from typing import Literal
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    Route,
    ViewportSize,
)
from tests.awkward import awkward_plan
from tests.browser.conftest import Visit
from tests.reading import write as write_plan
from tests.serving import built_site, in_theme, served

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
WIDE: ViewportSize = {"width": 1440, "height": 900}
LISTS = ("", "goals/", "plan/", "progress/", "search/", "findings/")
LINKS = (
    "nodes => nodes.map("
    "n => new URL(n.getAttribute('href') ?? n.getAttribute('src'), document.baseURI).href)"
)


@dataclass
class Heard:
    """What a page said and asked for while it was open."""

    console: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Note down all that a page does."""
        page.on("console", self._say)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("requestfailed", self._fail)
        page.on("request", self._ask)
        page.on("response", self._answer)

    def _say(self, message: ConsoleMessage) -> None:
        self.console.append(f"{message.type}: {message.text}")

    def _fail(self, request: Request) -> None:
        # The icon of a page that was left at once is given up, and asked for again on the next.
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(f"{request.failure} {request.url}")

    def _ask(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).netloc)

    def _answer(self, response: Response) -> None:
        if response.status >= 400:
            self.broken.append(f"{response.status} {response.url}")


def pages_of(site: Path) -> list[str]:
    """Return the addresses of all pages of a site but 404.html and those that only lead on."""
    moved = b'http-equiv="refresh"'
    found = sorted(f for f in site.rglob("index.html") if moved not in f.read_bytes())
    return [f"{file.parent.relative_to(site).as_posix()}/".removeprefix("./") for file in found]


def page_of_each_kind(site: Path) -> list[str]:
    """Return the page of each section, and the longest page of each kind of record."""
    longest: dict[str, str] = {}
    for path in sorted(
        pages_of(site), key=lambda path: (site / path / "index.html").stat().st_size
    ):
        folder, _, name = path.partition("/")
        longest[f"{folder}/*" if name else folder] = path
    assert {"", "plan", "goals/*", "skills", "skills/*", "reviews/*"} <= longest.keys()
    return [*longest.values(), "404.html"]


def test_every_link_leads_to_something(browser: Browser, site: Path) -> None:
    """Walked from home, no link, file or place in a page is missing, nothing is logged, no other
    host is asked, and every page of the site is reached."""
    heard = Heard()
    ids: dict[str, set[str]] = {}
    files: set[str] = set()
    with served(site, "/some/Repo/") as address:
        page = browser.new_page(viewport=DESKTOP)
        heard.listen(page)
        waiting = {address}
        while waiting:
            url = waiting.pop()
            page.goto(url)
            ids[url] = set(page.eval_on_selector_all("[id]", "nodes => nodes.map(n => n.id)"))
            found = page.eval_on_selector_all("[href], img[src]", LINKS)
            files |= {link for link in found if link.startswith(address)}
            targets = {urldefrag(link).url for link in files}
            waiting |= {target for target in targets if target.endswith("/")} - ids.keys()
        for url in sorted(targets - ids.keys()):
            assert page.request.get(url).ok, f"{url} is broken"
        page.close()
    places = [(url, unquote(place)) for url, place in map(urldefrag, files) if place]
    assert places
    assert [f"{url}#{place}" for url, place in places if place not in ids[url]] == []
    assert heard.console == []
    assert heard.failed == []
    assert heard.broken == []
    assert heard.hosts == {urlsplit(address).netloc}
    assert len(ids) > 50
    assert {unquote(url.removeprefix(address)) for url in ids} == set(pages_of(site))


@pytest.mark.parametrize("built", ["owner_site", "paper_site", "large_site"])
def test_no_page_has_an_accessibility_violation(
    visit: Visit, built: str, request: pytest.FixtureRequest
) -> None:
    """axe finds nothing on a page of each kind and on long lists, on a phone and on a desktop; in
    the dark, nothing about colours."""
    site = request.getfixturevalue(built)
    paths = LISTS if built == "large_site" else page_of_each_kind(site)
    runs: tuple[tuple[Literal["light", "dark"], str], ...] = (
        ("light", "{resultTypes: ['violations']}"),
        ("dark", "{runOnly: ['color-contrast', 'link-in-text-block']}"),
    )
    page = visit(site, prefix="/planfolio/", reduced_motion="reduce")
    found = []
    for path in paths:
        page.goto(path)
        page.add_script_tag(path=AXE)
        for viewport in (PHONE, WIDE):
            page.set_viewport_size(viewport)
            for scheme, options in runs:
                page.emulate_media(color_scheme=scheme)
                result = page.evaluate(f"axe.run({options})")
                found += [
                    f"{path} {scheme} {viewport['width']}: {violation['id']} {node['html']}"
                    for violation in result["violations"]
                    for node in violation["nodes"]
                ]
    assert found == []


def test_a_stacked_table_is_still_a_table(visit: Visit, owner_site: Path) -> None:
    """On a phone, where the cells of a row stand below each other, assistive technology gets the
    same tables, rows, headers and cells as on a desktop."""
    roles: dict[int, Counter[str]] = {}
    page = visit(owner_site)
    session = page.context.new_cdp_session(page)
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        page.goto("gaps/")
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        shown = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
        roles[viewport["width"]] = shown
        cells = page.locator(".table tbody tr").first.locator("td")
        first, second = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
        assert first is not None
        assert second is not None
        assert (second["y"] > first["y"]) == (viewport is PHONE)
    counted = {
        role: page.locator(f"{selector}:not(details:not([open]) *)").count()
        for role, selector in {
            "table": "table",
            "row": "tr",
            "columnheader": "thead th",
            "rowheader": "tbody th",
            "cell": "td",
        }.items()
    }
    assert counted["cell"] > counted["row"] > counted["table"] > 0
    for shown in roles.values():
        assert {role: shown[role] for role in counted} == counted


BEYOND = """
    [...document.querySelectorAll('main :is(h1, h2, h3, p, dt, dd, tbody th, td, li)')]
        .filter(node => !node.closest('.table-scroll, .chart-table'))
        .map(node => [node.className, node.getBoundingClientRect()])
        .filter(([, box]) => box.width > 2 && (box.left < 0 || box.right > innerWidth))
        .map(([name, box]) => `${name} ${box.left} ${box.right}`)
"""
"""What stands outside the window."""

FIGURES = """
    [...document.querySelectorAll('.stat-value, .stat-note')].filter(node => {
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        const stat = node.closest('.stat').getBoundingClientRect();
        return text.left < stat.left || text.right > stat.right;
    }).map(node => node.textContent)
"""
"""What is wider than the figure that it belongs to."""


OUT_OF_ORDER = """() => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const node = texts.currentNode, text = node.textContent;
        if (/[\u0590-\u08ff\u200f]/.test(text) || !/[a-z]/i.test(text)) continue;
        const boxes = [...text.matchAll(/[\\p{L}\\d]+/gu)].map(word => {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            return range.getClientRects()[0] ?? new DOMRect();
        });
        const later = boxes.slice(1).map((box, at) => [boxes[at], box]);
        if (later.some(([first, next]) => first.top == next.top && next.left < first.left))
            found.push(text.trim());
    }
    return found;
}"""
"""Texts in Latin letters whose words do not follow each other from the left."""


@pytest.mark.parametrize("name", ["example", "paper", "German", "awkward", "from the right"])
def test_nothing_is_wider_than_its_window(
    visit: Visit, example: Path, today: Today, tmp_path: Path, name: str
) -> None:
    """Long words and titles in any script are broken, on the smallest phone and on a desktop,
    among 300 goals and where the site is read from the right."""
    root = example if name == "example" else tmp_path / "plan"
    if name == "paper":
        in_theme(example, root, "paper")
    elif name == "German":
        in_theme(example, root, "default", language="de")
    elif name == "awkward":
        write_plan(root, awkward_plan(goals=300))
    elif name == "from the right":
        write_plan(root, awkward_plan(language="ar"))
    site = built_site(root, tmp_path / "site", today=today, audience=Visibility.PRIVATE)
    # All texts stand on the pages of an awkward plan: each of its titles has a record of each kind.
    numbered = [path for path in pages_of(site) if "more-" not in path]
    found = []
    page = visit(site)
    for path in page_of_each_kind(site) if name in ("example", "paper", "German") else numbered:
        page.goto(path)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            whole = page.evaluate("document.documentElement.scrollWidth")
            wide = [whole] if whole > width else []
            said = [*wide, *page.evaluate(BEYOND), *page.evaluate(FIGURES)]
            found += [f"{path} at {width}: {one}" for one in said]
    assert found == []


def test_words_are_in_order_where_the_site_is_read_from_the_right(
    visit: Visit, tmp_path: Path, today: Today
) -> None:
    """In a frame that is not translated as a whole, “4 months ago” is not “months ago 4”."""
    root = tmp_path / "plan"
    write_plan(root, awkward_plan(language="ar"))
    site = built_site(root, tmp_path / "site", today=today, audience=Visibility.PRIVATE)
    found = []
    page = visit(site)
    for path in page_of_each_kind(site):
        page.goto(path)
        found += [f"{path}: {one}" for one in page.evaluate(OUT_OF_ORDER)]
    assert found == []


@pytest.mark.parametrize("prefix", ["/some/Repo/", "/planfolio/"], ids=["elsewhere", "as written"])
def test_the_page_not_found_has_its_style_everywhere(visit: Visit, site: Path, prefix: str) -> None:
    """At any depth, and where no other file of the site is found, as its address is another one
    than site.toml says."""
    page = visit(site, "goals/gone/for/good/", prefix=prefix, viewport=DESKTOP, color_scheme="dark")
    assert page.locator("h1").inner_text() == "Page not found"
    widths = "[document.querySelector('main'), document.body].map(node => node.offsetWidth)"
    inner, outer = page.evaluate(widths)
    assert inner < outer == 1280
    assert page.evaluate("getComputedStyle(document.querySelector('.rail ol')).display") == "grid"
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(17, 20, 23)"  # --paper in the dark: #111417
    )
    size = page.locator(".mark").bounding_box()
    assert size is not None
    assert size["width"] < 24


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("built", ["site", "paper_site"])
def test_nothing_moves_when_fonts_come_late(
    browser: Browser, built: str, viewport: ViewportSize, request: pytest.FixtureRequest
) -> None:
    """They come after 0.7 s, when the page has long been read."""
    site = request.getfixturevalue(built)
    observe = """
        window.shift = 0;
        new PerformanceObserver(list => {
            for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({type: 'layout-shift', buffered: true});
    """

    def late(route: Route) -> None:
        sleep(0.7)
        route.continue_()

    with served(site) as address:
        for path in ("", "goals/line-8-delay-study/", "skills/", "gaps/", "plan/", "progress/"):
            with closing(browser.new_context(viewport=viewport)) as context:
                page = context.new_page()
                page.add_init_script(observe)
                page.route("**/*.woff2", late)
                with page.expect_response("**/*-latin.*.woff2"):
                    page.goto(address + path)
                page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
                assert page.evaluate("window.shift") == 0, path


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_page_keeps_the_room_of_a_picture_that_comes_late(
    visit: Visit, site: Path, viewport: ViewportSize
) -> None:
    """Nothing moves when it arrives, and it is shown in its shape."""
    late: list[Route] = []
    page = visit(site, viewport=viewport)
    page.route("**/files/**", lambda route: late.append(route))
    page.goto("skills/timetabling/", wait_until="domcontentloaded")
    page.evaluate("document.fonts.ready.then(() => true)")
    picture = page.locator(".prose img")
    picture.scroll_into_view_if_needed()
    before = picture.bounding_box()
    while not late:
        page.wait_for_timeout(5)
    late[0].continue_()
    page.wait_for_function("document.querySelector('.prose img').naturalWidth > 0")
    assert before is not None
    assert picture.bounding_box() == before
    assert before["width"] == pytest.approx(before["height"] * 520 / 360, abs=1)
    assert before["width"] == pytest.approx(min(520, viewport["width"]), abs=80)


def test_the_keyboard_reaches_the_content(visit: Visit, site: Path) -> None:
    """The first Tab shows a link that skips the navigation, and the focus can be seen."""
    page = visit(site, viewport=DESKTOP)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused.startswith("#")
    assert page.locator(focused).count() == 1
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
