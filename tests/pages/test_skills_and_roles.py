"""The pages of skills and roles, the list of skills, and the section Gaps."""

import pytest
from tests.pages.built import Site, site

# The worked example: readiness is 36 of 54 points, as kubernetes 2 of 4 (weight 5), writing 1 of 3
# (2), system design 3 of 4 (4), python 5 of 4 (3) make 10 + 2 + 12 + 12 of 20 + 6 + 16 + 12.
REQUIRES = """title: Platform engineer
due: 2027-12
requires:
  kubernetes: {level: 4, weight: 5, must: true, why: All of it runs there}
  writing: {level: 3, weight: 2}
  system-design: {level: 4, weight: 4}
  python: {level: 4, weight: 3}
"""
SECURITY = "  security: {level: 3, weight: 4}\n"
PLAN = {
    "site.toml": 'title = "Mine"\n[plan]\nrole = "pe"\n',
    "skills.md": "items: {writing: 1, system-design: 3, python: 5}",
    "skills/kubernetes.md": """title: Kubernetes
category: Work
level: 2
assessed: 2026-05-01
uri: https://skills.example/k8s
evidence:
  - {title: Ran a cluster, kind: work, date: 2024-01, url: "https://me.example/c", level: 2}
  - {title: A course, kind: course, planned: true}
  - {title: A talk, kind: project, date: 2026-02-10}
history:
  - {date: 2025-03, level: 1, by: Ada}
""",
    "roles/pe.md": REQUIRES
    + "needs:\n  - {title: A licence, need: certification, met: 2026-02-01}\n"
    + "  - {title: A mentor, need: mentor}\n  - {title: Speak, why: It is asked of all}\n",
    "roles/po.md": "title: Officer\nstatus: considering\nrequires: {python: 4}",
    "roles/ops.md": "title: Operator\nrequires: {writing: 3-4}",
    "goals/cka.md": "title: The exam\nraises: {kubernetes: 3}\neffort: 20h\ndue: 2026-12\n",
    "goals/old.md": "title: The old course\nstatus: done\nraises: [kubernetes]\n",
    "goals/design.md": (
        "title: Design it\nraises: {system-design: 4}\neffort: 40h\nanswers: [Speak]\n"
    ),
    "reviews/r.md": "title: Spring\nvisibility: public\ndate: 2026-04-02\nlevels: {kubernetes: 3}",
}


@pytest.fixture(scope="module")
def built() -> Site:
    """The worked example with all that pages of skills and roles tell, on 1 July 2026."""
    return site(PLAN)


def test_a_skill_stands_on_its_scale(built: Site) -> None:
    """The highest level first; where one is, goes and should be; the mark for each in words."""
    page = built.page("skills/kubernetes/")
    level = page.section("Level")
    assert level.texts("span", cls="dots-text") == ["Beginner (2 of 5)"]
    steps = [part.element for part in level.all("i")]
    assert [step.get("data-step") for step in steps] == [
        "reached",
        "reached",
        "planned",
        "open",
        "open",
    ]
    assert ["data-required" in step.attrib for step in steps] == [False, False, False, True, False]
    said = {row[0]: row[-1] for row in level.rows() if row[-1]}
    assert said == {
        "Advanced 4": "Required",
        "Practitioner 3": "Planned",
        "Beginner 2": "You are here",
    }
    assert [row[0][-1] for row in level.rows()] == ["5", "4", "3", "2", "1", "0"]
    assert page.all("header", cls="head")[0].facts == {
        "Level": "Beginner (2 of 5)",
        "Planned": "Practitioner (3 of 5)",
        "Required": "Advanced (4 of 5)",
        "Rated": "1 May 2026",
    }
    # From 10 Feb to 1 Jul 2026 are four whole months.
    assert page.all("aside")[0].facts["Newest evidence"] == "4 months ago"
    assert "https://skills.example/k8s" in page.links


