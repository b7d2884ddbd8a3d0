"""What the owner is told on the pages of the private site, and others are not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.pages.built import Part, Site, site, site_of

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import MappingNode
from planfolio.model.visibility import Visibility
from planfolio.pipeline import CheckResult, Today, build, check, site_for
from planfolio.portfolio.findings import findings_about
from planfolio.portfolio.portfolio import Portfolio
from planfolio.render.theme import load_theme

EDITOR = "x-editor:/home/me/plan/{path}?{line},{column}"


def findings(part: Part) -> list[str]:
    """Return the words of the findings in a part of a page."""
    lists = part.all("div", cls="findings")
    return [item for found in lists for item in found.texts("li")]


def rebuilt(root: Path, checked: CheckResult, *, audience: str = "private") -> Site:
    """Return the site of a plan whose check came out as given, for an owner with an editor."""
    made = site_for(
        checked,
        audience=Visibility[audience.upper()],
        theme=load_theme("default", site_root=root),
        editor=EDITOR,
    )
    assert made is not None
    return Site(made, checked)


def test_every_finding_about_a_field_stands_once_on_the_page_of_its_record(example: Path) -> None:
    """Whatever field of whatever kind it is about: it is neither lost nor told twice."""
    checked = site_of(example).checked
    planted = {
        (key, entry.key.text): Diagnostic(
            code="F111",
            name="planted",
            severity=Severity.WARNING,
            path=record.source.path,
            span=entry.key.span,
            message=f"planted at {entry.key.text} of {key}.",
            subject=key,
        )
        for key, record in checked.plan.records.items()
        if isinstance(record.source.node, MappingNode) and not record.implied
        for entry in record.source.node.entries
    }
    assert len(planted) > 300
    made = rebuilt(example, checked._replace(diagnostics=tuple(planted.values())))
    for key, record in checked.plan.records.items():
        own = [found.message for (of, _), found in planted.items() if of == key]
        words = made.main(record.url).words.replace("Planted", "planted") if own else ""
        assert [message for message in own if words.count(message) != 1] == [], key


def test_a_finding_stands_beside_its_field_with_the_way_out() -> None:
    """Severity in a word, message, hint, the rule with why it exists, and the line."""
    made = site({"resources/course.md": "title: A course\ndecide_by: 2026-04-30"})
    page = made.main("resources/course/")
    found = (
        "Warning To be decided by 30 Apr 2026, 62 days ago, and nothing says what came of it "
        "Write what did (decision, status or dropped) or the next day, or take decide_by out "
        "T109 decide-by-passed content/resources/course.md:3"
    )
    assert page.facts["Register by"] == f"30 Apr 2026 {found}"
    assert findings(page) == [found]
    assert "decide_by" in page.texts("code")
    assert page.links["findings/#T109"] == "T109 decide-by-passed"
    rule = next(part for part in made.main("findings/").all("article", id="T109"))
    assert "the last day on which you still have the choice" in rule.words


def test_a_finding_of_smart_stands_below_the_checks_of_its_goal() -> None:
    """That of a milestone too, under its title; the milestone's own page has it alone."""
    made = site(
        {"goals/g.md": "title: Pass the exam\nmilestones:\n  - {title: Book it, due: 2026-05-01}"}
    )
    found = findings(made.main("goals/g/").section("SMART"))
    assert [text for text in found if text.startswith("Warning “Book it”: due 1 May 2026")]
    assert findings(made.main("goals/g/")) == found
    own = made.main("milestones/g-book-it/")
    assert findings(own)[0].startswith("Warning Due 1 May 2026, 61 days ago")


def test_the_text_and_what_stands_nowhere_have_their_places() -> None:
    """A finding about the text follows it; one about the title is above the parts of the page."""
    made = site(
        {
            "skills/sql.md": "title: SQL\nlevel: 2",
            "roles/r.md": "title: Analyst\nrequires: {python: 3}",
            "goals/g.md": "title: Pass the exam\ndue: 2027",
            "people/p.md": "---\ntitle: Jana\n---\nText with <b>HTML</b>.\n",
        }
    )
    skill, person = made.main("skills/sql/"), made.main("people/p/")
    (above,) = skill.all("section", cls="workbench")
    assert findings(skill) == findings(above)
    assert "L104 " in above.words
    assert person.all("section", cls="workbench") == []
    assert [text for text in findings(person) if "F111 " in text] == findings(person) != []


