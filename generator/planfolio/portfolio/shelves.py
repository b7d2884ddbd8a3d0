"""Shelves: the records of the kinds that a section has no place of its own for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.portfolio.components import Shelf
from planfolio.portfolio.facts import anchor
from planfolio.portfolio.formats import sentence
from planfolio.portfolio.record import record_card

if TYPE_CHECKING:
    from collections.abc import Collection

    from planfolio.model.kinds.kind import Section
    from planfolio.portfolio.scope import Scope


def shelves(scope: Scope, *, step: Section, but: Collection[str]) -> tuple[Shelf, ...]:
    """Return a shelf for each kind of a step that has records, less the kinds in `but`."""
    return tuple(
        Shelf(
            sentence(kind.plural),
            anchor(kind.plural),
            tuple(record_card(record, scope) for record in scope.plan.of(kind.name).values()),
        )
        for kind in scope.plan.kinds
        if kind.section is step and kind.name not in but and scope.plan.of(kind.name)
    )
