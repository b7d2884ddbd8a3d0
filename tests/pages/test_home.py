"""Home: who, from what, to what, how it goes and what is next; then the five questions."""

import re

import pytest
from tests.pages.built import Part, site

PLAN = {
    "site.toml": (
        'title = "My plan"\ndescription = "From here to there"\n'
        '[plan]\nreview_every = "month"\nrole = "pe"\n'
    ),
    "profile.md": (
        "title: Me\nname: Ada Quist\nexperience: [{title: Clerk, start: 2020-01},"
        " {title: Cook, start: 2010-01, end: 2019-12}]\n"
    ),
    "skills.md": "items: {go: {level: 1, evidence: [{title: A tool, date: 2026-01}]}, c: }",
    "roles/pe.md": "title: Platform engineer\nready_at: 90\ndue: 2028\nrequires: {go: 3, c: 2}",
    "goals/late.md": "title: Late\npriority: could\ndue: 2026-06-16",
    "goals/talks.md": (
        "title: Talks\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 5/12\nraises: {go: 2}\n"
        "milestones: [{title: Booked, due: 2026-03, done: 2026-03-05, celebrate: Cake}]\n"
    ),
    "goals/fine.md": "title: Fine\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 6/12\n",
    "goals/far.md": "title: Far\nhorizon: 3y\nstart: 2026-07-01\n",
    "reviews/may.md": (
        "title: May\nvisibility: public\nkind: quarterly\ndate: 2026-05-31\nwins: [It went well]\n"
    ),
}


@pytest.fixture(scope="module")
def home() -> Part:
    """The home page of a plan on 1 July 2026."""
    return site(PLAN).main()


def answers(home: Part) -> list[Part]:
    """Return the answers to the five questions."""
    return [part for part in home.all("li") if part.texts("h2")]


def test_the_first_view(home: Part) -> None:
    """Who, from what, to what, by when; readiness now, planned and wanted; how it goes; what is
    next."""
    intro = home.all("div", cls="intro")[0]
    facts = intro.facts
    assert [facts[name] for name in ("Who", "From", "To", "By")] == [
        "Ada Quist",
        "Clerk",
        "Platform engineer",
        "2028",
    ]
    # go has 1 of the 5 points, and 2 with what Talks raises; c is 0 to 2, as it is not rated
    assert facts["ready now"] == "20% to 60%"
    assert facts["planned"] == "40% to 80%"
    assert facts["required"] == "90%"
    assert "2 goals need attention, one is 15 days late." in intro
    assert intro.all("ol")[0].texts("p", cls="rows-title") == ["Late", "Fine", "Talks"]
    assert intro.links["plan/"] == "All 4 next steps"


def test_shares_that_would_look_alike_have_a_decimal() -> None:
    """Readiness now, planned and wanted are compared by eye."""
    files = {
        "skills.md": "items: {a: 3, b: 4}",
        "roles/r.md": (
            "title: R\nready_at: 88\n"
            "requires: {a: {level: 4, weight: 2}, b: {level: 5, weight: 2.2}}"
        ),
        "goals/g.md": "title: G\nraises: {a: 4}",
    }
    facts = site(files).main().facts
    # of 8 + 11 points 6 + 8.8 are there, 77.9 %, and 8 + 8.8 are planned, 88.4 %
    assert [facts[name] for name in ("ready now", "planned", "required")] == ["78%", "88.4%", "88%"]


def test_the_sentence_on_how_it_goes() -> None:
    """It counts goals late or at risk, the days of the one most late, and gaps without a plan."""
    talks = PLAN["goals/talks.md"].replace("raises: {go: 2}\n", "")
    how = "2 goals need attention, one is 15 days late; 1 gap without a plan."
    assert how in site(PLAN | {"goals/talks.md": talks}).main()
    assert "Nothing needs attention." in site({"goals/a.md": "title: A"}).main()


