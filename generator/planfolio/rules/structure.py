"""Cycles: steps that wait for each other, and goals that are their own ancestors.

A goal that waits makes each of its milestones wait, and is done when they are. So a milestone that
waits for its own goal closes a cycle, and so does a goal that waits for a milestone of its own.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from planfolio.model.diagnostics import Diagnostic
from planfolio.model.plan import Key
from planfolio.rules.links import CYCLE
from planfolio.rules.wording import called

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planfolio.model.plan import Edge, Plan

MOST_SHOWN = 10
"""How many names of a way around are shown."""

Node: TypeAlias = tuple[Key, Literal["begin", "end"]]
"""The beginning or the end of a record's work."""


@dataclass(slots=True)
class _Graph:
    """Who waits for whom, and for each way the reference that says so (None: it follows)."""

    ways: dict[Node, dict[Node, Edge | None]] = field(default_factory=dict)

    def add(self, source: Node, target: Node, edge: Edge | None = None) -> None:
        self.ways.setdefault(source, {}).setdefault(target, edge)
        self.ways.setdefault(target, {})


def structure(plan: Plan) -> list[Diagnostic]:
    """Return an error for each knot of `after` or of `parent` references, before any analysis.

    A knot is a set of records each of which leads to each other; its error stands at its first
    reference in the order of the files and shows one way around, the shortest through it. Takes
    time in proportion to the plan.
    """
    return [*_cycles(plan, _waiting(plan), "waits"), *_cycles(plan, _parents(plan), "parents")]


def without_cycles(plan: Plan) -> Plan:
    """Return a plan without the references within its knots, so that the rest can be reckoned."""
    tied: dict[Key, dict[str, object]] = {}
    for graph, absent in ((_waiting(plan), {"after": ()}), (_parents(plan), {"parent": None})):
        for knot in _knots(graph.ways):
            for key, _ in knot:
                tied.setdefault(key, {}).update(absent)
    records = {
        key: replace(record, fields=record.fields.model_copy(update=tied[key]))
        if key in tied
        else record
        for key, record in plan.records.items()
    }
    edges = tuple(edge for edge in plan.edges if edge.loc[0] not in tied.get(edge.source, ()))
    return replace(plan, records=records, edges=edges)


def _waiting(plan: Plan) -> _Graph:
    graph = _Graph()
    for edge in plan.edges:
        if edge.loc[0] == "after" and edge.source.kind in {"goal", "milestone"}:
            graph.add((edge.source, "begin"), (edge.target, "end"), edge)
    if not graph.ways:
        return graph  # where nobody waits, what follows from that need not be looked at
    for key in list(dict.fromkeys(key for key, _ in graph.ways)):
        graph.add((key, "end"), (key, "begin"))
    for milestone in plan.milestones.values():
        if milestone.fields.goal is not None:
            goal = Key("goal", milestone.fields.goal)
            graph.add((goal, "end"), (milestone.key, "end"))
            graph.add((milestone.key, "end"), (milestone.key, "begin"))
            graph.add((milestone.key, "begin"), (goal, "begin"))
    return graph


def _parents(plan: Plan) -> _Graph:
    graph = _Graph()
    for edge in plan.edges:
        if edge.loc[0] == "parent" and edge.source.kind == "goal":
            graph.add((edge.source, "begin"), (edge.target, "begin"), edge)
    return graph


def _cycles(plan: Plan, graph: _Graph, sort: Literal["waits", "parents"]) -> Iterator[Diagnostic]:
    for knot in _knots(graph.ways):
        inside = set(knot)
        # What follows without being written never closes a cycle by itself, so there are some.
        edges = [
            (source, target, edge)
            for source in knot
            for target, edge in graph.ways[source].items()
            if edge is not None and target in inside
        ]
        source, target, edge = min(edges, key=lambda way: _place(plan, way[2]))
        way = [source, *_shortest(graph.ways, target, source, inside)]
        names = list(_titles(plan, way))
        around = " → ".join(_shortened(names))
        if sort == "parents":
            message = f"these goals are each other's parents: {around}"
            alone, hint = "a goal cannot be its own parent", "take one of the `parent` fields out"
        else:
            message = f"these steps wait for each other: {around}"
            alone, hint = "a step cannot wait for itself", "take one of the `after` references out"
        yield Diagnostic(
            code=CYCLE.code,
            name=CYCLE.name,
            severity=CYCLE.severity,
            path=plan.records[edge.source].source.path,
            span=edge.span,
            message=message if len(names) > 1 else alone,
            hint=hint,
            subject=edge.source,
        )


def _place(plan: Plan, edge: Edge) -> tuple[str, int, int]:
    return plan.records[edge.source].source.path, edge.span.line, edge.span.column


def _titles(plan: Plan, way: Sequence[Node]) -> Iterator[str]:
    """Yield the titles along a way around, without saying one twice in a row."""
    before = None
    for key, _ in way:
        if key != before:
            yield called(plan.records[key].title)
        before = key


def _shortened(names: Sequence[str]) -> list[str]:
    """Leave out the middle of a way around that is too long to be read."""
    left_out = len(names) - MOST_SHOWN
    if left_out <= 1:
        return list(names)
    return [*names[: MOST_SHOWN - 1], f"… {left_out} more …", names[-1]]


def _knots(ways: Mapping[Node, Mapping[Node, Edge | None]]) -> Iterator[list[Node]]:
    """Yield the strongly connected parts that hold a cycle (Tarjan 1972, without recursion)."""
    order: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    open_nodes: dict[Node, None] = {}
    for root in ways:
        if root in order:
            continue
        order[root] = lowest[root] = len(order)
        open_nodes[root] = None
        stack = [(root, iter(ways[root]))]
        while stack:
            node, targets = stack[-1]
            for target in targets:
                if target not in order:
                    order[target] = lowest[target] = len(order)
                    open_nodes[target] = None
                    stack.append((target, iter(ways[target])))
                    break
                if target in open_nodes:
                    lowest[node] = min(lowest[node], order[target])
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == order[node]:
                    knot = _closed(node, open_nodes)
                    if len(knot) > 1 or node in ways[node]:
                        yield knot


def _closed(node: Node, open_nodes: dict[Node, None]) -> list[Node]:
    """Take the nodes down to `node` off those that are open."""
    knot: list[Node] = []
    while not knot or knot[-1] != node:
        knot.append(open_nodes.popitem()[0])
    return knot


def _shortest(
    ways: Mapping[Node, Mapping[Node, Edge | None]], start: Node, end: Node, inside: set[Node]
) -> list[Node]:
    """Return the shortest way from one node of a knot to another, both included."""
    came_from: dict[Node, Node | None] = {start: None}
    queue = deque([start])
    while queue and end not in came_from:
        node = queue.popleft()
        for target in ways[node]:
            if target in inside and target not in came_from:
                came_from[target] = node
                queue.append(target)
    way: list[Node] = []
    node_or_none: Node | None = end
    while node_or_none is not None:
        way.append(node_or_none)
        node_or_none = came_from[node_or_none]
    return way[::-1]
