"""plan.ics, read by icalendar and line by line (RFC 5545)."""

import re
from datetime import date
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from tests.pages.built import ROOT, Site, site

SITE = f'title = "Ada; her plan"\nbase_url = "{ROOT}"\n[plan]\n'


def components(built: Site, name: str) -> dict[str, Any]:
    """Return the events (VEVENT) or tasks (VTODO) of a calendar by their summary."""
    calendar = Calendar.from_ical(built.text("plan.ics"))
    found = calendar.walk(name)
    assert len({str(item["UID"]) for item in found}) == len(found)
    return {str(item["SUMMARY"]): item for item in found}


PLAN = {
    "site.toml": SITE,
    "goals/g.md": (
        "title: Course\nstart: 2026-01-01\ndue: 2026-Q3\nmetric: 5/12\ndone_when: It is signed\n"
        "milestones:\n  - {title: Half, due: 2026-03, done: 2026-03-05}\n  - {title: Exam}\n"
    ),
    "goals/child.md": "title: Child\nparent: g\ndue: 2026-12-01\n",
    "goals/off.md": "title: Off\nstatus: dropped\ndue: 2026-10-01\ndecide_by: 2026-08-15\n",
    "goals/rest.md": "title: Rest\nstatus: paused\ndue: 2026-10-01\n",
    "goals/about.md": "title: About\nstart: 2026-01-01\nhorizon: 1y\ndecide_by: 2026-08-15\n",
    "goals/draft.md": "title: Draft\nstatus: draft\nmilestones: {Its step: 2026-09}",
    "goals/own.md": "title: Own\nvisibility: private\ndue: 2026-11\nmilestones: {Part: 2026-09}",
    "profile.md": (
        "title: Me\ncertificates: [{title: Licence, issuer: Office, expires: 2026-11}, B]\n"
    ),
}


def test_days_of_the_plan_are_events_of_a_day() -> None:
    """On the last day of what was written, all day, and nobody is busy; a draft is no promise.

    What was dropped is no longer to be decided.
    """
    built = site(PLAN)
    events = components(built, "VEVENT")
    days = {title: event["DTSTART"].dt for title, event in events.items()}
    assert days == {
        "Course": date(2026, 9, 30),
        "Half": date(2026, 3, 31),
        "Child": date(2026, 12, 1),
        "Off": date(2026, 10, 1),
        "Rest": date(2026, 10, 1),
        "About": date(2027, 1, 1),
        "Decide on: About": date(2026, 8, 15),
        "Own": date(2026, 11, 30),
        "Part": date(2026, 9, 30),
        "Expires: Licence": date(2026, 11, 30),
    }
    said = {title: str(event["STATUS"]) for title, event in events.items()}
    assert {title for title, status in said.items() if status == "CANCELLED"} == {"Off"}
    assert {title for title, status in said.items() if status == "TENTATIVE"} == {"Rest", "About"}
    course = events["Course"]
    assert str(course["DESCRIPTION"]).replace("\u00a0", " ") == (
        "Due Q3 2026.\nDone when: It is signed"
    )
    assert (str(course["TRANSP"]), str(course["URL"])) == ("TRANSPARENT", f"{ROOT}goals/g/")
    assert course["DTSTAMP"].dt.date() == date(2026, 7, 1)
    assert str(events["Expires: Licence"]["DESCRIPTION"]) == "Issued by Office."
    for name in ("NAME", "X-WR-CALNAME"):
        assert f"\n{name}:Ada\\; her plan\r" in built.text("plan.ics")


