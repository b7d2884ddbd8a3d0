"""What identifies the parts of a plan that an audience may not see, and what the rest says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pydantic import BaseModel

from planfolio.model.plan import AssetLink, Record
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.plan import Intro, Plan, Source
    from planfolio.model.source_tree import Loc

_Holder: TypeAlias = "Record[Any] | Intro"

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")
_WIKILINK = re.compile(r"\[\[[^\[\]|]*(?:\|([^\[\]]*))?\]\]")
_TARGET_IN_PLAN = re.compile(
    r"(\]\(\s*|^ {0,3}\[[^\]^][^\]]*\]:\s*)(?![a-z][a-z0-9+.-]*:)(?:<[^>\n]*>|[^\s)]*)",
    re.IGNORECASE | re.MULTILINE,
)


class RemovedText(NamedTuple):
    """A text of the plan that was removed, what it is, and where it stands (None: in the body).

    An exact one is an address or a path, and is looked for as it is.
    """

    text: str
    what: str
    source: Source
    loc: Loc | None = None
    exact: bool = False

    @property
    def place(self) -> tuple[str, int]:
        """The file and the line that say it; of a body the line on which it begins."""
        if self.loc is None:
            return self.source.path, self.source.body_line
        return self.source.path, self.source.span(self.loc).line


def removed_texts(owner: Plan, seen: Plan) -> Iterator[RemovedText]:
    """Yield the texts and addresses of the owner's plan that what is left of it does not have."""
    pairs: list[tuple[_Holder, _Holder | None]] = [
        *((record, seen.records.get(key)) for key, record in owner.records.items()),
        *((intro, seen.intros.get(kind)) for kind, intro in owner.intros.items()),
    ]
    for whole, left in pairs:
        if left is None:
            yield from _texts_of(whole)
        elif (whole.body, whole.links, _fields(whole)) != (left.body, left.links, _fields(left)):
            kept = {item.text for item in _texts_of(left)}
            yield from (item for item in _texts_of(whole) if item.text not in kept)


def spoken_texts(plan: Plan) -> Iterator[str]:
    """Yield what a plan says to the readers of its site, without where its links lead."""
    yield from (text for text, _ in _strings(plan.settings, ()))
    yield from (record.url for record in plan.records.values())
    yield from plan.assets
    holders: tuple[_Holder, ...] = (*plan.records.values(), *plan.intros.values())
    for holder in holders:
        yield from (item.text for item in _names_and_fields(holder))
        yield holder.body.plain
        yield holder.body.plain.replace("\n", " ")  # as the beginning of a text is shown
        text = _WIKILINK.sub(lambda link: link[1] or "", holder.body.text)
        yield _TARGET_IN_PLAN.sub(lambda link: link[1], text)  # code is in the text alone


def _texts_of(holder: _Holder) -> Iterator[RemovedText]:
    source = holder.source
    yield from _names_and_fields(holder)
    if isinstance(holder, Record) and not holder.kind.singleton:
        for name in (holder.id, *holder.fields.aliases):
            address = f"{holder.kind.folder}/{slug(name)}/"
            yield RemovedText(address, "the address", source, ("title",), exact=True)
    for link in holder.links:
        if isinstance(link, AssetLink):
            yield RemovedText(link.path, "a linked file", source, exact=True)
    body = holder.body
    for piece in dict.fromkeys((*body.plain.splitlines(), *body.text.splitlines())):
        for sentence in _SENTENCE_END.split(piece):
            yield RemovedText(sentence, "the text", source)


def _names_and_fields(holder: _Holder) -> Iterator[RemovedText]:
    if not isinstance(holder, Record):
        return
    source = holder.source
    yield RemovedText(holder.title, "the title", source, ("title",))
    yield RemovedText(holder.id, "the id", source, ("title",))
    for text, loc in _strings(holder.fields, ()):
        field = ".".join(str(step) for step in loc if isinstance(step, str))
        yield RemovedText(text, f"`{field}`", source, loc)


def _fields(holder: _Holder) -> object:
    return holder.fields if isinstance(holder, Record) else None


def _strings(value: object, loc: Loc) -> Iterator[tuple[str, Loc]]:
    """Yield the free texts in settings or fields; words of closed lists are not among them."""
    match value:
        case str():
            if type(value) is str:
                yield value, loc
        case BaseModel():
            fields = type(value).model_fields
            for name in sorted(value.model_fields_set):
                yield from _strings(getattr(value, name), (*loc, fields[name].alias or name))
        case dict():
            for key, item in value.items():
                yield from _strings(key, (*loc, key))
                yield from _strings(item, (*loc, key))
        case tuple():
            for index, item in enumerate(value):
                yield from _strings(item, (*loc, index))
