from __future__ import annotations

import os
import random
import shutil
import threading
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from tests.random_edits import Edits

from planfolio import bundled
from planfolio.exceptions import PlanfolioError
from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build
from planfolio.serve import memory
from planfolio.serve.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from planfolio.pipeline import BuildResult

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)

SKILL = "---\ntitle: Kubernetes\nlevel: 2\n---\nWhat I did.\n"
GOAL = "---\ntitle: Pass the CKA exam\ndue: 2027-03\nraises: [kubernetes]\n---\n[[kubernetes]]\n"
PLAN = {
    "site.toml": 'title = "A plan"\n',
    "content/skills/kubernetes.md": SKILL,
    "content/goals/cka.md": GOAL,
}


def workshop(root: Path, *, audience: Visibility = Visibility.PRIVATE) -> Workshop:
    """A workshop at noon of 1 October 2026."""
    return Workshop(root, audience=audience, now=lambda: NOON)


def page(files: Mapping[str, bytes], path: str) -> str:
    """Return a page as text."""
    return files[path].decode()


def write(root: Path, path: str, text: str) -> Path:
    """Write a file of the plan."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


@pytest.fixture
def root(plan: Callable[[dict[str, str]], Path]) -> Path:
    """A plan with a skill and a goal."""
    return plan(PLAN)


def test_the_first_outcome_is_the_whole_site(root: Path) -> None:
    """It has the bytes of a build, its number is 1, and nothing was saved yet."""
    outcome = workshop(root).attempt()
    built = build(root, today=Today(now=NOON), audience=Visibility.PRIVATE)
    assert outcome.files is not None
    assert dict(outcome.files) == built.files
    assert (outcome.number, outcome.ok, outcome.failure, outcome.changed) == (1, True, "", ())
    assert outcome.as_of == date(2026, 10, 1)
    assert outcome.diagnostics == built.check.diagnostics


def test_an_edit_shows_and_is_named(root: Path) -> None:
    """The page has the new title, the build another name, and the record is the one saved."""
    shop = workshop(root)
    first = shop.attempt()
    write(root, "content/goals/cka.md", GOAL.replace("CKA", "CKS"))
    second = shop.attempt()
    assert second.files is not None
    assert "Pass the CKS exam" in page(second.files, "goals/cka/index.html")
    assert "Pass the CKS exam" in page(second.files, "index.html")
    assert (second.number, second.changed) == (2, ("goals/cka/",))
    assert first.build != second.build


def test_two_saves_within_one_tick_of_the_clock_are_two(root: Path) -> None:
    """The same size, the same time and the same inode do not hide another content."""
    shop = workshop(root)
    file = root / "content/goals/cka.md"
    for letter in "ABCDEFGH":
        file.write_text(GOAL.replace("CKA", f"CK{letter}"), "utf-8")
        files = shop.attempt().files
        assert files is not None
        assert f"Pass the CK{letter} exam" in page(files, "goals/cka/index.html")


def test_a_file_that_the_disk_calls_unchanged_is_read_if_someone_says_it_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Network disks keep what they said of a file for seconds after it changed."""
    shop = workshop(root)
    old = memory.State(0, 0, 0, 0, 0)
    monkeypatch.setattr(memory, "_state", lambda _: old)
    shop.attempt()
    file = write(root, "content/goals/cka.md", GOAL.replace("CKA", "CKS"))
    assert shop.attempt().number == 1
    outcome = shop.attempt([file])
    assert outcome.files is not None
    assert "Pass the CKS exam" in page(outcome.files, "goals/cka/index.html")


def test_nothing_changed_is_no_new_outcome(root: Path) -> None:
    """Touching files, or saving the same, shows nothing new."""
    shop = workshop(root)
    first = shop.attempt()
    (root / "content/goals/cka.md").touch()
    write(root, "content/skills/kubernetes.md", SKILL)
    assert shop.attempt() is first


def test_the_build_has_the_same_name_after_a_restart(root: Path) -> None:
    """A page that was open before the server was restarted need not load anew."""
    assert workshop(root).attempt().build == workshop(root).attempt().build
    public = workshop(root, audience=Visibility.PUBLIC).attempt()
    assert public.build != workshop(root).attempt().build


def test_another_day_is_another_build(root: Path) -> None:
    """After midnight the numbers are others, though no file changed."""
    now = [NOON]
    shop = Workshop(root, now=lambda: now[0])
    first = shop.attempt()
    now[0] = datetime(2026, 10, 2, 12, tzinfo=UTC)
    second = shop.attempt()
    assert second.as_of == date(2026, 10, 2)
    assert second.build != first.build


