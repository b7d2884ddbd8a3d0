"""Links in bodies: where each leads, and which lead nowhere."""

from __future__ import annotations

import difflib
import posixpath
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.diagnostics import Diagnostic, Severity
from planfolio.marks import Span
from planfolio.plan import AnchorLink, AssetLink, BodyLink, Edge, Key, PageLink, RecordLink

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from planfolio.kinds import Kind
    from planfolio.markdown import Body, Link
    from planfolio.stage2_resolve.directory import Directory
    from planfolio.stage2_resolve.drafts import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What bodies can link to: records by file and by name, pages of list files, other files."""

    directory: Directory
    kinds: tuple[Kind, ...]
    by_place: Mapping[str, Key]
    lists: Mapping[str, Kind]
    bodies: Mapping[Key, Body]
    assets: Collection[str]
    other: Collection[str]


@dataclass(frozen=True, slots=True)
class Followed:
    """Where the links of one body lead, in the order of the body."""

    links: tuple[BodyLink, ...]
    edges: tuple[Edge, ...]
    diagnostics: tuple[Diagnostic, ...]


def follow(draft: Draft, targets: Targets) -> Followed:
    """Find the target of each link of a draft's body."""
    links: list[BodyLink] = []
    edges: list[Edge] = []
    faults: list[Diagnostic] = []
    for link in draft.body.links:
        try:
            target = _wiki(link, targets) if link.wiki else _relative(link, draft, targets)
            _hold_anchor(link, target, draft, targets)
        except _BrokenError as broken:
            faults.append(_fault(draft, link, broken))
            links.append(None)
            continue
        links.append(target)
        if isinstance(target, RecordLink) and target.key != draft.key:
            edges.append(Edge(draft.key, ("body",), target.key, _span(draft, link)))
    return Followed(tuple(links), tuple(edges), tuple(faults))


class _BrokenError(Exception):
    """A link that leads nowhere; `silent` when the record is there but could not be read."""

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
        raise _BrokenError(f"`{link.target}` fits several records", f"write one of {listed}")
    if not found:
        near = targets.directory.near(target, names)
        hint = f"did you mean [[{near}]]?" if near else "write the id of a record"
        raise _BrokenError(f"no record is called `{link.target}`", hint)
    return RecordLink(found[0], link.fragment)


def _relative(link: Link, draft: Draft, targets: Targets) -> BodyLink:
    if not link.target:
        return AnchorLink(link.fragment)
    if link.target.startswith("/"):
        raise _BrokenError(
            f"`{link.target}` starts at the root of a host, which a plan has not",
            "write the way from this file, as in ../goals/ID.md",
        )
    base = posixpath.dirname(draft.place)
    path = unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(base, link.target)))
    if path.startswith(".."):
        raise _BrokenError(f"`{link.target}` leads out of the plan", "copy the file into content/")
    if path in targets.by_place and not link.image:
        return RecordLink(targets.by_place[path], link.fragment)
    if path in targets.lists and not link.image:
        return PageLink(targets.lists[path].index)
    if path in targets.assets:
        return AssetLink(path)
    if path in targets.other:
        raise _BrokenError(
            f"`{link.target}` is a file of the plan, but no page of the site", "link to a record"
        )
    raise _BrokenError(f"there is no file `{link.target}`", _near_file(path, base, targets))


def _near_file(path: str, base: str, targets: Targets) -> str:
    known = [*targets.by_place, *targets.lists, *targets.assets]
    match = difflib.get_close_matches(path, known, n=1, cutoff=0.7)
    if not match:
        return "write the way from this file, as in ../goals/ID.md"
    return f"did you mean {posixpath.relpath(match[0], base or '.')}?"


def _hold_anchor(link: Link, target: BodyLink, draft: Draft, targets: Targets) -> None:
    match target:
        case AnchorLink(fragment):
            body = draft.body
        case RecordLink(key, fragment) if fragment:
            body = targets.bodies[key]
        case _:
            return
    anchors = [heading.anchor for heading in body.headings]
    if fragment and fragment not in anchors:
        near = difflib.get_close_matches(fragment, anchors, n=1)
        hint = f"did you mean #{near[0]}?" if near else "the anchors are those of its headings"
        raise _BrokenError(f"no heading has the anchor `#{fragment}`", hint)


def _folder(key: Key, targets: Targets) -> str:
    return next(kind.folder for kind in targets.kinds if kind.name == key.kind)


def _span(draft: Draft, link: Link) -> Span:
    below = draft.source.body_line - 1
    place = link.place
    return Span(place.line + below, place.column, place.end_line + below, place.end_column)


def _fault(draft: Draft, link: Link, broken: _BrokenError) -> Diagnostic:
    return Diagnostic(
        code="L102",
        name="broken-link",
        severity=Severity.ERROR,
        path=draft.source.path,
        span=_span(draft, link),
        message=broken.message,
        hint=broken.hint,
        subject=draft.key,
    )
