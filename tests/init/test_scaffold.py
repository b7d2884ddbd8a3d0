"""Tests of new plans."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planfolio.init.scaffold import example_files, starter_files, write_missing
from planfolio.pipeline import Today, check

MakePlan = Callable[[dict[str, str]], Path]

DAY = date(2026, 10, 1)


def test_an_empty_folder_gets_the_three_files_and_the_settings(tmp_path: Path) -> None:
    """The small plan is skills, a role and a goal, with site.toml and .gitignore."""
    filled = write_missing(tmp_path / "new" / "plan", starter_files(DAY))
    assert set(filled.written) == {
        *("content/skills.md", "content/roles/platform-engineer.md", "content/goals/cka.md"),
        *("site.toml", ".gitignore"),
    }
    assert filled.kept == ()
    assert (tmp_path / "new/plan/.gitignore").read_text() == "/public/\n"


@pytest.mark.parametrize(("today", "due"), [("2026-06-30", "2026-Q4"), ("2026-07-01", "2027-Q1")])
def test_the_first_goal_is_due_the_quarter_after_next(today: str, due: str) -> None:
    """Whenever one starts, the goal has between three and nine months to go."""
    files = starter_files(date.fromisoformat(today))
    assert f"\ndue: {due} ".encode() in files["content/goals/cka.md"]


@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2031, 12, 31)])
def test_the_small_plan_has_few_findings_and_no_error(tmp_path: Path, today: date) -> None:
    """Out of the box it shows what planfolio does: one gap that no step closes, and two notes."""
    write_missing(tmp_path, starter_files(today))
    day = Today(now=datetime(2000, 1, 1, tzinfo=UTC), as_of=today)
    found = [f"{d.code} {d.severity}" for d in check(tmp_path, today=day).diagnostics]
    assert found == ["A103 info", "R104 warning", "P102 info"]


def test_what_the_comments_of_the_small_plan_offer_is_true(tmp_path: Path, today: Today) -> None:
    """Each setting and key in a comment is valid when the comment mark is removed."""
    write_missing(tmp_path, starter_files(DAY))

    def uncomment(path: str, *starts: str, instead_of: str = "") -> None:
        text = (tmp_path / path).read_text()
        if instead_of:
            text = re.sub(f"(?m)^{instead_of}.*\n", "", text)
        for start in starts:
            assert f"# {start}" in text
            text = text.replace(f"# {start}", start)
        (tmp_path / path).write_text(text)

    asked = ("requires:", "  python: 4", "  kubernetes:", "needs:")
    uncomment("content/goals/cka.md", "effort:", "why:")
    uncomment("content/roles/platform-engineer.md", *asked, instead_of="requires:")
    uncomment("content/skills.md", "items:", "  python:", "  kubernetes:", instead_of="items:")
    lines = ("base_url", "role =", "[visibility]", "default", "review =", "[check]", "ignore")
    uncomment("site.toml", *lines)
    checked = check(tmp_path, today=today)
    assert checked.errors == ()
    assert checked.plan.settings.plan.role == "platform-engineer"
    assert checked.plan.roles["platform-engineer"].fields.needs[0].title.startswith("A certificate")
    assert checked.plan.goals["cka"].fields.effort is not None
    assert checked.plan.skills["python"].fields.evidence[0].title == "Wrote the billing service"


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    """No file is overwritten, not even an empty one or a link that leads nowhere."""
    (tmp_path / "content/goals").mkdir(parents=True)
    (tmp_path / "content/goals/cka.md").write_text("mine")
    (tmp_path / "content/skills.md").symlink_to("gone.md")
    (tmp_path / "site.toml").touch()
    filled = write_missing(tmp_path, starter_files(DAY))
    assert set(filled.kept) == {"content/goals/cka.md", "content/skills.md", "site.toml"}
    assert (tmp_path / "content/goals/cka.md").read_text() == "mine"
    assert (tmp_path / "content/skills.md").is_symlink()
    assert (tmp_path / "site.toml").read_text() == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"/public/\n"),
        (b"*.swp", b"*.swp\n/public/\n"),
        (b"public/\n", b"public/\n"),
        (b"*.swp\r\n", b"*.swp\r\n/public/\r\n"),
        (b"caf\xe9\n", b"caf\xe9\n/public/\n"),
    ],
)
def test_gitignore_gets_the_output(tmp_path: Path, before: bytes, after: bytes) -> None:
    """The output is added at the end with the file's own line ends, unless it is there already."""
    (tmp_path / ".gitignore").write_bytes(before)
    write_missing(tmp_path, starter_files(DAY))
    assert (tmp_path / ".gitignore").read_bytes() == after


def test_the_example_is_copied_whole_without_hidden_files(tmp_path: Path, example: Path) -> None:
    """All files of the example come along, what editors hide does not."""
    (tmp_path / "goals").mkdir()
    for name in ("a.md", ".a.md.swp", "a.svg"):
        (tmp_path / "goals" / name).touch()
    found = example_files(tmp_path, example / "site.toml")
    assert set(found) == {"site.toml", "content/goals/a.md", "content/goals/a.svg"}
