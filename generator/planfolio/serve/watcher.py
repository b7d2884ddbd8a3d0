"""Watching the sources of a plan: which files changed, and reading only those again."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import watchfiles

from planfolio.model.diagnostics import Diagnostic
from planfolio.model.memo import Memo
from planfolio.pipeline import CONTENT, Reuse
from planfolio.read import Reader, read_site
from planfolio.read.files import is_left_over, read_bytes
from planfolio.read.site_file import NAME
from planfolio.resolve import Memory

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from planfolio.read import Document
    from planfolio.read.files import SourceFile

    States: TypeAlias = dict[str, tuple[int, ...]]
    """What the disk says of files and folders, by path; another state may be another content."""

THEMES = "themes"
"""The folder of the plan's own themes, beside site.toml."""

_STEP = 5
"""Milliseconds without an event that end a batch: a save is seen after ten at the most."""

_LONGEST = 2000
"""Milliseconds after which a batch ends though more events keep coming."""

_MANY = range(10, 2000)
"""Sizes of a batch that an editor does not save at once, as of a checkout: more will follow."""

_TICK = 20
"""Milliseconds between two looks at site.toml and at whether the folders are still the same."""

_SETTLED = 2_000_000_000
"""Nanoseconds after which the times of a file tell whether it was written again; until then two
writes may have the same, since no file system counts coarser than two seconds."""

_POLL = 0.2
"""Seconds between two looks at all files where the system reports no events."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A file as it was read, and what the disk said of it before."""

    state: tuple[int, ...] | None
    data: bytes
    result: Document


def watch(
    root: Path, *, poll: bool, stop: threading.Event, warn: Callable[[str], None]
) -> Iterator[frozenset[Path]]:
    """Yield the files of a plan that changed, and an empty set at each tick, until `stop` is set.

    What changes after the first set, which is empty, is seen. Watched are site.toml, the content
    folder and the themes of the plan; a folder that was exchanged is named itself. Where the system
    cannot watch, `warn` gets a sentence about it, and the files are polled as with `poll`.
    """
    missed: frozenset[Path] = frozenset()
    if not poll:
        try:
            yield from _reported(root, stop)
            return
        except Exception as error:  # the limit of watches is reached, or the disk has no events
            warn(f"Watching failed ({error or type(error).__name__}): files are now polled.")
            missed = frozenset({root})
    yield from _polled(root, stop, missed=missed)


def reuse_of_documents() -> Reuse:
    """Return what keeps the documents whose bytes did not change, and what is resolved of them."""
    reader = Reader()
    known: dict[str, _Known] = {}

    def read_again(source: SourceFile) -> Document:
        before = known.get(source.shown)
        state = _state(source.file)
        if before is not None and state is not None and before.state == state:
            return before.result
        data = read_bytes(source)
        if isinstance(data, Diagnostic):
            return reader.parse(source, data)
        same = before is not None and before.data == data
        result = before.result if same and before else reader.parse(source, data)
        known[source.shown] = _Known(state, data, result)
        return result

    return Reuse(read=read_again, resolving=Memory(), analysing=Memo(), checking=Memo())


def _state(file: str) -> tuple[int, ...] | None:
    """Return what the disk says of a file, None where that does not tell whether it changed."""
    try:
        stat = os.stat(file)  # noqa: PTH116 - no Path is made of it: there are thousands
    except OSError:
        return None
    if max(stat.st_ctime_ns, stat.st_mtime_ns) > time.time_ns() - _SETTLED:
        return None
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino


def _reported(root: Path, stop: threading.Event) -> Iterator[frozenset[Path]]:
    """Watch by the events of the system, anew whenever site.toml or a folder is another one."""
    changed: set[Path] = set()
    while not stop.is_set():
        places = _places(root)
        seen = _states(places)
        folders = [place for place in places if place.is_dir()]
        try:
            for events in watchfiles.watch(
                *folders,
                watch_filter=None,
                step=_STEP,
                debounce=_LONGEST,
                rust_timeout=_TICK,
                yield_on_timeout=True,
                stop_event=stop,
                force_polling=False,
                ignore_permission_denied=True,
            ):
                now = _states(places)
                exchanged = set(map(Path, _differing(seen, now)))
                paths = {Path(path) for _, path in events}
                changed |= {path for path in paths if _is_source(path, folders)} | exchanged
                if events and len(changed) in _MANY:
                    continue
                yield frozenset(changed)
                # Changes between two watchers are found by comparing when the next one has started.
                changed = exchanged
                if exchanged:
                    break
        except FileNotFoundError:
            stop.wait(_TICK / 1000)  # a folder went just now


def _polled(
    root: Path, stop: threading.Event, *, missed: frozenset[Path]
) -> Iterator[frozenset[Path]]:
    """Watch by looking at all files; watchfiles' own polling misses a second save in a second."""
    before = _states_below(_places(root))
    yield missed
    while not stop.wait(_POLL):
        now = _states_below(_places(root))
        yield frozenset(map(Path, _differing(before, now)))
        before = now


def _places(root: Path) -> list[Path]:
    """Return site.toml and the folders to watch, that of the theme in use among them."""
    theme = read_site(root).site.theme.name
    by_path = theme.startswith(".") or bool(set(theme) & {"/", "\\"})
    own = root / theme if by_path else root / THEMES / theme
    return [root / NAME, root / CONTENT, root / THEMES, own]


def _states(places: list[Path]) -> States:
    """Return the states of files, and which folders stand at the places of folders."""
    states: States = {}
    for place in places:
        try:
            stat = place.stat()
        except OSError:
            continue
        states[str(place)] = (stat.st_dev, stat.st_ino)
        if not place.is_dir():
            states[str(place)] += (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
    return states


def _states_below(places: list[Path]) -> States:
    """Return the states of all files below these places too."""
    states = _states(places)
    for place in places:
        for parent, folders, names in os.walk(place):
            folders[:] = [name for name in folders if not is_left_over(name)]
            files = [Path(parent, name) for name in names if not is_left_over(name)]
            states |= _states(files)
    return states


def _differing(before: States, now: States) -> set[str]:
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def _is_source(path: Path, folders: list[Path]) -> bool:
    """Tell whether a path is not hidden or an editor's own, and lies in no such folder."""
    inside = [path.relative_to(folder).parts for folder in folders if path.is_relative_to(folder)]
    return not any(map(is_left_over, inside[-1] if inside else ()))
