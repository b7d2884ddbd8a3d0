"""Tests of new plans and new records."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.init.scaffold import (
    example_files,
    fill,
    fill_example,
    list_file,
    new_record,
    starter_files,
)
from planfolio.model.kinds import KINDS
from planfolio.model.plan import Plan
from planfolio.model.settings import Settings
from planfolio.model.source_tree import Scalar
from planfolio.pipeline import Today, check
from planfolio.read.front_matter import split

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.model.kinds import Kind

    MakePlan = Callable[[dict[str, str]], Path]

DAY = date(2026, 10, 1)
BY_NAME = {kind.name: kind for kind in KINDS}
NOTHING = Plan(settings=Settings(), kinds=KINDS, records={})


def on(day: date) -> Today:
    """Return a day to reckon with."""
    return Today(now=datetime(2000, 1, 1, tzinfo=UTC), as_of=day)


def record(kind: str, title: str, plan: Plan = NOTHING) -> tuple[str, str]:
    """Return path and text of a new record."""
    return new_record(BY_NAME[kind], title, plan=plan, today=DAY)


def title_in(text: str) -> str:
    """Return the title as it is read back from the front matter of a record."""
    parts = split(text)
    assert not parts.problems
    entry = parts.node.find("title")
    assert entry is not None
    assert isinstance(entry.value, Scalar)
    return entry.value.text


# The start of a plan


def test_an_empty_folder_gets_the_three_files_and_the_settings(tmp_path: Path) -> None:
    """The small plan is skills, a role and a goal, with site.toml and .gitignore."""
    filled = fill(tmp_path / "new" / "plan", starter_files(DAY))
    assert set(filled.written) == {
        "content/skills.md",
        "content/roles/platform-engineer.md",
        "content/goals/cka.md",
        "site.toml",
        ".gitignore",
    }
    assert filled.kept == ()
    assert (tmp_path / "new/plan/.gitignore").read_text() == "/public/\n/.planfolio/\n"


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 1, 1), "2026-Q3"),
        (date(2026, 6, 30), "2026-Q4"),
        (date(2026, 7, 1), "2027-Q1"),
        (date(2026, 12, 31), "2027-Q2"),
    ],
)
def test_the_first_goal_is_due_the_quarter_after_next(today: date, due: str) -> None:
    """Whenever one starts, the goal has between three and nine months to go."""
    assert f"\ndue: {due} ".encode() in starter_files(today)["content/goals/cka.md"]


@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2031, 12, 31)])
def test_the_small_plan_has_few_findings_and_no_error(tmp_path: Path, today: date) -> None:
    """Out of the box it shows what planfolio does: one gap that no step closes, and two notes."""
    fill(tmp_path, starter_files(today))
    found = check(tmp_path, today=on(today)).diagnostics
    assert [(d.code, d.severity.value) for d in found] == [
        ("A103", "info"),
        ("R104", "warning"),
        ("P102", "info"),
    ]


def test_what_the_comments_of_the_small_plan_offer_is_true(tmp_path: Path) -> None:
    """Each setting and key that stands in a comment is read when the comment mark is taken away."""
    fill(tmp_path, starter_files(DAY))
    goal = tmp_path / "content/goals/cka.md"
    role = tmp_path / "content/roles/platform-engineer.md"
    skills = tmp_path / "content/skills.md"
    site = tmp_path / "site.toml"

    def uncomment(file: Path, *starts: str) -> None:
        text = file.read_text()
        for start in starts:
            assert f"# {start}" in text
            text = text.replace(f"# {start}", start)
        file.write_text(text)

    uncomment(goal, "effort:", "why:")
    role.write_text(re.sub("(?m)^requires:.*\n", "", role.read_text()))
    uncomment(role, "requires:", "  python: 4", "  kubernetes:", "needs:")
    skills.write_text(re.sub("(?m)^items:.*\n", "", skills.read_text()))
    uncomment(skills, "items:", "  python:", "  kubernetes:")
    uncomment(
        site, "base_url", "role =", "[visibility]", "default", "review =", "[check]", "ignore"
    )
    checked = check(tmp_path, today=on(DAY))
    assert checked.errors == ()
    assert checked.plan.settings.plan.role == "platform-engineer"
    assert checked.plan.roles["platform-engineer"].fields.needs[0].title.startswith("A certificate")
    assert checked.plan.goals["cka"].fields.effort is not None
    assert checked.plan.skills["python"].fields.evidence[0].title == "Wrote the billing service"


def test_the_defaults_that_the_small_plan_names_are_the_defaults(tmp_path: Path) -> None:
    """The visibilities that stand in comments are those that hold without them."""
    fill(tmp_path, starter_files(DAY))
    (tmp_path / "content/reviews").mkdir()
    (tmp_path / "content/reviews/a.md").write_text("---\ntitle: A\ndate: 2026-09-01\n---\n")
    plan = check(tmp_path, today=on(DAY)).plan
    assert plan.reviews["a"].visibility.word == "mentor"
    assert plan.goals["cka"].visibility.word == "public"


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    """No file is overwritten, not even an empty one or a link that leads nowhere."""
    (tmp_path / "content/goals").mkdir(parents=True)
    (tmp_path / "content/goals/cka.md").write_text("mine")
    (tmp_path / "content/skills.md").symlink_to("gone.md")
    (tmp_path / "site.toml").touch()
    filled = fill(tmp_path, starter_files(DAY))
    assert set(filled.kept) == {"content/goals/cka.md", "content/skills.md", "site.toml"}
    assert (tmp_path / "content/goals/cka.md").read_text() == "mine"
    assert (tmp_path / "content/skills.md").is_symlink()
    assert (tmp_path / "site.toml").read_text() == ""


def test_a_second_start_changes_nothing(tmp_path: Path) -> None:
    """Starting twice is starting once."""
    fill(tmp_path, starter_files(DAY))
    before = {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()}
    assert fill(tmp_path, starter_files(date(2030, 1, 1))).written == ()
    assert {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()} == before


def test_a_plan_of_ones_own_gets_no_records(tmp_path: Path) -> None:
    """Where content/ has other Markdown, only the settings and .gitignore are filled in."""
    (tmp_path / "content/goals").mkdir(parents=True)
    (tmp_path / "content/goals/mine.md").write_text("---\ntitle: Mine\n---\n")
    filled = fill(tmp_path, starter_files(DAY))
    assert filled.left_out
    assert set(filled.written) == {"site.toml", ".gitignore"}
    assert check(tmp_path, today=on(DAY)).errors == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"/public/\n/.planfolio/\n"),
        (b"*.swp", b"*.swp\n/public/\n/.planfolio/\n"),
        (b"public/\n", b"public/\n/.planfolio/\n"),
        (b"/public\r\n*.swp\r\n", b"/public\r\n*.swp\r\n/.planfolio/\r\n"),
        (b"caf\xe9\n", b"caf\xe9\n/public/\n/.planfolio/\n"),
        (b"/.planfolio/\n/public/\n", b"/.planfolio/\n/public/\n"),
    ],
)
def test_gitignore_gets_the_lines_it_lacks(tmp_path: Path, before: bytes, after: bytes) -> None:
    """Lines are added at the end in the file's own way, and none that is there in another form."""
    (tmp_path / ".gitignore").write_bytes(before)
    fill(tmp_path, starter_files(DAY))
    assert (tmp_path / ".gitignore").read_bytes() == after


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    """Where a folder of the plan would have to be and a file is, the file is named."""
    (tmp_path / "content").write_text("a file")
    with pytest.raises(
        EnvironmentFailure, match=r"content is a file, and a folder is needed there"
    ):
        fill(tmp_path, starter_files(DAY))
    assert (tmp_path / "content").read_text() == "a file"


