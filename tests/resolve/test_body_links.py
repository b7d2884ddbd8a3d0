"""Links in bodies: to records, headings and files, and the broken ones at their place."""

from pathlib import Path

import pytest
from tests.reading import Read, plan_in, record

from planfolio.model.references import AnchorLink, AssetLink, Key, PageLink, RecordLink

CKA = Key("goal", "cka")


def linked(tmp_path: Path, body: str) -> Read:
    """Read a plan whose goal `g` has this body, its first line being line 4 of the file."""
    files: dict[str, str | bytes] = {
        "goals/g.md": record("title: G", body=body),
        "goals/cka.md": record("title: CKA", "aliases: [old name]", body="## First steps\n"),
        "goals/old/deep.md": record("title: D", body="[up](../cka.md)\n"),
        "skills/cka.md": record("title: CKA the skill"),
        "skills.md": record("items: {python: 3}"),
        "goals/map.svg": "<svg/>",
        "goals/with space.png": b"1",
        "notes/x.md": "A note.\n",
        "goals/README.md": "Read me.\n",
        "roles/broken.md": "---\ntitle: [\n---\n",
    }
    return plan_in(tmp_path, files)


def quiet(read: Read) -> list[str]:
    """Return what is said but for the broken file and the note."""
    return [d for d in read.said if not d.startswith(("roles/broken", "notes/"))]


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("[x](cka.md)", RecordLink(CKA)),
        ("[x](../goals/cka.md)", RecordLink(CKA)),
        ("[x](./old/../cka.md#first-steps)", RecordLink(CKA, "first-steps")),
        ("[x](../../content/goals/cka.md)", RecordLink(CKA)),
        ("[x](old/deep.md)", RecordLink(Key("goal", "deep"))),
        ("[x](../skills/cka.md)", RecordLink(Key("skill", "cka"))),
        ("[x](../skills.md)", PageLink("skills/")),
        ("[x](map.svg)", AssetLink("goals/map.svg")),
        ("![x](map.svg)", AssetLink("goals/map.svg")),
        ("[x](with%20space.png)", AssetLink("goals/with space.png")),
        ("[x](<with space.png>)", AssetLink("goals/with space.png")),
        ("[x][1]\n\n[1]: cka.md", RecordLink(CKA)),
        ("[[goals/cka]]", RecordLink(CKA)),
        ("[[goals/cka|the exam]]", RecordLink(CKA)),
        ("[[Old Name]]", RecordLink(CKA)),
        ("[[skills/CKA]]", RecordLink(Key("skill", "cka"))),
        ("[[python]]", RecordLink(Key("skill", "python"))),
        ("[[goals/cka#First steps]]", RecordLink(CKA, "first-steps")),
        ("# Here\n\n[x](#here)", AnchorLink("here")),
        ("# Here\n\n[[#Here]]", AnchorLink("here")),
    ],
)
def test_a_link_leads_to_what_was_written(
    tmp_path: Path, written: str, target: RecordLink | AssetLink | AnchorLink | PageLink
) -> None:
    """By file as on a git host, and by name as in a wiki."""
    read = linked(tmp_path, written + "\n")
    assert quiet(read) == []
    assert read.record("goal/g").links == (target,)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("[x](ckaa.md)", "did you mean cka.md?"),
        ("[x](cka)", "did you mean cka.md?"),
        ("[x](deep)", "did you mean old/deep.md?"),
        ("[x](../skill/cka.md)", "did you mean ../skills/cka.md?"),
        ("[x](map.png)", "did you mean map.svg?"),
        ("[x](/goals/cka.md)", "did you mean cka.md?"),
        ("[x](../../README.md)", "content/"),
        ("[x](../notes/x.md)", "link to a record"),
        ("[x](README.md)", "link to a record"),
        ("![x](cka.md)", "!"),
        ("![x](../skills.md)", "!"),
        ("[x](cka.md#frist-steps)", "did you mean #first-steps?"),
        ("[x](#nowhere)", "headings"),
        ("[[nothing]]", "id of a record"),
        ("[[pyhton]]", "did you mean [[python]]?"),
        ("[[cka]]", "[[skills/cka]], [[goals/cka]]"),
        ("[[ckaa]]", "did you mean [[skills/cka]]?"),
        ("[[goals/cka#Nowhere]]", "headings"),
    ],
)
def test_a_broken_link_is_told_the_way_out(tmp_path: Path, written: str, hint: str) -> None:
    """At its exact place: the address, or a wikilink with its brackets."""
    read = linked(tmp_path, f"One.\n\n> - Two {written} three.\n")
    (found,) = [d for d in read.diagnostics if d.code == "L102"]
    address = written if written.startswith("[[") else written.partition("(")[2][:-1]
    line = f"> - Two {written} three."
    assert read.marked(found) == address
    assert (found.span.line, found.span.column) == (6, line.index(address) + 1)
    assert hint in found.hint
    assert read.record("goal/g").links == (None,)


