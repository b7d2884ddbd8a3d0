"""The law of all edits: the meant value comes out, and no other byte of the file changes."""

import re
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.edit.shapes import ACTS, DAY, SHAPES, Shape
from tests.reading import plan_in

from planfolio.edit.arguments import find_record
from planfolio.edit.file_edit import edit_record
from planfolio.model.diagnostics import Problem
from planfolio.model.values.text import read_text

SITE = "[plan]\nas_of = 2026-09-30\n"
AROUND = (
    "",
    "# a comment",
    "\n",
    "tags: [a, 'b # c']   # tags, and more",
    'why: "its # no: comment"',
    "x_own: |\n  kept:  \n   as it is\n\n# and a comment\n",
    "if_then:\n  rain: stay # in\n  sun:   go",
    "x_keep: |+\n  😀\n\n",
    "x_more: {a: [1, {b: }], c: '}'}",
)
BODY = "\n# Talks\n\n- [ ] one\n\n```yaml\nmetric: 5/12 talks\n---\n```\n"


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return a reason as somebody may type it: any text that a plan can hold."""
    hard = st.sampled_from(
        ["a: b", "# c", 'it\'s "so"', "- x", "{a}", "no", "~", "1", "a\nb", "é\U0001f600"]
    )
    text = draw(st.one_of(hard, st.text(min_size=1, max_size=12)))
    try:
        read_text(text)
    except Problem:
        assume(False)
    return text


@given(
    shape=st.sampled_from(SHAPES),
    above=st.sampled_from(AROUND),
    below=st.sampled_from(AROUND),
    text=texts(),
    listed=st.booleans(),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    bom=st.booleans(),
    body=st.sampled_from([BODY, "", "\n", BODY.rstrip()]),
)
@settings(max_examples=200)
def test_the_meant_value_comes_out_and_all_else_stays(
    shape: Shape,
    above: str,
    below: str,
    text: str,
    listed: bool,
    line_end: str,
    bom: bool,
    body: str,
) -> None:
    """In every shape, in a file of its own and in a list, whatever is around it."""
    assume(above != below or ":" not in above)
    marked = file_of(shape, above, below, listed=listed, body=body)
    marked = marked.replace("\n", line_end)
    before = ("\ufeff" if bom else "") + re.sub("[‹›]", "", marked)
    place = "goals.md" if listed else "goals/talks.md"
    with TemporaryDirectory() as folder:
        read = plan_in(Path(folder), {"site.toml": SITE, place: before})
    record = find_record(shape.name, plan=read.plan, kinds=("goal", "milestone"))
    changes = ACTS[shape.act](record, read.plan, text)
    edit = edit_record(record, changes, plan=read.plan, before=before.encode())
    after = edit.after.decode()

    assert is_within(re.sub("‹[^›]*›", "", marked), after)
    assert after.startswith("\ufeff") == bom
    assert after.endswith((f"---\n{body}" if body else "---").replace("\n", line_end))
    stray_ends = {"\n": "\r", "\r": "\n", "\r\n": r"(?<!\r)\n|\r(?!\n)"}[line_end]
    assert re.search(stray_ends, after) is None
    said, meant = said_by(before, line_end), said_by(after, line_end)
    target = said["items"]["talks"] if listed else said
    target |= as_data(shape.said, read_text(text))
    if target.get("paused") == "GONE":
        del target["paused"]
    assert meant == said


def file_of(shape: Shape, above: str, below: str, *, listed: bool, body: str) -> str:
    """Return a file with a shape and with what is around it."""
    front = "\n".join(("title: Talks", above, shape.written, below))
    if listed:
        inside = textwrap.indent(front, "    ")
        front = f"items:  # all\n  first: First\n  talks:\n{inside}\n  last: {{title: Last}}"
    return f"---\n{front}\n---\n{body}" if body else f"---\n{front}\n---"


def is_within(kept: str, whole: str) -> bool:
    """Tell whether all characters of a text are in another in the same order."""
    left = iter(whole)
    return all(char in left for char in kept)


def said_by(text: str, line_end: str) -> dict[str, Any]:
    """Return the front matter of a file as another YAML reader reads it, all values as text."""
    lines = text.removeprefix("\ufeff").replace(line_end, "\n")
    front = re.split("^---$", lines, flags=re.MULTILINE)[1]
    return as_texts(front)


def as_data(said: str, text: str) -> dict[str, Any]:
    """Return what a shape says, with the day and the text of an act."""

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {filled(key): filled(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [filled(item) for item in value]
        return {"DAY": DAY.isoformat(), "TEXT": text}.get(value, value)

    data: dict[str, Any] = filled(as_texts(said))
    return data


def as_texts(text: str) -> dict[str, Any]:
    """Return what YAML says, each scalar as its text."""
    data: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text alone
    return data


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.act}: {shape.written}"[:60])
def test_each_shape_is_read_without_a_finding_about_its_form(shape: Shape, tmp_path: Path) -> None:
    """The shapes are such as a plan may have, so the law is not about what nobody may write."""
    text = re.sub("[‹›]", "", file_of(shape, "", "", listed=False, body=""))
    assert [
        d for d in plan_in(tmp_path, {"goals/talks.md": text}).diagnostics if d.code != "F109"
    ] == []
