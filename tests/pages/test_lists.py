"""Lists of goals, milestones, skills, people and tags: whole without a script, folded when long."""

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pages.built import Part, Site, site

from planfolio.render.long_pages import MOST_OPEN, folds

PLAN = {
    "goals/exam.md": (
        "title: Exam\ndue: 2026-09\nstart: 2026-01-01\npriority: must\ntags: [Depot, c++]\n"
        "mentor: jana\nanswers: [A licence]\nmilestones: {Draft: 2026-08}\nrole: driver"
    ),
    "goals/far.md": "title: Far\ndue: 2040\ntags: [depot]\nvisibility: private",
    "goals/old.md": "title: Old\nstatus: done\ntags: [secret]\nvisibility: private",
    "roles/driver.md": "title: Driver\nrequires: {go: 3}\nneeds: [A licence]",
    "skills.md": "items: {go: {level: 2, tags: [c++]}, css: 1}",
    "people/jana.md": "title: Jana\nrelation: mentor\nvisibility: public",
}


@pytest.fixture(scope="module")
def built() -> Site:
    """The owner's site."""
    return site(PLAN)


def marks(page: Part) -> dict[str, set[str]]:
    """Return what each row says of itself to the filters, by its title."""
    rows = [row for row in page.all("tr") if row.element.get("data-filter")]
    return {
        next(iter(row.links.values())): set((row.element.get("data-filter") or "").split())
        for row in rows
    }


def test_what_is_due_on_one_day_stays_as_it_is_written() -> None:
    """Chapter 10 follows chapter 9, in the milestones of a goal as in a list of records."""
    chapters = [f"Chapter {number}" for number in range(1, 13)]
    lessons = [f"lesson-{number}" for number in range(1, 13)]
    milestones = ", ".join(f"{chapter}: 2026-09" for chapter in chapters)
    files = {
        "goals.md": f"due: 2026-10\nitems: {{{', '.join(f'{one}: {one}' for one in lessons)}}}",
        "goals/book.md": f"title: Book\nmilestones: {{{milestones}}}",
    }
    built = site(files)
    assert list(marks(built.page("milestones/"))) == chapters
    assert list(marks(built.page("goals/"))) == ["Book", *lessons]
    actions = [action["step"].rpartition("/")[2] for action in built.export["next_actions"]]
    assert actions == [*(f"book-chapter-{number}" for number in range(1, 13)), *lessons]


def test_all_rows_are_there_with_what_they_are_found_by(built: Site) -> None:
    """Goals, milestones and skills, those that are done too, in a closed part. September is on the
    rung of 3 months after 1 July, August too; 2040 lies beyond the last."""
    assert marks(built.page("goals/")) == {
        "Exam": {
            "status:on-track",
            "priority:must",
            "horizon:3",
            "need:a-licence",
            "person:jana",
            "tag:depot",
            "tag:c-plus-plus",
        },
        "Far": {"status:open", "horizon:later", "tag:depot"},
        "Old": {"status:done", "horizon:no-date", "tag:secret"},
    }
    assert marks(built.page("milestones/"))["Draft"] >= {"horizon:3", "person:jana"}
    assert marks(built.page("skills/")) == {
        "go": {"status:gap", "need:driver", "tag:c-plus-plus"},
        "css": {"status:not-required"},
    }
    (closed,) = built.page("goals/").all("details")
    assert closed.texts("summary") == ["Done, paused, dropped: 1"]


def test_the_controls_name_what_there_is_and_how_often(built: Site) -> None:
    """Each has a label; what all rows share is no choice."""
    form = built.page("goals/").all("form", cls="filters")[0]
    labels = {part.texts("span")[0]: part.texts("option") for part in form.all("label")}
    assert list(labels) == [
        "Status",
        "Priority",
        "Horizon",
        "Requirement",
        "Tag",
        "Person",
        "Sort by",
    ]
    assert labels["Tag"] == ["All", "c++ (1)", "Depot (2)", "secret (1)"]
    assert labels["Horizon"] == ["All", "Within 3 months (1)", "Later (1)", "No date (1)"]
    assert form.texts("p", role="status") == ["3 of 3 shown"]


