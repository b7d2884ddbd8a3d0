"""Tests of generator/README.md: what the map names is there, and its rooms are the real ones."""

import importlib
import re
from pathlib import Path

import pytest
from tests.test_architecture import MAY_USE

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator/planfolio"
MAP = (ROOT / "generator/README.md").read_text("utf-8")
CODE = sorted(set(re.findall(r"`([^`\n]+)`", MAP)))
NAMES = [code for code in CODE if re.fullmatch(r"[a-z]+(\.\w+)+", code)]
FILES = [
    code
    for code in CODE
    if re.fullmatch(r"[\w./]+/|[\w./]+\.(py|md|html|toml)", code) and "NAME" not in code
]
PRODUCTS = {"plan.json", "goal.due"}
"""What a build makes or a template reads, and no name of the code."""


@pytest.mark.parametrize("name", [n for n in NAMES if n not in {*FILES, *PRODUCTS}])
def test_each_name_is_in_the_code(name: str) -> None:
    """A dotted name is a module of the package, or something in one."""
    parts = name.split(".")
    end = max(n for n in range(1, len(parts) + 1) if is_module(parts[:n]))
    found: object = importlib.import_module(".".join(["planfolio", *parts[:end]]))
    for part in parts[end:]:
        found = getattr(found, part)


def is_module(parts: list[str]) -> bool:
    """Tell whether names lead to a module or a room of the package."""
    path = PACKAGE.joinpath(*parts)
    return path.is_dir() or path.with_suffix(".py").is_file()


@pytest.mark.parametrize("path", [p for p in FILES if not p.startswith(("public/", "content/"))])
def test_each_file_is_there(path: str) -> None:
    """A path is below the package, the root of the repository, or the default theme."""
    bases = (PACKAGE, ROOT, ROOT / "themes/default/templates")
    assert any((base / path).exists() for base in bases)


@pytest.mark.parametrize("room", sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")))
def test_a_room_leads_to_its_modules(room: str) -> None:
    """What the docstring of a room names by a word alone is a module or a folder of it."""
    text = (PACKAGE / room / "__init__.py").read_text("utf-8").split('"""')[1]
    assert [n for n in re.findall(r"`(\w+)`", text) if not is_module([room, n])] == []


def test_the_rooms_use_what_the_architecture_allows() -> None:
    """The table says of each room what the test of imports allows it."""
    rows = re.findall(r"(?m)^\| `(\w+)/` \| .* \| ?([\w, ]*?) ?\|$", MAP)
    assert {room: set(filter(None, used.split(", "))) for room, used in rows} == MAY_USE


def test_it_is_short_enough_to_be_read() -> None:
    """The map names many things, and is about a hundred lines."""
    assert len(NAMES) > 30
    assert len(MAP.splitlines()) <= 110
