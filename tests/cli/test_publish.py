"""Tests of `planfolio publish`, against a real bare repository."""

import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, Ran, Run
from tests.publish.repositories import Repository, bare, surroundings

from planfolio.model.visibility import Visibility
from planfolio.output.sitepath import MANIFEST, encode_manifest
from planfolio.pipeline import Today, build

GOAL = "---\ntitle: Pass the CKA exam\ndue: 2026-12-31\neffort: 40h\n---\n\n- [ ] Book it\n"
QUIET = "---\ntitle: Leave quietly\nvisibility: private\ndue: 2026-12-31\n---\nCanaryword.\n"
FILES = {"content/goals/cka.md": GOAL, "content/goals/secret.md": QUIET}
DAY = "2026-10-01"


@dataclass(frozen=True, slots=True)
class Place:
    """A plan in a repository with uncommitted changes, and the bare one that it publishes to."""

    work: Repository
    remote: Repository
    run: Run

    def publish(self, *args: str) -> Ran:
        """Run the command in the folder of the plan, in this process."""
        command = ["publish", "--site", self.work.folder, "--as-of", DAY, *args]
        return self.run(*command, **self.work.environment)

    def made(self, today: Today) -> dict[str, bytes]:
        """Return what a build makes for the public, with what a published branch has beside it."""
        made = build(self.work.folder, today=today, audience=Visibility.PUBLIC)
        assert made.files is not None
        site = {**made.files, ".nojekyll": b""}
        return {**site, MANIFEST: encode_manifest(site)}


@pytest.fixture
def place(plan: MakePlan, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A plan with a private record, committed in part, that has an origin."""
    environment = surroundings(tmp_path / "home")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    remote = bare(tmp_path / "remote.git", environment)
    work = Repository(plan(FILES), environment)
    work.git("init", "-q")
    work.git("remote", "add", "origin", str(remote.folder))
    work.commit_all()
    work.write({"content/goals/cka.md": GOAL + "- [x] Read about it\n", "draft.txt": "draft\n"})
    return Place(work, remote, run)


def test_the_branch_holds_what_a_public_build_makes(place: Place, today: Today) -> None:
    """Byte for byte, uncommitted changes included, and nothing of the repository is touched."""
    before = place.work.state()
    result = place.publish()
    assert (result.exit_code, result.stdout) == (0, "")
    assert place.remote.tree("gh-pages") == place.made(today)
    assert place.remote.log("gh-pages") == [f"Publish the plan as of {DAY}"]
    assert place.work.state() == before
    commit = place.remote.branches()["gh-pages"]
    *_, said, github = result.stderr.splitlines()
    assert re.fullmatch(rf"Published to gh-pages of origin, commit {commit[:10]}: \d+ new\.", said)
    assert github.startswith("On GitHub, choose this branch once: Settings, Pages")


def test_a_dry_run_lists_what_it_would_do(place: Place) -> None:
    """A path a line on stdout with what becomes of it; nothing is pushed."""
    first = place.publish("--dry-run")
    assert "added    goals/cka/index.html\n" in first.stdout
    assert "one commit to gh-pages of origin, which would be made: " in first.stderr
    assert place.remote.branches() == {}
    place.publish()
    (place.work.folder / "content/goals/cka.md").rename(place.work.folder / "content/goals/k.md")
    before = place.remote.branches()
    second = place.publish("-n")
    listed = second.stdout.splitlines()
    assert "added    goals/k/index.html" in listed
    assert "changed  index.html" in listed
    assert "removed  goals/cka/index.html" in listed
    assert not any(MANIFEST in line for line in listed)
    assert "would be made" not in second.stderr
    assert place.remote.branches() == before


def test_branch_remote_and_message_are_the_owners_choice(place: Place, tmp_path: Path) -> None:
    """They are heard, and origin gets nothing."""
    public = bare(tmp_path / "public.git", place.work.environment)
    place.work.git("remote", "add", "site", str(public.folder))
    place.publish("--remote", "site", "--branch", "pages/live", "--message", "Über alles\n\nMore.")
    assert public.log("pages/live") == ["Über alles"]
    assert public.text("log", "-1", "--format=%b", "pages/live").strip() == "More."
    assert place.remote.branches() == {}


def test_errors_in_the_plan_stop_it(place: Place) -> None:
    """They are shown with their place, the exit code is 1, and the branch stays as it is; so it
    does where nothing has changed, which is said."""
    place.publish()
    before = place.remote.branches()
    again = place.publish()
    nothing = "Nothing has changed on gh-pages of origin: nothing was pushed.\n"
    assert (again.exit_code, again.stderr) == (0, nothing)
    place.work.write({"content/goals/cka.md": "---\ntitle: A\ndue: soon\n---\n"})
    result = place.publish()
    assert result.exit_code == 1
    assert "error[F102]" in result.stderr
    assert result.stderr.endswith("\nNothing was published: 1 error in 1 file.\n")
    assert place.remote.branches() == before


def test_what_no_site_can_hide_is_a_warning(place: Place) -> None:
    """Said once, with the way out, with each push and dry run of a plan that hides something."""
    for options in (["--dry-run"], []):
        result = place.publish(*options)
        assert result.exit_code == 0
        assert result.stderr.count("warning: ") == 1
        assert "whoever can read origin can read all that is pushed there" in result.stderr
        assert "\n  help: keep the plan in a private repository" in result.stderr
    assert "warning" not in place.publish().stderr  # nothing is pushed
    place.work.write({"content/goals/secret.md": QUIET.replace("private", "public")})
    assert "warning" not in place.publish().stderr


def test_without_a_name_it_says_whose_the_commit_is(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The publish goes on in planfolio's name, and the way to one's own is told."""
    (place.work.folder.parent / "home/gitconfig").write_text("")
    monkeypatch.delenv("EMAIL", raising=False)
    result = place.publish()
    assert result.exit_code == 0
    assert "so the commit is by planfolio; git config user.name" in result.stderr


@pytest.mark.parametrize("linked", [False, True], ids=["main", "linked"])
def test_it_can_be_called_from_a_hook(place: Place, today: Today, linked: bool) -> None:
    """After each commit, with all that git tells its hooks, in any work tree."""
    work = place.work
    work.git("checkout", "-q", "--", ".")
    if linked:
        folder = work.folder.parent / "linked"
        work.git("worktree", "add", "-q", "--detach", str(folder))
        work = Repository(folder, place.work.environment)
    publish = shlex.join([sys.executable, "-m", "planfolio", "publish", "--as-of", DAY])
    place.work.hook("post-commit", f"{publish} >&2")
    work.write({"draft.txt": "more\n"})
    work.git("add", "draft.txt")
    work.git("commit", "-q", "-m", "Work")
    assert place.remote.tree("gh-pages") == place.made(today)
    assert work.text("status", "--porcelain", "--untracked-files=no") == ""
    assert work.text("log", "-1", "--format=%s") == "Work"


def test_a_pre_push_hook_that_publishes_does_not_call_itself(place: Place, today: Today) -> None:
    """`git push` publishes once: the push of the publish leaves the next one alone."""
    count = place.work.folder.parent / "count"
    publish = shlex.join([sys.executable, "-m", "planfolio", "publish", "--as-of", DAY])
    place.work.hook("pre-push", f'echo run >> "{count}"; {publish}')
    place.work.git("push", "-q", "origin", "main")
    assert count.read_text() == "run\nrun\n"
    assert set(place.remote.branches()) == {"main", "gh-pages"}
    assert place.remote.tree("gh-pages") == place.made(today)
    assert len(place.remote.log("gh-pages")) == 1
