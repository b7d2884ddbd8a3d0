"""`planfolio build` in processes of its own, killed and in each other's way."""

import subprocess
from pathlib import Path

import pytest
from tests.benchmarks.builds import Plans, environment, tree
from tests.benchmarks.killed import kill_builds
from tests.benchmarks.onlooker import Onlooker


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all of them build the same two plans."""
    return tmp_path_factory.mktemp("hardship")


def test_killed_builds_tear_nothing(folder: Path) -> None:
    """A reader meets whole sites, files of others stay, no source is touched, nothing is left."""
    report = kill_builds(folder, kills=4)
    assert report.sound, report
    assert report.in_time > 0
    assert report.while_writing > 0
    assert report.looks > 10


def test_of_two_builds_at_once_one_stands_whole(folder: Path) -> None:
    """Both end well, or one says that the other is writing; a reader meets whole sites."""
    plans = Plans.made(folder)
    version = plans.versions()
    plans.place_first()
    with Onlooker(plans.output, version=version, sound={"index.html": bool}) as reader:
        children = [
            subprocess.Popen(
                plans.command(name), env=environment(), stderr=subprocess.PIPE, text=True
            )
            for name in ("one", "two")
        ]
        said = [child.communicate()[1] for child in children]
    assert 0 in [child.returncode for child in children]
    for child, text in zip(children, said, strict=True):
        waited = child.returncode == 3 and "another build has been writing" in text
        assert child.returncode == 0 or waited, text
    assert version(tree(plans.output)) in {"one", "two"}
    assert reader.faults == []
