"""Skills: level, word, what roles require, evidence."""

from datetime import date

from tests.analyse.planned import numbers_of, planned, role, skill, skill_on

ON = "2026-07-01"


def test_the_scale_of_the_plan_holds_for_skills_that_name_none() -> None:
    """As site.toml says."""
    plan = planned(skill("python", level="3"), plan={"scale": "sfia7"})
    assert numbers_of(plan, on=ON).skills["python"].top == 7


def test_required_is_the_highest_that_a_target_role_asks() -> None:
    """Not what is required by a role that is only considered, or dropped."""
    numbers = skill_on(
        ON,
        skill("python"),
        role("a", requires={"python": "2"}),
        role("b", requires={"python": "3"}),
        role("c", requires={"python": {"weight": "5"}}),
        role("d", requires={"python": "5"}, status="considering"),
        role("e", requires={"python": "5"}, status="dropped"),
    )
    assert numbers.required == 3


def test_the_newest_evidence_is_that_which_exists() -> None:
    """Neither planned, nor ahead, nor undated."""
    evidence = [
        {"title": "talk", "date": "2026-03-01"},
        {"title": "course", "date": "2026-05-01"},
        {"title": "exam", "date": "2026-06-01", "planned": "true"},
        {"title": "project", "date": "2026-07-02"},
        "a badge",
    ]
    numbers = skill_on(ON, skill("python", evidence=evidence))
    assert numbers.newest_evidence == date(2026, 5, 1)
    assert skill_on(ON, skill("python")).newest_evidence is None


def test_partly_dated_evidence_is_never_called_older_than_it_may_be() -> None:
    """`2025` may be of its last day, `2026` of today."""
    of_2025 = skill("python", evidence=[{"title": "x", "date": "2025"}])
    assert skill_on(ON, of_2025).newest_evidence == date(2025, 12, 31)
    of_2026 = skill("python", evidence=[{"title": "x", "date": "2026"}])
    assert skill_on(ON, of_2026).newest_evidence == date(2026, 7, 1)
