"""Watching the sources of a plan: which files changed, as soon as they have.

Folders are watched, never files, since editors save by renaming; each on its own, so that the
output, the repository's own folder and the rest of the plan's root cost nothing. What an event says
is only a sign to look: whoever is told compares contents.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import watchfiles

from planfolio.pipeline import CONTENT
from planfolio.read import read_site
from planfolio.read.files import is_left_over
from planfolio.read.site_file import NAME

if TYPE_CHECKING:
    import threading
    from collections.abc import Collection, Generator, Iterable, Iterator

THEMES = "themes"
"""The folder of the plan's own themes, beside site.toml."""

STEP = 10
"""Milliseconds of silence that end a batch. A single save waits for one whole step of silence, and
for the step that it fell into: twenty at the most."""

MANY = 10
"""A batch of more files than an editor saves at once, as of a checkout: more will follow."""

QUIET = 0.1
"""Seconds of silence that end a batch of many."""

LONGEST = 2.0
"""Seconds after which a batch ends though more keeps coming."""

_LOOK = 40
"""Milliseconds between two looks whether to stop."""

_REVIEW = 1.0
"""Seconds between two looks at whether the folders are still those that are watched: a folder can
be exchanged for another without an event, when what is above it is moved."""

_POLL = 200
"""Milliseconds between two looks at all files where there are no events."""

_Folders: TypeAlias = dict[Path, tuple[int, int]]
_Event: TypeAlias = tuple[watchfiles.Change, str]
_Events: TypeAlias = "Generator[set[_Event], None, None]"


def watch(root: Path, *, poll: bool, stop: threading.Event) -> Iterator[set[Path]]:
    """Return the changes below a plan's folder in batches, until `stop` is set.

    What changes after this returns is seen. Watched are site.toml, the content folder, and the
    themes that are folders of the owner's; links in their place are followed. A batch names the
    files that an event was about, or the content folder where it may have been any. With `poll` no
    events of the system are needed. Raises OSError where the system cannot watch.
    """
    watcher = _Watcher(root, poll=poll, stop=stop)
    watcher.arm()
    return watcher.batches()