def test_an_error_keeps_the_last_good_site(root: Path) -> None:
    """What was good stays, under its name, and the error stands beside it until it is mended."""
    shop = workshop(root)
    good = shop.attempt()
    write(root, "content/goals/cka.md", GOAL.replace("2027-03", "2027-02-30"))
    bad = shop.attempt()
    assert not bad.ok
    assert bad.files is good.files
    assert bad.build == good.build
    assert [d.code for d in bad.diagnostics if d.severity == "error"] == ["F102"]
    write(root, "content/goals/cka.md", GOAL)
    mended = shop.attempt()
    assert mended.ok
    assert mended.build == good.build
    assert mended.number == 3


def test_the_lines_of_a_finding_can_be_shown_and_no_others(root: Path) -> None:
    """The overlay shows the source; a path that no finding names has no lines."""
    write(root, "content/goals/cka.md", GOAL.replace("2027-03", "2027-02-30"))
    outcome = workshop(root).attempt()
    assert outcome.lines("content/goals/cka.md")[2] == "due: 2027-02-30"
    assert outcome.lines("content/skills/kubernetes.md") == ()
    assert outcome.lines("../../etc/passwd") == ()


def test_a_file_without_an_end_has_no_lines(root: Path) -> None:
    """What is no ordinary file is told as such, and is not opened to show a line of it."""
    goal = root / "content/goals/cka.md"
    goal.unlink()
    os.mkfifo(goal)
    outcome = workshop(root).attempt()
    assert [d.message for d in outcome.diagnostics] == ["this is no ordinary file"]
    assert list(outcome.lines("content/goals/cka.md")) in ([], [""])


@pytest.mark.parametrize(
    "text", ["title = ", "\0", "[plan]\nhours_per_week = 'many'\n", "theme = 'nowhere'\n"]
)
def test_a_broken_plan_at_the_start_is_an_outcome_and_can_be_mended(root: Path, text: str) -> None:
    """Without a good site there are no files, and the next save may bring them."""
    write(root, "site.toml", text)
    shop = workshop(root)
    outcome = shop.attempt()
    assert (outcome.ok, outcome.files, outcome.build) == (False, None, "")
    assert outcome.failure or any(d.path == "site.toml" for d in outcome.diagnostics)
    write(root, "site.toml", PLAN["site.toml"])
    assert shop.attempt().ok


def test_a_deleted_content_folder_keeps_the_site_and_can_come_back(root: Path) -> None:
    """As while a branch is changed."""
    shop = workshop(root)
    good = shop.attempt()
    shutil.move(root / "content", root / "away")
    gone = shop.attempt()
    assert not gone.ok
    assert gone.files is good.files
    shutil.move(root / "away", root / "content")
    assert shop.attempt().ok


def test_a_deleted_plan_is_no_exception(root: Path) -> None:
    """Even if all of it is gone."""
    shop = workshop(root)
    good = shop.attempt()
    shutil.rmtree(root)
    assert shop.attempt().files is good.files


def test_a_crash_in_a_template_is_told_with_its_place(root: Path) -> None:
    """A theme of the owner's that fails on any page of a kind keeps the site, and is mended."""
    shop = workshop(root)
    good = shop.attempt()
    template = write(root, "themes/default/templates/goal.html", "{{ view.nonsense }}")
    bad = shop.attempt()
    assert not bad.ok
    assert bad.files is good.files
    assert "themes/default/templates/goal.html:1" in bad.failure
    template.unlink()
    assert shop.attempt().ok


def test_a_page_that_only_fails_later_is_told_too(root: Path) -> None:
    """The page says what is wrong, and finishing gives the site before it back."""
    write(root, "content/goals/other.md", "---\ntitle: Something else\ndue: 2027-01\n---\n")
    shop = workshop(root)
    good = shop.attempt()
    assert shop.finish() is None
    write(
        root,
        "themes/default/templates/goal.html",
        "{% if 'else' in view.frame.title %}{{ 1 // 0 }}{% endif %}<b>bold</b>",
    )
    hasty = shop.attempt()
    assert hasty.ok
    assert hasty.files is not None
    assert "goal.html:1: ZeroDivisionError" in page(hasty.files, "goals/other/index.html")
    told = shop.finish()
    assert told is not None
    assert (told.ok, told.number) == (False, 3)
    assert told.files is good.files
    assert "(rendering goals/other/index.html)" in told.failure
    assert not shop.attempt().ok


