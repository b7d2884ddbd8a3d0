"""L: whether everything that is named exists, and everything that exists is named.

In the graph of L103 each of a goal's milestones waits for what the goal waits for, and the goal is
done after them. So a milestone that waits for its own goal closes a cycle, and so does a goal that
waits for a milestone of its own.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Literal, TypeAlias

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.formatting import count, in_quotes, listing
from planfolio.model.kinds.role import RoleStatus
from planfolio.model.plan import Plan
from planfolio.model.references import Edge, Key
from planfolio.model.table import updated
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import MOST_LISTED, Finding, Findings, finding_at, rule, shared_finding

_MOST_SHOWN = 10
"""The number of titles of a cycle that a message shows."""

Point: TypeAlias = tuple[Key, Literal["begin", "end"]]
"""The beginning or the end of a record's work."""

Graph: TypeAlias = dict[Point, dict[Point, "Edge | None"]]
"""What each point waits for, with the reference that says so (None: it follows)."""


@rule("L101", Severity.ERROR, unsuppressible=True)
def unknown_reference(_: RuleContext) -> Findings:
    """A field names a record that does not exist.

    Usually the id is mistyped, or a file was renamed; `aliases` keeps an old id working. planfolio
    does not guess: a gap without one of its steps would be wrong.

    Bad:  after: [cka-lab]   # the goal is called cka-labs
    Good: after: [cka-labs]
    """
    return ()


@rule("L102", Severity.ERROR)
def broken_link(_: RuleContext) -> Findings:
    """A link of a body leads to no record, file or heading.

    The link would lead readers of the site to a missing page. Links between files are relative, as
    on a git host, so that they can be checked.

    Bad:  See [the exam](../goal/cka.md).
    Good: See [the exam](../goals/cka.md).
    """
    return ()


@rule("L103", Severity.ERROR, unsuppressible=True)
def cycle(_: RuleContext) -> Findings:
    """Steps wait for each other, or goals are each other's parents.

    When a waits for b and b for a, neither can start. A goal that is its own ancestor has no place
    among the goals. The message shows the cycle.

    Bad:  after: [cka]   # in labs.md, while cka.md says after: [labs]
    Good: after: [labs]   # in cka.md alone
    """
    return ()


@rule("L104", Severity.INFO, of_whole_plan=True)
def unlinked(context: RuleContext) -> Findings:
    """Nothing in the plan refers to this record.

    A target role that no goal serves, or a skill that nothing requires or raises, may be fine, or a
    forgotten link. Other records need no link.

    Bad:  title: Planner   # a role that no goal names, and whose skills no goal raises
    Good: role: planner   # in a goal
    """
    plan = context.plan
    if not plan.goals:
        return
    served = {goal.fields.role for goal in plan.goals.values()}
    raised = {
        skill
        for key in context.analysis.steps
        for skill in getattr(plan.records[key].fields, "raises", ())
    }
    for role in context.target_roles:
        if role.id in served or role.key in plan.edges_to:
            continue
        if not raised.isdisjoint(role.fields.requires):
            continue
        yield finding_at(
            role,
            message=f"no goal serves {in_quotes(role.title)}, and nothing links to it",
            hint=f"add `role: {role.id}` to a goal, or `status: considering` here",
        )
    if context.target_roles:
        words = "required by no role, raised by no step and linked by no record"
        yield from shared_finding(
            [s for s in plan.skills.values() if s.key not in plan.edges_to],
            one=f"this skill is {words}",
            many=f"{{n}} skills are {words}",
            hint="add them to what a role `requires`, link to them, or ignore this note",
        )


@rule("L105", Severity.INFO, of_whole_plan=True)
def implied_skill(context: RuleContext) -> Findings:
    """A role requires a skill that has no record.

    The skill counts as unrated, so the readiness for the role is an interval. A line with your
    level makes it a number.

    Bad:  requires: {kubernetes: 3}   # and no skill kubernetes
    Good: items: {kubernetes: 1}   # in content/skills.md
    """
    for role in context.plan.roles.values():
        if role.fields.status is RoleStatus.DROPPED:
            continue
        implied = [skill for skill in role.fields.requires if context.plan.skills[skill].implied]
        if implied:
            verb = "has" if len(implied) == 1 else "have"
            yield finding_at(
                role,
                ("requires", implied[0]),
                key=True,
                message=f"{count(len(implied), 'skill')} {verb} no record: "
                f"{listing(implied, most=MOST_LISTED)}",
                hint=f"add your level to content/skills.md: `items: {{{implied[0]}: 1}}`",
            )


def cycle_errors(plan: Plan) -> list[Diagnostic]:
    """Return an error for each group of records that lead to each other by `after` or `parent`.

    The error is at the group's first reference in the order of the files, and shows the shortest
    cycle through it. The time is linear in the size of the plan. It is looked for before there is
    an analysis.
    """
    found = [
        *_cycles(
            plan,
            waiting_graph(plan),
            many="these steps wait for each other",
            one="a step cannot wait for itself",
        ),
        *_cycles(
            plan,
            _parents(plan),
            many="these goals are each other's parents",
            one="a goal cannot be its own parent",
        ),
    ]
    return [cycle.diagnostic(finding) for finding in found]


