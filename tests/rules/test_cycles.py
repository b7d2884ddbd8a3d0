"""Cycles are found before anything is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.rules.conftest import CheckPlan

    from planfolio.pipeline import CheckResult


def cycles(checked: CheckResult) -> list[str]:
    """Return the cycles that were found, with their places."""
    return [
        f"{d.path.removeprefix('content/')}:{d.span.line}:{d.span.column} {d.message}"
        for d in checked.diagnostics
        if d.code == "L103"
    ]


def test_steps_that_wait_for_each_other(check_plan: CheckPlan) -> None:
    """A cycle of `after` is one error, at its first reference in the order of the files."""
    checked = check_plan(
        {
            "goals/c.md": "title: C\nafter: [a]\n",
            "goals/a.md": "title: A\nafter: [b]\n",
            "goals/b.md": "title: B\nafter: [x, c]\n",
            "goals/x.md": "title: X\n",
        }
    )
    assert cycles(checked) == [
        "goals/a.md:3:9 these steps wait for each other: “A” → “B” → “C” → “A”"
    ]
    assert checked.analysis is None


def test_a_cycle_hides_no_other_error(check_plan: CheckPlan) -> None:
    """All errors come at once, those of records on the way around too; warnings come after."""
    checked = check_plan(
        {
            "goals/a.md": "title: A\nafter: [b]\nparent: c\n",
            "goals/b.md": "title: B\nafter: [a]\nstart: 2026-05\ndue: 2026-02\n",
            "goals/c.md": "title: C\nparent: a\nstatus: done\nmetric: 3/5 talks\n",
            "goals/vague.md": "title: Improve my writing\n",
        }
    )
    found = [f"{d.path.removeprefix('content/')}:{d.span.line} {d.code}" for d in checked.errors]
    assert found == [
        "goals/a.md:3 L103",
        "goals/a.md:4 L103",
        "goals/b.md:5 T102",
        "goals/c.md:4 M107",
    ]
    assert checked.diagnostics == checked.errors
    assert checked.analysis is None


def test_a_step_that_waits_for_itself(check_plan: CheckPlan) -> None:
    """A reference to oneself is the shortest cycle."""
    checked = check_plan({"goals/a.md": "title: A\nafter: [a]\n"})
    assert cycles(checked) == ["goals/a.md:3:9 a step cannot wait for itself"]


def test_goals_that_are_each_others_parents(check_plan: CheckPlan) -> None:
    """A cycle of `parent` is an error too, and one of its own beside that of `after`."""
    checked = check_plan(
        {
            "goals/a.md": "title: A\nparent: b\nafter: [b]\n",
            "goals/b.md": "title: B\nparent: a\n",
            "goals/c.md": "title: C\nparent: c\n",
        }
    )
    assert cycles(checked) == [
        "goals/a.md:3:9 these goals are each other's parents: “A” → “B” → “A”",
        "goals/c.md:3:9 a goal cannot be its own parent",
    ]


def test_inline_milestones_that_wait_for_each_other(check_plan: CheckPlan) -> None:
    """Milestones in a goal's front matter are found where they stand in it."""
    checked = check_plan(
        {
            "goals/a.md": (
                "title: A\nmilestones:\n"
                "  - {id: one, title: One, after: [two]}\n"
                "  - {id: two, title: Two, after: [one]}\n"
            )
        }
    )
    assert cycles(checked) == [
        "goals/a.md:4:35 these steps wait for each other: “One” → “Two” → “One”"
    ]


def test_a_milestone_that_waits_for_its_own_goal(check_plan: CheckPlan) -> None:
    """A goal is done when its milestones are, so none of them can wait for it."""
    checked = check_plan(
        {
            "goals/a.md": "title: A\n",
            "milestones/m.md": "title: M\ngoal: a\nafter: [goals/a]\n",
        }
    )
    assert cycles(checked) == [
        "milestones/m.md:4:9 these steps wait for each other: “M” → “A” → “M”"
    ]


def test_a_goal_that_waits_for_its_own_milestone(check_plan: CheckPlan) -> None:
    """What a goal waits for, its milestones wait for as well."""
    checked = check_plan(
        {
            "goals/a.md": "title: A\nafter: [milestones/m]\n",
            "milestones/m.md": "title: M\ngoal: a\n",
        }
    )
    assert cycles(checked) == ["goals/a.md:3:9 these steps wait for each other: “A” → “M” → “A”"]


def test_two_groups_are_two_errors(check_plan: CheckPlan) -> None:
    """Each group is reported once, however many ways lead around in it."""
    checked = check_plan(
        {
            "goals/a.md": "title: A\nafter: [b, c]\n",
            "goals/b.md": "title: B\nafter: [a, c]\n",
            "goals/c.md": "title: C\nafter: [a, b]\n",
            "goals/d.md": "title: D\nafter: [e, a]\n",
            "goals/e.md": "title: E\nafter: [d]\n",
        }
    )
    assert cycles(checked) == [
        "goals/a.md:3:9 these steps wait for each other: “A” → “B” → “A”",
        "goals/d.md:3:9 these steps wait for each other: “D” → “E” → “D”",
    ]


def test_waiting_in_order_is_no_cycle(check_plan: CheckPlan) -> None:
    """A diamond, milestones in a row, and a goal after its own child are sound."""
    checked = check_plan(
        {
            "goals/a.md": "title: A\n",
            "goals/b.md": "title: B\nafter: [a]\n",
            "goals/c.md": "title: C\nafter: [a]\n",
            "goals/d.md": "title: D\nafter: [b, c]\nmilestones: [M, {title: N, after: [m]}]\n",
            "goals/e.md": "title: E\nafter: [f]\n",
            "goals/f.md": "title: F\nparent: e\n",
        }
    )
    assert cycles(checked) == []
    assert checked.analysis is not None


def test_a_long_chain_does_not_exhaust_the_stack(check_plan: CheckPlan) -> None:
    """Two thousand steps in a row that close are one cycle, told in short, and no traceback."""
    items = "".join(f"  g{n}: {{after: [g{(n + 1) % 2000}]}}\n" for n in range(2000))
    found = cycles(check_plan({"goals.md": f"items:\n{items}"}))
    names = " → ".join(f"“g{n}”" for n in range(9))
    assert found == [
        f"goals.md:3:16 these steps wait for each other: {names} → … 1991 more … → “g0”"
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ways=st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12),
)
def test_a_cycle_is_found_exactly_where_one_is(
    ways: set[tuple[int, int]], check_plan: CheckPlan
) -> None:
    """There is an error if and only if taking away steps that wait for nothing leaves some."""
    left = set(range(6))
    while free := {n for n in left if not any(a == n and b in left for a, b in ways)}:
        left -= free
    items = "".join(
        f"  g{n}: {{after: [{', '.join(f'g{b}' for a, b in sorted(ways) if a == n)}]}}\n"
        for n in range(6)
    )
    assert bool(cycles(check_plan({"goals.md": f"items:\n{items}"}))) == bool(left)
