"""Links in bodies: where each leads, and which lead nowhere."""

from __future__ import annotations

import difflib
import posixpath
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.plan import AnchorLink, AssetLink, BodyLink, Edge, Key, PageLink, RecordLink
from planfolio.model.source_tree import Span
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from planfolio.markdown import Body, Link, Place, Size
    from planfolio.model.kinds import Kind
    from planfolio.model.plan import Source
    from planfolio.resolve.directory import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What bodies can link to: records by file and by name, pages of list files, other files.

    `sizes` are those of pictures among the other files, where they are known.
    `notes` are Markdown files that are no records, `failed` those that should be records and could
    not be read or kept; what is wrong with these is known, so links to them are left in peace.
    """

    directory: Directory
    kinds: tuple[Kind, ...]
    by_place: Mapping[str, Key]
    lists: Mapping[str, Kind]
    bodies: Mapping[Key, Body]
    assets: Collection[str]
    sizes: Mapping[str, Size]
    notes: Collection[str]
    failed: Collection[str]

    def basis(self) -> object:
        """Return all that decides where links lead: equal ones give equal targets.

        Of the bodies that is which headings they have.
        """
        anchors = {
            key: tuple(heading.anchor for heading in body.headings)
            for key, body in self.bodies.items()
            if body.headings
        }
        names = (self.directory, self.kinds, self.by_place, self.lists)
        return (*names, anchors, self.assets, self.sizes, self.notes, self.failed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A body, the path of its file in the content folder, and its record, if it is a record's."""

    body: Body
    place: str
    source: Source
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """Where the links of one body lead, in the order of the body."""

    links: tuple[BodyLink, ...]
    edges: tuple[Edge, ...]
    diagnostics: tuple[Diagnostic, ...]


def follow(text: Text, targets: Targets) -> Followed:
    """Find the target of each link of a body, and what else is wrong with it."""
    links: list[BodyLink] = []
    edges: list[Edge] = []
    faults: list[Diagnostic] = [*_of_the_body(text)]
    for link in text.body.links:
        try:
            found = _wiki(link, targets) if link.wiki else _relative(link, text, targets)
            target = _at_anchor(found, text, targets)
        except _BrokenError as broken:
            faults.append(_fault(text, link, broken))
            links.append(None)
            continue
        links.append(target)
        leads_away = isinstance(target, RecordLink) and target.key != text.key
        if leads_away and isinstance(target, RecordLink) and text.key is not None:
            edges.append(Edge(text.key, ("body",), target.key, _span(text, link.place)))
    return Followed(tuple(links), tuple(edges), tuple(faults))


class _BrokenError(Exception):
    """A link that leads nowhere."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def _wiki(link: Link, targets: Targets) -> BodyLink:
    if not link.target:
        return AnchorLink(link.fragment)
    names = [kind.name for kind in targets.kinds]
    target = link.target.removesuffix(".md")
    found = targets.directory.find(target, names)
    if len(found) > 1:
        listed = ", ".join(f"[[{_folder(key, targets)}/{key.id}]]" for key in found)
        raise _BrokenError(f"{quoted(link.target)} fits several records", f"write one of {listed}")
    if found:
        return RecordLink(found[0], link.fragment)
    if targets.directory.failed_to_read(target, names):
        return None
    near = targets.directory.near(target, names)
    hint = f"did you mean [[{near}]]?" if near else "write the id of a record"
    raise _BrokenError(f"no record is called {quoted(link.target)}", hint)


def _relative(link: Link, text: Text, targets: Targets) -> BodyLink:
    if not link.target:
        return AnchorLink(link.fragment)
    written = quoted(link.target)
    if link.target.startswith("/"):
        message = f"{written} starts at the root of a host, which a plan has not"
        raise _BrokenError(message, _WAY)
    base = posixpath.dirname(text.place)
    path = unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(base, link.target)))
    if path == ".." or path.startswith("../"):
        raise _BrokenError(f"{written} leads out of the plan", "copy the file into content/")
    if link.image and (path in targets.by_place or path in targets.lists):
        raise _BrokenError(f"{written} is no picture", "take the ! before the link out")
    if path in targets.by_place:
        return RecordLink(targets.by_place[path], link.fragment)
    if path in targets.lists:
        return PageLink(targets.lists[path].index)
    if path in targets.assets:
        return AssetLink(path, targets.sizes.get(path) if link.image else None)
    if path in targets.failed:
        return None
    if path in targets.notes:
        message = f"{written} is a file of the plan, but no page of the site"
        raise _BrokenError(message, "link to a record")
    raise _BrokenError(f"there is no file {written}", _near_file(path, base, targets))


def _near_file(path: str, base: str, targets: Targets) -> str:
    known = [*targets.by_place, *targets.lists, *targets.assets]
    match = difflib.get_close_matches(path, known, n=1, cutoff=0.7)
    return f"did you mean {posixpath.relpath(match[0], base or '.')}?" if match else _WAY


def _at_anchor(target: BodyLink, text: Text, targets: Targets) -> BodyLink:
    """Return a link with the id of the heading that its fragment means."""
    match target:
        case AnchorLink(fragment):
            body = text.body
        case RecordLink(key, fragment):
            body = targets.bodies[key]
        case _:
            return target
    if not fragment:
        return target
    anchor = body.find_anchor(fragment)
    if anchor is None:
        anchors = [heading.anchor for heading in body.headings]
        near = difflib.get_close_matches(fragment, anchors, n=1)
        hint = f"did you mean #{near[0]}?" if near else "the anchors are those of its headings"
        raise _BrokenError(f"no heading has the anchor {quoted('#' + fragment)}", hint)
    return replace(target, fragment=anchor)


def _folder(key: Key, targets: Targets) -> str:
    return next(kind.folder for kind in targets.kinds if kind.name == key.kind)


def _of_the_body(text: Text) -> Iterator[Diagnostic]:
    """Yield what was found when the body was compiled."""
    for fault in text.body.faults:
        yield Diagnostic(
            code="V103",
            name="bad-visibility",
            severity=Severity.ERROR,
            path=text.source.path,
            span=_span(text, fault.place),
            message=fault.message,
            hint=fault.hint,
            subject=text.key,
        )
    for note in text.body.notes:
        yield Diagnostic(
            code="F109",
            name="not-as-written",
            severity=Severity.INFO,
            path=text.source.path,
            span=_span(text, note.place),
            message=note.message,
            subject=text.key,
        )


def _span(text: Text, place: Place) -> Span:
    below = text.source.body_line - 1
    return Span(place.line + below, place.column, place.end_line + below, place.end_column)


def _fault(text: Text, link: Link, broken: _BrokenError) -> Diagnostic:
    return Diagnostic(
        code="L102",
        name="broken-link",
        severity=Severity.ERROR,
        path=text.source.path,
        span=_span(text, link.place),
        message=broken.message,
        hint=broken.hint,
        subject=text.key,
    )


_WAY = "write the way from this file, as in ../goals/ID.md"
