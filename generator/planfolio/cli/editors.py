"""Links that open an editor at a place: the URLs of editors, and which editor is used."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from planfolio.cli.options import option
from planfolio.exceptions import UsageError
from planfolio.names import near_names

if TYPE_CHECKING:
    from collections.abc import Mapping

_EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "windsurf": "windsurf://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
}
"""The URL of a place by the name of the editor; Sublime Text needs the package for `subl:`."""

_COMMANDS = {
    "code": "vscode",
    "code-insiders": "vscode-insiders",
    "codium": "vscodium",
    "zeditor": "zed",
    "charm": "pycharm",
    "subl": "sublime",
    "mate": "textmate",
    "mvim": "macvim",
}
"""Editors whose command in VISUAL or EDITOR is not their name."""

editor_option = option(
    "--editor",
    metavar="NAME|URL",
    help="The editor that findings open in: vscode, none, or a URL with {path}, {line} and "
    "{column} (default: that of VISUAL, EDITOR or the terminal).",
)


def editor_link(editor: str | None, *, root: Path, environ: Mapping[str, str]) -> str:
    """Return the URL of a place in the plan in `root`, with `{path}`, `{line}` and `{column}`.

    `editor` is a name, or such a URL for the absolute path of a file; `{path}` of the result is the
    path from `root`. Where none is asked for, the environment tells. Empty for `none`, and if none
    is known. Raises UsageError for an unknown name, and for a URL that cannot open a file.
    """
    name = _guessed(environ) if editor is None else editor
    if name in {"", "none"}:
        return ""
    template = _EDITORS.get(name.lower(), name)
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", template):
        near = near_names(name.lower(), _EDITORS)
        guess = f"did you mean {near[0]}? " if near else ""
        known = f"there is {', '.join(_EDITORS)}, or a URL as {_EDITORS['vscode']}"
        raise UsageError(f"there is no editor {name!r}", hint=guess + known)
    fields = set(re.findall(r"\{([^{}]*)\}", template))
    if "path" not in fields or not fields <= {"path", "line", "column"}:
        raise UsageError(
            f"{name} is no URL of a place",
            hint="it has {path}, and {line} and {column} if the editor takes them, and no others",
        )
    folder = root.absolute().as_posix().strip("/")  # on Windows the slash has to be added
    slash = "/" if folder else ""
    return template.replace("{path}", f"{slash}{quote(folder, safe='/:-._~')}/{{path}}")


def _guessed(environ: Mapping[str, str]) -> str:
    """Return the editor of VISUAL or EDITOR, else the one whose terminal this is; empty for none.

    On another computer, reached by SSH, there is none that the browser could open.
    """
    if "SSH_CONNECTION" not in environ:
        for variable in ("VISUAL", "EDITOR", "TERM_PROGRAM"):
            command = environ.get(variable, "").partition(" -")[0]
            program = PurePath(command.strip("'\"")).stem.lower()
            name = _COMMANDS.get(program, program)
            if name in _EDITORS:
                return name
    return ""