def test_a_folder_that_cannot_be_written_is_named() -> None:
    """What the system says is told with the place."""
    with pytest.raises(EnvironmentFailure, match=r"/proc/plan.* cannot be written"):
        fill(Path("/proc/plan"), starter_files(DAY))


def test_the_example_is_copied_whole_without_hidden_files(tmp_path: Path, example: Path) -> None:
    """All files of the example come along, what editors hide does not."""
    content = tmp_path / "content"
    (content / "goals").mkdir(parents=True)
    (content / "goals/a.md").write_text("a")
    (content / "goals/.a.md.swp").write_text("x")
    (content / "goals/a.svg").write_text("<svg/>")
    found = example_files(content, example / "site.toml")
    assert set(found) == {"site.toml", "content/goals/a.md", "content/goals/a.svg"}


def test_the_example_does_not_mix_with_a_plan(tmp_path: Path, example: Path) -> None:
    """A folder with a plan of its own is refused, and nothing is written."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/skills.md").write_text("---\nitems: {a: 1}\n---\n")
    (tmp_path / "content/mine.md").write_text("x")
    files = example_files(example / "content", example / "site.toml")
    with pytest.raises(UsageError, match="already has a plan"):
        fill_example(tmp_path, files)
    assert not (tmp_path / "site.toml").exists()


# New records


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_new_record_of_each_kind_is_sound(kind: Kind, plan: MakePlan) -> None:
    """As written, before anything is filled in, no kind's start has an error."""
    path, text = record(kind.name, "Something new")
    checked = check(plan({path: text}), today=on(DAY))
    assert checked.errors == ()
    found = [r for r in checked.plan.records.values() if r.source.path == path]
    assert [r.title for r in found] == ["Something new"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_new_record_comes_with_questions(kind: Kind) -> None:
    """Each kind asks at least two questions, and each ends as one."""
    questions = kind.questions
    assert len(questions) >= 2
    assert all(question.endswith("?") for question in questions)


@given(title=st.text(min_size=1, max_size=60))
@settings(max_examples=200)
def test_any_title_is_read_back_as_it_was_or_refused(title: str) -> None:
    """Quotes, colons, hashes, dashes and letters of any script survive the front matter."""
    try:
        _, text = record("goal", title)
    except UsageError:
        return
    assert title_in(text) == unicodedata.normalize("NFC", title.strip())


@pytest.mark.parametrize(
    "title",
    [
        "no",
        "3.10",
        "2026-09-30",
        "a: b",
        "a #b",
        "- a",
        'say "yes"',
        "it's",
        "{a}",
        "C:\\temp",
        "*a",
        "&a",
        "~ a",
        "null",
        "東京で働く",
        "#1 in sales",
        "\ufeffbom",
        "a\u00a0b",
        "soft\u00adhyphen",
        "100 %",
        "@home a",
        "`x`",
        "a{today}b",
    ],
)
def test_titles_that_yaml_would_take_for_something_else_are_quoted(title: str) -> None:
    """What YAML has a meaning for stays text."""
    assert title_in(record("goal", title)[1]) == title


def test_a_plain_title_is_not_quoted() -> None:
    """A title that needs no quotes has none."""
    assert record("goal", "Pass the CKA exam")[1].startswith("---\ntitle: Pass the CKA exam\n")


@pytest.mark.parametrize("title", ["", "   ", "!!!", "a\nb", "a\x1b[31m", "a\u2028b", "a\ud800"])
def test_a_title_that_is_no_line_of_text_is_refused(title: str) -> None:
    """Without a letter there is no name for the file; with a control character no title."""
    with pytest.raises(UsageError):
        record("goal", title)


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Pass the CKA exam", "content/goals/pass-the-cka-exam.md"),
        ("Überblick & C++", "content/goals/überblick-c-plus-plus.md"),
        ("東京で働く", "content/goals/東京で働く.md"),
        ("../../etc/passwd", "content/goals/etc-passwd.md"),
        ("README", "content/goals/readme-goal.md"),
        ("CON", "content/goals/con-goal.md"),
        ("lpt1", "content/goals/lpt1-goal.md"),
        ("Console", "content/goals/console.md"),
    ],
)
def test_the_file_is_named_by_the_title(title: str, path: str) -> None:
    """Letters of any script stay, names that no file can have are made longer."""
    assert record("goal", title)[0] == path