def test_of_many_findings_a_few_are_open(tmp_path: Path) -> None:
    """Of 250 about one record three are open, errors and warnings first, and the others behind a
    line; the list of all findings names 200 of a section, 50 of them open, and counts the rest."""
    made = site({"people/p.md": "title: Jana"}, root=tmp_path)
    key, record = next(iter(made.checked.plan.records.items()))
    many = tuple(
        Diagnostic(
            code="F111",
            name="planted",
            severity=Severity.WARNING if number == 7 else Severity.INFO,
            path=record.source.path,
            span=record.source.span(),
            message=f"number {number}",
            subject=key,
        )
        for number in range(250)
    )
    crowded = rebuilt(tmp_path, made.checked._replace(diagnostics=many))
    page = crowded.main("people/p/")
    opened, rest = page.all("div", cls="findings")[0].all("ul")
    assert (len(opened.texts("li")), len(rest.texts("li"))) == (3, 247)
    assert opened.texts("li")[0].startswith("Warning Number 7 ")
    assert page.texts("summary") == ["247 more"]
    listed = crowded.main("findings/").section("Plan")
    assert len(listed.rows()) == 50
    assert len(listed.all("tbody")[1].all("tr")) == 150
    assert listed.texts("p", cls="remark")[-1].startswith("50 more are on the pages")


def test_the_settings_of_checks_hold() -> None:
    """What site.toml leaves out is not there, and what it lowers is a note."""
    plan = {
        "resources/a.md": "title: A course\ndecide_by: 2026-04-30",
        "goals/g.md": "title: Pass the exam\ndue: 2026-06-01",
    }
    made = site(
        plan | {"site.toml": '[check]\nignore = ["T109"]\n[check.severity]\nT103 = "info"\n'}
    )
    assert findings(made.main("resources/a/")) == []
    assert [text[:4] for text in findings(made.main("goals/g/")) if "T103" in text] == ["Note"]
    assert "T109" not in made.main("findings/").words


def test_counts_lead_to_the_list_of_all_findings() -> None:
    """On home that of all, on the page of a section that of its records; files have a part too."""
    made = site(
        {
            "site.toml": "[check]\nignore = ['L104', 'R', 'P', 'M', 'A', 'S']\n",
            "goals/g.md": "title: Pass the exam\ndue: 2026-06-01",
            "opportunities/o.md": "title: A job\ndecide_by: 2026-06-01",
            "notes.txt": "nothing of the plan",
            "loose.md": "nothing of the plan",
        }
    )
    assert made.page().links["findings/"] == "2 warnings, 1 note"
    assert made.page("aim/").links["findings/#aim"] == "1 warning"
    assert made.page("plan/").links["findings/#plan"] == "1 warning"
    assert [path for path in made.page("skills/").links if path.startswith("findings/#")] == []
    page = made.main("findings/")
    assert page.section("Aim").rows() == [
        [
            "A job",
            "Warning To be decided by 1 Jun 2026, 30 days ago, and nothing says what came of it",
            "T109",
            "content/opportunities/o.md:3",
        ]
    ]
    assert [part.words for part in page.all("h2", id="aim")] == ["Aim"]
    assert [row[0] for row in page.section("Other files").rows()] == ["content/loose.md"]
    nothing = site({}).page("findings/")
    assert "Nothing was found." in nothing.words
    assert nothing.all("p", cls="finding-counts") == []


def test_what_is_overdue_to_decide_is_found_too() -> None:
    """The list of open decisions and the rules speak of the same goals, courses and chances."""
    passed = "decide_by: 2026-05-31"
    made = site(
        {
            "goals/late.md": f"title: Late\ndue: 2027\n{passed}",
            "goals/due.md": f"title: Due as well\ndue: 2026-06-01\n{passed}",
            "goals/soon.md": "title: Soon\ndue: 2027\ndecide_by: 2026-07-01",
            "goals/done.md": f"title: Done\ndone: 2026-05-01\n{passed}",
            "goals/rest.md": f"title: At rest\nstatus: paused\n{passed}",
            "opportunities/job.md": f"title: Job\n{passed}",
            "opportunities/trip.md": f"title: Trip\nwhen: 2026-06\n{passed}",
            "opportunities/desk.md": f"title: Desk\ndecision: No\n{passed}",
            "resources/course.md": f"title: Course\n{passed}",
            "resources/book.md": f"title: Book\nstatus: doing\n{passed}",
        }
    )
    decisions = made.main("aim/").section("To be decided").all("li")
    overdue = {found.texts("a")[0] for found in decisions if "Overdue" in found}
    assert overdue == {"Late", "Due as well", "Job", "Trip", "Course"}
    told = [d for d in made.checked.diagnostics if d.code in {"T103", "T108", "T109"}]
    assert {made.checked.plan.records[d.subject].title for d in told if d.subject} == overdue


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("goals/g/", "content/goals/g.md:2"),
        ("milestones/g-book-it/", "content/goals/g.md:4"),
        ("skills/python/", "content/skills.md:3"),
        ("skills/sql/", None),
    ],
)
def test_each_page_of_a_record_leads_to_its_line(tmp_path: Path, page: str, place: str) -> None:
    """By a link where an editor is known, else as text to copy; no file holds what a role names."""
    files = {
        "goals/g.md": "title: Pass the exam\nmilestones:\n  - {title: Book it, due: 2027}",
        "skills.md": "items:\n  python: 3",
        "roles/r.md": "title: Analyst\nrequires: {sql: 3}",
    }
    made = site(files, root=tmp_path)
    assert made.main(page).texts("p", cls="edit") == ([f"Edit {place}"] if place else [])
    linked = rebuilt(tmp_path, made.checked).main(page).all("p", cls="edit")
    if place:
        path, line = place.split(":")
        url = linked[0].all("a")[0].element.get("href", "")
        assert url.startswith(f"x-editor:/home/me/plan/{path}?{line},")


