"""The git command line, run so that nothing of the caller's surroundings leads it astray."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.publish.outcome import PublishFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_ELSEWHERE = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_DIR",
        "GIT_GLOB_PATHSPECS",
        "GIT_GRAFT_FILE",
        "GIT_ICASE_PATHSPECS",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INDEX_VERSION",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_LITERAL_PATHSPECS",
        "GIT_NAMESPACE",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)
"""What git sets for its hooks, or a caller for another command: it names another repository, index
or reading of paths than that of the plan (`git rev-parse --local-env-vars`, without the variables
of the configuration, which are the caller's wish)."""

_OWN = {
    "GIT_NO_REPLACE_OBJECTS": "1",  # what is looked at must be what is pushed
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LANGUAGE": "en",  # git's reasons stand in sentences of ours; the encoding stays the caller's
}

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.splitIndex": "false",  # it would leave a file beside the index of the repository
    "gc.auto": "0",
    "i18n.commitEncoding": "UTF-8",
    "maintenance.auto": "false",
}

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_SPOKEN = re.compile(r"(?:remote: )?\s*(?:(?:fatal|error|ERROR): )?\s*(?P<said>.*)", re.DOTALL)
_NO_REASON = (
    "fatal: Could not read from remote repository.",
    "fatal: the remote end hung up unexpectedly",
    "Please make sure you have the correct access rights",
    "and the repository exists.",
)
_LONGEST = 300

_AUTHENTICATION = re.compile(
    r"terminal prompts disabled|could not read (?:Username|Password)|Authentication failed"
    r"|Permission denied \(|Invalid username or|Host key verification failed"
)
_DUBIOUS = re.compile(
    r"(?:dubious ownership in|unsafe) repository(?: at)? \(?'(?P<folder>[^'\n]*)'"
)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a git command ended: its exit code, its output, and (without colours) its stderr."""

    code: int
    out: bytes
    err: str


@dataclass(frozen=True, slots=True)
class Git:
    """git, for the repository that holds a folder. `environment` is whole, see `git_in`."""

    program: str
    folder: Path
    environment: Mapping[str, str]

    def run(
        self,
        *args: str,
        data: bytes = b"",
        environment: Mapping[str, str] | None = None,
        hooks: bool = False,
    ) -> Ran:
        """Run a command to its end, with `data` as its input; no hook is run unless asked.

        Raises PublishFailed where git cannot be started at all.
        """
        settings = _SETTINGS if hooks else {**_SETTINGS, "core.hooksPath": os.devnull}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        try:
            ended = subprocess.run(  # noqa: S603 - a list of arguments, and no shell
                [self.program, *options, *args],
                cwd=self.folder,
                env={**self.environment, **(environment or {})},
                capture_output=True,
                check=False,
                input=data,  # an empty one ends at once: no question waits for an answer
            )
        except OSError as error:
            raise PublishFailed(f"git cannot be run: {error.strerror}") from error
        said = _COLOURS.sub("", ended.stderr.decode("utf-8", "replace"))
        return Ran(ended.returncode, ended.stdout, said)

    def output(
        self,
        *args: str,
        data: bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> bytes:
        """Run a command and return what it prints. Raises PublishFailed where it fails."""
        ran = self.run(*args, data=data, environment=environment)
        if ran.code:
            raise failed(f"git {args[0]} failed", ran)
        return ran.out


def git_in(folder: Path, *, environment: Mapping[str, str]) -> Git:
    """Return git for a folder. What a hook's environment says of repositories is not heard.

    Raises PublishFailed where git is not installed.
    """
    program = shutil.which("git", path=environment.get("PATH"))
    if program is None:
        raise PublishFailed(
            "git is not installed, or not in PATH", hint="install it: https://git-scm.com"
        )
    kept = {name: value for name, value in environment.items() if name not in _ELSEWHERE}
    return Git(program, folder, {**kept, **_OWN})


def failed(what: str, ran: Ran) -> PublishFailed:
    """Return the failure of a git command: what failed, git's reason in one line, the next step."""
    return PublishFailed(f"{what}: {reason(ran)}", hint=_way_out(ran.err))


def reason(ran: Ran) -> str:
    """Return why git failed, in one line.

    For a refused push that is the word of the other side (`remote: …`) with git's own in brackets.
    """
    lines = [line.rstrip() for line in ran.err.splitlines()]
    said = [line for line in lines if line.strip() and not line.startswith(("hint:", "To "))]
    summary = refusal(ran)
    if summary is not None:
        theirs = _bare([line for line in said if line.startswith("remote:")])
        loud = [line for line in theirs if re.search(r"error|fatal|denied|GH\d+", line)] or theirs
        return _short(f"{_plain(loud[0])} ({summary})" if loud else summary)
    own = [line for line in said if not line.startswith("error: failed to push some refs")]
    telling = [line for line in own if line not in _NO_REASON] or own
    loud = [line for line in telling if line.startswith(("fatal:", "error:", "ERROR:"))]
    best = loud or telling[-1:] or [f"exit code {ran.code}"]
    return _short(_plain(best[0]))


def refusal(ran: Ran) -> str | None:
    """Return why `push --porcelain` says that a ref was not taken, or None if it does not."""
    for line in ran.out.decode("utf-8", "replace").splitlines():
        flag, _, rest = line.partition("\t")
        if flag == "!":
            summary = rest.partition("\t")[2]
            bracketed = re.search(r"\((.*)\)\s*$", summary)
            return bracketed[1] if bracketed else summary.strip()
    return None


def _bare(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.removeprefix("remote:").strip()]


def _plain(line: str) -> str:
    match = _SPOKEN.match(line)
    return (match["said"] if match else line).strip()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _way_out(err: str) -> str:
    if dubious := _DUBIOUS.search(err):
        folder = dubious["folder"]
        return (
            "the repository belongs to another user; if you trust it: "
            f"git config --global --add safe.directory '{folder}'"
        )
    if _AUTHENTICATION.search(err):
        return (
            "planfolio asks for no password: set up a credential helper or an SSH key, until "
            "git push works without a question"
        )
    return ""
