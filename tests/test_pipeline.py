from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build, check, site_for
from planfolio.render.theme import load_theme
from planfolio.serve.watcher import reuse_of_documents

PLAN = {
    "content/skills/python.md": "---\ntitle: Python\nlevel: 3\n---\n",
    "content/goals/book.md": "---\ntitle: Write the book\ndue: 2027\n---\n[[python]]\n",
    "content/goals/quit.md": "---\ntitle: Quit\nvisibility: private\n---\n",
}


def test_the_day_is_that_of_the_plan_s_time_zone(plan: Callable[[dict[str, str]], Path]) -> None:
    """At 23:00 UTC it is tomorrow in Tokyo."""
    root = plan(PLAN | {"site.toml": 'timezone = "Asia/Tokyo"\n'})
    late = Today(now=datetime(2026, 9, 30, 23, tzinfo=UTC))
    assert check(root, today=late).as_of == date(2026, 10, 1)


def test_a_cycle_is_an_error_and_no_crash(
    plan: Callable[[dict[str, str]], Path], today: Today
) -> None:
    """Where no order is left to compute in, there are no numbers and no site."""
    a = "---\ntitle: A\nafter: [b]\n---\n"
    root = plan({"content/goals/a.md": a, "content/goals/b.md": a.replace("b", "a")})
    checked = check(root, today=today)
    assert checked.analysis is None
    theme = load_theme("default", site_root=root)
    assert site_for(checked, audience=Visibility.PRIVATE, theme=theme) is None
    assert "L103" in {d.code for d in checked.errors}


LINKING = {
    "content/goals/a.md": "---\ntitle: A\nraises: {rust: good}\n---\n"
    "[[b#How]] ![](map.png) [it](notes.txt) [[coach]]\n",
    "content/goals/b.md": "---\ntitle: B\n---\n## How\n",
    "content/goals/map.png": "",
    "content/goals/notes.txt": "",
    "content/roles/lead.md": "---\ntitle: Lead\nneeds: [{title: Coach}]\nrequires: {rust: 3}\n"
    "---\n",
    "content/skills/rust.md": "---\ntitle: Rust\nscale: own\n---\n",
    "site.toml": '[scales.own]\nlevels = ["none", "some", "good", "best"]\n',
}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/goals/b.md", "How", "Why"),
        ("content/goals/notes.txt", None, None),
        ("content/roles/lead.md", "Coach", "Mentor"),
        ("content/skills/rust.md", "scale: own", "level: 1"),
        ("site.toml", '"some", "good"', '"good", "some"'),
    ],
)
def test_what_is_linked_again_follows_the_files_that_it_leads_to(
    plan: Callable[[dict[str, str]], Path], today: Today, path: str, old: str | None, new: str
) -> None:
    """The file with the links is as it was; what it leads to is another."""
    root = plan(LINKING)
    reuse = reuse_of_documents()
    before = check(root, today=today, reuse=reuse)
    if old is None:
        (root / path).unlink()
    else:
        (root / path).write_text(LINKING[path].replace(old, new), "utf-8")
    again, whole = check(root, today=today, reuse=reuse), check(root, today=today)
    assert (again.diagnostics, again.plan.records) == (whole.diagnostics, whole.plan.records)
    assert (again.diagnostics, again.plan.records) != (before.diagnostics, before.plan.records)


ANALYSED = {
    "site.toml": 'title = "T"\n[plan]\nstart = 2026-01-01\n',
    "content/goals/whole.md": "---\ntitle: Whole\ndue: 2027-01\nwhy: call +49 30 1234567\n---\n",
    "content/goals/part.md": "---\ntitle: Part\nparent: whole\nweight: 1\ndue: 2027-01\n---\n",
    "content/goals/talks.md": (
        "---\ntitle: Talks\nparent: whole\ndue: 2027-01\nmetric: {target: 9, unit: talks}\n---\n"
    ),
    "content/goals/run.md": "---\ntitle: Run\ncadence: day\nlog: [2026-08-01]\n---\n",
    "content/milestones/half.md": "---\ntitle: Half\ngoal: part\n---\n",
    "content/reviews/august.md": "---\ntitle: Review\ndate: 2026-08\nmetrics: {talks: 2}\n---\n",
}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/goals/part.md", "weight: 1", "weight: 3"),
        ("content/goals/part.md", "due: 2027-01", "due: 2026-02"),
        ("content/milestones/half.md", "goal: part", "goal: part\ndone: 2026-02"),
        ("content/reviews/august.md", "talks: 2", "talks: 9"),
        (
            "site.toml",
            "start = 2026-01-01",
            "time_off = [{from = '2026-06-01', to = '2026-08-20'}]",
        ),
        ("site.toml", "[plan]", "[visibility]\n'goal.why' = 'private'\n[plan]"),
    ],
)
def test_what_is_analysed_again_follows_what_it_is_made_of(
    plan: Callable[[dict[str, str]], Path], today: Today, path: str, old: str, new: str
) -> None:
    """The file of the goal is as it was; its part, milestone, review or settings are others."""
    root = plan(ANALYSED)
    reuse = reuse_of_documents()
    before = check(root, today=today, reuse=reuse)
    assert old in ANALYSED[path]
    (root / path).write_text(ANALYSED[path].replace(old, new), "utf-8")
    again, whole = check(root, today=today, reuse=reuse), check(root, today=today)
    assert again.errors == ()
    assert (again.diagnostics, again.analysis) == (whole.diagnostics, whole.analysis)
    assert (again.diagnostics, again.analysis) != (before.diagnostics, before.analysis)


def test_copied_files_are_named_and_not_read(
    plan: Callable[[dict[str, str]], Path], today: Today
) -> None:
    """A video decides nothing of how much memory a build needs."""
    root = plan(PLAN | {"content/goals/talk.md": "---\ntitle: Talk\n---\n[film](film.mp4)\n"})
    film = root / "content/goals/film.mp4"
    with film.open("wb") as stream:
        stream.truncate(8_000_000_000)
    made = build(root, today=today)
    assert made.files is not None
    assert dict(made.copies) == {"files/goals/film.mp4": film}
    assert "files/goals/film.mp4" not in made.files


@pytest.mark.parametrize("audience", list(Visibility))
def test_a_page_rendered_alone_is_the_same(
    example: Path, today: Today, audience: Visibility
) -> None:
    """Any file of a site can be rendered alone, in any order and in any thread."""
    theme = load_theme("default", site_root=example)
    site = site_for(check(example, today=today), audience=audience, theme=theme)
    made = build(example, today=today, audience=audience)
    assert site is not None
    assert made.files is not None
    paths = [path for path in site.paths if path not in site.copies]
    paths.reverse()
    with ThreadPoolExecutor(4) as threads:
        assert dict(zip(paths, threads.map(site.render, paths), strict=True)) == made.files
