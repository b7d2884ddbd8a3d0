"""Tests of new records."""

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planfolio.exceptions import UsageError
from planfolio.init.records import new_record
from planfolio.model.kinds import KINDS
from planfolio.model.plan import Plan
from planfolio.model.settings import Settings
from planfolio.model.source_tree import Scalar
from planfolio.pipeline import Today, check
from planfolio.read.front_matter import split

MakePlan = Callable[[dict[str, str]], Path]

DAY = date(2026, 10, 1)
"""The day of the fixture `today`."""
BY_NAME = {kind.name: kind for kind in KINDS}
NOTHING = Plan(settings=Settings(), kinds=KINDS, records={})


def record(kind: str, title: str | None, plan: Plan = NOTHING) -> tuple[str, str]:
    """Return path and text of a new record."""
    return new_record(BY_NAME[kind], title, plan=plan, analysis=None, today=DAY)


def title_in(text: str) -> str:
    """Return the title as it is read back from the front matter of a record."""
    entry = split(text, path="p").node.find("title")
    assert entry is not None
    assert isinstance(entry.value, Scalar)
    return entry.value.text


@given(title=st.text(min_size=1, max_size=60))
@settings(max_examples=200)
def test_any_title_is_read_back_as_it_was_or_refused(title: str) -> None:
    """Quotes, colons, hashes, dashes and letters of any script survive the front matter."""
    try:
        _, text = record("goal", title)
    except UsageError:
        return
    assert title_in(text) == unicodedata.normalize("NFC", title.strip())


# Each would be something else without quotes.
ODD_TITLES = """no|3.10|2026-09-30|a: b|a #b|- a|say "yes"|it's|{a}|C:\\temp|*a|&a|~ a|null|
#1 in sales|100 %|@home a|`x`|a{today}b|東京で働く|\ufeffbom|a\u00a0b|soft\u00adhyphen"""


@pytest.mark.parametrize("title", ODD_TITLES.replace("\n", "").split("|"))
def test_titles_that_yaml_would_take_for_something_else_are_quoted(title: str) -> None:
    """What YAML has a meaning for stays text."""
    assert title_in(record("goal", title)[1]) == title


@pytest.mark.parametrize("title", ["", "   ", "!!!", "a\nb", "a\x1b[31m", "a\u2028b", "a\ud800"])
def test_a_title_that_is_no_line_of_text_is_refused(title: str) -> None:
    """Without a letter there is no name for the file; with a control character no title."""
    with pytest.raises(UsageError):
        record("goal", title)


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Pass the CKA exam", "content/goals/pass-the-cka-exam.md"),
        ("Überblick & C++", "content/goals/überblick-c-plus-plus.md"),
        ("東京で働く", "content/goals/東京で働く.md"),
        ("../../etc/passwd", "content/goals/etc-passwd.md"),
        ("README", "content/goals/readme-goal.md"),
        ("CON", "content/goals/con-goal.md"),
        ("lpt1", "content/goals/lpt1-goal.md"),
        ("Console", "content/goals/console.md"),
    ],
)
def test_the_file_is_named_by_the_title(title: str, path: str) -> None:
    """Letters of any script stay, names that no file can have are made longer."""
    assert record("goal", title)[0] == path


@pytest.mark.parametrize("title", ["word " * 60, "東" * 300, "x" * 400])
def test_a_long_title_gives_a_file_name_that_any_disk_takes(title: str) -> None:
    """The name is cut, between words where there are some; the title stays whole."""
    path, text = record("goal", title)
    stem = path.removeprefix("content/goals/").removesuffix(".md")
    assert len(stem.encode()) <= 80
    assert not stem.endswith(("-", "wor"))
    assert title_in(text) == title.strip()


def test_a_record_that_there_is_is_not_written_again(plan: MakePlan, today: Today) -> None:
    """A title of the same id, in a list file too, is refused with the place of the first."""
    files = {
        "content/skills.md": "---\nitems: {python: 3}\n---\n",
        "content/profile.md": "---\ntitle: Me\n---\n",
    }
    known = check(plan(files), today=today).plan
    for kind, title, first in (
        ("skill", "Python", r"`python` exists already in content/skills\.md"),
        ("profile", "Somebody else", r"`profile` exists already in content/profile\.md"),
    ):
        with pytest.raises(UsageError, match=first):
            record(kind, title, known)


