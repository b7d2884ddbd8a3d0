"""Which files are read: everything a person means, nothing an editor leaves, no traceback."""

import os
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from tests.reading import plan_in, read_in, record, write

from planfolio.model.diagnostics import Diagnostic
from planfolio.read.documents import read_documents
from planfolio.read.files import SourceFile, lines_of, read_bytes

GOAL = record("title: G")


def test_a_folder_without_content_says_how_to_begin(tmp_path: Path) -> None:
    """The plan is missing, which is an error and no traceback."""
    documents = read_documents(tmp_path / "content", root=tmp_path)
    (found,) = documents.diagnostics
    assert (found.path, found.code) == ("content", "F101")
    assert "init" in found.hint


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.md",
        ".x.swp",
        ".#x.md",
        "x.md~",
        "#x.md#",
        "4913",
        "x.swp",
        "x.tmp",
        "x.bak",
        ".obsidian/x.md",
        ".git/x.md",
    ],
)
def test_what_editors_leave_behind_is_not_read(tmp_path: Path, name: str) -> None:
    """Neither as a record nor as a file that a page could use."""
    read = plan_in(tmp_path, {f"goals/{name}": "---\nbroken: [\n", "goals/g.md": GOAL})
    assert read.ids == ["goal/g"]
    assert read.diagnostics == ()
    assert read.plan.assets == {}


@pytest.mark.parametrize(
    "stem",
    [
        *("日本語", "цель", "هدف", "می\N{ZERO WIDTH NON-JOINER}خواهم", "with space"),
        *("全角\N{IDEOGRAPHIC SPACE}空白", 'quoted "x"', "it's", "a&b <c>", "100%", "\N{FAMILY}1"),
    ],
)
def test_a_name_of_any_script_is_an_id(tmp_path: Path, stem: str) -> None:
    """Letters, spaces, quotes and joiners are all names that people give."""
    read = plan_in(tmp_path, {f"goals/{stem}.md": GOAL})
    assert read.ids == [f"goal/{stem}"]
    assert read.diagnostics == ()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_found_in_either_normal_form(tmp_path: Path, form: Literal["NFC", "NFD"]) -> None:
    """Disks differ in how they write é; the id does not."""
    stem = unicodedata.normalize(form, "étude")
    other = record("title: H", f"parent: {unicodedata.normalize('NFC', 'étude')}")
    read = plan_in(tmp_path, {f"goals/{stem}.md": GOAL, "goals/h.md": other})
    assert "goal/" + unicodedata.normalize("NFC", "étude") in read.ids
    assert read.diagnostics == ()


def test_a_diagnostic_names_the_file_as_the_disk_does(tmp_path: Path) -> None:
    """Otherwise no editor could open it."""
    name = unicodedata.normalize("NFD", "étude") + ".md"
    read = plan_in(tmp_path, {f"goals/{name}": record("title: G", "due: never")})
    assert (tmp_path / read.only().path).is_file()


@pytest.mark.parametrize(("one", "two"), [("cka.md", "CKA.md"), ("straße.md", "STRASSE.md")])
def test_names_that_collide_are_an_error_that_names_both(
    tmp_path: Path, one: str, two: str
) -> None:
    """Case makes two files here and one elsewhere."""
    read = plan_in(tmp_path, {f"goals/{one}": GOAL, f"goals/{two}": GOAL})
    found = read.only()
    assert found.code == "F103"
    assert all(name in found.message for name in (one, two))
    assert len(read.plan.records) == 1


def test_names_that_look_the_same_are_told_apart_by_their_escapes(tmp_path: Path) -> None:
    """In two normal forms of Unicode `café` is two files here and one elsewhere."""
    names = ("café.md", "cafe\N{COMBINING ACUTE ACCENT}.md")
    found = plan_in(tmp_path, {f"goals/{name}": GOAL for name in names}).only()
    assert found.code == "F103"
    assert "is there twice" in found.message
    assert r"caf\xe9.md" in found.message
    assert r"cafe\u0301.md" in found.message


def test_pictures_whose_names_collide_are_an_error_too(tmp_path: Path) -> None:
    """Only one of them could be published on some hosts."""
    read = plan_in(tmp_path, {"goals/a.png": b"1", "goals/A.png": b"2"})
    assert read.only().code == "F103"


def test_the_same_name_in_two_folders_of_a_kind_is_a_duplicate_id(tmp_path: Path) -> None:
    """Subfolders do not change ids."""
    read = plan_in(tmp_path, {"goals/cka.md": GOAL, "goals/old/CKA.md": GOAL})
    found = read.only()
    assert (found.path, found.code) == ("content/goals/old/CKA.md", "F103")
    assert "content/goals/cka.md" in found.message


