"""The bundled catalogues are whole and sound."""

import re

import pytest
from babel.messages.checkers import python_format
from tests.catalogues import LANGUAGES, catalogue, missing, template

PARTS = re.compile(r"%\(\w+\)s|%%|</?\w+>")
"""Placeholders, percent signs and tags."""

QUOTES = {"en": "“”’", "de": "„“‚‘’", "es": "«»“”’"}


def texts(string: object) -> tuple[str, ...]:
    """Return the forms of a message, none of which is empty."""
    forms = string if isinstance(string, tuple | list) else (string,)
    return tuple(str(form) for form in forms if form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated(language: str) -> None:
    """All words of themes and code are there and no others, each in all plural forms, for sure."""
    messages, found = template(), catalogue(language)
    new = [m.id for m in messages if m.id and found.get(m.id, m.context) is None]
    old = [m.id for m in found if m.id and messages.get(m.id, m.context) is None]
    assert not new + old, "run `python -m tests.catalogues`, then translate what it lists"
    path = f"themes/default/locales/{language}/LC_MESSAGES/messages.po"
    assert missing(found) == [], f"translate these in {path}"
    assert len(found) > 900


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_numbers_and_names_of_its_message(language: str) -> None:
    """It would fail when its page is rendered, or leave out what the page is about."""
    found = catalogue(language)
    for message in found:
        if message.id and message.string:
            python_format(found, message)
            for form in texts(message.string):
                assert set(PARTS.findall(form)) == set(PARTS.findall(str(message.id))), form


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_quotes_dashes_and_dots_are_those_of_the_language(language: str) -> None:
    """No typewriter signs, and no quotes of another language."""
    messages = template() if language == "en" else catalogue(language)
    others = set("".join(QUOTES.values())) - set(QUOTES[language])
    for message in messages:
        for form in texts(message.id if language == "en" else message.string) if message.id else ():
            assert not re.search(r"[\"']|\.\.\.|--| - ", form), form
            assert not others & set(form), form
