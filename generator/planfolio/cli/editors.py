"""Links that open an editor at a place: the URL schemes that editors listen to, and which it is."""

from __future__ import annotations

import difflib
import re
import shlex
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from planfolio.cli.options import option
from planfolio.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EDITORS = MappingProxyType(
    {
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
        "vim": "mvim://open?url=file://{path}&line={line}&column={column}",
    }
)
"""The URL of a place by the name of the editor. `sublime` needs the package that registers `subl:`;
`vim` is MacVim, or what else was registered for `mvim:`."""

_COMMANDS = MappingProxyType(
    {
        "code": "vscode",
        "code-insiders": "vscode-insiders",
        "codium": "vscodium",
        "cursor": "cursor",
        "windsurf": "windsurf",
        "zed": "zed",
        "zeditor": "zed",
        "idea": "idea",
        "pycharm": "pycharm",
        "charm": "pycharm",
        "subl": "sublime",
        "mate": "textmate",
        "mvim": "vim",
    }
)
"""Editors by the command in VISUAL or EDITOR. Those that live in a terminal listen to no URL."""

_EDITOR_OF = MappingProxyType(
    {
        "cursor": "cursor",
        "windsurf": "windsurf",
        "codium": "vscodium",
        "insiders": "vscode-insiders",
    }
)
"""Editors that call their terminal vscode, by a word in the path of their program."""

editor_option = option(
    "--editor",
    metavar="NAME|URL",
    help="The editor that findings open in: vscode, none, or a URL with {path}, {line} and "
    "{column} (default: that of VISUAL, EDITOR or the terminal).",
)

_FIELD = re.compile(r"\{([^{}]*)\}")
_FIELDS = frozenset({"path", "line", "column"})


def editor_link(editor: str | None, *, root: Path, environ: Mapping[str, str]) -> str:
    """Return the link of an editor for the plan in `root`; empty for `none`, and if none is known.

    Where no editor is asked for, the environment tells. Raises UsageError as `link_template` does.
    """
    name = _guessed(environ) if editor is None else editor
    return "" if name in {"", "none"} else link_template(name, root=root)


def link_template(editor: str, *, root: Path) -> str:
    """Return the URL of a place in a plan, with `{path}`, `{line}` and `{column}` to be filled in.

    `editor` is a name out of EDITORS or such a URL for the absolute path of a file. In what is
    returned `{path}` is the path from `root`, each segment percent-encoded. Raises UsageError for a
    name that is unknown, and for a URL that cannot open a file.
    """
    template = EDITORS.get(editor.lower(), editor)
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", template):
        near = difflib.get_close_matches(editor.lower(), EDITORS, n=1)
        guess = f"did you mean {near[0]}? " if near else ""
        known = f"there is {', '.join(EDITORS)}, or a URL as {EDITORS['vscode']}"
        raise UsageError(f"there is no editor {editor!r}", hint=guess + known)
    fields = set(_FIELD.findall(template))
    if "path" not in fields or not fields <= _FIELDS:
        raise UsageError(
            f"{editor} is no URL of a place",
            hint="it has {path}, and {line} and {column} if the editor takes them, and no others",
        )
    return template.replace("{path}", f"{_encoded(root)}/{{path}}")


def _encoded(root: Path) -> str:
    """Return a folder as the path of a URL, with a slash at its start on Windows too."""
    path = root.absolute().as_posix().rstrip("/")
    return quote(path if path.startswith("/") or not path else f"/{path}", safe="/:-._~")


def _guessed(environ: Mapping[str, str]) -> str:
    """Return the editor of VISUAL or EDITOR, else the one whose terminal this is; empty for none.

    On another computer, reached by SSH, there is none that the browser could open.
    """
    if "SSH_CONNECTION" in environ:
        return ""
    for variable in ("VISUAL", "EDITOR"):
        try:
            command = shlex.split(environ.get(variable, ""))
        except ValueError:
            continue
        known = _COMMANDS.get(PurePath(command[0]).stem.lower() if command else "")
        if known is not None:
            return known
    terminal = environ.get("TERM_PROGRAM", "")
    if terminal == "vscode":
        app = environ.get("VSCODE_GIT_ASKPASS_NODE", "").lower()
        return next((name for word, name in _EDITOR_OF.items() if word in app), terminal)
    return terminal if terminal == "zed" else ""
