"""Tests of `planfolio check` in the formats of code hosts."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, Ran, Run

BROKEN = {"content/goals/a b.md": "---\ntitle: Pass the exam\ndue: 2026-02-30\n---\n"}


@pytest.fixture
def nested(plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a faulty plan that lies in a folder of a repository, and stand in the plan."""
    root = plan(BROKEN)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(root)
    return root


def annotated(run: Run, summary: Path | None = None, **environment: str) -> Ran:
    """Check for GitHub, with a file for the summary of the step if there is one."""
    if summary is not None:
        environment["GITHUB_STEP_SUMMARY"] = str(summary)
    return run("check", "--output-format", "github", **environment)


def test_annotations_name_files_of_the_repository(run: Run, nested: Path) -> None:
    """Wherever one stands, a file is named from the top of the repository; errors fail."""
    result = annotated(run)
    assert result.exit_code == 1
    assert "::error file=plan/content/goals/a b.md,line=3,endLine=3,col=6," in result.stdout


def test_sarif_names_files_of_the_repository(run: Run, nested: Path, tmp_path: Path) -> None:
    """The paths of SARIF are those of the repository as well, and stdout holds nothing else. The
    summary of GitHub is for its own format."""
    summary = tmp_path / "summary.md"
    done = run("check", "--output-format", "sarif", GITHUB_STEP_SUMMARY=str(summary))
    assert not summary.exists()
    (sarif,) = json.loads(done.stdout)["runs"]
    places = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif["results"]
    }
    assert "plan/content/goals/a%20b.md" in places


def test_a_checkout_without_history_is_named_by_the_workspace(
    run: Run, plan: MakePlan, tmp_path: Path
) -> None:
    """GITHUB_WORKSPACE names the top of a repository that came as an archive."""
    result = run(
        "check", "--site", plan(BROKEN), "--output-format", "github", GITHUB_WORKSPACE=str(tmp_path)
    )
    assert "::error file=plan/content/goals/a b.md," in result.stdout


def test_the_summary_gets_all_findings(run: Run, nested: Path, tmp_path: Path) -> None:
    """The table is added to what the step has written before, once for each run."""
    summary = tmp_path / "summary.md"
    summary.write_text("Before\n\n")
    annotated(run, summary)
    text = summary.read_text("utf-8")
    assert text.startswith("Before\n\n### The plan as of ")
    assert "<td><code>plan/content/goals/a b.md:3:6</code></td><td>error</td>" in text
    annotated(run, summary)
    assert summary.read_text("utf-8") == text + text.removeprefix("Before\n\n")


def test_the_summary_leads_to_the_commit(run: Run, nested: Path, tmp_path: Path) -> None:
    """With what GitHub says of itself, each place is a link to the file as it was checked."""
    summary = tmp_path / "summary.md"
    about = {"GITHUB_REPOSITORY": "me/plan", "GITHUB_SHA": "0123"}
    annotated(run, summary, GITHUB_SERVER_URL="https://github.example", **about)
    address = "https://github.example/me/plan/blob/0123/plan/content/goals/a%20b.md?plain=1#L3"
    assert f'<a href="{address}">' in summary.read_text("utf-8")


def test_a_summary_that_cannot_be_written_is_told(run: Run, nested: Path, tmp_path: Path) -> None:
    """The findings are printed all the same, and it is an environment error."""
    done = annotated(run, tmp_path / "gone" / "summary.md")
    assert done.exit_code == 3
    assert "F102" in done.stdout
    assert "summary.md: No such file or directory" in done.stderr


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_watching_is_not_for_hosts(run: Run, nested: Path, form: str) -> None:
    """A run without an end has no annotations and no one log; the formats that go are named."""
    result = run("check", "--watch", "--output-format", form)
    assert result.exit_code == 2
    assert "full, concise or json" in " ".join(result.stderr.split())
