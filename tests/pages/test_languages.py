"""The frame of a site in other languages, and the owner's text within it."""

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import write_po
from tests.canaries import AS_OF, Canaries, front_matter, plain
from tests.catalogues import template
from tests.pages.built import site

from planfolio.model.kinds import KINDS
from planfolio.render.theme import load_theme

OWN = re.compile(
    r"\S*canary\S*|\w* is a sentence, with|Said|\band\b|A plain \w+|Plain words of an? \w+\.|talks"
    r"|EUR|site\.toml|content/\S+",
    re.IGNORECASE,
)
"""What the plan of these tests says, and names of files and currencies."""
SHOWN = ("alt", "aria-label", "data-label", "placeholder", "title", "data-all", "data-nothing")
"""The attributes whose text people see or hear."""


def pseudo_catalogue() -> str:
    """Return a Russian catalogue in which each letter of a message is ж."""
    found = template()
    found.locale = "ru"
    for message in found:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            one, *more = [re.sub(r"%\(\w+\)s|[A-Za-z]", _without_latin, str(text)) for text in ids]
            message.string = (one, *more * (found.num_plurals - 1)) if more else one
    text = io.BytesIO()
    write_po(text, found)
    return text.getvalue().decode()


def _without_latin(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("%") else "ж"


def shown_texts(element: Element) -> Iterator[str]:
    """Yield the texts of an element that are not marked as English, and those of its attributes."""
    tag = str(element.tag).rpartition("}")[2]
    if element.get("lang") != "en" and tag not in ("script", "style", "code", "kbd"):
        yield from (value for name in SHOWN if (value := element.get(name)))
        yield element.text or ""
        for child in element:
            yield from shown_texts(child)
            yield child.tail or ""


@pytest.fixture(scope="module")
def plan() -> Mapping[str, str]:
    """A plan with every field of every kind, whose words are known; an address and a language."""
    canaries = Canaries()
    files = plain()
    for kind in KINDS:
        path = f"{kind.name}.md" if kind.singleton else f"{kind.folder}/full.md"
        body = canaries.body(kind.name)
        files[path] = front_matter(canaries.fields(kind) | {"id": f"full-{kind.name}"}) + body
        files |= canaries.drawings(body, "." if kind.singleton else kind.folder)
    return files


def unfolded(calendar: str) -> str:
    """Return a calendar with each of its lines in one piece."""
    return calendar.replace("\r\n ", "")


def with_site(plan: Mapping[str, str], language: str) -> Mapping[str, str]:
    """Return a plan with a site.toml in a language."""
    site = f'title = "Canarytitle"\nbase_url = "https://canary.example/"\nlanguage = "{language}"\n'
    return {"site.toml": site, **plan}


@pytest.mark.parametrize("name", ["default", "paper"])
def test_no_english_word_is_left_where_a_catalogue_has_all_words(
    plan: Mapping[str, str], tmp_path: Path, name: str
) -> None:
    """What has Latin letters on a page of Cyrillic words was written by the owner."""
    catalogue = tmp_path / "themes" / name / "locales" / "ru" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(pseudo_catalogue(), "utf-8")
    theme = load_theme(name, site_root=tmp_path, language="ru")
    built = site(with_site(plan, "ru"), theme=theme, as_of=str(AS_OF))
    found = set()
    for path, page in built.pages():
        for text in shown_texts(page.all("body")[0].element):
            if re.search("[A-Za-z]{2,}", OWN.sub("", text)):
                found.add(f"{path}: {text.strip()}")
    for path, lines in {
        "atom.xml": re.findall("<(?:title|summary)>([^<]*)", built.text("atom.xml")),
        "plan.ics": re.findall("(?:SUMMARY|DESCRIPTION):(.*)", unfolded(built.text("plan.ics"))),
    }.items():
        assert lines
        found |= {f"{path}: {x}" for x in lines if re.search("[A-Za-z]{2,}", OWN.sub("", x))}
    assert sorted(found) == []


def test_what_the_owner_wrote_has_the_language_of_the_plan(plan: Mapping[str, str]) -> None:
    """Without a catalogue the frame is English, and says so."""
    theme = load_theme("default", site_root=Path(), language="ar")
    built = site(with_site(plan, "ar"), theme=theme, as_of=str(AS_OF))
    found = set()
    for path, page in built.pages():
        assert (page.element.get("lang"), page.element.get("dir")) == ("en", "ltr")
        for text, marks in marked_texts(page.all("body")[0].element, ("en", "ltr")):
            if "canary" in text.lower() and marks != ("ar", "rtl"):
                found.add(f"{path}: {text.strip()}")
    assert sorted(found) == []


def marked_texts(element: Element, marks: tuple[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the texts of an element, drawings and code aside, with their language and direction."""
    tag = str(element.tag).rpartition("}")[2]
    if tag not in ("script", "style", "code", "svg") and element.get("class") != "contents":
        marks = (element.get("lang", marks[0]), element.get("dir", marks[1]))
        yield element.text or "", marks
        for child in element:
            yield from marked_texts(child, marks)
            yield child.tail or "", marks
