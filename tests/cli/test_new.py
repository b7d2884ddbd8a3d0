"""Tests of `planfolio new`."""

from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, Run

from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Kind

SKILLS = {"content/skills.md": "---\nitems: {python: 3}\n---\n"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_can_be_written(run: Run, plan: MakePlan, kind: Kind) -> None:
    """The path is printed as it can be opened from here, the file is sound, and its questions are
    asked, each as one."""
    root = plan({})
    result = run("new", kind.name, "Something new", "--site", root)
    assert result.exit_code == 0
    file = Path(result.stdout.removesuffix("\n"))
    assert file.parts[:2] == ("plan", "content")
    assert file.read_text().startswith("---\ntitle: Something new\n")
    assert "error" not in result.stderr
    assert "warning" not in result.stderr
    assert run("check", "--site", root).exit_code == 0
    assert len(kind.questions) >= 2
    assert all(question.endswith("?") for question in kind.questions)
    assert all(f"  - {question}\n" in result.stderr for question in kind.questions)


def test_a_vague_title_is_said_at_once(run: Run, plan: MakePlan) -> None:
    """The finding comes with the file, which is written all the same. Where skills are a list, that
    is named as the shorter way."""
    root = plan(SKILLS)
    result = run("new", "goal", "Get better at public speaking", "--site", root)
    assert result.exit_code == 0
    assert "warning[S101] vague-title" in result.stderr
    assert (root / "content/goals/get-better-at-public-speaking.md").is_file()
    assert "lists" not in result.stderr
    assert "content/skills.md lists skills" in run("new", "skill", "SQL", "--site", root).stderr


def test_a_file_that_is_there_is_never_touched(run: Run, plan: MakePlan) -> None:
    """A record of the id, one that cannot be read, and one in another case are all kept."""
    broken = "no front matter"
    root = plan(
        {"content/goals/broken.md": broken, "content/goals/Sound.md": "---\ntitle: S\n---\n"}
    )
    for title in ("Broken", "Sound"):
        done = run("new", "goal", title, "--site", root)
        assert done.exit_code == 2
        assert "help: give the new goal another title" in done.stderr
    assert (root / "content/goals/broken.md").read_text() == broken
    assert len(list((root / "content/goals").iterdir())) == 2


def test_a_second_review_of_a_day_needs_a_title(run: Run, plan: MakePlan) -> None:
    """A review is named by the day of the numbers, and the one that is there is kept."""
    root = plan({"site.toml": '[plan]\nas_of = "2026-10-01"\n'})
    assert run("new", "review", "--site", root).exit_code == 0
    file = root / "content/reviews/2026-10-01.md"
    file.write_text(file.read_text() + "Mine.\n")
    again = run("new", "review", "--site", root)
    assert again.exit_code == 2
    assert "help: give the new review another title: planfolio new review TITLE" in again.stderr
    assert file.read_text().endswith("Mine.\n")
    assert run("new", "review", "After the call", "--site", root).exit_code == 0


def test_a_title_that_is_no_text_is_a_usage_error(run: Run, plan: MakePlan) -> None:
    """A title without letters, or with escapes, writes nothing and steers no terminal."""
    root = plan({})
    for title in ("?!", "a\x1b[2Jb"):
        done = run("new", "goal", title, "--site", root)
        assert done.exit_code == 2
        assert "\x1b" not in done.stderr
    assert list((root / "content").iterdir()) == []


def editor(folder: Path, script: str) -> str:
    """Return an editor that does what a shell script says with the file in $1."""
    file = folder / "editor.sh"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def test_edit_opens_the_file_and_checks_it_after(run: Run, plan: MakePlan, tmp_path: Path) -> None:
    """VISUAL, before EDITOR, gets the new file, and what is wrong with it then is shown."""
    root = plan({})
    script = editor(tmp_path, 'sed -i "s/^due:.*/due: 2026-02-30/" "$1"')
    done = run("new", "goal", "Pass it", "--edit", "--site", root, VISUAL=script, EDITOR="false")
    assert done.exit_code == 0
    assert "error[F102] bad-date" in done.stderr
    assert "due: 2026-02-30" in (root / "content/goals/pass-it.md").read_text()


@pytest.mark.parametrize("name", ["no-such-editor", "false"])
def test_an_editor_that_fails_is_an_environment_error(run: Run, plan: MakePlan, name: str) -> None:
    """The file is written, the failure is printed, and the next step is to set another editor."""
    root = plan({})
    done = run("new", "goal", "A", "--edit", "--site", root, EDITOR=name)
    assert done.exit_code == 3
    assert "content/goals/a.md is written, but the editor failed: " in done.stderr
    assert "help: set VISUAL or EDITOR" in done.stderr
    assert (root / "content/goals/a.md").is_file()
