"""Tests of what is said of private records that readers of the remote repository can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planfolio.pipeline import Today, check
from planfolio.publish import Hidden, hidden_of
from planfolio.render import load_theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.publish.conftest import Publish
    from tests.publish.repositories import Repository

FILES = {"index.html": b"home"}
SOURCE = "content/goals/secret.md"
PAGE = "goals/secret/index.html"
HIDDEN = Hidden(sources=frozenset({SOURCE}), pages=frozenset({PAGE}))

OPEN = "---\ntitle: Open\n---\nSeen by all.\n"
QUIET = "---\ntitle: Secret\nvisibility: private\n---\n"


@pytest.fixture
def hidden(plan: Callable[[dict[str, str]], Path], today: Today) -> Callable[..., Hidden]:
    """Return what is hidden of a plan of these files, by path below content/."""

    def of(files: dict[str, str], *, site: str = "") -> Hidden:
        texts = {f"content/{path}": text for path, text in files.items()}
        root = plan({**texts, "site.toml": site})
        checked = check(root, today=today)
        assert not checked.errors
        return hidden_of(checked.plan, theme=load_theme("default", site_root=root))

    return of


def test_a_plan_that_all_may_see_hides_nothing(hidden: Callable[..., Hidden]) -> None:
    """Nothing is watched, and nothing said."""
    found = hidden({"goals/open.md": OPEN})
    assert not found
    assert (found.sources, found.pages) == (frozenset(), frozenset())


def test_a_hidden_record_is_its_file_and_its_pages(hidden: Callable[..., Hidden]) -> None:
    """The page of an old id is one of them, for a redirect may have been published there."""
    text = QUIET.replace("---\n", "---\naliases: [Older Name]\n", 1)
    found = hidden({"goals/open.md": OPEN, "goals/secret.md": text})
    assert found.sources == {"content/goals/secret.md"}
    assert found.pages == {"goals/secret/index.html", "goals/older-name/index.html"}


def test_a_hidden_field_is_the_file_alone(hidden: Callable[..., Hidden]) -> None:
    """The record's page is there for all; the Markdown says more than it."""
    text = "---\ntitle: Open\nconfidence: 3\n---\n"
    found = hidden({"goals/open.md": text})
    assert found == Hidden(frozenset({"content/goals/open.md"}), frozenset())


def test_a_hidden_block_is_the_file_alone(hidden: Callable[..., Hidden]) -> None:
    """So is a part of a body."""
    found = hidden({"goals/open.md": f"{OPEN}\n::: private\nNot by all.\n:::\n"})
    assert found == Hidden(frozenset({"content/goals/open.md"}), frozenset())


def test_assets_of_hidden_records_are_hidden(hidden: Callable[..., Hidden]) -> None:
    """The file beside the Markdown counts with it; one that a public page uses does not."""
    linked = "[a](a.txt) [b](b.txt)\n"
    found = hidden(
        {
            "goals/open.md": "---\ntitle: Open\n---\n[a](a.txt)\n",
            "goals/secret.md": QUIET + linked,
            "goals/a.txt": "a",
            "goals/b.txt": "b",
        }
    )
    assert found.sources == {"content/goals/secret.md", "content/goals/b.txt"}
    assert found.pages == {"goals/secret/index.html", "files/goals/b.txt"}


def test_nothing_is_said_where_nothing_can_be_seen(put: Publish) -> None:
    """A branch that never held the record, and no other branch."""
    assert put(FILES, hidden=HIDDEN).exposures == ()
    assert put({"index.html": b"again"}, hidden=HIDDEN).exposures == ()


def test_a_page_that_was_published_once_is_in_the_history(put: Publish, remote: Repository) -> None:
    """The publish takes the page away and says that its old version can be read."""
    first = put({**FILES, PAGE: b"now private"})
    done = put(FILES, hidden=HIDDEN)
    assert done.removed == (PAGE,)
    assert PAGE not in remote.tree("gh-pages")
    (exposure,) = done.exposures
    assert exposure.message == (
        f"the history of gh-pages of origin holds {PAGE}, which the site hides now "
        f"(commit {(first.commit or '')[:10]}); whoever can read the repository can read it there"
    )
    assert "git push origin --delete gh-pages" in exposure.hint
    put({"index.html": b"more"})
    assert put(FILES, hidden=HIDDEN).exposures == (exposure,)


def test_a_dry_run_warns_as_well(put: Publish) -> None:
    """What can be seen can be seen before anything is pushed."""
    put({**FILES, PAGE: b"now private"})
    (exposure,) = put(FILES, hidden=HIDDEN, dry_run=True).exposures
    assert "the history of" in exposure.message


def test_a_branch_that_grew_from_the_sources_has_them_in_its_history(
    put: Publish, work: Repository, remote: Repository
) -> None:
    """The Markdown counts, below the folder of the plan too; a deletion of it hides nothing."""
    root = work.folder / "grüner plan"
    work.write({f"grüner plan/{SOURCE}": QUIET})
    work.commit_all()
    work.git("push", "-q", "origin", "main:gh-pages")
    remote.seed("gh-pages", {"CNAME": b"x"})
    (exposure,) = put(FILES, root=root, hidden=HIDDEN).exposures
    assert f"the history of gh-pages of origin holds grüner plan/{SOURCE}" in exposure.message


