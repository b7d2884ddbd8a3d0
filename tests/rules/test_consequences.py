"""One slip is one finding: what rules would say because of it is left out."""

import re

import pytest
from tests.rules.conftest import CheckPlan

FILES = {
    "site.toml": """\
[plan]
start = 2026-01-01
hours_per_week = 6
review_every = "month"
role = "planner"
""",
    "skills.md": "items:\n  sql: 1\n  german: {scale: cefr6, level: B1}\n",
    "roles/planner.md": """\
title: Planner
requires: {sql: 3, german: B2}
needs:
  - title: A licence
""",
    "goals/exam.md": """\
title: Pass the exam in Ghent
due: 2026-06-30
effort: 20h
raises: {sql: 3}
answers: A licence
metric: {target: 12, unit: mock exams, baseline: 0}
""",
    "goals/talk.md": """\
title: Give a talk in German
due: 2026-12-31
after: exam
raises: {german: B2}
milestones:
  - {title: Outline, due: 2026-07-31, effort: 10h}
  - {title: Slides, due: 2026-09-30, effort: 10h}
""",
    "goals/map.md": "title: Publish the map\nstatus: done\ndone: 2026-03-31\n",
    "milestones/print.md": "title: Print it\ngoal: map\ndone: 2026-03-01\n",
    "reviews/2026-04.md": """\
title: April
date: 2026-04-20
visibility: public
metrics: {exam: 8}
levels: {sql: 1}
""",
}
KEYS = [
    (file, place)
    for file, text in FILES.items()
    for place in (found.start(1) for found in re.finditer(r"([a-z_]{3,})(?=:| =)", text))
    if (file, place) != ("roles/planner.md", 0)
]


def _mistyped(text: str, place: int) -> str:
    """Return a text of which a word has a letter too many."""
    return f"{text[: place + 2]}q{text[place + 2 :]}"


def test_the_plan_is_clean(check_plan: CheckPlan) -> None:
    """All that the next test finds comes from a typo."""
    assert check_plan(FILES).diagnostics == ()
    assert len(KEYS) > 30


@pytest.mark.parametrize(("file", "place"), KEYS)
def test_a_mistyped_key_is_one_finding(file: str, place: int, check_plan: CheckPlan) -> None:
    """Not one more about what is missing, unlinked, of another scale, late or without a measure.

    The id of a skill in a list is no key: it is told there or where it is referred to.
    """
    checked = check_plan({**FILES, file: _mistyped(FILES[file], place)})
    found = {(d.path, d.code) for d in checked.diagnostics}
    names = ("sql", "german", "exam")
    if FILES[file][place:].startswith(names):
        assert {code for _, code in found} <= {"L101", "L104", "L105"}
    else:
        assert len(checked.diagnostics) == 1, checked.diagnostics
        assert {path.removeprefix("content/") for path, _ in found} == {file}
        assert {code for _, code in found} <= {"F102", "F104", "V103"}


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("skills.md", "cefr6", "cefr7"),
        ("goals/exam.md", "2026-06-30", "2026-06-31"),
        ("goals/exam.md", "20h", "20hh"),
        ("goals/exam.md", "target: 12", "target: twelve"),
        ("goals/talk.md", "after: exam", "after: exma"),
        ("goals/talk.md", "2026-07-31", "2026-07-32"),
        ("milestones/print.md", "2026-03-01", "2026-03-00"),
        ("milestones/print.md", "goal: map", "goal: mpa"),
        ("reviews/2026-04.md", "2026-04-20", "2026-04-31"),
        ("reviews/2026-04.md", "exam: 8", "exam: eihgt"),
        ("site.toml", "planner", "planer"),
        ("site.toml", "2026-01-01", "'2026-01'\nstart = 2026-01-01"),
    ],
)
def test_a_mistyped_value_is_one_finding(
    file: str, right: str, wrong: str, check_plan: CheckPlan
) -> None:
    """What takes from the record with the typo is not judged before it is fixed."""
    checked = check_plan({**FILES, file: FILES[file].replace(right, wrong)})
    assert len(checked.diagnostics) == 1, checked.diagnostics


@pytest.mark.parametrize(
    "typo",
    [
        {"skills.md": "items: {nitting: 1}\n"},
        {"skills/nitting.md": "title: Knitting\nlevel: 1\n"},
        {
            "skills/knitting.md": "title: Knitting\nlevel: 1\n",
            "roles/tailor.md": "title: Tailor\nrequires: {nitting: 3}\n",
        },
    ],
)
def test_a_mistyped_skill_does_not_make_a_goal_lead_nowhere(
    typo: dict[str, str], check_plan: CheckPlan
) -> None:
    """That the goal raises what a role requires is not known before the name is fixed."""
    files = {
        "roles/tailor.md": "title: Tailor\nrequires: {knitting: 3}\n",
        "goals/jumper.md": (
            "title: Knit a jumper\ndue: 2026-12\ndone_when: It fits\nraises: {knitting: 3}\n"
        ),
    }
    assert [d.code for d in check_plan({**files, **typo}).diagnostics] == ["L101"]


def test_what_is_wrong_elsewhere_is_told_all_the_same(check_plan: CheckPlan) -> None:
    """A finding about records that take nothing from the one with the typo stays."""
    more = {"goals/cook.md": "title: Cook nine dishes\ndue: 2026-03-31\nmetric: 2/9 dishes\n"}
    wrong = {"goals/exam.md": FILES["goals/exam.md"].replace("20h", "20hh")}
    codes = [d.code for d in check_plan({**FILES, **more, **wrong}).diagnostics]
    assert "F102" in codes
    assert "T103" in codes


@pytest.mark.parametrize("code", ["A103", "P102"])
def test_one_finding_about_many_stays_for_those_without_an_error(
    code: str, check_plan: CheckPlan
) -> None:
    """It moves to the first of the others, and counts them alone."""
    files = {"site.toml": "[plan]\nhours_per_week = 6\n"}
    for name in "abc":
        files[f"goals/{name}.md"] = f"title: Tell {name}\ndue: 2026-12\n"
        files[f"skills/{name}.md"] = f"title: Skill {name}\nlevel: 5\n"
    (whole,) = [d for d in check_plan(files).diagnostics if d.code == code]
    assert re.search(r"a\.md", whole.path)
    assert "3 " in whole.message
    wrong = {path: f"{text}nonsense: 1\n" for path, text in files.items() if "/a" in path}
    (left,) = [d for d in check_plan({**files, **wrong}).diagnostics if d.code == code]
    assert re.search(r"b\.md", left.path)
    assert "2 " in left.message
    assert {key.id for key in left.subjects} == {"b", "c"}
