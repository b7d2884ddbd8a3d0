"""Which folders are refused as an output, before and whatever is done."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from planfolio.exceptions import UsageError
from planfolio.output.folder import refuse_dangerous
from planfolio.output.sitepath import MANIFEST, encode_manifest
from planfolio.output.writer import write


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with content, themes and a file of each, in a home folder."""
    project = tmp_path / "home" / "plan"
    for folder in ("content/goals", "themes/own", ".git", "public"):
        (project / folder).mkdir(parents=True)
    (project / "site.toml").write_text("title = 'x'\n")
    (project / "content/goals/cka.md").write_text("---\ntitle: CKA\n---\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return project


def _protected(project: Path) -> list[Path]:
    return [project, project / "content", project / "themes"]


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("..", "your home folder"),
        ("../..", "holds .*plan, which is a source"),
        (".", "itself a folder of sources"),
        ("../plan/content/..", "itself a folder of sources"),
        ("content", "itself a folder of sources"),
        ("themes", "itself a folder of sources"),
        ("content/public", "inside .*content, which holds sources"),
        ("content/goals", "inside .*content, which holds sources"),
        ("themes/own/deep/public", "inside .*themes, which holds sources"),
        ("site.toml", "a file in its place"),
    ],
)
def test_dangerous_places_are_refused(site: Path, output: str, reason: str) -> None:
    """The line names the folder, says what it is, and nothing is written anywhere."""
    before = sorted(site.parent.parent.rglob("*"))
    with pytest.raises(UsageError, match=reason) as caught:
        refuse_dangerous(site / output, protected=_protected(site))
    with pytest.raises(UsageError, match=reason):
        write({"index.html": b"x"}, site / output, protected=_protected(site))
    assert str(caught.value).startswith(f"will not write to {site / output}")
    assert "a folder of its own" in str(caught.value)
    assert sorted(site.parent.parent.rglob("*")) == before


@pytest.mark.parametrize("output", ["public", "build/site", "../elsewhere/public"])
def test_a_folder_of_its_own_is_accepted(site: Path, output: str) -> None:
    """Empty or absent, beside the sources or elsewhere."""
    refuse_dangerous(site / output, protected=_protected(site))


def test_a_protected_folder_need_not_exist(site: Path) -> None:
    """A themes folder that is not there yet is no place for a site either. Only a folder with other
    protected ones in it is a project's root, and a manifest in a source makes it no output."""
    (site / "content" / MANIFEST).write_bytes(encode_manifest([]))
    protected = [*_protected(site), site / "absent"]
    for output in ("absent", "content"):
        with pytest.raises(UsageError, match="itself a folder of sources"):
            refuse_dangerous(site / output, protected=protected)
    with pytest.raises(UsageError, match=r"inside .*absent"):
        refuse_dangerous(site / "absent" / "public", protected=protected)
    with pytest.raises(UsageError, match=r"inside .*plan, which holds sources"):
        refuse_dangerous(site / "public", protected=[site])


@pytest.mark.parametrize("target", ["content", "content/public", ".."])
def test_a_link_is_judged_by_where_it_leads(site: Path, target: str) -> None:
    """A harmless name that leads to the sources is refused, and both are named."""
    link = site / "out"
    link.symlink_to(site / target)
    with pytest.raises(UsageError, match="out, which is ") as caught:
        refuse_dangerous(link, protected=_protected(site))
    assert str((site / target).resolve()) in str(caught.value)


def test_sources_behind_a_link_are_protected(site: Path, tmp_path: Path) -> None:
    """Content that lives elsewhere, by a link, is protected where it lives."""
    notes = tmp_path / "notes"
    (site / "content").rename(notes)
    (site / "content").symlink_to(notes)
    for output in (notes, notes / "public", site / "content" / "public"):
        with pytest.raises(UsageError, match="sources"):
            refuse_dangerous(output, protected=_protected(site))


def test_a_loop_of_links_is_refused(site: Path) -> None:
    """A path that leads nowhere is no folder."""
    (site / "loop").symlink_to(site / "loop")
    with pytest.raises(UsageError, match=r"leads nowhere|file in its place"):
        refuse_dangerous(site / "loop", protected=_protected(site))


