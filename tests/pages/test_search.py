"""What search finds: the index that the browser loads, and the page that lists all records."""

import json
from typing import Any

import pytest
from tests.pages.built import ROOT, Site, site

PLAN = {
    "goals/talk.md": (
        "---\ntitle: Give <b>a talk</b> & 'more'\ntags: [speaking, 'C++']\n"
        "start: 2026-01-01\ndue: 2026-06-30\nmilestones: [{title: Slides}]\n---\n"
        "A **bold** text.\n\n::: mentor\nFor mentors only.\n:::\n\n::: private\nMine alone.\n:::\n"
    ),
    "goals/hidden.md": "---\ntitle: Unseen plans\nvisibility: private\n---\nUnread words.\n",
    "skills.md": "items: {python: 3, čeština: 1}",
    "people/eva.md": "title: Eva Unknown",
}


def records(built: Site) -> list[dict[str, Any]]:
    """Return what the index holds."""
    found: list[dict[str, Any]] = json.loads(built.text("search.json"))["records"]
    return found


def test_the_index_says_of_each_record_what_its_page_says() -> None:
    """Kind, title, address, status, tags, and the words of its text without markup; nothing in it
    could be read as an element."""
    built = site(PLAN)
    found = {record["url"]: record for record in records(built)}
    assert {f"{url}index.html" for url in found} <= built.paths
    assert found["goals/talk/"] == {
        "kind": "Goals",
        "title": "Give <b>a talk</b> & 'more'",
        "url": "goals/talk/",
        "status": "Late",
        "audience": "",
        "tags": ["speaking", "C++"],
        "text": "A bold text.\nFor mentors only.\nMine alone.",
        "weight": 2,
    }
    assert found["people/eva/"]["audience"] == "private"
    assert found["skills/čeština/"]["title"] == "čeština"
    assert "<" not in built.text("search.json")


@pytest.mark.parametrize(
    ("audience", "unseen"),
    [
        ("mentor", ["Unseen", "Unread", "Mine alone"]),
        ("public", ["Unseen", "Unread", "Mine alone", "For mentors", "Eva"]),
    ],
)
def test_nothing_is_found_that_the_audience_may_not_see(audience: str, unseen: list[str]) -> None:
    """Neither records, blocks of texts nor kinds; what is left is found as before."""
    built = site(PLAN, audience=audience)
    index = built.text("search.json")
    assert [word for word in unseen if word in index or word in built.page("search/")] == []
    assert {"goals/talk/", "skills/python/"} <= {record["url"] for record in records(built)}


def test_the_page_lists_all_records_by_kind() -> None:
    """It is whole without a script, and every page leads to it."""
    built = site(PLAN)
    page = built.main("search/")
    assert page.texts("h2") == ["Skills", "Goals", "Milestones", "People"]
    assert page.links.keys() == {record["url"] for record in records(built)}
    assert page.section("Goals").texts("li") == [
        "Unseen plans private",
        "Give <b>a talk</b> & 'more'",
    ]
    assert all("search/" in part.links for path, part in built.pages() if "refresh" not in path)


def test_a_kind_with_many_records_is_closed() -> None:
    """Beyond 50 they are folded, with their number; an empty plan has a page too."""
    many = {f"goals/g{number}.md": f"title: Goal {number}" for number in range(51)}
    page = site(many).main("search/")
    (folded,) = page.all("details")
    assert (folded.texts("summary"), len(folded.all("a"))) == (["All 51"], 51)
    assert folded.element.get("open") is None
    assert records(site({})) == []
    assert site({}).main("search/").texts("h2") == []


def test_a_link_without_a_label_is_named_wherever_the_text_is_quoted() -> None:
    """In the index, the description of the page and the feed; a hidden one is not."""
    plan = {
        "goals/talk.md": "---\ntitle: Give a talk\ndue: 2026-12\nvisibility: mentor\n---\n",
        "goals/book.md": (
            "---\ntitle: Read a book\ndue: 2026-12\n---\n"
            "Helps me to [[talk]] well.\n\n- [ ] Buy it for [[talk]] soon\n"
        ),
        "achievements/shelf.md": (
            "---\ntitle: Sorted the shelf\ndate: 2026-01-02\n---\n"
            "After [[book]] and [[talk]] too.\n"
        ),
        "site.toml": f'base_url = "{ROOT}"',
    }
    for audience, title in (("mentor", "Give a talk "), ("public", "")):
        built = site(plan, audience=audience)
        (text,) = (found["text"] for found in records(built) if found["url"] == "goals/book/")
        assert text == f"Helps me to {title}well.\nBuy it for {title}soon"
        description = built.page("goals/book/").meta("description") or ""
        assert description.startswith(f"Helps me to {title}well.")
        assert f"After Read a book and {title}too." in built.text("atom.xml")
