"""Runs git in a clean environment, and reads and pushes one branch of a remote repository."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from planfolio.exceptions import EnvironmentFailure, UsageError

UNDER_WAY = "PLANFOLIO_PUBLISHING"
"""The variable that tells a pre-push hook, and a publish that it starts, whose push that is."""

_ELSEWHERE = re.compile(
    r"GIT_(?:ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|CONFIG|DIR|GRAFT_FILE|IMPLICIT_WORK_TREE"
    r"|INDEX_\w+|INTERNAL_\w+|NAMESPACE|OBJECT_DIRECTORY|PREFIX|REPLACE_REF_BASE|SHALLOW_FILE"
    r"|WORK_TREE|\w+_PATHSPECS)"
)
"""What git sets for its hooks: it names another repository or index than that of the plan."""

_OWN = {
    "GIT_NO_REPLACE_OBJECTS": "1",  # replaced objects are not what is pushed
    "GIT_TERMINAL_PROMPT": "0",
    "LANGUAGE": "en",  # messages of git are quoted in English ones
}
_SETTINGS = ("-c", "gc.auto=0", "-c", "maintenance.auto=false")
_NO_HOOKS = ("-c", f"core.hooksPath={os.devnull}")

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

_AUTHENTICATION = re.compile(
    r"terminal prompts disabled|could not read (?:Username|Password)|Authentication failed"
    r"|Permission denied \(|Invalid username or|Host key verification failed"
)
_NO_QUESTION = (
    "planfolio asks for no password: set up a credential helper or an SSH key, until git push "
    "works without a question"
)

_HEADS = "refs/heads/"

_FETCH = (
    *("fetch", "--quiet", "--no-tags", "--no-prune", "--no-auto-gc", "--no-recurse-submodules"),
    *("--no-write-fetch-head", "--refmap=", "--"),
)
_PUSH = ("push", "--no-follow-tags", "--recurse-submodules=no", "--")

_ADDRESS = re.compile(r"[/:\\]")
_SECRET = re.compile(r"(https?://)[^/@\s]+@")
_REFUSED = re.compile(r"^ ! \[", re.MULTILINE)
_STOPPED = re.compile(r"^error: failed to push some refs", re.MULTILINE)
_MOVED = re.compile(
    r"^ ! .*(?:fetch first|non-fast-forward|stale info|cannot lock ref|failed to update)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class GitResult:
    """How a git command ended: its exit code, its output, and (without colours) its stderr."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """The output as text, without the last line end."""
        return self.out.decode("utf-8", "surrogateescape").removesuffix("\n")


@dataclass(frozen=True, slots=True)
class Git:
    """git, for the repository that holds a folder."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, *args: str, stdin: IO[bytes] | None = None, hooks: bool = False) -> GitResult:
        """Run a command to its end. With `hooks` hooks run, and are told that planfolio publishes.

        Raises EnvironmentFailure where git is not installed.
        """
        options = _SETTINGS if hooks else (*_SETTINGS, *_NO_HOOKS)
        publishing = {UNDER_WAY: "1"} if hooks else {}
        try:
            ended = subprocess.run(  # noqa: S603 - a list of arguments, and no shell
                ["git", *options, *args],  # noqa: S607 - the owner's own
                cwd=self.folder,
                env={**self.environment, **publishing},
                capture_output=True,
                check=False,
                stdin=stdin or subprocess.DEVNULL,  # git can ask nothing
            )
        except OSError as error:
            raise EnvironmentFailure(
                "git is not installed, or not in PATH", hint="install it: https://git-scm.com"
            ) from error
        err = _COLOURS.sub("", ended.stderr.decode("utf-8", "replace"))
        return GitResult(ended.returncode, ended.stdout, err)

    def output(self, *args: str, stdin: IO[bytes] | None = None) -> GitResult:
        """Run a command that must not fail. Raises EnvironmentFailure where it does."""
        ran = self.run(*args, stdin=stdin)
        if ran.code:
            raise _failed(f"git {args[0]} failed", ran)
        return ran


