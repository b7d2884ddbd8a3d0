"""Where a site is published: a branch of a remote repository, known from the plan's repository."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.publish.git import Git, failed, git_in, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADS = "refs/heads/"

_FETCH = (
    *("fetch", "--quiet", "--no-tags", "--no-prune", "--no-auto-gc", "--no-recurse-submodules"),
    *("--no-write-fetch-head", "--refmap=", "--"),
)
_PUSH = ("push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no", "--")

_ADDRESS = re.compile(r"[/:\\]")
_SECRET = re.compile(r"(https?://)[^/@\s]+@")
_STOPPED = re.compile(r"^error: failed to push some refs", re.MULTILINE)
_MOVED = re.compile(r"fetch first|non-fast-forward|stale info|cannot lock ref|failed to update")


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
            raise failed(f"{self.shown_remote} cannot be reached", ran)
        pairs = (line.partition("\t") for line in ran.text.splitlines())
        return next((commit for commit, _, ref in pairs if ref == self.ref), None)

    def fetch(self) -> None:
        """Bring the objects of the branch here. No ref is written, not even FETCH_HEAD."""
        ran = self.git.run(*_FETCH, self.remote, self.ref)
        if ran.code:
            raise failed(f"{self.shown} cannot be fetched", ran)

    def push(self, commit: str) -> None:
        """Make a commit the newest of the branch, which must be one of its parents or new.

        The owner's pre-push hook is run, as for any push. Raises EnvironmentFailure where the push
        is refused, as where the branch has got other commits.
        """
        ran = self.git.run(*_PUSH, self.remote, f"{commit}:{self.ref}", hooks=True)
        if ran.code == 0:
            return
        why = refusal(ran)
        if why is not None and _MOVED.search(why):
            raise moved(self, why)
        by_hook = why is None and _STOPPED.search(ran.err)
        what = "the pre-push hook stopped the push" if by_hook else "the push was refused"
        raise failed(f"{what}; {self.shown} is as it was", ran)


def moved(branch: RemoteBranch, why: str) -> EnvironmentFailure:
    """Return the failure for a branch with commits that were not there when it was looked at."""
    return EnvironmentFailure(
        f"{branch.shown} changed while the site was being published ({why})",
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
    git = git_in(root, environment=environment)
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
        raise failed(f"git does not read the repository of {git.folder}", ran)
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
