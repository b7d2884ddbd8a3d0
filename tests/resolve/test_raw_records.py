"""Files as records: list files, the profile, milestones inside goals, and ids."""

from pathlib import Path

import pytest
from tests.reading import plan_in, record

from planfolio.model.references import Key, RecordLink

CHILD = record("title: H", "parent: g")


def test_a_list_file_is_many_records(tmp_path: Path) -> None:
    """A bare value is the field that the kind says; a table is a record."""
    text = record("items:", "  python: 3", "  machine-learning:", "  sql: {level: 2, title: SQL}")
    read = plan_in(tmp_path, {"skills.md": text})
    assert read.ids == ["skill/machine-learning", "skill/python", "skill/sql"]
    assert read.record("skill/python").fields.level.number == 3
    assert read.record("skill/sql").title == "SQL"
    assert read.record("skill/machine-learning").title == "machine learning"
    assert read.record("skill/machine-learning").fields.level is None


@pytest.mark.parametrize(
    ("file", "line", "name", "field", "text"),
    [
        ("goals.md", "cka: Pass the CKA", "goal/cka", "title", "Pass the CKA"),
        ("milestones.md", "mock: 2026-09", "milestone/mock", "due", "2026-09"),
        ("roles.md", "sre: Engineer", "role/sre", "title", "Engineer"),
    ],
)
def test_a_bare_item_stands_for_the_field_of_its_kind(
    tmp_path: Path, file: str, line: str, name: str, field: str, text: str
) -> None:
    """A level of a skill, a due day of a milestone, a title of the others."""
    read = plan_in(tmp_path, {file: record("items:", f"  {line}")})
    value = getattr(read.record(name).fields, field)
    assert getattr(value, "text", value) == text


def test_other_keys_of_a_list_file_are_defaults(tmp_path: Path) -> None:
    """What an item says itself comes first."""
    text = record("category: Data", "items:", "  sql: 3", "  r: {level: 1, category: Maths}")
    read = plan_in(tmp_path, {"skills.md": text})
    assert read.record("skill/sql").fields.category == "Data"
    assert read.record("skill/r").fields.category == "Maths"


def test_an_item_without_a_value_has_the_default(tmp_path: Path) -> None:
    """A name alone says nothing that could come before it."""
    read = plan_in(tmp_path, {"skills.md": record("level: 2", "items:", "  sql:", "  r: 3")})
    levels = [
        skill.fields.level and skill.fields.level.number for skill in read.plan.skills.values()
    ]
    assert levels == [2, 3]


@pytest.mark.parametrize(
    ("default", "place", "code"),
    [
        ("assessed: never", "2:11", "F102"),
        ("categry: Data", "2:1", "F104"),
        ("visibility: privat", "2:13", "V103"),
        ("title: Skills", "2:1", "F104"),
        ("aliases: [old]", "2:1", "F104"),
    ],
)
def test_an_error_in_the_defaults_is_told_once(
    tmp_path: Path, default: str, place: str, code: str
) -> None:
    """Not once for each item, and not without items in between."""
    text = record(default, "items: {a1: 1, b2: 2, c3: 3}")
    read = plan_in(tmp_path, {"skills.md": text})
    assert read.said == [f"skills.md:{place} {code}"]
    assert len(read.plan.skills) == 3


def test_errors_in_items_are_each_at_their_place(tmp_path: Path) -> None:
    """In block and flow style."""
    text = record(
        "items:", "  a1: {assessed: never}", "  b2: [3]", "  c3:", "    levle: 3", "  d4: 99"
    )
    read = plan_in(tmp_path, {"skills.md": text})
    assert read.said == [
        "skills.md:3:18 F102",
        "skills.md:4:7 F102",
        "skills.md:6:5 F104",
        "skills.md:7:7 F106",
    ]


@pytest.mark.parametrize("lines", [[], ["items:"], ["items: {}"]])
def test_a_list_file_may_be_empty(tmp_path: Path, lines: list[str]) -> None:
    """Prose alone, to begin with."""
    read = plan_in(tmp_path, {"skills.md": record(*lines, body="What I can do.\n")})
    assert (read.said, read.ids) == ([], [])


@pytest.mark.parametrize(
    ("line", "place"), [("python: 3", "2:1"), ("items: [python]", "2:8"), ("items: x", "2:8")]
)
def test_a_list_file_without_items_is_an_error(tmp_path: Path, line: str, place: str) -> None:
    """Which says where records belong."""
    read = plan_in(tmp_path, {"skills.md": record(line)})
    assert read.said == [f"skills.md:{place} F102"]
    assert "items" in read.only().message


