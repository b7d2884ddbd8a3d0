"""What identifies a record, a field or a block: the strings by which a leak is known."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pydantic import BaseModel

from planfolio.plan import AssetLink, Intro, Record, Source
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.markdown import Body
    from planfolio.marks import Loc
    from planfolio.plan import Plan

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")
_FEWEST_WORDS = 3
"""A piece of a body with fewer words identifies nothing."""

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


def strings_of(plan: Plan) -> Iterator[String]:
    """Yield the strings of a plan that its site may show: titles, names, texts, sentences."""
    for record in plan.records.values():
        yield from _strings(record)
    for intro in plan.intros.values():
        yield from _strings(intro)


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
    yield from _of_body(holder.body, source)
    for link in holder.links:
        if isinstance(link, AssetLink):
            name = PurePosixPath(link.path).stem
            yield String(name, "the name of a linked file", source, None)


def _of_body(body: Body, source: Source) -> Iterator[String]:
    pieces = (part for part in body.prose if isinstance(part, str))
    for piece in (*pieces, *body.text.splitlines()):
        for sentence in _SENTENCE_END.split(piece):
            if len(sentence.split()) >= _FEWEST_WORDS or not sentence.isascii():
                yield String(sentence, "the text", source, None)


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
