"""Tests of the watcher: each way of saving is seen, soon, and nothing else is."""

import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import watchfiles
from tests.reading import write_files

from planfolio.serve.watcher import watch

LONG = 10.0
"""Seconds after which a change that was not seen will not be."""

GOAL = "content/goals/cka.md"


class Watched:
    """A watcher at work in a thread, and the changes that it yields."""

    def __init__(self, root: Path, *, poll: bool = False) -> None:
        self.root = root
        self.warnings: list[str] = []
        self.stop = threading.Event()
        self._changes: queue.Queue[frozenset[Path]] = queue.Queue()
        self._armed = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(poll,))
        self.thread.start()
        assert self._armed.wait(LONG)

    def _run(self, poll: bool) -> None:
        for changed in watch(self.root, poll=poll, stop=self.stop, warn=self.warnings.append):
            self._armed.set()
            if changed:
                self._changes.put(changed)

    def sees(self, path: str) -> None:
        """Wait for a change that names a file, or a folder that it is in."""
        file = self.root / path
        while not self._changes.get(timeout=LONG) & {file, *file.parents}:
            pass

    def count(self, *, quiet: float = 0.3) -> int:
        """Return how many sets of changes come until none has for so many seconds."""
        count = 0
        while True:
            try:
                self._changes.get(timeout=quiet)
            except queue.Empty:
                return count
            count += 1


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A plan with a goal and a theme of its own."""
    root = tmp_path / "plan"
    write_files(root, {"site.toml": 'theme = "mine"\n', GOAL: "", "themes/mine/styles/own.css": ""})
    return root


@pytest.fixture
def start() -> Iterator[Callable[..., Watched]]:
    """Start watchers that end with the test, at once."""
    started: list[Watched] = []

    def begin(root: Path, *, poll: bool = False) -> Watched:
        started.append(Watched(root, poll=poll))
        return started[-1]

    yield begin
    for watched in started:
        watched.stop.set()
        watched.thread.join(LONG)
        assert not watched.thread.is_alive()


def in_place(file: Path) -> None:
    """Save as nano and VS Code do."""
    file.write_text("new")


def by_renaming(file: Path) -> None:
    """Save as a careful editor does: write beside the file and rename over it."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text("new")
    beside.replace(file)


def as_vim(file: Path) -> None:
    """Save as vim does: try the folder with 4913, move the file away, write it anew."""
    probe = file.with_name("4913")
    probe.touch()
    probe.unlink()
    backup = file.with_name(f"{file.name}~")
    file.rename(backup)
    file.write_text("new")
    backup.unlink()


def as_emacs(file: Path) -> None:
    """Save as emacs does: a lock that is a link, a backup that is a copy, and a write in place."""
    lock = file.with_name(f".#{file.name}")
    lock.symlink_to("someone@somewhere.1")
    shutil.copy(file, file.with_name(f"{file.name}~"))
    file.write_text("new")
    lock.unlink()


@pytest.mark.parametrize("save", [in_place, by_renaming, as_vim, as_emacs])
@pytest.mark.parametrize("poll", [False, True], ids=["events", "polling"])
@pytest.mark.parametrize("path", [GOAL, "site.toml"])
def test_each_way_of_saving_is_seen_each_time(
    root: Path, start: Callable[..., Watched], save: Callable[[Path], None], poll: bool, path: str
) -> None:
    """Twice within a second, too; of site.toml as of records."""
    watched = start(root, poll=poll)
    for _ in range(2):
        save(root / path)
        watched.sees(path)
        watched.count(quiet=0.05)


@pytest.mark.parametrize("poll", [False, True], ids=["events", "polling"])
def test_new_folders_themes_deletions_and_renames_are_seen(
    root: Path, start: Callable[..., Watched], poll: bool
) -> None:
    """Wherever in the sources; a theme of another place is watched once site.toml names it."""
    watched = start(root, poll=poll)
    (root / "content/roles/lead").mkdir(parents=True)
    (root / "content/roles/lead/dev.md").write_text("new")
    watched.sees("content/roles/lead/dev.md")
    watched.count(quiet=0.05)
    (root / "content/roles/lead/dev.md").write_text("newer")
    watched.sees("content/roles/lead/dev.md")
    (root / "themes/mine/styles/own.css").write_text("new")
    watched.sees("themes/mine/styles/own.css")
    (root / GOAL).rename(root / "content/goals/ckad.md")
    watched.sees(GOAL)
    (root / "content/goals/ckad.md").unlink()
    watched.sees("content/goals/ckad.md")
    own = root.parent / ".designs/home.html"
    own.parent.mkdir()
    own.write_text("old")
    (root / "site.toml").write_text('theme = "../.designs"\n')
    watched.sees("site.toml")
    watched.count()
    if not poll:
        own.write_text("new")
        watched.sees("../.designs/home.html")


@pytest.mark.parametrize("folder", ["content", "."])
def test_a_folder_that_goes_and_comes_back_is_watched_again(
    root: Path, start: Callable[..., Watched], folder: str
) -> None:
    """As while a branch is changed: its going, its coming, and what is saved then are seen."""
    watched = start(root)
    away = root.parent / "away"
    (root / folder).rename(away)
    watched.sees("content")
    away.rename(root / folder)
    watched.sees("content")
    watched.count()
    (root / GOAL).write_text("new")
    watched.sees(GOAL)


def test_a_content_folder_that_is_a_link_is_watched(
    root: Path, start: Callable[..., Watched]
) -> None:
    """The plan may lie elsewhere than its settings."""
    (root / "content").rename(root.parent / "elsewhere")
    (root / "content").symlink_to(root.parent / "elsewhere")
    watched = start(root)
    (root.parent / "elsewhere/goals/cka.md").write_text("new")
    watched.sees(GOAL)


@pytest.mark.parametrize("poll", [False, True], ids=["events", "polling"])
def test_what_is_no_source_is_left_alone(
    root: Path, start: Callable[..., Watched], poll: bool
) -> None:
    """The output, git, what editors leave behind, and a plan that is only read."""
    folders = ("public/goals", ".git/refs", "content/.obsidian")
    for folder in folders:
        (root / folder).mkdir(parents=True)
    watched = start(root, poll=poll)
    for folder in folders:
        (root / folder / "file.md").write_text("new")
    (root / "content/goals/.cka.md.swp").write_text("new")
    (root / "content/goals/cka.md~").write_text("new")
    (root / GOAL).read_text()
    list((root / "content").rglob("*"))
    assert watched.count(quiet=0.5) == 0


def test_a_checkout_is_few_changes(root: Path, start: Callable[..., Watched]) -> None:
    """Five hundred files that come with short pauses do not lead to as many builds."""
    watched = start(root)
    for n in range(500):
        (root / f"content/goals/goal-{n}.md").write_text("new")
        if n % 10 == 0:
            time.sleep(0.002)
    assert 1 <= watched.count() <= 10


def test_where_the_system_cannot_watch_files_are_polled(
    root: Path, start: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reload is never silently off: the reason is said, and all is looked at once."""

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "the limit of watches was reached")

    monkeypatch.setattr(watchfiles, "watch", fails)
    watched = start(root)
    watched.sees(GOAL)
    assert [warning for warning in watched.warnings if "limit of watches" in warning] != []
    (root / GOAL).write_text("new")
    watched.sees(GOAL)
    assert len(watched.warnings) == 1
