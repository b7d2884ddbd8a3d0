"""References and levels: names become ids, words of a scale become numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planfolio.diagnostics import Diagnostic, Severity
from planfolio.kinds.role import Requirement, RoleFields
from planfolio.kinds.skill import SkillFields
from planfolio.kinds.walk import visit
from planfolio.marks import Loc
from planfolio.plan import Edge, Key
from planfolio.values.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planfolio.kinds.fields import Refers
    from planfolio.stage2_resolve.directory import Directory
    from planfolio.stage2_resolve.drafts import Draft
    from planfolio.values.level import Level, Scale


@dataclass(frozen=True, slots=True)
class Scales:
    """The scale of each skill: its own, else the plan's."""

    known: Mapping[str, Scale]
    default: str
    of_skill: Mapping[str, str]

    def of(self, skill: str) -> Scale:
        """Return the scale of a skill by its id."""
        return self.known[self.of_skill.get(skill, self.default)]


@dataclass(slots=True)
class Linked:
    """Drafts whose fields refer by id, the references found on the way, and what went wrong."""

    drafts: list[Draft]
    edges: list[Edge] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def link(
    drafts: Sequence[Draft],
    *,
    directory: Directory,
    scales: Scales,
    registered: set[str],
    default_role: str | None,
) -> Linked:
    """Resolve all references and levels of all drafts; what leads nowhere is reported and left out.

    `registered` are the names of the kinds that there are: text that refers to others stays text.
    A reference to one kind becomes an id, a reference to several `kind/id`, a need `role/need`.
    `default_role` is the role of goals that name none.
    """
    linked = Linked([])
    roles = _roles_of_goals(drafts, directory, default_role)
    for draft in drafts:
        visitor = _Linker(draft, directory, scales, registered, roles, linked)
        fields = visit(_with_ranges(draft, scales, directory), visitor)
        linked.drafts.append(replace(draft, fields=fields))
    return linked


class _Linker:
    """Visits one draft's references and levels."""

    def __init__(
        self,
        draft: Draft,
        directory: Directory,
        scales: Scales,
        registered: set[str],
        roles: Mapping[str, str],
        out: Linked,
    ) -> None:
        self._draft = draft
        self._directory = directory
        self._scales = scales
        self._registered = registered
        self._roles = roles
        self._out = out

    def reference(self, text: str, refers: Refers, loc: Loc, *, is_key: bool) -> str | None:
        if "need" in refers.kinds:
            return self._need(text, loc)
        kinds = [kind for kind in refers.kinds if kind in self._registered]
        if not kinds:
            return text
        own = self._draft.key.kind
        if own in kinds:
            kinds.sort(key=lambda kind: kind != own)
        found = self._find(text, kinds)
        if not found:
            self._unknown(text, kinds, loc, is_key=is_key)
            return None
        target = found[0]
        span = self._draft.source.span(loc, key=is_key)
        self._out.edges.append(Edge(self._draft.key, loc, target, span))
        return target.id if len(refers.kinds) == 1 else str(target)

    def level(self, level: Level, loc: Loc, *, skill: str | None) -> Level | None:
        name = skill if skill is not None else self._draft.key.id
        try:
            return level.at(self._scales.of(name).read(level.text, scales=self._scales.known))
        except Unreadable as fault:
            self._fault(fault.code, fault.name, fault.message, fault.hint, loc)
            return None

    def _find(self, text: str, kinds: list[str]) -> list[Key]:
        """Find a record; milestones of one goal name each other without the goal's id."""
        if "milestone" not in kinds:
            return self._directory.find(text, kinds)
        if self._draft.key.kind != "milestone":
            home = self._draft.key.id
            siblings = self._directory.find(f"{home}-{text}", ["milestone"])
            return self._directory.find(text, kinds) or siblings
        goal = self._draft.fields.goal or ""
        siblings = self._directory.find(f"{goal.rpartition('/')[2]}-{text}", ["milestone"])
        return siblings or self._directory.find(text, kinds)

    def _need(self, text: str, loc: Loc) -> str | None:
        role = self._roles.get(self._draft.key.id)
        goal = getattr(self._draft.fields, "goal", None)
        if self._draft.key.kind != "goal" and goal:
            home = self._directory.find(goal, ["goal"])
            role = self._roles.get(home[0].id) if home else None
        found = self._directory.find_need(text, [role] if role else [])
        span = self._draft.source.span(loc)
        if len(found) == 1:
            target = Key("role", found[0].rpartition("/")[0])
            self._out.edges.append(Edge(self._draft.key, loc, target, span))
            return found[0]
        if found:
            listed = ", ".join(f"`{need}`" for need in found)
            self._fault(
                "L101", "unknown-reference", f"`{text}` is a need of several roles", f"write one of {listed}", loc
            )
        else:
            self._fault(
                "L101",
                "unknown-reference",
                f"no role has a need `{text}`",
                "write the id or the title of one of the role's needs",
                loc,
            )
        return None

    def _unknown(self, text: str, kinds: list[str], loc: Loc, *, is_key: bool) -> None:
        if self._directory.failed_to_read(text, kinds):
            return
        near = self._directory.near(text, kinds)
        what = " or ".join(kinds)
        hint = f"did you mean `{near}`?" if near else self._way_out(text, kinds)
        self._fault(
            "L101", "unknown-reference", f"there is no {what} `{text}`", hint, loc, key=is_key
        )

    def _way_out(self, text: str, kinds: list[str]) -> str:
        folder = next(k.folder for k in self._directory.kinds if k.name == kinds[0])
        return f"write content/{folder}/{text.rpartition('/')[2]}.md, or take the reference out"

    def _fault(
        self, code: str, name: str, message: str, hint: str, loc: Loc, *, key: bool = False
    ) -> None:
        self._out.diagnostics.append(
            Diagnostic(
                code=code,
                name=name,
                severity=Severity.ERROR,
                path=self._draft.source.path,
                span=self._draft.source.span(loc, key=key),
                message=message,
                hint=hint,
                subject=self._draft.key,
            )
        )