@pytest.mark.parametrize("title", ["word " * 60, "東" * 300, "x" * 400])
def test_a_long_title_gives_a_file_name_that_any_disk_takes(title: str) -> None:
    """The name is cut, between words where there are some; the title stays whole."""
    path, text = record("goal", title)
    stem = path.removeprefix("content/goals/").removesuffix(".md")
    assert len(stem) <= 80
    assert len(stem.encode()) <= 200
    assert not stem.endswith(("-", "wor"))
    assert title_in(text) == title.strip()


def test_a_record_that_there_is_is_not_written_again(plan: MakePlan) -> None:
    """A title of the same id, in a list file too, is refused with the place of the first."""
    files = {
        "content/skills.md": "---\nitems: {python: 3}\n---\n",
        "content/profile.md": "---\ntitle: Me\n---\n",
    }
    known = check(plan(files), today=on(DAY)).plan
    with pytest.raises(UsageError, match=r"already the skill `python` in content/skills\.md"):
        record("skill", "Python", known)
    with pytest.raises(UsageError, match=r"already the profile `profile` in content/profile\.md"):
        record("profile", "Somebody else", known)


def test_a_skill_that_a_role_asks_for_gets_the_roles_id(plan: MakePlan) -> None:
    """The record that was missing answers the role, whatever way its id is written there."""
    files = {"content/roles/r.md": "---\ntitle: R\nrequires: {system design: 3}\n---\n"}
    root = plan(files)
    known = check(root, today=on(DAY)).plan
    path, text = record("skill", "System design", known)
    (root / "content/skills").mkdir()
    (root / path).write_text(text)
    after = check(root, today=on(DAY))
    assert after.errors == ()
    assert [(s.id, s.implied) for s in after.plan.skills.values()] == [("system design", False)]


def test_ids_that_exist_stand_in_comments(plan: MakePlan) -> None:
    """A new goal names the roles and skills that there are, those first that a role asks for."""
    skills = ", ".join(f"skill-{n:03}: 1" for n in range(100))
    files = {
        "content/skills.md": f"---\nitems: {{{skills}}}\n---\n",
        "content/roles/boss.md": "---\ntitle: Boss\nrequires: {skill-077: 3}\n---\n",
    }
    known = check(plan(files), today=on(DAY)).plan
    _, text = record("goal", "A goal", known)
    line = next(line for line in text.splitlines() if line.startswith("raises:"))
    assert ": skill-077, skill-000, " in line
    assert line.endswith("and 95 more")
    assert len(line) < 160
    assert "role:                # boss\n" in text


def test_without_records_a_comment_says_so() -> None:
    """Where there is nothing to name, the comment says none yet."""
    assert "role:                # none yet\n" in record("goal", "A goal")[1]


def test_a_list_file_of_the_kind_is_known(plan: MakePlan) -> None:
    """A plan that lists its skills in one file is told so, one that does not is not."""
    known = check(
        plan({"content/skills.md": "---\nitems: {python: 3}\n---\n"}),
        today=on(DAY),
    ).plan
    assert list_file(BY_NAME["skill"], plan=known) == "content/skills.md"
    assert list_file(BY_NAME["goal"], plan=known) is None