def test_the_prose_of_a_list_file_introduces_its_kind(tmp_path: Path) -> None:
    """Its links lead somewhere too, and it says on which line it begins."""
    body = "Begin with [SQL](skills/sql.md) or [[python]].\n"
    files = {
        "skills.md": record("items: {python: 3}", body=body),
        "skills/sql.md": record("title: SQL"),
    }
    intro = plan_in(tmp_path, files).plan.intros["skill"]
    assert intro.body.text.strip() == body.strip()
    assert intro.links == (RecordLink(Key("skill", "sql")), RecordLink(Key("skill", "python")))
    assert (intro.source.path, intro.source.body_line) == ("content/skills.md", 4)


def test_a_list_file_and_a_folder_share_their_ids(tmp_path: Path) -> None:
    """The same skill in both is a duplicate that names the other place."""
    files = {
        "skills.md": record("items:", "  sql: 3", "  Python: 2"),
        "skills/python.md": record("title: P"),
    }
    read = plan_in(tmp_path, files)
    assert read.said == ["skills/python.md:2:1 F103"]
    assert "content/skills.md" in read.only().message
    assert "case and normal form make no difference" in read.only().message
    assert read.ids == ["skill/Python", "skill/sql"]


def test_an_id_may_differ_from_the_file(tmp_path: Path) -> None:
    """And subfolders change nothing."""
    read = plan_in(tmp_path, {"goals/2026/x.md": record("title: G", "id: cka")})
    assert (read.ids, read.record("goal/cka").url) == (["goal/cka"], "goals/cka/")


def test_the_profile_is_a_file_of_its_own(tmp_path: Path) -> None:
    """Its title is the name, else the site's title; its page is /me/."""
    read = plan_in(tmp_path, {"profile.md": record("name: Ada", "strengths: [maths]")})
    profile = read.plan.profile
    assert profile is not None
    assert (profile.title, profile.url, profile.fields.strengths) == ("Ada", "me/", ("maths",))
    read = plan_in(tmp_path, {"profile.md": record("name:"), "site.toml": 'title = "Mine"\n'})
    assert read.plan.profile is not None
    assert read.plan.profile.title == "Mine"


MILESTONES = [
    pytest.param(["milestones: {First draft: 2026-03-31}"], id="map to a due day"),
    pytest.param(["milestones:", "  First draft: {due: 2026-03-31}"], id="map to a record"),
    pytest.param(["milestones: [{title: First draft, due: 2026-03-31}]"], id="list of records"),
]


@pytest.mark.parametrize("lines", MILESTONES)
def test_milestones_inside_a_goal_are_records(tmp_path: Path, lines: list[str]) -> None:
    """In each form, with the goal's id before their own."""
    read = plan_in(tmp_path, {"goals/cka.md": record("title: CKA", *lines)})
    milestone = read.record("milestone/cka-first-draft")
    assert (milestone.title, milestone.url) == ("First draft", "milestones/cka-first-draft/")
    assert milestone.due is not None
    assert milestone.due.last.isoformat() == "2026-03-31"
    assert (milestone.fields.goal, milestone.inline) == ("cka", True)
    assert milestone.source.path == "content/goals/cka.md"
    assert read.record("goal/cka").fields.milestones == ()
    assert read.diagnostics == ()


@pytest.mark.parametrize("written", ["[Draft, Final]", "{Draft: , Final: ~}"])
def test_milestones_may_be_titles_alone(tmp_path: Path, written: str) -> None:
    """Without a due day."""
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", f"milestones: {written}")})
    assert read.ids == ["goal/g", "milestone/g-draft", "milestone/g-final"]


def test_a_milestone_may_have_its_own_id(tmp_path: Path) -> None:
    """Which then does not follow its title."""
    text = record("title: G", "milestones: {The very first draft: {id: d1}}")
    assert "milestone/g-d1" in plan_in(tmp_path, {"goals/g.md": text}).ids