def scale_names(
    drafts: Sequence[Draft], *, known: Mapping[str, Scale], default: str
) -> tuple[Scales, list[Diagnostic]]:
    """Return the scale of each skill; a skill that names none that exists has the plan's."""
    of_skill: dict[str, str] = {}
    faults = []
    for draft in drafts:
        if not isinstance(draft.fields, SkillFields) or draft.fields.scale is None:
            continue
        if draft.fields.scale in known:
            of_skill[draft.key.id] = draft.fields.scale
            continue
        faults.append(
            Diagnostic(
                code="F102",
                name="bad-value",
                severity=Severity.ERROR,
                path=draft.source.path,
                span=draft.source.span(("scale",)),
                message=f"no scale is called `{draft.fields.scale}`",
                hint="known: " + ", ".join(known),
                subject=draft.key,
            )
        )
    return Scales(known, default, of_skill), faults


def _with_ranges(draft: Draft, scales: Scales, directory: Directory) -> object:
    """Take `3-4` apart into level and stretch, where the whole is no word of the skill's scale."""
    fields = draft.fields
    if not isinstance(fields, RoleFields):
        return fields
    requires = {
        name: _with_range(requirement, scales.of(directory.holder("skill", name) or name), scales)
        for name, requirement in fields.requires.items()
    }
    return fields.model_copy(update={"requires": requires})


def _with_range(requirement: Requirement, scale: Scale, scales: Scales) -> Requirement:
    level = requirement.level
    if level is None or requirement.stretch is not None or "-" not in level.text:
        return requirement
    low, _, high = (part.strip() for part in level.text.partition("-"))
    try:
        scale.read(level.text, scales=scales.known)
    except Unreadable:
        if low and high:
            update = {"level": replace(level, text=low), "stretch": replace(level, text=high)}
            return requirement.model_copy(update=update)
    return requirement


def _roles_of_goals(
    drafts: Sequence[Draft], directory: Directory, default: str | None
) -> dict[str, str]:
    """Return the role of each goal: its own, else that of a goal above it, else the plan's."""
    goals = {draft.key.id: draft.fields for draft in drafts if draft.key.kind == "goal"}
    roles: dict[str, str] = {}
    for start in goals:
        way: list[str] = []
        goal: str | None = start
        while goal is not None and goal not in roles and goal not in way:
            way.append(goal)
            named = goals[goal].role
            if named is not None:
                found = directory.find(named, ["role"])
                if found:
                    roles[goal] = found[0].id
                break
            parents = directory.find(goals[goal].parent, ["goal"]) if goals[goal].parent else []
            goal = parents[0].id if parents else None
        if goal is not None and goal in roles:
            roles.update(dict.fromkeys(way, roles[goal]))
        elif default is not None:
            roles.update({one: default for one in way if one not in roles})
    return roles
