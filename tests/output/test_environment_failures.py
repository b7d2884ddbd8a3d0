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
from planfolio.output import stage, writer
from planfolio.output.writer import write

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
def test_a_build_that_waits_too_long_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait is bounded, and nothing is written after it."""
    monkeypatch.setattr(writer, "_LOCK_SECONDS", 0.05)
    with pytest.raises(EnvironmentFailure, match=r"another build has been writing it for 0\.05 s"):
        write(NEW, tmp_path / "public", protected=[])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("limit", "existing", "reason"),
    [
        ("no room", True, "File too large"),
        ("no room", False, "File too large"),
        ("closed output", True, "Permission denied"),
        ("closed all", True, "Permission denied"),
        ("closed parent", True, ""),
    ],
)
def test_what_the_system_forbids_leaves_the_old_site(
    tree: Tree,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    open_folder: Path,
    limit: str,
    existing: bool,
    reason: str,
) -> None:
    """A disk that takes no more bytes half way, an output that is read-only, alone or with all
    above it: one clear line, and all as it was. Where only the folder around it is, the site is
    staged inside the output, and out again."""
    output = open_folder / "public"
    if existing:
        write(OLD, output, protected=[])
    done = subprocess.run(
        script("limited_build.py", output, limit),
        env=child_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (3 if reason else 0), done.stderr
    assert done.stderr.startswith(f"cannot write {output}: {reason}" if reason else "")
    assert len(done.stderr.splitlines()) == bool(reason)
    for path in (open_folder, *open_folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    new = {"index.html": b"home", "new/index.html": b"new"}
    old = OLD if existing else {}
    assert tree(output) == (old if reason else new)
    assert list(open_folder.iterdir()) == ([output] if existing else [])


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
