"""The leak check finds what was removed wherever it stands, and cries no wolf."""

import html
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading import write_files

from planfolio.audience.leaks import Leak, LeakError, refuse_leaks
from planfolio.audience.narrow import narrow
from planfolio.model.plan import Plan
from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build
from planfolio.render.theme import Theme, load_theme

FILES = {
    "content/goals/open.md": "---\ntitle: An open goal\nwhy: Because of the open road\n---\n"
    "Words for everyone.\n\n::: private\nNobody must hear of the zebrafinch.\n:::\n",
    "content/goals/leave-zebrafinch.md": "---\ntitle: Leave Zebrafinch Ltd\nvisibility: private\n"
    "metric: 3/7 nightingales\nwhy: The ‘new’ chief & his plans\ndue: 2026-12-24\n"
    "milestones: [{title: Tell the café, due: 2026-11-11}]\n---\n"
    "The notice period ends in spring. See ![](nestbox.svg).\n",
    "content/goals/nestbox.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/profile.md": "---\ntitle: Me\nstruggles: [Asking for help]\n---\n",
    "content/skills/go.md": "---\ntitle: Go\nvisibility: private\n---\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, today: Today) -> "Case":
    """A plan with hidden things, and its public site."""
    root = tmp_path_factory.mktemp("plan")
    write_files(root, {"site.toml": "", **FILES})
    return Case.of(root, today)


class Case:
    """A plan, what is left of it for the public, and its site."""

    def __init__(self, owner: Plan, theme: Theme, files: Mapping[str, bytes]) -> None:
        self.owner = owner
        self.seen = narrow(owner, Visibility.PUBLIC)
        self.theme = theme
        self.files = files

    @classmethod
    def of(cls, root: Path, today: Today) -> "Case":
        """Make the public site of a plan."""
        done = build(root, today=today)
        assert done.files is not None, done.check.errors
        theme = load_theme("default", site_root=root)
        return cls(done.check.plan, theme, done.files)

    def leaks(self, more: Mapping[str, bytes]) -> tuple[Leak, ...]:
        """Return the leaks of the site with more files in it."""
        own = {path: data for path, data in self.files.items() if path not in self.theme.static}
        return self.leaks_in({**own, **more}, seen=self.seen)

    def leaks_in(self, files: Mapping[str, bytes], *, seen: Plan) -> tuple[Leak, ...]:
        """Return the leaks of files of a site, given what is left of the plan."""
        try:
            refuse_leaks(files, plan=self.owner, narrowed=seen, theme_texts=self.theme.texts)
        except LeakError as stop:
            return stop.leaks
        return ()


def test_a_sound_site_has_none(made: Case) -> None:
    """What planfolio makes of a plan with hidden things passes."""
    assert made.leaks({}) == ()


@pytest.mark.parametrize(
    ("said", "what", "source"),
    [
        ("Leave Zebrafinch Ltd", "the title", "content/goals/leave-zebrafinch.md:2"),
        ("leave-zebrafinch-ltd", "the title", "content/goals/leave-zebrafinch.md:2"),
        ("LEAVE ZEBRAFINCH", "the id", "content/goals/leave-zebrafinch.md:2"),
        ("The ‘new’ chief & his plans", "`why`", "content/goals/leave-zebrafinch.md:5"),
        ("Tell the café", "the title", "content/goals/leave-zebrafinch.md:7"),
        ("The notice period ends in spring.", "the text", "content/goals/leave-zebrafinch.md:9"),
        ("Nobody must hear of the zebrafinch.", "the text", "content/goals/open.md:5"),
        ("Asking for help", "`struggles`", "content/profile.md:3"),
        ("goals/nestbox.svg", "a linked file", "content/goals/leave-zebrafinch.md:9"),
        ("skills/go/", "the address", "content/skills/go.md:2"),
    ],
)
@pytest.mark.parametrize(
    "write",
    [
        lambda text: f"<p>{text}</p>",
        lambda text: f'<a title="so: {html.escape(text)}">x</a>',
        lambda text: "".join(f"&#{ord(char)};" for char in text),
        lambda text: f'<a href="../x?q={quote(text)}#top">x</a>',
        lambda text: json.dumps({"x": text}),
        lambda text: json.dumps({"x": html.escape(text)}),
        lambda text: html.escape(json.dumps({"x": text})),
        lambda text: f"/{text.replace(' ', '-')}/",
        lambda text: f"a_{text.replace(' ', '_')}_b",
    ],
    ids=[
        "text",
        "attribute",
        "entities",
        "address",
        "json",
        "html in json",
        "json in html",
        "slug",
        "name",
    ],
)
def test_a_leak_is_found_however_it_is_written(
    made: Case, said: str, what: str, source: str, write: Callable[[str], str]
) -> None:
    """The file, the line, what it is and where the plan says it are all told."""
    leaks = made.leaks({"x/y.html": f"<h1>\n{write(said)}\n</h1>".encode()})
    assert ("x/y.html", 2, what, source) in {leak[:4] for leak in leaks}


@pytest.mark.parametrize(
    "link",
    [
        "[[leave-zebrafinch]]",
        "[[goals/leave-zebrafinch|this]]",
        "[this](leave-zebrafinch.md)",
        "[this]( <leave-zebrafinch.md> 'a plan')",
        "[this][it]\n\n[it]: leave-zebrafinch.md",
        "![this](nestbox.svg) and [[leave-zebrafinch]]",
    ],
)
def test_a_link_to_the_hidden_does_not_say_its_name(
    link: str, plan: Callable[[dict[str, str]], Path], today: Today
) -> None:
    """Where a visible text leads is hidden with what is there: a leak of just that is found."""
    named = f"---\ntitle: Another goal\n---\nLook at all of this: {link}\n"
    case = Case.of(plan({**FILES, "content/goals/named.md": named}), today)
    leaks = case.leaks({"x.html": b'<a href="../leave-zebrafinch/">this</a>'})
    assert ("x.html", "the id") in {(leak.path, leak.what) for leak in leaks}


def test_what_a_visible_text_says_in_any_way_is_no_leak(
    plan: Callable[[dict[str, str]], Path], today: Today
) -> None:
    """In two words of a sentence, across a heading, in code, in a label or in a full address."""
    prose = "# Read the news\n\nReed warbler. [Grey heron](plain.md) `wading bird`\n"
    code = "\n```text\nsand martin colony\n```\n[more](https://birds.example.org/)\n"
    hidden = [
        *("Reed warbler", "The news Reed", "Grey heron", "Sand martin colony", "wading bird"),
        "https://birds.example.org/",
    ]
    files = {
        f"content/goals/q{n}.md": f"---\ntitle: {title}\nvisibility: private\n---\n"
        for n, title in enumerate(hidden)
    }
    files["content/goals/said.md"] = f"---\ntitle: Another goal\n---\n{prose}{code}"
    files["content/goals/plain.md"] = "---\ntitle: Plain\n---\n"
    assert build(plan(files), today=today).files is not None


def test_a_text_around_a_wikilink_is_found_with_any_title(tmp_path: Path, today: Today) -> None:
    """The page has the title of what the link leads to, which the hidden text does not hold."""
    files = {
        "site.toml": "",
        "content/goals/g.md": "---\ntitle: Grow\nvisibility: private\n---\n"
        "Quietly prepares for [[h]] before anybody notices.\n",
        "content/goals/h.md": "---\ntitle: Harvest\n---\n",
    }
    write_files(tmp_path, files)
    case = Case.of(tmp_path, today)
    for shown in ("quietly prepares for Harvest", "Harvest before anybody notices"):
        (leak,) = case.leaks({"x.json": json.dumps([shown]).encode()})
        assert (leak.path, leak.what) == ("x.json", "the text")


def test_a_leak_in_a_path_is_found(made: Case) -> None:
    """The name of a file gives as much away as what is in it."""
    (leak,) = made.leaks({"files/goals/nestbox.svg": b"<svg/>"})
    assert (leak.path, leak.line, leak.what) == ("files/goals/nestbox.svg", 0, "a linked file")


def test_a_leak_in_a_folded_calendar_line_is_found(made: Case) -> None:
    """Calendars break their lines at 75 bytes, within words too."""
    data = b"BEGIN:VEVENT\r\nSUMMARY:Leave Zebra\r\n finch Ltd\r\nEND:VEVENT\r\n"
    leaks = made.leaks({"plan.ics": data})
    assert {leak.path for leak in leaks} == {"plan.ics"}


@pytest.mark.parametrize("said", ["Go", "due 2026-12-24", "3 of 7", "nightingales", "zebrafinch"])
def test_what_identifies_nothing_is_no_leak(made: Case, said: str) -> None:
    """One word alone, dates and numbers may stand anywhere."""
    assert made.leaks({"x.html": f"<p>{said}</p>".encode()}) == ()


SAID_ANYWAY = """
Vtodo Vevent Vcalendar Progress Home Done Summary Goals Goal January Monday Main Svg Html Head Body
Presentation Confirmed Public Private Plan Skills Title Status Name Description Calendar Feed Entry
Updated Published Author Category Class Style Script Button Search Menu Footer Print Review Mentor
"""
"""Words of the pages, and of the formats of the calendar, the feed and plan.json."""

PHRASES_SAID_ANYWAY = (
    "An open goal; the open road; Words for everyone; My plan of plans; Next actions; Next action;"
    "1 October 2026; 2026-10-01; On track; January 2027; Week 37 of 2026; 2 of 5 milestones;"
    "Q3 2026; Hours per week; Needs action; Last modified; Time zone; Main navigation; Slip days"
)


def test_a_hidden_title_that_the_site_says_anyway_is_no_leak(
    plan: Callable[[dict[str, str]], Path], today: Today
) -> None:
    """The visible plan, site.toml, the theme and the formats may use the same words."""
    titles = [*SAID_ANYWAY.split(), *map(str.strip, PHRASES_SAID_ANYWAY.split(";"))]
    hidden = {
        f"content/goals/{title.lower().replace(' ', '-')}.md": f"---\ntitle: {json.dumps(title)}\n"
        f"visibility: private\nwhy: {title}\n---\n{title}\n"
        for title in titles
    }
    site = 'title = "My plan of plans"\nbase_url = "https://example.org/"\n'
    dated = (
        "---\ntitle: Dated\ndue: 2027-01-31\nmilestones: [{title: Half, due: 2026-12-01}]\n---\n"
    )
    root = plan({"site.toml": site, **FILES, "content/goals/dated.md": dated, **hidden})
    done = build(root, today=today)
    assert done.files is not None, done.check.errors
    assert {"plan.ics", "atom.xml", "plan.json"} <= done.files.keys()
    assert len(done.check.plan.records) > len(titles)


def test_a_string_between_two_neighbours_is_no_leak(made: Case) -> None:
    """Words that stand side by side by chance have something between them."""
    assert made.leaks({"x.html": b"<b>leave</b><i>zebrafinch</i>"}) == ()
    assert made.leaks({"x.json": b'{"a": "leave", "zebrafinch": 1}'}) == ()


def test_the_owner_has_nothing_to_leak(made: Case) -> None:
    """Where nothing was removed nothing is searched."""
    assert made.leaks_in({"x.html": b"Leave Zebrafinch Ltd"}, seen=made.owner) == ()


def test_a_leak_stops_the_build_with_its_place_and_its_record(made: Case) -> None:
    """The error names the file, the line, the record and the way out, and exits with 1."""
    files = {f"{n}.html": b"Leave Zebrafinch Ltd" for n in range(9)}
    with pytest.raises(LeakError) as stop:
        refuse_leaks(files, plan=made.owner, narrowed=made.seen, theme_texts=made.theme.texts)
    message = str(stop.value)
    assert "0.html:1 has the title of content/goals/leave-zebrafinch.md:2" in message
    assert "more" in message.splitlines()[-1]
    assert "nothing was written" in stop.value.hint
    assert stop.value.exit_code == 1


def test_a_theme_that_says_what_is_hidden_in_a_picture_stops_the_build(
    plan: Callable[[dict[str, str]], Path], today: Today
) -> None:
    """A linked drawing is published as it is, so it is searched for what is hidden, too."""
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'><text>Leave Zebrafinch Ltd</text></svg>"
    linked = "---\ntitle: Another\n---\n![A drawing](chart.svg)\n"
    more = {"content/goals/another.md": linked, "content/goals/chart.svg": drawing}
    with pytest.raises(LeakError, match=r"files/goals/chart\.svg:1 has the title"):
        build(plan({**FILES, **more}), today=today)


@settings(max_examples=30)
@given(
    st.sampled_from(["Leave Zebrafinch Ltd", "Tell the café", "Asking for help"]),
    st.text(alphabet="<>&;% \n\"'/|=!?", max_size=6),
    st.text(alphabet="<>&;% \n\"'/|=!?", max_size=6),
    st.data(),
)
def test_every_planted_leak_is_found(
    made: Case, said: str, before: str, after: str, data: st.DataObject
) -> None:
    """Whatever stands around it, and in whichever file."""
    path = data.draw(st.sampled_from(sorted(p for p in made.files if p.endswith(".html"))))
    page = made.files[path].decode()
    at = data.draw(st.sampled_from([page.find("<main"), page.find("</body>"), len(page)]))
    planted = f"{page[:at]} {before}{said}{after} {page[at:]}"
    assert any(leak.path == path for leak in made.leaks({path: planted.encode()}))
