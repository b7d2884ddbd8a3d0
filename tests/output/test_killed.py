"""Builds that are killed, at each line and at random moments, with a reader looking on."""

import itertools
import json
import random
import runpy
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.benchmarks.onlooker import Onlooker

from planfolio.output import write

Tree = Callable[[Path], Mapping[str, bytes]]
Site = Callable[[int], dict[str, bytes]]

ROUNDS = 15


@pytest.fixture
def site() -> Site:
    """The site of a version, as `endless_builds.py` writes it."""
    made: Site = runpy.run_path(str(Path(__file__).parent / "endless_builds.py"))["site"]
    return made


@pytest.mark.usefixtures("can_exchange")
@pytest.mark.parametrize(("way", "stride"), [("exchange", 17), ("in place", 17), ("first", 11)])
def test_a_build_may_die_at_any_line(
    tmp_path: Path,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    way: str,
    stride: int,
) -> None:
    """The output is the old or the new site, and the next build leaves nothing of the dead one.

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
    assert report["deaths"] > 20
    assert 0 < report["leftovers"] < report["deaths"]
    assert 0 < report["new"] < report["deaths"]


@pytest.mark.usefixtures("can_exchange")
def test_builds_killed_at_random_moments_are_never_seen(
    tmp_path: Path,
    tree: Tree,
    site: Site,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
) -> None:
    """A reader who looks all the time sees whole sites."""
    public = tmp_path / "public"
    source = tmp_path / "content.md"
    source.write_bytes(b"a source")
    write(site(0), public, protected=[source])
    moments = random.Random(7)  # noqa: S311 - to be had again, not to be secret
    versions = itertools.count(1, 10_000)
    with _onlooker(public, site) as reader:
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
            assert found == site(_version(found))
    assert reader.faults == []
    assert len(reader.versions) > 1  # it did see builds come and go
    write(site(9), public, protected=[source])
    assert tree(public) == site(9)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content.md", "public"]
    assert source.read_bytes() == b"a source"


@pytest.mark.usefixtures("can_exchange")
def test_two_builders_take_turns(
    tmp_path: Path,
    tree: Tree,
    site: Site,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
) -> None:
    """Both succeed, a reader sees whole sites only, and the last one stands as it was written."""
    public = tmp_path / "public"
    write(site(0), public, protected=[])
    with _onlooker(public, site) as reader:
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
    assert found == site(_version(found))
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def _onlooker(public: Path, site: Site) -> Onlooker:
    """Watch an output that holds versions of the site."""

    def version(found: Mapping[str, bytes]) -> int | None:
        number = _version(found)
        return number if found == site(number) else None

    def is_page(page: bytes) -> bool:
        return page == site(_version({"index.html": page}))["goals/15/index.html"]

    sound: dict[str, Callable[[bytes], bool]]
    sound = {"index.html": bool, "goals/15/index.html": is_page}
    return Onlooker(public, version=version, sound=sound)


def _version(found: Mapping[str, bytes]) -> int:
    """Return the version that the home page names, -1 for none."""
    words = found.get("index.html", b"").split()
    return int(words[1]) if len(words) > 1 else -1
