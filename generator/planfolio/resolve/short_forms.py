"""Short forms of whole records, as the nodes of their long forms.

An item of a list file and a milestone inside a goal are records that stand within another file.
Here they get a node of their own, whose values keep the places at which they were written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model.source_tree import Entry, MappingNode, Node, Scalar, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planfolio.model.kinds import Kind


def list_item(item: Entry, kind: Kind, shared: Sequence[Entry]) -> MappingNode | None:
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


def milestone_nodes(goal: Node) -> Iterator[Node]:
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
