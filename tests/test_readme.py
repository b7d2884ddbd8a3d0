"""Tests of the README: what it says to type works as typed."""

import re
import subprocess
import sys
from pathlib import Path

import click

from planfolio.cli import cli
from planfolio.init.github_workflows import PAGES, workflow_files
from planfolio.model.kinds import KINDS
from planfolio.model.table import written_names

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
WALK = README.split("## Publish to GitHub Pages")[1].split("\n## ")[0]
SCRIPT = """
set -e
planfolio() {{ "{python}" -m planfolio "$@"; }}
{commands}
"""
IDENTITY = {
    f"GIT_{role}_{key}": "me" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")
}


def typed_in(folder: Path, commands: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run commands in a folder that is the home of somebody whom git knows, until one fails."""
    own = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **IDENTITY}
    done = subprocess.run(
        ["bash", "-c", SCRIPT.format(python=sys.executable, commands=commands)],
        check=False,
        capture_output=True,
        text=True,
        env={**own, **environment},
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return done


def tour() -> str:
    """Return the commands of the tour, without the preview, which ends only by Ctrl-C."""
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
    done = typed_in(tmp_path, tour())
    shown = README.split("$ planfolio check\n")[1].split("```")[0].strip()
    assert shown in done.stdout
    vague = README.split('$ planfolio new goal "Get better at Python"\n')[1].split("\n\n")[1]
    assert vague.split("\n$")[0].splitlines()[0] in done.stderr
    assert "Ship four releases of the backup tool" in done.stdout
    week = README.split("### A week with the plan")[1].split("```")[1]
    written = [line for line in week.splitlines() if line.startswith("content/goals/")]
    assert len(written) == 2
    assert [line for line in written if line not in done.stdout] == []
    assert (tmp_path / "plan/public/plan.ics").is_file()
    assert (tmp_path / "plan/public/index.html").is_file()


def test_the_way_to_pages_works_when_typed(tmp_path: Path) -> None:
    """The commands of the walk-through push the plan, and the site alone, where they say.

    The addresses of GitHub stand for two empty repositories here.
    """
    typed = re.findall(r"(?m)^ *\$ (.*)$", WALK)
    assert len(typed) == 6
    names = {name: f"git@github.com:YOUR-NAME/{name}.git" for name in ("plan", "site")}
    settings = {"GIT_CONFIG_COUNT": str(len(names)), "GIT_CONFIG_GLOBAL": "/dev/null"}
    for number, (name, address) in enumerate(names.items()):
        assert address in WALK
        subprocess.run(["git", "init", "-q", "--bare", tmp_path / name], check=True)
        settings[f"GIT_CONFIG_KEY_{number}"] = f"url.{tmp_path / name}.insteadOf"
        settings[f"GIT_CONFIG_VALUE_{number}"] = address
    typed_in(tmp_path, "\n".join(["planfolio init mine", "cd mine", *typed]), **settings)
    assert {"site.toml", ".github/workflows/plan-pages.yml"} <= pushed(tmp_path / "plan", "main")
    site = pushed(tmp_path / "site", "gh-pages")
    assert {"index.html", ".nojekyll"} <= site
    assert not any(path.endswith(".md") for path in site)


def test_a_copy_of_this_repository_becomes_ones_own_plan(tmp_path: Path) -> None:
    """The commands that replace the example work when typed, and leave what publishes the plan."""
    (block,) = re.findall(r"```sh\n(.*?)```", WALK, re.DOTALL)
    commands = block.replace(".venv/bin/planfolio", "planfolio").replace(" && git push", "")
    for path in ("content/goals/a.md", "site.toml", ".gitignore", ".github/workflows/pages.yml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes() if path[0] == "." else b"")
    typed_in(tmp_path, f"git init -q\n{commands}")
    assert (tmp_path / "content/goals/cka.md").is_file()
    assert not (tmp_path / "content/goals/a.md").exists()
    workflows = {file.name for file in (tmp_path / ".github/workflows").iterdir()}
    assert workflows == {"pages.yml"}


def pushed(repository: Path, branch: str) -> set[str]:
    """Return the files of a branch."""
    listed = subprocess.run(
        ["git", "-C", repository, "ls-tree", "-r", "--name-only", branch],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(listed.stdout.splitlines())


def test_the_way_to_pages_names_what_init_writes() -> None:
    """The files, the name of the workflow and its job are those that the README names."""
    files = workflow_files(".", requirement="planfolio==1")
    named = re.findall(r"(?m)^\| `(.*?)` \|", WALK)
    assert {f".github/{name}" for name in named} == set(files)
    pages = files[PAGES].decode()
    assert "\nname: Publish the plan\n" in pages
    assert "\nname: Publish the plan\n" in (ROOT / ".github/workflows/pages.yml").read_text("utf-8")
    assert "**Actions → Publish the plan**" in WALK
    assert "\n  deploy:\n" in pages
    assert '- cron: "17 5 * * 1"' in pages
    assert "every Monday" in WALK


def test_every_command_of_the_program_is_in_the_readme() -> None:
    """A newcomer learns of each of them."""
    commands = cli.list_commands(click.Context(cli))
    assert len(commands) > 10
    for command in commands:
        assert f"planfolio {command}" in README or f"`{command}" in README


def test_the_five_steps_lead_to_fields_that_are_there() -> None:
    """Each row of their table names fields of kinds."""
    table = README.split("The five steps, and the fields")[1].split("\n\n- **Dates**")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("|")][2:]
    assert [row[1].strip() for row in rows if row[1].strip()] == [
        "Assess",
        "Aim",
        "Gaps",
        "Plan",
        "Progress",
    ]
    kinds = {kind.name: kind.fields for kind in KINDS}
    for row in rows:
        named = re.findall(r"`(\w+)\.(\w+)`", row[3])
        assert named, row
        assert [field for kind, field in named if field not in written_names(kinds[kind])] == []


def test_the_words_of_a_theme_are_collected_as_typed(tmp_path: Path) -> None:
    """The commands for translators make a catalogue, keep what is written in it, and it is used."""
    guide = (ROOT / "themes" / "README.md").read_text("utf-8")
    commands = guide.split("## Words in other languages")[1].split("```sh\n")[1].split("```")[0]
    templates = tmp_path / "themes" / "mine" / "templates"
    templates.mkdir(parents=True)
    (templates / "goal.html").write_text(
        "{% trans n=2 %}{{ n }} way\n  only{% pluralize %}{{ n }} ways\n  only{% endtrans %}\n"
    )
    (tmp_path / "site.toml").write_text('theme = "mine"\nlanguage = "de"\n')
    (tmp_path / "content" / "goals").mkdir(parents=True)
    (tmp_path / "content" / "goals" / "g.md").write_text("---\ntitle: G\n---\n")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    typed_in(tmp_path, commands, PATH=path)
    catalogue = tmp_path / "themes" / "mine" / "locales" / "de" / "LC_MESSAGES" / "messages.po"
    text = catalogue.read_text("utf-8").replace('msgstr[1] ""', 'msgstr[1] "%(n)s Wege"')
    catalogue.write_text(text.replace('msgstr[0] ""', 'msgstr[0] "%(n)s Weg"'))
    update = next(line for line in commands.splitlines() if line.startswith("pybabel update"))
    typed_in(tmp_path, f"{update}\nplanfolio build", PATH=path)
    assert (tmp_path / "public" / "goals" / "g" / "index.html").read_text("utf-8") == "2 Wege"
