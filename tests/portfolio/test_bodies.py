"""Bodies on a page: where their links lead from there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.portfolio.conftest import LayOut

OTHER = "---\ntitle: The other\n---\n\n## First steps\n\nWords.\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[there](other.md)", '<a href="../other/">there</a>'),
        ("[[other]]", '<a href="../other/">The other</a>'),
        ("[[other|here]]", '<a href="../other/">here</a>'),
        ("[there](other.md#first-steps)", '<a href="../other/#first-steps">there</a>'),
        ("[all skills](../skills.md)", '<a href="../../skills/">all skills</a>'),
        ("[a file](notes.txt)", '<a href="../../files/goals/notes.txt">a file</a>'),
    ],
)
def test_links_are_relative_to_the_page(laid_out: LayOut, text: str, html: str) -> None:
    """Records, headings, lists and files: each by its way from this page."""
    site = laid_out(
        {
            "goals/a.md": f"---\ntitle: A\n---\n\n{text}\n",
            "goals/other.md": OTHER,
            "goals/notes.txt": "notes",
            "skills.md": "---\nitems: {sql: 1}\n---\n",
        }
    )
    assert html in site.view("goals/a/").record.body.html


def test_links_to_what_is_hidden_keep_only_their_label(laid_out: LayOut) -> None:
    """A labelled link becomes text; an unlabelled one, which would say the title, vanishes."""
    site = laid_out(
        {
            "goals/a.md": "---\ntitle: A\n---\n\nSee [this](other.md) and [[other]] now.\n",
            "goals/other.md": OTHER.replace("---\n\n", "visibility: private\n---\n\n", 1),
        },
        audience=Visibility.PUBLIC,
    )
    html = site.view("goals/a/").record.body.html
    assert "See this and  now." in html
    assert "other" not in html


def test_the_prose_of_a_list_file_stands_on_the_page_of_its_kind(tmp_path: Path) -> None:
    """Its links lead from that page, and what only they lead to is published."""
    text = "---\nitems: {python: 3}\n---\n\nRated with [Jana](../notes.txt) and [[python]].\n"
    (tmp_path / "content/skills").mkdir(parents=True)
    (tmp_path / "site.toml").write_text('title = "A plan"\n')
    (tmp_path / "content/skills.md").write_text(text.replace("../", ""))
    (tmp_path / "content/notes.txt").write_text("Notes\n")
    made = build(tmp_path, today=Today(now=datetime(2026, 10, 1, tzinfo=UTC)))
    assert made.files is not None
    page = made.files["skills/index.html"].decode()
    assert 'Rated with <a href="../files/notes.txt">Jana</a>' in page
    assert '<a href="python/">python</a>' in page
    assert made.copies["files/notes.txt"] == tmp_path / "content/notes.txt"