def test_steps_are_things_to_do() -> None:
    """How far each is, when it was done, and the step around it; 5 of 12 are 41 whole percents."""
    tasks = components(site(PLAN), "VTODO")
    course, half, exam = tasks["Course"], tasks["Half"], tasks["Exam"]
    assert (str(course["STATUS"]), course["PERCENT-COMPLETE"]) == ("IN-PROCESS", 41)
    assert (str(half["STATUS"]), half["PERCENT-COMPLETE"]) == ("COMPLETED", 100)
    assert half["COMPLETED"].dt.date() == date(2026, 3, 5)
    assert (str(exam["STATUS"]), "PERCENT-COMPLETE" in exam) == ("NEEDS-ACTION", False)
    assert exam["DUE"].dt == date(2026, 9, 30)  # that of its goal
    assert half["RELATED-TO"] == exam["RELATED-TO"] == tasks["Child"]["RELATED-TO"] == course["UID"]
    assert (str(tasks["Off"]["STATUS"]), str(tasks["Rest"]["STATUS"])) == (
        "CANCELLED",
        "NEEDS-ACTION",
    )
    assert "Draft" not in tasks
    seen = components(site(PLAN, audience="public"), "VTODO")
    assert set(tasks) - set(seen) == {"Own", "Part"}


@pytest.mark.parametrize(
    ("every", "review", "due"),
    [
        ("month", "date: 2026-05-31", date(2026, 6, 30)),
        ("quarter", "date: 2026-05-31", date(2026, 8, 31)),
        ("2/month", "date: 2026-05-31", date(2026, 6, 15)),
        ("month", "date: 2026-05-31\nnext_review: 2026-07-15", date(2026, 7, 15)),
        ("month", "date: 2026-08-01", None),
    ],
)
def test_the_next_review_is_an_event(every: str, review: str, due: date | None) -> None:
    """As the last one says, else as often as planned; there is none before the first."""
    settings = f'{SITE}review_every = "{every}"\n'
    files = {"site.toml": settings, "reviews/r.md": f"title: R\n{review}", "goals/g.md": "title: G"}
    event = components(site(files), "VEVENT").get("Review: Ada; her plan")
    assert (event and event["DTSTART"].dt) == due


def test_uids_stay() -> None:
    """They change with the id and the site, and with nothing that is said about a thing."""

    def uid(files: dict[str, str]) -> str:
        (event,) = components(site(files), "VEVENT").values()
        return str(event["UID"])

    one = uid({"site.toml": SITE, "goals/g.md": "title: One\ndue: 2026-10"})
    assert uid({"site.toml": SITE, "goals/g.md": "title: Two\ndue: 2027\nstatus: paused"}) == one
    assert uid({"site.toml": SITE, "goals/h.md": "title: One\ndue: 2026-10"}) != one
    assert uid({"goals/g.md": "title: One\ndue: 2026-10"}) != one


def test_there_is_none_without_anything_to_do() -> None:
    """A calendar without a component would not be valid."""
    empty = site({"goals/g.md": "title: G\nstatus: draft\ndue: 2026-10"})
    assert "plan.ics" not in empty.paths
    assert "text/calendar" not in empty.text("index.html")
    assert 'href="./plan.ics"' in site(PLAN).text("index.html")


@settings(max_examples=20)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\\;,\"&<'é漢😀")))
def test_texts_come_back_as_they_were(text: str) -> None:
    """Escaped and folded at 75 octets, never within a character, with CRLF at every end.

    They are in normal form, as all that is read.
    """
    what = normalize("NFC", " ".join((text * 9).split())) or "x"
    quoted = "'" + what.replace("'", "''") + "'"
    built = site({"goals/g.md": f"title: G\ndone_when: {quoted}\ndue: 2026-10-01"})
    raw = built.rendered.render("plan.ics")
    *lines, end = raw.split(b"\r\n")
    assert end == b""
    assert all(0 < len(line) <= 75 and b"\n" not in line for line in lines)
    # A line is read by itself, so a character that is torn would fail here.
    unfolded = "\n".join(line.decode() for line in lines).replace("\n ", "")
    (found,) = set(re.findall("^DESCRIPTION:Done when: (.*)$", unfolded, re.MULTILINE))
    assert re.sub(r"\\([\\;,])", r"\1", found) == what
