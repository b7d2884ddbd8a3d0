"""The frame of a site in other languages, and the owner's text within it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import write_po
from tests.catalogues import template
from tests.pages.built import site_of

from planfolio.render import load_theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

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


def owners_text(root: Path) -> str:
    """Return what the owner wrote, without keys and words of closed lists, as one line."""
    files = [root / "site.toml", *sorted((root / "content").rglob("*.md"))]
    text = "\n".join(file.read_text("utf-8") for file in files)
    choices = "|".join(("kind", "status", "priority", "likelihood", "relation", "mode", "need"))
    text = re.sub(rf"\b(?:{choices}): [\w-]+", "", text)
    return " ".join(
        re.sub(r"^[\s-]*[a-z_]+:|[{,] ?[a-z_]+:", " ", text, flags=re.MULTILINE).split()
    )


@pytest.mark.parametrize("audience", ["private", "mentor"])
def test_no_english_word_is_left_where_a_catalogue_has_all_words(
    example: Path, tmp_path: Path, audience: str
) -> None:
    """What has Latin letters on a page of Cyrillic words was written by the owner."""
    catalogue = tmp_path / "themes" / "default" / "locales" / "ru" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(pseudo_catalogue(), "utf-8")
    theme = load_theme("default", site_root=tmp_path, language="ru")
    built = site_of(example, theme=theme, audience=audience, as_of=None)
    own = owners_text(example)
    found = set()
    for path, page in built.pages():
        for text in shown_texts(page.all("body")[0].element):
            for words in re.findall(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})*", text):
                if words not in own:
                    found.add(f"{path}: {words}")
    assert sorted(found) == []
