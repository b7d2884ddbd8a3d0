"""Cycles: steps that wait for each other, and goals that are their own ancestors.

Each of a goal's milestones waits for what the goal waits for, and the goal is done after them. So
a milestone that waits for its own goal closes a cycle, and so does a goal that waits for a
milestone of its own.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from planfolio.model.formatting import in_quotes
from planfolio.model.references import Key
from planfolio.rules.links import CYCLE
from planfolio.rules.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.plan import Plan
    from planfolio.model.references import Edge

_MOST_SHOWN = 10
"""The number of titles of a cycle that a message shows."""

Point: TypeAlias = tuple[Key, Literal["begin", "end"]]
"""The beginning or the end of a record's work."""

Graph: TypeAlias = dict[Point, dict[Point, "Edge | None"]]
"""What each point waits for, with the reference that says so (None: it follows)."""


def cycle_errors(plan: Plan) -> list[Diagnostic]:
    """Return an error for each group of records that lead to each other by `after` or `parent`.

    The error stands at the group's first reference in the order of the files and shows the shortest
    cycle through it. The time grows with the plan.
    """
    return [
        *_errors(
            plan,
            waiting_graph(plan),
            many="these steps wait for each other",
            one="a step cannot wait for itself",
        ),
        *_errors(
            plan,
            _parents(plan),
            many="these goals are each other's parents",
            one="a goal cannot be its own parent",
        ),
    ]


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


def without_cycles(plan: Plan) -> Plan:
    """Return a plan without the references within its cycles, so that it can be analysed."""
    removed: dict[Key, dict[str, object]] = {}
    for graph, absent in ((waiting_graph(plan), {"after": ()}), (_parents(plan), {"parent": None})):
        for group in _groups(graph):
            for key, _ in group:
                removed.setdefault(key, {}).update(absent)
    records = {
        key: replace(record, fields=record.fields.model_copy(update=removed[key]))
        if key in removed
        else record
        for key, record in plan.records.items()
    }
    edges = tuple(edge for edge in plan.edges if edge.loc[0] not in removed.get(edge.source, ()))
    return replace(plan, records=records, edges=edges)


def _parents(plan: Plan) -> Graph:
    graph: Graph = {}
    for edge in plan.edges:
        if edge.loc[0] == "parent":
            _add(graph, (edge.source, "begin"), (edge.target, "begin"), edge)
    return graph


def _add(graph: Graph, source: Point, target: Point, edge: Edge | None = None) -> None:
    graph.setdefault(source, {}).setdefault(target, edge)
    graph.setdefault(target, {})


def _errors(plan: Plan, graph: Graph, *, many: str, one: str) -> Iterator[Diagnostic]:
    for group in _groups(graph):
        inside = set(group)
        # Edges that nobody wrote close no cycle by themselves, so at least one here was written.
        edges = [
            (source, target, edge)
            for source in group
            for target, edge in graph[source].items()
            if edge is not None and target in inside
        ]
        source, target, edge = min(
            edges, key=lambda each: (plan.records[each[2].source].source.path, each[2].span)
        )
        way = [source, *_shortest_way(graph, target, source, inside)]
        # A record has a beginning and an end in the graph; its title is shown once.
        titles = [in_quotes(plan.records[key].title) for key, _ in groupby(key for key, _ in way)]
        alone = len(titles) == 1
        if len(titles) > _MOST_SHOWN + 1:
            titles[_MOST_SHOWN - 1 : -1] = [f"… {len(titles) - _MOST_SHOWN} more …"]
        yield CYCLE.diagnostic(
            Finding(
                path=plan.records[edge.source].source.path,
                span=edge.span,
                message=one if alone else f"{many}: {' → '.join(titles)}",
                hint=f"remove {'the reference' if alone else 'one of the references'} in "
                f"`{edge.loc[0]}`",
                subject=edge.source,
            )
        )


def _groups(graph: Graph) -> Iterator[list[Point]]:
    """Yield the strongly connected parts that hold a cycle (Tarjan 1972, without recursion)."""
    order: dict[Point, int] = {}
    lowest: dict[Point, int] = {}
    unfinished: dict[Point, None] = {}
    for root in graph:
        if root in order:
            continue
        order[root] = lowest[root] = len(order)
        unfinished[root] = None
        stack = [(root, iter(graph[root]))]
        while stack:
            point, targets = stack[-1]
            for target in targets:
                if target not in order:
                    order[target] = lowest[target] = len(order)
                    unfinished[target] = None
                    stack.append((target, iter(graph[target])))
                    break
                if target in unfinished:
                    lowest[point] = min(lowest[point], order[target])
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    lowest[above] = min(lowest[above], lowest[point])
                if lowest[point] == order[point]:
                    group: list[Point] = []
                    while not group or group[-1] != point:
                        group.append(unfinished.popitem()[0])
                    if len(group) > 1 or point in graph[point]:
                        yield group


def _shortest_way(
    graph: Mapping[Point, Mapping[Point, Edge | None]],
    start: Point,
    end: Point,
    inside: set[Point],
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
    at: Point | None = end
    while at is not None:
        way.append(at)
        at = came_from[at]
    return way[::-1]
