"""Tests of `planfolio serve`, in a process of its own, as a person and a browser see it."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import MakePlan, Run, Start

GOAL = "---\ntitle: Pass the CKA exam\ndue: 2026-12-31\neffort: 40h\n---\n\n{text}\n"
HIDDEN = "---\ntitle: Leave quietly\nvisibility: private\ndue: 2026-12-31\n---\n"
FILES = {
    "site.toml": 'title = "A plan"\n\n[plan]\nas_of = "2026-01-05"\n',
    "content/goals/cka.md": GOAL.format(text="The first words."),
    "content/goals/secret.md": HIDDEN,
}
LONG = 30
"""Seconds that something may take on a machine that is busy with other things."""


@dataclass
class Serving:
    """A preview that runs, what it said, and its address."""

    process: subprocess.Popen[str]
    said: list[str]
    url: str = ""
    told: list[str] = field(default_factory=list)

    def ask(self, path: str = "", **headers: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        request = urllib.request.Request(self.url + path, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=LONG) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def shows(self, text: str, path: str = "goals/cka/") -> None:
        """Wait until a page shows a text."""
        wait_until(lambda: text in self.ask(path)[1])

    def says(self, text: str) -> None:
        """Wait until a text stands in what was told at the terminal."""
        wait_until(lambda: text in self.all_told)

    @property
    def all_told(self) -> str:
        """All of stderr so far."""
        return "".join(self.told)

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Press Ctrl-C or send another signal, and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(LONG)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what another process does; fails if it does not."""
    until = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


@contextmanager
def serving(start: Start, root: Path, *options: str) -> Iterator[Serving]:
    """Serve a plan on a free port."""
    process = start("serve", "--site", root, "--port", "0", *options)
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    assert found is not None, line or process.communicate()[1]
    preview = Serving(process, [line], found[0])
    reader = threading.Thread(target=_read, args=(process, preview.told), daemon=True)
    reader.start()
    try:
        yield preview
    finally:
        process.kill()
        process.wait(LONG)
        reader.join(LONG)


