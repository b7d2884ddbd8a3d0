"""What identifies a record, a field or a block: the strings by which a leak is known."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pydantic import BaseModel

from planfolio.audience.leaks.search import is_spaceless
from planfolio.model.plan import AssetLink, Intro, Record, Source
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.markdown import Body
    from planfolio.model.plan import Plan
    from planfolio.model.source_tree import Loc

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")
_WIKILINK = re.compile(r"\[\[[^\[\]|]*(?:\|([^\[\]]*))?\]\]")
_LEADS = re.compile(
    r"(\]\(\s*|^ {0,3}\[[^\]^][^\]]*\]:\s*)(?![a-z][a-z0-9+.-]*:)(?:<[^>\n]*>|[^\s)]*)",
    re.IGNORECASE | re.MULTILINE,
)
"""Where a link leads within the plan; full addresses are for every reader to see."""

_FEWEST_WORDS = 3
"""A piece of a body with fewer words identifies nothing, in scripts that have spaces."""

Holder: TypeAlias = "Record[Any] | Intro"


class String(NamedTuple):
    """A string of a plan: the text, what it is, and where it stands (a field, or the body)."""

    text: str
    what: str
    source: Source
    loc: Loc | None

    @property
    def place(self) -> tuple[str, int]:
        """The file and line that say it; of a body the line on which it begins."""
        if self.loc is None:
            return self.source.path, self.source.body_line
        return self.source.path, self.source.span(self.loc).line


def removed_strings(owner: Plan, seen: Plan) -> Iterator[String]:
    """Yield the strings of the owner's plan that what is left of it does not have there."""
    for key, record in owner.records.items():
        yield from _beside(record, seen.records.get(key))
    for kind, intro in owner.intros.items():
        yield from _beside(intro, seen.intros.get(kind))


def spoken_by(plan: Plan) -> Iterator[str]:
    """Yield what a plan says to those whom its site is for: titles, names, texts and bodies.

    Where the links of its bodies lead is not among it: that may be hidden from them.
    """
    holders: tuple[Holder, ...] = (*plan.records.values(), *plan.intros.values())
    for holder in holders:
        yield from (string.text for string in _names_and_fields(holder))
        yield from _spoken_in(holder.body)


def texts_of(value: object) -> Iterator[str]:
    """Yield the free texts of settings or fields; words of closed lists are not among them."""
    return (text for text, _ in _texts(value, ()))


def _beside(whole: Holder, left: Holder | None) -> Iterator[String]:
    if left is None:
        yield from _strings(whole)
        return
    if whole.body is left.body and whole.links == left.links and _same_fields(whole, left):
        return
    kept = {string.text for string in _strings(left)}
    yield from (string for string in _strings(whole) if string.text not in kept)


def _same_fields(some: Holder, other: Holder) -> bool:
    if isinstance(some, Intro) or isinstance(other, Intro):
        return True
    return some.fields is other.fields or some.fields == other.fields


def _strings(holder: Holder) -> Iterator[String]:
    yield from _names_and_fields(holder)
    yield from _of_body(holder.body, holder.source)


def _names_and_fields(holder: Holder) -> Iterator[String]:
    source = holder.source
    if isinstance(holder, Record):
        yield String(holder.title, "the title", source, ("title",))
        yield String(slug(holder.title).replace("-", " "), "the title", source, ("title",))
        yield String(holder.id, "the id", source, ("title",))
        if not (holder.inline or holder.implied):
            name = PurePosixPath(source.path).stem
            yield String(name, "the name of the file", source, ())
        for text, loc in _texts(holder.fields, ()):
            field = ".".join(str(step) for step in loc if isinstance(step, str))
            yield String(text, f"`{field}`", source, loc)
    for link in holder.links:
        if isinstance(link, AssetLink):
            name = PurePosixPath(link.path).stem
            yield String(name, "the name of a linked file", source, None)


def _of_body(body: Body, source: Source) -> Iterator[String]:
    for piece in (*body.plain.splitlines(), *body.text.splitlines()):
        for sentence in _SENTENCE_END.split(piece):
            if len(sentence.split()) >= _FEWEST_WORDS or is_spaceless(sentence):
                yield String(sentence, "the text", source, None)


def _spoken_in(body: Body) -> Iterator[str]:
    plain = body.plain
    yield from plain.splitlines()
    yield plain.replace("\n", " ")  # as it stands where the beginning of a text is shown
    # Code is in the text alone.
    text = _WIKILINK.sub(lambda link: link[1] or "", body.text)
    yield from _LEADS.sub(lambda link: link[1], text).splitlines()


def _texts(value: object, loc: Loc) -> Iterator[tuple[str, Loc]]:
    match value:
        case str():
            if type(value) is str:  # an enum's word is one of few
                yield value, loc
        case BaseModel():
            fields = type(value).model_fields
            for name in sorted(value.model_fields_set):
                yield from _texts(getattr(value, name), (*loc, fields[name].alias or name))
        case dict():
            for key, item in value.items():
                yield from _texts(key, (*loc, key))
                yield from _texts(item, (*loc, key))
        case tuple():
            for index, item in enumerate(value):
                yield from _texts(item, (*loc, index))
