"""One build at a time, and no lock outlives its build."""

import os
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planfolio.output import OutputFailed
from planfolio.output.lock import locked


def test_the_lock_file_is_gone_afterwards(tmp_path: Path) -> None:
    """It is there while the lock is held, and leaves nothing behind, not even after an error."""
    path = tmp_path / ".lock"

    def work() -> None:
        with locked(path, wait=0, output=tmp_path):
            assert path.exists()
            raise KeyError

    with pytest.raises(KeyError):
        work()
    assert not path.exists()


def test_a_second_holder_gives_up_after_the_wait(tmp_path: Path) -> None:
    """The line names the output and the time, and it did wait."""
    path, output = tmp_path / ".lock", tmp_path / "public"
    with locked(path, wait=0, output=output):
        start = time.monotonic()
        with (
            pytest.raises(OutputFailed, match=r"public: another build .* 0\.1 s"),
            locked(path, wait=0.1, output=output),
        ):
            pytest.fail("two held the lock")
        assert time.monotonic() - start >= 0.1
        assert path.exists()


def test_a_second_holder_gets_it_when_the_first_is_done(tmp_path: Path) -> None:
    """Waiting ends with the first holder's work."""
    path = tmp_path / ".lock"
    order: list[str] = []

    def second() -> None:
        with locked(path, wait=10, output=tmp_path):
            order.append("second")

    with locked(path, wait=0, output=tmp_path):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_file_deleted_while_it_was_opened_is_not_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The holder before deletes the file between our opening and our locking: we open it anew."""
    path = tmp_path / ".lock"
    opened: list[int] = []
    real_open = os.open

    def open_and_lose_the_first(name: Path, flags: int, mode: int = 0o777) -> int:
        opened.append(real_open(name, flags, mode))
        if len(opened) == 1:
            path.unlink()
        return opened[-1]

    monkeypatch.setattr(os, "open", open_and_lose_the_first)
    with locked(path, wait=5, output=tmp_path):
        assert path.exists()
    assert len(opened) == 2


def test_many_holders_never_overlap(tmp_path: Path) -> None:
    """The file is deleted and made anew all the time; still nobody locks one without a name."""
    path = tmp_path / ".lock"
    inside = 0
    most = 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(30):
            with locked(path, wait=30, output=tmp_path):
                inside += 1
                most = max(most, inside)
                time.sleep(0.0005)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_the_lock_of_a_killed_process_is_free(
    tmp_path: Path, script: Callable[..., list[str]], child_environment: dict[str, str]
) -> None:
    """The file stays behind, the lock does not."""
    path = tmp_path / ".lock"
    child = subprocess.Popen(
        script("hold_lock.py", path), stdout=subprocess.PIPE, env=child_environment
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    with (
        pytest.raises(OutputFailed, match="another build"),
        locked(path, wait=0, output=tmp_path),
    ):
        pytest.fail("two held the lock")
    child.kill()
    child.wait()
    child.stdout.close()
    assert path.exists()
    with locked(path, wait=0, output=tmp_path):
        pass
    assert not path.exists()


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    """A symlink under the lock's name neither creates nor locks a file elsewhere."""
    (tmp_path / ".lock").symlink_to(tmp_path / "elsewhere")
    with (
        pytest.raises(OSError, match="symbolic"),
        locked(tmp_path / ".lock", wait=0, output=tmp_path),
    ):
        pytest.fail("the link was followed")
    assert not (tmp_path / "elsewhere").exists()
