"""`planfolio theme`: the themes of a plan, where their files come from, and a new one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from planfolio.cli.options import plan_options
from planfolio.exceptions import UsageError
from planfolio.message_text import quoted

if TYPE_CHECKING:
    from planfolio.cli.console import Session
    from planfolio.model.settings import ThemeSettings

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*", re.IGNORECASE)


@click.command("theme", options_metavar="[OPTIONS]")
@click.argument("action", type=click.Choice(["which", "new"]), required=False)
@click.argument("name", required=False)
@plan_options
def theme_command(*, action: str | None, name: str | None, session: Session) -> None:
    """List the themes of a plan, show where a file of its theme comes from, or start a new theme.

    `theme which goal.html` names the file that serves a template, a style or an asset, what it
    extends or replaces, and the blocks to fill. `theme new NAME` writes a small theme into
    themes/NAME/ beside site.toml. Existing files are never changed.
    """
    if action is None:
        _list(session)
    elif name is None:
        wanted = "goal.html" if action == "which" else "mine"
        raise click.UsageError(f"name one: planfolio theme {action} {wanted}")
    elif action == "which":
        _show(name, session)
    else:
        _start(name, session)


def _settings(session: Session) -> ThemeSettings:
    from planfolio.read.site_file import read_site

    return read_site(session.root).settings.theme


def _list(session: Session) -> None:
    from planfolio.theme_folders import theme_names

    used = _settings(session).name
    folders = theme_names(site_root=session.root)
    width = max(map(len, folders))
    for name, folder in folders.items():
        mark = "*" if name == used else " "
        own = f"{session.shown(folder)}/" if folder.parent == session.root / "themes" else "bundled"
        session.result(f"{mark} {name:{width}}  {own}")
    if used not in folders:
        session.result(f"* {used}")
    session.note('The one with * is in use. Another: theme = "NAME" in site.toml.')


def _show(name: str, session: Session) -> None:
    from planfolio.render.theme import theme_layers
    from planfolio.render.theme_chain import theme_chain

    layers = theme_layers(_settings(session).name, site_root=session.root)
    chain = theme_chain(layers, name)
    width = max(len(link.relation) for link in chain)
    for link in chain:
        place = session.shown(link.file.shown)
        relation = f"{link.relation:{width}}"
        session.result(f"{session.out.paint(relation, 'quiet')}  {link.name}: {place}")
        if link.blocks:
            session.result(f"{'':{width}}    blocks: {', '.join(dict.fromkeys(link.blocks))}")
    served = session.root / chain[0].file.shown
    own = layers[-1].folder
    if layers[-1].bundled:
        session.note("To change it, start a theme of your own: planfolio theme new mine")
    elif not served.is_relative_to(own):
        folder = next(layer.folder for layer in layers if served.is_relative_to(layer.folder))
        mine = session.shown(own / served.relative_to(folder))
        session.note(f"To change it, write {mine}.")


def _start(name: str, session: Session) -> None:
    from planfolio.init.scaffold import create_file, new_theme_files
    from planfolio.render.theme import theme_layers
    from planfolio.render.theme_chain import theme_chain
    from planfolio.theme_folders import DEFAULT, theme_names

    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{quoted(name)} is no name for a folder of a theme",
            hint="use letters, digits, - and _: planfolio theme new mine",
        )
    taken = theme_names(site_root=session.root).get(name)
    if taken is not None and taken.parent != session.root / "themes":
        raise UsageError(f"{quoted(name)} is a theme that comes with planfolio; take another name")
    chain = theme_chain(theme_layers(DEFAULT, site_root=session.root), "goal.html")
    blocks = dict.fromkeys(block for link in chain for block in link.blocks)
    for path, data in new_theme_files(blocks).items():
        file = session.root / "themes" / name / path
        shown = session.shown(file)
        if create_file(file, data):
            session.result(shown)
        else:
            session.note(f"{shown} exists already and is kept.")
    used = _settings(session)
    if used.name != name:
        table = used.accent or used.logo or used.card
        key = f'name = "{name}", below [theme]' if table else f'theme = "{name}"'
        session.note(f"To use it, write this into site.toml: {key}")
    session.note("planfolio theme which role.html shows the blocks of another page.")
