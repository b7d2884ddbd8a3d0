"""What is around every page: addresses, descriptions, links, badges, and pages of old addresses."""

import re
import sys

import pytest
from tests.pages.built import Part, Site, site

PLAN = {
    "site.toml": (
        'title = "Mine & yours"\ndescription = "A <b> plan"\n'
        'base_url = "https://plan.example/my/"\nlanguage = "he"\n'
    ),
    "goals.md": "---\nitems: {short: {due: 2026-09}}\n---\nMy goals: [new](goals/new.md).\n",
    "goals/new.md": """---
title: New & <i>better</i>
aliases: [old, Même]
visibility: mentor
why: It's "worth" it
due: 2026-12
milestones: [{title: Part, due: 2026-10, aliases: [piece]}]
---
## A heading

[There](#a-heading) and [a file](plan.txt) and [itself](new.md#a-heading).
""",
    "goals/plan.txt": "text",
    "goals/own.md": "title: Own\nvisibility: private\nparent: new",
}


@pytest.fixture(scope="module")
def built() -> Site:
    """The owner's site."""
    return site(PLAN)


def test_what_a_page_says_of_itself(built: Site) -> None:
    """Title, language of the frame, description, full address; the day; who it is for."""
    page = built.page("goals/new/")
    html = page.element
    assert (html.get("lang"), html.get("dir")) == ("en", "ltr")
    assert page.all("head")[0].texts("title") == ["New & <i>better</i> · Mine & yours"]
    assert page.meta("og:title") == "New & <i>better</i>"
    assert page.meta("description") == page.meta("og:description") == 'It\'s "worth" it'
    assert page.meta("canonical") == "https://plan.example/my/goals/new/"
    assert page.meta("og:url") == page.meta("canonical")
    assert page.meta("robots") == "noindex"
    assert "As of 1 Jul 2026" in page
    assert built.page("").meta("description") == "A <b> plan"
    assert built.page("").all("head")[0].texts("title") == ["Mine & yours"]
    public = site({"goals/g.md": "title: G"}, audience="public").page("goals/g/")
    assert (public.meta("canonical"), public.meta("robots")) == (None, None)
    assert public.element.get("dir") == "ltr"


@pytest.mark.parametrize(
    ("url", "current"),
    [
        ("", [("page", "Mine & yours")]),
        ("plan/", [("page", "4 Plan What do I do, and by when?")]),
        (
            "goals/new/",
            [("true", "4 Plan What do I do, and by when?"), ("page", "New & <i>better</i>")],
        ),
        ("search/", [("page", "/ Search")]),
    ],
)
def test_the_navigation_says_where_one_is(
    built: Site, url: str, current: list[tuple[str, str]]
) -> None:
    """For those who hear a page it is told apart from links to others."""
    page = built.page(url)
    named = [e for e in page.element.iter() if e.get("aria-current")]
    assert [(e.get("aria-current"), Part(e, url).words) for e in named] == current


def test_a_long_description_is_cut_between_words() -> None:
    """At 160 characters, as search engines show it."""
    page = site({"goals/g.md": f"title: G\nwhy: {'word ' * 60}"}).page("goals/g/")
    said = page.meta("description")
    assert said is not None
    # 32 words with spaces between them are 159 characters
    assert said == " ".join(["word"] * 32) + " …"


def test_no_text_is_escaped_twice(built: Site) -> None:
    """Neither a page, nor the feed, the calendar or plan.json has `&amp;amp;`."""
    for path in built.paths - {"files/goals/plan.txt"}:
        assert not re.search("&amp;(?:amp|lt|gt|quot|#\\d+);", built.text(path)), path


def test_every_link_leads_to_a_file_and_every_anchor_to_a_part(built: Site) -> None:
    """From each page, from texts and from introductions of lists."""
    found = 0
    anchors = {url: {e.get("id") for e in page.element.iter()} for url, page in built.pages()}
    for path, page in built.pages():
        for link in page.links:
            to, _, anchor = link.removeprefix("my/").partition("#")
            file = to + "index.html" if to == "" or to.endswith("/") else to
            if link.startswith("http"):
                continue
            found += 1
            assert file in built.paths, (path, link)
            assert not anchor or anchor in anchors[file], (path, link)
    assert found > 100
    texts = built.page("goals/new/").all("div", cls="prose")[0]
    assert texts.links.keys() == {"goals/new/#a-heading", "files/goals/plan.txt"}
    assert built.page("plan/").all("div", cls="prose")[0].links == {"goals/new/": "new"}


