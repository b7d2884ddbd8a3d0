"""Second copies of records: what sync programs write beside them is no part of the plan."""

from pathlib import Path

import pytest
from tests.reading import plan_in, record

GOAL = record("title: Sell 40 jars of honey")


@pytest.mark.parametrize(
    "copy",
    [
        "honey (conflicted copy 2026-03-30)",
        "honey (Ilse's conflicted copy 2026-03-30 (1))",
        "honey (Konfliktkopie von Ilse 2026-03-30)",
        "honey (Copie en conflit de Ilse 2026-03-30)",
        "honey (Copia en conflicto de Ilse 2026-03-30)",
        *("honey (SFConflict ilse@example.org 2026-03-30-10-11-12)", "honey (Case Conflict)"),
        *("honey [conflicted]", "honey.sync-conflict-20260330-101112-ABCDEFG"),
        *("honey_conflict-20260330-101112", "honey_LAPTOP_ilse_Mar-30-101112-2026_Conflict"),
        *("honey_LOCAL_1234", "honey-DESKTOP-7Q2KX4A"),
    ],
)
def test_a_copy_that_its_name_gives_away_is_not_read(tmp_path: Path, copy: str) -> None:
    """Even if nothing in it can be read; the hint names both files."""
    read = plan_in(tmp_path, {"goals/honey.md": GOAL, f"goals/{copy}.md": "---\ntitle: [\n---\n"})
    found = read.only()
    assert (found.code, found.severity) == ("F110", "warning")
    assert found.path == f"content/goals/{copy}.md"
    assert "compare it with content/goals/honey.md" in found.hint
    assert f"delete content/goals/{copy}.md" in found.hint
    assert read.ids == ["goal/honey"]


@pytest.mark.parametrize(
    "copy",
    ["honey 2", "honey (1)", "honey copy", "honey - Copy (2)", "honey - Kopie", "honey-Ilses-iMac"],
)
def test_a_copy_that_its_name_suggests_has_the_title_too(tmp_path: Path, copy: str) -> None:
    """`honey 2` may be a goal of its own, which then has another title."""
    read = plan_in(tmp_path, {"goals/honey.md": GOAL, f"goals/{copy}.md": GOAL})
    assert (read.only().code, read.ids) == ("F110", ["goal/honey"])
    read = plan_in(tmp_path, {f"goals/{copy}.md": record("title: Sell 80 jars of honey")})
    assert (read.said, len(read.ids)) == ([], 2)


def test_a_copy_of_a_record_with_a_number_is_compared_with_that(tmp_path: Path) -> None:
    """`honey (1)` is a goal of its own, and the copy is one of it, not of `honey`."""
    copy = "goals/honey (1) (conflicted copy 2026-03-30).md"
    own = record("title: Sell 80 jars of honey")
    read = plan_in(tmp_path, {"goals/honey.md": GOAL, "goals/honey (1).md": own, copy: own})
    assert "compare it with content/goals/honey (1).md" in read.only().hint


def test_a_link_to_a_copy_leads_to_a_file_without_a_page(tmp_path: Path) -> None:
    """It is there, as the message says."""
    goal = record("title: G", body="[x](<honey (conflicted copy).md>)\n")
    copy = {"goals/honey (conflicted copy).md": GOAL}
    read = plan_in(tmp_path, {"goals/g.md": goal, "goals/honey.md": GOAL, **copy})
    [broken] = [d for d in read.diagnostics if d.code == "L102"]
    assert "is a file of the plan, but no page of the site" in broken.message


def test_two_records_without_a_title_are_no_copies(tmp_path: Path) -> None:
    """That they lack the same is no sign; each is told what it lacks."""
    goal = record("due: 2026-12")
    read = plan_in(tmp_path, {"goals/honey.md": goal, "goals/honey 2.md": goal})
    assert sorted(read.said) == ["goals/honey 2.md:2:1 F102", "goals/honey.md:2:1 F102"]


def test_a_copy_of_a_list_or_of_the_profile_is_no_stray_file(tmp_path: Path) -> None:
    """It lies where no record can, so its name is enough."""
    lists = {"skills.md": "---\nitems: {go: 1}\n---\n", "profile.md": record("name: Ilse")}
    copies = {"skills 2.md": "x", "profile (conflicted copy).md": "x", "notes 2.md": "x"}
    read = plan_in(tmp_path, {**lists, **copies})
    assert [(d.path.removeprefix("content/"), d.code) for d in read.diagnostics] == [
        ("notes 2.md", "F108"),
        ("profile (conflicted copy).md", "F110"),
        ("skills 2.md", "F110"),
    ]


@pytest.mark.parametrize(
    "name", ["honey-conflict", "conflict", "honeycomb", "honey.v2", "honey 2026"]
)
def test_a_name_like_any_other_is_a_record(tmp_path: Path, name: str) -> None:
    """A goal about a conflict is one, and so is a copy whose original is gone."""
    files = {"goals/honey.md": GOAL, f"goals/{name}.md": GOAL, "goals/x (conflicted copy).md": GOAL}
    assert plan_in(tmp_path, files).said == []
