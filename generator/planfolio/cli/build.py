"""`planfolio build`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planfolio.cli.console import Progress, shown_path
from planfolio.cli.editors import editor_link, editor_option
from planfolio.cli.options import option, plan_options
from planfolio.model.formatting import count
from planfolio.model.visibility import Visibility
from planfolio.report.formats import changed_files, counted, counted_by_severity

if TYPE_CHECKING:
    from typing import NoReturn

    from planfolio.cli.console import Console
    from planfolio.pipeline import CheckResult, Today

_READERS = {
    Visibility.PUBLIC: "the public",
    Visibility.MENTOR: "a mentor",
    Visibility.PRIVATE: "the owner",
}
_SITE_ADDRESS = re.compile(r"""https?://[^]\s/?#"<>\\[]+(/[^\s?#"<>\\]*)?""")


def _base_url(_ctx: click.Context, _param: click.Parameter, url: str | None) -> str | None:
    if url is None:
        return None
    if not (_SITE_ADDRESS.fullmatch(url) and url.isprintable()):
        raise click.BadParameter(
            f"{url!r} is not the address of a site, like https://example.org/plan/."
        )
    return url if url.endswith("/") else url + "/"


@click.command("build")
@option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write (default: public/ beside site.toml).",
)
@option(
    "--audience",
    type=click.Choice([v.word for v in Visibility]),
    default=Visibility.PUBLIC.word,
    show_default=True,
    help="Who the site is for; private is for you alone.",
)
@option(
    "--base-url",
    metavar="URL",
    callback=_base_url,
    help="The address of the site (default: site.toml's base_url).",
)
@editor_option
@option("--strict", is_flag=True, help="Let warnings stop the build too.")
@plan_options
def build_command(
    *,
    output: Path | None,
    audience: str,
    base_url: str | None,
    editor: str | None,
    strict: bool,
    today: Today,
    root: Path,
    console: Console,
) -> None:
    """Build the site. Errors in the plan leave the last output as it was."""
    from planfolio.output import refuse_dangerous, write
    from planfolio.pipeline import build

    target = root / "public" if output is None else output.absolute()
    refuse_dangerous(target, protected=_protected(root))
    reader = Visibility[audience.upper()]
    link = editor_link(editor, root=root, environ=os.environ)
    console.detail(f"The plan is {root}, the output {target}.")
    with Progress(console) as progress:
        made = build(
            root,
            today=today,
            audience=reader,
            base_url=base_url,
            strict=strict,
            editor=link,
            progress=progress.stage,
        )
        if made.files is not None:
            progress.stage("writing the files")
            sources = _protected(root, theme=made.check.plan.settings.theme.name)
            written = write({**made.files, **made.copies}, target, protected=sources)
    if made.files is None:
        _refuse(console, made.check, root=root, strict=strict)
    where = f"{shown_path(target, root=root)}/"
    changes = changed_files(written.added, written.changed, written.removed) or "no file changed"
    console.note(
        f"Built {count(made.page_count, 'page')} for {_READERS[reader]} into {where} "
        f"in {progress.seconds:.2f} s: {changes}."
    )
    console.detail(f"{written.bytes:,} bytes written, {written.unchanged} files unchanged.")
    found = made.check.diagnostics
    them = "it" if len(found) == 1 else "them"
    see = f" See {them} with planfolio check." if found else ""
    console.note(f"As of {made.check.as_of}: {counted(found)}.{see}")


def _refuse(console: Console, checked: CheckResult, *, root: Path, strict: bool) -> NoReturn:
    """Show the findings that stopped the build, count the others, and exit."""
    from planfolio.pipeline import stops

    stopping = {d: stops([d], strict=strict) for d in checked.diagnostics}
    failing = [d for d in checked.diagnostics if stopping[d]]
    others = [d for d in checked.diagnostics if not stopping[d]]
    more = f" planfolio check also shows {counted_by_severity(others)}." if others else ""
    sentence = f"Nothing was built: {counted(failing)}.{more}"
    console.stop(failing, sentence, root=root)


def _protected(root: Path, *, theme: str = "") -> list[Path]:
    """Return the folders of sources; `theme` may be a path outside the plan."""
    from planfolio.pipeline import CONTENT

    own = [root / theme] if "/" in theme or "\\" in theme else []
    return [root, root / CONTENT, root / "themes", *own]
