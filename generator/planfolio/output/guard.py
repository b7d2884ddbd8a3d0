"""Which folders may be an output at all.

A build replaces a whole folder. A slip in a path must not turn that against the owner's sources,
their home, or anything else that planfolio did not write.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from planfolio.output.manifest import Manifest, ManifestUnreadable, read_manifest
from planfolio.output.outcome import OutputRefused, failure, shown
from planfolio.output.scratch import is_own_litter
from planfolio.output.sitepath import MANIFEST

_ELSEWHERE = "give the site a folder of its own"
_NOWHERE = (OSError, RuntimeError, ValueError)  # RuntimeError: a loop of links, before 3.13


def refuse_dangerous(output: Path, *, protected: Sequence[Path]) -> None:
    """Raise OutputRefused unless the folder is one that a build may replace.

    It may be absent, empty, or hold our manifest. Symlinks are followed first: what counts is
    the folder that would be written. No protected folder may be the output or lie inside it, and
    the output may not lie inside one, with one exception: a protected folder that itself holds
    another one (the project's root, which holds the content) may hold the output as well.

    Raises OutputFailed where the system does not let us look.
    """
    folder = resolved(output)
    try:
        reason = next(_of_place(folder), None) or next(
            _of_protected(folder, protected=protected), None
        )
        if reason is not None:
            raise _refusal(output, folder, reason)
        manifest_in(output)
    except OSError as error:
        raise failure(error, output=output, state="nothing was changed") from error


def manifest_in(output: Path) -> Manifest | None:
    """Return the manifest of an output, None for one that is absent or empty.

    Raises OutputRefused for a folder that holds anything, but no manifest that can be trusted.
    """
    folder = resolved(output)
    if not os.path.lexists(folder):
        return None
    if not folder.is_dir():
        reason = f"there is a file in its place; move it away, or {_ELSEWHERE}"
        raise _refusal(output, folder, reason)
    try:
        manifest = read_manifest(folder)
    except ManifestUnreadable as problem:
        reason = (
            f"its {MANIFEST} cannot be trusted to say which files are planfolio's: {problem}; "
            f"delete the folder if nothing in it is yours, or {_ELSEWHERE}"
        )
        raise _refusal(output, folder, reason) from None
    if manifest is not None:
        return manifest
    if os.path.lexists(folder / ".git"):
        reason = f"it is a git repository, not a site by planfolio; {_ELSEWHERE}"
        raise _refusal(output, folder, reason)
    foreign = sorted(path.name for path in folder.iterdir() if not is_own_litter(path))
    if foreign:
        reason = (
            f"it holds files that planfolio did not write, such as {shown(foreign[0])}; "
            f"empty it, or {_ELSEWHERE}"
        )
        raise _refusal(output, folder, reason)
    return None


def resolved(output: Path) -> Path:
    """Return the folder behind the output's symlinks. Raises OutputRefused where there is none."""
    try:
        return output.resolve()
    except _NOWHERE:
        raise OutputRefused(
            f"will not write to {shown(output)}: the path leads nowhere; {_ELSEWHERE}"
        ) from None


def _refusal(output: Path, folder: Path, reason: str) -> OutputRefused:
    followed = "" if folder == output.absolute() else f", which is {shown(folder)}"
    return OutputRefused(f"will not write to {shown(output)}{followed}: {reason}")


def _of_place(folder: Path) -> Iterator[str]:
    if folder == folder.parent:
        yield f"it is the root of the filesystem; {_ELSEWHERE}"
    home = _home()
    if home is not None and _same(folder, home):
        yield f"it is your home folder; {_ELSEWHERE}"
    if home is not None and _holds(folder, home):
        yield f"it holds your home folder; {_ELSEWHERE}"
    if ".git" in folder.parts:
        yield f"it is inside the .git folder of a repository; {_ELSEWHERE}"
    for above in folder.parents:
        if above.exists():
            if not above.is_dir():
                yield f"{shown(above)} is a file; {_ELSEWHERE}"
            break


def _of_protected(folder: Path, *, protected: Sequence[Path]) -> Iterator[str]:
    kept = [_followed(path) for path in protected]
    for path in kept:
        if _same(folder, path):
            yield f"it is itself a folder of sources; {_ELSEWHERE}"
        if _holds(folder, path):
            yield f"it holds {shown(path)}, which is a source; {_ELSEWHERE}"
    for path in kept:
        is_project = any(_holds(path, other) for other in kept)
        if _holds(path, folder) and not is_project:
            yield f"it is inside {shown(path)}, which holds sources; {_ELSEWHERE}"


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except _NOWHERE:
        return None


def _followed(path: Path) -> Path:
    try:
        return path.resolve()
    except _NOWHERE:
        return path.absolute()


def _holds(outer: Path, inner: Path) -> bool:
    """Whether `inner` lies below `outer`, in whatever case or by whatever mount it is named."""
    return outer in inner.parents or any(_same(outer, above) for above in inner.parents)


def _same(first: Path, second: Path) -> bool:
    if first == second:
        return True
    try:
        return first.samefile(second)
    except OSError:
        return False
