"""Drafts: documents as records of a kind, before anything is known of the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planfolio.diagnostics import Diagnostic, Severity
from planfolio.kinds.goal import GoalFields
from planfolio.marks import Entry, Mapping, Node, Scalar, Sequence, Span
from planfolio.plan import Key, Source
from planfolio.urls import slug
from planfolio.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence as SequenceOf

    from planfolio.kinds import Kind
    from planfolio.kinds.fields import Fields
    from planfolio.markdown import Body
    from planfolio.site import Site
    from planfolio.stage1_read import Document
    from planfolio.values.written import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record with its fields as written. `place` is its file's path in the content folder."""

    key: Key
    kind: Kind
    fields: Any
    source: Source
    body: Body
    place: str
    inline: bool = False
    implied: bool = False

    @property
    def title(self) -> str:
        """The title."""
        return str(self.fields.title)


@dataclass(slots=True)
class Drafts:
    """What the documents came to. `unread` names the records whose files say nothing usable."""

    drafts: list[Draft]
    diagnostics: list[Diagnostic]
    unread: set[tuple[Kind, str]]
    lists: dict[str, Kind]


def draft_all(
    documents: SequenceOf[Document],
    *,
    kinds: SequenceOf[Kind],
    site: Site,
    reading: Reading,
    empty: Body,
) -> Drafts:
    """Take each document as a record, a list of records, or a note that belongs to no kind."""
    drafting = _Drafting(kinds, site, reading, empty)
    for document in documents:
        drafting.take(document)
    return drafting.result


class _Drafting:
    def __init__(
        self, kinds: SequenceOf[Kind], site: Site, reading: Reading, empty: Body
    ) -> None:
        self._folders = {kind.folder: kind for kind in kinds if not kind.single}
        self._singles = {f"{kind.name}.md": kind for kind in kinds if kind.single}
        self._milestone = next((kind for kind in kinds if kind.name == "milestone"), None)
        self._site = site
        self._reading = reading
        self._empty = empty
        self.result = Drafts([], [], set(), {})

    def take(self, document: Document) -> None:
        folder, slash, _ = document.place.partition("/")
        stem = document.place.rpartition("/")[2][: -len(".md")]
        if stem.casefold() == "readme":
            return
        if slash and folder in self._folders:
            self._record(self._folders[folder], stem, document)
        elif document.place in self._singles:
            self._record(self._singles[document.place], stem, document)
        elif not slash and stem in self._folders:
            self._list(self._folders[stem], document)
        else:
            self.result.diagnostics.append(self._stray(document))

    def _record(self, kind: Kind, stem: str, document: Document) -> None:
        if document.broken:
            self.result.unread.add((kind, stem))
            return
        defaults = {"title": _text(document.node, "name") or self._site.title} if kind.single else {}
        fields = self._fields(kind, document.node, document.path, defaults)
        if fields is None:
            fields = self._fields(kind, document.node, document.path, {"title": stem}, quiet=True)
        if fields is None:
            self.result.unread.add((kind, stem))
            return
        source = Source(document.path, document.node, document.body_line)
        self._keep(kind, fields.id or stem, fields, source, document.body, document.place)

    def _list(self, kind: Kind, document: Document) -> None:
        self.result.lists[document.place] = kind
        if document.broken:
            return
        items = document.node.find("items")
        if items is None or not isinstance(items.value, Mapping):
            span = items.key.span if items else document.node.span
            message = "a list file has its records under `items`"
            self.result.diagnostics.append(
                _error(document.path, span, message, f"write items: and below it each id of a {kind.name}")
            )
            return
        shared = [entry for entry in document.node.entries if entry.key.text != "items"]
        for entry in items.value.entries:
            node = _item(entry, kind, shared)
            if node is None:
                message = f"expected a {kind.name} or its {kind.bare}, found a list"
                self.result.diagnostics.append(
                    _error(document.path, entry.value.span, message, "write `key: value` lines")
                )
                continue
            defaults = {"title": entry.key.text.replace("-", " ")}
            fields = self._fields(kind, node, document.path, defaults)
            if fields is None:
                self.result.unread.add((kind, entry.key.text))
                continue
            source = Source(document.path, node)
            id_ = fields.id or entry.key.text
            self._keep(kind, id_, fields, source, self._empty, document.place)

    def _keep(
        self, kind: Kind, id_: str, fields: Fields, source: Source, body: Body, place: str
    ) -> None:
        if "/" in id_ or not slug(id_):
            why = "has a slash" if "/" in id_ else "has no letter or digit"
            message = f"the id `{id_}` {why}, so it gives no address"
            self.result.diagnostics.append(
                _error(source.path, source.span(("id",)), message, "give it another id")
            )
            return
        inline = isinstance(fields, GoalFields) and self._milestone is not None
        kept = fields.model_copy(update={"milestones": ()}) if inline else fields
        key = Key(kind.name, id_)
        self.result.drafts.append(
            Draft(key=key, kind=kind, fields=kept, source=source, body=body, place=place)
        )
        if isinstance(fields, GoalFields) and self._milestone is not None:
            self._inline(self._milestone, id_, fields, source, place)

    def _inline(
        self, kind: Kind, goal: str, fields: GoalFields, source: Source, place: str
    ) -> None:
        nodes = list(_milestone_nodes(source.node))
        for milestone, node in zip(fields.milestones, nodes, strict=False):
            name = slug(milestone.id or milestone.title)
            own = replace(source, node=node)
            self.result.drafts.append(
                Draft(
                    key=Key(kind.name, f"{goal}-{name}"),
                    kind=kind,
                    fields=milestone.model_copy(update={"goal": f"goals/{goal}"}),
                    source=own,
                    body=self._empty,
                    place=place,
                    inline=True,
                )
            )

    def _fields(
        self,
        kind: Kind,
        node: Mapping,
        path: str,
        defaults: dict[str, str],
        *,
        quiet: bool = False,
    ) -> Fields | None:
        validated = validate(
            kind.fields,
            node,
            path=path,
            reading=self._reading,
            allow_keys=self._site.check.allow_keys,
            defaults=defaults,
        )
        if not quiet:
            self.result.diagnostics.extend(validated.diagnostics)
        return validated.value

    def _stray(self, document: Document) -> Diagnostic:
        folders = ", ".join(f"{folder}/" for folder in self._folders)
        return Diagnostic(
            code="F108",
            name="stray-file",
            severity=Severity.INFO,
            path=document.path,
            span=Span(),
            message="this file is in no folder of a kind, so it is not part of the plan",
            hint=f"the folders are {folders}",
        )


