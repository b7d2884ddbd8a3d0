"""The README tells the truth: what it says to type works as typed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
SCRIPT = """
set -e
planfolio() {{ "{python}" -m planfolio "$@"; }}
{commands}
"""


def tour() -> str:
    """Return what the tour has one type, without the preview, which ends only when it is told."""
    section = README.split("## A tour in five minutes")[1].split("\n## ")[0]
    commands = []
    for language, block in re.findall(r"```(\w+)\n(.*?)```", section, re.DOTALL):
        if language == "sh":
            commands.append(block)
        elif language == "console":
            commands += [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    assert len(commands) > 8
    return "\n".join(c for c in commands if not c.startswith("planfolio serve"))


def test_the_tour_works_when_typed(tmp_path: Path) -> None:
    """Each command of the tour ends well, and shows the findings that the page shows."""
    script = SCRIPT.format(python=sys.executable, commands=tour())
    done = subprocess.run(
        ["bash", "-c", script],
        check=False,
        capture_output=True,
        text=True,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    shown = README.split("$ planfolio check\n")[1].split("```")[0].strip()
    assert shown in done.stdout
    vague = README.split('$ planfolio new goal "Get better at Python"\n')[1].split("\n\n")[1]
    assert vague.split("\n$")[0].splitlines()[0] in done.stderr
    assert "Ship four releases of the backup tool" in done.stdout
    assert (tmp_path / "plan/public/plan.ics").is_file()
    assert (tmp_path / "plan/public/index.html").is_file()


def test_every_command_of_the_program_is_in_the_readme() -> None:
    """A newcomer learns of each command that changes something."""
    for command in (
        "init",
        "new",
        "check",
        "build",
        "serve",
        "status",
        "gaps",
        "explain",
        "publish",
    ):
        assert f"planfolio {command}" in README
