"""Skills that exist only because a role asks for them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from planfolio.model.kinds.role import RoleFields
from planfolio.model.plan import Key
from planfolio.resolve.raw_records import RawRecord
from planfolio.spelling import folded
from planfolio.urls import is_too_long, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.markdown import Body
    from planfolio.model.kinds import Kind
    from planfolio.resolve.directory import Directory

CLOSE = 0.8
"""How alike a name must be to a known id to be taken for a slip of the pen (difflib's ratio)."""


def implied_skills(
    raw_records: Sequence[RawRecord], *, directory: Directory, kinds: Sequence[Kind], empty: Body
) -> list[RawRecord]:
    """Add an unrated skill, in the order of the ids, for each name that only roles require.

    A name close to a known id is not added, nor one that gives no address of its own: as a
    reference that leads nowhere it is reported with the others.
    """
    kind = next((kind for kind in kinds if kind.name == "skill"), None)
    if kind is None:
        return list(raw_records)
    written = list(directory.ids.get("skill", {}))
    addresses = {slug(name) for name in written}
    added: list[RawRecord] = []
    for raw in raw_records:
        if not isinstance(raw.fields, RoleFields):
            continue
        for name in raw.fields.requires:
            if directory.find(name, ["skill"]) or directory.failed_to_read(name, ["skill"]):
                continue
            if (
                "/" in name
                or slug(name) in {"", *addresses}
                or is_too_long(name)
                or is_slip(name, written)
            ):
                continue
            addresses.add(slug(name))
            added.append(_implied(name, raw, kind, empty))
            directory.add(added[-1].key)
    return [*raw_records, *sorted(added, key=lambda raw: raw.key)]


def is_slip(name: str, known: Sequence[str]) -> bool:
    """Tell whether a name is most likely a known (folded) one, mistyped.

    Names that differ in their digits alone, as `python2` and `python3`, are two things.
    """
    wanted = folded(name)
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=CLOSE)
    return any(_without_digits(wanted) != _without_digits(one) or wanted == one for one in near)


def _without_digits(name: str) -> str:
    return "".join(char for char in name if not char.isdigit())


def _implied(name: str, role: RawRecord, kind: Kind, empty: Body) -> RawRecord:
    fields = kind.fields(title=name.replace("-", " "))
    return RawRecord(
        key=Key(kind.name, name),
        kind=kind,
        fields=fields,
        source=role.source,
        body=empty,
        place=role.place,
        implied=True,
    )
