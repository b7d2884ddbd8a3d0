"""Links in bodies: where each leads, and which lead nowhere."""

import posixpath
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from planfolio.message_text import quoted
from planfolio.model.body import Body, Link
from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.plan import Record, Source
from planfolio.model.references import (
    AnchorLink,
    AssetLink,
    BodyLink,
    Edge,
    Key,
    PageLink,
    RecordLink,
)
from planfolio.model.source_tree import Span
from planfolio.names import folded, near_names
from planfolio.read.documents import Documents
from planfolio.resolve.raw_records import RawRecords
from planfolio.resolve.record_index import NearNames, RecordIndex
from planfolio.urls import anchor_slug

_FORM = "write the path from this file, as in ../goals/ID.md"

_MOST_COMPARED = 16
"""So many files of one name are considered for a hint."""


class LinkTargets:
    """What bodies can link to: records by file and by name, pages of list files, other files.

    A link to a file that could not be read, or whose record was not kept, leads nowhere, and only
    the file is reported.
    """

    def __init__(
        self,
        records: Sequence[Record[Any]],
        raw: RawRecords,
        *,
        documents: Documents,
        record_index: RecordIndex,
    ) -> None:
        self.record_index = record_index
        self.by_path = {
            path: record.key
            for record in records
            if not (record.inline or record.implied)
            and (path := record.source.content_path) not in raw.lists
        }
        self.lists = raw.lists
        self.notes = documents.notes
        self.records = {record.key: record for record in records}
        self.assets = documents.assets
        self.sizes = documents.sizes
        paths = {document.content_path for document in documents.markdown}
        self.failed = paths.difference(self.by_path, self.lists)

    @property
    def basis(self) -> object:
        """Return all that decides where links lead; of the bodies that is which headings they have,
        and of the names what the record index's basis has."""
        anchors = {
            key: [heading.anchor for heading in record.body.headings]
            for key, record in self.records.items()
            if record.body.headings
        }
        files = [list(paths.items()) for paths in (self.by_path, self.lists, self.assets)]
        return (files, self.notes, self.sizes, self.failed, anchors)

    def moved_to(self, path: str) -> str | Key | None:
        """Return where a missing file is most likely now: a path, or a record that has none.

        A file of the same name elsewhere comes first, then the record that has the name as its id
        or alias.
        """
        same = self._by_name.get(folded(posixpath.basename(path)), [])
        folder = path.partition("/")[0]
        if same:
            own = [path for path in same if path.startswith(f"{folder}/")] or same
            return near_names(path, own[:_MOST_COMPARED], cutoff=0)[0]
        stem, suffix = posixpath.splitext(posixpath.basename(path))
        if suffix != ".md":
            return None
        index, kinds = self.record_index, self.record_index.names_of_kinds
        found = index.find(f"{folder}/{stem}", kinds) or index.find(stem, kinds)
        for key in found:
            place = self.records[key].source.content_path
            return place if self.by_path.get(place) == key else key
        return None

    @cached_property
    def near_files(self) -> NearNames:
        """The index of the places of all files."""
        return NearNames([*self.by_path, *self.lists, *self.assets])

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in (*self.by_path, *self.lists, *self.assets):
            found.setdefault(folded(posixpath.basename(path)), []).append(path)
        return found


class FollowedLinks(NamedTuple):
    """Where the links of one body lead, in the order of the body."""

    links: tuple[BodyLink, ...]
    edges: list[Edge]
    diagnostics: list[Diagnostic]


def follow_links(
    body: Body, *, source: Source, targets: LinkTargets, key: Key | None = None
) -> FollowedLinks:
    """Find the target of each link of a body, and what else is wrong with the body.

    `key` is that of its record, if it is a record's.
    """
    path = source.content_path
    links: list[BodyLink] = []
    edges: list[Edge] = []
    diagnostics = [
        found._replace(path=source.path, span=_span(source, found.span), subject=key)
        for found in body.diagnostics
    ]
    for link in body.links:
        span = _span(source, link.span)
        try:
            target = _target(link, body, path, targets)
        except Problem as problem:
            diagnostics.append(problem.as_diagnostic(source.path, span, subject=key))
            links.append(None)
            continue
        links.append(target)
        if key is not None and isinstance(target, RecordLink) and target.key != key:
            edges.append(Edge(key, ("body",), target.key, span))
    return FollowedLinks(tuple(links), edges, diagnostics)


