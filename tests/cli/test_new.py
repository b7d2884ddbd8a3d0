"""Tests of `planfolio new`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planfolio.model.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import MakePlan, Program, Run

    from planfolio.model.kinds import Kind

SKILLS = {"content/skills.md": "---\nitems: {python: 3}\n---\n"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_can_be_written(run: Run, plan: MakePlan, kind: Kind) -> None:
    """The path is printed, the file is there, and its questions are asked."""
    root = plan({})
    result = run("new", kind.name, "Something new", "--site", root)
    assert result.exit_code == 0
    path = result.stdout.removesuffix("\n")
    assert root.joinpath(path).read_text().startswith("---\ntitle: Something new\n")
    assert all(f"  - {question}\n" in result.stderr for question in kind.questions)


def test_the_path_can_be_opened_from_where_one_is(
    run: Run, plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is printed can be handed to an editor from any folder."""
    root = plan(SKILLS)
    monkeypatch.chdir(root / "content")
    assert run("new", "goal", "Pass the CKA exam").stdout == "goals/pass-the-cka-exam.md\n"
    monkeypatch.chdir(root.parent)
    assert run("new", "role", "Boss", "--site", "plan").stdout == "plan/content/roles/boss.md\n"


def test_a_vague_title_is_said_at_once(run: Run, plan: MakePlan) -> None:
    """The finding comes with the file, and the file is written all the same."""
    root = plan({})
    result = run("new", "goal", "Get better at public speaking", "--site", root)
    assert result.exit_code == 0
    assert "warning[S101] vague-title" in result.stderr
    assert (root / "content/goals/get-better-at-public-speaking.md").is_file()


def test_a_sound_title_gets_no_finding(run: Run, plan: MakePlan) -> None:
    """What the empty keys still lack is no finding yet."""
    result = run("new", "goal", "Pass the CKA exam", "--site", plan({}))
    assert "warning" not in result.stderr
    assert "error" not in result.stderr


def test_a_file_that_is_there_is_never_touched(program: Program, plan: MakePlan) -> None:
    """A record of the id, one that cannot be read, and one in another case are all kept."""
    broken = "no front matter"
    root = plan(
        {"content/goals/broken.md": broken, "content/goals/Sound.md": "---\ntitle: S\n---\n"}
    )
    for title in ("Broken", "Sound"):
        done = program("new", "goal", title, "--site", root)
        assert done.returncode == 2
        assert "help: give the new record another title" in done.stderr
    assert (root / "content/goals/broken.md").read_text() == broken
    assert len(list((root / "content/goals").iterdir())) == 2


def test_a_kind_that_there_is_not_is_a_usage_error(run: Run, plan: MakePlan) -> None:
    """The kinds that there are are named."""
    result = run("new", "gaol", "X", "--site", plan({}))
    assert result.exit_code == 2
    assert "'goal'" in result.stderr


def test_a_title_that_is_no_text_is_a_usage_error(program: Program, plan: MakePlan) -> None:
    """A title without letters, or with escapes, writes nothing and steers no terminal."""
    root = plan({})
    for title in ("?!", "a\x1b[2Jb"):
        done = program("new", "goal", title, "--site", root)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr
    assert list((root / "content").iterdir()) == []


def test_a_plan_that_lists_the_kind_is_reminded(run: Run, plan: MakePlan) -> None:
    """Where skills are a list, the list is named as the shorter way."""
    root = plan(SKILLS)
    assert "content/skills.md lists skills" in run("new", "skill", "SQL", "--site", root).stderr
    assert "lists" not in run("new", "goal", "Pass it", "--site", root).stderr


def test_a_folder_that_cannot_be_made_is_an_environment_error(
    program: Program, plan: MakePlan
) -> None:
    """A file in the place of a kind's folder exits with 3."""
    done = program("new", "goal", "A goal", "--site", plan({"content/goals": "a file"}))
    assert done.returncode == 3
    assert "goals" in done.stderr


def editor(folder: Path, script: str) -> str:
    """Return an editor that does what a shell script says with the file in $1."""
    file = folder / "editor.sh"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def test_edit_opens_the_file_and_checks_it_after(
    program: Program, plan: MakePlan, tmp_path: Path
) -> None:
    """The editor gets the new file, and what is wrong with it then is shown."""
    root = plan({})
    script = editor(tmp_path, 'sed -i "s/^due:.*/due: 2026-02-30/" "$1"')
    done = program("new", "goal", "Pass it", "--edit", "--site", root, EDITOR=script)
    assert done.returncode == 0
    assert "error[F102] bad-date" in done.stderr
    assert "due: 2026-02-30" in (root / "content/goals/pass-it.md").read_text()


def test_visual_wins_over_editor(program: Program, plan: MakePlan, tmp_path: Path) -> None:
    """As in other programs, VISUAL comes first."""
    script = editor(tmp_path, 'echo "seen" >> "$1"')
    root = plan({})
    program("new", "goal", "A", "--edit", "--site", root, VISUAL=script, EDITOR="false")
    assert (root / "content/goals/a.md").read_text().endswith("seen\n")


@pytest.mark.parametrize("name", ["no-such-editor", "false"])
def test_an_editor_that_fails_is_an_environment_error(
    program: Program, plan: MakePlan, name: str
) -> None:
    """The file is written, the failure is printed, and the next step is to set another editor."""
    root = plan({})
    done = program("new", "goal", "A", "--edit", "--site", root, EDITOR=name)
    assert done.returncode == 3
    assert "content/goals/a.md is written, but the editor failed: " in done.stderr
    assert "help: set VISUAL or EDITOR" in done.stderr
    assert (root / "content/goals/a.md").is_file()
