"""What the words of a title tell: the phrases of a language, from a data file each."""

import pkgutil
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

from planfolio.model.diagnostics import Severity

LONGEST = 500
"""How many characters of a title are looked at."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")
# Codes of exams read the same in any language: AZ-900, SAA-C03, CKAD.
_EXAM_CODE = re.compile(r"\b[A-Z]{2,5}-[A-Z]?\d{2,4}\b|^[A-Z]{3,6}$")
_DATE = re.compile(r"\b(?:19|20)\d\d(?:-\w+)*\b|\b[QH][1-4]\b")
_BRACKETS = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|（[^（）]*）"
)


class Phrases(NamedTuple):
    """The phrases of one language, by the keys of its file.

    `severity` is that of a vague title: a warning where the phrases were measured on real titles,
    else a note. `patterns` are strings, since few plans need them all: `re` compiles one on its
    first use.
    """

    severity: Severity
    patterns: Mapping[str, str]

    def vague_words(self, title: str) -> str | None:
        """Return the words that make a title vague, unless it carries an amount."""
        return self._without_amount("vague", title)

    def activity(self, title: str) -> str | None:
        """Return the words that name an activity without an end, unless there is an amount."""
        return self._without_amount("activities", title)

    def alternative(self, title: str) -> str | None:
        """Return the word that joins two results, outside of brackets and quotes.

        “Three talks at meetups or conferences” is one result: an amount that is no date joins it.
        """
        text = _BRACKETS.sub(" ", title[:LONGEST])
        return None if self._found("amounts", _DATE.sub(" ", text)) else self._found("either", text)

    def exam(self, title: str) -> str | None:
        """Return the words that name an exam or a certificate, which one passes or does not."""
        code = _EXAM_CODE.search(title[:LONGEST])
        return code[0] if code else self._found("exams", title)

    def one_shot(self, title: str) -> str | None:
        """Return the words for what happens on one day: pass, give, publish, sign."""
        return self._found("one_shots", title)

    def _without_amount(self, name: str, title: str) -> str | None:
        return None if self._found("amounts", title) else self._found(name, title)

    def _found(self, name: str, title: str) -> str | None:
        pattern = self.patterns.get(name)
        text = " ".join(title[:LONGEST].replace("'", "’").split())
        match = re.search(pattern, text.lower()) if pattern else None
        return text[slice(*match.span())].strip() if match else None


@cache
def phrases_of(language: str) -> Phrases:
    """Read the phrases of a language (`en`, `pt-BR`), or none where it has no list."""
    prefix = re.split(r"[-_]", language, maxsplit=1)[0].casefold()
    data: dict[str, Any] = {}
    if _LANGUAGE.fullmatch(prefix):
        with suppress(FileNotFoundError):
            file = pkgutil.get_data("planfolio.rules", f"vague/{prefix}.toml") or b""
            data = tomllib.loads(file.decode())
    severity = Severity(data.pop("severity", "info"))
    joined = {name: "|".join(f"(?:{one})" for one in found) for name, found in data.items()}
    return Phrases(severity, joined)
