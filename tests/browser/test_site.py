from __future__ import annotations

import gzip
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from tests.reading import record
from tests.reading import write as write_plan
from tests.serving import served

from planfolio.output import write
from planfolio.pipeline import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import (
        Browser,
        ConsoleMessage,
        Page,
        Request,
        Response,
        Route,
        ViewportSize,
    )

    from planfolio.pipeline import Today

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
LINKS = "nodes => nodes.map(n => n.href || n.src)"


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
    """Return the paths of all pages of a site but 404.html and those that only lead on."""
    moved = b'http-equiv="refresh"'
    found = sorted(f for f in site.rglob("index.html") if moved not in f.read_bytes())
    return [file.parent.relative_to(site).as_posix().removeprefix(".") for file in found]


def keeping(answers: list[Response]) -> Callable[[Response], None]:
    """Return what keeps each answer that a page gets."""

    def keep(answer: Response) -> None:
        answers.append(answer)

    return keep


def followed(page: Page, start: str) -> Iterator[str]:
    """Open a page and all that can be reached from it by links; yield each address once."""
    waiting, known = [start], {start}
    while waiting:
        url = waiting.pop()
        page.goto(url)
        yield url
        for link in page.eval_on_selector_all("a[href], area[href]", LINKS):
            target = urldefrag(link).url
            inside = urlsplit(target).netloc == urlsplit(start).netloc
            is_page = target.endswith("/")
            if inside and is_page and target not in known:
                known.add(target)
                waiting.append(target)


@pytest.mark.parametrize("prefix", ["/", "/some/Repo/"])
def test_every_internal_link_leads_to_a_page(browser: Browser, site: Path, prefix: str) -> None:
    """Walked from home, no link is broken, nothing is logged, and no other host is asked; and
    every page of the site is reached."""
    heard = Heard()
    with served(site, prefix) as address:
        page = browser.new_page(viewport=DESKTOP)
        heard.listen(page)
        seen = list(followed(page, address))
        files = set()
        for url in seen:
            page.goto(url)
            files |= set(page.eval_on_selector_all("a[href], img[src], link[href]", LINKS))
        for url in sorted(urldefrag(file).url for file in files):
            if url.startswith(address) and not url.endswith("/"):
                assert page.request.get(url).ok, f"{url} is broken"
        host = urlsplit(address).netloc
        page.close()
    assert heard.console == []
    assert heard.failed == []
    assert heard.broken == []
    assert heard.hosts == {host}
    reached = {unquote(urlsplit(url).path)[len(prefix) :].rstrip("/") for url in seen}
    assert len(reached) > 50
    assert reached == set(pages_of(site))


def test_every_fragment_has_its_target(browser: Browser, site: Path) -> None:
    """A link to a place in a page finds an element with that id there."""
    with served(site) as address:
        page = browser.new_page()
        targets: dict[str, set[str]] = {}
        for path in pages_of(site):
            page.goto(f"{address}{path}/" if path else address)
            for link in page.eval_on_selector_all("a[href*='#']", LINKS):
                url, fragment = urldefrag(link)
                if url.startswith(address) and fragment:
                    targets.setdefault(url, set()).add(unquote(fragment))
        assert targets
        for url, fragments in targets.items():
            page.goto(url)
            ids = set(page.eval_on_selector_all("[id]", "nodes => nodes.map(n => n.id)"))
            assert fragments <= ids, f"{url} lacks {fragments - ids}"
        page.close()


@pytest.mark.parametrize(
    ("scheme", "options"),
    [
        ("light", "{resultTypes: ['violations']}"),
        ("dark", "{runOnly: ['color-contrast', 'link-in-text-block']}"),
    ],
    ids=["light", "dark"],
)
def test_no_page_has_an_accessibility_violation(
    browser: Browser, owner_site: Path, scheme: Literal["light", "dark"], options: str
) -> None:
    """axe finds nothing on any page with all records shown; in the dark, nothing about colours."""
    with served(owner_site, "/planfolio/") as address:
        page = browser.new_page(viewport=DESKTOP, color_scheme=scheme)
        found = []
        for path in [*pages_of(owner_site), "404.html"]:
            page.goto(f"{address}{path}{'' if path in ('', '404.html') else '/'}")
            page.add_script_tag(path=AXE)
            result = page.evaluate(f"axe.run({options})")
            found += [
                f"{path}: {violation['id']} {node['html'][:120]}"
                for violation in result["violations"]
                for node in violation["nodes"]
            ]
        page.close()
    assert found == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_page_is_wider_than_its_window(
    browser: Browser, owner_site: Path, viewport: ViewportSize
) -> None:
    """Nothing makes a page scroll sideways, on a phone or on a desktop."""
    with served(owner_site) as address:
        page = browser.new_page(viewport=viewport)
        wide = []
        for path in pages_of(owner_site):
            page.goto(f"{address}{path}/" if path else address)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > viewport["width"]:
                wide.append(f"{path}: {width}")
        page.close()
    assert wide == []


