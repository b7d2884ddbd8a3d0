"""What roles need beside skills, and the steps that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.stage5_layout import formats
from planfolio.stage5_layout.components import Badge, Cell, Linked, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planfolio.kinds.role import Need
    from planfolio.plan import Role
    from planfolio.stage4_analyse.results import NeedNumbers
    from planfolio.stage5_layout.scope import Scope

NO_TYPE = "Of no type"


def needs_table(role: Role, *, scope: Scope) -> Table | None:
    """Return the needs of a role in its own order, or None if it has none."""
    numbers = scope.analysis.roles[role.id].needs
    if not numbers:
        return None
    return Table(
        "What it needs beside skills",
        ("Need", "Type", "State", "Answered by"),
        tuple(_row(role.fields.needs[n.index], n, scope=scope) for n in numbers),
    )


def needs_by_type(roles: Iterable[Role], *, scope: Scope) -> tuple[tuple[str, Table], ...]:
    """Return the needs of all roles given, a table for each type, unmet ones first."""
    found: dict[str, list[tuple[bool, tuple[Cell, ...]]]] = {}
    for role in roles:
        for numbers in scope.analysis.roles[role.id].needs:
            need = role.fields.needs[numbers.index]
            cells = (*_row(need, numbers, scope=scope), Cell((scope.link(role),)))
            # The type is the heading.
            met = numbers.met_on is not None
            found.setdefault(_type(need), []).append((met, (cells[0], *cells[2:])))
    ordered = sorted(found, key=lambda name: (name == NO_TYPE, name))
    return tuple((name, _of_type(name, found[name])) for name in ordered)


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


def _of_type(name: str, rows: list[tuple[bool, tuple[Cell, ...]]]) -> Table:
    ordered = sorted(rows, key=lambda row: row[0])
    return Table(
        f"Needs: {name.lower()}",
        ("Need", "State", "Answered by", "For the role"),
        tuple(cells for _, cells in ordered),
    )


def _row(need: Need, numbers: NeedNumbers, *, scope: Scope) -> tuple[Cell, ...]:
    answers = scope.links(numbers.answers)
    return (
        Cell((Linked(need.title, note=need.why or ""),)),
        Cell((Linked(_type(need)),)),
        Cell(badge=need_badge(numbers)),
        Cell(answers or (Linked("–"),)),
    )


def _type(need: Need) -> str:
    return formats.name_of(need.need.value) if need.need else NO_TYPE
