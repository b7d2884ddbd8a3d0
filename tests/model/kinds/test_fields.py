from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, ValidationError

from planfolio.model.kinds import KINDS
from planfolio.model.kinds.goal import GoalFields, SmartLetter
from planfolio.model.kinds.review import ReviewFields
from planfolio.model.kinds.role import NeedKind, RoleFields
from planfolio.model.kinds.skill import EvidenceKind, SkillFields
from planfolio.model.scales import Level
from planfolio.model.values.cadence import Period
from planfolio.model.values.dates import Offset
from planfolio.model.values.field_reader import ReadContext

if TYPE_CHECKING:
    from collections.abc import Callable

READING = ReadContext(hours_per_week=Fraction(6))


def goal(**fields: object) -> GoalFields:
    """Return a goal with these fields, as front matter gives them."""
    return GoalFields.model_validate({"title": "Pass the exam", **fields}, context=READING)


def role(**fields: object) -> RoleFields:
    """Return a role with these fields."""
    return RoleFields.model_validate({"title": "Engineer", **fields}, context=READING)


def errors(model: type[BaseModel], **fields: object) -> dict[tuple[int | str, ...], str]:
    """Return what pydantic has against a record: the name or type of each error by its place."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate({"title": "A record", **fields}, context=READING)
    found = caught.value.errors()
    return {e["loc"]: e["ctx"]["problem"].name if "ctx" in e else e["type"] for e in found}


class TestCommon:
    """What every kind has."""

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
    def test_a_title_is_all_that_a_record_needs(self, kind: Any) -> None:
        """The rest is optional."""
        assert kind.fields.model_validate({"title": "One"}).title == "One"
        assert errors_of(lambda: kind.fields.model_validate({})) == {("title",): "missing"}

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
    def test_an_empty_value_is_an_absent_one(self, kind: Any) -> None:
        """A template with nothing filled in is a record with nothing but a title."""
        empty = dict.fromkeys(info.alias or name for name, info in kind.fields.model_fields.items())
        del empty["visibility"]
        read = kind.fields.model_validate({**empty, "title": "One"})
        assert read == kind.fields.model_validate({"title": "One"})

    def test_a_single_value_is_a_list_of_one(self) -> None:
        """For texts, references and tables."""
        read = goal(tags="exam", after="course", answers=["a licence", "two years"])
        assert (read.tags, read.after) == (("exam",), ("course",))
        assert read.answers == ("a licence", "two years")


def errors_of(make: Callable[[], object]) -> dict[tuple[int | str, ...], str]:
    """Return the type of each error by its place."""
    with pytest.raises(ValidationError) as caught:
        make()
    return {e["loc"]: e["type"] for e in caught.value.errors()}


class TestGoal:
    """The short forms of a goal."""

    def test_a_metric_is_written_short(self) -> None:
        """`5/12 talks`, from a baseline of 0."""
        metric = goal(metric="5/12 talks").metric
        assert metric is not None
        assert (metric.baseline, metric.current, metric.target) == (
            Fraction(0),
            Fraction(5),
            Fraction(12),
        )
        assert metric.unit == "talks"

    def test_a_metric_is_written_long(self) -> None:
        """With its history, in exact numbers."""
        history = [{"date": "2026-03", "value": "80.10", "note": "after the flu"}]
        metric = goal(metric={"baseline": "82", "target": "74", "history": history}).metric
        assert metric is not None
        assert metric.current is None
        assert metric.history[0].value == Fraction("80.1")

    def test_a_skill_is_raised_to_a_level_or_as_far_as_the_role_asks(self) -> None:
        """A list, one word, or a table with levels, some of them empty."""
        assert goal(raises=["python", "sql"]).raises == {"python": None, "sql": None}
        assert goal(raises="python").raises == {"python": None}
        levels = goal(raises={"python": "4", "german": "B2", "sql": None}).raises
        assert levels["python"] == Level("4")
        assert levels["german"] == Level("B2")
        assert levels.get("sql") is None

    @pytest.mark.parametrize("keys", [{"times": "3"}, {"every": "week", "tims": "3"}, {}])
    def test_a_cadence_in_keys_needs_its_period(self, keys: dict[str, str]) -> None:
        """The way out names the keys, since keys are what was meant."""
        with pytest.raises(ValidationError) as raised:
            goal(cadence=keys)
        (error,) = raised.value.errors()
        assert error["loc"] == ("cadence",)
        assert error["ctx"]["problem"].name == "bad-cadence"
        assert "{every: week, times: 3, share: 80%}" in error["ctx"]["problem"].hint

    @pytest.mark.parametrize("share", ["lots", "0", "120%"])
    def test_a_wrong_share_of_a_cadence_is_an_error_of_the_share(self, share: str) -> None:
        """The rest of the cadence is right, and is not marked."""
        found = errors(GoalFields, cadence={"every": "week", "share": share})
        assert found == {("cadence", "share"): "bad-cadence"}

    def test_a_cadence_is_written_short_or_long(self) -> None:
        """`3/week` and `{every: week, times: 3}` are the same."""
        for written in ("3/week", {"every": "week", "times": "3"}):
            cadence = goal(cadence=written).cadence
            assert cadence is not None
            assert (cadence.times, cadence.every) == (3, Period.WEEK)
        once = goal(cadence={"every": "month"}).cadence
        assert once is not None
        assert (once.times, once.every) == (1, Period.MONTH)

    @pytest.mark.parametrize(
        "log",
        [
            ["2026-01-03", "2026-W02"],
            {"2026-01-03": "1", "2026-W02": "1"},
            [{"date": "2026-01-03"}, "2026-W02"],
        ],
    )
    def test_a_log_is_a_list_of_days_or_a_table_of_times(self, log: object) -> None:
        """One time each, unless it says how many."""
        entries = goal(log=log).log
        assert [entry.date.text for entry in entries] == ["2026-01-03", "2026-W02"]
        assert [entry.times for entry in entries] == [1, 1]

    def test_a_log_says_how_many_times(self) -> None:
        """And one day alone is a log."""
        assert goal(log={"2026-W34": "3"}).log[0].times == 3
        assert goal(log="2026-01-03").log[0].date.first == date(2026, 1, 3)

    def test_dates_are_given_alone_or_as_a_window(self) -> None:
        """`start` and `due` may be relative, `when` is both."""
        read = goal(start="2026-01-01", due="+1y", when="2026-Q2..Q3", decide_by="2026-05")
        assert read.due == Offset("+1y", 12, 0)
        assert read.when is not None
        assert (read.when.start.first, read.when.due.last) == (date(2026, 4, 1), date(2026, 9, 30))
        assert errors(GoalFields, done="+6m") == {("done",): "bad-date"}

    def test_effort_in_weeks_is_reckoned_by_the_settings(self) -> None:
        """Two weeks of six hours."""
        effort = goal(effort="2w").effort
        assert effort is not None
        assert effort.hours == 12
        with pytest.raises(ValidationError, match="needs the hours of a week"):
            GoalFields.model_validate({"title": "Pass the exam", "effort": "2w"})

    def test_amounts_and_numbers(self) -> None:
        """Money, weight, confidence, and a horizon of years."""
        read = goal(cost="395 USD", weight="2.5", confidence="7", horizon="2y", need="mentor")
        assert read.cost is not None
        assert (read.cost.amount, read.cost.currency) == (Fraction(395), "USD")
        assert (read.weight, read.confidence) == (Fraction("2.5"), Fraction(7))
        assert read.horizon is not None
        assert read.horizon.months == 24
        assert read.need is NeedKind.MENTOR

    def test_keys_that_are_words_of_python(self) -> None:
        """`from` and `except` are written as they are said."""
        move = {"date": "2026-05-01", "from": "2026-06", "to": "2026-09", "reason": "ill"}
        read = goal(replans=move, smart={"except": "m", "reason": "no number"})
        assert read.replans[0].from_ is not None
        assert read.replans[0].from_.text == "2026-06"
        assert read.smart is not None
        assert read.smart.except_ == (SmartLetter.M,)


class TestOthers:
    """The short forms of the other kinds."""

    def test_a_role_asks_for_a_level_or_says_more(self) -> None:
        """A bare level, a range, a table, or nothing but the skill."""
        requires = role(
            requires={
                "python": "4",
                "german": "3-4",
                "sql": {"level": "3", "weight": "5", "must": "yes"},
                "git": None,
            }
        ).requires
        assert requires["python"].level == Level("4")
        assert (requires["python"].weight, requires["python"].must) == (Fraction(3), False)
        assert requires["german"].level == Level("3-4")
        assert (requires["sql"].weight, requires["sql"].must) == (Fraction(5), True)
        assert requires["git"].level is None

    def test_a_need_is_a_title_or_a_table(self) -> None:
        """In one list."""
        needs = role(needs=["A licence", {"title": "Two years", "need": "experience"}]).needs
        assert [(need.title, need.need) for need in needs] == [
            ("A licence", None),
            ("Two years", NeedKind.EXPERIENCE),
        ]
        assert role(needs="A licence").needs[0].title == "A licence"
        assert role().ready_at == 90

    def test_a_skill_has_a_level_evidence_and_a_history(self) -> None:
        """Evidence may be a title alone; without a level a skill is unrated."""
        evidence = ["A talk", {"title": "A course", "kind": "course", "planned": "true"}]
        history = [{"date": "2025-12-28", "level": "B1", "by": "self"}]
        read = SkillFields.model_validate(
            {"title": "German", "level": "B2", "evidence": evidence, "history": history}
        )
        assert read.level == Level("B2")
        assert [(one.title, one.kind, one.planned) for one in read.evidence] == [
            ("A talk", None, False),
            ("A course", EvidenceKind.COURSE, True),
        ]
        assert read.history[0].level == Level("B1")
        assert SkillFields.model_validate({"title": "German"}).level is None

    def test_a_review_has_values_of_goals_and_skills(self) -> None:
        """By their ids; feedback may be a text alone."""
        read = ReviewFields.model_validate(
            {
                "title": "September",
                "date": "2026-09-27",
                "kind": "quarterly",
                "with": "zdena",
                "metrics": {"talks": "5"},
                "levels": {"german": "B2"},
                "confidence": {"talks": "7"},
                "next": "Write the letter",
                "feedback": ["Well done", {"from": "Zdena", "text": "Slower"}],
            }
        )
        assert read.with_ == ("zdena",)
        assert read.metrics == {"talks": Fraction(5)}
        assert read.levels == {"german": Level("B2")}
        assert read.confidence == {"talks": 7}
        assert read.next == ("Write the letter",)
        assert [(one.from_, one.text) for one in read.feedback] == [
            (None, "Well done"),
            ("Zdena", "Slower"),
        ]


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


class TestJsonSchema:
    """What an editor knows of a record."""

    def test_an_empty_value_is_let_be(self) -> None:
        """Except where the key is required, or says who may see the record."""
        schema = _schema(GoalFields)
        for name, field in schema["properties"].items():
            empty = {"type": "null"} in field.get("anyOf", [])
            assert empty == (name not in ("title", "visibility")), name
