"""A kind of one's own is shown and counted by its module and its template alone."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.pages.built import ROOT, Site, site

from planfolio.model.fields import (
    CadenceText,
    Confidence,
    EffortText,
    Flag,
    GoalRef,
    HorizonText,
    Many,
    MoneyText,
    PastDay,
    Raises,
    SkillRef,
    StepRef,
    Text,
    Texts,
    Url,
    WeightOfFive,
    When,
)
from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import EventSource, Fields, Kind, Section
from planfolio.model.table import Table
from planfolio.model.values.field_reader import Choice
from planfolio.portfolio.export import plan_schema
from planfolio.render.theme import load_theme


class _Question(Table):
    """A question that was asked."""

    title: Text
    by: Text | None = None


class _Repeat(Table):
    """Another day on which a talk was given."""

    given: PastDay


class Audience(Choice, about="audience"):
    """For whom a talk is."""

    PEERS = "Peers"


class TalkFields(Fields):
    """The fields of a talk."""

    date: PastDay | None = None
    skills: Many[SkillRef] = ()
    raises: Raises = {}  # noqa: RUF012
    goal: GoalRef | None = None
    url: Url | None = None
    points: Texts = ()
    questions: Many[_Question] = ()
    when: When | None = None
    effort: EffortText | None = None
    cost: MoneyText | None = None
    again: CadenceText | None = None
    ahead: HorizonText | None = None
    recorded: Flag | None = None
    weight: WeightOfFive | None = None
    nerves: Confidence | None = None
    repeats: Many[_Repeat] = ()
    done: PastDay | None = None
    after: Many[StepRef] = ()
    audience: Audience | None = None


TALK = Kind(
    name="talk",
    plural="talks",
    folder="talks",
    fields=TalkFields,
    section=Section.PROGRESS,
    template="talk.html",
    index="progress/",
    reference_words={"raises": "Practised in", "skills": "Shown in"},
    events=(EventSource(field="date", label="Gave", feed=True, calendar=True, achievement=True),),
    order_by="date",
    evidence_fields=("skills",),
    summary_fields=("points",),
)

TEMPLATE = """{% extends 'record.html' %}
{% block badges %}{{ ui.badge('Talk', 'done') }}{% endblock %}
"""
PLAN = {
    "site.toml": f'title = "Mine"\nbase_url = "{ROOT}"\n',
    "skills.md": "items: {sql: 3}",
    "goals/g.md": "title: Speak",
    "talks/a.md": (
        "title: On joins\ndate: 2026-03-04\nskills: [sql]\ngoal: g\nurl: https://me.example/t\n"
        "points: [Left and right]\nquestions: [{title: And outer?, by: Jana}]\ntags: [db]\n"
    ),
    "talks/b.md": "---\ntitle: On keys\ndate: 2026-06-01\n---\nAs in [joins](a.md).\n",
    "talks/c.md": (
        "title: To come\ndate: 2026-09-01\nraises: {sql: 4}\nwhen: 2026-Q2..Q3\neffort: 6h\n"
        "cost: 9.50 EUR\nagain: 2/month\nahead: 6m\nrecorded: no\nweight: 4\nnerves: 7\n"
        "audience: Peers\n"
    ),
    "roles/r.md": "title: Analyst\nrequires: {sql: 4}",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A plan with three talks, and the one template that a talk needs."""
    root: Path = tmp_path_factory.mktemp("plan")
    templates = root / "themes" / "mine" / "templates"
    templates.mkdir(parents=True)
    (templates / "talk.html").write_text(TEMPLATE, "utf-8")
    theme = load_theme("mine", site_root=root)
    return site(PLAN, kinds=(*KINDS, TALK), root=root, theme=theme)


def test_its_page_shows_all_its_fields(built: Site) -> None:
    """Short values as facts, texts and tables as lists; it is named in what it names."""
    page = built.page("talks/a/")
    assert page.badges == ["Talk"]
    assert page.all("aside")[0].facts == {
        "Date": "4 Mar 2026",
        "Skills": "sql",
        "Goal": "Speak",
        "Link": "me.example/t",
        "Tags": "db",
        "Mentioned in": "On keys",
    }
    assert page.section("Points").texts("li") == ["Left and right"]
    assert page.section("Questions").texts("li") == ["And outer? Jana"]
    assert {"skills/sql/", "goals/g/", "talks/b/", "https://me.example/t"} <= page.links.keys()


