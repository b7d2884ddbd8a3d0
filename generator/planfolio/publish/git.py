"""The git command line, run so that nothing of the caller's surroundings leads it astray."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from planfolio.exceptions import EnvironmentFailure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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
_PREFIX = re.compile(r"^(?:remote: )?\s*(?:(?:fatal|error|ERROR): )?\s*")
_NOISE = ("hint:", "To ", "error: failed to push some refs")
_NO_REASON = (
    "fatal: Could not read from remote repository.",
    "fatal: the remote end hung up unexpectedly",
    "Please make sure you have the correct access rights",
    "and the repository exists.",
)
_LONGEST = 300

_DUBIOUS = re.compile(r"(?:dubious ownership in|unsafe) repository(?: at)? \(?'([^'\n]*)'")
_AUTHENTICATION = re.compile(
    r"terminal prompts disabled|could not read (?:Username|Password)|Authentication failed"
    r"|Permission denied \(|Invalid username or|Host key verification failed"
)


@dataclass(frozen=True, slots=True)
class Ran:
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

    def run(self, *args: str, stdin: IO[bytes] | None = None, hooks: bool = False) -> Ran:
        """Run a command to its end; no hook is run unless asked, and one is told whose doing it is.

        Raises EnvironmentFailure where git is not installed.
        """
        options = _SETTINGS if hooks else (*_SETTINGS, *_NO_HOOKS)
        told = {UNDER_WAY: "1"} if hooks else {}
        try:
            ended = subprocess.run(  # noqa: S603 - a list of arguments, and no shell
                ["git", *options, *args],  # noqa: S607 - the owner's own
                cwd=self.folder,
                env={**self.environment, **told},
                capture_output=True,
                check=False,
                stdin=stdin or subprocess.DEVNULL,  # git can ask nothing
            )
        except OSError as error:
            raise EnvironmentFailure(
                "git is not installed, or not in PATH", hint="install it: https://git-scm.com"
            ) from error
        err = _COLOURS.sub("", ended.stderr.decode("utf-8", "replace"))
        return Ran(ended.returncode, ended.stdout, err)

    def output(self, *args: str, stdin: IO[bytes] | None = None) -> Ran:
        """Run a command that must not fail. Raises EnvironmentFailure where it does."""
        ran = self.run(*args, stdin=stdin)
        if ran.code:
            raise failed(f"git {args[0]} failed", ran)
        return ran


def git_in(folder: Path, *, environment: Mapping[str, str]) -> Git:
    """Return git for a folder. What a hook's environment says of repositories is ignored."""
    kept = {name: value for name, value in environment.items() if not _ELSEWHERE.fullmatch(name)}
    return Git(folder, {**kept, **_OWN})


def failed(what: str, ran: Ran) -> EnvironmentFailure:
    """Return the failure of a git command: what failed, git's reason in one line, the next step."""
    hint = ""
    if dubious := _DUBIOUS.search(ran.err):
        hint = (
            "the repository belongs to another user; if you trust it: "
            f"git config --global --add safe.directory '{dubious[1]}'"
        )
    elif _AUTHENTICATION.search(ran.err):
        hint = (
            "planfolio asks for no password: set up a credential helper or an SSH key, until "
            "git push works without a question"
        )
    return EnvironmentFailure(f"{what}: {reason(ran)}", hint=hint)


def reason(ran: Ran) -> str:
    """Return why git failed, in one line.

    For a refused push that is what the other side says (`remote: …`), with git's own reason in
    brackets.
    """
    lines = [line.rstrip() for line in ran.err.splitlines()]
    lines = [line for line in lines if line and not line.startswith(_NOISE)]
    refused = refusal(ran)
    if refused is None:
        own = [line for line in lines if line not in _NO_REASON] or lines
        loud = [line for line in own if line.startswith(("fatal:", "error:", "ERROR:"))]
        text = _PREFIX.sub("", (loud or own[-1:] or [f"exit code {ran.code}"])[0])
    else:
        theirs = [line for line in lines if line.startswith("remote: ")]
        loud = [line for line in theirs if re.search(r"error|fatal|denied|GH\d+", line)] or theirs
        text = f"{_PREFIX.sub('', loud[0])} ({refused})" if loud else refused
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def refusal(ran: Ran) -> str | None:
    """Return why `push --porcelain` says that a ref was not taken, or None if it does not."""
    for line in ran.text.splitlines():
        if line.startswith("!\t"):
            summary = line.split("\t")[2]
            bracketed = re.search(r"\((.*)\)\s*$", summary)
            return bracketed[1] if bracketed else summary.strip()
    return None