def test_skills_are_found_by_whether_they_meet_what_is_required() -> None:
    """What all of them share is no choice."""
    skills = ", ".join(f"s{n}: {{level: {n}, tags: [x]}}" for n in (1, 2, 3))
    files = {
        "skills.md": f"items: {{{skills}}}",
        "roles/r.md": "title: R\nrequires: {s1: 2, s2: 2}",
    }
    page = site(files).main("skills/")
    found = {title: next(m for m in has if m[:6] == "status") for title, has in marks(page).items()}
    assert found == {"s1": "status:gap", "s2": "status:met", "s3": "status:not-required"}
    names = [select.element.get("name") for select in page.all("select")]
    assert names == ["status", "need", "sort"]


def test_a_tag_has_a_page_of_what_has_it(built: Site) -> None:
    """Whatever its case; the pages of its records lead there."""
    assert built.page("tags/").all("ul", cls="links")[0].texts("li") == [
        "c++ 2",
        "Depot 2",
        "secret 1",
    ]
    page = built.main("tags/c-plus-plus/")
    assert page.texts("h2") == ["Skills", "Goals"]
    assert {"skills/go/", "goals/exam/"} <= page.links.keys()
    assert {"tags/depot/", "tags/c-plus-plus/"} <= built.page("goals/exam/").links.keys()
    assert "tags/c-plus-plus/" in built.page("skills/go/").links


def test_a_tag_of_what_one_may_not_see_leaves_no_trace() -> None:
    """Neither a page, a choice, a count nor an address; lists of nothing are not there."""
    public = site(
        PLAN | {"site.toml": 'title = "P"\nbase_url = "https://p.example/"\n'}, audience="public"
    )
    assert "tags/secret/index.html" not in public.paths
    assert not [path for path in public.paths if "secret" in public.text(path)]
    assert public.page("tags/").all("ul", cls="links")[0].texts("li") == ["c++ 2", "Depot 1"]
    assert {"goals/", "tags/depot/", "people/"} <= {
        line.removeprefix("  <url><loc>https://p.example/").removesuffix("</loc></url>")
        for line in public.text("sitemap.xml").splitlines()
    }
    empty = site({"people/p.md": "title: P"}, audience="public").paths
    assert not empty & {f"{url}/index.html" for url in ("goals", "milestones", "people", "tags")}


def test_people_have_a_list(built: Site) -> None:
    """It leads to their pages."""
    assert built.main("people/").links["people/jana/"] == "Jana"


_RUNS = st.tuples(st.sampled_from(["", "a", "b", "2026", "2027"]), st.integers(0, 60))


@given(st.lists(_RUNS, max_size=6))
def test_a_folded_list_has_all_rows_and_few_of_them_open(runs: list[tuple[str, int]]) -> None:
    """Each row once, at most 50 open, and some open wherever there are any."""
    names = [name for name, count in runs for _ in range(count)]
    rows = [(place, name) for place, name in enumerate(names)]
    parts = folds([_Row(*row) for row in rows], "name")
    assert sorted((row.place, row.name) for part in parts for row in part.rows) == rows
    opened = sum(len(part.rows) for part in parts if part.is_open)
    assert opened <= MOST_OPEN
    assert opened or not rows
    assert len(names) > MOST_OPEN or len(parts) <= 1


@pytest.mark.parametrize(("newest_first", "years"), [(True, "2027 2026"), (False, "2026 2027")])
def test_years_are_folded_in_their_order(newest_first: bool, years: str) -> None:
    """What has none is last."""
    rows = [_Row(place, ["2026", "", "2027"][place % 3]) for place in range(60)]
    found = [part.name for part in folds(rows, "name", newest_first=newest_first)]
    assert list(dict.fromkeys(found)) == [*years.split(), ""]