def test_a_field_of_any_type_is_a_fact(built: Site) -> None:
    """Values look as they do on the pages of the kinds that there are."""
    facts = built.page("talks/c/").all("aside")[0].facts
    assert list(facts.items())[1:] == [
        ("Raises", "sql 4"),
        ("When", "Q2 2026 to Q3 2026"),
        ("Effort", "6 h"),
        ("Cost", "9.50 EUR"),
        ("Again", "twice a month"),
        ("Ahead", "6 months"),
        ("Recorded", "no"),
        ("Weight", "4"),
        ("Nerves", "7 of 10"),
        ("Audience", "Peers"),
    ]


def test_it_needs_no_template_of_its_own(built: Site) -> None:
    """`record.html` shows any record: what is missing beside the own template is its badge."""
    plain = site(PLAN, kinds=(*KINDS, replace(TALK, template="record.html")))
    own, page = built.main("talks/a/"), plain.main("talks/a/")
    assert page.words == own.words.replace("On joins Talk", "On joins")


def test_its_records_are_listed_and_mentioned_in_its_own_words(built: Site) -> None:
    """In its section by date, the newest first; where it has no words, it is just named."""
    assert built.page("progress/").section("Talks").texts("h3") == [
        "To come",
        "On keys",
        "On joins",
    ]
    skill = built.page("skills/sql/")
    assert skill.section("Raised by").rows() == [["To come", "4", "Q3 2026", "Open"]]
    assert skill.section("Evidence").rows() == [["On joins", "Talk", "4 Mar 2026", "–"]]
    assert not skill.all("nav", cls="backlinks")
    # A talk is evidence: from 4 Mar to 1 Jul are three whole months.
    assert skill.facts["Newest evidence"] == "3 months ago"
    assert "What would show" not in skill
    assert built.page("roles/r/").section("Gaps").rows()[0][-1] == "Planned for Q3 2026 To come"
    assert built.page("goals/g/").all("nav", cls="backlinks")[0].facts == {"Named in": "On joins"}


def test_its_events_are_announced(built: Site) -> None:
    """What has happened stands on home and in the feed, every day in the calendar."""
    home = built.main()
    assert "To celebrate On keys 1 Jun 2026 All 2 that are reached" in home
    assert "To come" not in home
    feed = built.text("atom.xml")
    assert feed.index("<title>Gave: On keys</title>") < feed.index("<title>Gave: On joins</title>")
    assert "To come" not in feed
    assert "<summary>Left and right</summary>" in feed
    calendar = built.text("plan.ics")
    assert calendar.count("SUMMARY:Gave: ") == 3


def test_it_counts_where_records_count(built: Site) -> None:
    """Search finds it, its cost is planned with all others, and the map of the site leads to it."""
    titles = {"On joins", "On keys", "To come"}
    assert titles <= {found["title"] for found in json.loads(built.text("search.json"))["records"]}
    assert titles <= set(built.page("search/").links.values())
    assert "9.50 EUR planned, 0 EUR spent" in built.page("plan/").section("Budget")
    (euros,) = built.export["budget"]["sums"]
    assert euros["planned"] == 9.5
    assert built.text("sitemap.xml").count("/talks/") == 3


def test_it_is_in_plan_json_and_its_schema(built: Site) -> None:
    """With what all records have, and its day, the newest first."""
    assert built.export["talks"][-1] == {
        "id": "a",
        "title": "On joins",
        "url": "talks/a/",
        "date": "2026-03-04",
    }
    schema = plan_schema((*KINDS, TALK))
    assert list(Draft202012Validator(schema).iter_errors(built.export)) == []
    assert schema["properties"]["talks"]["items"] == {"$ref": "#/$defs/record"}
    record = schema["$defs"]["record"]
    assert [*record["properties"]] == record["required"] == [*built.export["talks"][0]]
    assert all(key["description"] for key in record["properties"].values())
    assert schema["required"] == [*built.export]


def test_it_is_seen_by_those_whom_site_toml_names() -> None:
    """Where talks are for mentors, no byte for the public tells of them."""
    settings = PLAN["site.toml"] + '[visibility]\ntalk = "mentor"\n'
    kind = replace(TALK, template="record.html")
    for audience in ("public", "mentor"):
        seen = site(PLAN | {"site.toml": settings}, kinds=(*KINDS, kind), audience=audience)
        told = [path for path in seen.paths if re.search("talks/|On joins", path + seen.text(path))]
        assert bool(told) == (audience == "mentor")