class _Watcher:
    def __init__(self, root: Path, *, poll: bool, stop: threading.Event) -> None:
        self._root = root
        self._poll = poll
        self._stop = stop
        self._folders: _Folders = {}
        self._events: _Events | None = None
        self._early: set[_Event] = set()

    def arm(self) -> None:
        """Watch the folders that there are now; the watcher before this one goes when it can."""
        while not self._stop.is_set():
            before, folders = self._events, _folders(self._root)
            try:
                if not folders:
                    raise FileNotFoundError(self._root)
                self._events = self._polled(folders) if self._poll else self._told(folders)
                self._early |= next(self._events, set())
            except FileNotFoundError:
                # A folder went in between, or the plan as a whole: it may come back.
                self._stop.wait(_LOOK / 1000)
                continue
            self._folders = folders
            if before is not None:
                self._early |= next(before, set())
                before.close()
            # A folder that came in between is not among those that are watched.
            if _folders(self._root) == folders:
                return

    def _told(self, folders: Iterable[Path]) -> _Events:
        """Return what the system tells of folders, nothing after each look."""
        return watchfiles.watch(
            *folders,
            watch_filter=None,
            step=STEP,
            debounce=int(LONGEST * 1000),
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            stop_event=self._stop,
            force_polling=False,
            recursive=False,
        )

    def _polled(self, folders: Iterable[Path]) -> _Events:
        """Return the same by looking at all files.

        Why not the polling of watchfiles: it counts the times of files in whole seconds.
        """
        before = _states(folders)
        yield set()
        while not self._stop.wait(_POLL / 1000):
            now = _states(folders)
            found = {(watchfiles.Change.added, path) for path in now.keys() - before.keys()}
            found |= {(watchfiles.Change.deleted, path) for path in before.keys() - now.keys()}
            found |= {
                (watchfiles.Change.modified, path)
                for path in now.keys() & before.keys()
                if now[path] != before[path]
            }
            before = now
            yield found

    def batches(self) -> Iterator[set[Path]]:
        reviewed = time.monotonic()
        while not self._stop.is_set():
            events = self._next()
            if events is None:
                return
            batch = {path for change, path in events if self._matters(path, change)}
            if self._may_be_others(events) or time.monotonic() - reviewed > _REVIEW:
                reviewed = time.monotonic()
                folders = _folders(self._root)
                if self._exchanged(events) or folders != self._folders:
                    if not folders:
                        # The whole plan is gone: that is told before it is waited for.
                        yield {self._root / CONTENT}
                    self.arm()
                    batch.add(self._root / CONTENT)
            if batch:
                yield batch

    def _next(self) -> set[tuple[watchfiles.Change, Path]] | None:
        """Return the next events, none after a while, and None at the end."""
        events, self._early = self._early, set()
        until = time.monotonic() + LONGEST
        quiet_since = time.monotonic()
        while self._events is not None:
            more = next(self._events, None)
            if more is None:
                return None
            now = time.monotonic()
            if more:
                events |= more
                quiet_since = now
            if len(events) <= MANY or now - quiet_since >= QUIET or now >= until:
                break
        return {(change, Path(path)) for change, path in events}

    def _may_be_others(self, events: Collection[tuple[watchfiles.Change, Path]]) -> bool:
        """Tell whether the folders to watch may be others now.

        To look at them all takes longer the larger the plan is, and a save of a file waits for it.
        """
        return self._exchanged(events) or any(
            path.is_dir() or path == self._root / NAME for _, path in events
        )

    def _exchanged(self, events: Collection[tuple[watchfiles.Change, Path]]) -> bool:
        """Tell whether a folder that is watched came or went."""
        return any(
            path in self._folders and change is not watchfiles.Change.modified
            for change, path in events
        )

    def _matters(self, path: Path, change: watchfiles.Change) -> bool:
        if path in self._folders:
            # Of a folder itself only its coming and going matters.
            return path != self._root and change is not watchfiles.Change.modified
        if path.parent == self._root:
            return path.name in {NAME, CONTENT, THEMES}
        if path.is_relative_to(self._root / CONTENT):
            return not is_left_over(path.name)
        return not (path.name.startswith(".") or path.name.endswith("~"))


def _folders(root: Path) -> _Folders:
    """Return the folders to watch, with what tells each from another in its place."""
    found: _Folders = {}
    _add(root, found)
    _walk(root / CONTENT, found)
    for theme in _themes(root):
        _walk(theme, found)
        for part in _below(theme):
            _walk(part, found)
    return found


def _themes(root: Path) -> list[Path]:
    """Return the folders of the owner's themes, that of a theme given as a path among them."""
    own = root / THEMES
    name = read_site(root).site.theme
    places = [own, *_below(own)]
    if set(name) & {"/", "\\"} or name.startswith("."):
        places.append(root / name)
    return places


def _below(folder: Path) -> list[Path]:
    try:
        return [Path(entry.path) for entry in os.scandir(folder) if entry.is_dir()]
    except OSError:
        return []


def _walk(folder: Path, found: _Folders) -> None:
    """Add a folder, followed if it is a link, and the folders below it, where links are not."""
    if folder in found or not _add(folder, found):
        return
    for parent, names, _ in os.walk(folder):
        names[:] = [name for name in names if not is_left_over(name)]
        for name in names:
            path = Path(parent, name)
            if not path.is_symlink():
                _add(path, found)


def _states(folders: Iterable[Path]) -> dict[str, tuple[int, ...]]:
    """Return what the disk says of all files and folders that stand in these folders."""
    states: dict[str, tuple[int, ...]] = {}
    for folder in folders:
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            try:
                stat = entry.stat()
            except OSError:
                continue
            if entry.is_dir():
                states[entry.path] = (stat.st_dev, stat.st_ino)
            else:
                times = (stat.st_mtime_ns, stat.st_ctime_ns)
                states[entry.path] = (*times, stat.st_size, stat.st_ino)
    return states


def _add(folder: Path, found: _Folders) -> bool:
    try:
        stat = folder.stat()
        if not folder.is_dir():
            return False
    except OSError:
        return False
    found[folder] = (stat.st_dev, stat.st_ino)
    return True
