"""Cycles are found before anything is computed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.rules.conftest import CheckPlan, found


@pytest.mark.parametrize(
    ("files", "errors"),
    [
        (  # one error, at the first reference in the order of the files
            {"c": "after: [a]", "a": "after: [b]", "b": "after: [x, c]", "x": ""},
            ["a.md:3:9 these steps wait for each other: “a” → “b” → “c” → “a”"],
        ),
        ({"a": "after: [a]"}, ["a.md:3:9 a step cannot wait for itself"]),
        (  # a cycle of `parent` is an error of its own beside that of `after`
            {"a": "parent: b\nafter: [b]", "b": "parent: a", "c": "parent: c"},
            [
                "a.md:3:9 these goals are each other's parents: “a” → “b” → “a”",
                "c.md:3:9 a goal cannot be its own parent",
            ],
        ),
        (  # milestones in a goal's front matter are found where they stand in it
            {"a": "milestones:\n- {id: i, after: [j], title: I}\n- {id: j, after: [i], title: J}"},
            ["a.md:4:19 these steps wait for each other: “I” → “J” → “I”"],
        ),
        (  # a goal is done when its milestones are, so none of them can wait for it
            {"a": "milestones: [{id: m, title: M, after: [goals/a]}]"},
            ["a.md:3:40 these steps wait for each other: “M” → “a” → “M”"],
        ),
        (  # what a goal waits for, its milestones wait for as well
            {"a": "milestones: [{id: m, title: M}]\nafter: [a-m]"},
            ["a.md:4:9 these steps wait for each other: “a” → “M” → “a”"],
        ),
        (  # each group is one error, however many ways lead around in it
            {
                "a": "after: [b, c]",
                "b": "after: [a, c]",
                "c": "after: [a, b]",
                "d": "after: [e, a]",
                "e": "after: [d]",
            },
            [
                "a.md:3:9 these steps wait for each other: “a” → “b” → “a”",
                "d.md:3:9 these steps wait for each other: “d” → “e” → “d”",
            ],
        ),
    ],
)
def test_a_cycle_is_one_error_that_shows_it(
    files: dict[str, str], errors: list[str], check_plan: CheckPlan
) -> None:
    """Nothing is computed about a plan with one."""
    checked = check_plan({f"goals/{n}.md": f"title: {n}\n{text}\n" for n, text in files.items()})
    assert found(checked, "L103") == [f"goals/{line}" for line in errors]
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
    lines = [f"{d.path.removeprefix('content/')}:{d.span.line} {d.code}" for d in checked.errors]
    assert lines == [
        "goals/a.md:3 L103",
        "goals/a.md:4 L103",
        "goals/b.md:5 T102",
        "goals/c.md:4 M107",
    ]
    assert checked.diagnostics == checked.errors
    assert checked.analysis is None


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
    assert found(checked, "L103") == []
    assert checked.analysis is not None


def test_a_long_chain_does_not_exhaust_the_stack(check_plan: CheckPlan) -> None:
    """Two thousand steps in a row that close are one cycle, told in short, and no traceback."""
    items = "".join(f"  g{n}: {{after: [g{(n + 1) % 2000}]}}\n" for n in range(2000))
    cycles = found(check_plan({"goals.md": f"items:\n{items}"}), "L103")
    names = " → ".join(f"“g{n}”" for n in range(9))
    assert cycles == [
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
    assert bool(found(check_plan({"goals.md": f"items:\n{items}"}), "L103")) == bool(left)