def test_links_to_what_is_hidden_keep_their_label_alone() -> None:
    """Without one they vanish, as do files that only a hidden text leads to."""
    files = {
        "site.toml": 'cname = "plan.example"\n',
        "goals/a.md": "---\ntitle: A\n---\nSee [this](own.md), [[own]] or ![it](a.png).\n",
        "goals/own.md": "---\ntitle: Own\nvisibility: private\n---\n[A file](secret.txt)\n",
        "goals/secret.txt": "text",
        "goals/unused.txt": "text",
        "goals/a.png": "no picture",
    }
    public = site(files, audience="public")
    assert public.page("goals/a/").texts("div", cls="prose") == ["See this, or ."]
    assert {path for path in public.paths if path.startswith("files/")} == {"files/goals/a.png"}
    assert public.text("CNAME") == "plan.example"
    assert {"CNAME", "files/goals/a.png", "files/goals/secret.txt"} - site(files).paths == {"CNAME"}


def test_the_page_not_found_links_from_the_root(built: Site) -> None:
    """It is shown at any address, so no link is relative, and it has no address of its own."""
    page = built.page("404.html")
    assert page.meta("canonical") is None
    links = [a.element.get("href") or "" for a in page.all("a") + page.all("link")]
    assert all(link.startswith(("/my/", "#")) for link in links), links
    relative = [a.element.get("href") or "" for a in built.page("").all("a")]
    assert not [link for link in relative if link.startswith("/")]


def test_old_addresses_lead_on(built: Site) -> None:
    """Those of aliases, and those of milestones from before their goal had another id."""
    olds = {"goals/old/": "goals/new/", "goals/même/": "goals/new/"} | dict.fromkeys(
        ("milestones/old-part/", "milestones/new-piece/", "milestones/old-piece/"),
        "milestones/new-part/",
    )
    for old, new in olds.items():
        page = built.page(old)
        assert page.links.keys() == {new}
        assert page.meta("robots") == "noindex"
        assert page.meta("canonical") == f"https://plan.example/my/{new}"
        (refresh,) = [m.element for m in page.all("meta") if m.element.get("http-equiv")]
        assert refresh.get("content", "").startswith("0; url=../")
    assert "old" not in built.text("sitemap.xml")
    public = site(PLAN, audience="public")
    assert not [path for path in public.paths if "old" in path]


def test_what_not_everyone_sees_is_marked(built: Site) -> None:
    """By a badge on its page, and by a remark wherever a link names it."""
    assert "For mentors" in built.page("goals/new/").badges
    assert built.page("goals/own/").badges == ["Open", "Private"]
    assert "New & <i>better</i> for mentors" in built.page("plan/").words
    assert "New & <i>better</i> for mentors" in built.page("").words
    seen = site(PLAN, audience="mentor")
    assert "For mentors: shows more than the public sees" in seen.page("")
    assert "Private preview: others do not see all of this" in built.page("")
    assert "goals/own/index.html" not in seen.paths
    assert "Own" not in seen.page("goals/new/").all("main")[0]


def test_an_empty_plan_has_every_section() -> None:
    """Each page exists before anything is written."""
    pages = {"", "me/", "skills/", "aim/", "gaps/", "plan/", "progress/"}
    for audience in ("public", "mentor", "private"):
        paths = site({}, audience=audience).paths
        assert {f"{page}index.html" for page in pages} | {"404.html"} <= paths


def test_the_work_for_a_page_does_not_grow_with_the_plan() -> None:
    """With four times as many drafts around it, the second page that is rendered costs the same."""

    def calls(drafts: int) -> int:
        built = site({f"goals/g{n}.md": "title: G\nstatus: draft" for n in range(drafts)})
        built.text("goals/g0/index.html")  # what the whole plan says is computed once
        count = 0

        def called(frame: object, event: str, value: object) -> None:
            nonlocal count
            count += event == "call"

        before = sys.getprofile()
        sys.setprofile(called)
        try:
            built.text("goals/g1/index.html")
        finally:
            sys.setprofile(before)
        return count

    assert calls(400) < 1.2 * calls(100)