def test_a_skill_that_a_role_asks_for_gets_the_roles_id(plan: MakePlan, today: Today) -> None:
    """The record that was missing answers the role, whatever way its id is written there."""
    files = {"content/roles/r.md": "---\ntitle: R\nrequires: {system design: 3}\n---\n"}
    root = plan(files)
    known = check(root, today=today).plan
    path, text = record("skill", "System design", known)
    (root / "content/skills").mkdir()
    (root / path).write_text(text)
    after = check(root, today=today)
    assert after.errors == ()
    assert [(s.id, s.implied) for s in after.plan.skills.values()] == [("system design", False)]


def test_ids_that_exist_stand_in_comments(plan: MakePlan, today: Today) -> None:
    """A new goal names the roles and skills that there are, those first that a role asks for."""
    skills = ", ".join(f"skill-{n:03}: 1" for n in range(100))
    files = {
        "content/skills.md": f"---\nitems: {{{skills}}}\n---\n",
        "content/roles/boss.md": "---\ntitle: Boss\nrequires: {skill-077: 3}\n---\n",
    }
    known = check(plan(files), today=today).plan
    _, text = record("goal", "A goal", known)
    line = next(line for line in text.splitlines() if line.startswith("raises:"))
    assert ": skill-077, skill-000, " in line
    assert line.endswith("and 95 more")
    assert len(line) < 160
    assert "role:                # boss\n" in text
    assert "role:                # none yet\n" in record("goal", "A goal")[1]


REVIEWED = {
    "content/goals/talks.md": (
        "---\ntitle: Give 12 talks\nmetric: {target: 12, unit: talks, "
        "history: [{date: 2026-09-12, value: 5}]}\n---\n"
    ),
    "content/goals/rent.md": "---\ntitle: Rent\nvisibility: private\nmetric: 3.5/6\n---\n",
    "content/goals/new.md": "---\ntitle: New\nmetric: {target: 3}\n---\n",
    "content/goals/rest.md": "---\ntitle: Rest\nstatus: paused\nmetric: 1/2\n---\n",
    "content/goals/plain.md": "---\ntitle: Plain\n---\n",
    "content/reviews/old.md": "---\ntitle: Old\ndate: 2026-08-30\nnext: ['[ ] Too old']\n---\n",
    "content/reviews/last.md": (
        "---\ntitle: Last\ndate: 2026-09-27\nvisibility: private\nnext:\n"
        "  - '[ ] Book: the room'\n  - '[x] Write to Zdena'\n  - '[/] The chart'\n"
        "  - '[-] Move'\n  - Call\n---\n"
    ),
    "content/reviews/said.md": "---\ntitle: Said\ndate: 2026-09-29\nkind: feedback\n---\n",
    "content/reviews/later.md": "---\ntitle: Later\ndate: 2026-11-01\nnext: [Too new]\n---\n",
}


def test_a_new_review_names_what_to_measure_and_what_was_left_open(
    plan: MakePlan, today: Today
) -> None:
    """Active goals with a metric stand in comments with their values, as lines that count once
    the `#` is gone. What the last review left open is carried over, and stays as private."""
    root = plan(REVIEWED)
    before = check(root, today=today)
    path, text = new_record(
        BY_NAME["review"], None, plan=before.plan, analysis=before.analysis, today=DAY
    )
    assert path == "content/reviews/2026-10-01.md"
    assert "title: Review of 1 Oct 2026\n" in text
    assert [line for line in text.splitlines() if line.startswith("  # ")] == [
        "  # new:        # no value yet; target 3",
        "  # rent: 3.5   # no day, so `planfolio log` changes it; target 6",
        "  # talks: 5    # 2026-09-12; target 12 talks",
    ]
    (root / path).write_text(text.replace("# talks: 5", "talks: 6"))
    after = check(root, today=today)
    review = after.plan.reviews["2026-10-01"]
    assert after.errors == ()
    assert review.visibility.word == "private"
    assert review.fields.next == ("[ ] Book: the room", "[/] The chart", "Call")
    assert {goal: int(value) for goal, value in review.fields.metrics.items()} == {"talks": 6}


def test_the_first_review_carries_nothing_over() -> None:
    """Without goals and reviews the lists are empty, and the visibility is that of the kind."""
    _, text = record("review", "The first look back")
    assert "\nnext: []\n" in text
    assert "no active goal has a metric\n" in text
    assert "visibility" not in text


def test_only_a_review_needs_no_title() -> None:
    """A goal without a title is refused, and the command is shown as it is meant."""
    assert record("review", None)[0] == "content/reviews/2026-10-01.md"
    with pytest.raises(UsageError, match="needs a title: planfolio new goal TITLE"):
        record("goal", None)