def test_finishing_can_be_interrupted(root: Path) -> None:
    """Whoever waits for the next attempt does not wait for pages that nobody looks at."""
    shop = workshop(root)
    outcome = shop.attempt()
    assert outcome.files is not None
    assert shop.finish(lambda: True) is None
    assert outcome.files.missing  # type: ignore[attr-defined]
    assert shop.finish() is None
    assert not outcome.files.missing  # type: ignore[attr-defined]


def test_only_a_stylesheet_changed(root: Path) -> None:
    """Then the page may stay, and only its style is exchanged."""
    style = bundled.themes() / "default/assets/style.css"
    own = write(root, "themes/default/assets/style.css", style.read_text("utf-8"))
    shop = workshop(root)
    shop.attempt()
    own.write_text(style.read_text("utf-8") + "\nbody { color: red }\n", "utf-8")
    styled = shop.attempt()
    assert styled.ok
    assert styled.style_only
    own.write_text(style.read_text("utf-8"), "utf-8")
    write(root, "content/goals/cka.md", GOAL.replace("CKA", "CKS"))
    assert not shop.attempt().style_only


def test_a_linked_file_is_read_when_it_changes(root: Path) -> None:
    """A picture is part of the snapshot: the old one keeps its bytes."""
    picture = write(root, "content/goals/plan.svg", "<svg/>")
    write(root, "content/goals/cka.md", GOAL + "\n![the plan](plan.svg)\n")
    shop = workshop(root)
    first = shop.attempt()
    picture.write_text("<svg></svg>", "utf-8")
    second = shop.attempt()
    assert first.files is not None
    assert second.files is not None
    assert first.files["files/goals/plan.svg"] == b"<svg/>"
    assert second.files["files/goals/plan.svg"] == b"<svg></svg>"
    assert first.build != second.build


def test_a_picture_keeps_the_room_of_its_new_size(root: Path) -> None:
    """The text of the page is as it was, and known; the room in it is that of the picture."""
    drawing = "<svg width='{}' height='20'/>"
    picture = write(root, "content/goals/plan.svg", drawing.format(40))
    write(root, "content/goals/cka.md", GOAL + "\n![the plan](plan.svg)\n")
    shop = workshop(root)
    for width in (40, 90):
        picture.write_text(drawing.format(width), "utf-8")
        files = shop.attempt().files
        assert files is not None
        assert f' width="{width}" height="20"' in page(files, "goals/cka/index.html")


def test_the_last_saved_record_comes_first(root: Path) -> None:
    """Following goes to what was saved last, whatever its name."""
    shop = workshop(root)
    shop.attempt()
    for path, text, at in (
        ("content/skills/kubernetes.md", SKILL + "More.\n", 1_700_000_002),
        ("content/goals/cka.md", GOAL + "More.\n", 1_700_000_001),
    ):
        os.utime(write(root, path, text), (at, at))
    assert shop.attempt().changed == ("skills/kubernetes/", "goals/cka/")


def test_of_a_list_the_record_that_changed_is_named(
    plan: Callable[[dict[str, str]], Path],
) -> None:
    """A file of forty skills is saved for one of them."""
    root = plan({"content/skills.md": "---\nitems: {python: 3, go: 1, rust: 2}\n---\n"})
    shop = workshop(root)
    shop.attempt()
    write(root, "content/skills.md", "---\nitems: {python: 3, go: 2, rust: 2}\n---\n")
    assert shop.attempt().changed == ("skills/go/",)


def test_what_the_audience_may_not_see_is_not_named(root: Path) -> None:
    """Nobody is led to a page that is not there."""
    write(root, "content/goals/quit.md", "---\ntitle: Quit\nvisibility: private\n---\n")
    shop = workshop(root, audience=Visibility.PUBLIC)
    shop.attempt()
    write(root, "content/goals/quit.md", "---\ntitle: Quit\nvisibility: private\n---\nSoon.\n")
    outcome = shop.attempt()
    assert outcome.changed == ()
    assert outcome.files is not None
    assert "goals/quit/index.html" not in outcome.files


