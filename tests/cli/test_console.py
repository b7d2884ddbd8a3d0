"""Tests of what is printed to which stream, and coloured."""

from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, OnTerminal, Run

from planfolio.cli.console import Session
from planfolio.pipeline import Today

VAGUE = {"content/goals/writing.md": "---\ntitle: Improve my writing\ndue: 2027\n---\n"}
BROKEN = {"content/goals/a.md": "---\ntitle: A\ndue: 2026-02-30\n---\n"}
ESCAPE = "\x1b["


def test_each_stream_is_coloured_for_itself(on_terminal: OnTerminal, plan: MakePlan) -> None:
    """Findings in a pipe are plain although notes are at a terminal, and the other way round."""
    root = plan(VAGUE)
    only_stdout = on_terminal("check", "--site", root, "-v", streams="stdout")
    assert ESCAPE in only_stdout.terminal
    assert ESCAPE not in only_stdout.elsewhere
    assert "As of " in only_stdout.elsewhere
    only_stderr = on_terminal("check", "--site", root, "-v", streams="stderr")
    assert ESCAPE in only_stderr.terminal
    assert ESCAPE not in only_stderr.elsewhere
    assert "warning[S101]" in only_stderr.elsewhere
    assert ESCAPE not in on_terminal("explain", "S101", TERM="dumb").terminal


@pytest.mark.parametrize(
    ("args", "environment", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": ""}, False),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        ((), {"PLANFOLIO_COLOR": "always"}, True),
        (("--color", "auto"), {"PLANFOLIO_COLOR": "always"}, False),
    ],
)
def test_colour_is_chosen_by_option_then_variables(
    run: Run, plan: MakePlan, args: tuple[str, ...], environment: dict[str, str], coloured: bool
) -> None:
    """--color wins over PLANFOLIO_COLOR, that over NO_COLOR, that over FORCE_COLOR."""
    done = run("check", "--site", plan(VAGUE), *args, **environment)
    assert (ESCAPE in done.stdout) is coloured


def test_quiet_prints_results_only(run: Run, plan: MakePlan) -> None:
    """-q leaves the findings and nothing on stderr, but for the errors that stop a build."""
    root = plan(VAGUE)
    done = run("check", "--site", root, "-q")
    assert "S101" in done.stdout
    assert done.stderr == ""
    assert run("build", "--site", root, PLANFOLIO_QUIET="1").stderr == ""
    stopped = run("build", "--site", plan(BROKEN), "-q")
    assert stopped.exit_code == 1
    assert "error[F102]" in stopped.stderr


def test_paths_can_be_opened_from_where_one_is(
    tmp_path: Path, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path is relative below here and inside the plan, else whole."""
    root = tmp_path / "plan"
    (root / "content/goals").mkdir(parents=True)
    file = root / "content/goals/a.md"
    session = Session(color="never", quiet=False, verbose=False, root=root, today=today)
    shown = []
    for here in (root, tmp_path, root / "content/goals", root / "content"):
        monkeypatch.chdir(here)
        shown.append(session.shown(file))
    assert shown == ["content/goals/a.md", "plan/content/goals/a.md", "a.md", "goals/a.md"]
    monkeypatch.chdir("/")
    assert session.shown(file) == str(file)[1:]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert session.shown(file) == str(file)
    (root / "notes").mkdir()
    monkeypatch.chdir(root / "notes")
    assert session.shown(file) == "../content/goals/a.md"
