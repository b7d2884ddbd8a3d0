from __future__ import annotations

import queue
import shutil
import threading
import time
from typing import TYPE_CHECKING

import pytest

from planfolio.serve.watch import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 5.0
"""Seconds after which an event that did not come will not come."""


class Watched:
    """A watcher at work in a thread, and the batches that it yields."""

    def __init__(self, root: Path, *, poll: bool) -> None:
        self.root = root
        self._stop = threading.Event()
        self._batches: queue.Queue[set[Path]] = queue.Queue()
        found = watch(root, poll=poll, stop=self._stop)
        self._thread = threading.Thread(target=self._run, args=(found,))
        self._thread.start()

    def _run(self, found: Iterator[set[Path]]) -> None:
        for batch in found:
            self._batches.put(batch)

    def until(self, path: str) -> int:
        """Wait for a batch that names a file, or the whole plan; return how many came."""
        wanted = {self.root / path, self.root / "content"}
        for count in range(1, 100):
            if wanted & self._batches.get(timeout=PATIENCE):
                return count
        raise AssertionError("too many batches")

    def batches(self, *, seconds: float) -> list[set[Path]]:
        """Return the batches of so many seconds."""
        time.sleep(seconds)
        return [self._batches.get_nowait() for _ in range(self._batches.qsize())]

    def settle(self) -> None:
        """Forget the batches until none has come for a while."""
        while self.batches(seconds=0.3):
            pass

    def end(self) -> float:
        """Stop, and return how many seconds it took."""
        started = time.monotonic()
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return time.monotonic() - started


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A plan with a goal and a theme of its own."""
    for path in ("site.toml", "content/goals/cka.md", "themes/mine/styles/own.css"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    return tmp_path


@pytest.fixture
def start() -> Iterator[Callable[..., Watched]]:
    """Start watchers that end with the test."""
    started: list[Watched] = []

    def begin(root: Path, *, poll: bool = False) -> Watched:
        started.append(Watched(root, poll=poll))
        return started[-1]

    yield begin
    for watched in started:
        watched.end()


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
def test_each_way_of_saving_is_seen_each_time(
    root: Path, start: Callable[..., Watched], save: Callable[[Path], None]
) -> None:
    """Three saves in a row are three batches that name the file, and nothing but it."""
    watched = start(root)
    for _ in range(3):
        save(root / "content/goals/cka.md")
        watched.until("content/goals/cka.md")
        assert all(
            batch == {root / "content/goals/cka.md"} for batch in watched.batches(seconds=0.15)
        )


@pytest.mark.parametrize("path", ["site.toml", "themes/mine/styles/own.css"])
def test_settings_and_themes_are_watched(
    root: Path, start: Callable[..., Watched], path: str
) -> None:
    """What the site is made of beside the content counts too."""
    watched = start(root)
    by_renaming(root / path)
    watched.until(path)


def test_a_theme_that_is_a_path_is_watched(root: Path, start: Callable[..., Watched]) -> None:
    """The theme may be a folder anywhere; it is watched from when site.toml names it."""
    theme = root / "design/templates/home.html"
    theme.parent.mkdir(parents=True)
    watched = start(root)
    (root / "site.toml").write_text('theme = "./design"\n')
    watched.until("site.toml")
    watched.settle()
    theme.write_text("new")
    watched.until("design/templates/home.html")


def test_a_file_of_a_folder_that_was_just_made_is_seen(
    root: Path, start: Callable[..., Watched]
) -> None:
    """Folders are watched from their making on, and so are the folders within them."""
    watched = start(root)
    (root / "content/goals/work/deep").mkdir(parents=True)
    (root / "content/goals/work/deep/early.md").write_text("early")
    watched.until("content/goals/work")
    watched.settle()
    in_place(root / "content/goals/work/deep/late.md")
    watched.until("content/goals/work/deep/late.md")


def test_deletions_and_renames_are_seen(root: Path, start: Callable[..., Watched]) -> None:
    """A file that goes is a change, and one that gets another name is two."""
    watched = start(root)
    goal = root / "content/goals/cka.md"
    goal.rename(goal.with_name("ckad.md"))
    watched.until("content/goals/ckad.md")
    watched.settle()
    goal.with_name("ckad.md").unlink()
    watched.until("content/goals/ckad.md")


@pytest.mark.parametrize("pause", [0.0, 0.5])
def test_a_content_folder_that_comes_back_is_watched_again(
    root: Path, start: Callable[..., Watched], pause: float
) -> None:
    """Deleted and made anew, at once or later, the folder is the plan as before."""
    watched = start(root)
    shutil.rmtree(root / "content")
    time.sleep(pause)
    (root / "content/goals").mkdir(parents=True)
    watched.until("content")
    watched.settle()
    in_place(root / "content/goals/cka.md")
    watched.until("content/goals/cka.md")


def test_a_plan_that_is_moved_away_and_back_is_watched_again(
    root: Path, start: Callable[..., Watched]
) -> None:
    """Neither that the root goes nor that another is in its place has an event; both are told."""
    plan = root / "plan"
    shutil.copytree(root / "content", plan / "content")
    watched = start(plan)
    plan.rename(root / "old")
    watched.until("content")  # that it has gone
    shutil.copytree(root / "old", plan)
    watched.until("content")
    watched.settle()
    in_place(plan / "content/goals/cka.md")
    watched.until("content/goals/cka.md")


def test_a_content_folder_that_is_a_link_is_watched(
    root: Path, start: Callable[..., Watched]
) -> None:
    """The files are where the link leads, and have their names below the link."""
    (root / "content").rename(root / "elsewhere")
    (root / "content").symlink_to(root / "elsewhere")
    watched = start(root)
    by_renaming(root / "elsewhere/goals/cka.md")
    watched.until("content/goals/cka.md")


def test_what_is_no_source_is_left_alone(root: Path, start: Callable[..., Watched]) -> None:
    """The output, the cache, git and what editors leave behind are no changes of the plan."""
    for folder in ("public/goals", ".planfolio/cache", ".git/refs", "content/.obsidian"):
        (root / folder).mkdir(parents=True)
    watched = start(root)
    watched.settle()
    for path in (
        "public/goals/index.html",
        "public/index.html",
        ".planfolio/cache/build",
        ".git/index",
        ".git/refs/head",
        "content/.obsidian/workspace.json",
        "content/goals/.cka.md.swp",
        "content/goals/4913",
        "content/goals/cka.md~",
        "README.md",
    ):
        (root / path).write_text("new")
    assert watched.batches(seconds=0.5) == []


def test_reading_a_plan_is_no_change_of_it(root: Path, start: Callable[..., Watched]) -> None:
    """A build that reads all files must not lead to the next."""
    watched = start(root)
    watched.settle()
    for file in root.rglob("*"):
        if file.is_file():
            file.read_bytes()
    assert watched.batches(seconds=0.4) == []


def test_a_checkout_is_one_batch(root: Path, start: Callable[..., Watched]) -> None:
    """Five hundred files that come within a second with short pauses lead to one rebuild."""
    watched = start(root)
    for n in range(500):
        (root / f"content/goals/goal-{n}.md").write_text("new")
        if n % 50 == 49:
            time.sleep(0.04)
    batches = watched.batches(seconds=1.0)
    many = [batch for batch in batches if len(batch) > 20]
    assert len(many) == 1
    assert len(set().union(*batches)) == 500
    assert len(batches) <= 2


def test_a_single_save_is_told_at_once(root: Path, start: Callable[..., Watched]) -> None:
    """No one waits for a batch that will not grow: well under a fifth of a second."""
    watched = start(root)
    watched.settle()
    started = time.monotonic()
    in_place(root / "content/goals/cka.md")
    watched.until("content/goals/cka.md")
    assert time.monotonic() - started < 0.2


def test_polling_sees_the_same(root: Path, start: Callable[..., Watched]) -> None:
    """Where a system tells of nothing, files and new folders are found by looking."""
    watched = start(root, poll=True)
    time.sleep(0.05)
    in_place(root / "content/goals/cka.md")
    watched.until("content/goals/cka.md")
    (root / "content/skills").mkdir()
    watched.until("content/skills")
    watched.settle()
    in_place(root / "content/skills/python.md")
    watched.until("content/skills/python.md")


def test_watching_ends_at_once(root: Path) -> None:
    """Ctrl-C waits for the watcher."""
    assert Watched(root, poll=False).end() < 0.5
