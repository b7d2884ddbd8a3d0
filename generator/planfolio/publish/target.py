"""Where a site is published: a branch of a remote repository, known from the plan's repository."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.publish.git import Git, failed, git_in, refusal
from planfolio.publish.outcome import PublishRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADS = "refs/heads/"

_ADDRESS = re.compile(r"[/:\\]")
_SECRET = re.compile(r"(https?://)[^/@\s]+@")
_STOPPED = re.compile(r"^error: failed to push some refs", re.MULTILINE)
_MOVED_ON = re.compile(r"fetch first|non-fast-forward|stale info|cannot lock ref|failed to update")


class MovedOn(Exception):  # noqa: N818 - the state of the branch, not a kind of error
    """The branch has commits that were not there when it was looked at; the message is git's."""


@dataclass(frozen=True, slots=True)
class Target:
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
        return HEADS + self.branch

    @property
    def shown_remote(self) -> str:
        """The remote as it may be printed: without a password."""
        return _SECRET.sub(r"\1", self.remote)

    @property
    def shown(self) -> str:
        """The branch and its remote, for a sentence."""
        return f"{self.branch} of {self.shown_remote}"

    def heads(self) -> dict[str, str]:
        """Ask the remote for its branches; return the commit of each full name."""
        ran = self.git.run("ls-remote", "--heads", "--refs", "--", self.remote)
        if ran.code:
            raise failed(f"{self.shown_remote} cannot be reached", ran)
        lines = ran.out.decode("utf-8", "surrogateescape").splitlines()
        return {ref: commit for commit, _, ref in (line.partition("\t") for line in lines)}

    def fetch(self) -> None:
        """Bring the objects of the branch here. No ref is written, not even FETCH_HEAD."""
        ran = self.git.run(
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-prune",
            "--no-auto-gc",
            "--no-recurse-submodules",
            "--no-write-fetch-head",
            "--refmap=",
            "--",
            self.remote,
            self.ref,
        )
        if ran.code:
            raise failed(f"{self.shown} cannot be fetched", ran)

    def has(self, commit: str) -> bool:
        """Whether a commit is in the repository of the plan."""
        return self.git.run("cat-file", "-e", f"{commit}^{{commit}}").code == 0

    def push(self, commit: str) -> None:
        """Make a commit the newest of the branch, which must be one of its parents or new.

        The owner's pre-push hook is run, as for any push; PLANFOLIO_PUBLISHING tells it (and a
        publish that it starts) whose push that is. Raises MovedOn where the branch has got other
        commits, and PublishFailed where the push is refused for good.
        """
        ran = self.git.run(
            "push",
            "--porcelain",
            "--no-follow-tags",
            "--recurse-submodules=no",
            "--",
            self.remote,
            f"{commit}:{self.ref}",
            environment={UNDER_WAY: "1"},
            hooks=True,
        )
        if ran.code == 0:
            return
        why = refusal(ran)
        if why is not None and _MOVED_ON.search(why):
            raise MovedOn(why)
        by_hook = why is None and _STOPPED.search(ran.err)
        what = "the pre-push hook stopped the push" if by_hook else "the push was refused"
        raise failed(f"{what}; {self.shown} is as it was", ran)


UNDER_WAY = "PLANFOLIO_PUBLISHING"
"""The variable that tells a pre-push hook that the push is one of `planfolio publish`."""


def open_target(root: Path, *, remote: str, branch: str, environment: Mapping[str, str]) -> Target:
    """Return the branch to publish to, from the folder of site.toml; the remote is not asked yet.

    `environment` is that of the process. Raises PublishRefused where there is no repository, no
    such remote, or the name can be no branch, and PublishFailed where git is missing or does not
    trust the folder.
    """
    git = git_in(root, environment=environment)
    prefix = _prefix(git)
    if git.run("check-ref-format", HEADS + branch).code or branch.startswith("-"):
        raise PublishRefused(f"{branch!r} cannot be the name of a branch")
    return Target(git, prefix, _remote(git, remote), branch)


def _prefix(git: Git) -> str:
    """Return the folder of the plan in its repository."""
    ran = git.run("rev-parse", "--is-inside-work-tree", "--show-prefix")
    if ran.code and "not a git repository" in ran.err:
        raise PublishRefused(
            f"{git.folder} is in no git repository",
            hint="git init makes one; then git remote add origin ADDRESS",
        )
    if ran.code:
        raise failed(f"git does not read the repository of {git.folder}", ran)
    inside, _, prefix = ran.out.decode("utf-8", "surrogateescape").partition("\n")
    if inside != "true":
        raise PublishRefused(f"{git.folder} is inside a .git folder, and no work tree")
    return prefix.removesuffix("\n")


def _remote(git: Git, remote: str) -> str:
    """Return the remote as git takes it from the folder of the plan."""
    names = git.output("remote").decode("utf-8", "surrogateescape").splitlines()
    if remote in names:
        return remote
    if Path(remote).is_dir():
        return str(Path(remote).absolute())
    if _ADDRESS.search(remote):
        return remote
    if not names:
        raise PublishRefused(
            f"the repository has no remote {remote!r} to publish to",
            hint=f"git remote add {remote} ADDRESS, with the address that your git host shows",
        )
    raise PublishRefused(
        f"the repository has no remote {remote!r}; it has {', '.join(names)}",
        hint=f"planfolio publish --remote {names[0]}, or git remote add {remote} ADDRESS",
    )
