"""Raw records: what documents say, before references and levels are looked up.

A document is a record or a list of them, and a goal has milestones inside it. Each of these gets a
node of its own, whose values keep the places at which they were written.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from planfolio.message_text import quoted
from planfolio.model.body import EMPTY_BODY, Body
from planfolio.model.diagnostics import Diagnostic, Problem, Severity
from planfolio.model.hints import as_flow_list
from planfolio.model.kinds.goal import GoalFields
from planfolio.model.kinds.kind import Fields, Kind
from planfolio.model.plan import Intro, Record, Source
from planfolio.model.references import Key
from planfolio.model.settings import Settings
from planfolio.model.source_tree import (
    Entry,
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Span,
    absent,
)
from planfolio.model.table import updated
from planfolio.model.validation import Validated, validate
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import default_visibility
from planfolio.names import folded
from planfolio.read.documents import Document, kinds_by_path
from planfolio.urls import slug

_OF_ONE = frozenset({"id", "title", "aliases"})
"""The keys that cannot be the same for all records of a list."""


class RawRecords:
    """What was made of one document or of all.

    `unread` are the kinds and folded names of the records whose files say nothing usable, and
    `unread_lists` the kinds of which a whole list could not be read. `lists` are the list files by
    path in the content folder, `intros` the prose of those that can be read, by kind. `lost` are
    the fields of a record that were written and could not be read, in whole or in part.
    """

    def __init__(self) -> None:
        self.records: list[Record[Any]] = []
        self.diagnostics: list[Diagnostic] = []
        self.unread: set[Key] = set()
        self.unread_lists: set[str] = set()
        self.lists: dict[str, Kind] = {}
        self.intros: dict[str, Intro] = {}
        self.lost: dict[Key, frozenset[str]] = {}

    def add(self, more: "RawRecords") -> None:
        """Add what was made of another document."""
        self.records.extend(more.records)
        self.diagnostics.extend(more.diagnostics)
        self.unread |= more.unread
        self.unread_lists |= more.unread_lists
        self.lists |= more.lists
        self.intros |= more.intros
        self.lost |= more.lost


def record_of(
    kind: Kind,
    id_: str,
    fields: Any,
    source: Source,
    *,
    settings: Settings,
    body: Body = EMPTY_BODY,
    inline: bool = False,
    implied: bool = False,
) -> Record[Any]:
    """Return a record whose references and levels are still as they were written."""
    written = fields.visibility
    return Record(
        key=Key(kind.name, id_),
        kind=kind,
        title=fields.title,
        url=kind.index if kind.singleton else f"{kind.folder}/{slug(id_)}/",
        fields=fields,
        visibility=default_visibility(kind, settings=settings) if written is None else written,
        source=source,
        body=body,
        inline=inline,
        implied=implied,
    )


class RawReader:
    """Makes raw records of one document after the other."""

    def __init__(self, *, kinds: Sequence[Kind], settings: Settings) -> None:
        self.settings = settings
        self._allow_keys = frozenset(settings.check.allow_keys)
        self._kinds_by_path = kinds_by_path(kinds)
        self._milestone = next(kind for kind in kinds if kind.name == "milestone")
        self._made = RawRecords()

    def read(self, document: Document) -> RawRecords:
        """Take a document as a record or as a list of records."""
        self._made = RawRecords()
        first, slash, _ = document.content_path.partition("/")
        kind = self._kinds_by_path[first + slash]
        if slash or kind.singleton:
            self._read_record(kind, document)
        else:
            self._read_list(kind, document)
        return self._made

    def _read_record(self, kind: Kind, document: Document) -> None:
        stem = document.content_path.rpartition("/")[2].removesuffix(".md")
        if document.broken:
            self._leave_out(kind, stem)
            return
        source = Source(document.path, document.node, document.body_line)
        title = ""
        if kind.singleton:
            name = document.node.value("name")
            title = self.settings.title
            if isinstance(name, Scalar) and not name.absent:
                title = name.text
        self._add(kind, stem, source, title=title, body=document.body)

    def _read_list(self, kind: Kind, document: Document) -> None:
        self._made.lists[document.content_path] = kind
        if document.broken:
            self._made.unread_lists.add(kind.name)
            return
        visibility = self._shared_visibility(kind, document)
        if document.body.text.strip():
            source = Source(document.path, document.node, document.body_line)
            self._made.intros[kind.name] = Intro(document.body, (), source, visibility)
        items = document.node.value("items")
        rest = [entry for entry in document.node.entries if entry.key.text != "items"]
        shared = [entry for entry in rest if entry.key.text not in _OF_ONE]
        for entry in rest:
            if entry.key.text in _OF_ONE:
                message = f"`{entry.key.text}` belongs to one {kind.name}, and this file has many"
                hint = f"take it out, or write it below the id of a {kind.name}"
                problem = Problem(message, hint, code="F104", name="unknown-key")
                self._report(problem, document.path, entry.key.span)
        match items:
            case None if not rest:
                return
            case Scalar() as scalar if scalar.absent:
                return
            case MappingNode(entries=entries):
                for entry in entries:
                    name = entry.key.text
                    title = name.replace("-", " ") if name.strip() else ""
                    source = Source(document.path, _list_item(entry, kind, shared))
                    self._add(kind, name, source, title=title)
            case wrong:
                self._made.unread_lists.add(kind.name)
                problem = Problem(
                    "a list file has its records under `items`, each below its id",
                    f"write items: and below it a line for each {kind.name},"
                    f" as in ID: {kind.shorthand_field}",
                )
                self._report(problem, document.path, (wrong or document.node).span)

    def _shared_visibility(self, kind: Kind, document: Document) -> Visibility:
        """Return who may see what a list file says of its records; a wrong word hides it."""
        entry = document.node.find("visibility")
        if entry is None:
            return default_visibility(kind, settings=self.settings)
        validated = validate(
            Fields,
            MappingNode((entry,), document.node.span),
            path=document.path,
            title=document.content_path,
        )
        self._made.diagnostics.extend(validated.diagnostics)
        visibility = validated.value.visibility if validated.value else None
        return Visibility.PRIVATE if visibility is None or validated.diagnostics else visibility

    def _add(
        self, kind: Kind, name: str, source: Source, *, title: str, body: Body = EMPTY_BODY
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
        record = record_of(kind, id_, fields, source, settings=self.settings, body=body)
        self._made.records.append(record)
        if validated.lost:
            self._made.lost[record.key] = validated.lost
        if issubclass(kind.fields, GoalFields):
            for node in _milestone_nodes(source.node):
                self._add_milestone(id_, source._replace(node=node))

    def _add_milestone(self, goal: str, source: Source) -> None:
        kind = self._milestone
        fields = self._validated(kind, source).value
        if fields is None:
            return
        name = slug(fields.id or fields.title)
        if not name:
            message = "the title gives no address: it has no letter and no digit"
            problem = Problem(message, "give the milestone an `id`")
            self._report(problem, source.path, source.span(("title",)))
            return
        fields = updated(fields, goal=f"goals/{goal}")
        id_ = f"{goal}-{name}"
        milestone = record_of(kind, id_, fields, source, settings=self.settings, inline=True)
        self._made.records.append(milestone)

    def _validated(
        self, kind: Kind, source: Source, *, title: str = "", name: str = ""
    ) -> Validated[Fields]:
        """Return the fields of a node.

        `title` is used where the kind needs no title, `name` where a needed one is missing.
        """
        read = partial(
            validate,
            kind.fields,
            source.node,
            path=source.path,
            hours_per_week=self.settings.plan.hours_per_week,
            allow_keys=self._allow_keys,
        )
        validated: Validated[Fields] = read(title=title)
        self._made.diagnostics += (*validated.diagnostics, *_single_items(source))
        if validated.value is None and name:
            return read(title=name)._replace(lost=validated.lost)
        return validated

    def _leave_out(self, kind: Kind, name: str) -> None:
        """Note the name of a record that says nothing usable."""
        self._made.unread.add(Key(kind.name, folded(name)))

    def _report(self, problem: Problem, path: str, span: Span) -> None:
        self._made.diagnostics.append(problem.as_diagnostic(path, span))


def _single_items(source: Source) -> Iterator[Diagnostic]:
    """Yield a note on each text that is one item and looks like several: `tags: a, b`."""
    for name in ("tags", "aliases", "with"):
        value = source.node.value(name)
        if isinstance(value, Scalar) and (several := as_flow_list(value.text)):
            message = f"{quoted(value.text)} is one of `{name}`, with its comma"
            problem = Problem(message, f"write a list where several are meant: {several}")
            yield problem.as_diagnostic(source.path, value.span, severity=Severity.INFO)


def _list_item(item: Entry, kind: Kind, shared: Sequence[Entry]) -> MappingNode:
    """Return an item of a list file as a table, with what all items share.

    A bare value is that of the kind's shorthand field: `python: 3` is `python: {level: 3}`. A
    key of the item wins over a shared one, even where it is empty.
    """
    if isinstance(item.value, MappingNode):
        own = item.value.entries
    else:
        own = (Entry(Scalar(kind.shorthand_field, item.key.span), item.value),)
    own = () if absent(item.value) else own
    names = {entry.key.text for entry in own}
    rest = (entry for entry in shared if entry.key.text not in names)
    return MappingNode((*own, *rest), item.key.span)


def _milestone_nodes(goal: MappingNode) -> Iterator[MappingNode]:
    """Yield each milestone inside a goal as a table.

    `{Draft: 2026-09}` and `{Draft: {due: 2026-09}}` are milestones by title, and so are the items
    of `[Draft, {title: Final}]`.
    """
    match goal.value("milestones"):
        case MappingNode(entries=entries):
            yield from map(_by_title, entries)
        case SequenceNode(items=items):
            yield from (_alone(item) for item in items if not absent(item))
        case Scalar() as scalar if not scalar.absent:
            yield _alone(scalar)


def _by_title(entry: Entry) -> MappingNode:
    title = Entry(Scalar("title", entry.key.span), entry.key)
    if isinstance(entry.value, MappingNode):
        return MappingNode((title, *entry.value.entries), entry.key.span)
    due = Entry(Scalar("due", entry.key.span), entry.value)
    return MappingNode((title, due), entry.key.span)


def _alone(node: Node) -> MappingNode:
    if isinstance(node, MappingNode):
        return node
    return MappingNode((Entry(Scalar("title", node.span), node),), node.span)
