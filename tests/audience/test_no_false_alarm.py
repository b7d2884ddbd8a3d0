"""A real plan of which anything may be hidden: what planfolio makes of it leaks nothing."""

import random
import re
import shutil
from pathlib import Path

import pytest

from planfolio.model.kinds import KINDS
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import field_names
from planfolio.pipeline import Today, build

PROSE = re.compile(r"\w")
"""How a paragraph begins that may be put into a block: a list or a quote may not be cut in two."""


def hide(root: Path, chance: random.Random) -> None:
    """Hide a third of the records, a paragraph in a third of the rest, and a few fields of all."""
    for file in sorted((root / "content").rglob("*.md")):
        text = file.read_text("utf-8").replace("\nvisibility: mentor\n", "\nvisibility: private\n")
        head, _, body = text.partition("\n---\n")
        parts = body.split("\n\n")
        one = chance.randrange(len(parts))
        if chance.random() < 0.33 and "\nvisibility:" not in head:
            head = head.replace("---\n", "---\nvisibility: private\n", 1)
        elif chance.random() < 0.33 and PROSE.match(parts[one]):
            parts[one] = f"::: private\n{parts[one].strip()}\n:::\n"
        file.write_text(f"{head}\n---\n" + "\n\n".join(parts), "utf-8")
    names = [f"{kind.name}.{name}" for kind in KINDS for name in sorted(field_names(kind))]
    hidden = [f'"{name}" = "private"\n' for name in chance.sample(names, 12)]
    with (root / "site.toml").open("a", encoding="utf-8") as site:
        site.write("".join(hidden))  # below [visibility], which is the last table


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_hidden_of_the_example_it_is_no_false_alarm(
    example: Path, tmp_path: Path, today: Today, seed: int
) -> None:
    """Its visible and its hidden parts share words, names and drawings, as those of any plan do."""
    shutil.copytree(example / "content", tmp_path / "content")
    shutil.copy(example / "site.toml", tmp_path)
    hide(tmp_path, random.Random(seed))  # noqa: S311 - to be had again, not to be secret
    audience = (Visibility.PUBLIC, Visibility.MENTOR)[seed % 2]
    made = build(tmp_path, today=today, audience=audience)
    assert made.files is not None, made.check.errors
    assert len(made.check.plan.records) > 50
