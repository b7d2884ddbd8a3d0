"""What the words of a title give away: the phrases of a language, from a data file each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from planfolio.model.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 500
"""How many characters of a title are looked at."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")
# Codes of exams read the same in any language: AZ-900, SAA-C03, CKAD.
_EXAM_CODES = (r"(?-i:\b[A-Z]{2,5}-[A-Z]?\d{2,4}\b)", r"(?-i:^[A-Z]{3,6}$)")
_DATE = re.compile(r"\b(?:19|20)\d\d(?:-\w+)*\b|\b[QH][1-4]\b")
_BRACKETS = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|（[^（）]*）"
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language.

    `severity` is that of a vague title: a warning where the phrases were measured on real titles,
    else a note.
    """

    severity: Severity
    vague: re.Pattern[str] | None
    amounts: re.Pattern[str] | None
    activities: re.Pattern[str] | None
    either: re.Pattern[str] | None
    exams: re.Pattern[str] | None
    one_shots: re.Pattern[str] | None

    def vague_words(self, title: str) -> str | None:
        """Return the words that make a title vague, unless it carries an amount."""
        return self._without_amount(self.vague, title)

    def activity(self, title: str) -> str | None:
        """Return the words that name an activity without an end, unless there is an amount."""
        return self._without_amount(self.activities, title)

    def alternative(self, title: str) -> str | None:
        """Return the word that joins two results, outside of brackets and quotes.

        “Three talks at meetups or conferences” is one result: an amount that is no date joins it.
        """
        text = _BRACKETS.sub(" ", title[:LONGEST])
        word = _found(self.either, text)
        return None if word is None or _found(self.amounts, _DATE.sub(" ", text)) else word

    def exam(self, title: str) -> str | None:
        """Return the words that name an exam or a certificate, which one passes or does not."""
        return _found(self.exams, title)

    def one_shot(self, title: str) -> str | None:
        """Return the words for what happens on one day: pass, give, publish, sign."""
        return _found(self.one_shots, title)

    def _without_amount(self, phrases: re.Pattern[str] | None, title: str) -> str | None:
        text = " ".join(title.split())
        words = _found(phrases, text)
        return None if words is None or _found(self.amounts, text) else words


def phrases_of(language: str) -> Phrases:
    """Read the phrases of a language (`en`, `pt-BR`), or none where it has no list."""
    prefix = re.split(r"[-_]", language, maxsplit=1)[0].casefold()
    data: dict[str, Any] = {}
    if _LANGUAGE.fullmatch(prefix):
        file = resources.files("planfolio.rules") / "vague" / f"{prefix}.toml"
        if file.is_file():
            data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Phrases(
        severity=Severity(data.get("severity", "info")),
        vague=_any_of(data.get("vague", ())),
        amounts=_any_of(data.get("amounts", ())),
        activities=_any_of(data.get("activities", ())),
        either=_any_of(data.get("either", ())),
        exams=_any_of((*_EXAM_CODES, *data.get("exams", ()))),
        one_shots=_any_of(data.get("one_shots", ())),
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(joined, re.IGNORECASE) if joined else None


def _found(pattern: re.Pattern[str] | None, text: str) -> str | None:
    match = pattern.search(text[:LONGEST].replace("'", "’")) if pattern else None
    return match[0].strip() if match else None
