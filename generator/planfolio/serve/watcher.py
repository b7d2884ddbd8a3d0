"""Watching the sources of a plan: which files changed, and reading only those again."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import watchfiles

from planfolio.model.diagnostics import Diagnostic
from planfolio.pipeline import CONTENT, Reuse
from planfolio.read.documents import Document, parse_files
from planfolio.read.files import SourceFile, is_left_over, read_bytes
from planfolio.read.site_file import NAME, read_site
from planfolio.resolve.resolve import Memos
from planfolio.theme_folders import THEMES, own_theme

States: TypeAlias = dict[Path, tuple[int, ...]]
"""What the disk says of files and folders, by path; another state may be another content."""

_STEP = 2
"""Milliseconds without an event that end a batch: a save is seen after four at the most, and an
editor that empties a file writes it anew within one."""

_LONGEST = 2000
"""Milliseconds after which a batch ends though more events keep coming."""

_MANY = range(10, 2000)
"""Sizes of a batch that an editor does not save at once, as of a checkout: more will follow."""

_TICK = 20
"""Milliseconds between two looks at site.toml and at whether the folders are still the same."""

_POLL = 0.2
"""Seconds between two looks at all files where the system reports no events."""


def watch(
    root: Path, *, poll: bool, stop: threading.Event, warn: Callable[[str], None]
) -> Iterator[frozenset[Path]]:
    """Yield the files of a plan that changed, and an empty set at each tick, until `stop` is set.

    The first set is empty, and no change after it is missed. Watched are site.toml, the content
    folder and the themes of the plan; a folder that was exchanged is named itself. Where the system
    cannot watch, `warn` gets a sentence about it, and the files are polled as with `poll`.
    """
    if poll:
        yield from _polled(root, stop, missed=frozenset())
        return
    try:
        yield from _reported(root, stop)
    except Exception as error:  # the limit of watches is reached, or the disk has no events
        warn(f"Watching failed ({error or type(error).__name__}): files are now polled.")
        yield from _polled(root, stop, missed=frozenset({root}))


def reuse_of_documents() -> Reuse:
    """Return a reader that parses only the files whose bytes changed, and the memos."""
    known: dict[str, tuple[bytes | Diagnostic, Document]] = {}

    def read_again(sources: Iterable[SourceFile]) -> list[Document]:
        files = {source: read_bytes(source) for source in sources}
        changed = {s: data for s, data in files.items() if known.get(s.shown, ("",))[0] != data}
        for source, document in zip(changed, parse_files(changed.items()), strict=True):
            known[source.shown] = changed[source], document
        return [known[source.shown][1] for source in files]

    return Reuse(read=read_again, memos=Memos())


def _reported(root: Path, stop: threading.Event) -> Iterator[frozenset[Path]]:
    """Watch by the events of the system; restart whenever site.toml or a folder was replaced."""
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
                exchanged = _differing(seen, now)
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
        yield frozenset(_differing(before, now))
        before = now


def _places(root: Path) -> list[Path]:
    """Return site.toml and the folders to watch, that of the theme in use among them."""
    own = own_theme(read_site(root).settings.theme.name, site_root=root)
    return [root / NAME, root / CONTENT, root / THEMES, own]


def _states(places: list[Path]) -> States:
    """Return the states of files, and the identities of folders."""
    states: States = {}
    for place in places:
        try:
            stat = place.stat()
        except OSError:
            continue
        states[place] = (stat.st_dev, stat.st_ino)
        if not place.is_dir():
            states[place] += (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
    return states


def _states_below(places: list[Path]) -> States:
    """Return the states of all files below these places too."""
    files = list(places)
    for place in places:
        for parent, folders, names in os.walk(place):
            folders[:] = [name for name in folders if not is_left_over(name)]
            files += [Path(parent, name) for name in names if not is_left_over(name)]
    return _states(files)


def _differing(before: States, now: States) -> set[Path]:
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def _is_source(path: Path, folders: list[Path]) -> bool:
    """Tell whether a path is not hidden or an editor's own, and lies in no such folder."""
    inside = [path.relative_to(folder).parts for folder in folders if path.is_relative_to(folder)]
    return not any(map(is_left_over, inside[-1] if inside else ()))
