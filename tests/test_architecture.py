"""Tests of who may import whom: the rooms and their order, and Click at the edge alone."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator" / "planfolio"

FILES = sorted(PACKAGE.rglob("*.py"))

BASE = {"urls", "names", "message_text", "exceptions"}
"""Modules beside the rooms that any room may use."""

MAY_USE: dict[str, set[str]] = {
    "markdown": {"model"},
    "model": set(),
    "read": {"model", "markdown"},
    "resolve": {"read", "model", "markdown"},
    "audience": {"model", "markdown"},
    "analyse": {"model"},
    "rules": {"analyse", "audience", "model"},
    "portfolio": {"analyse", "audience", "model", "markdown", "rules"},
    "render": {"portfolio", "analyse", "model", "bundled", "theme_folders"},
    "output": set(),
    "edit": {"analyse", "markdown", "model", "read"},
}
"""What each room of the pipeline may import beside itself and BASE; the others stand above them."""

PURE = ("audience", "analyse", "rules", "portfolio")
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
    "subprocess",
    "sys",
    "tempfile",
    "time",
    "urllib.request",
    "zoneinfo",
}
ASKED = {"now", "open", "today", "utcnow", "uuid1", "uuid4"}


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


def room_of(module: str) -> str:
    """Return the part of a dotted name below the package."""
    return module.split(".")[1] if module.startswith("planfolio.") else ""


def _without_types(text: str) -> str:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return ast.unparse(tree)


def faults(text: str, module: str) -> list[str]:
    """Return what a module imports against the order of the rooms, for types too."""
    own = room_of(module)
    found = []
    for name in sorted(imports_of(text, module)):
        other = room_of(name)
        if name.partition(".")[0] == "click" and own != "cli":
            found.append(f"{module} imports {name}: only the commands know Click")
        if other == "cli" and own != "cli" and module != "planfolio.__main__":
            found.append(f"{module} imports {name}: nothing stands above the commands")
        if own in MAY_USE and other and other not in {own, *MAY_USE[own], *BASE, "__version__"}:
            found.append(f"{module} imports {name}, which {own} may not use")
    return found


def impurities(text: str, module: str) -> list[str]:
    """Return what of a module would let its result depend on a clock, a file or a machine.

    An import for types alone changes nothing when the program runs.
    """
    tree = ast.parse(_without_types(text))
    names = imports_of(ast.unparse(tree), module)
    found = [f"{module} imports {name}" for name in sorted(names & WORLD)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
        if name in ASKED:
            found.append(f"{module}:{node.lineno} calls {name}()")
    return found


def circles() -> list[set[str]]:
    """Return the sets of modules that import each other, for types and within functions too."""
    names = {module_of(file): file for file in FILES}
    uses = {
        module: (imports_of(file.read_text("utf-8"), module) & names.keys()) - {module}
        for module, file in names.items()
    }
    reach = {module: set(used) for module, used in uses.items()}
    for middle in names:
        for module in names:
            if middle in reach[module]:
                reach[module] |= reach[middle]
    found = [{m for m in reach[module] if module in reach[m]} for module in names]
    return [circle for circle in found if circle]


def test_the_rooms_are_there() -> None:
    """All modules are found, and each room that has an order exists."""
    rooms = {room_of(module_of(file)) for file in FILES}
    assert set(MAY_USE) <= rooms
    assert len(FILES) > 90
    assert any("click" in imports_of(file.read_text(), module_of(file)) for file in FILES)


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_imports_go_one_way(file: Path) -> None:
    """A room imports those before it alone, the core no commands, and only the commands Click."""
    assert faults(file.read_text("utf-8"), module_of(file)) == []


def test_no_modules_import_each_other() -> None:
    """No circle of modules exists."""
    assert circles() == []


@pytest.mark.parametrize(
    ("module", "line", "allowed"),
    [
        ("planfolio.analyse.goals", "from planfolio.portfolio import goal", False),
        ("planfolio.analyse.goals", "def f():\n    import planfolio.output.writer", False),
        ("planfolio.rules.form", "import click", False),
        ("planfolio.pipeline", "from planfolio.cli.console import Console", False),
        ("planfolio.urls", "from planfolio import cli", False),
        ("planfolio.urls", "if TYPE_CHECKING:\n    import planfolio.cli", False),
        ("planfolio.analyse.goals", "from planfolio.model import plan", True),
        ("planfolio.portfolio.goal", "from planfolio.portfolio import portfolio", True),
        ("planfolio.pipeline", "from planfolio.output.writer import write", True),
        ("planfolio.cli.build", "import click", True),
    ],
)
def test_an_import_against_the_order_is_seen(module: str, line: str, allowed: bool) -> None:
    """Each kind of breach is found, inside a function as well; nothing else is one."""
    assert (faults(line, module) == []) == allowed


@pytest.mark.parametrize("file", [f for f in FILES if room_of(module_of(f)) in PURE], ids=module_of)
def test_the_world_reaches_analysis_and_pages_only_as_arguments(file: Path) -> None:
    """No clock, file, environment or chance is asked for where the plan is computed with."""
    assert impurities(file.read_text("utf-8"), module_of(file)) == []


@pytest.mark.parametrize(
    "text",
    ["import os", "from pathlib import Path", "date.today()", "datetime.now(UTC)", "open('x')"],
)
def test_the_world_is_seen(text: str) -> None:
    """Each way to the world is found."""
    assert impurities(text, "planfolio.analyse.goals") != []


def test_no_module_is_too_long_to_be_one_idea() -> None:
    """350 lines at most."""
    assert [f for f in FILES if len(f.read_text("utf-8").splitlines()) > 350] == []


def test_a_name_stands_for_one_thing() -> None:
    """No two modules have a public class or function of one name, commands aside."""
    found: dict[str, list[str]] = {}
    for file in FILES:
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(module_of(file))
    twice = {name: where for name, where in found.items() if len(where) > 1}
    assert {n: w for n, w in twice.items() if not all(".cli." in m for m in w)} == {}
