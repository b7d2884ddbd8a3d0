"""Tests of who may import whom: the order of the stages, and Click at the edge alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator" / "planfolio"

FILES = sorted(PACKAGE.rglob("*.py"))

STAGE = re.compile(r"planfolio\.stage(\d)_")


def module_of(file: Path) -> str:
    """Return the dotted name of a module of the package."""
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(text: str, module: str) -> set[str]:
    """Return what a module imports anywhere in it: modules, and names with their modules."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = module.rsplit(".", node.level)[0] + "." if node.level else ""
            source = package + (node.module or "")
            found |= {source, *(f"{source}.{alias.name}" for alias in node.names)}
    return found


def stage_of(module: str) -> int | None:
    """Return the number of the stage that a module belongs to, if it does."""
    match = STAGE.match(module + "_")
    return int(match[1]) if match else None


def faults(text: str, module: str) -> list[str]:
    """Return what a module imports against the order of the program."""
    own = stage_of(module)
    at_the_edge = module.startswith("planfolio.commands")
    found = []
    for name in sorted(imports_of(text, module)):
        top = name.partition(".")[0]
        if top == "click" and not at_the_edge:
            found.append(f"{module} imports {name}: only the commands know Click")
        if (
            name.startswith("planfolio.commands")
            and not at_the_edge
            and module != "planfolio.__main__"
        ):
            found.append(f"{module} imports {name}: nothing stands above the commands")
        if own is not None:
            other = stage_of(name)
            if other is not None and other > own:
                found.append(f"{module} imports {name}, a later stage")
            if name.startswith(("planfolio.pipeline", "planfolio.report", "planfolio.scaffold")):
                found.append(f"{module} imports {name}, which stands above the stages")
    return found


PURE = ("stage3_project", "stage4_analyse", "stage5_layout", "rules")
"""What knows the world only by what is passed to it: the plan, and `as_of`."""

WORLD = {
    "asyncio",
    "glob",
    "io",
    "locale",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
}
WORLD |= {"subprocess", "sys", "tempfile", "time", "urllib.request", "zoneinfo"}
ASKED = {"now", "open", "today", "utcnow", "uuid1", "uuid4"}


def impurities(text: str, module: str) -> list[str]:
    """Return what of a module would let its result depend on a clock, a file or a machine.

    An import for types alone changes nothing when the program runs.
    """
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    names = imports_of(ast.unparse(tree), module)
    found = [f"{module} imports {name}" for name in sorted(names & WORLD)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
        if name in ASKED:
            found.append(f"{module}:{node.lineno} calls {name}()")
    return found


def test_there_is_a_package_to_look_at() -> None:
    """The stages are seven, in folders that show their order, and all modules were found."""
    stages = {stage_of(module_of(file)) for file in FILES} - {None}
    assert stages == {1, 2, 3, 4, 5, 6, 7}
    assert len(FILES) > 100
    assert any("click" in imports_of(file.read_text(), module_of(file)) for file in FILES)


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_imports_go_one_way(file: Path) -> None:
    """A stage imports no later one, the core no commands, and only the commands Click."""
    assert faults(file.read_text("utf-8"), module_of(file)) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("planfolio.stage4_analyse.goals", "from planfolio.stage5_layout import formats"),
        ("planfolio.stage4_analyse.goals", "def f():\n    import planfolio.stage7_write.writer"),
        ("planfolio.stage1_read.files", "from planfolio.pipeline import check"),
        ("planfolio.rules.form", "import click"),
        ("planfolio.report.formats", "from click import style"),
        ("planfolio.pipeline", "from planfolio.commands.console import Console"),
        ("planfolio.urls", "from planfolio import commands"),
    ],
)
def test_an_import_against_the_order_is_seen(module: str, line: str) -> None:
    """Each kind of breach would be found, inside a function as well."""
    assert faults(line, module) != []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("planfolio.stage3_project.project", "from planfolio.stage2_resolve import inherit"),
        ("planfolio.stage5_layout.goal", "from planfolio.stage5_layout import formats"),
        ("planfolio.pipeline", "from planfolio.stage7_write import write"),
        ("planfolio.commands.build", "import click"),
    ],
)
def test_an_import_with_the_order_is_allowed(module: str, line: str) -> None:
    """Earlier stages, the own one, and whatever stands above them may be imported."""
    assert faults(line, module) == []


@pytest.mark.parametrize(
    "file",
    [file for file in FILES if file.relative_to(PACKAGE).parts[0] in PURE],
    ids=module_of,
)
def test_what_is_analysed_and_laid_out_knows_no_world(file: Path) -> None:
    """No clock, no files, no environment and no chance: the day is passed in."""
    module = module_of(file)
    assert impurities(file.read_text(encoding="utf-8"), module) == []


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "from pathlib import Path",
        "name = uuid4()",
        "def f():\n    import random",
        "day = date.today()",
        "at = datetime.now(UTC)",
        "text = open('site.toml').read()",
    ],
)
def test_a_look_at_the_world_is_seen(line: str) -> None:
    """Each kind of breach would be found; an import for types is none."""
    assert impurities(line, "planfolio.rules.timely") != []
    for_types = "if TYPE_CHECKING:\n    from pathlib import Path\n"
    assert impurities(for_types, "planfolio.rules.timely") == []
