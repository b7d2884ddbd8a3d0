"""Brings the catalogues of the bundled themes up to date: `python -m tests.catalogues`.

Words come from the templates of all bundled themes, from what the code says by `gettext`, and from
the names of kinds, fields, choices and levels. Their translations are all in the default theme. The
command adds new words, removes old ones, and lists what has no translation.
"""

import io
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from planfolio.model.kinds import KINDS
from planfolio.model.scales import SCALES
from planfolio.model.table import Table, field_annotations
from planfolio.model.values.cadence import Period

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "themes" / "default" / "locales"
LANGUAGES = sorted(path.name for path in LOCALES.iterdir())

_METHODS = [
    ("**/templates/**.*", "jinja2"),
    ("**/local_formats.py", "python"),
    ("**/filters.py", "python"),
    ("**/elements.py", "python"),
    ("**/renderer.py", "python"),
]
_OPTIONS = {"**/templates/**.*": {"trimmed": "true", "silent": "false"}}
_KEYWORDS = {**DEFAULT_KEYWORDS, "_words": None, "word_placeholder": None}
_ABOUT = tuple(f'"{word}' for word in ("Project", "Report", "PO", "Last", "Language-", "Generated"))


def template() -> Catalog:
    """Return all messages, without translations."""
    found = Catalog(project="planfolio", fuzzy=False)
    for place in ("themes", "generator/planfolio"):
        for file, _, message, comments, context in extract_from_dir(
            ROOT / place, _METHODS, _OPTIONS, _KEYWORDS, directory_filter=lambda _: True
        ):
            found.add(
                message, locations=[(Path(file).name, 0)], auto_comments=comments, context=context
            )
    for word in sorted(_words_of_the_model()):
        found.add(word, locations=[("model", 0)])
    return found


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it is written."""
    return read_po(io.StringIO(_file(language).read_text("utf-8")), locale=language)


def updated(language: str, messages: Catalog) -> Catalog:
    """Return the catalogue of a language with these messages and no others."""
    found = catalogue(language)
    found.update(messages, no_fuzzy_matching=True, update_creation_date=False)
    found.obsolete.clear()
    return found


def write(language: str, found: Catalog) -> None:
    """Write a catalogue, of its header only what tells how to read it."""
    text = io.BytesIO()
    write_po(text, found, width=100, sort_output=True, include_lineno=False)
    lines = text.getvalue().decode().splitlines(keepends=True)
    kept = (line for line in lines if not line.startswith(_ABOUT))
    _file(language).write_text("".join(kept), "utf-8")


def missing(found: Catalog) -> list[str]:
    """Return the messages that are not translated, or not surely."""
    return [str(m.id) for m in found if m.id and (m.fuzzy or not all(_strings(m.string)))]


def _strings(string: Any) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


def _file(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def _words_of_the_model() -> Iterator[str]:
    """Yield the words that stand in the code as names of things that a page shows."""
    yield from ("yes", "no", *Period)
    yield from ("Note", "Tip", "Important", "Warning", "Caution")  # the callouts of Markdown
    for kind in KINDS:
        yield from (kind.name, kind.plural, *kind.reference_words.values())
        yield from (source.label for source in kind.events if source.label)
        yield from (name.strip("_").replace("_", " ") for name in _names(kind.fields))
    for scale in SCALES.values():
        yield scale.title
        for level in scale.levels:
            yield from (level.name, level.definition)


def _names(shape: Any) -> Iterator[str]:
    """Yield the names of the fields below a type, and the words of its choices."""
    if isinstance(shape, type) and issubclass(shape, StrEnum):
        yield from (word.value for word in shape)
    elif isinstance(shape, type) and issubclass(shape, Table):
        for name, annotation in field_annotations(shape).items():
            yield name
            yield from _names(annotation)
    else:
        for part in get_args(shape):
            yield from _names(part)


def main() -> None:
    """Write the catalogues."""
    messages = template()
    for language in LANGUAGES:
        found = updated(language, messages)
        write(language, found)
        print(f"{language}: {len(found)} messages", *missing(found), sep="\n  ")  # noqa: T201


if __name__ == "__main__":
    main()