def test_a_name_that_is_no_text_is_reported_without_a_traceback(tmp_path: Path) -> None:
    """A file from an old disk, in Latin-1; its name is shown in a form that can be printed."""
    folder = tmp_path / "content" / "goals"
    folder.mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xe9tude.md")).write_text(GOAL)
    read = read_in(tmp_path)
    found = read.only()
    assert found.code == "F101"
    assert r"\xe9tude.md" in found.path
    found.path.encode()


def test_a_folder_whose_name_is_no_text_is_reported_once(tmp_path: Path) -> None:
    """Not once for each file inside it."""
    folder = tmp_path / "content" / "goals" / os.fsdecode(b"\xff")
    folder.mkdir(parents=True)
    for name in ("a.md", "b.md"):
        (folder / name).write_text(GOAL)
    assert read_in(tmp_path).only().code == "F101"


def test_a_link_out_of_the_plan_is_not_followed(tmp_path: Path) -> None:
    """Whatever lies there is not the plan's to publish."""
    secret = tmp_path / "secret.md"
    secret.write_text(record("title: Secret"))
    write(tmp_path, {"goals/g.md": GOAL})
    (tmp_path / "content/goals/out.md").symlink_to(secret)
    (tmp_path / "content/goals/out.png").symlink_to(secret)
    read = read_in(tmp_path)
    assert read.said == ["goals/out.md:1:1 F101", "goals/out.png:1:1 F101"]
    assert read.ids == ["goal/g"]
    assert read.plan.assets == {}


def test_a_finding_quotes_no_line_of_a_file_outside_of_the_plan(tmp_path: Path) -> None:
    """Not through a link to a file or a folder, nor where content/ itself leads elsewhere."""
    (tmp_path / "secret.md").write_text("password\n")
    root = tmp_path / "plan"
    write(root, {"goals/g.md": GOAL, "site.toml": 'title = "T"\n'})
    (root / "content/goals/out.md").symlink_to(tmp_path / "secret.md")
    (root / "content/all").symlink_to(tmp_path, target_is_directory=True)
    assert lines_of("content/goals/g.md", root=root) == GOAL.split("\n")
    assert lines_of("site.toml", root=root) == ['title = "T"', ""]
    assert lines_of("content/goals/out.md", root=root) == []
    assert lines_of("content/all/secret.md", root=root) == []
    (root / "content").rename(tmp_path / "elsewhere")
    (root / "content").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert lines_of("content/goals/g.md", root=root) == []


def test_content_that_is_a_link_out_of_the_plan_is_an_error(tmp_path: Path) -> None:
    """What lies elsewhere is not read; within the folder of site.toml it is."""
    write(tmp_path / "elsewhere", {"goals/g.md": GOAL})
    for name in ("out", "in"):
        (tmp_path / name).mkdir()
    (tmp_path / "out/content").symlink_to(tmp_path / "elsewhere/content")
    read = read_in(tmp_path / "out")
    assert (read.said, read.ids) == (["content:1:1 F101"], [])
    (tmp_path / "elsewhere/content").rename(tmp_path / "in/plan")
    (tmp_path / "in/content").symlink_to(tmp_path / "in/plan")
    assert read_in(tmp_path / "in").ids == ["goal/g"]


def test_a_link_within_the_plan_is_a_file_like_any(tmp_path: Path) -> None:
    """Two names for one text are allowed."""
    write(tmp_path, {"goals/g.md": GOAL})
    (tmp_path / "content/goals/h.md").symlink_to(tmp_path / "content/goals/g.md")
    assert read_in(tmp_path).ids == ["goal/g", "goal/h"]


def test_a_link_that_leads_in_a_circle_is_reported(tmp_path: Path) -> None:
    """Resolving it must not hang or raise."""
    folder = tmp_path / "content/goals"
    folder.mkdir(parents=True)
    (folder / "a.md").symlink_to(folder / "b.md")
    (folder / "b.md").symlink_to(folder / "a.md")
    assert read_in(tmp_path).said == ["goals/a.md:1:1 F101", "goals/b.md:1:1 F101"]


def test_a_link_to_a_folder_is_reported(tmp_path: Path) -> None:
    """Followed, it could contain itself."""
    write(tmp_path, {"goals/g.md": GOAL})
    (tmp_path / "content/goals/loop").symlink_to(tmp_path / "content", target_is_directory=True)
    assert read_in(tmp_path).said == ["goals/loop:1:1 F101"]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    """Reading a FIFO would wait for ever."""
    folder = tmp_path / "content/goals"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "x.md")
    assert read_in(tmp_path).said == ["goals/x.md:1:1 F101"]


