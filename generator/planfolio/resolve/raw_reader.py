"""The way from a document to raw records: its own, those of a list, and milestones inside goals.

An item of a list file and a milestone inside a goal get a node of their own, whose values keep the
places at which they were written.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Diagnostic, Problem, Severity
from planfolio.model.hints import as_flow_list
from planfolio.model.kinds.goal import GoalFields
from planfolio.model.plan import Source
from planfolio.model.references import Key
from planfolio.model.source_tree import Entry, MappingNode, Scalar, SequenceNode, plain_data
from planfolio.model.tables import Fields
from planfolio.model.validation import Validated, validate
from planfolio.model.values.field_reader import ReadContext
from planfolio.model.visibility import Visibility
from planfolio.resolve.raw_records import RawIntro, RawRecord, RawRecords
from planfolio.spelling import folded, quoted
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planfolio.model.body import Body
    from planfolio.model.kinds import Kind
    from planfolio.model.settings import Settings
    from planfolio.model.source_tree import Node, Span
    from planfolio.read import Document


_OF_ONE = frozenset({"id", "title", "aliases"})
"""The keys that cannot be the same for all records of a list."""


class RawReader:
    """Makes raw records of one document after the other."""

    def __init__(self, *, kinds: Sequence[Kind], site: Settings, empty: Body) -> None:
        """Take what all documents share; `empty` is the body of a record that has none."""
        self.kinds = tuple(kinds)
        self.site = site
        self._empty = empty
        self._reading = ReadContext(hours_per_week=site.plan.hours_per_week)
        self._folders = {kind.folder: kind for kind in kinds if not kind.singleton}
        self._singletons = {f"{kind.name}.md": kind for kind in kinds if kind.singleton}
        self._milestone = next((kind for kind in kinds if kind.name == "milestone"), None)
        self._made = RawRecords()

    def read(self, document: Document) -> RawRecords:
        """Take a document as a record or as a list of records."""
        self._made = RawRecords()
        folder, slash, _ = document.place.partition("/")
        stem = document.place.rpartition("/")[2].removesuffix(".md")
        if slash and folder in self._folders:
            self._read_record(self._folders[folder], stem, document)
        elif document.place in self._singletons:
            self._read_record(self._singletons[document.place], stem, document)
        elif not slash and stem in self._folders:
            self._read_list(self._folders[stem], document)
        return self._made

    def _read_record(self, kind: Kind, stem: str, document: Document) -> None:
        if document.broken:
            self._leave_out(kind, stem)
            return
        source = Source(document.path, document.node, document.body_line)
        title = ""
        if kind.singleton:
            named = document.node.find("name")
            written = plain_data(named.value) if named else None
            title = written if isinstance(written, str) else self.site.title
        self._add(kind, stem, source, document.body, document.place, title=title)

    def _read_list(self, kind: Kind, document: Document) -> None:
        self._made.lists[document.place] = kind
        if document.broken:
            self._made.unread_lists.add(kind.name)
            return
        self._made.intros.append(RawIntro(kind, document, self._shared_visibility(document)))
        items = document.node.find("items")
        rest = [entry for entry in document.node.entries if entry.key.text != "items"]
        shared = [entry for entry in rest if entry.key.text not in _OF_ONE]
        for entry in rest:
            if entry.key.text in _OF_ONE:
                message = f"`{entry.key.text}` belongs to one {kind.name}, and this file has many"
                hint = f"take it out, or write it below the id of a {kind.name}"
                problem = Problem(message, hint, code="F104", name="unknown-key")
                self._report(problem, document.path, entry.key.span)
        match items.value if items else None:
            case None if not rest:
                return
            case Scalar() as scalar if scalar.absent:
                return
            case MappingNode(entries=entries):
                for entry in entries:
                    node = _list_item(entry, kind, shared)
                    self._read_item(kind, entry.key.text, node, entry.value.span, document)
            case wrong:
                self._made.unread_lists.add(kind.name)
                problem = Problem(
                    "a list file has its records under `items`, each below its id",
                    f"write items: and below it a line for each {kind.name},"
                    f" as in ID: {kind.shorthand_field}",
                )
                self._report(problem, document.path, (wrong or document.node).span)

    def _read_item(
        self, kind: Kind, name: str, node: MappingNode | None, span: Span, document: Document
    ) -> None:
        if node is None:
            message = f"expected a {kind.name} or its {kind.shorthand_field}, found a list"
            self._report(Problem(message, "write `key: value` lines"), document.path, span)
            self._leave_out(kind, name)
            return
        title = name.replace("-", " ") if name.strip() else ""
        source = Source(document.path, node)
        self._add(kind, name, source, self._empty, document.place, title=title)

    def _shared_visibility(self, document: Document) -> Visibility | None:
        """Return the visibility that a list file gives to its records; a wrong word hides them."""
        entry = document.node.find("visibility")
        if entry is None:
            return None
        validated = validate(
            Fields,
            MappingNode((entry,), document.node.span),
            path=document.path,
            reading=self._reading,
            defaults={"title": document.place},
        )
        self._made.diagnostics.extend(validated.diagnostics)
        if validated.value is None or validated.diagnostics:
            return Visibility.PRIVATE
        return validated.value.visibility

    def _add(
        self, kind: Kind, name: str, source: Source, body: Body, place: str, *, title: str
    ) -> None:
        """Add the record of a node and, with a goal, its inline milestones."""
        validated = self._validated(kind, source, title=title, name=name)
        fields = validated.value
        if fields is None:
            self._leave_out(kind, name)
            return
        id_ = unicodedata.normalize("NFC", fields.id or name).strip()
        if "/" in id_ or not slug(id_):
            why = "it has a slash, or no letter or digit"
            message = f"the id {quoted(fields.id or name)} gives no address: {why}"
            problem = Problem(message, "give it another id")
            self._report(problem, source.path, source.span(("id",)))
            self._leave_out(kind, name)
            return
        key = Key(kind.name, id_)
        raw = RawRecord(
            key=key,
            kind=kind,
            fields=fields,
            source=source,
            body=body,
            place=place,
            lost=validated.lost,
        )
        self._made.records.append(raw)
        if self._milestone is not None and issubclass(kind.fields, GoalFields):
            for node in _milestone_nodes(source.node):
                self._add_milestone(self._milestone, raw, source._replace(node=node))

    def _add_milestone(self, kind: Kind, goal: RawRecord, source: Source) -> None:
        if not isinstance(source.node, MappingNode):
            message = "expected a milestone, found a list"
            problem = Problem(message, "write a title, or `key: value` lines")
            self._report(problem, source.path, source.node.span)
            return
        fields = self._validated(kind, source).value
        if fields is None:
            return
        name = slug(fields.id or fields.title)
        if not name:
            message = "the title gives no address: it has no letter and no digit"
            problem = Problem(message, "give the milestone an `id`")
            self._report(problem, source.path, source.span(("title",)))
            return
        raw = RawRecord(
            key=Key(kind.name, f"{goal.key.id}-{name}"),
            kind=kind,
            fields=fields.model_copy(update={"goal": f"goals/{goal.key.id}"}),
            source=source,
            body=self._empty,
            place=goal.place,
            inline=True,
        )
        self._made.records.append(raw)

    def _validated(
        self, kind: Kind, source: Source, *, title: str = "", name: str = ""
    ) -> Validated[Fields]:
        """Return the fields of a node.

        `title` is used where the kind needs no title, `name` where a needed one is missing.
        """
        first: Validated[Fields] | None = None
        for default in dict.fromkeys((title, name)):
            validated: Validated[Fields] = validate(
                kind.fields,
                source.node,
                path=source.path,
                reading=self._reading,
                allow_keys=self.site.check.allow_keys,
                defaults={"title": default} if default else {},
            )
            if first is None:
                first = validated
                self._made.diagnostics.extend(validated.diagnostics)
                self._made.diagnostics.extend(_single_items(source))
            if validated.value is not None:
                break
        return validated._replace(lost=first.lost) if first else validated

    def _leave_out(self, kind: Kind, name: str) -> None:
        """Note the name of a record that says nothing usable."""
        self._made.unread.setdefault(kind.name, set()).add(folded(name))

    def _report(self, problem: Problem, path: str, span: Span) -> None:
        self._made.diagnostics.append(problem.at(path, span))


def _single_items(source: Source) -> Iterator[Diagnostic]:
    """Yield a note on each text that is one item and looks like several: `tags: a, b`."""
    for name in ("tags", "aliases", "with"):
        entry = source.node.find(name) if isinstance(source.node, MappingNode) else None
        if entry is None or not isinstance(entry.value, Scalar):
            continue
        if (several := as_flow_list(entry.value.text)) is not None:
            message = f"{quoted(entry.value.text)} is one of `{name}`, with its comma"
            problem = Problem(message, f"write a list where several are meant: {several}")
            yield problem.at(source.path, entry.value.span, severity=Severity.INFO)


def _list_item(item: Entry, kind: Kind, shared: Sequence[Entry]) -> MappingNode | None:
    """Return an item of a list file as a table, with what all items share; None for a list.

    A bare value stands for the field that the kind says: `python: 3` is `python: {level: 3}`. What
    is shared yields to what the item says itself, an empty value among it.
    """
    match item.value:
        case MappingNode():
            own = item.value.entries
        case Scalar() if item.value.absent:
            own = ()
        case Scalar():
            own = (Entry(Scalar(kind.shorthand_field, item.key.span), item.value),)
        case _:
            return None
    names = {entry.key.text for entry in own}
    rest = (entry for entry in shared if entry.key.text not in names)
    return MappingNode((*own, *rest), item.key.span)


def _milestone_nodes(goal: Node) -> Iterator[Node]:
    """Yield the node of each milestone inside a goal; what can be no milestone is left as it is.

    `{Draft: 2026-09}` and `{Draft: {due: 2026-09}}` are milestones by title, and so are the items
    of `[Draft, {title: Final}]`.
    """
    entry = goal.find("milestones") if isinstance(goal, MappingNode) else None
    match entry.value if entry else None:
        case MappingNode(entries=entries):
            yield from map(_by_title, entries)
        case SequenceNode(items=items):
            yield from (_alone(item) for item in items if not _absent(item))
        case Scalar() as scalar if not scalar.absent:
            yield _alone(scalar)


def _by_title(entry: Entry) -> Node:
    title = Entry(Scalar("title", entry.key.span), entry.key)
    match entry.value:
        case MappingNode(entries=entries):
            return MappingNode((title, *entries), entry.key.span)
        case Scalar():
            due = Entry(Scalar("due", entry.key.span), entry.value)
            return MappingNode((title, due), entry.key.span)
    return entry.value


def _alone(node: Node) -> Node:
    if isinstance(node, Scalar):
        return MappingNode((Entry(Scalar("title", node.span), node),), node.span)
    return node


def _absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.absent
