"""The command line: it parses, calls the core, and prints. No command holds plan logic."""

from __future__ import annotations

import importlib
import os
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from planfolio import __version__
from planfolio.cli.ending import Run, ended

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "init": "Start a plan of your own.",
        "new": "Write a new record, with the questions it should answer.",
        "check": "Tell what is vague, impossible or broken in the plan.",
        "build": "Build the site.",
        "serve": "Show the plan in the browser, and every edit as it is saved.",
        "status": "Tell how each goal stands.",
        "gaps": "Tell what is missing for the roles you aim at.",
        "publish": "Push the public site to a branch, as for GitHub Pages.",
        "explain": "Tell why a rule exists, with examples.",
        "schema": "Print the JSON Schema of records, settings or plan.json.",
    }
)
"""The commands in the order of use. What the overview says stands here, so that it imports none."""


class _Lazy(click.Group):
    """A group that imports a command when it is called, so that each start loads only its own."""

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
            raise click.UsageError(f"there is no command {name!r}.{_near(name)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 well, 1 findings that fail, 2 misuse, 3 the machine, 130 interrupted.",
)
@click.version_option(__version__, prog_name="planfolio", message="%(prog)s %(version)s")
def cli() -> None:
    """Read a personal plan like a compiler, and publish it as a site.

    A plan is a folder with site.toml and Markdown below content/. Begin with `planfolio init`.
    """


def main() -> None:
    """Run the command line and exit with the code that `ended` documents."""
    run = Run(debug=bool(os.environ.get("PLANFOLIO_DEBUG")))
    sys.exit(
        ended(lambda: cli.main(prog_name="planfolio", standalone_mode=False, obj=run), run=run)
    )


def _near(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, _COMMANDS, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""
