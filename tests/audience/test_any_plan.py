"""Hiding is the same as never having written: for any plan, to the last byte of the site."""

import random
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_plans import RandomPlan
from tests.reading import write_files

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build, check

SEEDS = st.integers(0, 10**6)


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write the files of a plan, which may have no record, into a new folder."""
    (root / "content").mkdir()
    write_files(root, files)


def site_of(files: Mapping[str, str], *, audience: Visibility, today: Today) -> Mapping[str, bytes]:
    """Return the site of a plan."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), files)
        made = build(Path(folder), today=today, audience=audience)
    assert made.files is not None, [(d.path, d.span, d.message) for d in made.check.errors]
    copied = {path: file.read_bytes() for path, file in made.copies.items()}
    return {**made.files, **copied}


@pytest.mark.parametrize("audience", [Visibility.PUBLIC, Visibility.MENTOR])
@settings(max_examples=40)
@given(SEEDS)
def test_hiding_is_never_having_written(audience: Visibility, today: Today, seed: int) -> None:
    """The site of a plan with hidden records, fields and blocks is the site without them.

    Where a visible record refers to a hidden one, the label of a link is plain text and the rest of
    the reference is gone. No such site is a false alarm of the leak check either.
    """
    plan = RandomPlan(random.Random(seed))  # noqa: S311 - to be had again, not to be secret
    whole = site_of(plan.files(None), audience=audience, today=today)
    left = site_of(plan.files(audience), audience=audience, today=today)
    differing = {p for p in whole.keys() | left.keys() if whole.get(p) != left.get(p)}
    assert differing == set()


@settings(max_examples=40)
@given(SEEDS)
def test_the_owner_is_told_of_each_reference_that_readers_lose(today: Today, seed: int) -> None:
    """V101 names each record that refers to one that fewer people see, and no other."""
    plan = RandomPlan(random.Random(seed))  # noqa: S311 - see above
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), plan.files(None))
        checked = check(Path(folder), today=today)
    told = {
        (d.path, d.message.partition("refers to ")[2].partition(",")[0])
        for d in checked.diagnostics
        if d.code == "V101"
    }
    assert told == plan.refers_narrower()
