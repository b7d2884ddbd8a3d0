"""`planfolio theme`: the themes there are, where a file comes from, and a new one that builds."""

from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, Run

from planfolio import bundled

GOAL = {"content/goals/a.md": "---\ntitle: A\nwhy: Because\n---\n", "site.toml": 'theme = "mine"\n'}
DEFAULT = bundled.themes() / "default"


@pytest.fixture
def mine(run: Run, plan: MakePlan) -> Path:
    """A plan that uses a theme which was just started in it."""
    root = plan(GOAL)
    assert run("theme", "new", "mine", "--site", root).exit_code == 0
    return root


def test_a_new_theme_builds_as_it_is_and_lists_the_blocks(run: Run, mine: Path) -> None:
    """It says what to write into site.toml only where that is not so, and its page is the same."""
    built = run("build", "--site", mine, "-o", mine / "own")
    assert built.exit_code == 0, built.stderr
    page = (mine / "themes/mine/templates/goal.html").read_text("utf-8")
    for block in ("kicker", "lead", "content", "facts", "sidebar", "head"):
        assert f" {block}," in page or f" {block}\n" in page
    (mine / "site.toml").write_text("")
    assert run("build", "--site", mine, "-o", mine / "default").exit_code == 0
    pages = [(mine / name / "goals/a/index.html").read_text("utf-8") for name in ("own", "default")]
    own, default = (page.partition("<body>")[2].split() for page in pages)
    assert own == default


def test_an_existing_theme_is_kept(run: Run, mine: Path) -> None:
    """A second time no file is changed, and what is missing is written."""
    page = mine / "themes/mine/templates/goal.html"
    page.write_text("Mine")
    (mine / "themes/mine/styles/theme.css").unlink()
    (mine / "site.toml").write_text("")
    again = run("theme", "new", "mine", "--site", mine)
    assert page.read_text() == "Mine"
    assert again.stdout.splitlines() == ["plan/themes/mine/styles/theme.css"]
    assert "plan/themes/mine/templates/goal.html exists already and is kept." in again.stderr
    assert 'theme = "mine"' in again.stderr
    (mine / "site.toml").write_text('[theme]\naccent = "#0b6e4f"\n')
    asked = run("theme", "new", "mine", "--site", mine).stderr
    assert 'name = "mine", below [theme]' in asked


def test_the_chain_of_a_template(run: Run, mine: Path) -> None:
    """What serves it, what it extends, and the blocks of each; a name needs no ending."""
    shown = run("theme", "which", "goal", "--site", mine, "-q")
    assert shown.stderr == ""
    lines = [line.split() for line in shown.stdout.splitlines()]
    assert [line[:2] for line in lines if line[0] in ("serves", "extends")] == [
        ["serves", "goal.html:"],
        ["extends", "default/goal.html:"],
        ["extends", "record.html:"],
        ["extends", "base.html:"],
    ]
    assert lines[0][2] == "plan/themes/mine/templates/goal.html"
    assert lines[1] == ["blocks:", "lead"]
    assert str(DEFAULT / "templates/record.html") in shown.stdout
    assert "charts/burn-up.html:" in shown.stdout


def test_the_chain_of_a_style(run: Run, mine: Path) -> None:
    """What it replaces; and where to write one's own where there is none."""
    shown = run("theme", "which", "theme.css", "--site", mine).stdout
    assert "serves    styles/theme.css: plan/themes/mine/styles/theme.css" in shown
    assert f"replaces  styles/theme.css: {DEFAULT}/styles/theme.css" in shown
    other = run("theme", "which", "styles/tokens.css", "--site", mine)
    assert "To change it, write plan/themes/mine/styles/tokens.css." in other.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("which gaol.html", "no theme here has a file `gaol.html`; did you mean `goal.html`?"),
        ("which", "name one: planfolio theme which goal.html"),
        ("wich", "'wich' is not one of 'which', 'new'"),
        ("new ../x", "no name for"),
        ("new default", "comes with"),
        ("which goal.html", "themes/mine/templates/goal.html:2: Expected an expression"),
    ],
)
def test_what_was_typed_wrong(run: Run, mine: Path, arguments: str, said: str) -> None:
    """In plain words, with the near name; a template with an error ends in its place."""
    (mine / "themes/mine/templates/goal.html").write_text("a\n{% if %}")
    refused = run("theme", *arguments.split(), "--site", mine)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert {folder.name for folder in (mine / "themes").iterdir()} == {"mine"}


def test_themes_are_listed(run: Run, mine: Path) -> None:
    """Those that come with the program and those of the plan; the one in use has a mark."""
    shown = run("theme", "--site", mine).stdout.splitlines()
    assert "  default  bundled" in shown
    assert "* mine     plan/themes/mine/" in shown