class _Row:
    def __init__(self, place: int, name: str) -> None:
        self.place, self.name = place, name


def _many() -> dict[str, str]:
    """Return a plan of 300 goals, each with all that a list shows."""
    skills = ", ".join(f"s{n}: 3" for n in range(80))
    needs = ", ".join(f"Need {n}" for n in range(60))
    plan = {
        "site.toml": 'title = "P"\n[plan]\nhours_per_week = 6\n',
        "roles/r.md": f"title: R\nrequires: {{{skills}}}\nneeds: [{needs}]",
    }
    for n in range(240):
        plan[f"goals/g{n}.md"] = (
            f"title: A goal whose title is as long as many are, number {n}\nstart: 2026-01-01\n"
            f"due: {2026 + n % 4}-1{n % 3}\npriority: should\nwhy: It is one of many\nrole: r\n"
            f"tags: [area {n % 70}, all]\nmentor: p{n % 60}\n"
            f"effort: 5h\nmetric: {n % 10}/10 units\n"
            f"milestones: {{First of {n}: 2026-12, Then {n}: 2026-12}}\n"
            f"raises: {{s{n % 80}: 3}}\n"
            + ("parent: g0\n" if 0 < n < 60 else "")
            + ("replans: [{from: 2026-02, to: 2026-03, date: 2026-02-01}]\n" if n % 2 else "")
        )
        if n < 60:
            plan[f"goals/done{n}.md"] = f"title: Done {n}\nstatus: done\ndone: 2025-03-01"
        if n < 60:
            plan[f"people/p{n}.md"] = f"title: Person {n}\nrelation: mentor"
            plan[f"resources/b{n}.md"] = f"title: Book {n}\nkind: book\ngoal: g0\ncost: 10 EUR"
            plan[f"skills/s{n}.md"] = f"title: Skill {n}\nlevel: 1\ncategory: c{n % 3}"
    return plan


def test_a_plan_of_300_goals_has_light_pages_with_few_open_rows() -> None:
    """No page is over 250 kB of HTML, and no list has more than 50 rows open; each goal is in the
    list of all."""
    built = site(_many())
    sizes = {path: len(built.text(path)) for path in built.paths if path.endswith(".html")}
    assert max(sizes.values()) < 250_000, max(sizes, key=lambda path: sizes[path])
    assert len(marks(built.page("goals/"))) == 300
    for url in (
        *("aim/", "gaps/", "goals/", "milestones/", "people/", "plan/", "progress/"),
        *_LISTS,
    ):
        page = built.main(url)
        folded = {
            row
            for fold in page.all("details")
            if fold.element.get("open") is None
            for row in rows(fold)
        }
        lists = [part for tag in ("tbody", "ul", "ol") for part in page.all(tag)]
        open_rows = [sum(row not in folded for row in part.element) for part in lists]
        assert max(open_rows) <= 50, url


def test_what_is_left_of_a_list_is_not_folded_again() -> None:
    """One click shows all next steps, and all that was reached, however many they are."""
    due = ", ".join(f"d{n}: {{due: 2026-07-03}}" for n in range(70))
    done = ", ".join(f"r{n}: {{done: 2026-06-20}}" for n in range(70))
    built = site(
        {"goals/due.md": f"title: D\nmilestones: {{{due}}}", "goals.md": f"items: {{{done}}}"}
    )
    for url, heading, left in (("plan/", "Next", 62), ("progress/", "Reached", 60)):
        (fold,) = built.main(url).section(heading).all("details")
        assert len(rows(fold)) == left


_LISTS = ("goals/g0/", "roles/r/", "search/", "skills/", "skills/s0/", "tags/all/", "tags/")


def rows(part: Part) -> set[Element]:
    """Return the rows of the tables and lists in a part."""
    return {row.element for tag in ("tr", "li") for row in part.all(tag)}
