"""The log of a habit: how it is written, and the dates that one period holds."""

from fractions import Fraction
from pathlib import Path

import pytest
from tests.reading import plan_in, record

from planfolio.model.values.dates import read_date


def habit(*lines: str) -> dict[str, str]:
    """Return the files of a plan with one habit."""
    return {"goals/g.md": record("title: Row", "kind: habit", *lines)}


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("", []),
        ("log:", []),
        ("log: 2026-01-03", [("2026-01-03", 1)]),
        ("log: [2026-01-03, 2026-01-03, ]", [("2026-01-03", 1), ("2026-01-03", 1)]),
        ("log: {2026-W34: 3, 2026-08-25: 1}", [("2026-W34", 3), ("2026-08-25", 1)]),
        (
            "log:\n  - 2026-01-03\n  - {date: 2026-W34, times: 2}",
            [("2026-01-03", 1), ("2026-W34", 2)],
        ),
        ("log: {date: 2026-W34, times: 2}", [("2026-W34", 2)]),
    ],
)
def test_a_log_is_a_list_a_map_or_absent(
    tmp_path: Path, log: str, expected: list[tuple[str, int]]
) -> None:
    """A date in a list is one session, a value under a date in a map so many."""
    read = plan_in(tmp_path, habit("cadence: 3/week", log))
    assert read.diagnostics == ()
    entries = read.record("goal/g").fields.log
    assert [(entry.date.text, entry.times) for entry in entries] == [
        (text, Fraction(times)) for text, times in expected
    ]


@pytest.mark.parametrize(
    ("cadence", "within", "longer"),
    [
        ("daily", "2026-01-03", "2026-W34"),
        ("weekdays", "2026-01-05", "2026-W34"),
        ("3/week", "2026-W34", "2026-08"),
        ("2 weeks", "2026-W34", "2026-08"),
        ("month", "2026-08", "2026-Q3"),
        ("quarter", "2026-Q3", "2026-H1"),
        ("year", "2026", None),
    ],
)
def test_a_key_of_a_log_lies_within_one_period(
    tmp_path: Path, cadence: str, within: str, longer: str | None
) -> None:
    """A longer one would not say in which period the sessions were: an error at the key."""
    assert plan_in(tmp_path, habit(f"cadence: {cadence}", f"log: {{{within}: 3}}")).said == []
    if longer is None:
        return
    for log in (f"log: {{{within}: 1, {longer}: 3}}", f"log: [{within}, {longer}]"):
        read = plan_in(tmp_path, habit(f"cadence: {cadence}", log))
        assert (read.only().code, read.marked(read.only())) == ("F102", longer)
        meant = str(read.only().hint).split()[-1]
        assert read_date(meant).first <= read_date(longer).first <= read_date(meant).last
        assert plan_in(tmp_path, habit(f"cadence: {cadence}", f"log: [{meant}]")).said == []


@pytest.mark.parametrize("week", ["2026-W01", "2026-W53"])
def test_a_week_in_two_years_lies_in_one_week_but_in_two_months(tmp_path: Path, week: str) -> None:
    """Week 1 of 2026 begins on 29 December 2025, week 53 ends on 3 January 2027."""
    assert plan_in(tmp_path, habit("cadence: week", f"log: [{week}]")).said == []
    assert plan_in(tmp_path, habit("cadence: month", f"log: [{week}]")).only().code == "F102"
