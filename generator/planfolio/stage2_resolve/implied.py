"""Skills that exist only because a role asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.diagnostics import Diagnostic, Severity
from planfolio.kinds.role import RoleFields
from planfolio.plan import Key
from planfolio.stage2_resolve.drafts import Draft
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.kinds import Kind
    from planfolio.markdown import Body
    from planfolio.stage2_resolve.directory import Directory

CLOSE = 0.8
"""How alike a name must be to a known id to be taken for a slip of the pen (difflib's ratio)."""


def implied_skills(
    drafts: Sequence[Draft], *, directory: Directory, kinds: Sequence[Kind], empty: Body
) -> tuple[list[Draft], list[Diagnostic]]:
    """Add an unrated skill for each name that a role requires and no record has.

    A name close to a known id is an error instead, and so is one that gives no address.
    """
    kind = next((kind for kind in kinds if kind.name == "skill"), None)
    if kind is None:
        return list(drafts), []
    written = {slug(name) for name in directory.ids.get("skill", {})}
    added: list[Draft] = []
    faults: list[Diagnostic] = []
    for draft in drafts:
        if not isinstance(draft.fields, RoleFields):
            continue
        for name in draft.fields.requires:
            if directory.find(name, ["skill"]) or directory.failed_to_read(name, ["skill"]):
                continue
            near = directory.near(name, ["skill"], cutoff=CLOSE)
            is_new = near is None or near in {one.key.id for one in added}
            if is_new and slug(name) and slug(name) not in written and "/" not in name:
                added.append(_implied(name, draft, kind, empty))
                directory.add(added[-1].key)
                written.add(slug(name))
            elif near is not None:
                continue
            else:
                faults.append(_bad_name(name, draft))
    return [*drafts, *added], faults


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


def _bad_name(name: str, role: Draft) -> Diagnostic:
    return Diagnostic(
        code="F102",
        name="bad-value",
        severity=Severity.ERROR,
        path=role.source.path,
        span=role.source.span(("requires", name), key=True),
        message=f"`{name}` gives no address of its own for a skill",
        hint="write the id of a skill in letters and digits",
        subject=role.key,
    )
