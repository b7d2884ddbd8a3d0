"""Tests of `planfolio serve`, in a process of its own, as a person and a browser see it."""

import os
import re
import signal
import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, Run
from tests.previewing import LONG, previewing, wait_until

GOAL = "---\ntitle: Pass the CKA exam\ndue: 2026-12-31\neffort: 40h\n---\n\n{text}\n"
HIDDEN = "---\ntitle: Leave quietly\nvisibility: private\ndue: 2026-12-31\n---\n"
FILES = {
    "site.toml": 'title = "A plan"\n\n[plan]\nas_of = "2026-01-05"\n',
    "content/goals/cka.md": GOAL.format(text="The first words."),
    "content/goals/secret.md": HIDDEN,
}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_the_plan_is_and_ends_well(plan: MakePlan, number: signal.Signals) -> None:
    """The address on stdout; what is watched and how to end it on stderr. The port is free then."""
    root = plan(FILES)
    with previewing(root) as preview:
        preview.shows("The first words.")
        preview.says(" built in ")
        assert f"Watching {root}; what you save there is shown at once" in preview.stderr
        assert preview.end(number) == 0
        preview.says("Stopped.")
        assert "Traceback" not in preview.stderr
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(("127.0.0.1", preview.port))


def test_the_owner_sees_everything(plan: MakePlan) -> None:
    """Private by default; `test_nothing_leaks` has what --audience shows."""
    with previewing(plan(FILES)) as preview:
        preview.shows("Leave quietly", "goals/secret/")


def test_the_plan_is_served_where_it_will_be(plan: MakePlan) -> None:
    """Under the path of base_url: the address that is said answers, and others lead there."""
    site = 'base_url = "https://example.org/my%20repo"\n' + FILES["site.toml"]
    with previewing(plan({**FILES, "site.toml": site})) as preview:
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
    plan: MakePlan, path: str, broken: str, said: str
) -> None:
    """It does not exit: the terminal tells what is wrong, and the plan comes once it is fixed."""
    root = plan({**FILES, path: broken})
    with previewing(root) as preview:
        preview.shows("The plan cannot be built yet")
        assert preview.ask()[0] == 503
        preview.says("not built")
        preview.says(said)
        (root / path).write_text(FILES[path])
        preview.shows("The first words.")
        assert preview.end() == 0


def test_what_is_wrong_is_told_once(plan: MakePlan) -> None:
    """An error is told when it comes, not with each further save, and not when it goes. A line
    names the file, the milliseconds and what was found."""
    root = plan(FILES)
    goal = root / "content/goals/cka.md"
    with previewing(root) as preview:
        preview.says(" built in ")
        goal.write_text("---\ntitle: A\ndue: someday\n---\n")
        preview.says("error[")
        preview.shows("The first words.")  # the last good page stays
        goal.write_text("---\ntitle: A\ndue: someday\n---\n\nMore.\n")
        wait_until(lambda: preview.stderr.count("not built") == 2)
        goal.write_text(GOAL.format(text="Fixed."))
        preview.shows("Fixed.")
        wait_until(lambda: preview.stderr.count(" changed: ") == 3)
        later = preview.stderr.partition(" changed: ")[2]
    assert later.count("error[") == 1
    assert "warning[" not in later
    pattern = r"\n\d\d:\d\d:\d\d content/goals/cka\.md changed: built in \d+ ms, .+\.\n"
    assert len(re.findall(pattern, later)) == 1


def test_a_terminal_that_has_gone_keeps_nobody_from_reading(plan: MakePlan) -> None:
    """The window is closed, the plan is shown on, edits too."""
    root = plan(FILES)
    reading, writing = os.pipe()
    with previewing(root, stderr=writing) as preview:
        preview.shows("The first words.")
        assert preview.process.stdout is not None
        preview.process.stdout.close()
        os.close(writing)
        os.close(reading)
        for text in ("The second words.", "The third words."):
            (root / "content/goals/cka.md").write_text(GOAL.format(text=text))
            preview.shows(text)


def test_a_network_is_warned_of(plan: MakePlan) -> None:
    """What others can read is said before they can; a name that was allowed is answered."""
    options = ("--host", "0.0.0.0", "--allow-host", "plan.test")  # noqa: S104
    with previewing(plan(FILES), *options) as preview:
        preview.says("Careful:")
        preview.says("private records too")
        assert preview.url.startswith("http://127.0.0.1:")
        preview.shows("The first words.")
        assert preview.ask("goals/cka/", host="plan.test")[0] == 200
        assert preview.ask("goals/cka/", host="evil.test")[0] == 403


def test_the_browser_is_opened(
    plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--open goes to the address that is said; with --quiet nothing else is, and nothing appears
    beside the plan."""
    opened = tmp_path / "opened"
    script = tmp_path / "browser.py"
    script.write_text(f"import pathlib, sys\npathlib.Path({str(opened)!r}).write_text(sys.argv[1])")
    monkeypatch.setenv("BROWSER", f"{sys.executable} {script} %s")
    root = plan(FILES)
    before = sorted(root.rglob("*"))
    with previewing(root, "--open", "--quiet") as preview:
        wait_until(lambda: opened.exists() and bool(opened.read_text()))
        assert opened.read_text() == preview.url
        preview.shows("The first words.")
        assert preview.end() == 0
        assert "built in" not in preview.stderr
        assert "Watching" not in preview.stderr
    assert sorted(root.rglob("*")) == before


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
