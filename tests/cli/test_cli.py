"""Tests of the command line as a whole: overview, version, what a start imports."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Program, Run

from planfolio import __version__
from planfolio.cli import cli

ONCE = {
    "--if",
    *("--example", "--edit", "--open", "--watch", "--dry-run", "--message"),
    *("--undo", "--anyway", "--date", "--note", "--why", "--until"),
}
"""Options that are meant for the one time at which they are typed."""

COMMANDS = (
    *("init", "new", "log", "tick", "done", "move", "pause", "resume", "drop", "check"),
    *("status", "gaps", "next", "explain", "schema", "theme", "serve", "build", "publish"),
)


def test_the_overview_names_each_command_in_one_whole_line(run: Run) -> None:
    """No help line is cut off, and the commands are in the order of use, in three groups."""
    groups = run("--help").stdout.split("\n\n")[-4:-1]
    assert [group.splitlines()[0] for group in groups] == [
        "Write the plan:",
        "Look at it:",
        "Publish it:",
    ]
    lines = [line.split(maxsplit=1) for group in groups for line in group.splitlines()[1:]]
    assert tuple(name for name, _ in lines) == COMMANDS
    assert all(what.endswith(".") and "..." not in what for _, what in lines)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(run: Run, name: str) -> None:
    """`COMMAND --help` and `COMMAND -h` print the usage and what it does."""
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: planfolio {name} ")
    assert run(name, "-h").stdout == result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_can_be_set_by_the_environment(name: str) -> None:
    """All options but those that only make sense once have a PLANFOLIO_ variable of their name."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    options = [p for p in command.params if isinstance(p, click.Option)]
    lasting = {max(o.opts, key=len): o.envvar for o in options if not ONCE & set(o.opts)}
    named = {o: "PLANFOLIO_" + o.strip("-").upper().replace("-", "_") for o in lasting}
    assert lasting == named
    assert {"--color", "--quiet", "--verbose"} <= set(lasting)


def test_the_version_is_the_packages(run: Run) -> None:
    """`--version` prints name and version in one line."""
    assert run("--version").stdout == f"planfolio {__version__}\n"


@pytest.mark.parametrize(
    ("typed", "guess"),
    [("chek", " Did you mean 'check'?"), ("explian", " Did you mean 'explain'?"), ("console", "")],
)
def test_a_mistyped_command_is_guessed(run: Run, typed: str, guess: str) -> None:
    """A slip gets the command that was meant, if one is near, and exit code 2."""
    result = run(typed)
    assert result.exit_code == 2
    assert result.stderr.endswith(f"there is no command '{typed}'.{guess}\n")


HEAVY = {"jinja2", "markdown_it", "yaml", "starlette", "uvicorn", "icalendar"}


def imported(*args: str | Path) -> set[str]:
    """Return the top names of all modules that a run of the program imports."""
    code = (
        "import sys\nfrom planfolio.cli import run_command_line\n"
        "run_command_line()\n"
        "sys.stderr.write('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        check=True,
        capture_output=True,
        text=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("COV_")},
    )
    found = {name.partition(".")[0] for name in done.stderr.split()}
    assert "click" in found
    return found | {name for name in done.stderr.split() if name.startswith("planfolio.")}


@pytest.mark.parametrize("args", [("--version",), ("nonsense",)])
def test_the_version_and_the_overview_import_almost_nothing(args: tuple[str, ...]) -> None:
    """What needs no plan loads neither the libraries nor the rooms that read one."""
    found = imported(*args)
    assert found & HEAVY == set()
    rooms = {name.split(".")[1] for name in found if name.startswith("planfolio.")}
    assert rooms <= {"cli", "exceptions", "report", "names", "message_text"}
    assert "planfolio.cli.build" not in found


@pytest.mark.parametrize("command", ["check", "explain"])
def test_what_makes_no_pages_loads_no_templates(example: Path, command: str) -> None:
    """A check reads and computes, explain knows the rules, and neither loads what makes pages."""
    found = imported(command, *(("--site", example) if command == "check" else ("S101",)))
    assert "planfolio.rules" in found
    assert found & {"jinja2", "starlette", "planfolio.render", "planfolio.output"} == set()


def test_the_program_runs_as_a_module(program: Program) -> None:
    """`python -m planfolio` is the program under its own name."""
    done = program("nonsense")
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: planfolio ")
