"""Tests of the promises that no room can keep alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from tests.previewing import previewing
from tests.reading import files_below
from tests.serving import in_theme

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build


def sources(root: Path) -> dict[str, tuple[int, bytes | None]]:
    """Return when each file and folder below a plan was written, and the bytes of the files.

    git's own folder is no part of a plan.
    """
    return {
        path.relative_to(root).as_posix(): (
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else None,
        )
        for path in sorted(root.rglob("*"))
        if path.relative_to(root).parts[0] != ".git"
    }


def planfolio(command: str, root: Path, **environment: str) -> None:
    """Run a command on a plan in a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "planfolio", command, "--site", str(root)],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )


def built(root: Path, output: Path, **environment: str) -> dict[str, bytes]:
    """Build a plan in a process of its own and return what it wrote."""
    command = [sys.executable, "-m", "planfolio", "build", "--site", str(root), "-o", str(output)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    return files_below(output)


GOAL = "content/goals/cka.md"


@pytest.fixture
def small(plan: Callable[[dict[str, str]], Path]) -> Path:
    """A plan of a few files: a list, a goal with a task list, and a picture."""
    return plan(
        {
            "content/skills.md": "---\nitems: {kubernetes: 1}\n---\n",
            GOAL: "---\ntitle: Pass the exam\ndue: 2027\n---\n- [ ] Book it\n\n![a map](map.svg)\n",
            "content/goals/map.svg": "<svg width='40' height='20'/>",
        }
    )


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    """A copy of the example plan."""
    root = tmp_path / "plan"
    shutil.copytree(example / "content", root / "content")
    shutil.copy(example / "site.toml", root / "site.toml")
    return root


def test_the_same_plan_gives_the_same_bytes(copy: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, editor and the order of a directory leave no trace in the
    output."""
    first = built(
        copy, tmp_path / "a", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8", VISUAL="code"
    )
    assert len(first) > 50
    second = built(copy, tmp_path / "b", PYTHONHASHSEED="2", TZ="Pacific/Kiritimati", LC_ALL="C")
    moved = tmp_path / "moved"
    for file in sorted(copy.rglob("*"), reverse=True):
        if file.is_file():
            target = moved / file.relative_to(copy)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    third = built(moved, tmp_path / "c", PYTHONHASHSEED="3", TZ="America/Caracas", LC_ALL="POSIX")
    assert first == second
    assert first == third


def test_sources_are_never_written(copy: Path, tmp_path: Path) -> None:
    """A build and a check leave every file of the plan as it was, and add none beside it."""
    before = sources(copy)
    built(copy, tmp_path / "out")
    planfolio("check", copy)
    assert sources(copy) == before


def test_sources_are_never_written_by_a_preview(small: Path) -> None:
    """Only the owner's edit is in the plan, at the time at which it was saved."""
    before = sources(small)
    with previewing(small) as preview:
        goal = small / GOAL
        goal.write_text(goal.read_text("utf-8").replace("Book it", "Book it soon"), "utf-8")
        edited = sources(small)
        preview.shows("Book it soon", "goals/cka/")
        preview.shows('width="40"', "goals/cka/")
    assert sources(small) == edited
    assert {path for path in edited if edited[path] != before.get(path)} == {GOAL}


@pytest.mark.parametrize(
    ("theme", "language"),
    [("default", "en"), ("paper", "en"), ("default", "de"), ("default", "es"), ("default", "ar")],
)
def test_pages_are_sound_html_and_load_nothing_from_elsewhere(
    example: Path, tmp_path: Path, today: Today, theme: str, language: str
) -> None:
    """Each page parses without an error, has no script but those of search, lists, charts
    and the colours, and loads nothing from another host."""
    root = in_theme(example, tmp_path / "plan", theme, language=language)
    made = build(root, today=today, audience=Visibility.PRIVATE)
    assert made.files is not None
    pages = {path: data for path, data in made.files.items() if path.endswith(".html")}
    assert len(pages) > 50
    for path, data in pages.items():
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree = parser.parse(data.decode())
        for script in tree.iter("script"):
            source = script.get("src", "")
            assert re.search(r"assets/(search|appearance|lists|charts)\.", source), path
            assert not script.text, path
        for tag, attribute in (
            ("img", "src"),
            ("script", "src"),
            ("link", "href"),
            ("source", "src"),
        ):
            for element in tree.iter(tag):
                if element.get("rel") != "canonical":
                    assert "//" not in element.get(attribute, ""), f"{path}: {tag}"
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), f"{path}: an id is used twice"
        assert tree.find(".//h1") is not None, path


def test_plan_json_has_the_documented_keys(copy: Path, today: Today) -> None:
    """The export has the keys of its documentation, and its status words are of the closed list."""
    made = build(copy, today=today)
    assert made.files is not None
    export = json.loads(made.files["plan.json"])
    keys = "version as_of audience title goals milestones skills roles next_actions capacity"
    keys += " resources people opportunities achievements reviews budget learning"
    assert set(export) == set(keys.split())
    assert export["version"] == 1
    assert export["as_of"] == "2026-10-01"
    assert export["audience"] == "public"
    words = "on-track at-risk off-track late unknown planned open started done paused dropped draft"
    shown = {goal["status"] for goal in export["goals"]}
    # The one draft of the example is its owner's alone.
    assert shown == set(words.split()) - {"draft"}
    assert {tuple(goal["smart"]) for goal in export["goals"]} == {("S", "M", "A", "R", "T")}