def _span(source: Source, span: Span) -> Span:
    return span.below(source.body_line - 1)


def _target(link: Link, body: Body, path: str, targets: LinkTargets) -> BodyLink:
    """Return where a link leads. Raises Problem for one that is broken."""
    if not link.target:
        target: BodyLink = AnchorLink(link.fragment)
    else:
        target = _wiki(link, targets) if link.wiki else _relative(link, path, targets)
    if isinstance(target, RecordLink) and target.fragment:
        return target._replace(fragment=_anchor(target.fragment, targets.records[target.key].body))
    if isinstance(target, AnchorLink) and target.fragment:
        return AnchorLink(_anchor(target.fragment, body))
    return target


def _broken(message: str, hint: str) -> Problem:
    return Problem(message, hint, code="L102", name="broken-link")


def _wiki(link: Link, targets: LinkTargets) -> BodyLink:
    record_index = targets.record_index
    name = link.target.removesuffix(".md")
    found = record_index.find(name, record_index.names_of_kinds)
    if len(found) > 1:
        message = f"{quoted(link.target)} fits several records"
        listed = ", ".join(_as_wikilink(key, targets) for key in found)
        raise _broken(message, f"write one of {listed}")
    if found:
        return RecordLink(found[0], link.fragment)
    if record_index.may_be_unread(name, record_index.names_of_kinds):
        return None
    near = record_index.near_id(name, record_index.names_of_kinds)
    hint = "write the id of a record"
    if near:
        first, *others = record_index.find(near, record_index.names_of_kinds)
        hint = f"did you mean {_as_wikilink(first, targets) if others else f'[[{near}]]'}?"
    raise _broken(f"no record is called {quoted(link.target)}", hint)


def _as_wikilink(key: Key, targets: LinkTargets) -> str:
    folder = next(kind.folder for kind in targets.record_index.kinds if kind.name == key.kind)
    return f"[[{folder}/{key.id}]]"


def _relative(link: Link, path: str, targets: LinkTargets) -> BodyLink:
    base = posixpath.dirname(path)
    path = unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(base, link.target)))
    path = path.removeprefix("../content/")
    if path == ".." or path.startswith("../"):
        raise _broken(f"{quoted(link.target)} leads out of the plan", "copy the file into content/")
    if link.image and (path in targets.by_path or path in targets.lists):
        raise _broken(f"{quoted(link.target)} is no picture", "take the ! before the link out")
    if path in targets.by_path:
        return RecordLink(targets.by_path[path], link.fragment)
    if path in targets.lists:
        return PageLink(targets.lists[path].index)
    if path in targets.assets:
        return AssetLink(path, targets.sizes.get(path) if link.image else None)
    if path in targets.failed:
        return None
    if path in targets.notes:
        message = f"{quoted(link.target)} is a file of the plan, but no page of the site"
        raise _broken(message, "link to a record")
    raise _broken(
        f"there is no file {quoted(link.target)}", _missing_file_hint(path, base, targets)
    )


def _missing_file_hint(path: str, base: str, targets: LinkTargets) -> str:
    path = path if posixpath.splitext(path)[1] else f"{path}.md"
    found = targets.moved_to(path) or targets.near_files.nearest(path, cutoff=0.7)
    if isinstance(found, Key):
        return f"did you mean {_as_wikilink(found, targets)}?"
    return f"did you mean {posixpath.relpath(found, base or '.')}?" if found else _FORM


def _anchor(fragment: str, body: Body) -> str:
    """Return the id of the heading that a fragment means. Raises Problem without one.

    Both forms are read: `#first-steps` as on a git host, and the words of the heading as in a
    wikilink, `[[goal#First steps]]`.
    """
    known = [heading.anchor for heading in body.headings]
    for anchor in (fragment, anchor_slug(fragment)):
        if anchor in known:
            return anchor
    near = near_names(fragment, known)
    hint = f"did you mean #{near[0]}?" if near else "the anchors are those of its headings"
    raise _broken(f"no heading has the anchor {quoted('#' + fragment)}", hint)