def test_the_side_of_a_merge_is_history_too(put: Publish, remote: Repository) -> None:
    """What came and went on another line of commits is found."""
    remote.seed("gh-pages", {"CNAME": b"x"})
    remote.seed("side", {SOURCE: QUIET.encode()}, orphan=True)
    remote.seed("side", {"CNAME": b"x"})
    tree = remote.text("rev-parse", "gh-pages^{tree}")
    parents = ["-p", "refs/heads/gh-pages", "-p", "refs/heads/side"]
    merge = remote.text("commit-tree", tree, *parents, "-m", "Merge")
    remote.git("update-ref", "refs/heads/gh-pages", merge)
    remote.git("update-ref", "-d", "refs/heads/side")
    (exposure,) = put(FILES, hidden=HIDDEN).exposures
    assert f"the history of gh-pages of origin holds {SOURCE}" in exposure.message


def test_what_a_merge_alone_brought_is_found(put: Publish, remote: Repository) -> None:
    """A merge may hold what none of its parents does."""
    first = remote.seed("gh-pages", {"CNAME": b"x"})
    side = remote.seed("side", {"CNAME": b"y"}, orphan=True)
    remote.seed("both", {"CNAME": b"x", SOURCE: b"x"})
    parents = ["-p", first, "-p", side]
    merge = remote.text("commit-tree", "both^{tree}", *parents, "-m", "Merge")
    remote.git("update-ref", "refs/heads/gh-pages", merge)
    remote.git("update-ref", "-d", "refs/heads/both")
    remote.git("update-ref", "-d", "refs/heads/side")
    remote.seed("gh-pages", {"CNAME": b"x"})
    (exposure,) = put(FILES, hidden=HIDDEN).exposures
    assert f"holds {SOURCE}, which the site hides now (commit {merge[:10]})" in exposure.message


def test_signs_in_names_are_no_pattern(put: Publish, work: Repository, remote: Repository) -> None:
    """Brackets and stars are what they are, and the log settings of the owner are not heard."""
    for name, value in {"showRoot": "false", "follow": "true", "showSignature": "true"}.items():
        work.git("config", f"log.{name}", value)
    odd = 'content/goals/a*[b] "c".md'
    remote.seed("gh-pages", {odd: b"x"})
    remote.seed("gh-pages", {"CNAME": b"x"})
    (exposure,) = put(FILES, hidden=Hidden(frozenset({odd}), frozenset())).exposures
    assert f"the history of gh-pages of origin holds {odd}" in exposure.message
    other = Hidden(frozenset({"content/goals/*.md"}), frozenset())
    assert put(FILES, hidden=other).exposures == ()


def test_what_lies_on_the_branch_itself_is_told(put: Publish, remote: Repository) -> None:
    """planfolio does not delete what it did not write; it says that it is there."""
    other = Hidden(HIDDEN.sources | {"content/goals/zwei.md"}, HIDDEN.pages)
    remote.seed("gh-pages", {SOURCE: b"x", "content/goals/zwei.md": b"y", "CNAME": b"z"})
    (exposure,) = put(FILES, hidden=other).exposures
    assert exposure.message == (
        f"gh-pages of origin holds {SOURCE} and 1 more, which the site hides; planfolio leaves "
        "what it did not write"
    )
    assert SOURCE in remote.tree("gh-pages")


def test_the_markdown_on_another_branch_is_told_once(
    put: Publish, work: Repository, remote: Repository
) -> None:
    """However many branches have it: a public repository shows the plan whatever the site hides."""
    work.write({SOURCE: QUIET})
    work.commit_all()
    work.git("push", "-q", "origin", "main", "main:old", "main:older")
    (exposure,) = put(FILES, hidden=HIDDEN).exposures
    assert exposure.message == (
        "origin also holds the Markdown of the plan (branch main and 2 more): if it is a public "
        f"repository, everyone can read {SOURCE}, whatever the site hides"
    )
    assert "private repository" in exposure.hint


def test_sources_that_were_never_pushed_are_no_matter(
    put: Publish, work: Repository, remote: Repository
) -> None:
    """Another branch without the record, and one that nothing is known of, are not accused."""
    work.git("push", "-q", "origin", "main")
    remote.seed("unknown", {SOURCE: b"x"}, orphan=True)
    work.write({SOURCE: QUIET})
    work.commit_all()
    assert put(FILES, hidden=HIDDEN).exposures == ()


def test_a_branch_that_moved_on_is_known_from_before(
    put: Publish, work: Repository, remote: Repository
) -> None:
    """A newer commit that is not here is judged by the one that the repository last heard of."""
    work.write({SOURCE: QUIET})
    work.commit_all()
    work.git("push", "-q", "origin", "main")
    remote.seed("main", {SOURCE: b"newer"})
    (exposure,) = put(FILES, hidden=HIDDEN).exposures
    assert "(branch main)" in exposure.message


def test_names_are_one_in_every_normal_form(put: Publish, remote: Repository) -> None:
    """A file that another system wrote in decomposed letters is the same file."""
    watched = Hidden(frozenset({"content/goals/\u00e9t\u00e9.md"}), frozenset())
    remote.seed("gh-pages", {"content/goals/e\u0301te\u0301.md": b"x"})
    (exposure,) = put(FILES, hidden=watched).exposures
    assert exposure.message.startswith("gh-pages of origin holds content/goals/e\u0301te\u0301.md")