def _read(process: subprocess.Popen[str], told: list[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        told.append(line)  # noqa: PERF402 - it is read by others while it grows


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_the_plan_is_and_ends_well(
    start: Start, plan: MakePlan, number: signal.Signals
) -> None:
    """The address on stdout; what is watched and how to end it on stderr. The end comes soon,
    though pages listen, and the port is free then."""
    root = plan(FILES)
    with serving(start, root) as preview, contextlib.ExitStack() as pages:
        preview.shows("The first words.")
        preview.says(" built in ")
        assert f"Watching {root}; what you save there is shown at once" in preview.all_told
        for _ in range(10):
            stream = urllib.request.urlopen(preview.url + "_planfolio/events")  # noqa: S310
            pages.enter_context(stream)
        started = time.monotonic()
        assert preview.end(number) == 0
        assert time.monotonic() - started < 5
        preview.says("Stopped.")
        assert "Traceback" not in preview.all_told
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(("127.0.0.1", int(preview.url.rsplit(":")[2].strip("/"))))


def test_the_owner_sees_everything_and_others_what_is_for_them(
    start: Start, plan: MakePlan
) -> None:
    """Private by default; --audience shows the plan as it will be published."""
    root = plan(FILES)
    with serving(start, root) as preview:
        preview.shows("Leave quietly", "goals/secret/")
    with serving(start, root, "--audience", "public") as preview:
        preview.shows("The first words.")
        status, text = preview.ask("goals/secret/")
        assert (status, "Leave quietly" in text) == (404, False)


def test_an_edit_is_shown_and_told_in_a_line(start: Start, plan: MakePlan) -> None:
    """The line names the file, the milliseconds and what was found."""
    root = plan(FILES)
    with serving(start, root) as preview:
        preview.shows("The first words.")
        (root / "content/goals/cka.md").write_text(GOAL.format(text="The second words."))
        preview.shows("The second words.")
        preview.says("content/goals/cka.md changed: built in ")
        line = next(line for line in preview.told if "changed" in line)
        assert re.fullmatch(
            r"\d\d:\d\d:\d\d content/goals/cka\.md changed: built in \d+ ms, .+\.\n", line
        )


def test_the_plan_is_served_where_it_will_be(start: Start, plan: MakePlan) -> None:
    """Under the path of base_url: the address that is said answers, and others lead there."""
    site = 'base_url = "https://example.org/my%20repo"\n' + FILES["site.toml"]
    with serving(start, plan({**FILES, "site.toml": site})) as preview:
        assert preview.url.endswith("/my%20repo/")
        preview.shows("The first words.")
        for path, page in (("/", ""), ("/goals/cka/", "goals/cka/"), ("/goals/cka", "goals/cka/")):
            asked = preview.url.removesuffix("/my%20repo/") + path
            with urllib.request.urlopen(asked, timeout=LONG) as answer:  # noqa: S310
                assert answer.url == preview.url + page


@pytest.mark.parametrize(
    ("path", "broken", "said"),
    [
        ("site.toml", "title = \n", "site.toml:1:9"),
        ("content/goals/cka.md", "---\ntitle: A\ndue: someday\n---\n", "goals/cka.md:3:6"),
    ],
)
def test_a_plan_that_is_broken_at_the_start_is_shown_so_and_mended_live(
    start: Start, plan: MakePlan, path: str, broken: str, said: str
) -> None:
    """It does not exit: the terminal tells what is wrong, and the plan comes once it is mended."""
    root = plan({**FILES, path: broken})
    with serving(start, root) as preview:
        preview.shows("The plan cannot be built yet")
        assert preview.ask()[0] == 503
        preview.says("not built")
        preview.says(said)
        (root / path).write_text(FILES[path])
        preview.shows("The first words.")
        assert preview.end() == 0


def test_what_is_wrong_is_told_once(start: Start, plan: MakePlan) -> None:
    """An error is told when it comes, not with each further save, and not when it goes."""
    root = plan(FILES)
    goal = root / "content/goals/cka.md"
    with serving(start, root) as preview:
        preview.says(" built in ")
        before = len(preview.told)
        goal.write_text("---\ntitle: A\ndue: someday\n---\n")
        preview.says("error[")
        preview.shows("The first words.")  # the last good page stays
        goal.write_text("---\ntitle: A\ndue: someday\n---\n\nMore.\n")
        wait_until(lambda: preview.all_told.count("not built") == 2)
        goal.write_text(GOAL.format(text="Mended."))
        preview.shows("Mended.")
        wait_until(lambda: preview.all_told.count(" changed: ") == 3)
        later = "".join(preview.told[before:])
    assert later.count("error[") == 1
    assert "warning[" not in later


def test_a_terminal_that_has_gone_keeps_nobody_from_reading(start: Start, plan: MakePlan) -> None:
    """The window is closed, the plan is shown on, edits too."""
    root = plan(FILES)
    process = start("serve", "--site", root, "--port", "0")
    assert process.stdout is not None
    assert process.stderr is not None
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found is not None
    preview = Serving(process, [], found[0])
    preview.shows("The first words.")
    process.stdout.close()
    process.stderr.close()
    for text in ("The second words.", "The third words."):
        (root / "content/goals/cka.md").write_text(GOAL.format(text=text))
        preview.shows(text)
    process.kill()
    process.wait(LONG)


def test_a_full_disk_ends_nothing(plan: MakePlan) -> None:
    """A log that takes no more is done without. A save that became empty on the way is told where
    the plan is shown, and the last good page stays."""
    root = plan(FILES)
    command = [sys.executable, "-m", "planfolio", "serve", "--site", str(root), "--port", "0"]
    with (
        Path("/dev/full").open("wb") as full,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=full, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None
            preview = Serving(process, [], found[0])
            preview.shows("The first words.")
            (root / "content/goals/cka.md").write_text("")
            preview.shows("`title` is missing", "_planfolio/state.json")
            preview.shows("The first words.")
            (root / "content/goals/cka.md").write_text(GOAL.format(text="The second words."))
            preview.shows("The second words.")
            process.send_signal(signal.SIGINT)
            process.wait(LONG)
        finally:
            process.kill()


def test_a_network_is_warned_of(start: Start, plan: MakePlan) -> None:
    """What others can read is said before they can."""
    with serving(start, plan(FILES), "--host", "0.0.0.0") as preview:  # noqa: S104
        preview.says("Careful:")
        preview.says("private records too")
        assert preview.url.startswith("http://127.0.0.1:")
        preview.shows("The first words.")


def test_a_name_is_answered_if_it_was_allowed(start: Start, plan: MakePlan) -> None:
    """--allow-host is for the names that a proxy asks by; another gets nothing."""
    with serving(start, plan(FILES), "--allow-host", "plan.test") as preview:
        preview.shows("The first words.")
        assert preview.ask("goals/cka/", host="plan.test")[0] == 200
        assert preview.ask("goals/cka/", host="evil.test")[0] == 403


def test_the_browser_is_opened(
    start: Start, plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--open goes to the address that is said."""
    opened = tmp_path / "opened"
    script = tmp_path / "browser.py"
    script.write_text(f"import pathlib, sys\npathlib.Path({str(opened)!r}).write_text(sys.argv[1])")
    monkeypatch.setenv("BROWSER", f"{sys.executable} {script} %s")
    with serving(start, plan(FILES), "--open") as preview:
        wait_until(lambda: opened.exists() and bool(opened.read_text()))
        assert opened.read_text() == preview.url


def test_findings_open_in_the_editor_that_is_named(start: Start, plan: MakePlan) -> None:
    """The pages know the link of it, to files of this plan."""
    root = plan(FILES)
    with serving(start, root, "--editor", "vscode") as preview:
        preview.shows(f"vscode://file{root}/{{path}}:{{line}}:{{column}}")


def test_what_cannot_be_served_is_told_at_once(run: Run, plan: MakePlan, tmp_path: Path) -> None:
    """No plan, an editor that nobody knows, or a port that is taken: the next step is told."""
    root = plan(FILES)
    assert "planfolio init" in run("serve", "--site", tmp_path).stderr
    unknown = run("serve", "--site", root, "--editor", "vscoed")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "did you mean vscode?" in unknown.stderr
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--site", root, "--port", str(port))
    assert result.exit_code == 3
    assert f"Error: port {port} is taken" in result.stderr
    assert "help: leave out --port" in result.stderr


def test_it_is_quiet_if_it_is_asked_to_and_writes_nothing(start: Start, plan: MakePlan) -> None:
    """Only the address is said, and nothing appears beside the plan."""
    root = plan(FILES)
    before = sorted(root.rglob("*"))
    with serving(start, root, "--quiet") as preview:
        preview.shows("The first words.")
        assert preview.end() == 0
        assert "built in" not in preview.all_told
        assert "Watching" not in preview.all_told
    assert sorted(root.rglob("*")) == before
