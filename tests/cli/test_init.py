"""Tests of `planfolio init`."""

import tomllib
from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, Run

from planfolio import bundled


def test_the_next_steps_work_when_typed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A start, a check and a build, typed as the program says, end well; serve is named too."""
    done = run("init", "my plan")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Next:\n  cd 'my plan'\n  planfolio check" in done.stderr
    assert "\n  planfolio serve --open " in done.stderr
    monkeypatch.chdir(tmp_path / "my plan")
    assert run("check").exit_code == run("build").exit_code == 0
    assert (tmp_path / "my plan/public/index.html").is_file()


@pytest.mark.parametrize(
    ("named", "written"),
    [("Europe/Madrid", "Europe/Madrid"), (":Asia/Tokyo", "Asia/Tokyo"), ("CET-1CEST", "UTC")],
)
def test_the_time_zone_is_that_of_the_machine(
    run: Run, tmp_path: Path, named: str, written: str
) -> None:
    """So that the day changes at midnight where one lives; what has no name is UTC."""
    run("init", tmp_path, TZ=named)
    settings = tomllib.loads((tmp_path / "site.toml").read_text())
    assert settings["timezone"] == written


def test_written_and_kept_are_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is listed, and the second time what was kept; with -q nothing is said.
    Without a folder it is the current one, and the next steps need no cd."""
    monkeypatch.chdir(tmp_path)
    first, second, third = run("init"), run("init", tmp_path), run("init", "-q")
    assert "wrote  content/goals/cka.md\n" in first.stderr
    assert "kept  " not in first.stderr
    assert "cd " not in first.stderr
    assert "kept   content/goals/cka.md\n" in second.stderr
    assert "wrote  " not in second.stderr
    assert third.stderr == ""
    assert (tmp_path / "site.toml").is_file()


def test_a_plan_of_ones_own_is_left_alone(run: Run, plan: MakePlan) -> None:
    """Into a folder with records come no others, and it is said; --example is a usage error there,
    with the way round."""
    root = plan({"content/goals/mine.md": "---\ntitle: Mine\n---\n"})
    refused = run("init", "--example", root)
    assert refused.exit_code == 2
    assert "help: name another folder" in refused.stderr
    assert not (root / ".gitignore").exists()
    result = run("init", root)
    assert [f.name for f in (root / "content").rglob("*.md")] == ["mine.md"]
    assert "content/ has a plan already" in result.stderr
    assert (root / ".gitignore").is_file()


def test_the_example_is_a_whole_plan_that_builds(
    run: Run, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--example gives a plan without an error, and counts its files instead of listing them."""
    monkeypatch.setattr(bundled, "content", lambda: example / "content")
    monkeypatch.setattr(bundled, "example_site", lambda: example / "site.toml")
    result = run("init", "--example", tmp_path / "demo")
    assert " files\n" in result.stderr
    assert run("check", "--site", tmp_path / "demo").exit_code == 0
    assert run("init", "--example", tmp_path / "demo", "-v").stderr.count("kept ") > 20


def test_a_file_in_the_way_is_told(run: Run, tmp_path: Path) -> None:
    """A file in place of DIR is a usage error; one in place of content/ is named."""
    (tmp_path / "file").write_text("x")
    assert run("init", "file").exit_code == 2
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan/content").write_text("x")
    done = run("init", "plan")
    assert done.exit_code == 3
    assert (
        "plan/content is a file, and a folder is needed there\n  help: move it away" in done.stderr
    )


def test_the_workflows_are_told_by_their_way_from_the_plan(run: Run, tmp_path: Path) -> None:
    """In a folder of a repository the files are above the plan, and it is seen where."""
    (tmp_path / ".git").mkdir()
    result = run("init", tmp_path / "plans" / "mine")
    assert "wrote  ../../.github/workflows/plan-pages.yml\n" in result.stderr
    assert (tmp_path / ".github/workflows/plan-pages.yml").is_file()
    again = run("init", tmp_path / "plans" / "mine")
    assert "kept   ../../.github/planfolio-requirements.txt\n" in again.stderr


def test_a_repository_that_publishes_already_is_told(run: Run, tmp_path: Path) -> None:
    """Where Pages are taken, the plan gets no workflow that would replace them, and it is said."""
    other = tmp_path / ".github/workflows/docs.yml"
    other.parent.mkdir(parents=True)
    other.write_text("jobs: {a: {steps: [{uses: actions/deploy-pages@v5}]}}\n")
    result = run("init", tmp_path)
    assert "publishes to GitHub Pages already" in result.stderr
    assert not (tmp_path / ".github/workflows/plan-pages.yml").exists()