def _text(node: Mapping, key: str) -> str:
    entry = node.find(key)
    written = entry is not None and isinstance(entry.value, Scalar) and not entry.value.absent
    return entry.value.text if entry and written and isinstance(entry.value, Scalar) else ""


def _item(entry: Entry, kind: Kind, shared: list[Entry]) -> Mapping | None:
    """Return an item of a list file as the table that it stands for, with what all items share."""
    value = entry.value
    if isinstance(value, Mapping):
        own = value.entries
    elif isinstance(value, Scalar):
        own = () if value.absent else (Entry(Scalar(kind.bare, entry.key.span), value),)
    else:
        return None
    names = {one.key.text for one in own}
    rest = tuple(one for one in shared if one.key.text not in names)
    return Mapping((*own, *rest), entry.key.span)


def _milestone_nodes(goal: Node) -> Iterator[Mapping]:
    """Yield the node of each inline milestone in the long form, whatever form was written."""
    entry = goal.find("milestones") if isinstance(goal, Mapping) else None
    written = entry.value if entry else None
    if isinstance(written, Mapping):
        for one in written.entries:
            yield _titled(one)
    elif isinstance(written, Sequence):
        for item in written.items:
            if isinstance(item, Mapping):
                yield item
            elif isinstance(item, Scalar) and not item.absent:
                yield Mapping((Entry(Scalar("title", item.span), item),), item.span)
    elif isinstance(written, Scalar):
        yield Mapping((Entry(Scalar("title", written.span), written),), written.span)


def _titled(one: Entry) -> Mapping:
    title = Entry(Scalar("title", one.key.span), one.key)
    if isinstance(one.value, Mapping):
        return Mapping((title, *one.value.entries), one.key.span)
    due = Entry(Scalar("due", one.key.span), one.value)
    return Mapping((title, due), one.key.span)


def _error(path: str, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(
        code="F102",
        name="bad-value",
        severity=Severity.ERROR,
        path=path,
        span=span,
        message=message,
        hint=hint,
    )
