"""Where the system does not let a site be written: one clear line, and the old site as it was."""

import errno
import fcntl
import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.output import stage, write

Tree = Callable[[Path], Mapping[str, bytes]]

OLD = {"index.html": b"home, old", "goals/cka/index.html": b"cka, old", "assets/site.css": b"css"}
NEW = {"index.html": b"home, new", "goals/ckad/index.html": b"ckad", "assets/site.css": b"css"}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """An output that holds the old site."""
    output = tmp_path / "public"
    write(OLD, output, protected=[])
    return output


@pytest.fixture
def folder_lock(tmp_path: Path) -> Iterator[int]:
    """The lock on the folder around the output, held as another build holds it."""
    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    yield descriptor
    os.close(descriptor)


@pytest.mark.parametrize(
    ("error", "raised", "message"),
    [
        (OSError(errno.EIO, "Input/output error", "x"), EnvironmentFailure, "Input/output error"),
        (OSError("broken"), EnvironmentFailure, "OSError; the site that was there"),
        (KeyboardInterrupt(), KeyboardInterrupt, None),
    ],
)
def test_a_failing_exchange_changes_nothing(
    public: Path,
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    raised: type[BaseException],
    message: str | None,
) -> None:
    """An error of the system or Ctrl-C at the last step: the old site, and nothing beside it."""

    def fail(_first: Path, _second: Path) -> bool:
        raise error

    monkeypatch.setattr(stage, "exchange", fail)
    with pytest.raises(raised, match=message):
        write(NEW, public, protected=[])
    assert tree(public) == OLD
    assert list(public.parent.iterdir()) == [public]


def test_a_build_waits_for_another(tmp_path: Path, folder_lock: int) -> None:
    """What came into an empty output while another build held the lock is not overwritten."""
    output = tmp_path / "public"
    output.mkdir()
    errors: list[Exception] = []

    def build() -> None:
        try:
            write(OLD, output, protected=[])
        except UsageError as error:
            errors.append(error)

    thread = threading.Thread(target=build)
    thread.start()
    time.sleep(0.2)
    assert thread.is_alive()
    (output / "index.html").write_bytes(b"theirs")
    fcntl.flock(folder_lock, fcntl.LOCK_UN)
    thread.join()
    assert "what planfolio did not write" in str(errors[0])
    assert (output / "index.html").read_bytes() == b"theirs"


@pytest.mark.usefixtures("folder_lock")
def test_a_build_that_waits_too_long_fails(tmp_path: Path) -> None:
    """The wait is bounded, and nothing is written after it."""
    with pytest.raises(EnvironmentFailure, match=r"another build has been writing it for 0\.05 s"):
        write(NEW, tmp_path / "public", protected=[], wait=0.05)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("existing", [True, False])
def test_a_full_disk_leaves_the_old_site(
    tmp_path: Path,
    tree: Tree,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    *,
    existing: bool,
) -> None:
    """When the system stops taking bytes half way, one clear line, and all as it was."""
    output = tmp_path / "public"
    if existing:
        write(OLD, output, protected=[])
    done = subprocess.run(
        script("limited_build.py", output, "no room"),
        env=child_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith(f"cannot write {output}: File too large")
    assert len(done.stderr.splitlines()) == 1
    assert (tree(output) if existing else tree(tmp_path)) == (OLD if existing else {})
    assert list(tmp_path.iterdir()) == ([output] if existing else [])


@pytest.mark.parametrize("closed", ["output", "all"])
def test_a_read_only_output_leaves_the_old_site(
    tree: Tree,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    open_folder: Path,
    closed: str,
) -> None:
    """Closed itself, or with all above it."""
    output = open_folder / "public"
    write(OLD, output, protected=[])
    done = subprocess.run(
        script("limited_build.py", output, f"closed {closed}"),
        env=child_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith(f"cannot write {output}: Permission denied")
    assert len(done.stderr.splitlines()) == 1
    for path in (open_folder, output, *output.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert tree(output) == OLD
    assert list(open_folder.iterdir()) == [output]


def test_an_output_in_a_closed_folder_is_written_inside(
    tree: Tree,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    open_folder: Path,
) -> None:
    """When only the output itself is ours to write, staging moves into it, and out again."""
    output = open_folder / "public"
    write(OLD, output, protected=[])
    done = subprocess.run(
        script("limited_build.py", output, "closed parent"),
        env=child_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert tree(output) == {"index.html": b"home", "new/index.html": b"new"}


@pytest.mark.parametrize("place", [".", "public"])
def test_a_full_disk_of_its_own_keeps_the_old_site(
    tmp_path: Path,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    private_disk: list[str],
    place: str,
) -> None:
    """On a small disk, as its mount point (staged inside, file by file) and as a folder on it.

    Three builds: one, another, and one that does not fit.
    """
    done = subprocess.run(
        [*private_disk, str(tmp_path), *script("small_disk.py", tmp_path / place)],
        env=child_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    first, second, error, third, left = json.loads(done.stdout)
    assert first == ["index.html", "old.html"]
    assert second == ["index.html", "new.html"]
    assert error.startswith(f"cannot write {tmp_path / place}: No space left on device (")
    assert third == second
    assert left == (second if place == "." else [])
