"""The workflow files, those of a plan and the project's own: linted, and run as written."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from planfolio import __version__
from planfolio.init.github_workflows import CHECK, PAGES, add_workflows

ROOT = Path(__file__).parents[1]
OWN = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONLINT = Path(sys.executable).parent / "actionlint"
BASE_URL = "https://me.github.io/Some-Repo"
SITE = "plans/mine"

needs_linter = pytest.mark.skipif(
    not ACTIONLINT.is_file() and "CI" not in os.environ, reason="actionlint is not to be had here"
)

EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")
CONDITION = re.compile(r"(steps\.[\w.-]+) == '(\w+)'")

GH = """#!/bin/sh
[ "$*" = "api repos/me/plan/pages --jq .build_type" ] || exit 64
case "$PAGES_SOURCE" in
  none) echo 'gh: Not Found (HTTP 404)' >&2; exit 1 ;;
  unreachable) echo 'gh: Bad Gateway (HTTP 502)' >&2; exit 1 ;;
  *) echo "$PAGES_SOURCE" ;;
esac
"""
"""Stands in for the program of GitHub, which knows how the Pages of a repository are published."""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a git repository with a small plan in a folder of it, as `planfolio init` makes it."""
    top = tmp_path / "repository"
    top.mkdir()
    subprocess.run(["git", "init", "-q", top], check=True)
    subprocess.run(
        [sys.executable, "-m", "planfolio", "init", "-q", SITE], check=True, cwd=top, timeout=60
    )
    # The pin that a published planfolio writes: pip finds that what is installed here is just it.
    for file in (top / ".github").glob("*.txt"):
        file.unlink()
    add_workflows(top / SITE, requirement=f"planfolio=={__version__}")
    return top


class Runner:
    """Stands in for a machine of GitHub's: the variables, and the shell for `run` steps."""

    def __init__(self, home: Path, *, workspace: Path) -> None:
        self.workspace = workspace
        self.temp = home / "temp"
        self.summary = home / "summary.md"
        self.log = ""
        self._bin = home / "bin"
        for folder in (self.temp, self._bin):
            folder.mkdir(parents=True)
        scripts = {"gh": GH}
        for name, words in (("python", ""), ("planfolio", " -m planfolio")):
            scripts[name] = f'#!/bin/sh\nexec "{sys.executable}"{words} "$@"\n'
        for name, text in scripts.items():
            (self._bin / name).write_text(text)
            (self._bin / name).chmod(0o755)

    def run(self, workflow: Mapping[str, Any], job: str, **variables: str) -> int:
        """Run the `run` steps of a job in their order, until one fails; return the last code."""
        values = {
            "steps.pages.outputs.base_url": BASE_URL,
            "runner.temp": str(self.temp),
            "github.token": "token",
        }
        output = self.temp / "output"
        ran = 0
        for step in workflow["jobs"][job]["steps"]:
            if condition := CONDITION.fullmatch(step.get("if", "")):
                if values.get(condition[1]) != condition[2]:
                    continue
            else:
                assert "if" not in step
            if "run" not in step:
                continue
            assert "${{" not in step["run"], "an expression in a script is an injection"
            own = {**workflow.get("env", {}), **step.get("env", {})}
            own = {k: EXPRESSION.sub(lambda m: values[m[1]], v) for k, v in own.items()}
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                check=False,
                cwd=self.workspace,
                env={**self._environment(), **own, **variables, "GITHUB_OUTPUT": str(output)},
                capture_output=True,
                text=True,
                timeout=120,
            )
            self.log += done.stdout + done.stderr
            ran += 1
            for line in output.read_text().splitlines() if output.exists() else ():
                name, _, value = line.partition("=")
                values[f"steps.{step['id']}.outputs.{name}"] = value
            output.unlink(missing_ok=True)
            if done.returncode:
                return done.returncode
        assert ran
        return 0

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self._bin}:{os.environ['PATH']}",
            "HOME": str(self.temp),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "me/plan",
            "GITHUB_WORKSPACE": str(self.workspace),
            "PAGES_SOURCE": "workflow",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self.temp),
            # Nothing is fetched, and nothing is installed into the environment of the tests.
            "PIP_NO_INDEX": "1",
            "PIP_DRY_RUN": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }


def read(file: Path) -> dict[Any, Any]:
    """Return a workflow; YAML 1.1 reads its key `on` as true."""
    workflow: dict[Any, Any] = yaml.safe_load(file.read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in workflow.items()}


