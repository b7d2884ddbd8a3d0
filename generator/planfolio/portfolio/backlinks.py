"""Backlinks: who refers to a record, in words that say how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.portfolio.components import Backlinks, Linked

if TYPE_CHECKING:
    from collections.abc import Collection

    from planfolio.model.plan import Edge, Key, Record
    from planfolio.portfolio.scope import Scope

_WORDS = {
    "requires": "Required by",
    "raises": "Raised by",
    "role": "Aims at it",
    "parent": "Parts of it",
    "goal": "Belongs to it",
    "after": "Waits for it",
    "answers": "Answered by",
    "metrics": "Measured in",
    "levels": "Rated in",
    "confidence": "Confidence given in",
    "skills": "Shown by",
    "with": "Took part in",
    "mentor": "Guides",
}
"""What a field of the referring record says about the record it names, strongest first."""

_OTHER = "Named in"
_BODY = "Mentioned in"
_ORDER = {words: place for place, words in enumerate((*_WORDS.values(), _OTHER, _BODY))}


def backlinks(record: Record[Any], *, scope: Scope, shown: Collection[Key] = ()) -> Backlinks:
    """Return the records that refer to this one, each once, under the strongest of its reasons.

    Those in `shown`, which the page already links to, are left out.
    """
    strongest: dict[Key, str] = {}
    for edge in scope.plan.links_to.get(record.key, ()):
        if edge.source in shown or edge.source == record.key:
            continue
        words = _words(edge)
        known = strongest.get(edge.source)
        if known is None or _ORDER[words] < _ORDER[known]:
            strongest[edge.source] = words
    groups: dict[str, list[Linked]] = {}
    for key in sorted(strongest):
        source = scope.plan.records.get(key)
        if source is not None:
            groups.setdefault(strongest[key], []).append(scope.link(source))
    return Backlinks(tuple((words, tuple(groups[words])) for words in _ORDER if words in groups))


def _words(edge: Edge) -> str:
    field = str(edge.loc[0]).strip("_") if edge.loc else ""
    return _BODY if field == "body" else _WORDS.get(field, _OTHER)
