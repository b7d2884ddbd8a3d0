"""Tests of the builder: what it shows after good edits and bad ones, and what it keeps."""

import os
import random
import weakref
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.random_edits import Edits

from planfolio.exceptions import PlanfolioError
from planfolio.model.visibility import Visibility
from planfolio.pipeline import BuildResult, Today, build
from planfolio.render.site import RenderedSite
from planfolio.render.theme_files import ThemeError
from planfolio.serve.builder import BuildAttempt, Builder, keep_building

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
SKILL = "---\ntitle: Kubernetes\nlevel: 2\n---\nWhat I did.\n"
GOAL = "---\ntitle: Pass the CKA exam\ndue: 2027-03\nraises: [kubernetes]\n---\n[[kubernetes]]\n"
PLAN = {
    "site.toml": 'title = "A plan"\n',
    "content/skills/kubernetes.md": SKILL,
    "content/goals/cka.md": GOAL,
}
CKA = "goals/cka/index.html"


@pytest.fixture
def root(plan: Callable[[dict[str, str]], Path]) -> Path:
    """A plan with a skill and a goal."""
    return plan(PLAN)


def builder_of(root: Path, audience: Visibility = Visibility.PRIVATE) -> Builder:
    """Return a builder for which it is noon of 1 October 2026."""
    return Builder(root, audience=audience, now=lambda: NOON)


def write(root: Path, path: str, text: str) -> Path:
    """Write a file of the plan."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_bytes_tell_what_changed(root: Path) -> None:
    """A save of the same size at the same time is seen, and one of the same bytes is not."""
    builder = builder_of(root)
    for letter in "ABCD":
        file = write(root, "content/goals/cka.md", GOAL.replace("CKA", f"CK{letter}"))
        os.utime(file, (0, 0))
        shown = builder.build()
        assert f"Pass the CK{letter} exam" in page(shown)
    file.touch()
    write(root, "site.toml", PLAN["site.toml"])
    assert builder.build() is shown


def page(attempt: BuildAttempt, path: str = CKA) -> str:
    """Return a page of an attempt as text."""
    assert attempt.site is not None
    return attempt.site.render(path).decode()


def test_an_edit_is_shown_and_its_record_named(root: Path) -> None:
    """The page and home have the new title, and the build has another name."""
    builder = builder_of(root)
    first = builder.build()
    assert (first.number, first.ok, first.saved, first.as_of) == (1, True, None, date(2026, 10, 1))
    write(root, "content/goals/cka.md", GOAL.replace("CKA", "CKS"))
    second = builder.build()
    assert "Pass the CKS exam" in page(second)
    assert "Pass the CKS exam" in page(second, "index.html")
    assert (second.number, second.saved) == (2, "goals/cka/")
    assert first.build_id != second.build_id


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/goals/cka.md", GOAL.replace("2027-03", "soon")),
        ("content/goals/cka.md", "---\ntitle: [\n---\n"),
        ("content/goals/cka.md", "\0"),
        ("site.toml", "title = \n"),
        ("site.toml", 'theme = "none"\n'),
        ("themes/default/templates/goal.html", "{{ no_such_thing.at_all }}"),
        ("themes/default/templates/goal.html", "{% block"),
    ],
)
def test_what_is_broken_keeps_the_last_good_site_until_it_is_fixed(
    root: Path, path: str, text: str
) -> None:
    """With the same name, since open pages need not change; also where nothing was good before."""
    builder = builder_of(root)
    good = builder.build()
    write(root, path, text)
    bad, never = builder.build(), builder_of(root).build()
    assert (bad.ok, bad.site, bad.build_id) == (False, good.site, good.build_id)
    assert path in f"{bad.failure} {bad.diagnostics}"
    assert (never.ok, never.site, never.errors > 0) == (False, None, True)
    write(root, path, PLAN[path]) if path in PLAN else (root / path).unlink()
    fixed = builder.build()
    assert (fixed.ok, fixed.errors) == (True, 0)


def test_a_theme_that_changed_while_content_was_exchanged_is_seen(root: Path) -> None:
    """The watcher begins anew then, and tells of the folder alone."""
    builder = builder_of(root)
    builder.build()
    write(root, "themes/default/templates/goal.html", "The new one")
    assert "The new one" in page(builder.build(frozenset({root / "content"})))


@pytest.mark.parametrize("template", ["{% block", "{{ no_such_thing.at_all }}"])
def test_a_broken_theme_stays_broken_while_only_content_changes(root: Path, template: str) -> None:
    """A fault in a theme is no less there after the next save of a goal."""
    builder = builder_of(root)
    builder.build()
    theme = write(root, "themes/default/templates/goal.html", template)
    assert not builder.build(frozenset({theme})).ok
    goal = write(root, "content/goals/cka.md", GOAL.replace("CKA", "CKS"))
    bad = builder.build(frozenset({goal}))
    assert (bad.ok, "goal.html" in bad.failure) == (False, True)
    theme.unlink()
    assert "Pass the CKS exam" in page(builder.build(frozenset({theme})))


@pytest.mark.parametrize("folder", ["content", "."])
def test_a_folder_that_is_gone_keeps_the_site_and_can_come_back(root: Path, folder: str) -> None:
    """As while a branch is changed, even if all of the plan is gone."""
    builder = builder_of(root)
    good = builder.build()
    away = root.with_name("away")
    (root / folder).rename(away)
    gone = builder.build()
    assert (gone.ok, gone.site) == (False, good.site)
    assert gone.errors > 0
    away.rename(root / folder)
    assert builder.build().ok


def test_a_page_that_is_looked_at_and_fails_keeps_the_last_good_site(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other pages fail when someone asks for them."""
    looking, away = builder_of(root), builder_of(root)
    good = looking.build()
    assert good.site is not None
    assert away.build().ok
    good.site.file(CKA)
    render = RenderedSite.render

    def failing(site: RenderedSite, path: str) -> bytes:
        if path == CKA:
            raise ThemeError("it broke", path="goal.html", line=3)
        return render(site, path)

    monkeypatch.setattr(RenderedSite, "render", failing)
    write(root, "content/goals/cka.md", GOAL.replace("CKA", "CKS"))
    bad = looking.build()
    assert (bad.ok, bad.site) == (False, good.site)
    assert "goal.html:3: it broke" in bad.failure
    assert away.build().ok


