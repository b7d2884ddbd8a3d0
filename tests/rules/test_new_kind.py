"""A kind of somebody's own counts in the numbers and rules by what its fields declare."""

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.pages.test_new_kind import TALK, TalkFields
from tests.rules.conftest import CheckPlan, found

from planfolio.analyse.roles import Coverage
from planfolio.model.fields import DayOrOffset
from planfolio.model.kinds import KINDS
from planfolio.model.references import Key
from planfolio.pipeline import CheckResult


class _DatedFields(TalkFields):
    """Fields of a talk that is prepared in a time of its own."""

    start: DayOrOffset | None = None
    due: DayOrOffset | None = None


DATED_TALK = replace(TALK, fields=_DatedFields)
PLAN = {
    "skills.md": "items: {sql: {level: 4, assessed: 2026-01-01}, go: 1}\n",
    "roles/dev.md": "title: Developer\nrequires: {sql: 4, go: 3}\n",
    "goals/a.md": "title: Talks\ndue: 2026-08\nrole: dev\n",
}


@pytest.fixture
def check_talk(check_plan: CheckPlan) -> CheckPlan:
    """Check a plan with a talk of this front matter."""

    def check(talk: str) -> CheckResult:
        files = PLAN | {"talks/t.md": f"title: On joins\n{talk}"}
        return check_plan(files, kinds=(*KINDS, DATED_TALK))

    return check


def test_its_facts_in_the_future_are_found(check_talk: CheckPlan) -> None:
    """F107 names the first; a table's day is one, a due day is none."""
    later = check_talk("date: 2026-06-01\nrepeats: [{given: 2027-01-01}]\ndue: 2027-01-01\n")
    assert found(later, "F107") == [
        "talks/t.md:3:7 2026-06-01 is after 2026-05-01, and so is 1 more date of this record"
    ]
    table = check_talk("date: 2026-04-01\nrepeats: [{given: 2027-01-01}]\n")
    assert found(table, "F107") == ["talks/t.md:4:19 2027-01-01 is after 2026-05-01"]


@pytest.mark.parametrize(
    ("talk", "missing"),
    [
        ("skills: [sql]\ndate: 2026-04-01\n", False),
        ("skills: [sql]\ndate: 2026-06-01\n", True),  # it has not happened
        ("skills: [sql]\ndate: 2023-06-01\n", True),  # older than two years
        ("skills: [go]\ndate: 2026-04-01\n", True),
    ],
)
def test_its_records_are_evidence_of_skills_from_their_day_on(
    talk: str, missing: bool, check_talk: CheckPlan
) -> None:
    """P102 is silent about a level that a recent record shows."""
    assert bool(found(check_talk(talk), "P102")) is missing


@pytest.mark.parametrize("talk", ["raises: {go: 3}\neffort: 4h\n", "raises: [go]\neffort: 4h\n"])
def test_its_open_records_close_gaps(talk: str, check_talk: CheckPlan) -> None:
    """The gap is covered, with the hours of the record, and R104 and L104 are silent."""
    result = check_talk(talk)
    assert result.analysis is not None
    (gap,) = result.analysis.roles["dev"].gaps
    assert (gap.covered, gap.effort) == (Coverage.YES, Fraction(4))
    assert gap.steps == (Key("talk", "t"),)
    assert found(result, "R104") == []


def test_its_done_records_close_no_gap_but_leave_a_level_behind(check_talk: CheckPlan) -> None:
    """P106 asks for a new level."""
    result = check_talk("raises: {go: 3}\ndone: 2026-04-01\n")
    assert [line.split(" ")[0] for line in found(result, "P106")] == ["talks/t.md:3:14"]
    assert [line.split(" ")[0] for line in found(result, "R104")] == ["roles/dev.md:3:20"]
    assert found(check_talk("raises: {go: 3}\ndone: 2026-06-01\n"), "P106") == []


def test_its_dates_and_order_are_checked(check_talk: CheckPlan) -> None:
    """A steep raise, a start after the due day, and a wait for what is due later."""
    steep = check_talk("raises: {go: 3}\nstart: 2026-04-01\ndue: 2026-05-30\n")
    assert len(found(steep, "A104")) == 1
    assert len(found(check_talk("start: 2026-06-01\ndue: 2026-05-01\n"), "T102")) == 1
    waits = check_talk("start: 2026-06-01\nafter: [goals/a]\n")
    assert found(waits, "A106") == [
        "talks/t.md:4:9 waits for “Talks”, due 2026-08-31 (2026-08), but starts 2026-06-01"
    ]
