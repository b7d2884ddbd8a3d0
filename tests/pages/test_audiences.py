"""What is said to the owner alone: questions, examples of what to write, what is not there yet."""

import re

import pytest
from tests.pages.built import Site, site

# Everything that could be missing is: others may see the public records and nothing more.
PLAN = {
    "site.toml": 'title = "Mine"\n[plan]\nreview_every = "month"\n',
    "skills/go.md": "title: Go\nlevel: 2",
    "skills/c.md": "title: C",
    "roles/r.md": "title: R",
    "roles/own.md": "title: Own\nvisibility: private\nrequires: {go: 3}",
    "goals/far.md": "title: Far\nstatus: done\n",
    "goals/own.md": "title: Own\nvisibility: private\nhorizon: 3y",
    "reviews/own.md": "title: Own\nvisibility: private\ndate: 2026-06-20",
}
TO_THE_OWNER = re.compile(
    r"content/|\.md\b|written|\byou\b|Nothing (?:here|can)|No role|No goal|\?$", re.IGNORECASE
)


def said(built: Site) -> list[str]:
    """Return the sentences of all pages that are for the owner."""
    found = []
    for path, page in built.pages():
        if path == "404.html":
            continue
        for part in page.all("main"):
            texts = [text for tag in ("p", "dd", "pre", "figcaption") for text in part.texts(tag)]
            found += [f"{path}: {text}" for text in texts if TO_THE_OWNER.search(text)]
    return found


@pytest.mark.parametrize("audience", ["public", "mentor"])
@pytest.mark.parametrize("files", [PLAN, {"site.toml": PLAN["site.toml"]}], ids=["some", "empty"])
def test_others_are_asked_nothing(files: dict[str, str], audience: str) -> None:
    """No question, no example, no path, and no word about what they may not see."""
    questions = {"Where am I now?", "Where do I want to be?", "What is missing?"}
    questions |= {"What do I do, and by when?", "Is it working?"}
    questions |= {"Is this goal specific, measurable, achievable, relevant, timely?"}
    others = site(files, audience=audience)
    assert [text for text in said(others) if text.partition(": ")[2] not in questions] == []


def test_the_owner_is_asked() -> None:
    """What to write, in which file, with an example."""
    empty = site({})
    for url in ("", "me/", "skills/", "aim/", "gaps/", "plan/", "progress/"):
        example = empty.page(url).all("figure")[0]
        assert re.match(r"content/[\w/-]+\.md", example.texts("figcaption")[0])
        assert example.texts("pre")[0].startswith("---")
    own = site(PLAN)
    assert "How well do you know it?" in own.page("skills/c/")
    assert "What would show a stranger that you can do this?" in own.page("skills/go/")
    assert "Which skills does this role require" in own.page("roles/r/")
    assert "content/roles/r.md" in own.page("roles/r/")


def test_others_are_not_told_of_reviews_that_they_may_not_see() -> None:
    """Home of a public site says nothing of the next review, as it knows of none."""
    public = site(PLAN, audience="public")
    assert "eview" not in public.main()
    assert "Reviews" not in public.page("progress/").texts("h2")
    assert "The last one was 11 days ago." in site(PLAN).main()


def test_home_has_no_empty_part_for_others() -> None:
    """A section of which they may see nothing is not there; the owner sees all five."""
    files = {"goals/one.md": "title: One goal"}
    assert site(files, audience="public").main().texts("h2") == ["Next", "5 Progress"]
    assert site({}, audience="public").main().texts("h2") == []
    assert len(site({}).main().texts("h2")) == 5


def test_the_settings_file_is_named_to_the_owner_alone() -> None:
    """Where a role comes from site.toml, others see the role and no file."""
    files = {
        "site.toml": 'title = "A plan"\n[plan]\nrole = "dev"\n',
        "roles/dev.md": "title: Developer",
        "goals/one.md": "title: One goal",
    }
    assert "Developer from site.toml" in site(files).page("goals/one/")
    others = site(files, audience="public").page("goals/one/")
    assert "Developer" in others
    assert "site.toml" not in others
