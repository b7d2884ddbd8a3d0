"""atom.xml, read by a parser of XML that knows nothing of how it was written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from tests.portfolio.conftest import LaidOut, LayOut

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = {"site.toml": 'title = "My plan"\nbase_url = "https://example.org/plan/"\n'}
HAPPENED = {
    **BASE,
    "goals/cka.md": (
        "---\ntitle: Pass the CKA exam\ndue: 2026-12\ndone: 2026-06-20\n"
        "replans:\n  - {date: 2026-03-01, from: 2026-06, to: 2026-12, reason: No evenings left}\n"
        "milestones:\n  - {title: Book the exam, done: 2026-05-02}\n---\n\nIt took *four* tries.\n"
    ),
    "reviews/june.md": "---\ntitle: June\ndate: 2026-06-28\n---\n\nA [good](../goals/cka.md).\n",
}


def feed_of(site: LaidOut) -> ET.Element:
    """Parse the feed of a site and hold it against what RFC 4287 asks of every feed."""
    root = ET.fromstring(site.document("atom.xml"))  # noqa: S314 (our own text)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):  # 4.1.1 and 4.1.2: exactly one of each
            assert len(element.findall(ATOM + name)) == 1, name
        moment = datetime.fromisoformat(text(element, "updated"))
        assert moment.tzinfo is UTC
        assert urlsplit(text(element, "id")).scheme == "https"
        alternate = [
            link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"
        ]
        assert len(alternate) == 1  # an entry without content must have one
    (author,) = root.findall(f"{ATOM}author")
    assert text(author, "name")
    ids = [text(entry, "id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return root


def text(element: ET.Element, name: str) -> str:
    """Return the text of a child."""
    return element.findtext(ATOM + name) or ""


def entries(site: LaidOut) -> list[dict[str, str]]:
    """Return the entries of a feed, in its order."""
    names = ("id", "title", "updated", "summary")
    return [
        {name: text(entry, name).replace("\u00a0", " ") for name in names}
        for entry in feed_of(site).iter(f"{ATOM}entry")
    ]


def test_what_happened_is_in_the_feed_newest_first(laid_out: LayOut) -> None:
    """A review, a goal done, a milestone reached and a deadline moved, each on its day."""
    assert entries(laid_out(HAPPENED)) == [
        {
            "id": "https://example.org/plan/reviews/june/",
            "title": "June",
            "updated": "2026-06-28T00:00:00Z",
            "summary": "A good.",
        },
        {
            "id": "https://example.org/plan/goals/cka/#done",
            "title": "Done: Pass the CKA exam",
            "updated": "2026-06-20T00:00:00Z",
            "summary": "It took four tries.",
        },
        {
            "id": "https://example.org/plan/milestones/cka-book-the-exam/#reached",
            "title": "Reached: Book the exam",
            "updated": "2026-05-02T00:00:00Z",
            "summary": "A step of “Pass the CKA exam”.",
        },
        {
            "id": "https://example.org/plan/goals/cka/#moved-2026-03-01",
            "title": "Moved: Pass the CKA exam",
            "updated": "2026-03-01T00:00:00Z",
            "summary": "The deadline moved from June 2026 to December 2026. No evenings left",
        },
    ]


def test_the_feed_is_as_new_as_its_newest_entry(laid_out: LayOut) -> None:
    """Neither the clock nor the day of the numbers moves it; without an entry the latter must."""
    assert text(feed_of(laid_out(BASE)), "updated") == "2026-07-01T00:00:00Z"
    assert text(feed_of(laid_out(HAPPENED)), "updated") == "2026-06-28T00:00:00Z"
    later = laid_out(HAPPENED, as_of=date(2027, 1, 1))
    assert text(feed_of(later), "updated") == "2026-06-28T00:00:00Z"


def test_the_feed_leads_to_itself_and_to_the_site(laid_out: LayOut) -> None:
    """By full addresses; its author is the person of the profile, else the site."""
    assert feed_of(laid_out(BASE)).findtext(f"{ATOM}author/{ATOM}name") == "My plan"
    root = feed_of(laid_out({**BASE, "profile.md": "---\nname: Ada Lovelace\n---\n"}))
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://example.org/plan/atom.xml",
        "alternate": "https://example.org/plan/",
    }
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Ada Lovelace"


def test_without_a_base_url_there_is_no_feed_and_no_link_to_one(laid_out: LayOut) -> None:
    """Ids and links of a feed must be full addresses."""
    site = laid_out({**HAPPENED, "site.toml": 'title = "My plan"\n'})
    assert "atom.xml" not in [document.url for document in site.layout.documents]
    assert site.view("goals/cka/").frame.feed == ""
    assert laid_out(HAPPENED).view("goals/cka/").frame.feed == "atom.xml"


def test_signs_of_markup_stay_signs(laid_out: LayOut) -> None:
    """Titles, names and texts are escaped, and what no XML can hold is left out."""
    site = laid_out(
        {
            "site.toml": (
                'title = "A & B <plan>\\uFFFE"\nbase_url = "https://example.org/plan/"\n'
                'description = "]]> & so on"\n'
            ),
            "reviews/a.md": (
                "---\ntitle: 'Is 1 < 2 & \"so\"?'\ndate: 2026-06-01\n---\n\n"
                "`<script>alert(1)</script>` and so on.\n"
            ),
        }
    )
    (entry,) = entries(site)
    assert entry["title"] == 'Is 1 < 2 & "so"?'
    assert entry["summary"] == "<script>alert(1)</script> and so on."
    assert text(feed_of(site), "title") == "A & B <plan>"
    assert text(feed_of(site), "subtitle") == "]]> & so on"


def test_addresses_of_any_script_are_encoded(laid_out: LayOut) -> None:
    """Ids are URIs."""
    site = laid_out({**BASE, "reviews/über.md": "---\ntitle: Ü\ndate: 2026-06-01\n---\n"})
    assert entries(site)[0]["id"] == "https://example.org/plan/reviews/%C3%BCber/"


def test_long_texts_are_cut(laid_out: LayOut) -> None:
    """A feed holds the beginning of a text, not all of it."""
    body = "word " * 500
    site = laid_out({**BASE, "reviews/a.md": f"---\ntitle: A\ndate: 2026-06-01\n---\n\n{body}\n"})
    summary = entries(site)[0]["summary"]
    assert summary.endswith("word …")
    assert 300 < len(summary) <= 402


def test_what_lies_ahead_is_not_in_the_feed(laid_out: LayOut) -> None:
    """Facts after the day of the numbers do not count yet, and what has no day never does."""
    site = laid_out(
        {
            **BASE,
            "reviews/next.md": "---\ntitle: Next\ndate: 2026-07-02\n---\n",
            "reviews/some.md": "---\ntitle: Some day\n---\n",
            "goals/a.md": (
                "---\ntitle: A\ndone: 2026-08-01\nreplans: [{date: 2026-09, to: 2027}]\n---\n"
            ),
            "goals/b.md": "---\ntitle: B\nstatus: done\n---\n",
            "milestones/m.md": "---\ntitle: M\ndone: 2026-07-02\n---\n",
        }
    )
    assert entries(site) == []


def test_two_moves_on_one_day_are_two_entries(laid_out: LayOut) -> None:
    """Each entry has an id of its own; dates that are not written are not made up."""
    moves = "[{date: 2026-03-01, to: 2026-12}, {date: 2026-03-01, reason: Again}]"
    site = laid_out({**BASE, "goals/a.md": f"---\ntitle: A\ndue: 2027\nreplans: {moves}\n---\n"})
    found = {entry["id"].partition("#")[2]: entry["summary"] for entry in entries(site)}
    assert found == {
        "moved-2026-03-01": "The deadline moved to December 2026.",
        "moved-2026-03-01-2": "Again",
    }


def test_the_newest_fifty_are_in_the_feed(laid_out: LayOut) -> None:
    """Of sixty reviews on the days of two months, the ten oldest are left out."""
    days = [date(2026, month, day) for month in (4, 5) for day in range(1, 31)]
    files = {f"reviews/{day}.md": f"---\ntitle: R\ndate: {day}\n---\n" for day in days}
    found = [entry["updated"][:10] for entry in entries(laid_out({**BASE, **files}))]
    assert found == [day.isoformat() for day in reversed(days)][:50]


def test_the_feed_says_nothing_of_what_its_readers_may_not_see(laid_out: LayOut) -> None:
    """A private goal takes its milestones and its moves with it, and the order shows no hole."""
    files = {
        **HAPPENED,
        "goals/cka.md": HAPPENED["goals/cka.md"].replace(
            "title:", "visibility: private\ntitle:", 1
        ),
    }
    files["reviews/june.md"] = files["reviews/june.md"].replace(
        "title:", "visibility: public\ntitle:", 1
    )
    document = laid_out(files, audience=Visibility.PUBLIC).document("atom.xml")
    assert "CKA" not in document
    assert "cka" not in document
    assert document.count("<entry>") == 1
