"""Tests of the links that open an editor."""

from pathlib import Path

import pytest

from planfolio.cli.editors import editor_link
from planfolio.exceptions import UsageError

ROOT = Path("/home/me/My plan #1")


def filled(template: str) -> str:
    """Fill a template in as the page does."""
    for name, value in (("path", "content/goals/cka.md"), ("line", "7"), ("column", "6")):
        template = template.replace(f"{{{name}}}", value)
    return template


@pytest.mark.parametrize(
    ("editor", "url"),
    [
        ("vscode", "vscode://file/home/me/My%20plan%20%231/content/goals/cka.md:7:6"),
        ("VSCode", "vscode://file/home/me/My%20plan%20%231/content/goals/cka.md:7:6"),
        ("cursor", "cursor://file/home/me/My%20plan%20%231/content/goals/cka.md:7:6"),
        ("zed", "zed://file/home/me/My%20plan%20%231/content/goals/cka.md:7:6"),
        ("idea", "idea://open?file=/home/me/My%20plan%20%231/content/goals/cka.md&line=7&column=6"),
        (
            "sublime",
            "subl://open?url=file:///home/me/My%20plan%20%231/content/goals/cka.md&line=7&column=6",
        ),
        (
            "x-mine:open?at={line}&f={path}",
            "x-mine:open?at=7&f=/home/me/My%20plan%20%231/content/goals/cka.md",
        ),
    ],
)
def test_a_link_leads_to_the_place(editor: str, url: str) -> None:
    """The path is absolute and percent-encoded, in what comes before a `?` and after it."""
    assert filled(editor_link(editor, root=ROOT, environ={})) == url


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("ed", "there is vscode, "),
        ("mine://open", "has {path}"),
        ("mine://open?{path}&{row}", "has {path}"),
    ],
)
def test_what_opens_no_editor_is_refused(editor: str, said: str) -> None:
    """An unknown name, a URL without a file or with unknown fields."""
    with pytest.raises(UsageError) as caught:
        editor_link(editor, root=ROOT, environ={})
    assert said in caught.value.hint


def test_a_relative_folder_is_made_absolute() -> None:
    """An editor is started somewhere else."""
    assert str(Path.cwd()) in editor_link("zed", root=Path(), environ={})


@pytest.mark.parametrize(
    ("editor", "environment", "scheme"),
    [
        (None, {}, ""),
        (None, {"EDITOR": "code --wait"}, "vscode"),
        (None, {"VISUAL": "/usr/bin/zeditor", "EDITOR": "code"}, "zed"),
        (None, {"EDITOR": "'/opt/JetBrains App/idea.sh' --wait"}, "idea"),
        (None, {"EDITOR": "subl.exe -w"}, "subl"),
        (None, {"EDITOR": "mvim -f"}, "mvim"),
        (None, {"EDITOR": "mate -w", "TERM_PROGRAM": "vscode"}, "txmt"),
        (None, {"EDITOR": "vim", "TERM_PROGRAM": "vscode"}, "vscode"),
        (None, {"TERM_PROGRAM": "zed"}, "zed"),
        # They live in a terminal, which no URL opens.
        (None, {"EDITOR": "vim"}, ""),
        (None, {"EDITOR": "emacsclient -t", "TERM_PROGRAM": "iTerm.app"}, ""),
        (None, {"EDITOR": "'never closed"}, ""),
        (None, {"EDITOR": "code", "SSH_CONNECTION": "10.0.0.2 50000 10.0.0.1 22"}, ""),
        ("zed", {"EDITOR": "code"}, "zed"),
        ("none", {"EDITOR": "code"}, ""),
        ("", {"EDITOR": "code"}, ""),
    ],
)
def test_the_editor_is_the_one_that_was_asked_for_or_that_is_used(
    editor: str | None, environment: dict[str, str], scheme: str
) -> None:
    """VISUAL comes before EDITOR, and both before the editor in whose terminal one is."""
    link = editor_link(editor, root=ROOT, environ=environment)
    assert link.partition(":")[0] == scheme
