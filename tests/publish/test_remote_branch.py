"""Tests of where a site can be published, and of what is said where it cannot."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.publish.conftest import Publish
from tests.publish.repositories import Repository

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.publish.git import open_branch

FILES = {"index.html": b"home"}


@pytest.fixture
def locked_host() -> Iterator[str]:
    """A git host on this machine that lets nobody in without a password."""

    class Locked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Locked)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_without_a_repository_the_next_step_is_told(put: Publish, tmp_path: Path) -> None:
    """A folder that git does not know is a usage error; the hint is git init."""
    (tmp_path / "bare-folder").mkdir()
    ceiling = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    with pytest.raises(UsageError, match="is in no git repository") as refusal:
        put(FILES, root=tmp_path / "bare-folder", **ceiling)
    assert refusal.value.exit_code == 2
    assert refusal.value.hint.startswith("git init")


def test_without_git_it_is_said_so(work: Repository, tmp_path: Path) -> None:
    """A PATH without git is the machine's matter: exit code 3."""
    environment = {**work.environment, "PATH": str(tmp_path)}
    with pytest.raises(EnvironmentFailure, match="git is not installed") as failure:
        open_branch(work.folder, remote="origin", branch="gh-pages", environment=environment)
    assert failure.value.exit_code == 3


def test_another_users_repository_is_told_with_the_way_out(put: Publish, work: Repository) -> None:
    """git's dubious ownership is not worked around; git names the setting that trusts it."""
    with pytest.raises(EnvironmentFailure, match="dubious ownership") as failure:
        put(FILES, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    way_out = f"git config --global --add safe.directory {work.folder}"
    assert way_out in failure.value.message


def test_without_a_remote_the_next_step_is_told(put: Publish, work: Repository) -> None:
    """A slip of the pen is not taken for an address; a repository that knows no other one is a
    usage error with git remote add."""
    with pytest.raises(UsageError, match="no remote 'orign'; it has origin"):
        put(FILES, remote="orign")
    work.git("remote", "remove", "origin")
    with pytest.raises(UsageError, match="has no remote 'origin'") as refusal:
        put(FILES)
    assert refusal.value.hint.startswith("git remote add origin ADDRESS")


@pytest.mark.parametrize("name", ["", "a b", "-f", "a..b", "x.lock", "HEAD^", "refs/heads/"])
def test_a_name_that_is_no_branch_is_refused(put: Publish, name: str) -> None:
    """It is checked before anything else is done."""
    with pytest.raises(UsageError, match="cannot be the name of a branch"):
        put(FILES, branch=name)


def test_a_remote_that_is_gone_is_told_in_gits_words(put: Publish, work: Repository) -> None:
    """All that git says follows, line by line."""
    work.git("remote", "set-url", "origin", str(work.folder / "gone.git"))
    with pytest.raises(EnvironmentFailure) as failure:
        put(FILES)
    gone = work.folder / "gone.git"
    assert failure.value.message.startswith(
        "origin cannot be reached. git says:\n"
        f"  fatal: '{gone}' does not appear to be a git repository\n"
        "  fatal: Could not read from remote repository.\n"
        "  Please make sure"
    )


@pytest.mark.parametrize("user", ["", "ada:hunter2@"])
def test_no_password_is_asked_for_or_printed(put: Publish, locked_host: str, user: str) -> None:
    """A host that wants one is a failure with the way out, not a question that nobody answers; one
    in an address is in no message, ours or git's."""
    with pytest.raises(EnvironmentFailure) as failure:
        put(FILES, remote=f"http://{user}{locked_host}/plan.git")
    assert locked_host in failure.value.message
    assert "hunter2" not in failure.value.message + failure.value.hint
    assert "credential helper" in failure.value.hint


def test_an_option_for_a_remote_is_none(put: Publish, tmp_path: Path) -> None:
    """A remote that looks like an option of git's is taken as an address."""
    made = tmp_path / "made"
    with pytest.raises(EnvironmentFailure):
        put(FILES, remote=f"--upload-pack=touch {made};/")
    assert not made.exists()


def test_a_relative_address_starts_here(
    put: Publish, remote: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`../site.git` is seen from where the command is given, not from the folder of the plan."""
    monkeypatch.chdir(remote.folder.parent)
    put(FILES, remote=remote.folder.name)
    assert "gh-pages" in remote.branches()
