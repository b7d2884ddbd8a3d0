"""References and levels: names become ids, words of a scale become numbers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.field_walk import visit
from planfolio.model.fields import Refers
from planfolio.model.formatting import listing
from planfolio.model.hints import as_flow_list, table_hint
from planfolio.model.kinds.role import RoleFields
from planfolio.model.plan import Plan, Record
from planfolio.model.references import Edge, Key
from planfolio.model.scales import Level
from planfolio.model.source_tree import Loc
from planfolio.names import folded
from planfolio.resolve.record_index import RecordIndex
from planfolio.resolve.skills import Scales, with_ranges


class ReferenceContext(NamedTuple):
    """What names mean in a plan: records, levels, and the role whose needs a goal answers.

    `needs_lost` tells that not all needs of roles could be read.
    """

    record_index: RecordIndex
    scales: Scales
    role_of_goal: Mapping[str, str]
    needs_lost: bool


class MissedReference(NamedTuple):
    """A reference to `name`, which no record has, the nearest record, and the diagnostic."""

    name: str
    near: Key
    diagnostic: Diagnostic


class ResolvedReferences(NamedTuple):
    """The fields of a record that refer by id, its references, and what is wrong with them.

    `missed` are those of the references that lead nowhere and are nearly the id of a record.
    """

    fields: Any
    edges: list[Edge]
    diagnostics: list[Diagnostic]
    missed: list[MissedReference]


def resolve_references(raw: Record[Any], context: ReferenceContext) -> ResolvedReferences:
    """Resolve the references and levels of a record; what leads nowhere is reported and left out.

    A reference to one kind becomes an id, a reference to several `kind/id`, a need `role/need`.
    Text stays text where any name may be one.
    """
    visitor = _Visitor(raw, context)
    fields = visit(with_ranges(raw.fields, context.scales, context.record_index), visitor)
    if isinstance(fields, RoleFields):
        visitor.check_stretches(fields)
    return ResolvedReferences(fields, visitor.edges, visitor.diagnostics, visitor.missed)


class _Visitor:
    """Visits the references and levels of one record."""

    def __init__(self, raw: Record[Any], context: ReferenceContext) -> None:
        self._raw, self._context = raw, context
        self._record_index, self._scales = context.record_index, context.scales
        self._keys: dict[tuple[Loc, Key], str] = {}
        self.edges: list[Edge] = []
        self.diagnostics: list[Diagnostic] = []
        self.missed: list[MissedReference] = []

    def reference(self, text: str, refers: Refers, loc: Loc, *, is_key: bool) -> str | None:
        if "need" in refers.kinds:
            return self._need(text, loc)
        own = self._raw.key.kind
        kinds = sorted(refers.kinds, key=lambda kind: kind != own)
        found = self._sibling(text, kinds) or self._record_index.find(text, kinds)
        if not found:
            meant = None
            if self._record_index.may_be_text(text, kinds):
                meant = self._record_index.likely_id(text, kinds)
                if meant is None:
                    return text
            self._unknown(text, kinds, loc, is_key=is_key, near=meant)
            return None
        target = found[0]
        if is_key and self._is_duplicate(text, target, loc):
            return None
        self.edges.append(Edge(self._raw.key, loc, target, self._raw.source.span(loc, key=is_key)))
        return target.id if len(refers.kinds) == 1 else str(target)

    def level(self, level: Level, loc: Loc, *, skill: str | None, is_key: bool) -> Level | None:
        rated = skill if skill is not None else self._raw.key.id
        scale = self._scales.of(rated)
        try:
            return level.with_value(scale.read(level.text, scales=self._scales.known))
        except Problem as problem:
            if rated not in self._scales.unsure:
                self._report(problem, loc, on_key=is_key)
            return None

    def check_stretches(self, fields: RoleFields) -> None:
        """Report a stretch below the level that it is to stretch."""
        for name, requirement in fields.requires.items():
            level, stretch = requirement.level, requirement.stretch
            if level and stretch and stretch.number < level.number:
                message = f"the stretch {quoted(stretch.text)} is below {quoted(level.text)}"
                problem = Problem(message, "write the lower level first", name="bad-level")
                self._report(problem, ("requires", name, "stretch"))

    def _sibling(self, text: str, kinds: Sequence[str]) -> list[Key]:
        """Find a milestone of the same goal, which may be named without the goal's id."""
        goal = self._goal() if self._raw.key.kind == "milestone" and "milestone" in kinds else None
        return self._record_index.find(f"{goal}-{text}", ["milestone"]) if goal else []

    def _goal(self) -> str | None:
        """Return the goal that the record belongs to, or that it is."""
        if self._raw.key.kind == "goal":
            return self._raw.key.id
        return self._record_index.id_of(getattr(self._raw.fields, "goal", None), "goal")

    def _is_duplicate(self, text: str, target: Key, loc: Loc) -> bool:
        """Report two keys of one table that name one record, as `Python` and `python` do."""
        other = self._keys.setdefault((loc[:-1], target), text)
        if other == text:
            return False
        message = f"{quoted(text)} and {quoted(other)} are the same {target.kind}"
        self._report(
            Problem(message, "keep one", code="F103", name="duplicate-key"), loc, on_key=True
        )
        return True

    def _need(self, text: str, loc: Loc) -> str | None:
        goal = self._goal()
        found = self._record_index.find_need(text, self._context.role_of_goal.get(goal or ""))
        if len(found) == 1:
            role, need = found[0]
            span = self._raw.source.span(loc)
            self.edges.append(Edge(self._raw.key, loc, Key("role", role), span))
            return f"{role}/{need}"
        if found:
            message = f"{quoted(text)} is a need of several roles"
            hint = "write one of " + ", ".join(quoted(f"{role}/{need}") for role, need in found)
        elif self._context.needs_lost:
            return None
        else:
            message = f"no role has a need {quoted(text)}"
            hint = "write the id or the title of one of the role's needs"
            if shape := _shape(text, loc):
                hint = f"write {shape}"
            elif near := self._record_index.near_need(text):
                hint = f"did you mean {quoted(near)}?"
        self._report(Problem(message, hint, code="L101", name="unknown-reference"), loc)
        return None

    def _unknown(
        self, text: str, kinds: Sequence[str], loc: Loc, *, is_key: bool, near: str | None
    ) -> None:
        if self._record_index.may_be_unread(text, kinds):
            return
        message = f"there is no {' or '.join(kinds)} {quoted(text)}"
        bare = text.strip("[] ").partition("|")[0]
        nearest = None
        if shape := _shape(text, loc):
            hint = f"write {shape}"
        elif bare != text and self._record_index.find(bare, kinds):
            hint = f"write {quoted(bare)}"
        elif nearest := near or self._record_index.near_id(text, kinds):
            hint = f"did you mean {quoted(nearest)}?"
        else:
            folder = next(kind.folder for kind in self._record_index.kinds if kind.name == kinds[0])
            file = quoted(f"content/{folder}/{text.rpartition('/')[2]}.md")
            hint = f"write {file}, or take the reference out"
        problem = Problem(message, hint, code="L101", name="unknown-reference")
        self._report(problem, loc, on_key=is_key)
        if nearest and (found := self._record_index.find(nearest, kinds)):
            self.missed.append(MissedReference(text, found[0], self.diagnostics[-1]))

    def _report(self, problem: Problem, loc: Loc, *, on_key: bool = False) -> None:
        self.diagnostics.append(self._raw.diagnostic(problem, loc, on_key=on_key))


