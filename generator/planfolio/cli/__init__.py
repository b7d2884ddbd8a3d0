"""The command line: commands parse, call the core, and print. None of them holds plan logic."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from planfolio import __version__
from planfolio.cli.exit_codes import run_to_exit_code
from planfolio.cli.options import common_options

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Write the plan": {
            "init": "Start a plan of your own.",
            "new": "Write a new record, with the questions to answer in it.",
            "log": "Write down a value of a goal's metric, or a session of its habit.",
            "tick": "Tick an item of a checklist.",
            "done": "Write that a goal, a milestone or a resource is done.",
            "move": "Move a due date, and write down why.",
            "pause": "Let a goal rest.",
            "resume": "Take a goal up again.",
            "drop": "Give a goal, a milestone or a resource up, and write down why.",
        },
        "Look at it": {
            "check": "Show what is vague, impossible or broken in the plan.",
            "status": "Show the status of each goal.",
            "gaps": "Show what is missing for your target roles.",
            "next": "Show what you can do next.",
            "explain": "Explain a rule, with examples.",
            "schema": "Print the JSON Schema of records, settings or plan.json.",
        },
        "Publish it": {
            "theme": "List the themes, show where a page comes from, or start a theme.",
            "serve": "Show the plan in the browser, and update it on every save.",
            "build": "Build the site.",
            "publish": "Push the public site to a branch, for example for GitHub Pages.",
        },
    }
)
"""The commands in the order of use, with their help, so that the overview imports none of them."""

_COMMANDS = MappingProxyType({k: v for part in _SECTIONS.values() for k, v in part.items()})

_MODULES = MappingProxyType(
    {"init": "new", "build": "site", "publish": "site"}
    | dict.fromkeys(("status", "gaps", "next"), "overviews")
    | dict.fromkeys(("explain", "schema"), "reference")
    | dict.fromkeys(("log", "tick", "done", "move", "pause", "resume", "drop"), "changes")
)
"""The modules of commands that have none of their own name."""


class _LazyGroup(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"planfolio.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            raise click.UsageError(f"there is no command {name!r}.{_suggestion(name)}", ctx)
        found, command, rest = super().resolve_command(ctx, args)
        return found, command, [*_typed_before(ctx), *rest]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        width = max(map(len, _COMMANDS))
        for title, commands in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), text) for name, text in commands.items()])


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 success, 1 findings, 2 usage error, 3 environment error, "
    "130 interrupted.",
)
@click.version_option(__version__, prog_name="planfolio", message="%(prog)s %(version)s")
@common_options
def cli(**_: Any) -> None:
    """Check a personal plan, and publish it as a site.

    A plan is a folder with site.toml and Markdown below content/. Begin with `planfolio init`.
    --site, --color, -q and -v may come before or after the name of a command.
    """


def run_command_line() -> int:
    """Run the command that was typed; return the exit code that `run_to_exit_code` documents."""
    return run_to_exit_code(lambda: cli.main(prog_name="planfolio", standalone_mode=False))


def _typed_before(ctx: click.Context) -> list[str]:
    """Return the options typed before the name of a command, for the command to parse first.

    So they win over variables of the environment, and what is typed after the name wins over them.
    """
    typed: list[str] = []
    for name, value in ctx.params.items():
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            typed += [f"--{name}"] if value is True else [f"--{name}", value]
    return typed


def _suggestion(name: str) -> str:
    from planfolio.names import near_names

    near = near_names(name, _COMMANDS)
    return f" Did you mean {near[0]!r}?" if near else ""
