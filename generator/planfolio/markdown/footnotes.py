"""Footnotes: taken out of the flow, numbered in the order of their first reference."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its number from 1, its tokens, and the references to it that are shown."""

    number: int
    tokens: list[Token]
    references: tuple[int, ...]


@dataclass(slots=True)
class _Definition:
    label: str
    tokens: list[Token] = field(default_factory=list)


def take_footnotes(
    tokens: list[Token], env: MutableMapping[str, Any]
) -> tuple[list[Token], list[Footnote]]:
    """Return the tokens outside footnotes, and the footnotes that something refers to.

    A definition may stand within a quote, a list or another footnote.
    """
    notes = env.get("footnotes")
    if not notes:
        return tokens, []
    flow: list[Token] = []
    open_definitions: list[_Definition] = []
    definitions: dict[str, list[Token]] = {}
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_definitions.append(_Definition(token.meta["label"]))
        elif token.type == "footnote_reference_close":
            closed = open_definitions.pop()
            definitions[closed.label] = closed.tokens
        elif open_definitions:
            open_definitions[-1].tokens.append(token)
        else:
            flow.append(token)
    numbered = notes.get("list", {})
    shown = [flow, *(definitions.get(note["label"], []) for note in numbered.values())]
    references = _references(token for block in shown for token in block)
    return flow, [
        Footnote(
            number=index + 1,
            tokens=definitions.get(note["label"], []),
            references=tuple(references.get(index, ())),
        )
        for index, note in numbered.items()
    ]


def _references(tokens: Iterable[Token]) -> dict[int, list[int]]:
    """Return which references to each footnote are shown: those in an image's text are not."""
    found: dict[int, list[int]] = {}
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref":
                found.setdefault(child.meta["id"], []).append(child.meta["subId"])
    return found
