"""References and levels: names become ids, words of a scale become numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planfolio.memo import Recall
from planfolio.model.diagnostics import Diagnostic, Problem, Severity
from planfolio.model.kinds.role import RoleFields
from planfolio.model.kinds.walk import visit
from planfolio.model.plan import Edge, Key
from planfolio.resolve.skill_scales import Scales, with_ranges
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planfolio.model.kinds.fields import Refers
    from planfolio.model.source_tree import Loc
    from planfolio.model.values.level import Level
    from planfolio.resolve.directory import Directory
    from planfolio.resolve.raw_records import RawRecord


@dataclass(slots=True)
class Linked:
    """RawRecords whose fields refer by id, the references found on the way, and what went wrong."""

    raw_records: list[RawRecord]
    edges: list[Edge] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LinkedDraft:
    """One raw whose fields refer by id, with its references and what is wrong with them."""

    raw: RawRecord
    edges: tuple[Edge, ...]
    diagnostics: tuple[Diagnostic, ...]


def link(
    raw_records: Sequence[RawRecord],
    *,
    directory: Directory,
    scales: Scales,
    registered: set[str],
    default_role: str | None,
    recall: Recall[RawRecord, LinkedDraft] | None = None,
) -> Linked:
    """Resolve all references and levels of all records; what leads nowhere is told and left out.

    `registered` are the names of the kinds that there are: text that refers to others stays text.
    A reference to one kind becomes an id, a reference to several `kind/id`, a need `role/need`.
    `default_role` is the role of goals that name none. `recall` gives back what is known of a
    raw, so long as all names mean what they meant.
    """
    roles = _roles_of_goals(raw_records, directory, default_role)
    known: Recall[RawRecord, LinkedDraft] = Recall() if recall is None else recall
    # The order of the roles decides which need is told first.
    known.begin((directory, list(directory.needs), scales, registered, roles))

    def link_one(raw: RawRecord) -> LinkedDraft:
        visitor = _Linker(raw, directory, scales, registered, roles)
        fields = visit(with_ranges(raw.fields, scales, directory), visitor)
        if isinstance(fields, RoleFields):
            visitor.hold_stretches(fields)
        made = raw if fields is raw.fields else replace(raw, fields=fields)
        return LinkedDraft(made, tuple(visitor.edges), tuple(visitor.diagnostics))

    linked = Linked([])
    for raw in raw_records:
        one = known.of(raw, link_one)
        linked.raw_records.append(one.raw)
        linked.edges.extend(one.edges)
        linked.diagnostics.extend(one.diagnostics)
    return linked


class _Linker:
    """Visits one raw's references and levels."""

    def __init__(
        self,
        raw: RawRecord,
        directory: Directory,
        scales: Scales,
        registered: set[str],
        roles: Mapping[str, str],
    ) -> None:
        self._draft = raw
        self._directory = directory
        self._scales = scales
        self._registered = registered
        self._roles = roles
        self.edges: list[Edge] = []
        self.diagnostics: list[Diagnostic] = []
        self._keys: dict[tuple[Loc, Key], str] = {}

    def reference(self, text: str, refers: Refers, loc: Loc, *, is_key: bool) -> str | None:
        if "need" in refers.kinds:
            return self._need(text, loc)
        kinds = [kind for kind in refers.kinds if kind in self._registered]
        if not kinds:
            return text
        own = self._draft.key.kind
        kinds.sort(key=lambda kind: kind != own)
        found = self._find(text, kinds)
        if not found:
            self._unknown(text, kinds, loc, is_key=is_key)
            return None
        target = found[0]
        if is_key and self._stands_twice(text, target, loc):
            return None
        span = self._draft.source.span(loc, key=is_key)
        self.edges.append(Edge(self._draft.key, loc, target, span))
        return target.id if len(refers.kinds) == 1 else str(target)

    def _stands_twice(self, text: str, target: Key, loc: Loc) -> bool:
        """Report two keys of one table that name one record, as `Python` and `python` do."""
        other = self._keys.setdefault((loc[:-1], target), text)
        if other == text:
            return False
        message = f"{quoted(text)} and {quoted(other)} are the same {target.kind}"
        self._fault("F103", "duplicate-key", message, "keep one", loc, key=True)
        return True

    def level(self, level: Level, loc: Loc, *, skill: str | None) -> Level | None:
        name = skill if skill is not None else self._draft.key.id
        try:
            return level.at(self._scales.of(name).read(level.text, scales=self._scales.known))
        except Problem as fault:
            self._fault(fault.code, fault.name, fault.message, fault.hint, loc)
            return None

    def hold_stretches(self, fields: RoleFields) -> None:
        """Report a stretch below the level that it is to stretch."""
        for name, requirement in fields.requires.items():
            level, stretch = requirement.level, requirement.stretch
            if level and stretch and stretch.number < level.number:
                message = f"the stretch {quoted(stretch.text)} is below {quoted(level.text)}"
                loc = ("requires", name, "stretch")
                self._fault("F102", "bad-level", message, "write the lower level first", loc)

    def _find(self, text: str, kinds: list[str]) -> list[Key]:
        """Find a record; milestones of one goal name each other without the goal's id."""
        goal = getattr(self._draft.fields, "goal", None)
        if self._draft.key.kind == "milestone" and "milestone" in kinds and goal:
            home = self._directory.find(goal, ["goal"])
            name = f"{home[0].id}-{text}" if home else text
            siblings = self._directory.find(name, ["milestone"])
            if siblings:
                return siblings
        return self._directory.find(text, kinds)

    def _need(self, text: str, loc: Loc) -> str | None:
        role = self._role()
        found = self._directory.find_need(text, [role] if role else [])
        if len(found) == 1:
            target = Key("role", found[0].rpartition("/")[0])
            span = self._draft.source.span(loc)
            self.edges.append(Edge(self._draft.key, loc, target, span))
            return found[0]
        written = quoted(text)
        if found:
            message = f"{written} is a need of several roles"
            hint = "write one of " + ", ".join(quoted(need) for need in found)
        elif self._directory.any_unread("role"):
            return None
        else:
            message = f"no role has a need {written}"
            near = self._directory.near_need(text)
            hint = "write the id or the title of one of the role's needs"
            hint = f"did you mean {quoted(near)}?" if near else hint
        self._fault("L101", "unknown-reference", message, hint, loc)
        return None

    def _role(self) -> str | None:
        """Return the role whose needs the raw answers first: its goal's."""
        if self._draft.key.kind == "goal":
            return self._roles.get(self._draft.key.id)
        goal = getattr(self._draft.fields, "goal", None)
        home = self._directory.find(goal, ["goal"]) if goal else []
        return self._roles.get(home[0].id) if home else None

    def _unknown(self, text: str, kinds: list[str], loc: Loc, *, is_key: bool) -> None:
        if self._directory.failed_to_read(text, kinds):
            return
        near = self._directory.near(text, kinds)
        message = f"there is no {' or '.join(kinds)} {quoted(text)}"
        hint = f"did you mean {quoted(near)}?" if near else self._way_out(text, kinds)
        self._fault("L101", "unknown-reference", message, hint, loc, key=is_key)

    def _way_out(self, text: str, kinds: list[str]) -> str:
        folder = next(k.folder for k in self._directory.kinds if k.name == kinds[0])
        file = quoted(f"content/{folder}/{text.rpartition('/')[2]}.md")
        return f"write {file}, or take the reference out"

    def _fault(
        self, code: str, name: str, message: str, hint: str, loc: Loc, *, key: bool = False
    ) -> None:
        self.diagnostics.append(
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


def _roles_of_goals(
    raw_records: Sequence[RawRecord], directory: Directory, default: str | None
) -> dict[str, str]:
    """Return the role of each goal: its own, else that of a goal above it, else the plan's.

    A role that is named and unknown is left out, so that nothing is taken from another.
    """
    goals = {raw.key.id: raw.fields for raw in raw_records if raw.key.kind == "goal"}
    roles: dict[str, str | None] = {}
    for start in goals:
        way: list[str] = []
        on_way: set[str] = set()
        goal: str | None = start
        role = default
        while goal is not None and goal not in on_way:
            if goal in roles:
                role = roles[goal]
                break
            way.append(goal)
            on_way.add(goal)
            named, parent = goals[goal].role, goals[goal].parent
            if named is not None:
                found = directory.find(named, ["role"])
                role = found[0].id if found else None
                break
            above = directory.find(parent, ["goal"]) if parent else []
            goal = above[0].id if above else None
        roles.update(dict.fromkeys(way, role))
    return {goal: role for goal, role in roles.items() if role is not None}
