"""What a hint says can be done on the day on which it is said, and then the rule is content."""

import pytest
from tests.rules.conftest import CheckPlan

LONG = "title: Atlas\nstart: 2026-01-01\ndue: 2026-12-01\n"
# A goal, the rule that finds it on 2026-05-01, what its hint says, and the lines to write for it.
FOLLOWED = [
    ("title: Atlas\n", "T101", "`due: 2026-Q3`", "due: 2026-Q3\n"),
    ("title: Atlas\nstart: 2027-02\n", "T101", "`due: 2027-Q2`", "due: 2027-Q2\n"),
    # 214 days are left, and 107 days before 1 December is 16 August.
    (LONG, "T107", "{First step: 2026-08-16}", "milestones: {First step: 2026-08-16}\n"),
    (
        f"{LONG}replans: [{{date: 2026-02}}, {{date: 2026-04}}]\n",
        "T106",
        "`paused: 2026-05-01`",
        "paused: 2026-05-01\n",
    ),
    (
        "title: Atlas\ndue: 2026-03\nmetric: 3/9 maps\n",
        "T103",
        "`dropped: 2026-05-01`",
        "dropped: 2026-05-01\n",
    ),
    ("title: Atlas\ndue: 2026-03\n", "T103", "`done: 2026-05-01`", "done: 2026-05-01\n"),
]


@pytest.mark.parametrize(("goal", "code", "hint", "written"), FOLLOWED)
def test_a_goal_is_free_of_a_finding_once_its_hint_is_followed(
    goal: str, code: str, hint: str, written: str, check_plan: CheckPlan
) -> None:
    """A day that a hint names to come lies after today, and what it names as done does not."""
    found = check_plan({"goals/a.md": goal}).diagnostics
    assert [hint in d.hint for d in found if d.code == code] == [True]
    followed = check_plan({"goals/a.md": goal + written}).diagnostics
    assert [d.code for d in followed if d.code == code or d.severity == "error"] == []


ROLE = "title: Guide\nrequires: {german: B1}\n"
GERMAN = "title: German\nscale: cefr6\nlevel: A2\n"


@pytest.mark.parametrize(
    ("goal", "message", "hint"),
    [
        ("", "German (A2 of B1)", "add `raises: {german: B1}` to a goal"),
        (
            "raises: {german: B1}\nstatus: paused\n",
            "(A2 of B1, course is paused)",
            "resume course`",
        ),
        (
            "paused: 2026-04-01\nmilestones: {Exam: {raises: [german]}}\n",
            "(A2 of B1, course is paused)",
            "resume course`",
        ),
    ],
)
def test_a_gap_is_said_in_the_words_of_its_scale_and_a_paused_goal_is_to_be_resumed(
    goal: str, message: str, hint: str, check_plan: CheckPlan
) -> None:
    """What rests closes nothing, and to resume it is what is missing."""
    files = {"roles/guide.md": ROLE, "skills/german.md": GERMAN}
    files["goals/course.md"] = f"title: Pass the course\n{goal}"
    (found,) = [d for d in check_plan(files).diagnostics if d.code == "R104"]
    assert message in found.message
    assert hint in found.hint


def test_evidence_has_the_month_of_today(check_plan: CheckPlan) -> None:
    """The hint has the shape of a skill in a list, where a bare level becomes a table."""
    (found,) = [
        d for d in check_plan({"skills.md": "items: {go: 4}\n"}).diagnostics if d.code == "P102"
    ]
    assert "`{level: …, evidence: [{title: …, date: 2026-05}]}`" in found.hint
