"""What the tests of writing share: looking at a folder, and both ways of replacing one."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

import planfolio
from planfolio.output import stage
from planfolio.output.sitepath import MANIFEST

Tree = Callable[[Path], Mapping[str, bytes]]


@pytest.fixture
def tree() -> Tree:
    """A function that gives all files of a folder but the manifest, empty folders as `name/`."""
    return _tree


@pytest.fixture(params=["exchange", "in place"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with what the system offers, and as on a system that cannot exchange folders."""
    if request.param == "in place":
        monkeypatch.setattr(stage, "exchange", lambda _first, _second: False)
    return str(request.param)


@pytest.fixture
def can_exchange(tmp_path: Path) -> None:
    """Skip a test on a disk that cannot exchange folders."""
    first, second = tmp_path / "probe-1", tmp_path / "probe-2"
    first.mkdir()
    second.mkdir()
    able = stage.exchange(first, second)
    first.rmdir()
    second.rmdir()
    if not able:
        pytest.skip("this disk cannot exchange folders")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="planfolio-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def private_disk() -> list[str]:
    """The start of a command line: a folder on which a disk of 200 kB is mounted, a command.

    Only that command sees the disk. Skips where the system does not let us mount one.
    """
    mount = 'mount -t tmpfs -o size=200k none "$0" && exec "$@"'
    for rights in ([], ["--map-root-user"]):
        command = ["unshare", "--mount", *rights, "sh", "-c", mount]
        with tempfile.TemporaryDirectory() as folder, suppress(OSError):
            if subprocess.run([*command, folder, "true"], capture_output=True).returncode == 0:
                return command
    pytest.skip("the system lets us mount no disk")


@pytest.fixture
def script() -> Callable[..., list[str]]:
    """A function that gives the command line of one of the scripts beside the tests."""
    return _script


@pytest.fixture
def child_environment() -> dict[str, str]:
    """An environment in which a child process finds the package that is under test."""
    root = Path(planfolio.__file__).parents[1]
    return {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}


def _script(name: str, *arguments: object) -> list[str]:
    return [sys.executable, str(Path(__file__).parent / name), *map(str, arguments)]


def _tree(folder: Path) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        mode = path.lstat().st_mode
        if name == MANIFEST:
            continue
        if stat.S_ISLNK(mode):
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif stat.S_ISREG(mode):
            found[name] = path.read_bytes()
        elif not stat.S_ISDIR(mode):
            found[name] = b"special"
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found
