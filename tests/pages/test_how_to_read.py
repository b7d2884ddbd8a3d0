"""The page that says once how each number is made."""

from tests.pages.built import site

from planfolio.analyse.status import Status

PAGE = "how-to-read/"


def test_the_legend_has_every_status_that_a_reader_can_meet() -> None:
    """Each with its glyph and its meaning; drafts are the owner's alone, and others read nothing
    of them."""
    for audience, hidden in (("private", set()), ("mentor", {"draft"}), ("public", {"draft"})):
        page = site({}, audience=audience).main(PAGE)
        statuses = page.section("Statuses")
        shown = {b.element.get("data-status") for b in statuses.all("span", cls="badge")}
        assert shown == {str(status) for status in Status} - hidden
        assert all(statuses.facts.values())
        assert ("raft" in page) == (audience == "private")


def test_every_page_leads_to_it() -> None:
    """From its foot; the figures of goals and roles lead to their own part of it."""
    built = site(
        {
            "goals/a.md": "title: A\nstart: 2026-01\ndue: 2026-12\nmetric: 5/12",
            "roles/r.md": "title: R\nrequires: {go: 4}",
            "skills.md": "items: {go: 2}",
        }
    )
    ids = {
        part.element.get("id") for part in built.main(PAGE).all("div") + built.main(PAGE).all("h2")
    }
    parts = set()
    for _, page in built.pages():
        assert PAGE in page.all("footer")[0].links
        found = (link.partition("#") for link in page.all("main")[0].links)
        parts |= {name for path, _, name in found if path == PAGE and name}
    assert {"goals", "readiness"} <= parts <= ids


def test_its_examples_are_what_the_program_computes() -> None:
    """A plan with the numbers of the examples has their results, and the page says the same."""
    built = site(
        {
            "goals/talks.md": "title: T\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 5/12",
            "goals/kilos.md": (
                "title: K\nstart: 2026-01-01\ndue: 2026-12-31\n"
                "metric: {baseline: 82, target: 74, current: 80}"
            ),
            "goals/two.md": "title: Two\neffort: 40h\nraises: {one: 4}",
            "goals/runs.md": (
                "title: R\nstart: 2026-06-01\ncadence: 3/week\n"
                "log: {2026-W23: 3, 2026-W24: 2, 2026-W25: 4}\ndue: 2026-06-21"
            ),
            "skills.md": "items: {one: 2, two: 1}",
            "roles/r.md": (
                "title: R\nrequires: {one: {level: 4, weight: 5}, two: {level: 3, weight: 2}}"
            ),
        }
    )
    page = built.main(PAGE)
    talks, role = built.goal("talks"), built.export["roles"][0]
    assert (round(talks["expected"] * 100), round(talks["spi"] * 100)) == (50, 84)
    assert (talks["status"], talks["slip_days"]) == ("at-risk", 71)
    assert built.goal("kilos")["progress"] == 0.25
    assert round(built.goal("runs")["progress"] * 100) == 89
    assert round(role["readiness"]["low"] * 100) == 46
    (one,) = (gap for gap in role["gaps"] if gap["skill"] == "one")
    assert (round(one["gain"] * 100), one["priority"] * 10) == (38, 2.5)
    for name, words in {
        "Progress": "2 of 8 kg, 25%.",
        "Expected": "181 of 364 days gone: 50%.",
        "Pace": "÷ 181 = 84%, at risk.",
        "Forecast": "435 days, 71 days late.",
        "Habits": "of 9 sessions, 89%.",
        "Readiness": "46%.",
        "Gain": "9.6 points for each 10.",
        "Priority": "2.5 for each 10 hours.",
    }.items():
        assert page.facts[name].endswith(words)