def test_the_sites_of_earlier_edits_are_freed(root: Path) -> None:
    """However long a preview runs, it holds the plans of its last edits alone."""
    builder = builder_of(root)

    def edits() -> Iterator[frozenset[Path]]:
        yield frozenset()
        first = weakref.ref(builder._result.plan)  # type: ignore[union-attr]
        for edit in range(65):
            yield frozenset({write(root, "content/goals/cka.md", f"{GOAL}Edit {edit}.\n")})
        assert first() is None

    def publish(attempt: BuildAttempt) -> None:
        page(attempt)

    keep_building(builder, changes=edits(), publish=publish, report=lambda *_: None)


def test_another_day_is_another_build(root: Path) -> None:
    """After midnight the numbers are others, though no file changed."""
    clock = [NOON]
    builder = Builder(root, now=lambda: clock[0])
    first = builder.build()
    assert not builder.is_new_day()
    clock[0] += timedelta(days=1)
    assert builder.is_new_day()
    second = builder.build()
    assert (second.as_of, second.build_id != first.build_id) == (date(2026, 10, 2), True)
    assert not builder.is_new_day()


def test_numbers_are_those_of_the_day_and_the_settings(root: Path) -> None:
    """They are computed anew where either is another, though no record is."""
    clock = [NOON]
    builder = Builder(root, now=lambda: clock[0])
    write(root, "content/goals/cka.md", GOAL.replace("due: 2027-03", "due: 2026-09-30\neffort: 9h"))
    for later, settings in ((0, ""), (2, ""), (0, "hours_per_week = 3"), (0, "hours_per_week = 9")):
        clock[0] += timedelta(days=later)
        write(root, "site.toml", f'title = "A plan"\n[plan]\n{settings}\n')
        attempt = builder.build()
        whole = build(root, today=Today(now=clock[0]), audience=Visibility.PRIVATE)
        assert attempt.site is not None
        assert whole.files is not None
        assert attempt.site.file("plan.json") == whole.files["plan.json"]


def test_the_record_that_was_saved_last_is_named(root: Path) -> None:
    """Whatever its name; of a file that lists records it is the one that changed."""
    write(root, "content/skills.md", "---\nitems: {python: 3, go: 1, rust: 2}\n---\n")
    builder = builder_of(root)
    builder.build()
    os.utime(write(root, "content/skills/kubernetes.md", SKILL + "More.\n"), (2e9, 2e9))
    os.utime(write(root, "content/goals/cka.md", GOAL + "More.\n"), (1e9, 1e9))
    assert builder.build().saved == "skills/kubernetes/"
    write(root, "content/skills.md", "---\nitems: {python: 3, go: 2, rust: 2}\n---\n")
    assert builder.build().saved == "skills/go/"


def test_a_record_is_saved_in_its_own_file(root: Path) -> None:
    """Not a skill that a role names, nor a milestone within a goal."""
    write(root, "content/roles/a.md", "---\ntitle: A\n---\n")
    builder = builder_of(root)
    builder.build()
    write(root, "content/roles/a.md", "---\ntitle: A\nrequires: {zig: 3}\n---\n")
    assert builder.build().saved == "roles/a/"
    write(root, "content/goals/cka.md", GOAL.replace("---\n", "---\nmilestones: [Labs]\n", 1))
    assert builder.build().saved == "goals/cka/"


def test_what_others_may_not_see_is_neither_shown_nor_named(root: Path) -> None:
    """Nobody is led to a page that is not there."""
    quit_job = "---\ntitle: Quit\nvisibility: private\n---\n"
    write(root, "content/goals/quit.md", quit_job)
    builder = builder_of(root, Visibility.PUBLIC)
    builder.build()
    write(root, "content/goals/quit.md", quit_job + "Soon.\n")
    attempt = builder.build()
    assert attempt.site is not None
    assert (attempt.saved, "goals/quit/index.html" in attempt.site) == (None, False)


