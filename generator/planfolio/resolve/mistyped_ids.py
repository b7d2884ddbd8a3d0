"""Ids that are mistyped themselves: several references name one that is nearly theirs, none they.

Each of the references would be reported, though all of them are right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.formatting import listing
from planfolio.spelling import folded, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planfolio.model.plan import Key, Plan

_MOST_PLACES = 3


class MissedReference(NamedTuple):
    """A reference to `name`, which leads nowhere, the nearest record, and what is said of it."""

    name: str
    near: Key
    diagnostic: Diagnostic


def without_mistyped_ids(
    diagnostics: Iterable[Diagnostic], missed: Iterable[MissedReference], plan: Plan
) -> list[Diagnostic]:
    """Return diagnostics with one at the id of a record in place of those at all references.

    The id is taken for mistyped where no field refers to it and two or more name one other.
    """
    referred = {edge.target for edge in plan.edges if edge.loc[0] != "body"}
    names: dict[Key, dict[str, list[MissedReference]]] = {}
    for one in missed:
        if one.near not in referred:
            names.setdefault(one.near, {}).setdefault(folded(one.name), []).append(one)
    replaced: dict[Diagnostic, Diagnostic] = {}
    for key, by_name in names.items():
        references = next(iter(by_name.values()))
        if len(by_name) == 1 and len(references) > 1:
            at_id = _at_id(key, references, plan)
            replaced |= {one.diagnostic: at_id for one in references}
    return list(dict.fromkeys(replaced.get(found, found) for found in diagnostics))


def _at_id(key: Key, references: list[MissedReference], plan: Plan) -> Diagnostic:
    name, source = references[0].name, plan.records[key].source
    places = [f"{one.diagnostic.path}:{one.diagnostic.span.line}" for one in references]
    problem = Problem(
        f"no reference names {quoted(key.id)}, and {len(references)} name {quoted(name)}",
        f"write {quoted(name)} here, or correct {listing(places, most=_MOST_PLACES)}",
        code="L101",
        name="unknown-reference",
    )
    return problem.at(source.path, source.span(("id",)), subject=key)