def _shape(text: str, loc: Loc) -> str | None:
    """Return how several names in one text of a list are written, or None."""
    if len(loc) != 2 or not (isinstance(loc[1], int) or loc[0] == "raises"):
        return None
    if loc[0] == "raises" and re.search(r"\w[ :=]+\d+ *(?:[,;]|$)", text):
        return table_hint("raises", text).removeprefix("write ")
    shown = as_flow_list(text)
    return f"a list: {shown}" if shown else None


def roles_of_goals(
    records: Sequence[Record[Any]], record_index: RecordIndex, *, default: str | None
) -> dict[str, str]:
    """Return the role of each goal: its own, else that of a goal above it, else the plan's.

    A role that is named and unknown is left out, so that nothing is taken from another.
    """
    goals = {record.key.id: record.fields for record in records if record.key.kind == "goal"}
    roles: dict[str, str | None] = {}
    for start in goals:
        path: list[str] = []
        goal: str | None = start
        role = default
        while goal is not None:
            if goal in roles:
                role = roles[goal]
                break
            path.append(goal)
            roles[goal] = default  # for where a circle of parents closes
            if goals[goal].role is not None:
                role = record_index.id_of(goals[goal].role, "role")
                break
            goal = record_index.id_of(goals[goal].parent, "goal")
        roles.update(dict.fromkeys(path, role))
    return {goal: role for goal, role in roles.items() if role is not None}


def without_mistyped_ids(
    diagnostics: Iterable[Diagnostic], missed: Iterable[MissedReference], plan: Plan
) -> list[Diagnostic]:
    """Return diagnostics with one at the id of a record in place of those at all references.

    The id is taken for mistyped where no field refers to it and two or more name one other: each
    of these would be reported, though all of them are right.
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
        f"write {quoted(name)} here, or correct {listing(places, most=3)}",
        code="L101",
        name="unknown-reference",
    )
    return problem.as_diagnostic(source.path, source.span(("id",)), subject=key)
