"""What roles need beside skills, and the steps that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.portfolio import formats
from planfolio.portfolio.components import Badge, Cell, Linked, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planfolio.analyse.results import NeedNumbers
    from planfolio.model.kinds.role import Need
    from planfolio.model.plan import Role
    from planfolio.portfolio.scope import Scope

NO_TYPE = ""
"""The type of a need that names none; such needs stand last."""


def needs_table(role: Role, *, scope: Scope) -> Table | None:
    """Return the needs of a role in its own order, or None if it has none."""
    numbers = scope.analysis.roles[role.id].needs
    if not numbers:
        return None
    return Table(
        "What it needs beside skills",
        ("Need", "State", "Answered by"),
        tuple(_row(role.fields.needs[n.index], n, scope=scope) for n in numbers),
    )


def needs_by_type(roles: Iterable[Role], *, scope: Scope) -> Table | None:
    """Return the needs of all roles given by their type, or None if there are none."""
    found = [
        (_type(role.fields.needs[n.index]), role.fields.needs[n.index], n, role)
        for role in roles
        for n in scope.analysis.roles[role.id].needs
    ]
    # Stable: within a type the roles' own order stays.
    found.sort(key=lambda item: (item[0] == NO_TYPE, item[0]))
    if not found:
        return None
    return Table(
        "What the roles need beside skills, by type",
        ("Need", "State", "Answered by", "For the role"),
        tuple(
            (*_row(need, numbers, scope=scope), Cell((scope.link(role),)))
            for _, need, numbers, role in found
        ),
    )


def unanswered(roles: Iterable[Role], *, scope: Scope) -> tuple[Linked, ...]:
    """Return the needs that are neither met nor answered by any open or finished step."""
    return tuple(
        Linked(role.fields.needs[n.index].title, role.url, f"for {role.title}")
        for role in roles
        for n in scope.analysis.roles[role.id].needs
        if n.met_on is None and not n.answered
    )


def need_badge(numbers: NeedNumbers) -> Badge:
    """Return whether a need is met, answered by a step, or neither."""
    if numbers.met_on is not None:
        return Badge("Met", "done", formats.calendar_day(numbers.met_on))
    return Badge("Answered", "good") if numbers.answered else Badge("No answer yet", "bad")


def _row(need: Need, numbers: NeedNumbers, *, scope: Scope) -> tuple[Cell, ...]:
    note = ". ".join(words for words in (_type(need), need.why) if words)
    return (
        Cell((Linked(need.title, note=note),)),
        Cell(badge=need_badge(numbers)),
        Cell(scope.links(numbers.answers) or (Linked("–"),)),
    )


def _type(need: Need) -> str:
    return formats.name_of(need.need.value) if need.need else NO_TYPE