@pytest.mark.parametrize("language", ["de", "ar"])
def test_long_words_and_days_keep_to_the_margins(
    browser: Browser, today: Today, tmp_path: Path, language: str
) -> None:
    """A word longer than the window is broken, and a day fits its figure, from the right too."""
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
    files = {
        "site.toml": f'title = "{word}"\nlanguage = "{language}"\n[plan]\nas_of = 2026-10-01\n',
        "skills.md": record(f"items: {{s: {{title: {word}, level: 2, evidence: [{word}]}}}}"),
        "roles/r.md": record(f"title: {word}", "requires: {s: 4}", f"needs: [{word}]"),
        "goals/g.md": record(
            f"title: {word}",
            "start: 2026-01-01",
            "due: 2026-12-31",
            f"metric: 9/24 {word}",
            "raises: {s: 3}",
            "role: r",
            f"why: {word}",
            f"milestones: {{{word}: 2026-11}}",
            body=word,
        ),
        "reviews/v.md": record(
            f"title: {word}", "date: 2026-09-01", "visibility: public", f"wins: [{word}]"
        ),
    }
    write_plan(tmp_path / "plan", files)
    made = build(tmp_path / "plan", today=today)
    assert made.files is not None, made.check.errors
    write({**made.files, **made.copies}, tmp_path / "site", protected=[tmp_path / "plan"])
    beyond = """
        [...document.querySelectorAll('main :is(h1, h2, h3, p, dt, dd, tbody th, td, li)')]
            .map(node => [node.className, node.getBoundingClientRect()])
            .filter(([, box]) => box.width > 2 && (box.left < 0 || box.right > innerWidth))
            .map(([name, box]) => `${name} ${box.left} ${box.right}`)
    """
    figures = """
        [...document.querySelectorAll('.stat-value, .stat-note')].filter(node => {
            const range = document.createRange();
            range.selectNodeContents(node);
            const text = range.getBoundingClientRect();
            const stat = node.closest('.stat').getBoundingClientRect();
            return text.left < stat.left || text.right > stat.right;
        }).map(node => node.textContent)
    """
    found = []
    with served(tmp_path / "site") as address:
        page = browser.new_page()
        for path in ("", "gaps/", "goals/g/", "reviews/v/"):
            page.goto(address + path)
            for viewport in (PHONE, DESKTOP):
                page.set_viewport_size(viewport)
                width = page.evaluate("document.documentElement.scrollWidth")
                wide = [width] if width > viewport["width"] else []
                said = [*wide, *page.evaluate(beyond), *page.evaluate(figures)]
                found += [f"{path} at {viewport['width']}: {one}" for one in said]
        page.close()
    assert found == []


def test_a_page_stays_light_and_still(browser: Browser, site: Path) -> None:
    """A page weighs under 100 kB with all that it loads, as hosts send it (compressed), and
    nothing moves while it loads."""
    observe = """
        window.shift = 0;
        new PerformanceObserver(list => {
            for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({type: 'layout-shift', buffered: true});
    """
    with served(site) as address:
        for path in ("", "goals/line-8-delay-study/", "gaps/", "progress/"):
            context = browser.new_context(viewport=DESKTOP)
            page = context.new_page()
            answers: list[Response] = []
            page.on("response", keeping(answers))
            page.add_init_script(observe)
            page.goto(address + path, wait_until="networkidle")
            assert page.evaluate("window.shift") == 0, path
            size = sum(len(gzip.compress(answer.body())) for answer in answers)
            assert 0 < size < 100_000, f"{path} loads {size} bytes"
            context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_page_keeps_the_room_of_a_picture_that_comes_late(
    browser: Browser, site: Path, viewport: ViewportSize
) -> None:
    """Nothing moves when it arrives, and it is shown in its shape."""
    late: list[Route] = []
    with (
        served(site) as address,
        closing(browser.new_page(viewport=viewport)) as page,
    ):
        page.route("**/files/**", lambda route: late.append(route))
        page.goto(f"{address}skills/timetabling/", wait_until="domcontentloaded")
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


def test_the_keyboard_reaches_the_content(browser: Browser, site: Path) -> None:
    """The first Tab shows a link that skips the navigation, and the focus can be seen."""
    with served(site) as address:
        page = browser.new_page(viewport=DESKTOP)
        page.goto(address)
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getAttribute('href')")
        assert focused.startswith("#")
        assert page.locator(focused).count() == 1
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        page.close()


def test_the_address_of_nothing_shows_a_page_whose_links_work(browser: Browser, site: Path) -> None:
    """404.html may be shown at any depth, so its links start at the base path."""
    with served(site, "/planfolio/") as address:
        page = browser.new_page()
        page.goto(f"{address}deep/down/nothing/")
        links = page.eval_on_selector_all("a[href], link[href]", LINKS)
        inside = [link for link in links if link.startswith(address) and "#" not in link]
        assert len(inside) >= 5
        for link in inside:
            assert page.request.get(link).ok, link
        page.close()
