"""Tests of how the client comes into a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from tests.serve.live import outcome

from planfolio import __version__
from planfolio.serve.page import client_files, with_client

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PAGE = (
    b"<!doctype html>\n<html>\n<head><title>A</title>\n</head>\n<body><h1>A</h1></body>\n</html>\n"
)


def scripts_of(page: bytes) -> list[Element]:
    """Return the script elements of a page, as a browser parses it."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return list(tree.iter("script"))


def told_to(page: bytes) -> Any:
    """Return what a page tells the client of itself."""
    (script,) = scripts_of(page)
    return json.loads(script.attrib["data-planfolio"])


def test_a_page_gets_one_script_in_its_head_and_is_else_as_it_was() -> None:
    """Nothing of the page is changed or moved; the script is a file, since a policy of content
    lets no text be run."""
    page = with_client(PAGE, outcome())
    start = page.index(b"<script")
    end = page.index(b"</script>") + len(b"</script>\n")
    assert page[:start] + page[end:] == PAGE
    assert start < page.index(b"</head>")
    (script,) = scripts_of(page)
    assert (script.attrib["src"], script.text) == ("/_planfolio/client.js", None)
    assert b"<style" not in page


@pytest.mark.parametrize(
    "page",
    [b"<!doctype html><title>A</title><h1>A</h1>", b"<HEAD><TITLE>A</TITLE></HEAD >", b""],
)
def test_any_page_gets_it(page: bytes) -> None:
    """One without a head, in capitals, or empty."""
    assert told_to(with_client(page, outcome()))["build"] == "b1"


def test_it_tells_what_the_page_is_of() -> None:
    """The build that it came from, the version of the client, and the link to an editor."""
    link = 'zed://file/home/"me"&<co>/{path}:{line}'
    page = with_client(PAGE, outcome(7), editor=link)
    assert told_to(page) == {"build": "b7", "version": __version__, "editor": link}
    assert told_to(with_client(PAGE, outcome()))["editor"] is None


@pytest.mark.parametrize(
    ("base", "source"),
    [("/repo/", "/repo/_planfolio/client.js"), ("/r%C3%A9s/", "/r%C3%A9s/_planfolio/client.js")],
)
def test_the_client_is_asked_for_below_the_path_of_the_site(base: str, source: str) -> None:
    """Percent-encoded once, however the base is written."""
    (script,) = scripts_of(with_client(PAGE, outcome(base=base)))
    assert script.attrib["src"] == source


def test_what_the_client_asks_for_is_there() -> None:
    """Every file that one of the client's files imports or names is among them, and its licence
    stands beside the one that is not ours."""
    files = client_files()
    assert {"client.js", "worker.js", "client.css", "idiomorph.js"} <= files.keys()
    own = [data.decode() for name, data in files.items() if name != "idiomorph.js"]
    asked = {
        word.strip("\"';),").removeprefix("./")
        for text in own
        for word in text.replace("(", " ").split()
        if word.startswith(('"./', '"client.css"', '"worker.js"'))
    }
    assert len(asked) > 5
    assert asked <= files.keys()