def test_a_file_over_two_megabytes_is_not_read(tmp_path: Path) -> None:
    """A record is a page of text; 2 MB exactly still is."""
    head = GOAL.encode()
    read = plan_in(
        tmp_path,
        {
            "goals/big.md": head + b"\n" * (2_000_001 - len(head)),
            "goals/most.md": head + b"\n" * (2_000_000 - len(head)),
        },
    )
    assert read.said == ["goals/big.md:1:1 F101"]
    assert read.ids == ["goal/most"]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"---\ntitle: caf\xe9\n---\n", "2:11"),
        (b"\xef\xbb\xbf---\ntitle: caf\xe9\n---\n", "2:11"),
        ("---\ntitle: éé".encode() + b"\xff\n---\n", "2:10"),
        (b"---\r\ntitle: G\r\nwhy: \xff\r\n---\r\n", "3:6"),
        (b"---\rtitle: G\rwhy: \xff\r---\r", "3:6"),
        ("---\ntitle: G\n---\n".encode("utf-16"), "1:1"),
        (b"---\ntitle: \xed\xa0\x80\n---\n", "2:8"),
    ],
)
def test_a_byte_that_is_no_utf_8_is_found(tmp_path: Path, data: bytes, place: str) -> None:
    """Line and column are those of the byte, counted in characters."""
    assert plan_in(tmp_path, {"goals/g.md": data}).said == [f"goals/g.md:{place} F101"]


def test_a_nul_byte_is_found(tmp_path: Path) -> None:
    """It is the sign of a file that is no text."""
    read = plan_in(tmp_path, {"goals/g.md": b"---\ntitle: G\n---\nab\0c\n"})
    assert read.said == ["goals/g.md:4:3 F101"]
    assert "NUL" in read.only().message


def test_a_file_that_is_gone_is_to_be_put_back(tmp_path: Path) -> None:
    """Someone deleted it after it was listed: its permissions are not at fault."""
    found = read_bytes(SourceFile("g.md", str(tmp_path / "g.md"), "content/g.md"))
    assert isinstance(found, Diagnostic)
    assert (found.path, found.code, found.hint) == ("content/g.md", "F101", "put it back")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_reported(tmp_path: Path) -> None:
    """The message is the system's."""
    write(tmp_path, {"goals/g.md": GOAL})
    (tmp_path / "content/goals/g.md").chmod(0)
    assert read_in(tmp_path).said == ["goals/g.md:1:1 F101"]


def test_other_files_are_kept_as_assets(tmp_path: Path) -> None:
    """By their path in the content folder, in NFC."""
    read = plan_in(tmp_path, {"goals/e\N{COMBINING ACUTE ACCENT}.png": b"1"})
    assert list(read.plan.assets) == ["goals/\N{LATIN SMALL LETTER E WITH ACUTE}.png"]


def test_a_folder_that_is_nearly_a_kinds_is_noticed(tmp_path: Path) -> None:
    """Files in `Goals/` or `goal/` would be lost in silence."""
    read = plan_in(tmp_path, {"Goals/a.md": GOAL, "goal/b.md": GOAL, "Profile.md": GOAL})
    assert [d.hint for d in read.diagnostics] == [
        "did you mean goals/?",
        "did you mean profile.md?",
        "did you mean goals/?",
    ]
    assert all(d.code == "F108" for d in read.diagnostics)


def test_a_file_in_no_kinds_folder_is_not_parsed(tmp_path: Path) -> None:
    """What is in it can be no error; of what starts with _ or . nothing is said."""
    template = "---\ntitle: {{title}}\n---\n[x](gone.md)\n"
    aside = ("goals/_later/a.md", "goals/_template.md", "_x/b.md", ".obsidian/c.md", "_x/d.png")
    paths = ("templates/goal.md", *aside)
    read = plan_in(tmp_path, {"goals/g.md": GOAL, **dict.fromkeys(paths, template)})
    assert read.said == ["templates/goal.md:1:1 F108"]
    assert (read.only().severity, read.ids) == ("info", ["goal/g"])
    assert read.plan.assets == {}


def test_readmes_are_no_records_and_other_files_are_notes(tmp_path: Path) -> None:
    """A README is for the git host; a stray note is told of, softly."""
    read = plan_in(tmp_path, {"README.md": "x", "goals/readme.md": "x", "notes/thoughts.md": "x"})
    assert read.said == ["notes/thoughts.md:1:1 F108"]
    assert read.only().severity == "info"
    assert read.plan.records == {}
