"""Bodies as an audience may see them, and the links between what is left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from planfolio.markdown import Compiler
from planfolio.model.plan import AnchorLink, BodyLink, Key, RecordLink

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from planfolio.markdown import Body, Link
    from planfolio.model.plan import Intro, Plan, Record
    from planfolio.model.visibility import Visibility

_Anchors: TypeAlias = "Mapping[str, str]"


@dataclass(frozen=True, slots=True)
class Bodies:
    """What becomes of the bodies of a plan for one audience.

    `seen` are the records that are left. `narrowed` are the bodies among theirs that lose a block,
    and `anchors` where the headings of these are now, by where they were.
    """

    seen: AbstractSet[Key]
    audience: Visibility
    narrowed: Mapping[Key, Body]
    anchors: Mapping[Key, _Anchors]

    @classmethod
    def of(cls, plan: Plan, seen: AbstractSet[Key], audience: Visibility) -> Bodies:
        """Narrow the bodies of the records that are left."""
        old = {
            key: plan.records[key].body
            for key in seen
            if any(block.visibility > audience for block in plan.records[key].body.blocks)
        }
        # Making a compiler takes a while, and most plans have no use for it.
        compiler = Compiler() if old else None
        narrowed = {key: compiler.narrow(old[key], audience) for key in old} if compiler else {}
        anchors = {key: _moved(old[key], body) for key, body in narrowed.items()}
        return cls(seen, audience, narrowed, anchors)

    def in_record(self, record: Record[Any]) -> Record[Any]:
        """Return a record with its body and links as they may be seen."""
        body = self.narrowed.get(record.key, record.body)
        links = self._links(record.body, record.links, body, key=record.key)
        if body is record.body and links == record.links:
            return record
        return replace(record, body=body, links=links)

    def in_intro(self, intro: Intro) -> Intro | None:
        """Return the prose of a list file as it may be seen; None if nothing of it is left."""
        body = Compiler().narrow(intro.body, self.audience) if intro.body.blocks else intro.body
        links = self._links(intro.body, intro.links, body, key=None)
        if body is intro.body and links == intro.links:
            return intro
        return replace(intro, body=body, links=links) if body.text.strip() else None

    def _links(
        self, old: Body, links: tuple[BodyLink, ...], new: Body, *, key: Key | None
    ) -> tuple[BodyLink, ...]:
        if new is not old:
            # Lines keep their numbers, so a link that is left stands where it stood.
            leads = {_known_by(link): to for link, to in zip(old.links, links, strict=True)}
            links = tuple(leads.get(_known_by(link)) for link in new.links)
        own = _moved(old, new) if key is None and new is not old else None
        return tuple(self._link(link, key, own) for link in links)

    def _link(self, link: BodyLink, key: Key | None, own: _Anchors | None) -> BodyLink:
        match link:
            case RecordLink(target, fragment):
                if target not in self.seen:
                    return None
                if target in self.anchors and fragment:
                    return replace(link, fragment=self.anchors[target].get(fragment, ""))
            case AnchorLink(fragment):
                anchors = own if key is None else self.anchors.get(key)
                if anchors is not None:
                    left = anchors.get(fragment)
                    return AnchorLink(left) if left is not None else None
        return link


def _moved(old: Body, new: Body) -> _Anchors:
    """Return the anchors of the headings that are left, by those that they had."""
    left = {heading.span: heading.anchor for heading in new.headings}
    return {h.anchor: left[h.span] for h in old.headings if h.span in left}


def _known_by(link: Link) -> object:
    return link.span, link.target, link.fragment, link.image
