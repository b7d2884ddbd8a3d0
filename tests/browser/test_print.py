"""Pages on paper, printed by a real browser."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader
from tests.browser.conftest import Visit
from tests.reading import write as write_plan
from tests.serving import built_site

from planfolio.pipeline import Today

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "print/",
    "goals/line-8-delay-study/",
    "roles/timetable-planner/",
    "skills/timetabling/",
    "gaps/",
    "plan/",
    "progress/",
)


def lines(sheet: Any) -> list[str]:
    """Return the lines of a sheet from top to bottom."""
    at: dict[int, str] = {}

    def note(text: str, matrix: list[float], place: list[float], *_: object) -> None:
        height = round(matrix[1] * place[4] + matrix[3] * place[5] + matrix[5])
        at[height] = f"{at.get(height, '')} {text.strip()}"

    sheet.extract_text(visitor_text=note)
    return [text for _, text in sorted(at.items(), reverse=True) if text.strip()]


def letters(text: str) -> str:
    """Return a text without spaces and signs, which a line of a sheet may have elsewhere."""
    return re.sub(r"\W", "", text).casefold()


def printed(page: Page, paper: str) -> list[list[str]]:
    """Print a page; return the lines of each sheet."""
    return [lines(sheet) for sheet in PdfReader(BytesIO(page.pdf(format=paper))).pages]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("theme", ["owner_site", "paper_site"])
def test_every_sheet_is_one_to_hand_out(
    visit: Visit, theme: str, paper: str, request: pytest.FixtureRequest
) -> None:
    """Each has its number and more than one line, and does not end with a heading; the day is on
    the first, and the packet has three at most."""
    page = visit(request.getfixturevalue(theme))
    for path in PAGES:
        page.goto(path)
        headings = page.locator("h1, h2, h3, h4, caption, .chart-title").all_text_contents()
        sheets = printed(page, paper)
        for number, (*body, last) in enumerate(sheets, 1):
            assert letters(last) == f"{number}{len(sheets)}", path
            assert len(body) > 1, (path, number)
            assert letters(body[-1]) not in map(letters, headings), (path, number)
        assert "asof1oct2026" in letters("".join(sheets[0][:2])), path
        assert path != "print/" or len(sheets) <= 3


def test_paper_shows_facts_first_and_cuts_nothing(visit: Visit, owner_site: Path) -> None:
    """The facts of a record stand above its text, code is wrapped, and ways onward and what
    is for the owner to fix are left out."""
    page = visit(owner_site)
    page.set_viewport_size({"width": 660, "height": 1000})
    page.emulate_media(media="print")
    page.goto("goals/line-8-delay-study/")
    top = "element => element.getBoundingClientRect().top"
    facts, text = page.locator(".columns > aside"), page.locator(".columns > div").first
    assert facts.evaluate(top) < text.evaluate(top)
    for code in page.locator("pre").all():
        assert code.evaluate("element => element.scrollWidth <= element.clientWidth")
    for way in (".rail", ".skip", ".crumbs", ".contents", ".findings", ".edit", ".appearance"):
        assert page.locator(way).count(), way
        assert not page.locator(way).first.is_visible(), way
    page.goto("goals/")
    assert page.locator(".filters").count()
    assert not page.locator(".filters").is_visible()


@pytest.mark.parametrize("path", ["goals/", "milestones/", "plan/", "progress/"])
def test_what_is_closed_on_a_screen_is_on_paper(visit: Visit, owner_site: Path, path: str) -> None:
    """Long lists fold; only the table behind a chart, which says the same, stays away."""
    page = visit(owner_site, path)
    closed = page.locator("details:not([open], .chart > .details)")
    rows = closed.locator("a[href]").all_text_contents()
    assert rows
    assert not closed.locator("a[href]").first.is_visible()
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    text = letters("".join(sheet.extract_text() for sheet in sheets))
    assert [row for row in rows if letters(row) not in text] == []


def test_a_table_with_more_than_its_drawing_is_on_paper(
    visit: Visit, today: Today, tmp_path: Path
) -> None:
    """The drawing has fifty skills, and says that the others are in the table."""
    skills = ", ".join(f"skill-{number}: 4" for number in range(60))
    roles = {f"roles/{one}.md": f"---\ntitle: {one}\nrequires: {{{skills}}}\n---\n" for one in "ab"}
    write_plan(tmp_path / "plan", {"site.toml": 'title = "P"', **roles})
    page = visit(built_site(tmp_path / "plan", tmp_path / "site", today=today), "gaps/")
    table = page.locator(".chart > .details table")
    assert not table.is_visible()
    page.emulate_media(media="print")
    assert page.get_by_text("10 more skills are in the table.").is_visible()
    assert "skill 59" in table.inner_text()
    assert not page.get_by_text("Show as a table").is_visible()
