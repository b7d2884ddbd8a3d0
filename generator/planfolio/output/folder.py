"""Which folders may be an output: a build replaces the whole folder, so it must hold no source."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.message_text import visible
from planfolio.output.sitepath import MANIFEST, ManifestUnreadable, folders_of, read_manifest

INSIDE_STAGE = ".planfolio-new"
"""The name of the folder of a new site where that has to be made inside the output."""

DESKTOP_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that desktops put into every folder that somebody opens; they belong to nobody."""

_ELSEWHERE = "give the site a folder of its own"
_NAMED = 3


def refuse_dangerous(output: Path, *, protected: Sequence[Path]) -> None:
    """Raise UsageError unless the folder is one that a build may replace.

    It may be absent, empty, or hold a site that planfolio wrote and nothing else. It may neither
    hold a protected folder nor lie in one, but in one that holds another: the project's root.

    Raises EnvironmentFailure where the folder cannot be read.
    """
    folder = followed(output)
    if reason := _danger(folder, [followed(path) for path in protected]):
        raise _refusal(output, folder, f"{reason}; {_ELSEWHERE}")
    try:
        site_in(output)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise EnvironmentFailure(f"cannot read {visible(str(output))}: {why}") from error


def site_in(output: Path) -> Mapping[str, int] | None:
    """Return the files of the site in a folder with their sizes in bytes; None if it has no site.

    Raises UsageError for a folder that holds anything else, and OSError.
    """
    folder = followed(output)
    if not os.path.lexists(folder):
        return None
    if not folder.is_dir():
        reason = f"there is a file in its place; move it away, or {_ELSEWHERE}"
        raise _refusal(output, folder, reason)
    try:
        listed = read_manifest(folder)
    except ManifestUnreadable as problem:
        reason = (
            f"its {MANIFEST} cannot be trusted to say which files are planfolio's: {problem}; "
            f"delete the folder if nothing in it is yours, or {_ELSEWHERE}"
        )
        raise _refusal(output, folder, reason) from None
    ours, foreign = _survey(folder, listed=listed or frozenset())
    if foreign:
        shown = ", ".join(visible(name) for name in foreign[:_NAMED])
        more = f" and {len(foreign) - _NAMED} more" if len(foreign) > _NAMED else ""
        reason = (
            f"it holds what planfolio did not write: {shown}{more}; move that away, or {_ELSEWHERE}"
        )
        raise _refusal(output, folder, reason)
    return None if listed is None else ours


def followed(path: Path) -> Path:
    """Return the folder behind a path's symlinks, or its absolute path where they lead nowhere."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        return path.absolute()


def _survey(folder: Path, *, listed: frozenset[str]) -> tuple[dict[str, int], list[str]]:
    """Return the listed files that are there with their sizes, and what else there is, sorted.

    A folder of which nothing is listed is named with a slash and not looked into.
    """
    root = os.fspath(folder)
    our_folders = folders_of(listed)
    ours: dict[str, int] = {}
    foreign: list[str] = []
    pending = [""]
    while pending:
        above = pending.pop()
        with os.scandir(f"{root}/{above}") as entries:
            for entry in entries:
                path = above + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if path in our_folders:
                        pending.append(f"{path}/")
                    elif path != INSIDE_STAGE:
                        foreign.append(f"{path}/")
                elif path in listed and entry.is_file(follow_symlinks=False):
                    ours[path] = entry.stat(follow_symlinks=False).st_size
                elif path != MANIFEST and entry.name not in DESKTOP_FILES:
                    foreign.append(path)
    return ours, sorted(foreign)


def _refusal(output: Path, folder: Path, reason: str) -> UsageError:
    leads_to = "" if folder == output.absolute() else f", which is {visible(str(folder))}"
    return UsageError(f"will not write to {visible(str(output))}{leads_to}: {reason}")


def _danger(folder: Path, protected: Sequence[Path]) -> str:
    """Return why a folder may not be an output, whatever is in it."""
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none
    it, *around = map(_identity, (folder, *folder.parents))
    if it == _identity(followed(Path(home))):
        return "it is your home folder"
    holders = {path: [_identity(above) for above in path.parents] for path in protected}
    sources = {path: _identity(path) for path in protected}
    for path, source in sources.items():
        if it == source:
            return "it is itself a folder of sources"
        if it in holders[path]:
            return f"it holds {visible(str(path))}, which is a source"
    for path, source in sources.items():
        is_project = any(source in above for above in holders.values())
        if source in around and not is_project:
            return f"it is inside {visible(str(path))}, which holds sources"
    return ""


def _identity(folder: Path) -> object:
    """Return what is the same for a folder in whatever case and by whatever mount it is named."""
    try:
        status = folder.stat()
    except OSError:
        return folder
    return status.st_dev, status.st_ino