@pytest.mark.parametrize("built", [False, True])
def test_a_folder_with_files_of_others_is_refused(
    site: Path, tree: Callable[[Path], dict[str, bytes]], *, built: bool
) -> None:
    """With a site of ours in it or without; the first few are named, and nothing changes."""
    public = site / "public"
    if built:
        write({"goals/index.html": b"x"}, public, protected=_protected(site))
    (public / "goals").mkdir(exist_ok=True)
    for name in ("CNAME", "goals/photo.jpg", "zoo", "zoo.txt"):
        (public / name).touch()
    (public / ".git").mkdir()
    before = tree(public)
    found = r"\.git/, CNAME, goals/photo\.jpg" if built else r"\.git/, CNAME, goals/"
    pattern = rf"holds what planfolio did not write: {found} and 2 more; move that away"
    for attempt in (
        lambda: refuse_dangerous(public, protected=_protected(site)),
        lambda: write({"index.html": b"y"}, public, protected=_protected(site)),
    ):
        with pytest.raises(UsageError, match=pattern):
            attempt()
    assert tree(public) == before


@pytest.mark.parametrize("make", ["link", "pipe", "folder"])
def test_what_stands_in_the_place_of_a_page_is_the_owners(site: Path, make: str) -> None:
    """A link, a pipe or a folder of the name of a page of ours was not written by planfolio."""
    public = site / "public"
    write({"index.html": b"x"}, public, protected=_protected(site))
    (public / "index.html").unlink()
    if make == "link":
        (public / "index.html").symlink_to("/etc/hostname")
    elif make == "pipe":
        os.mkfifo(public / "index.html")
    else:
        (public / "index.html").mkdir()
    with pytest.raises(UsageError, match=r"did not write: index\.html"):
        write({"index.html": b"y"}, public, protected=_protected(site))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "not JSON"),
        (b'{"version": 1, "files": {"a', "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "version"),
        (b'{"version": 9, "files": {}}', "version"),
        (b'{"version": 1}', "no files"),
        (b'{"version": 1, "files": "a"}', "no files"),
        (b'{"version": 1, "files": {"a.html": "00"}}', "no files"),
        (b'{"version": 1, "files": ["../x"]}', r"'\.\./x'"),
        (b'{"version": 1, "files": ["/etc/passwd"]}', "relative"),
        (b'{"version": 1, "files": [".git/config"]}', "reserved"),
        (b'{"version": 1, "files": [1]}', "string"),
    ],
)
def test_a_damaged_manifest_is_refused_and_kept(
    site: Path, content: bytes, complaint: str, tree: Callable[[Path], dict[str, bytes]]
) -> None:
    """Cut short, edited, of another version, or with a path that leaves the folder: without knowing
    what is ours nothing is deleted; the line says what to do."""
    public = site / "public"
    (public / "page.html").write_text("x")
    (public / MANIFEST).write_bytes(content)
    with pytest.raises(UsageError, match=rf"cannot be trusted.*{complaint}.*delete the folder"):
        write({"index.html": b"x"}, public, protected=_protected(site))
    assert tree(public) == {"page.html": b"x"}
    assert (public / MANIFEST).read_bytes() == content


def test_the_manifest_is_one_line_a_file(site: Path) -> None:
    """Sorted, whatever the order."""
    public = site / "public"
    write({"ü.html": b"x", "a.html": b"x"}, public, protected=_protected(site))
    assert (public / MANIFEST).read_text("utf-8") == (
        '{\n "version": 1,\n "files": [\n  "a.html",\n  "ü.html"\n ]\n}\n'
    )


def test_names_in_a_refusal_are_harmless(site: Path) -> None:
    """The line stays one line, whatever the files of others are called."""
    (site / "public" / "a\n\x1b[2Jb").touch()
    with pytest.raises(UsageError) as caught:
        refuse_dangerous(site / "public", protected=_protected(site))
    assert str(caught.value).isprintable()
