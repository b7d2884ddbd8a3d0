"""The language of a site's frame: the words of its theme, and how it writes values.

A catalogue is a gettext file in a theme, `locales/de/LC_MESSAGES/messages.po`. What the one of a
region (`de_AT`) lacks is looked up in that of its language (`de`), and then stays English. Without
any catalogue for the language of site.toml the frame is English, and what the owner wrote is marked
with its own language and direction.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from gettext import GNUTranslations, NullTranslations
from typing import Any, NamedTuple

from markupsafe import Markup

from planfolio.model import formatting
from planfolio.render.theme_files import ThemeError, ThemeFile

ENGLISH = "en"

_NO_MARKS = Markup("")
_CATALOGUE = "locales/{}/LC_MESSAGES/messages.po"
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


class FrameLanguage(NamedTuple):
    """The language of the frame. `code` and `direction` (ltr or rtl) are in each page.

    `owner_marks` are the attributes that mark text of the plan in another language. `digest`
    changes with the catalogues. `formats` is `model.formatting`, which is English, or a
    LocalFormats.
    """

    words: NullTranslations
    formats: Any
    code: str = ENGLISH
    direction: str = "ltr"
    owner_marks: Markup = _NO_MARKS
    digest: str = ""


def catalogues_in(layer: Mapping[str, ThemeFile], language: str) -> Iterator[ThemeFile]:
    """Yield the catalogues of a theme's folder for a language, that of its region last."""
    for name in _names(language):
        file = layer.get(_CATALOGUE.format(name))
        if file is not None:
            yield file


def frame_language(language: str, catalogues: Sequence[ThemeFile]) -> FrameLanguage:
    """Return the frame of a site in a language, given its catalogues, the strongest last.

    Raises ThemeError with file and line for a catalogue that cannot be used.
    """
    is_english = _names(language)[0] == ENGLISH
    if not catalogues and not is_english:
        marks = Markup(' lang="{}" dir="{}"').format(language, _direction(language))
        return FrameLanguage(words=NullTranslations(), formats=formatting, owner_marks=marks)
    words = NullTranslations()
    for file in catalogues:
        stronger = _translations(file)
        stronger.add_fallback(words)
        words = stronger
    digest = hashlib.sha256(b"".join(file.data for file in catalogues))
    return FrameLanguage(
        code=language,
        direction=_direction(language),
        digest=digest.hexdigest() if catalogues else "",
        words=words,
        formats=formatting if is_english else _formats(language, words),
    )


def _names(language: str) -> list[str]:
    """Return a language and its variants as folders are named, the widest first: de, de_AT."""
    first, *parts = language.replace("-", "_").split("_")
    names = [first.lower()]
    for part in parts:
        names.append(f"{names[-1]}_{part.title() if len(part) == 4 else part.upper()}")
    return names


def _translations(file: ThemeFile) -> GNUTranslations:
    """Return the translations of a catalogue, without those that are marked as fuzzy."""
    from babel.messages.catalog import TranslationError
    from babel.messages.checkers import python_format
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(io.StringIO(file.text()), abort_invalid=True)
    except PoFileError as error:
        raise ThemeError(str(error), path=file.shown, line=error.lineno + 1) from None
    for message in catalogue:
        try:
            if message.string and not message.fuzzy:
                python_format(catalogue, message)
        except TranslationError as error:
            raise ThemeError(str(error), path=file.shown, line=message.lineno) from None
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _formats(language: str, words: NullTranslations) -> Any:
    """Return how a language writes values, as English does where CLDR does not know it."""
    from babel import Locale, UnknownLocaleError

    from planfolio.render.local_formats import LocalFormats

    for name in reversed(_names(language)):
        try:
            return LocalFormats(Locale.parse(name), words)
        except (UnknownLocaleError, ValueError):
            continue
    return formatting


def _direction(language: str) -> str:
    return "rtl" if _names(language)[0] in _RIGHT_TO_LEFT else "ltr"
