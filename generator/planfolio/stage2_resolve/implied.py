"""Skills that exist only because a role asks for them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from planfolio.kinds.role import RoleFields
from planfolio.marks import folded
from planfolio.plan import Key
from planfolio.stage2_resolve.drafts import Draft
from planfolio.urls import is_too_long, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.kinds import Kind
    from planfolio.markdown import Body
    from planfolio.stage2_resolve.directory import Directory

CLOSE = 0.8
"""How alike a name must be to a known id to be taken for a slip of the pen (difflib's ratio)."""


def implied_skills(
    drafts: Sequence[Draft], *, directory: Directory, kinds: Sequence[Kind], empty: Body
) -> list[Draft]:
    """Add an unrated skill, in the order of the ids, for each name that only roles require.

    A name close to a known id is not added, nor one that gives no address of its own: as a
    reference that leads nowhere it is reported with the others.
    """
    kind = next((kind for kind in kinds if kind.name == "skill"), None)
    if kind is None:
        return list(drafts)
    written = list(directory.ids.get("skill", {}))
    addresses = {slug(name) for name in written}
    added: list[Draft] = []
    for draft in drafts:
        if not isinstance(draft.fields, RoleFields):
            continue
        for name in draft.fields.requires:
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
            added.append(_implied(name, draft, kind, empty))
            directory.add(added[-1].key)
    return [*drafts, *sorted(added, key=lambda draft: draft.key)]


def is_slip(name: str, known: Sequence[str]) -> bool:
    """Tell whether a name is most likely a known (folded) one, mistyped.

    Names that differ in their digits alone, as `python2` and `python3`, are two things.
    """
    wanted = folded(name)
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=CLOSE)
    return any(_without_digits(wanted) != _without_digits(one) or wanted == one for one in near)


def _without_digits(name: str) -> str:
    return "".join(char for char in name if not char.isdigit())


def _implied(name: str, role: Draft, kind: Kind, empty: Body) -> Draft:
    fields = kind.fields(title=name.replace("-", " "))
    return Draft(
        key=Key(kind.name, name),
        kind=kind,
        fields=fields,
        source=role.source,
        body=empty,
        place=role.place,
        implied=True,
    )
