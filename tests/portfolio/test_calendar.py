"""plan.ics, read by a strict reader written here from RFC 5545, and by icalendar."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planfolio.model.visibility import Visibility
from planfolio.portfolio.calendar import Calendar, Event, Task, TaskStatus
from planfolio.render.calendar_text import calendar_text

if TYPE_CHECKING:
    from tests.portfolio.conftest import LaidOut, LayOut

BASE = {"site.toml": 'title = "My plan"\nbase_url = "https://example.org/plan/"\n'}

LINE = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Z-]+=[^\";:,\x00-\x1f]+)*):(?P<value>.*)"
)
TEXTS = {"SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "CATEGORIES", "UID", "PRODID"}
UTC_TIME = re.compile(r"\d{8}T\d{6}Z")
ONCE = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "TRANSP"},
    "VTODO": {"UID", "DTSTAMP", "SUMMARY", "STATUS"},
}
STATUSES = {
    "VEVENT": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "VTODO": {"NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"},
}


@dataclass
class Component:
    """A component: its properties (values with escapes taken out) and what is within it."""

    name: str
    properties: dict[str, str] = field(default_factory=dict)
    within: list[Component] = field(default_factory=list)


def unfolded(data: bytes) -> list[str]:
    """Return the content lines (section 3.1): CRLF, 75 octets, each physical line sound UTF-8."""
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    whole: list[str] = []
    for line in lines:
        assert len(line) <= 75
        assert b"\r" not in line
        assert b"\n" not in line
        text = line.decode()  # a code point that is split between two lines fails here
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text)
        if text.startswith((" ", "\t")):
            whole[-1] += text[1:]
        else:
            whole.append(text)
    return whole


def unescaped(value: str) -> str:
    """Return a TEXT as it was meant (section 3.3.11); only the four known escapes may stand."""
    known = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n", "\\N": "\n"}
    rest = re.sub(r"\\[\\;,nN]", "", value)
    assert not re.search(r"[\\;,]", rest), f"not escaped: {value!r}"
    return re.sub(r"\\.", lambda match: known[match[0]], value)


def parsed(data: bytes) -> Component:
    """Return the one calendar of a file; whatever is not allowed in one fails."""
    root = Component("")
    stack = [root]
    for line in unfolded(data):
        match = LINE.fullmatch(line)
        assert match is not None, line
        name, value = match["name"], match["value"]
        if name == "BEGIN":
            stack.append(Component(value))
            stack[-2].within.append(stack[-1])
        elif name == "END":
            assert stack.pop().name == value
        else:
            here = stack[-1]
            assert name not in here.properties, f"{name} stands twice"
            here.properties[name] = unescaped(value) if name in TEXTS else value
            if name in ("DTSTART", "DUE"):
                assert match["parameters"] == ";VALUE=DATE"
                assert re.fullmatch(r"\d{8}", value)
            elif name in ("DTSTAMP", "COMPLETED"):
                assert UTC_TIME.fullmatch(value)
    assert stack == [root]
    (calendar,) = root.within
    assert calendar.name == "VCALENDAR"
    assert calendar.properties["VERSION"] == "2.0"
    assert "METHOD" not in calendar.properties
    assert calendar.within, "a calendar has at least one component (section 3.6)"
    for component in (calendar, *calendar.within):
        assert ONCE[component.name] <= set(component.properties)
    for component in calendar.within:
        assert component.within == []
        assert component.properties["STATUS"] in STATUSES[component.name]
    uids = [component.properties["UID"] for component in calendar.within]
    assert len(set(uids)) == len(uids)
    for component in calendar.within:
        assert component.properties.get("RELATED-TO", uids[0]) in uids
    return calendar


def read(site: LaidOut) -> Component:
    """Return the calendar of a site, which icalendar reads as well."""
    data = site.document("plan.ics").encode()
    library: Any = icalendar.Calendar.from_ical(data)
    assert library.errors == []
    calendar = parsed(data)
    assert [str(c["UID"]) for c in library.subcomponents] == [
        c.properties["UID"] for c in calendar.within
    ]
    return calendar


def found(site: LaidOut, kind: str) -> dict[str, dict[str, str]]:
    """Return the properties of the events or the to-dos of a site, by summary."""
    components = [c.properties for c in read(site).within if c.name == kind]
    by_summary = {properties["SUMMARY"]: properties for properties in components}
    assert len(by_summary) == len(components)
    return by_summary


def days(site: LaidOut) -> dict[str, str]:
    """Return the days of the events of a site, by summary."""
    return {name: event["DTSTART"] for name, event in found(site, "VEVENT").items()}


def goal(*lines: str) -> dict[str, str]:
    """Return a plan with one goal."""
    return {"goals/a.md": "\n".join(("---", "title: A", *lines, "---", ""))}


def test_goals_and_milestones_stand_on_the_day_they_are_due(laid_out: LayOut) -> None:
    """On the last day of what was written, all day, and without making the day look busy."""
    files = {
        **goal("due: 2026-Q3", "done_when: 'It hangs, framed; on the wall'"),
        "milestones/m.md": "---\ntitle: M\ngoal: a\ndue: 2026-08-14\n---\n",
        "milestones/undated.md": "---\ntitle: No day of its own\ngoal: a\n---\n",
        "goals/some-day.md": "---\ntitle: Some day\n---\n",
    }
    site = laid_out(files)
    assert days(site) == {"A": "20260930", "M": "20260814"}
    events = found(site, "VEVENT")
    assert {event["TRANSP"] for event in events.values()} == {"TRANSPARENT"}
    assert {name: event["CATEGORIES"] for name, event in events.items()} == {
        "A": "Goal",
        "M": "Milestone",
    }
    said = events["A"]["DESCRIPTION"].replace("\u00a0", " ")
    assert said == "Due Q3 2026.\nDone when: It hangs, framed; on the wall"
    assert events["M"]["DESCRIPTION"] == "A step of “A”."


@pytest.mark.parametrize(
    ("lines", "status", "percent"),
    [
        (["metric: {target: 12}"], "NEEDS-ACTION", None),
        (["metric: {target: 12, current: 0}"], "NEEDS-ACTION", "0"),
        (["metric: {target: 12, current: 5}"], "IN-PROCESS", "41"),  # 41.7 %
        (["metric: {target: 1000, current: 999}"], "IN-PROCESS", "99"),
        (["metric: {target: 12, current: 12}"], "COMPLETED", "100"),
        (["metric: {target: 12, current: 5}", "status: dropped"], "CANCELLED", "41"),
        (["metric: {target: 12, current: 5}", "status: paused"], "IN-PROCESS", "41"),
    ],
)
def test_a_to_do_says_how_far_it_is(
    laid_out: LayOut, lines: list[str], status: str, percent: str | None
) -> None:
    """Unknown is not zero, and a hundred is only what is done."""
    task = found(laid_out(goal("start: 2026-01-01", "due: 2026-12-31", *lines)), "VTODO")["A"]
    assert (task["STATUS"], task.get("PERCENT-COMPLETE")) == (status, percent)
    assert task["DUE"] == "20261231"


def test_a_to_do_knows_when_it_was_completed(laid_out: LayOut) -> None:
    """On the day that is written, and not before that day has come."""
    task = found(laid_out(goal("done: 2026-06-20")), "VTODO")["A"]
    assert (task["STATUS"], task["COMPLETED"]) == ("COMPLETED", "20260620T000000Z")
    assert "DUE" not in task
    early = found(laid_out(goal("done: 2026-06-20"), as_of=date(2026, 6, 1)), "VTODO")["A"]
    assert early["STATUS"] == "NEEDS-ACTION"
    assert "COMPLETED" not in early


def test_a_milestone_is_a_part_of_its_goal(laid_out: LayOut) -> None:
    """It is due with its goal where it has no day, and its checklist says how far it is."""
    files = {
        **goal("due: 2026-09-30"),
        "milestones/m.md": "---\ntitle: M\ngoal: a\n---\n\n- [x] One\n- [ ] Two\n- [ ] Three\n",
        "goals/child.md": "---\ntitle: Child\nparent: a\n---\n",
    }
    tasks = found(laid_out(files), "VTODO")
    assert (tasks["M"]["DUE"], tasks["M"]["PERCENT-COMPLETE"]) == ("20260930", "33")
    assert tasks["M"]["RELATED-TO"] == tasks["Child"]["RELATED-TO"] == tasks["A"]["UID"]
    assert "RELATED-TO" not in tasks["A"]


def test_what_is_called_off_is_cancelled_and_what_is_vague_tentative(laid_out: LayOut) -> None:
    """A milestone that its goal was done without is called off too; a reached one is not."""
    files = {
        **goal("due: 2026-09-30", "done: 2026-06-01"),
        "milestones/m.md": "---\ntitle: Skipped\ngoal: a\ndue: 2026-05\n---\n",
        "milestones/r.md": "---\ntitle: Reached\ngoal: a\ndue: 2026-05\ndone: 2026-05-01\n---\n",
        "goals/p.md": "---\ntitle: Paused\ndue: 2026-10\nstatus: paused\n---\n",
        "goals/d.md": "---\ntitle: Dropped\ndue: 2026-10\nstatus: dropped\n---\n",
        "goals/h.md": "---\ntitle: In two years\nstart: 2026-01-01\nhorizon: 2y\n---\n",
    }
    events = found(laid_out(files), "VEVENT")
    assert {name: event["STATUS"] for name, event in events.items()} == {
        "A": "CONFIRMED",
        "Skipped": "CANCELLED",
        "Reached": "CONFIRMED",
        "Paused": "TENTATIVE",
        "Dropped": "CANCELLED",
        "In two years": "TENTATIVE",
    }
    said = events["In two years"]["DESCRIPTION"].replace("\u00a0", " ")
    assert said == "Due about January 2028."


def test_a_draft_is_no_promise(laid_out: LayOut) -> None:
    """Neither it nor its milestones are in the calendar of its owner."""
    files = {
        **goal("status: draft", "due: 2026-12", "milestones: {Step: 2026-11}"),
        "goals/b.md": "---\ntitle: B\ndue: 2026-12\nparent: a\n---\n",
    }
    assert set(found(laid_out(files), "VTODO")) == {"B"}


@pytest.mark.parametrize(
    ("every", "review", "due"),
    [
        ("", "next_review: 2026-08-20", "20260820"),
        ("month", "next_review: 2026-08-20", "20260820"),
        ("month", "", "20260630"),
        ("quarter", "", "20260831"),
        ("year", "", "20270531"),
        ("week", "", "20260607"),
        ("2/month", "", "20260615"),  # 30.4 days / 2 = 15.2
        ("", "", None),
    ],
)
def test_the_next_review_is_due(laid_out: LayOut, every: str, review: str, due: str | None) -> None:
    """As the last review promises, else as often as the plan asks; the last was on 31 May."""
    toml = f'title = "My plan"\n[plan]\nreview_every = "{every}"\n' if every else ""
    site = laid_out(
        {
            **goal(),
            "site.toml": toml or 'title = "My plan"\n',
            "reviews/april.md": "---\ntitle: April\ndate: 2026-04-30\nnext_review: 2026-05\n---\n",
            "reviews/may.md": f"---\ntitle: May\ndate: 2026-05-31\n{review}\n---\n",
            "reviews/ahead.md": "---\ntitle: Ahead\ndate: 2026-07-31\nnext_review: 2027\n---\n",
        }
    )
    assert days(site) == ({"Review: My plan": due} if due else {})


def test_before_the_first_review_none_is_due(laid_out: LayOut) -> None:
    """There is no day to count from."""
    toml = '[plan]\nreview_every = "month"\n'
    files = {"site.toml": toml, "reviews/a.md": "---\ntitle: Undated\n---\n", **goal()}
    assert days(laid_out(files)) == {}


def test_certificates_expire(laid_out: LayOut) -> None:
    """On their last day; one that does not expire has none."""
    site = laid_out(
        {
            "profile.md": (
                "---\nname: Ada\ncertificates:\n"
                "  - {title: First aid, issuer: Red Cross, expires: 2026-11}\n"
                "  - {title: First aid, issuer: Red Cross, expires: 2024-11-30}\n"
                "  - {title: B1}\n---\n"
            )
        }
    )
    events = [c.properties for c in read(site).within]
    assert [(e["SUMMARY"], e["DTSTART"]) for e in events] == [
        ("Expires: First aid", "20241130"),
        ("Expires: First aid", "20261130"),
    ]
    assert events[0]["DESCRIPTION"] == "Issued by Red Cross."


def test_a_calendar_has_the_name_of_the_plan(laid_out: LayOut) -> None:
    """In the property that RFC 7986 gives it, and in the one that programs read."""
    toml = {"site.toml": "title = 'Me, my plan; C:\\New'\n"}
    properties = read(laid_out({**toml, **goal()})).properties
    assert properties["NAME"] == properties["X-WR-CALNAME"] == "Me, my plan; C:\\New"
    assert properties["PRODID"] == "-//planfolio//planfolio//EN"


def test_addresses_need_a_base_url(laid_out: LayOut) -> None:
    """With one each thing leads to its page; without, the calendar is there all the same."""
    files = goal("due: 2026-12", "aliases: [b]")
    based = read(laid_out({**BASE, **files}))
    assert {c.properties["URL"] for c in based.within} == {"https://example.org/plan/goals/a/"}
    assert all("URL" not in c.properties for c in read(laid_out(files)).within)


def test_uids_stay(laid_out: LayOut) -> None:
    """They change with nothing that is said about a thing, only with the site and the id."""
    before = laid_out({**BASE, **goal("due: 2026-12", "milestones: {Step: 2026-11}")})
    after = laid_out(
        {
            **BASE,
            "goals/a.md": (
                "---\ntitle: Another\ndue: 2027-01\nstatus: paused\n"
                "milestones: [{title: Next, id: step, due: 2026-09}]\n---\n"
            ),
        },
        as_of=date(2026, 8, 1),
    )
    elsewhere = laid_out(goal("due: 2026-12", "milestones: {Step: 2026-11}"))
    uids = [{c.properties["UID"] for c in read(s).within} for s in (before, after, elsewhere)]
    assert len(uids[0]) == 4
    assert uids[0] == uids[1]
    assert uids[0].isdisjoint(uids[2])


def test_the_stamp_is_the_day_of_the_numbers(laid_out: LayOut) -> None:
    """No clock is asked, so the same plan gives the same bytes."""
    calendar = read(laid_out(goal("due: 2026-12")))
    assert {c.properties["DTSTAMP"] for c in calendar.within} == {"20260701T000000Z"}


def test_a_plan_without_anything_to_do_has_no_calendar(laid_out: LayOut) -> None:
    """A calendar without a component would not be valid."""
    for files in ({}, goal("status: draft", "due: 2026-12")):
        documents = [document.url for document in laid_out(files).layout.documents]
        assert "plan.ics" not in documents


def test_the_calendar_says_nothing_of_what_its_readers_may_not_see(laid_out: LayOut) -> None:
    """A private goal takes its milestones with it, and a public child knows no parent."""
    files = {
        **goal("visibility: private", "due: 2026-12", "milestones: {Secret step: 2026-11}"),
        "goals/b.md": "---\ntitle: B\ndue: 2026-10\nvisibility: public\n---\n",
    }
    site = laid_out(files, audience=Visibility.PUBLIC)
    assert set(found(site, "VTODO")) == set(found(site, "VEVENT")) == {"B"}
    alone = laid_out(
        {"goals/b.md": files["goals/b.md"], "goals/a.md": ""} | goal("status: draft"),
        audience=Visibility.PUBLIC,
    )
    assert site.document("plan.ics") == alone.document("plan.ics")


def made_of(event: Event, *, task: Task | None = None, name: str = "A") -> Calendar:
    """Return a calendar that holds an event, and perhaps a task."""
    tasks = () if task is None else (task,)
    return Calendar(url="plan.ics", name=name, as_of=date(2026, 1, 1), events=(event,), tasks=tasks)


TRICKY = st.text(
    st.one_of(
        st.sampled_from('\\Nn;,:"\n\t 界é\u0301𝄞👩\u200d🚀ש\u202e\u2028\x85\x07'),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=120,
)


@settings(max_examples=150)
@given(title=TRICKY, details=TRICKY)
def test_texts_of_every_script_come_back_as_they_were(title: str, details: str) -> None:
    """Folded between code points and escaped; only control characters are left out."""
    event = Event(
        uid="u", day=date(2026, 1, 2), title=title, category="Goal", details=(details, "end")
    )
    task = Task(uid="t", title=title, category="Goal", status=TaskStatus.NEEDS_ACTION)
    text = calendar_text(made_of(event, task=task, name=title))
    calendar = parsed(text.encode())

    def kept(text: str) -> str:
        return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n"))

    first, second = calendar.within
    assert first.properties["SUMMARY"] == second.properties["SUMMARY"] == kept(title)
    assert first.properties["DESCRIPTION"] == kept(f"{details}\nend")
    assert calendar.properties["X-WR-CALNAME"] == kept(title)


def test_a_backslash_before_a_capital_n_is_no_line_break() -> None:
    """icalendar takes it for one, which is why texts are escaped here."""
    event = Event(uid="u", day=date(2026, 1, 2), title="C:\\Notes", category="Goal")
    text = calendar_text(made_of(event))
    assert "SUMMARY:C:\\\\Notes\r\n" in text


def test_icalendar_is_imported_only_for_a_calendar() -> None:
    """It is a hundred modules, and a check or a preview of one page asks for none of them."""
    code = (
        "import sys, planfolio.pipeline, planfolio.portfolio\n"
        "print('planfolio.portfolio.calendar' in sys.modules, 'icalendar' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
