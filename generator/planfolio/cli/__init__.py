"""The command line: commands parse, call the core, and print. None of them holds plan logic."""

from __future__ import annotations

import importlib
import os
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from planfolio import __version__
from planfolio.cli.exit_codes import RunState, run_to_exit_code
from planfolio.cli.options import common_options

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "init": "Start a plan of your own.",
        "new": "Write a new record, with the questions to answer in it.",
        "check": "Show what is vague, impossible or broken in the plan.",
        "build": "Build the site.",
        "serve": "Show the plan in the browser, and update it on every save.",
        "status": "Show the status of each goal.",
        "gaps": "Show what is missing for your target roles.",
        "publish": "Push the public site to a branch, for example for GitHub Pages.",
        "explain": "Explain a rule, with examples.",
        "schema": "Print the JSON Schema of records, settings or plan.json.",
    }
)
"""The commands in the order of use, with their help, so that the overview imports none of them."""


class _LazyGroup(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"planfolio.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            raise click.UsageError(f"there is no command {name!r}.{_suggestion(name)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 success, 1 findings, 2 usage error, 3 environment error, "
    "130 interrupted.",
)
@click.version_option(__version__, prog_name="planfolio", message="%(prog)s %(version)s")
@common_options
def cli() -> None:
    """Check a personal plan, and publish it as a site.

    A plan is a folder with site.toml and Markdown below content/. Begin with `planfolio init`.
    --site, --color, -q and -v can stand before or after the name of a command.
    """


def main() -> None:
    """Run the command line, and exit with the code that `run_to_exit_code` documents."""
    state = RunState(debug=bool(os.environ.get("PLANFOLIO_DEBUG")))

    def program() -> object:
        return cli.main(prog_name="planfolio", standalone_mode=False, obj=state)

    sys.exit(run_to_exit_code(program, state=state))


def _suggestion(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, _COMMANDS, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""