def test_what_leaks_is_never_shown_to_others(root: Path) -> None:
    """The whole site is searched before any of it is shown; the site that was sound stays."""
    write(root, "content/goals/quiet.md", "---\ntitle: Leave quietly\nvisibility: private\n---\n")
    write(root, "content/goals/open.md", "---\ntitle: Open\n---\n![It](drawing.svg)\n")
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>"
    write(root, "content/goals/drawing.svg", drawing.format(""))
    builder = builder_of(root, Visibility.PUBLIC)
    sound = builder.build()
    assert sound.ok
    write(root, "content/goals/drawing.svg", drawing.format("<text>Leave quietly</text>"))
    write(root, "content/goals/cka.md", GOAL + "More.\n")
    leaking = builder.build()
    assert (leaking.ok, leaking.site) == (False, sound.site)
    assert "files/goals/drawing.svg:1" in leaking.failure
    assert builder_of(root, Visibility.PUBLIC).build().site is None
    assert builder_of(root).build().ok  # the owner may see it


def test_all_pages_for_others_are_made_before_any_is_shown(root: Path) -> None:
    """So they can be searched, even those that nobody opens."""
    builder = builder_of(root, Visibility.PUBLIC)
    builder.build()
    write(root, "content/goals/cka.md", GOAL + "More.\n")
    shown = builder.build().site
    assert shown is not None
    pages = {"index.html", CKA, "goals/index.html", "plan.json", "search.json"}
    assert {page for page in pages if page in shown} <= shown.rendered.keys()
    assert CKA in shown.rendered


def test_changes_are_built_published_and_reported(root: Path) -> None:
    """Once each; a tick of the watcher without a change does nothing, nor does a save of nothing
    new, and a bug of ours ends nothing."""
    goal = root / "content/goals/cka.md"
    published: list[BuildAttempt] = []
    reported: list[tuple[int, frozenset[Path]]] = []

    def changes() -> Iterator[frozenset[Path]]:
        yield frozenset()
        yield frozenset()
        goal.touch()
        write(root, "site.toml", PLAN["site.toml"])
        yield frozenset({goal})
        goal.write_text(GOAL.replace("CKA", "CKS"))
        yield frozenset({goal})

    keep_building(
        builder_of(root),
        changes=changes(),
        publish=published.append,
        report=lambda attempt, changed, _: reported.append((attempt.number, changed)),
    )
    assert [attempt.number for attempt in published] == [1, 2]
    assert reported == [(1, frozenset()), (2, frozenset({goal}))]


def test_a_bug_of_ours_is_shown_over_the_last_good_pages(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that is raised ends the preview: the next save is built as ever."""
    builder = builder_of(root)
    good = builder.build()
    write(root, "content/goals/cka.md", GOAL.replace("CKA", "CKS"))
    with monkeypatch.context() as broken:
        broken.setattr("planfolio.serve.builder.check", lambda *_, **__: 1 // 0)
        bad = builder.build()
    assert (bad.ok, bad.site) == (False, good.site)
    assert "planfolio itself failed: ZeroDivisionError" in bad.failure
    assert "CKS" in page(builder.build())


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


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("audience", [Visibility.PRIVATE, Visibility.PUBLIC])
def test_after_any_edits_the_site_is_that_of_a_full_build(
    plan: Callable[[dict[str, str]], Path], seed: int, audience: Visibility
) -> None:
    """Whatever was edited, broken and fixed before, each attempt is the build of its moment."""
    chance = random.Random(f"{seed} {audience.word}")  # noqa: S311 - the same edits each time
    edits = Edits(plan(SMALL), chance)
    builder = builder_of(edits.root, audience)
    assert builder.build().ok
    good, bad = 0, 0
    for number in range(25):
        edited = f"seed {seed}, edit {number}: {edits.make()}"
        attempt = builder.build()
        whole = full_build(edits.root, audience)
        if isinstance(whole, PlanfolioError):
            # A page that nobody looked at may fail when it is asked for.
            assert attempt.ok or whole.message in attempt.failure, edited
        else:
            assert attempt.diagnostics == whole.check.diagnostics, edited
            assert attempt.ok == (whole.files is not None), f"{edited}: {attempt.failure}"
        if isinstance(whole, PlanfolioError) or whole.files is None:
            bad += 1
            continue
        assert attempt.site is not None
        for path in chance.sample(sorted(whole.files), 6):
            assert attempt.site.file(path) == whole.files[path], f"{edited}: {path}"
        for path, file in whole.copies.items():
            assert attempt.site.file(path) == file, edited
        edits.keep()
        good += 1
    assert good >= 8
    assert bad >= 1


def full_build(root: Path, audience: Visibility) -> BuildResult | PlanfolioError:
    """Build without any memory; or return what a theme has against it."""
    try:
        return build(root, today=Today(now=NOON), audience=audience)
    except PlanfolioError as error:
        return error