def test_what_shows_a_skill_and_who_speaks_of_it(built: Site) -> None:
    """Evidence and ratings the newest first, what is planned last; open steps before others."""
    page = built.page("skills/kubernetes/")
    assert page.section("Evidence").rows() == [
        ["A talk", "Project", "10 Feb 2026", "–"],
        ["Ran a cluster", "Work", "Jan 2024", "2"],
        ["A course", "Course", "Planned", "–"],
    ]
    assert page.section("Level over time").rows() == [
        ["1 May 2026", "Beginner (2 of 5)", "Self"],
        ["2 Apr 2026", "Practitioner (3 of 5)", "Spring"],
        ["Mar 2025", "Aware (1 of 5)", "Ada"],
    ]
    assert page.section("Required by").rows() == [
        ["Must Platform engineer All of it runs there", "4", "5"]
    ]
    assert page.section("Raised by").rows() == [
        ["The exam", "3", "Dec 2026", "Open"],
        ["The old course", "as required", "No date", "Done"],
    ]
    assert "Linked from" not in page


def test_readiness_and_gaps_of_a_role(built: Site) -> None:
    """36 of 54 is 67 %; the must first, then what has no estimate, then 4 points in 40 hours."""
    page = built.page("roles/pe/")
    assert page.badges[0] == "Not ready yet"
    readiness = page.section("Readiness")
    assert readiness.facts == {
        "Readiness": "67% ready from 90%",
        # kubernetes at 3 adds 5 points, system design at 4 adds 4: 45 of 54
        "Planned": "83% once the open steps are done",
        "Skills met": "1 of 4 at the required level",
        "Must-haves met": "0 of 1 the role requires all of them",
    }
    # 5 * 2 / 54, 2 * 2 / 54 and 4 * 1 / 54 of readiness; half of 18.5 in 10 of 20 hours.
    assert page.section("Gaps").rows() == [
        [
            "Kubernetes must, weight 5",
            "2, required 4",
            "2",
            "+18.5 points",
            "+9.3 points",
            "Partly The exam",
        ],
        ["writing weight 2", "1, required 3", "2", "+7.4 points", "no estimate", "Nothing planned"],
        [
            "system design weight 4",
            "3, required 4",
            "1",
            "+7.4 points",
            "+1.9 points",
            "Planned Design it",
        ],
    ]
    assert page.section("Requirements met").rows() == [["python weight 3", "5, required 4"]]
    assert page.section("Other requirements").rows() == [
        ["A licence Certification", "Met 1 Feb 2026", "–"],
        ["A mentor Mentor", "Nothing planned", "–"],
        ["Speak It is asked of all", "Planned", "Open Design it"],
    ]
    assert set(page.section("Goals").links) == {"goals/cka/", "goals/old/", "goals/design/"}


def test_an_unrated_skill_makes_a_range() -> None:
    """36 of 66 to 48 of 66; it stands last, unknown in every column and never zero."""
    page = site(
        PLAN | {"roles/pe.md": PLAN["roles/pe.md"].replace("needs:", SECURITY + "needs:")}
    ).page("roles/pe/")
    readiness = page.section("Readiness")
    assert readiness.facts["Readiness"] == "55% to 73% a range, because 1 skill is not rated"
    assert readiness.texts("p", cls="chart-finding")[0].startswith("55% to 73% now, ")
    assert page.section("Gaps").rows()[-1] == [
        "security weight 4",
        "unrated, required 3",
        "unknown",
        "unknown",
        "unknown",
        "Nothing planned",
    ]


def test_other_verdicts_on_roles(built: Site) -> None:
    """A level may be ideally higher; only a target has a verdict; nothing required is n/a."""
    ops = built.page("roles/ops/")
    assert ops.section("Gaps").rows()[0][1] == "1, required 3, ideally 4"
    assert built.page("roles/po/").badges[0] == "Considering"
    empty = site({"roles/x.md": "title: X"})
    assert empty.page("roles/x/").badges[0] == "n/a"
    assert "Nothing" not in empty.page("roles/x/")


