"""What the Nu HTML checker says of whole sites: https://validator.github.io/validator/."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.awkward import awkward_plan
from tests.reading import write as write_plan
from tests.serving import built_site, in_theme

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today

ROOT = Path(__file__).parents[2]
HOW = (
    "needs Java and the Nu HTML checker: npm install --ignore-scripts vnu-jar, "
    "or set VNU_JAR to the path of vnu.jar"
)
# Its CSS parser knows neither container queries nor the order of painting yet.
UNKNOWN_TO_IT = ".*(@container|container-type|paint-order).*"


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command of the checker; without it the tests are skipped, in CI they fail."""
    java = shutil.which("java")
    jar = Path(os.environ.get("VNU_JAR") or ROOT / "node_modules/vnu-jar/build/dist/vnu.jar")
    if java is None or not jar.is_file():
        if os.environ.get("CI"):
            pytest.fail(HOW)
        pytest.skip(HOW)
    rules = ["--errors-only", "--format", "json", "--also-check-css"]
    return [java, "-jar", str(jar), *rules, "--filterpattern", UNKNOWN_TO_IT]


def complaints(command: list[str], folder: Path) -> list[str]:
    """Check all pages and styles below a folder; return what is wrong, each with its file."""
    files = [str(path) for suffix in ("html", "css") for path in folder.rglob(f"*.{suffix}")]
    assert files
    ended = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    found = json.loads(ended.stderr)["messages"]
    return [f"{one['url']}:{one['lastLine']}: {one['message']}" for one in found]


def test_no_page_and_no_style_has_an_error(
    checker: list[str], example: Path, today: Today, tmp_path: Path
) -> None:
    """The example for each audience, an empty plan, and titles of all kinds from both sides."""
    plans = {"example": example}
    for name, files in {
        "awkward": awkward_plan(),
        "from-the-right": awkward_plan(language="ar"),
        "empty": {"site.toml": 'title = "Empty"\n'},
    }.items():
        plans[name] = tmp_path / name
        write_plan(plans[name], files)
        (plans[name] / "content").mkdir(exist_ok=True)
    plans["paper"] = in_theme(example, tmp_path / "paper", "paper")
    for name, root in plans.items():
        for audience in Visibility if name == "example" else (Visibility.PRIVATE,):
            output = tmp_path / "sites" / f"{name}-{audience.word}"
            built_site(root, output, today=today, audience=audience)
    assert complaints(checker, tmp_path / "sites") == []


def test_an_error_is_found(checker: list[str], tmp_path: Path) -> None:
    """A role that a cell of a table has anyway, and a property that there is not."""
    table = "<table><tr><td role=cell>1</td></tr></table>"
    page = f"<!doctype html><html lang=en><head><title>A</title></head><body>{table}</body></html>"
    (tmp_path / "index.html").write_text(page)
    (tmp_path / "style.css").write_text("p { colour: red }")
    found = complaints(checker, tmp_path)
    assert len(found) == 2
    assert "role" in found[0]
    assert "colour" in found[1]