def granted(workflow: Mapping[Any, Any]) -> dict[str, dict[str, str]]:
    """Return what each job may do; the workflow itself grants nothing that a job has not named."""
    return {name: job.get("permissions", {}) for name, job in workflow["jobs"].items()}


# What they are


@needs_linter
def test_all_workflows_pass_the_linter(repository: Path) -> None:
    """Keys, expressions, contexts, inputs of actions and events are what GitHub takes."""
    written = [repository / PAGES, repository / CHECK]
    assert len(OWN) >= 3
    done = subprocess.run(
        [ACTIONLINT, "-no-color", *written, *OWN], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")


@needs_linter
def test_the_linter_finds_faults(repository: Path) -> None:
    """The linter of the test before finds faults."""
    file = repository / PAGES
    file.write_text(file.read_text().replace("steps.pages.outputs", "steps.page.outputs"))
    assert subprocess.run([ACTIONLINT, file], check=False, capture_output=True).returncode == 1


def test_each_job_may_do_the_least(repository: Path) -> None:
    """Only what deploys may write, to Pages alone; a pull request may read, and gets no secret."""
    assert granted(read(repository / PAGES)) == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    check = read(repository / CHECK)
    assert granted(check) == {"check": {"contents": "read"}}
    assert list(check["on"]) == ["pull_request"]
    assert "secrets" not in (repository / CHECK).read_text()
    assert granted(read(ROOT / ".github/workflows/release.yml")) == {
        "build": {"contents": "read"},
        "publish": {"id-token": "write"},
    }
    for file in (repository / PAGES, repository / CHECK):
        assert read(file)["permissions"] == {}


def test_pages_are_published_on_push_by_hand_and_once_a_week(repository: Path) -> None:
    """One deployment at a time, and none is cut off; the history comes along."""
    pages = read(repository / PAGES)
    assert set(pages["on"]) == {"push", "workflow_dispatch", "schedule"}
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", pages["on"]["schedule"][0]["cron"])
    assert pages["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert pages["jobs"]["build"]["steps"][0]["with"]["fetch-depth"] == 0
    assert pages["jobs"]["deploy"]["environment"]["name"] == "github-pages"


def test_this_repository_publishes_its_plan_in_the_same_way(repository: Path) -> None:
    """Its own workflow differs in where planfolio comes from, and in the branches."""
    own, written = read(ROOT / ".github/workflows/pages.yml"), read(repository / PAGES)
    install = own["jobs"]["build"]["steps"][2]
    assert install == {"run": "python -m pip install -c constraints.txt ."}
    own["jobs"]["build"]["steps"][2] = written["jobs"]["build"]["steps"][2]
    own["on"]["push"] = written["on"]["push"]
    for key in ("on", "permissions", "concurrency", "jobs"):
        assert own[key] == written[key], key


def test_an_action_has_one_version(repository: Path) -> None:
    """All files use the same major version of an action, and each names one."""
    versions: dict[str, set[str]] = {}
    for file in (repository / PAGES, repository / CHECK, *OWN):
        for action, version in re.findall(r"uses: (\S+)@(\S+)", file.read_text()):
            versions.setdefault(action, set()).add(version)
    assert len(versions) >= 7
    assert {action: found for action, found in versions.items() if len(found) > 1} == {}


# What they do


def test_the_plan_is_checked_and_built_for_its_address(repository: Path, tmp_path: Path) -> None:
    """The commands, as written: annotations, the summary, and a site for the address of Pages."""
    runner = Runner(tmp_path / "runner", workspace=repository)
    assert runner.run(read(repository / PAGES), "build") == 0, runner.log
    assert f"::warning file={SITE}/content/roles/platform-engineer.md,line=3," in runner.log
    assert f"{SITE}/content/roles/platform-engineer.md" in runner.summary.read_text("utf-8")
    site = runner.temp / "site"
    assert (site / "index.html").is_file()
    assert f"<loc>{BASE_URL}/goals/cka/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    steps = read(repository / PAGES)["jobs"]["build"]["steps"]
    (upload,) = [s for s in steps if s.get("uses", "").startswith("actions/upload-pages")]
    assert upload["with"]["path"] == "${{ runner.temp }}/site"
    assert '--output "$RUNNER_TEMP/site"' in steps[steps.index(upload) - 1]["run"]


def test_a_pull_request_is_checked_and_built(repository: Path, tmp_path: Path) -> None:
    """The commands, as written: a sound one passes, and the site that nobody gets is searched for
    leaks; the error is annotated and in the summary, and nothing is built."""
    sound = Runner(tmp_path / "sound", workspace=repository)
    assert sound.run(read(repository / CHECK), "check") == 0, sound.log
    assert (sound.temp / "site/index.html").is_file()
    goal = repository / SITE / "content/goals/cka.md"
    goal.write_text(goal.read_text().replace("due: ", "due: 2026-02-30 # "))
    runner = Runner(tmp_path / "runner", workspace=repository)
    assert runner.run(read(repository / CHECK), "check") == 1
    assert f"::error file={SITE}/content/goals/cka.md,line=3," in runner.log
    assert f"<td><code>{SITE}/content/goals/cka.md:3:6</code></td><td>error</td>" in (
        runner.summary.read_text("utf-8")
    )
    assert not (runner.temp / "site").exists()


@pytest.mark.parametrize(("source", "code"), [("none", 0), ("legacy", 0), ("unreachable", 1)])
def test_without_pages_the_plan_is_checked_and_not_published(
    repository: Path, tmp_path: Path, source: str, code: int
) -> None:
    """Until Pages take a site from Actions a notice says what to set; a failure is no such case."""
    runner = Runner(tmp_path / "runner", workspace=repository)
    pages = read(repository / PAGES)
    assert runner.run(pages, "build", PAGES_SOURCE=source) == code
    assert f"::warning file={SITE}/content/roles/platform-engineer.md,line=3," in runner.log
    assert ("::notice::Nothing was published. In Settings, Pages, " in runner.log) == (code == 0)
    assert ("::error::GitHub Pages cannot be asked" in runner.log) == (code == 1)
    assert not (runner.temp / "site").exists()
    output = pages["jobs"]["build"]["outputs"]["pages-source"]
    assert output == "${{ steps.pages-source.outputs.source }}"
    assert pages["jobs"]["deploy"]["if"] == "needs.build.outputs.pages-source == 'workflow'"


def test_a_copy_of_this_repository_publishes_the_plan_in_it(tmp_path: Path) -> None:
    """Whoever replaces content/ and site.toml has them checked and built by its own workflow."""
    copy = tmp_path / "copy"
    subprocess.run([sys.executable, "-m", "planfolio", "init", "-q", copy], check=True, timeout=60)
    pages = read(ROOT / ".github/workflows/pages.yml")
    steps = pages["jobs"]["build"]["steps"]
    pages["jobs"]["build"]["steps"] = [s for s in steps if "pip install" not in s.get("run", "")]
    runner = Runner(tmp_path / "runner", workspace=copy)
    assert runner.run(pages, "build") == 0, runner.log
    sitemap = (runner.temp / "site/sitemap.xml").read_text("utf-8")
    assert f"<loc>{BASE_URL}/goals/cka/</loc>" in sitemap


def test_only_the_tag_of_the_version_is_released(tmp_path: Path) -> None:
    """The commands, as written: another tag stops the release before anything is built.

    The build itself is the script that continuous integration runs as well.
    """
    release = read(ROOT / ".github/workflows/release.yml")
    steps = release["jobs"]["build"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands[-1] == "bash .ci/wheel dist python"
    assert "bash .ci/wheel " in (ROOT / ".ci/run").read_text()
    release["jobs"]["build"]["steps"] = [s for s in steps if ".ci/wheel" not in s.get("run", "")]
    runner = Runner(tmp_path / "runner", workspace=ROOT)
    assert runner.run(release, "build", GITHUB_REF_NAME=f"v{__version__}") == 0, runner.log
    assert runner.run(release, "build", GITHUB_REF_NAME="v9.9.9") == 1
    assert "::error::The tag is v9.9.9, and the version is " in runner.log


def test_only_what_was_tested_is_released() -> None:
    """The job that may publish takes the files of the job before, and runs nothing of ours."""
    jobs = read(ROOT / ".github/workflows/release.yml")["jobs"]
    assert jobs["publish"]["needs"] == "build"
    assert jobs["publish"]["environment"] == "pypi"
    upload, (download, publish) = jobs["build"]["steps"][-1], jobs["publish"]["steps"]
    assert upload["with"]["name"] == download["with"]["name"] == "dist"
    assert upload["with"]["path"] == download["with"]["path"] == "dist/"
    assert publish == {"uses": "pypa/gh-action-pypi-publish@release/v1"}