def test_the_list_of_skills(built: Site) -> None:
    """By category, those without one last, by title; how many are rated and shown."""
    page = built.page("skills/")
    assert page.all("dl")[0].facts == {
        "Skills rated": "4 of 4",
        "With evidence": "1 of 4 something that others can look at",
    }
    assert page.texts("h2") == ["At a glance", "Claimed without proof", "Work", "Other skills"]
    # The highest of its scale first.
    assert page.section("Claimed without proof").texts("li") == [
        "python Expert (5 of 5)",
        "system design Practitioner (3 of 5)",
        "writing Aware (1 of 5)",
    ]
    assert page.section("Other skills").rows() == [
        ["python", "Expert (5 of 5)", "4", "none"],
        ["system design", "Practitioner (3 of 5)", "4", "none"],
        ["writing", "Aware (1 of 5)", "3", "none"],
    ]


def test_the_list_says_what_the_next_level_looks_like() -> None:
    """What is described above the current level, of the nearest one; planned evidence is none."""
    skill = (
        "title: Go\nlevel: 2\nevidence: [{title: To come, planned: true}]\n"
        "expects:\n  2: Reads it\n  3: [Ships a tool, {text: Reviews others, met: 2026-03-01}]\n"
        "  5: Teaches it\n"
    )
    page = site({"skills/go.md": skill, "skills/c.md": "title: C\nlevel: 0"}).page("skills/")
    row = page.section("Other skills").rows()[1][0]
    assert row == "Go To reach 3: Ships a tool Reviews others · met on 1 Mar 2026"
    assert page.section("Claimed without proof").texts("li") == ["Go Beginner (2 of 5)"]


def test_the_section_gaps(built: Site) -> None:
    """Each target role with its gaps, all needs by type, and what nothing answers."""
    page = built.page("gaps/")
    assert page.texts("h2")[:3] == ["Skills by role", "Platform engineer", "Operator"]
    assert [row[0] for row in page.section("Operator").rows()] == ["writing weight 3"]
    needs = page.section("Other requirements")
    rows = needs.rows()
    assert rows[0] == ["A licence Certification", "Met 1 Feb 2026", "–", "Platform engineer"]
    # how it goes that answers it: a step without a start or an end
    assert rows[-1] == [
        "Speak It is asked of all",
        "Planned",
        "Open Design it",
        "Platform engineer",
    ]


def test_all_skills_and_roles_in_one_table(built: Site) -> None:
    """Current, planned and required level; the skill that counts for two roles comes first."""
    assert built.page("gaps/").rows("Skills by role") == [
        ["writing", "1 of 5, 3 required", "1 of 5, 3 required", "–"],
        ["Kubernetes", "2 of 5, 3 planned, 4 required must", "–", "–"],
        ["system design", "3 of 5, 4 planned, 4 required", "–", "–"],
        ["python", "5 of 5, 4 required", "–", "5 of 5, 4 required"],
    ]


@pytest.mark.parametrize(
    ("day", "age"),
    [
        ("2026-07-01", "less than a week ago"),
        ("2026-06-24", "1 week ago"),
        ("2026-06-02", "4 weeks ago"),
        ("2026-06-01", "1 month ago"),
        ("2024-07-02", "23 months ago"),
        ("2024-07-01", "2 years ago"),
    ],
)
def test_the_age_of_evidence(day: str, age: str) -> None:
    """Whole weeks in the first month, months up to two years, then years."""
    skill = f"title: Go\nlevel: 1\nevidence: [{{title: A thing, date: {day}}}]"
    assert site({"skills/go.md": skill}).page("skills/go/").facts["Newest evidence"] == age


def test_a_scale_of_ones_own_has_its_words() -> None:
    """Names and what they mean stand in the table of levels."""
    scale = (
        '[[scales.own.levels]]\nvalue = 0\nname = "none"\n'
        '[[scales.own.levels]]\nvalue = 1\nname = "some"\ndefinition = "With help"\n'
    )
    page = site({"site.toml": scale, "skills/go.md": "title: Go\nscale: own\nlevel: some"}).page(
        "skills/go/"
    )
    assert page.section("Level").rows() == [
        ["Some 1", "With help", "You are here"],
        ["None 0", "–", ""],
    ]
