"""The whole of a site: which pages there are, and what holds for all of them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Annotated, Any

import pytest

from planfolio.model.kinds import KINDS
from planfolio.model.kinds.fields import Day, EffortText, Fields, Many, Refers, Text, Texts, Url
from planfolio.model.kinds.kind import Kind, Section
from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portfolio.conftest import LayOut

SECTIONS = ["", "me/", "skills/", "aim/", "gaps/", "plan/", "progress/", "404.html"]

SMALL = {
    "skills.md": "---\nitems: {python: 3, kubernetes: 1}\n---\n",
    "roles/platform-engineer.md": (
        "---\ntitle: Platform engineer\nrequires: {python: 4, kubernetes: 3, writing: 2}\n---\n"
    ),
    "goals/cka.md": (
        "---\ntitle: Pass the CKA exam\ndue: 2026-Q3\nraises: [kubernetes]\n"
        "milestones:\n  Book the exam: 2026-08\n---\n\n"
        "- [x] Course\n- [ ] Exam\n\nSee [Python](../skills.md) and [[platform-engineer]].\n"
    ),
    "reviews/2026-06.md": "---\ntitle: June\ndate: 2026-06-28\nlevels: {python: 3}\n---\n",
}


def test_an_empty_plan_has_all_sections(laid_out: LayOut) -> None:
    """Before anything is written, every page of the navigation is there."""
    assert laid_out({}).urls == SECTIONS


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", "content/skills.md"),
        ("me/", "content/profile.md"),
        ("skills/", "content/skills.md"),
        ("gaps/", "content/roles/platform-engineer.md"),
        ("plan/", "content/goals/cka.md"),
        ("progress/", "content/reviews/2026-09.md"),
    ],
)
def test_empty_states_show_what_to_write(laid_out: LayOut, url: str, path: str) -> None:
    """An empty page names a file and shows an example of it."""
    empty = laid_out({}).view(url).empty
    assert empty.path == path
    assert empty.example.startswith("---\n")


def test_each_record_has_a_page(laid_out: LayOut) -> None:
    """Records in files, in lists, inline and implied ones: each has one page, at its own URL."""
    site = laid_out(SMALL)
    assert sorted(site.urls) == sorted(
        [*SECTIONS]
        + ["skills/python/", "skills/kubernetes/", "skills/writing/"]
        + ["roles/platform-engineer/", "goals/cka/", "reviews/2026-06/"]
        + [record.url for record in site.plan.milestones.values()]
    )
    assert len(set(site.urls)) == len(site.urls)


def test_every_link_leads_to_a_page(laid_out: LayOut, links: Callable[[object], set[str]]) -> None:
    """No view names a page that is not laid out."""
    site = laid_out(SMALL)
    found = {url for page in site.layout.pages for url in links(page.view)}
    assert len(found) > 10
    assert found <= set(site.urls)


def test_links_lead_both_ways(laid_out: LayOut, links: Callable[[object], set[str]]) -> None:
    """Whatever a record names in its front matter or its text links back to it."""
    site = laid_out(SMALL)
    assert site.plan.edges
    for edge in site.plan.edges:
        source, target = site.plan.records[edge.source], site.plan.records[edge.target]
        assert source.url in links(site.view(target.url)), f"{target.url} says nothing of {edge}"


def test_views_are_frozen_plain_data(laid_out: LayOut) -> None:
    """A view holds nothing that could change, or that would print in another order next time."""

    def check(value: object) -> None:
        assert isinstance(value, str | int | None | tuple) or is_dataclass(value), repr(value)
        if isinstance(value, tuple):
            for item in value:
                check(item)
        elif is_dataclass(value):
            assert type(value).__hash__ is not None, "a dataclass that is not frozen has no hash"
            for field in fields(value):
                check(getattr(value, field.name))

    for page in laid_out(SMALL).layout.pages:
        check(page.view)


def test_the_same_plan_gives_the_same_layout(laid_out: LayOut) -> None:
    """Laying out depends on nothing but its input."""
    assert laid_out(SMALL).layout == laid_out(SMALL).layout


def test_a_page_of_a_record_does_not_grow_with_the_plan(
    laid_out: LayOut, links: Callable[[object], set[str]]
) -> None:
    """Twenty more goals, skills and reviews leave the pages of others as they were."""
    more = {
        **{f"goals/g{i}.md": f"---\ntitle: Goal {i}\ndue: 2027\n---\n" for i in range(20)},
        **{f"skills/s{i}.md": f"---\ntitle: Skill {i}\nlevel: 2\n---\n" for i in range(20)},
        **{
            f"reviews/r{i}.md": f"---\ntitle: R{i}\ndate: 2025-01-{i + 1:02}\n---\n"
            for i in range(20)
        },
    }
    small, large = laid_out(SMALL), laid_out({**SMALL, **more})
    for url in ("goals/cka/", "skills/python/", "roles/platform-engineer/"):
        assert links(small.view(url)) == links(large.view(url))
    assert len(links(large.view(""))) < 25


def test_only_used_assets_are_named(laid_out: LayOut) -> None:
    """A file that a body leads to is published under files/, one beside it is not."""
    site = laid_out(
        {
            "goals/a.md": "---\ntitle: A\n---\n\n![A map](maps/map.svg)\n",
            "goals/maps/map.svg": "<svg/>",
            "goals/maps/secret.svg": "<svg/>",
        }
    )
    assert site.layout.assets == {"goals/maps/map.svg"}
    assert 'src="../../files/goals/maps/map.svg"' in site.view("goals/a/").record.body.html


class GardenFields(Fields):
    """The fields of a toy kind: one of each sort."""

    planted: Day | None = None
    work: EffortText | None = None
    shows: Many[Annotated[Text, Refers("skill")]] = ()
    seen_at: Url | None = None
    beds: Texts = ()


GARDEN = Kind(
    name="garden",
    plural="gardens",
    folder="gardens",
    fields=GardenFields,
    section=Section.PROGRESS,
    template="garden.html",
    index="progress/",
)

GARDENS = {
    **SMALL,
    "gardens/roof.md": (
        "---\ntitle: A roof garden\nplanted: 2026-Q1\nwork: 40h\nshows: [python]\n"
        "seen_at: https://example.org/roof/\nbeds: [Beans by the wall, Herbs by the door]\n"
        "visibility: mentor\n---\n\nIt [grew](../goals/cka.md).\n"
    ),
}


def test_a_new_kind_has_pages_without_a_line_here(
    laid_out: LayOut, links: Callable[[object], set[str]]
) -> None:
    """A kind that only the registry knows gets its template, its facts by type, body and badge."""
    site = laid_out(GARDENS, kinds=(*KINDS, GARDEN))
    page = next(page for page in site.layout.pages if page.url == "gardens/roof/")
    assert page.template == "garden.html"
    record = page.view.record
    facts = {
        fact.label: [(item.text.replace("\u00a0", " "), item.url) for item in fact.items]
        for fact in record.facts
    }
    assert facts == {
        "Planted": [("Q1 2026", None)],
        "Work": [("40 h", None)],
        "Shows": [("python", "skills/python/")],
        "Seen at": [("example.org/roof", "https://example.org/roof/")],
    }
    assert [(p.title, [i.text for i in p.items]) for p in record.passages] == [
        ("Beds", ["Beans by the wall", "Herbs by the door"])
    ]
    assert [badge.word for badge in record.badges] == ["For mentors"]
    assert 'href="../../goals/cka/"' in record.body.html
    assert "gardens/roof/" in links(site.view("goals/cka/"))
    assert "gardens/roof/" in links(site.view("skills/python/"))


def test_a_new_kind_stands_in_the_section_of_its_step(laid_out: LayOut) -> None:
    """Its records are cards on a shelf of their section, and on no other."""
    site = laid_out(GARDENS, kinds=(*KINDS, GARDEN))
    (shelf,) = site.view("progress/").shelves
    assert shelf.title == "Gardens"
    assert [card.title.url for card in shelf.cards] == ["gardens/roof/"]
    assert [site.view(url).shelves for url in ("me/", "aim/", "gaps/", "plan/")] == [(), (), (), ()]


def test_what_an_audience_may_not_see_is_nowhere(
    laid_out: LayOut, words: Callable[[object], str]
) -> None:
    """A narrower record has no page for the public, and no page says its name."""
    site = laid_out(GARDENS, kinds=(*KINDS, GARDEN), audience=Visibility.PUBLIC)
    assert "gardens/roof/" not in site.urls
    texts = [words(page.view) for page in site.layout.pages]
    texts += [site.document(document.url) for document in site.layout.documents]
    assert not any("roof" in text for text in texts)


def test_links_to_narrower_records_say_whose_they_are(
    laid_out: LayOut, words: Callable[[object], str]
) -> None:
    """In tables and lists too, what not everyone may see is marked; its card has a badge."""
    site = laid_out({"goals/a.md": "---\ntitle: Mine\nvisibility: private\ndue: 2027-05\n---\n"})
    link = site.view("progress/").goals.rows[0][0].items[0]
    assert (link.text, link.note) == ("Mine", "private")
    (card,) = site.view("aim/").ladder[0].goals
    assert (card.visibility.word, card.title.note) == ("Private", "")


def test_crumbs_lead_through_the_section(laid_out: LayOut) -> None:
    """From home by the section of the kind to the page, whose own crumb is no link."""
    crumbs = laid_out(SMALL).view("skills/python/").frame.crumbs
    assert [(crumb.text, crumb.url) for crumb in crumbs] == [
        ("Home", ""),
        ("Assess", "me/"),
        ("Skills", "skills/"),
        ("python", None),
    ]


def _frame(site: Any, url: str) -> Any:
    return site.view(url).frame


def test_frames_say_day_and_audience(laid_out: LayOut) -> None:
    """Each page says the day of its numbers; who it is for is said of all but the public."""
    assert _frame(laid_out(SMALL), "plan/").as_of_iso == "2026-07-01"
    assert "everything" in _frame(laid_out(SMALL), "plan/").audience
    public = laid_out(SMALL, audience=Visibility.PUBLIC)
    assert _frame(public, "plan/").audience == ""
    assert [item.current for item in _frame(public, "plan/").navigation] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_canonical_urls_need_a_base(laid_out: LayOut) -> None:
    """With a base URL each page knows its full one; 404.html has none, but a root to start from."""
    site = laid_out({**SMALL, "site.toml": 'base_url = "https://example.org/my/"\n'})
    assert _frame(site, "goals/cka/").canonical == "https://example.org/my/goals/cka/"
    assert (_frame(site, "404.html").canonical, _frame(site, "404.html").root) == ("", "/my/")
    bare = laid_out({**SMALL, "site.toml": ""})
    assert (_frame(bare, "goals/cka/").canonical, _frame(bare, "404.html").root) == ("", "/")
    assert _frame(site, "plan/").root == ""


def test_the_direction_follows_the_language(laid_out: LayOut) -> None:
    """Hebrew runs from right to left, and so does its page."""
    assert _frame(laid_out({"site.toml": 'language = "he"\n'}), "").direction == "rtl"
    assert _frame(laid_out({"site.toml": 'language = "de-AT"\n'}), "").direction == "ltr"
