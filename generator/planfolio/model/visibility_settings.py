"""Who may see the records and the fields of a kind.

Kinds have defaults, and `[visibility]` of site.toml overrides them. A record and a block of a body
have a visibility of their own; a field is narrower than its record, if it has one.
"""

from collections.abc import Iterable
from typing import Any

from planfolio.model.kinds.kind import Kind
from planfolio.model.plan import Record
from planfolio.model.references import Edge
from planfolio.model.settings import Settings
from planfolio.model.table import written_names
from planfolio.model.visibility import Visibility

CAPACITY = "plan.capacity"
"""The name in `[visibility]` of the hours of a week and the time off."""

BUDGET = "plan.budget"
"""The name in `[visibility]` of the money that is set aside, and all sums of costs."""

_INDISPENSABLE = frozenset({"id", "title", "visibility"})
_INDISPENSABLE_OF_KIND = {"milestone": frozenset({"goal"}), "skill": frozenset({"scale"})}


def default_visibility(kind: Kind, *, settings: Settings) -> Visibility:
    """Return who may see a record of a kind that does not say so itself.

    If site.toml does not name the kind, it is the narrower of the kind's default and the plan's:
    `default = "private"` does not show reviews to a mentor.
    """
    if kind.name in settings.visibility:
        return settings.visibility[kind.name]
    return max(kind.visibility, settings.visibility.get("default", Visibility.PUBLIC))


def field_names(kind: Kind) -> frozenset[str]:
    """Return the fields of a kind that may be narrower than the record, as they are written.

    The others are what it is known by and what the rest of it means: its id and title, the goal
    that a milestone belongs to, the scale of a level.
    """
    names = frozenset(written_names(kind.fields))
    return names - _INDISPENSABLE - _INDISPENSABLE_OF_KIND.get(kind.name, frozenset())


def field_visibility(kind: Kind, field: str, *, settings: Settings) -> Visibility:
    """Return who may see a field (as written) of records of a kind that they may see."""
    own = kind.field_visibility.get(field, Visibility.PUBLIC)
    return settings.visibility.get(f"{kind.name}.{field}", own)


def capacity_visibility(settings: Settings) -> Visibility:
    """Return who may see the hours of a week and the time off."""
    return settings.visibility.get(CAPACITY, Visibility.MENTOR)


def budget_visibility(kinds: Iterable[Kind], *, settings: Settings) -> Visibility:
    """Return who may see sums of money: those who may see all costs, or fewer."""
    with_cost = (kind for kind in kinds if "cost" in written_names(kind.fields))
    costs = (field_visibility(kind, "cost", settings=settings) for kind in with_cost)
    return max(settings.visibility.get(BUDGET, Visibility.PUBLIC), *costs, Visibility.PUBLIC)


def hidden_fields(kind: Kind, audience: Visibility, *, settings: Settings) -> frozenset[str]:
    """Return the fields of a kind, as written, that an audience may not see."""
    return frozenset(
        name
        for name in field_names(kind)
        if field_visibility(kind, name, settings=settings) > audience
    )


def hidden_names(
    kinds: Iterable[Kind], audience: Visibility, *, settings: Settings
) -> frozenset[str]:
    """Return what an audience may see of no record, as `goal.cost`, and `plan.capacity`."""
    hidden = ((kind.name, hidden_fields(kind, audience, settings=settings)) for kind in kinds)
    fields = {f"{name}.{field}" for name, fields in hidden for field in fields}
    return frozenset(fields | ({CAPACITY} if capacity_visibility(settings) > audience else set()))


def reference_visibility(edge: Edge, source: Record[Any], *, settings: Settings) -> Visibility:
    """Return who may see a reference in a record: the narrowest of record, field and block."""
    field = str(edge.loc[0]) if edge.loc else ""
    if field == "body" and source.body.blocks:
        line = edge.span.line - source.source.body_line + 1
        return max(source.visibility, source.body.visibility_at(line))
    return max(source.visibility, field_visibility(source.kind, field, settings=settings))