def test_a_file_is_named_without_its_ending(tmp_path: Path) -> None:
    """As some editors write it: the file of that name is meant, not one nearby that is like it."""
    files: dict[str, str | bytes] = {
        "goals/a.md": record("title: A", body="[x](cka)\n"),
        "goals/sub/cka.md": record("title: CKA"),
        "goals/cku.md": record("title: Another"),
    }
    (found,) = [d for d in plan_in(tmp_path, files).diagnostics if d.code == "L102"]
    assert found.hint == "did you mean sub/cka.md?"


def test_a_link_to_what_could_not_be_read_is_left_in_peace(tmp_path: Path) -> None:
    """The file has its own error; a link to it is not broken too."""
    read = linked(tmp_path, "[x](../roles/broken.md) and [[broken]] and [[roles/broken]]\n")
    assert quiet(read) == []
    assert read.record("goal/g").links == (None, None, None)


def test_a_link_to_a_duplicate_is_left_in_peace(tmp_path: Path) -> None:
    """As is one to the file that was not kept."""
    files = {
        "goals/a.md": record("title: A", "id: same"),
        "goals/b.md": record("title: B", "id: same"),
        "goals/c.md": record("title: C", body="[x](b.md)\n"),
    }
    assert [d.code for d in plan_in(tmp_path, files).diagnostics] == ["F103"]


def test_links_to_records_are_references(tmp_path: Path) -> None:
    """With the field `body`; links to oneself and to files are none."""
    read = linked(tmp_path, "[x](cka.md) [[g]] [y](map.svg)\n")
    edges = [e for e in read.plan.edges if e.source == Key("goal", "g")]
    assert [(e.loc, e.target, e.span.line, e.span.column) for e in edges] == [
        (("body",), CKA, 4, 5)
    ]


def test_a_link_is_found_in_either_normal_form(tmp_path: Path) -> None:
    """Percent-encoded or not."""
    files = {
        "goals/\N{LATIN SMALL LETTER E WITH ACUTE}.md": record("title: E"),
        "goals/g.md": record(
            "title: G", body="[a](e\N{COMBINING ACUTE ACCENT}.md) [b](%C3%A9.md)\n"
        ),
    }
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    assert len(set(read.record("goal/g").links)) == 1


def test_what_is_wrong_with_a_body_is_told_at_its_line_of_the_file(tmp_path: Path) -> None:
    """A mark that is nearly one is an error, a dead link is a note; so they are above a list."""
    dead = "Words.\n\n[the server](ftp://example.org/)\n\n::: privat\nx\n:::\n"
    files = {
        "goals/a.md": record("title: A", body=dead),
        "skills.md": record("items: {a: 1}", body="::: private\nnever closed\n"),
    }
    read = plan_in(tmp_path, files)
    assert read.said == ["goals/a.md:6:14 F111", "goals/a.md:8:1 V103", "skills.md:4:1 V103"]
    assert [found.severity for found in read.diagnostics] == ["info", "error", "error"]
    assert "only http, https and mailto lead out" in read.diagnostics[0].message
    assert read.marked(read.diagnostics[1]) == "::: privat"