def without_cycles(plan: Plan) -> Plan:
    """Return a plan without the references within its cycles, so that it can be analysed."""
    removed: dict[Key, dict[str, object]] = {}
    for graph, absent in ((waiting_graph(plan), {"after": ()}), (_parents(plan), {"parent": None})):
        for group in _groups(graph):
            for key, _ in group:
                removed.setdefault(key, {}).update(absent)
    records = dict(plan.records)
    for key, absent_fields in removed.items():
        record = records[key]
        records[key] = record._replace(fields=updated(record.fields, **absent_fields))
    edges = tuple(edge for edge in plan.edges if edge.loc[0] not in removed.get(edge.source, ()))
    return replace(plan, records=records, edges=edges)


def waiting_graph(plan: Plan) -> Graph:
    """Return what the beginning and the end of each step wait for. The time grows with the plan."""
    graph: Graph = {}
    for edge in plan.edges:
        if edge.loc[0] == "after":
            _add(graph, (edge.source, "begin"), (edge.target, "end"), edge)
    for key in dict.fromkeys(key for key, _ in graph):
        _add(graph, (key, "end"), (key, "begin"))
    for milestone in plan.milestones.values():
        if milestone.fields.goal is not None:
            goal = Key("goal", milestone.fields.goal)
            _add(graph, (goal, "end"), (milestone.key, "end"))
            _add(graph, (milestone.key, "end"), (milestone.key, "begin"))
            _add(graph, (milestone.key, "begin"), (goal, "begin"))
    return graph


def _parents(plan: Plan) -> Graph:
    graph: Graph = {}
    for edge in plan.edges:
        if edge.loc[0] == "parent":
            _add(graph, (edge.source, "begin"), (edge.target, "begin"), edge)
    return graph


def _add(graph: Graph, source: Point, target: Point, edge: Edge | None = None) -> None:
    graph.setdefault(source, {}).setdefault(target, edge)
    graph.setdefault(target, {})


def _cycles(plan: Plan, graph: Graph, *, many: str, one: str) -> Iterator[Finding]:
    for group in _groups(graph):
        # Edges that nobody wrote close no cycle by themselves, so at least one here was written.
        edges = [
            (source, target, edge)
            for source in group
            for target, edge in graph[source].items()
            if edge is not None and target in group
        ]
        source, target, edge = min(
            edges, key=lambda each: (plan.records[each[2].source].source.path, each[2].span)
        )
        way = [source, *_shortest_way(graph, target, source, group)]
        # A record has a beginning and an end in the graph; its title is shown once.
        titles = [in_quotes(plan.records[key].title) for key, _ in groupby(key for key, _ in way)]
        alone = len(titles) == 1
        if len(titles) > _MOST_SHOWN + 1:
            titles[_MOST_SHOWN - 1 : -1] = [f"… {len(titles) - _MOST_SHOWN} more …"]
        which = "the reference" if alone else "one of the references"
        yield Finding(
            path=plan.records[edge.source].source.path,
            span=edge.span,
            message=one if alone else f"{many}: {' → '.join(titles)}",
            hint=f"remove {which} in `{edge.loc[0]}`",
            subject=edge.source,
        )


def _groups(graph: Graph) -> Iterator[Collection[Point]]:
    """Yield the strongly connected parts that hold a cycle (the algorithm of Kosaraju)."""
    backwards: dict[Point, list[Point]] = {point: [] for point in graph}
    for source, targets in graph.items():
        for target in targets:
            backwards[target].append(source)
    seen: set[Point] = set()
    finished = [point for start in graph for point in _newly_reached(start, graph, seen)]
    seen = set()
    for start in reversed(finished):
        group = _newly_reached(start, backwards, seen)
        if len(group) > 1 or (group and start in graph[start]):
            yield dict.fromkeys(group)


def _newly_reached(
    start: Point, graph: Mapping[Point, Iterable[Point]], seen: set[Point]
) -> list[Point]:
    """Return what a point leads to beyond what was seen, each after what it leads to itself."""
    if start in seen:
        return []
    seen.add(start)
    found = []
    way = [(start, iter(graph[start]))]
    while way:
        for target in way[-1][1]:
            if target not in seen:
                seen.add(target)
                way.append((target, iter(graph[target])))
                break
        else:
            found.append(way.pop()[0])
    return found


def _shortest_way(
    graph: Mapping[Point, Iterable[Point]], start: Point, end: Point, inside: Collection[Point]
) -> list[Point]:
    """Return the shortest way from one point of a group to another, both included."""
    came_from: dict[Point, Point | None] = {start: None}
    queue = deque([start])
    while queue and end not in came_from:
        point = queue.popleft()
        for target in graph[point]:
            if target in inside and target not in came_from:
                came_from[target] = point
                queue.append(target)
    way = []
    step: Point | None = end
    while step is not None:
        way.append(step)
        step = came_from[step]
    return way[::-1]