def test_home_answers_the_five_questions(home: Part) -> None:
    """Skills, roles, gaps, what is due, what goes wrong, what to celebrate and the last review."""
    assess, aim, gaps, plan, progress = answers(home)
    assert "From here to there" in assess
    assert assess.texts("p", cls="rows-title") == ["go"]
    assert assess.links["skills/"] == "All 2 skills"
    assert {"roles/pe/": "Platform engineer", "goals/far/": "Far"}.items() <= aim.links.items()
    assert gaps.texts("p", cls="rows-note") == [
        # go is worth 2 of 5 points; c is not rated
        "2 levels short; closing it adds 40 points",
        "not rated yet",
    ]
    # Fine and Talks are due on one day: the one that needs attention comes first
    assert plan.texts("p", cls="rows-title") == ["Late", "Talks", "Fine", "Far"]
    assert progress.all("ul")[0].texts("p", cls="rows-title") == ["Late", "Talks"]
    assert "To celebrate Booked 5 Mar 2026 Cake" in progress
    assert "Reviews May 31 May 2026 It went well" in progress
    # from 31 May to 1 July are 31 days
    assert "A review is planned once a month. The last one was 31 days ago." in progress


@pytest.mark.parametrize("count", [5, 8])
def test_nothing_ends_silently(count: int) -> None:
    """A list has five rows at most, and where there is more, the way to all of it, counted."""
    goals = {
        f"goals/g{n}.md": f"title: G{n}\ndue: 2026-06-0{n}\nhorizon: 3y"
        for n in range(1, count + 1)
    }
    skills = {f"s{n}": 1 for n in range(count)}
    roles = {
        f"roles/r{n}.md": f"title: R{n}\nrequires: {dict.fromkeys(skills, 3)}" for n in range(count)
    }
    home = site(goals | roles | {"skills.md": f"items: {skills}"}).main()
    first = home.all("div", cls="intro")[0]
    assert len(first.all("ol")[0].all("li")) == 3
    assert first.links["plan/"] == f"All {count} next steps"
    for part in answers(home):
        for stack in part.all("div", cls="stack"):
            rows = len(stack.all("ul", cls="rows")[0].all("li"))
            said = [int(n) for n in re.findall(r"\bAll (\d+)", stack.words)]
            assert (rows, said) == (5, [8] if count == 8 else [])
        assert part.all("div", cls="stack")


def test_goals_stand_on_one_line_of_time() -> None:
    """From the first start to the last due day, with today and what is done."""
    home = site(
        {
            "goals/a.md": "title: A\nstart: 2026-06-01\ndue: 2026-07-31\nmetric: 5/10",
            "goals/b.md": (
                "title: B\nstart: 2026-07-01\ndue: 2026-09-09\nmilestones: {M: 2026-07-31}"
            ),
        }
    ).main()
    lines = [svg for svg in home.all("svg") if svg.element.get("class") == "along-line"]
    drawn = [
        [(part.element.get("x"), part.element.get("width")) for part in line.all("rect")]
        for line in lines
    ]
    # 100 days: A has 60 of them, half done; B begins on day 30, today
    assert drawn == [[("0%", "60%"), ("0%", "30%")], [("30%", "70%"), ("30%", "0%")]]
    assert [mark.element.get("cx") for mark in lines[1].all("circle")] == ["60%"]
    assert {line.all("line")[0].element.get("x1") for line in lines} == {"30%"}


def test_the_strongest_skills_are_those_highest_on_their_scale() -> None:
    """A level of six is compared with one of five; what is not rated is not among them."""
    files = {
        "skills/b.md": "title: Russian\nscale: cefr6\nlevel: B2",
        "skills.md": "items: {five: 5, three: 3, none: }",
    }
    assess = answers(site(files).main())[0]
    # 5 of 5, 4 of 6, 3 of 5
    assert assess.texts("p", cls="rows-title") == ["five", "Russian", "three"]
    assert assess.links["skills/"] == "All 4 skills"


def test_others_are_not_told_that_nothing_is_rated() -> None:
    """The level may be there and hidden from them; its owner is asked for one that is not."""
    hidden = '[visibility]\n"skill.level" = "private"\n'
    rated = site({"site.toml": hidden, "skills.md": "items: {go: 2}"}, audience="public")
    assert "rated yet" not in rated.main()
    assert "No skill is rated yet." in site({"skills.md": "items: {go: }"}).main()
