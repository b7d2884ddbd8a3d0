"""What identifies a record, a field or a block: the strings by which a leak is known."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from planfolio.plan import AssetLink
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.markdown import Body
    from planfolio.marks import Loc
    from planfolio.plan import Plan, Record, Source

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")
_FEWEST_WORDS = 3
"""A piece of a body with fewer words identifies nothing."""


class String(NamedTuple):
    """A string of a plan, and where it stands."""

    text: str
    path: str
    line: int
    what: str


def strings_of(plan: Plan) -> Iterator[String]:
    """Yield the strings of a plan that its site may show: titles, names, texts, sentences."""
    for record in plan.records.values():
        yield from _of_record(record)
    for kind, intro in plan.intros.items():
        what = f"the text of the {kind} list"
        yield from _of_body(intro.body, intro.source, what)
        yield from _of_assets(intro.links, intro.source)


def texts_of(value: object) -> Iterator[str]:
    """Yield the free texts of settings or fields; words of closed lists are not among them."""
    return (text for text, _ in _texts(value, ()))


def _of_record(record: Record[Any]) -> Iterator[String]:
    source = record.source
    line = source.span(("title",), key=True).line
    yield String(record.title, source.path, line, "the title")
    yield String(slug(record.title).replace("-", " "), source.path, line, "the title")
    yield String(record.id, source.path, line, "the id")
    if not (record.inline or record.implied):
        yield String(PurePosixPath(source.path).stem, source.path, line, "the name of the file")
    for text, loc in _texts(record.fields, ()):
        field = ".".join(str(step) for step in loc if isinstance(step, str)) or "a field"
        yield String(text, source.path, source.span(loc).line, f"`{field}`")
    yield from _of_body(record.body, source, "the body")
    yield from _of_assets(record.links, source)


def _of_body(body: Body, source: Source, what: str) -> Iterator[String]:
    pieces = (part for part in body.prose if isinstance(part, str))
    for piece in (*pieces, *body.text.splitlines()):
        for sentence in _SENTENCE_END.split(piece):
            if len(sentence.split()) >= _FEWEST_WORDS or not sentence.isascii():
                yield String(sentence, source.path, source.body_line, what)


def _of_assets(links: tuple[object, ...], source: Source) -> Iterator[String]:
    for link in links:
        if isinstance(link, AssetLink):
            name = PurePosixPath(link.path).stem
            yield String(name, source.path, source.body_line, "the name of a linked file")


def _texts(value: object, loc: Loc) -> Iterator[tuple[str, Loc]]:
    match value:
        case str():
            if type(value) is str:  # an enum's word is one of few
                yield value, loc
        case BaseModel():
            fields = type(value).model_fields
            for name in value.model_fields_set:
                yield from _texts(getattr(value, name), (*loc, fields[name].alias or name))
        case dict():
            for key, item in value.items():
                yield from _texts(key, loc)
                yield from _texts(item, (*loc, key))
        case tuple():
            for index, item in enumerate(value):
                yield from _texts(item, (*loc, index))
