"""Hints about names that do not exist: the right one first, and fast for thousands of them."""

import random
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from tests.reading import plan_in, record

from planfolio.resolve.record_index import NearNames

MANY = 1_000
"""With a comparison of each with each, so many wrong names take minutes."""


def hints(tmp_path: Path, files: dict[str, str]) -> list[str]:
    """Return the hints of a plan, in the order of its findings."""
    return [found.hint for found in plan_in(tmp_path, {**files}).diagnostics]


def test_a_name_with_a_wrong_letter_is_found_among_many() -> None:
    """The index leaves out no name that a comparison with each of them would find."""
    chance = random.Random(1)  # noqa: S311 - names, no secret
    parts = ["plat", "form", "ku", "ber", "net", "es", "data", "base", "-", "re", "view", "cert"]
    names = sorted({"".join(chance.choices(parts, k=4)) for _ in range(1_000)})
    near = NearNames(names)
    for meant in names[::5]:
        at = chance.randrange(len(meant))
        wrong = meant[:at] + "x" + meant[at + 1 :]
        found = near.nearest(wrong)
        assert found is not None
        assert SequenceMatcher(None, found, wrong).ratio() >= (
            SequenceMatcher(None, meant, wrong).ratio()
        )


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("../goals/cka.md", "did you mean old/cka.md?"),
        ("CKAD.md", "did you mean ckad.md?"),
        ("../skills/kcna.md", "did you mean ../milestones/kcna.md?"),
        ("exam.md", "did you mean cks.md?"),
        ("../skills/python.md", "did you mean [[skills/python]]?"),
        ("../media/plan.png", "did you mean ../roles/plan.png?"),
    ],
)
def test_a_file_that_moved_is_found_where_it_is(tmp_path: Path, written: str, hint: str) -> None:
    """By its name, its id or an alias, although another file is spelt more like it."""
    files = {
        "goals/old/cka.md": record("title: CKA"),
        "goals/ckad.md": record("title: CKAD"),
        "goals/cks.md": record("title: CKS", "aliases: [exam]"),
        "goals/exams.md": record("title: Exams"),
        "goals/plan.md": record("title: Plan"),
        "milestones/kcna.md": record("title: KCNA"),
        "skills/kcn.md": record("title: KCN"),
        "skills.md": record("items: {python: 3}"),
        "roles/plan.png": "1",
        "goals/g.md": record("title: G", body=f"[x]({written})\n"),
    }
    assert hints(tmp_path, files) == [hint]


def test_thousands_of_wrong_names_are_each_reported(tmp_path: Path) -> None:
    """References, needs of roles, and links to files, to records and to headings."""
    body = "[x](../goal/gaol-{n}.md)\n[[gaol-{n}x]]\n[x](#haeding-{n})\n\n# Heading {n}\n"
    files = {
        f"goals/goal-{n}.md": record(
            "title: G", f"parent: gaol-{n}x", f"answers: [nede {n}]", body=body.format(n=n)
        )
        for n in range(MANY)
    }
    files["roles/r.md"] = record("title: R", "needs:", *(f"  - need {n}" for n in range(MANY)))
    found = hints(tmp_path, files)
    assert len(found) == 5 * MANY
    assert all(found)


def test_thousands_of_skills_may_be_asked_for(tmp_path: Path) -> None:
    """Each is compared with those that exist, since it may be one of them, mistyped."""
    items = [f"  {word} craft {n}: 1" for n in range(MANY // 2) for word in ("wood", "stone")]
    asked = [f"  letter press {n}: 1" for n in range(MANY)]
    files = {
        "skills.md": record("items:", *items),
        "roles/r.md": record("title: R", "requires:", *asked, "  wod craft 5: 1"),
    }
    read = plan_in(tmp_path, {**files})
    assert read.only().hint == "did you mean `wood craft 5`?"
    assert len(read.plan.skills) == 2 * MANY
