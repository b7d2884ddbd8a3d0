"""Sites of small plans, read as a person reads them: by their words, tables, facts and links.

`site({"goals/talks.md": "title: Talks\\ndue: 2026-09"}).page("goals/talks/")` is that page.
Paths are below content/, but for `site.toml`; a text is front matter unless it begins with `---`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element, TreeBuilder

from tests.reading import write

from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Kind
from planfolio.model.visibility import Visibility
from planfolio.pipeline import CheckResult, Today, check, site_for
from planfolio.render.site import RenderedSite
from planfolio.render.theme import Theme, load_theme

ROOT = "https://plan.example/"


class Part:
    """A page or a part of one."""

    def __init__(self, element: Element, url: str) -> None:
        self.element = element
        self.url = url

    def __contains__(self, words: str) -> bool:
        return words in self.words

    @cached_property
    def words(self) -> str:
        """All words, with single spaces."""
        return _words(self.element)

    def all(self, tag: str, **attributes: str) -> "list[Part]":
        """Return the elements of a tag with these attributes; `cls` is one of its classes."""
        found = (e for e in self.element.iter() if _name(e) == tag and _has(e, attributes))
        return [Part(element, self.url) for element in found]

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """Return the words of each element of a tag."""
        return [part.words for part in self.all(tag, **attributes)]

    def section(self, heading: str) -> "Part":
        """Return the section under a heading."""
        found = (part for part in self.all("section") if part.texts("h2") == [heading])
        return next(found)

    def rows(self, caption: str = "") -> list[list[str]]:
        """Return the cells of a table by row, without its head."""
        table = next(t for t in self.all("table") if caption in ("", *t.texts("caption")))
        body = table.all("tbody")[0]
        return [[_words(cell) for cell in row.element] for row in body.all("tr")]

    @property
    def facts(self) -> dict[str, str]:
        """Names and values of what stands in description lists."""
        pairs = (part for part in self.all("div") if part.element.find("dt") is not None)
        return {part.texts("dt")[0]: part.texts("dd")[0] for part in pairs}

    @property
    def badges(self) -> list[str]:
        """The words of the badges."""
        return self.texts("span", cls="badge")

    @property
    def links(self) -> dict[str, str]:
        """Words of the links by the path on the site, or the address, that they lead to; a link
        beside a heading that leads to it is left out."""
        return {
            unquote(urljoin(ROOT + self.url, a.get("href", ""))).removeprefix(ROOT): _words(a)
            for a in self.element.iter("a")
            if a.get("class") != "permalink"
        }

    def meta(self, name: str) -> str | None:
        """Return what a `meta` or a `link` of the head says."""
        for element in self.element.iter():
            if name in (element.get("name"), element.get("property"), element.get("rel")):
                return element.get("content") or element.get("href")
        return None


class Site:
    """The site of a plan for an audience; each file is rendered when it is asked for."""

    def __init__(self, rendered: RenderedSite, checked: CheckResult) -> None:
        self.rendered = rendered
        self.checked = checked

    @property
    def paths(self) -> set[str]:
        """The paths of all files but those of the theme."""
        return set(self.rendered.paths) - set(self.rendered.theme.static)

    def text(self, path: str) -> str:
        """Return a file; of a picture there is little to read."""
        return self.rendered.render(path).decode(errors="replace")

    @property
    def export(self) -> Any:
        """What plan.json holds."""
        return json.loads(self.text("plan.json"))

    def goal(self, id_: str) -> dict[str, Any]:
        """Return a goal of plan.json."""
        found: dict[str, Any] = next(goal for goal in self.export["goals"] if goal["id"] == id_)
        return found

    def page(self, url: str = "") -> Part:
        """Return all of a page, its head too."""
        path = url if url.endswith(".html") else f"{url}index.html"
        return Part(tree_of(self.text(path)), url)

    def main(self, url: str = "") -> Part:
        """Return what a page has of its own."""
        return self.page(url).all("main")[0]

    def pages(self) -> Iterator[tuple[str, Part]]:
        """Yield all pages by path."""
        for path in sorted(self.paths):
            if path.endswith(".html"):
                yield path, self.page(path.removesuffix("index.html"))


def tree_of(page: str) -> Element:
    """Return the elements of a page of ours, which closes all that it opens.

    A parser that forgives as browsers do takes five times as long.
    """
    parser = _Parser()
    parser.feed(page)
    parser.close()
    assert not parser.open, f"never closed: {parser.open}"
    return parser.builder.close()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.builder = TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> at {self.getpos()}"
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


@cache
def _default_theme() -> Theme:
    return load_theme("default", site_root=Path())


def site(
    files: Mapping[str, str],
    *,
    as_of: str = "2026-07-01",
    audience: str = "private",
    kinds: Sequence[Kind] = KINDS,
    root: Path | None = None,
    theme: Theme | None = None,
) -> Site:
    """Return the site of a plan; `root` keeps its files for a test that needs them."""
    if root is None:
        with TemporaryDirectory() as folder:
            return site(
                files, as_of=as_of, audience=audience, kinds=kinds, root=Path(folder), theme=theme
            )
    for path, text in ({"site.toml": 'title = "A plan"\n'} | dict(files)).items():
        front = path.endswith(".md") and not text.startswith("---")
        write(root, {path: f"---\n{text.rstrip()}\n---\n" if front else text})
    (root / "content").mkdir(exist_ok=True)
    return site_of(root, as_of=as_of, audience=audience, kinds=kinds, theme=theme)


def site_of(
    root: Path,
    *,
    as_of: str | None = None,
    audience: str = "private",
    kinds: Sequence[Kind] = KINDS,
    theme: Theme | None = None,
) -> Site:
    """Return the site of a plan in a folder, on the day of its site.toml if no other is given."""
    day = date.fromisoformat(as_of) if as_of else None
    today = Today(now=datetime(2026, 1, 1, tzinfo=UTC), as_of=day)
    result = check(root, today=today, kinds=kinds)
    assert not result.errors, [f"{d.path}: {d.message}" for d in result.errors]
    rendered = site_for(
        result, audience=Visibility[audience.upper()], theme=theme or _default_theme()
    )
    assert rendered is not None
    return Site(rendered, result)


def _words(element: Element) -> str:
    return " ".join("".join(_texts(element)).replace("\u00a0", " ").split())


def _texts(element: Element) -> Iterator[str]:
    """Yield the text of an element; a block, a cell and a line stand apart from others."""
    apart = " " if element.tag in _BLOCKS else ""
    yield apart + (element.text or "")
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield apart


_BLOCKS = {"p", "div", "dt", "dd", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "section"}


def _name(element: Element) -> str:
    """Return the tag of an element, also of a drawing."""
    return str(element.tag).rpartition("}")[2]


def _has(element: Element, wanted: Mapping[str, str]) -> bool:
    classes = element.get("class", "").split()
    return all(v in classes if k == "cls" else element.get(k) == v for k, v in wanted.items())