def test_what_leaks_is_never_shown_to_others(root: Path) -> None:
    """Not even before all pages were made: the site that was sound stays, and the owner is told."""
    goals = root / "content/goals"
    goals.mkdir(exist_ok=True)
    (goals / "quiet.md").write_text("---\ntitle: Leave quietly\nvisibility: private\n---\n")
    drawing = goals / "drawing.svg"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (goals / "open.md").write_text("---\ntitle: Open\n---\n![It](drawing.svg)\n")
    shop = workshop(root, audience=Visibility.PUBLIC)
    sound = shop.attempt()
    assert sound.ok
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>Leave quietly</text></svg>")
    leaking = shop.attempt()
    assert (leaking.ok, leaking.files is sound.files) == (False, True)
    assert "files/goals/drawing.svg:1 has the title of content/goals/quiet.md:2" in leaking.failure
    assert workshop(root, audience=Visibility.PUBLIC).attempt().files is None
    assert workshop(root).attempt().ok  # the owner may see it


def test_the_base_is_the_path_of_the_site(root: Path) -> None:
    """And stays that of the site that is shown while site.toml is broken."""
    site = 'base_url = "https://example.org/repo/"\n'
    write(root, "site.toml", site)
    shop = workshop(root)
    assert shop.attempt().base == "/repo/"
    write(root, "site.toml", site + "title = \n")
    assert shop.attempt().base == "/repo/"


def test_many_readers_of_one_site_get_the_same_bytes(example: Path) -> None:
    """Pages that are made when they are asked for are whole, whoever asks first."""
    files = workshop(example).attempt().files
    assert files is not None
    seen: list[dict[str, bytes]] = []

    def read(seed: int) -> None:
        paths = list(files)
        random.Random(seed).shuffle(paths)  # noqa: S311 - any order
        seen.append({path: files[path] for path in paths})

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    built = build(example, today=Today(now=NOON), audience=Visibility.PRIVATE)
    assert built.files is not None
    copies = {path: file.read_bytes() for path, file in built.copies.items()}
    assert all(one == {**built.files, **copies} for one in seen)
    assert len(seen) == 6


SMALL = PLAN | {
    "content/profile.md": "---\nname: Ada\nstrengths: [Patience]\n---\nHello.\n",
    "content/roles/engineer.md": (
        "---\ntitle: Engineer\nrequires: {kubernetes: 4, python: 3}\n"
        "needs: [{title: A mentor, need: mentor}]\n---\n"
    ),
    "content/people.md": "---\nitems:\n  grace: {title: Grace, visibility: public}\n---\nPeople.\n",
    "content/goals/exam.md": (
        "---\ntitle: Write three essays\nrole: engineer\nstart: 2026-01\ndue: 2026-12\n"
        "metric: 1/3 essays\nafter: [cka]\nmilestones: {First: 2026-06, Second: 2026-09}\n---\n"
        "## Why\n\nAs in [the exam](cka.md).\n"
    ),
    "content/reviews/2026-09.md": (
        "---\ntitle: September\ndate: 2026-09-30\nvisibility: public\nlevels: {kubernetes: 3}\n"
        "metrics: {exam: 2}\n---\nWell.\n"
    ),
}


def full_build(root: Path, audience: Visibility) -> tuple[BuildResult | None, str]:
    """Build without any memory; or return what a theme has against it."""
    try:
        return build(root, today=Today(now=NOON), audience=audience), ""
    except PlanfolioError as error:
        return None, error.message


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("audience", [Visibility.PRIVATE, Visibility.PUBLIC])
def test_after_any_edits_the_site_is_that_of_a_full_build(
    plan: Callable[[dict[str, str]], Path], seed: int, audience: Visibility
) -> None:
    """Whatever was edited, broken and mended before, each outcome is the build of its moment."""
    chance = random.Random(f"{seed} {audience.word}")  # noqa: S311 - the same edits each time
    edits = Edits(plan(SMALL), chance)
    shop = workshop(edits.root, audience=audience)
    assert shop.attempt().ok
    good, bad = 0, 0
    for number in range(40):
        done = edits.make()
        told = f"seed {seed}, edit {number}: {done}"
        outcome = shop.attempt()
        built, fault = full_build(edits.root, audience)
        if built is None:
            assert fault in (shop.finish() or outcome).failure, told
            bad += 1
            continue
        assert outcome.diagnostics == built.check.diagnostics, told
        assert outcome.ok == (built.files is not None), f"{told}: {outcome.failure}"
        if built.files is None:
            bad += 1
            continue
        assert outcome.files is not None
        assert set(outcome.files) == {*built.files, *built.copies}, told
        # Pages that nobody looked at are made later, of the same plan.
        asked = chance.sample(list(built.files), 6) if chance.random() < 0.5 else built.files
        for path in asked:
            assert outcome.files[path] == built.files[path], f"{told}: {path}"
        edits.keep()
        good += 1
    assert good >= 12
    assert bad >= 4