def test_a_finding_about_many_leads_to_the_line_of_each() -> None:
    """On the page of each it speaks of that one alone, and its place is there."""
    step = "title: {}\ndue: 2026-10-01\ncost: 10 EUR"
    made = site(
        {
            "site.toml": "[plan]\nhours_per_week = 5\n",
            "goals/a.md": step.format("Pass exam A") + "\neffort: 5h",
            "goals/b.md": step.format("Pass exam B"),
            "goals/c.md": step.format("Pass exam C"),
        }
    )
    for goal in ("b", "c"):
        (found,) = (text for text in findings(made.main(f"goals/{goal}/")) if "A103" in text)
        assert found.startswith("Note This goal does not say how many hours it takes ")
        assert found.endswith(f" content/goals/{goal}.md:2")


@pytest.mark.parametrize("files", [{}, {"roles/r.md": "title: Analyst"}])
def test_what_is_missing_on_home_leads_to_where_it_is_asked_for(files: dict[str, str]) -> None:
    """There a question stands with what to write; on the page of a record with the line to edit."""
    made = site(files)
    missing = [part for part in made.main().all("p", cls="remark") if part.links]
    assert len(missing) >= 4
    for part in missing:
        (path,) = part.links
        assert made.main(path).all("div", cls="empty"), part.words
    if files:
        assert made.main("roles/r/").texts("figcaption") == ["content/roles/r.md:2"]


def test_readers_are_told_nothing_of_it(example: Path, tmp_path: Path) -> None:
    """No file for them has a way out, a place in a file, an editor or the page of findings; nor
    has the portfolio that their templates get. That of the owner has all of them."""
    root = tmp_path / "canary-of-the-folder"
    files = {path.relative_to(example): path.read_bytes() for path in example.rglob("*.*")}
    for path, data in files.items():
        if path.parts[0] in {"content", "site.toml"}:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
    (root / "content/loose.md").write_text("canary of a file")
    today = Today(now=datetime(2026, 1, 1, tzinfo=UTC))
    checked = check(root, today=today)
    said = {found.hint.replace("`", "") for found in checked.diagnostics if found.hint}
    said |= {found.message for found in checked.diagnostics if found.code[0] not in "SMART"}
    said |= {found.path for found in checked.diagnostics}
    assert len(said) > 8
    canaries = {*said, "canary-of-the-folder", "x-canary:", "findings/", "class=findings", "Edit "}
    for audience in Visibility:
        made = build(root, today=today, audience=audience, editor=f"x-canary:{root}/{{path}}")
        assert made.files is not None
        texts = [
            data.decode("utf-8", "ignore").replace('"', "").replace("<code>", "")
            for path, data in made.files.items()
            if not path.startswith("assets/")
        ]
        told = {canary for canary in canaries for text in texts if canary in text}
        seen = site_of(root, audience=audience.word).rendered
        portfolio = next(
            found
            for make in seen.makers.values()
            if isinstance(found := getattr(make, "keywords", {}).get("portfolio"), Portfolio)
        )
        records = portfolio.records.values()
        if audience is Visibility.PRIVATE:
            assert {"canary-of-the-folder", "x-canary:", "findings/"} <= told
            assert portfolio.findings
            assert any(record.findings for record in records)
        else:
            assert told == set(), audience
            assert not (portfolio.findings)
            assert not (portfolio.finding_counts)
            assert not (portfolio.rules_found)
            assert [record for record in records if record.findings or record.place] == []
            checks = [check for goal in portfolio.goals for check in goal.smart]
            assert any(check.messages for check in checks)
            assert [check for check in checks if check.findings] == []
            told_to = [found for about in findings_about(portfolio).values() for found in about]
            assert {(found.path, found.hint) for found in told_to} == {("", "")}
