"""The fields of records as front matter gives them: short forms, values and errors."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.reading import plan_in, record
from tests.tables import fault_in, read_table

from planfolio.model.diagnostics import Diagnostic
from planfolio.model.json_schema import json_schema
from planfolio.model.kinds import KINDS
from planfolio.model.kinds.goal import GoalFields, SmartLetter
from planfolio.model.kinds.kind import Fields, Kind
from planfolio.model.kinds.review import ReviewFields
from planfolio.model.kinds.role import NeedKind, RoleFields
from planfolio.model.kinds.skill import EvidenceKind, SkillFields
from planfolio.model.scales import Level
from planfolio.model.table import written_names
from planfolio.model.values.cadence import Period
from planfolio.model.values.dates import Offset

by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))


def read(table: type[Fields], **fields: object) -> Any:
    """Return a record with these fields, in a plan of six hours a week."""
    return read_table(table, {"title": "One", **fields}, hours_per_week=Fraction(6))


def fault(**fields: object) -> Diagnostic:
    """Return the one thing that is wrong with a goal, in a plan of no known hours."""
    return fault_in(GoalFields, {"title": "One", **fields})


@by_kind
def test_a_title_is_all_that_a_record_needs(kind: Kind) -> None:
    """The rest is optional."""
    assert read_table(kind.fields, {"title": "One"}).title == "One"
    assert fault_in(kind.fields, {}).message == "`title` is missing or empty"


@by_kind
def test_an_empty_value_is_an_absent_one(kind: Kind) -> None:
    """A template with nothing filled in is a record with nothing but a title."""
    empty = dict.fromkeys(written_names(kind.fields))
    del empty["visibility"]
    assert read(kind.fields, **{**empty, "title": "One"}) == read(kind.fields)


@pytest.mark.parametrize(
    ("model", "field", "short", "long"),
    [
        (GoalFields, "tags", "exam", ["exam"]),
        (GoalFields, "after", "course", ["course"]),
        (GoalFields, "metric", "5/12 talks", {"current": "5", "target": "12", "unit": "talks"}),
        (GoalFields, "metric", {"target": "12"}, {"baseline": "0", "target": "12"}),
        (GoalFields, "raises", ["python", "sql"], {"python": None, "sql": None}),
        (GoalFields, "raises", "python", {"python": None}),
        (GoalFields, "cadence", "3/week", {"every": "week", "times": "3"}),
        (GoalFields, "log", ["2026-01-03", "2026-W02"], {"2026-01-03": "1", "2026-W02": "1"}),
        (GoalFields, "log", ["2026-01-03"], [{"date": "2026-01-03", "times": "1"}]),
        (GoalFields, "log", "2026-01-03", ["2026-01-03"]),
        (GoalFields, "paused", "2026-01", [{"from": "2026-01"}]),
        (GoalFields, "dropped", "2026-01", {"date": "2026-01"}),
        (RoleFields, "requires", {"sql": "3-4"}, {"sql": {"level": "3-4", "weight": "3"}}),
        (RoleFields, "requires", {"git": None}, {"git": {"must": "no"}}),
        (RoleFields, "needs", "A licence", [{"title": "A licence"}]),
        (RoleFields, "ready_at", None, "90"),
        (SkillFields, "evidence", ["A talk"], [{"title": "A talk", "planned": "false"}]),
        (ReviewFields, "feedback", "Well done", [{"text": "Well done"}]),
        (ReviewFields, "with", "zdena", ["zdena"]),
    ],
)
def test_a_short_form_is_the_long_one(
    model: type[Fields], field: str, short: object, long: object
) -> None:
    """One value for a list, a bare value for a table, names for a table without values."""
    assert read(model, **{field: short}) == read(model, **{field: long})


def test_values_of_a_goal_are_exact() -> None:
    """Dates, which may be relative, numbers, money, levels and words."""
    goal = read(
        GoalFields,
        due="+1y",
        when="2026-Q2..Q3",
        horizon="2y",
        effort="2w",
        cost="395 USD",
        weight="2.5",
        confidence="7",
        need="mentor",
        raises={"german": "B2", "sql": None},
        cadence={"every": "month"},
        log={"2026-W34": "3"},
        metric={"target": "74", "history": [{"date": "2026-03", "value": "80.10"}]},
        replans={"date": "2026-05-01", "from": "2026-06", "to": "2026-09"},
        smart={"except": "m", "reason": "no number"},
    )
    assert goal.due == Offset("+1y", 12, 0)
    assert (goal.when.start.first, goal.when.due.last) == (date(2026, 4, 1), date(2026, 9, 30))
    assert (goal.horizon.months, goal.effort.hours) == (24, 12)
    assert (goal.cost.amount, goal.cost.currency) == (Fraction(395), "USD")
    assert (goal.weight, goal.confidence, goal.need) == (Fraction("2.5"), 7, NeedKind.MENTOR)
    assert goal.raises == {"german": Level("B2"), "sql": None}
    assert (goal.cadence.times, goal.cadence.every) == (1, Period.MONTH)
    assert goal.log[0].times == 3
    assert goal.metric.history[0].value == Fraction("80.1")
    assert goal.replans[0].from_.text == "2026-06"
    assert goal.smart.except_ == (SmartLetter.M,)


def test_values_of_other_kinds_are_exact() -> None:
    """Levels wait for their scale; a review has values by the ids of goals and skills."""
    requirement = {"level": "3", "weight": "5", "must": "yes"}
    sql = read(RoleFields, requires={"sql": requirement}).requires["sql"]
    assert (sql.level, sql.weight, sql.must) == (Level("3"), 5, True)
    course = {"title": "A course", "kind": "course", "planned": "true"}
    skill = read(SkillFields, evidence=course, history={"date": "2025-12-28", "level": "B1"})
    assert (skill.level, skill.history[0].level) == (None, Level("B1"))
    assert (skill.evidence[0].kind, skill.evidence[0].planned) == (EvidenceKind.COURSE, True)
    review = read(
        ReviewFields, metrics={"talks": "5"}, levels={"sql": "2"}, confidence={"talks": "7"}
    )
    assert (review.metrics, review.levels) == ({"talks": Fraction(5)}, {"sql": Level("2")})
    assert review.confidence == {"talks": 7}


@pytest.mark.parametrize("keys", [{"times": "3"}, {"every": "week", "tims": "3"}, {}])
def test_a_cadence_in_keys_needs_its_period(keys: dict[str, str]) -> None:
    """The way out names the keys, since keys are what was meant."""
    found = fault(cadence=keys)
    assert found.name == "bad-cadence"
    assert "{every: week, times: 3, share: 80%}" in found.hint


@pytest.mark.parametrize("share", ["lots", "0", "120%"])
def test_a_wrong_share_of_a_cadence_is_an_error_of_the_share(share: str, tmp_path: Path) -> None:
    """The rest of the cadence is right, and is not marked."""
    text = record("title: G", f"cadence: {{every: week, share: {share}}}")
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert (read.only().name, read.marked(read.only())) == ("bad-cadence", share)


def test_what_happened_has_a_date_of_its_own_and_weeks_need_their_hours() -> None:
    """No fact is relative to a start, and no week of effort is guessed."""
    assert fault(done="+6m").name == "bad-date"
    assert "needs the hours of a week" in fault(effort="2w").message


def test_braces_in_what_was_typed_stay() -> None:
    """The message is no template."""
    assert fault(due="{hint}").message.startswith("`{hint}`")


def test_the_json_schema_lets_an_empty_value_be() -> None:
    """Except where the key is required, or says who may see the record."""
    for name, field in json_schema(GoalFields)["properties"].items():
        empty = {"type": "null"} in field.get("anyOf", [])
        assert empty == (name not in ("title", "visibility")), name
