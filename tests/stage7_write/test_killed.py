"""Builds that are killed, at each line and at random moments, with a reader looking on."""

import itertools
import json
import os
import random
import runpy
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from planfolio.stage7_write import write
from planfolio.stage7_write.exchange import Exchange
from planfolio.stage7_write.sitepath import MANIFEST

Tree = Callable[[Path], Mapping[str, bytes]]
Site = Callable[[int], dict[str, bytes]]

ROUNDS = 15
FOREIGN = {"CNAME": b"example.org", ".git/HEAD": b"ref: refs/heads/main", "slides/a.pdf": b"a"}


@pytest.fixture
def site() -> Site:
    """The site of a version, as `endless_builds.py` writes it."""
    made: Site = runpy.run_path(str(Path(__file__).parent / "endless_builds.py"))["site"]
    return made


@pytest.mark.parametrize(("way", "stride"), [("exchange", 17), ("in place", 17), ("first", 11)])
def test_a_build_may_die_at_any_line(
    tmp_path: Path,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    real_exchange: Exchange,
    way: str,
    stride: int,
) -> None:
    """The output is the old or the new site, nothing foreign is lost, the next build mends all.

    Every 17th line is enough for a test: 1 as the stride tries them all.
    """
    done = subprocess.run(
        script("die_at_each_line.py", tmp_path / "public", way, stride),
        env=child_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["deaths"] > 30
    assert 0 < report["leftovers"] < report["deaths"]
    assert 0 < report["new"] < report["deaths"]


def test_builds_killed_at_random_moments_are_never_seen(
    tmp_path: Path,
    tree: Tree,
    site: Site,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    real_exchange: Exchange,
) -> None:
    """A reader who looks all the time sees whole sites, and the owner's files in each of them."""
    public = tmp_path / "public"
    source = tmp_path / "content.md"
    source.write_bytes(b"a source")
    write(site(0), public, protected=[source])
    for path, data in FOREIGN.items():
        (public / path).parent.mkdir(exist_ok=True)
        (public / path).write_bytes(data)
    moments = random.Random(7)  # noqa: S311 - to be had again, not to be secret
    versions = itertools.count(1, 10_000)
    with _Reader(public, site=site) as reader:
        for _ in range(ROUNDS):
            child = subprocess.Popen(
                script("endless_builds.py", public, next(versions), 1),
                stdout=subprocess.PIPE,
                env=child_environment,
            )
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0, 0.12))
            child.send_signal(signal.SIGKILL)
            assert child.wait() == -signal.SIGKILL
            child.stdout.close()
            found = tree(public)
            assert found == {**site(_version(found)), **FOREIGN}
    assert reader.faults == []
    assert len(reader.versions) > 1  # it did see builds come and go
    write(site(9), public, protected=[source])
    assert tree(public) == {**site(9), **FOREIGN}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content.md", "public"]
    assert source.read_bytes() == b"a source"


def test_two_builders_take_turns(
    tmp_path: Path,
    tree: Tree,
    site: Site,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    real_exchange: Exchange,
) -> None:
    """Both succeed, a reader sees whole sites only, and the last one stands as it was written."""
    public = tmp_path / "public"
    write(site(0), public, protected=[])
    for path, data in FOREIGN.items():
        (public / path).parent.mkdir(exist_ok=True)
        (public / path).write_bytes(data)
    with _Reader(public, site=site) as reader:
        children = [
            subprocess.Popen(
                script("endless_builds.py", public, first, 2, last),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=child_environment,
            )
            for first, last in ((1, 81), (2, 82))
        ]
        errors = [child.communicate()[1] for child in children]
    assert [child.returncode for child in children] == [0, 0], errors
    assert reader.faults == []
    assert len(reader.versions) > 1
    found = tree(public)
    assert _version(found) in {81, 82}
    assert found == {**site(_version(found)), **FOREIGN}
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


class _Reader:
    """Reads an output again and again in a thread, and notes what it should not have seen."""

    def __init__(self, output: Path, *, site: Site) -> None:
        self.faults: list[str] = []
        self.versions: set[int] = set()
        self._output = output
        self._site = site
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "_Reader":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._read_single_files()
                self._read_whole()
            except OSError as error:
                self.faults.append(f"{type(error).__name__}: {error}")

    def _read_single_files(self) -> None:
        """What is in every version is there at each moment, by its name."""
        version = _version({"index.html": (self._output / "index.html").read_bytes()})
        page = (self._output / "goals/15/index.html").read_bytes()
        if page != self._site(_version({"index.html": page}))["goals/15/index.html"]:
            self.faults.append(f"a torn page of version {version}")
        for path, data in FOREIGN.items():
            if (self._output / path).read_bytes() != data:
                self.faults.append(f"{path} is torn")

    def _read_whole(self) -> None:
        """A folder that was the output from the first byte read to the last is a whole site.

        One that was replaced meanwhile is on its way out, and what is left of it says nothing.
        """
        folder = os.open(self._output, os.O_RDONLY)
        try:
            try:
                found = _files(folder)
            except FileNotFoundError as error:
                found = {"": str(error).encode()}
            if not os.path.samestat(os.fstat(folder), self._output.stat()):
                return
        finally:
            os.close(folder)
        version = _version(found)
        self.versions.add(version)
        manifest = found.pop(MANIFEST, None)
        if manifest is None or found != {**self._site(version), **FOREIGN}:
            self.faults.append(f"a torn site of version {version}: {sorted(found)}")


def _files(folder: int) -> dict[str, bytes]:
    found = {}
    for above, _folders, names, handle in os.fwalk(".", dir_fd=folder):
        for name in names:
            path = f"{above}/{name}".removeprefix("./")
            file = os.open(name, os.O_RDONLY, dir_fd=handle)
            with os.fdopen(file, "rb") as opened:
                found[path] = opened.read()
    return found


def _version(found: Mapping[str, bytes]) -> int:
    """Return the version that the home page names, -1 for none."""
    words = found.get("index.html", b"").split()
    return int(words[1]) if len(words) > 1 else -1
