"""New plans: a small one to begin with, or a copy of the example."""

import os
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from zoneinfo import available_timezones

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.model.values.dates import quarter_after

CONTENT_PREFIX = "content/"

_IGNORED = b"/public/"
"""The line of .gitignore for the output."""


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """Which files were written and which existed and were kept, as paths relative to the folder.

    `left_out` tells that files were left out because the folder has its own: records of a plan, or
    a workflow that publishes.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    left_out: bool = False


def write_missing(folder: Path, files: Mapping[str, bytes], *, alone: bool = False) -> WrittenFiles:
    """Write the files that a folder lacks, and the lines that its .gitignore lacks.

    Where content/ has other Markdown, no records are added; with `alone` that is a UsageError.
    Nothing is overwritten. Raises EnvironmentFailure where the folder cannot be written.
    """
    own = _has_own_records(folder, files)
    if own and alone:
        raise UsageError(
            f"{folder} already has a plan in content/, and the example would mix with it",
            hint="name another folder: planfolio init --example demo",
        )
    wanted = {
        path: data for path, data in files.items() if not (own and path.startswith(CONTENT_PREFIX))
    }
    written: list[str] = []
    kept: list[str] = []
    for path, data in wanted.items():
        (written if create_file(folder / path, data) else kept).append(path)
    (written if _ignore_output(folder / ".gitignore") else kept).append(".gitignore")
    return WrittenFiles(tuple(written), tuple(kept), left_out=own)


def starter_files(today: date, *, timezone: str = "UTC") -> dict[str, bytes]:
    """Return the smallest useful plan by path; its goal is due in the quarter after next."""
    lines = {
        b"due: QUARTER": f"due: {quarter_after(today, quarters=2)}",
        b"start = TODAY": f"start = {today.isoformat()}",
        b'timezone = "UTC"               ': f'timezone = "{timezone}"'.ljust(28) + "   ",
    }
    with resources.as_file(resources.files("planfolio.init") / "starter") as root:
        files = _files_in(root)
    for line, filled in lines.items():
        files = {path: data.replace(line, filled.encode()) for path, data in files.items()}
    return files


def machine_timezone() -> str:
    """Return the name of the time zone of this machine: by TZ or /etc/localtime, else UTC."""
    place = os.environ.get("TZ", "").removeprefix(":") or os.path.realpath("/etc/localtime")
    name = place.rpartition("zoneinfo/")[2]
    return name if name in available_timezones() else "UTC"


def example_files(content: Path, site: Path) -> dict[str, bytes]:
    """Return the example plan by path, without hidden files."""
    files = {CONTENT_PREFIX + path: data for path, data in _files_in(content).items()}
    return {"site.toml": site.read_bytes(), **files}


def new_theme_files(blocks: Iterable[str]) -> dict[str, bytes]:
    """Return the files of a new theme by path; `blocks` are those of the page of a goal."""
    with resources.as_file(resources.files("planfolio.init") / "theme") as root:
        files = _files_in(root)
    listed = textwrap.fill(", ".join(blocks), width=96, subsequent_indent="  ")
    return {path: data.replace(b"BLOCKS", listed.encode()) for path, data in files.items()}


def create_file(file: Path, data: bytes) -> bool:
    """Write a new file completely or not at all; return False if it exists already.

    Raises EnvironmentFailure where it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            try:
                stream.write(data)
                stream.flush()
            except OSError:
                file.unlink(missing_ok=True)
                raise
    except OSError as error:
        blocked = next((p for p in file.parents if p.exists() and not p.is_dir()), None)
        if blocked is not None:
            raise EnvironmentFailure(
                f"{blocked} is a file, and a folder is needed there", hint="move it away"
            ) from None
        if isinstance(error, FileExistsError):
            return False
        raise _cannot_write(file, error) from None
    return True


def _has_own_records(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Tell whether content/ holds Markdown that is none of these files."""
    found = [file.relative_to(folder) for file in (folder / CONTENT_PREFIX).rglob("*.md")]
    return any(path.as_posix() not in files and not path.name.startswith(".") for path in found)


def _ignore_output(file: Path) -> bool:
    """Add the output to .gitignore, with its own line ends; return False if it is there."""
    try:
        data = file.read_bytes() if file.exists() else b""
        if _IGNORED.strip(b"/") in {line.strip().strip(b"/") for line in data.splitlines()}:
            return False
        end = b"\r\n" if b"\r\n" in data else b"\n"
        gap = b"" if not data or data.endswith(b"\n") else end
        with file.open("ab") as stream:
            stream.write(gap + _IGNORED + end)
    except OSError as error:
        raise _cannot_write(file, error) from None
    return True


def _cannot_write(file: Path, error: OSError) -> EnvironmentFailure:
    return EnvironmentFailure(f"{error.filename or file} cannot be written: {error.strerror}")


def _files_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their path in it, without what is hidden."""
    inside = {file.relative_to(folder): file for file in sorted(folder.rglob("*"))}
    return {
        path.as_posix(): file.read_bytes()
        for path, file in inside.items()
        if file.is_file() and not any(part.startswith(".") for part in path.parts)
    }
