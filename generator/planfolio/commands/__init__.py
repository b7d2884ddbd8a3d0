"""The command line: it parses, calls the core, and prints. No command holds plan logic."""

from __future__ import annotations

import importlib
import sys

import click

from planfolio import __version__
from planfolio.exceptions import PlanfolioError

_COMMANDS = ("init", "new", "check", "build", "status", "gaps", "explain", "schema")


class _Lazy(click.Group):
    """A group that imports a command when it is called, so that each start loads only its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"planfolio.commands.{cmd_name}")
        command: click.Command = module.command
        return command


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="planfolio")
def cli() -> None:
    """Read a personal plan like a compiler, and publish it as a site.

    A plan is a folder with site.toml and Markdown below content/. Begin with `planfolio init`.
    """


def main() -> None:
    """Run the command line and exit: 0 well, 1 findings, 2 misuse, 3 the machine, 130 interrupted."""
    try:
        code = cli.main(prog_name="planfolio", standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = 130
    except PlanfolioError as error:
        _say(error)
        code = error.exit_code
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody left to tell.
        sys.stderr.close()
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _say(error: PlanfolioError) -> None:
    from planfolio.report import printable

    click.echo(f"Error: {printable(str(error))}", err=True)
    if error.hint:
        click.echo(f"  help: {printable(error.hint)}", err=True)