@dataclass(frozen=True, slots=True)
class RemoteBranch:
    """A branch of a remote repository.

    `remote` is a name that git knows, or an address. `prefix` is the folder of the plan in its own
    repository, with a slash at its end, or empty.
    """

    git: Git
    prefix: str
    remote: str
    branch: str

    @property
    def ref(self) -> str:
        """The full name of the branch."""
        return _HEADS + self.branch

    @property
    def shown_remote(self) -> str:
        """The remote as it may be printed: without a password."""
        return _SECRET.sub(r"\1", self.remote)

    @property
    def shown(self) -> str:
        """The branch and its remote, for a sentence."""
        return f"{self.branch} of {self.shown_remote}"

    def head(self) -> str | None:
        """Ask the remote for the newest commit of the branch; None if it has no such branch."""
        ran = self.git.run("ls-remote", "--heads", "--refs", "--", self.remote, self.ref)
        if ran.code:
            raise _failed(f"{self.shown_remote} cannot be reached", ran)
        pairs = (line.partition("\t") for line in ran.text.splitlines())
        return next((commit for commit, _, ref in pairs if ref == self.ref), None)

    def fetch(self) -> None:
        """Bring the objects of the branch here. No ref is written, not even FETCH_HEAD."""
        ran = self.git.run(*_FETCH, self.remote, self.ref)
        if ran.code:
            raise _failed(f"{self.shown} cannot be fetched", ran)

    def push(self, commit: str) -> None:
        """Make a commit the newest of the branch, which must be one of its parents or new.

        The owner's pre-push hook is run, as for any push. Raises EnvironmentFailure where the push
        is refused, as where the branch has got other commits.
        """
        ran = self.git.run(*_PUSH, self.remote, f"{commit}:{self.ref}", hooks=True)
        if ran.code == 0:
            return
        if _MOVED.search(ran.err):
            raise branch_moved(self)
        by_hook = _STOPPED.search(ran.err) and not _REFUSED.search(ran.err)
        what = "the pre-push hook stopped the push" if by_hook else "the push was refused"
        raise _failed(f"{what}; {self.shown} is as it was", ran)


def branch_moved(branch: RemoteBranch) -> EnvironmentFailure:
    """Return the failure for a branch with commits that were not there when it was looked at."""
    return EnvironmentFailure(
        f"{branch.shown} changed while the site was being published",
        hint="publish again: the site then comes on top of what is there",
    )


def open_branch(
    root: Path, *, remote: str, branch: str, environment: Mapping[str, str]
) -> RemoteBranch:
    """Return the branch to publish to, from the folder of site.toml; the remote is not asked yet.

    `environment` is that of the process. Raises UsageError where there is no repository, no such
    remote, or the name can be no branch, and EnvironmentFailure where git is missing or does not
    trust the folder.
    """
    kept = {name: value for name, value in environment.items() if not _ELSEWHERE.fullmatch(name)}
    git = Git(root, {**kept, **_OWN})
    prefix = _prefix(git)
    if git.run("check-ref-format", _HEADS + branch).code or branch.startswith("-"):
        raise UsageError(f"{branch!r} cannot be the name of a branch")
    return RemoteBranch(git, prefix, _remote(git, remote), branch)


def _prefix(git: Git) -> str:
    """Return the folder of the plan in its repository."""
    ran = git.run("rev-parse", "--show-prefix")
    if ran.code and "not a git repository" in ran.err:
        raise UsageError(
            f"{git.folder} is in no git repository",
            hint="git init makes one; then git remote add origin ADDRESS",
        )
    if ran.code:
        raise _failed(f"git does not read the repository of {git.folder}", ran)
    return ran.text


def _remote(git: Git, remote: str) -> str:
    """Return the remote as git takes it from the folder of the plan."""
    names = git.output("remote").text.splitlines()
    if remote in names:
        return remote
    if Path(remote).is_dir():
        return str(Path(remote).absolute())
    if _ADDRESS.search(remote):
        return remote
    if not names:
        raise UsageError(
            f"the repository has no remote {remote!r} to publish to",
            hint=f"git remote add {remote} ADDRESS, with the address that your git host shows",
        )
    raise UsageError(
        f"the repository has no remote {remote!r}; it has {', '.join(names)}",
        hint=f"planfolio publish --remote {names[0]}, or git remote add {remote} ADDRESS",
    )


def _failed(what: str, ran: GitResult) -> EnvironmentFailure:
    """Return the failure of a git command: what failed, what git says of it, the next step."""
    lines = [line.rstrip() for line in _SECRET.sub(r"\1", ran.err).splitlines()]
    said = [f"  {line}" for line in lines if line] or [f"  exit code {ran.code}"]
    hint = _NO_QUESTION if _AUTHENTICATION.search(ran.err) else ""
    return EnvironmentFailure("\n".join([f"{what}. git says:", *said]), hint=hint)