def test_errors_in_milestones_have_exact_places(tmp_path: Path) -> None:
    """In tables and lists, also below one that is left out."""
    text = record(
        "title: G",
        "milestones:",
        "  Draft: 2026-02-30",
        "  Second: {due: never, cots: 3}",
        "  Third:",
        "    effort: much",
        "  Fourth: 2026-05",
    )
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert read.said == [
        "goals/g.md:4:10 F102",
        "goals/g.md:5:17 F102",
        "goals/g.md:5:24 F104",
        "goals/g.md:7:13 F102",
    ]
    assert len(read.plan.milestones) == 4


def test_a_milestone_without_a_title_does_not_shift_the_others(tmp_path: Path) -> None:
    """Each record has the node in which it was written."""
    text = record("title: G", "milestones:", "  - due: 2026", "  - {title: B, due: 2027}")
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert read.said == ["goals/g.md:4:5 F102"]
    assert read.record("milestone/g-b").source.span(("due",)).line == 5


@pytest.mark.parametrize(
    "lines",
    [
        ["milestones: {%s1: 2026, %s2: 2026}"],
        ["milestones: [{title: A, id: %s1}, {title: A, id: %s2}]"],
        ["id: %s1", "milestones: {%s2: 2026}"],
        ["aliases: [%s1, %s2]"],
    ],
)
def test_an_address_longer_than_the_name_of_a_folder_is_cut(
    tmp_path: Path, lines: list[str]
) -> None:
    """120 signs may be 360 bytes, and disks take 255; what differs only at its end stays apart."""
    text = record("title: G", *lines).replace("%s", "很长" * 60)
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert read.diagnostics == ()
    urls = [one.url for one in read.plan.records.values()]
    assert len(set(urls)) == len(urls)
    assert all(len(part.encode()) <= 240 for url in urls for part in url.split("/"))


def test_goals_of_a_list_have_milestones_too(tmp_path: Path) -> None:
    """With the place in the list file."""
    text = record("items:", "  g: {title: G, milestones: {A: never}}")
    read = plan_in(tmp_path, {"goals.md": text})
    assert read.said == ["goals.md:3:33 F102"]
    assert read.ids == ["goal/g", "milestone/g-a"]


def test_a_weight_that_drowns_the_others_is_an_error_at_its_place(tmp_path: Path) -> None:
    """What a role asks for weighs 5 at most; the steps of a goal may weigh what they like."""
    goal = record("title: G", "weight: 6", "milestones: {Draft: {weight: 60, due: 2026-09}}")
    role = record("title: R", "requires: {c: {level: 3, weight: 6}}")
    read = plan_in(
        tmp_path, {"goals/g.md": goal, "roles/r.md": role, "skills.md": "---\nitems: {c: 1}\n---\n"}
    )
    assert read.said == ["roles/r.md:3:34 F102"]
    assert read.marked(read.only()) == "6"
    assert read.only().hint == "1 is the least and 5 the most; without a weight it is 3"


@pytest.mark.parametrize(
    ("files", "said", "words"),
    [
        (
            {"goals/a b.md": record("title: A"), "goals/a-b.md": record("title: B")},
            "goals/a-b.md:2:1 F103",
            "gives the same address as `a b`",
        ),
        (
            {"goals/g.md": record("title: G", "milestones:", "  - Draft", "  - draft")},
            "goals/g.md:5:5 F103",
            "goals/g.md:4",
        ),
        (
            {"goals/g.md": record("title: G", "milestones: ['???']")},
            "goals/g.md:3:14 F102",
            "it has no letter and no digit",
        ),
        *(
            (
                {"goals/g.md": record("title: G", f'id: "{id_}"'), "goals/h.md": CHILD},
                "goals/g.md:3:5 F102",
                "gives no address",
            )
            for id_ in ("a/b", "???", "..", "/")
        ),
        (
            {"skills.md": record("items: {python: 3}", body="See [SQL](skills/sql.md).\n")},
            "skills.md:4:11 L102",
            "there is no file",
        ),
    ],
)
def test_what_gives_no_address_of_its_own_is_told_at_its_place(
    tmp_path: Path, files: dict[str, str], said: str, words: str
) -> None:
    """Two names of one page, titles and ids without a letter, and a link of a list to no file."""
    read = plan_in(tmp_path, {**files})
    assert read.said == [said]
    assert words in read.only().message


def test_an_unknown_reference_in_the_defaults_is_told_once(tmp_path: Path) -> None:
    """It is found after the items were told apart."""
    text = record("role: nobody", "items: {a: Alpha, b: Beta}")
    assert plan_in(tmp_path, {"goals.md": text}).said == ["goals.md:2:7 L101"]
