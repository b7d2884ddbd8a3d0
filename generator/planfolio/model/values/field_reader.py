"""How a field reads its value from the text that was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, ClassVar

from planfolio.message_text import alternatives, quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.values.text import bare_words
from planfolio.names import near_names

_NONE: Mapping[str, str] = MappingProxyType({})
_FEW = 8
"""The number of words up to which a hint lists them all beside the nearest one."""


@dataclass(frozen=True, slots=True, eq=False)
class FieldReader:
    """Annotate a type with the function that reads it, as `Annotated[Effort, FieldReader(...)]`.

    `read` takes the text; with `tables` a table of keys too, as a dict, and with `hours` also
    `hours_per_week`, which gives `2w` of effort a meaning.
    `schema` is the JSON Schema of the text. `expects` names the value where a list or a table
    is in its place: `expected a date, found a list`. `name` is that of the finding
    (`bad-date`), `code` the rule of a value in another shape, and `if_empty` the hint where nothing
    was written.
    """

    read: Callable[..., Any]
    schema: Mapping[str, Any]
    expects: str
    name: str = "bad-value"
    code: str = "F102"
    hours: bool = False
    tables: bool = False
    if_empty: str = "write a value, or take the key out"

    def value(self, plain: object, *, hours_per_week: Fraction | None) -> Any:
        """Read what was typed, as text, list or dict (see `plain_data`). Raises Problem."""
        try:
            if not isinstance(plain, str) and not (self.tables and isinstance(plain, dict)):
                raise self._wrong_shape(plain)
            if self.hours:
                return self.read(plain, hours_per_week=hours_per_week)
            return self.read(plain)
        except Problem as problem:
            if problem.name == "bad-value":
                problem.name = self.name
            raise

    def _wrong_shape(self, value: object) -> Problem:
        if value is None:
            hint = self.if_empty
        elif isinstance(value, list):
            hint = f"write {_only(value) or 'one value, without brackets or dashes'}"
        else:
            hint = "write one value, without keys below it"
        message = f"expected {self.expects}, found {shape_of(value)}"
        return Problem(message, hint, name=self.name, code=self.code)


def _only(value: object) -> str | None:
    """Return the text that a list holds alone, in lists or not, as in `[[cka]]`."""
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, str) else None


def choice(
    words: Mapping[str, Enum],
    *,
    about: str,
    synonyms: Mapping[str, str] = _NONE,
    code: str = "F102",
    name: str = "bad-value",
) -> FieldReader:
    """Return the reader of one of some words, in any case, as the member that it means.

    Any other text raises Problem with `code` and `name`, the word that `synonyms` has for it or the
    nearest one and, when they are few, all of them; `about` names what is chosen: `status of a
    goal`. `synonyms` are what other trackers write, by our word: `{"done": "completed, finished"}`.
    """
    by_word = {word.casefold(): word for word in words}

    def read(text: str) -> Enum:
        word = text.strip().casefold()
        if word in by_word:
            return words[by_word[word]]
        near = near_names(word, by_word)
        hint = f"write {alternatives(words)}"
        bare = bare_words(text)
        meant = [word for word, others in synonyms.items() if bare in others.split(", ")]
        if meant:
            hint = f"write {meant[0]}"
        elif near:
            others = f" The words are {alternatives(words)}" if len(words) <= _FEW else ""
            hint = f"did you mean {by_word[near[0]]}?{others}"
        raise Problem(f"{quoted(text)} is no {about}", hint, name=name, code=code)

    schema = {"type": "string", "enum": list(words), "description": about.capitalize()}
    return FieldReader(
        read, schema, f"a {about}", code=code, name=name, if_empty=f"write {alternatives(words)}"
    )


class Choice(StrEnum):
    """Words of which one is chosen: `class Priority(Choice, about="priority")`; see `choice`."""

    reader: ClassVar[FieldReader]

    def __init_subclass__(cls, *, about: str, synonyms: Mapping[str, str] = _NONE) -> None:
        """Keep how a word is read."""
        cls.reader = choice({str(word): word for word in cls}, about=about, synonyms=synonyms)


def shape_of(plain: object) -> str:
    """Return what a message calls a value of another shape than its field has."""
    match plain:
        case None:
            return "nothing"
        case str():
            return f"the text {quoted(plain)}"
        case dict():
            return "a table of keys"
        case _:
            return "a list"
