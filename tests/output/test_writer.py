"""Writing a site: what the output holds afterwards, whole at once or file by file."""

import os
import stat
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from planfolio.exceptions import EnvironmentFailure
from planfolio.output import stage
from planfolio.output.sitepath import MANIFEST
from planfolio.output.writer import WriteResult, write

Tree = Callable[[Path], Mapping[str, bytes]]

OLD = {
    "index.html": b"home, old",
    "goals/cka/index.html": b"cka, old",
    "goals/index.html": b"goals",
    "assets/site.css": b"css",
    "talks/pycon/index.html": b"a talk",
}
NEW = {
    "index.html": b"home, new",
    "goals/cka/index.html": b"cka, newer",
    "goals/index.html": b"goals",
    "assets/site.css": b"css",
    "goals/ckad/index.html": b"ckad",
    "skills/höhe/index.html": b"",
}


pytestmark = pytest.mark.usefixtures("way")


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """An output that holds the old site."""
    output = tmp_path / "public"
    write(OLD, output, protected=[])
    return output


def test_the_first_build_makes_the_folder(tmp_path: Path, tree: Tree) -> None:
    """Folders above it too; nothing else is left beside it. One that is empty keeps its mode."""
    output = tmp_path / "deep" / "down" / "public"
    written = write(OLD, output, protected=[])
    assert tree(output) == OLD
    # 9 for home, 8 for cka, 5 for goals, 3 for css, 6 for the talk
    assert written == WriteResult(added=5, changed=0, unchanged=0, removed=0, bytes=31)
    assert list(output.parent.iterdir()) == [output]
    empty = tmp_path / "public"
    empty.mkdir(0o750)
    write(OLD, empty, protected=[])
    assert tree(empty) == OLD
    assert stat.S_IMODE(empty.stat().st_mode) == 0o750


def test_an_unchanged_file_stays_the_same_file(public: Path) -> None:
    """Its inode and its time of change stay, so that caches and rsync see no change."""
    css, home = public / "assets/site.css", public / "index.html"
    os.utime(css, ns=(1, 2_000_000_000))
    before, before_home = css.stat(), home.stat()
    write(NEW, public, protected=[])
    assert (css.stat().st_ino, css.stat().st_mtime_ns) == (before.st_ino, 2_000_000_000)
    assert css.stat().st_nlink == 1
    assert home.stat().st_ino != before_home.st_ino


def test_nothing_changed_means_nothing_touched(public: Path) -> None:
    """The same site again: folder, files and manifest keep inode and times."""

    def look() -> dict[Path, tuple[int, int, int]]:
        paths = [public.parent, public, *public.rglob("*")]
        return {p: (p.stat().st_ino, p.stat().st_mtime_ns, p.stat().st_ctime_ns) for p in paths[1:]}

    before = look()
    written = write(OLD, public, protected=[])
    assert look() == before
    assert written == WriteResult(added=0, changed=0, unchanged=5, removed=0, bytes=0)


def test_a_page_edited_by_hand_is_put_right(public: Path, tree: Tree) -> None:
    """Bytes are compared, not times or hashes: the same length and time do not deceive."""
    page = public / "goals/cka/index.html"
    times = page.stat().st_atime_ns, page.stat().st_mtime_ns
    page.write_bytes(b"CKA, OLD")
    os.utime(page, ns=times)
    (public / "assets/site.css").unlink()
    written = write(OLD, public, protected=[])
    assert tree(public) == OLD
    assert (written.added, written.changed) == (1, 1)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give folders away")
def test_owner_and_group_of_the_output_stay(public: Path) -> None:
    """An output that belongs to a web server's group goes on to."""
    os.chown(public, 1234, 2345)
    write(NEW, public, protected=[])
    assert (public.stat().st_uid, public.stat().st_gid) == (1234, 2345)


def test_a_folder_emptied_by_hand_may_become_a_page(public: Path, tree: Tree) -> None:
    """A folder of ours of which someone deleted the files is not in the way."""
    (public / "talks/pycon/index.html").unlink()
    write({"talks": b"a page", "x": b""}, public, protected=[])
    assert tree(public) == {"talks": b"a page", "x": b""}


def test_a_linked_output_is_written_where_it_leads(tmp_path: Path, tree: Tree) -> None:
    """The link stays a link, and staging happens beside the folder, not beside the link."""
    real = tmp_path / "srv" / "www"
    real.parent.mkdir()
    link = tmp_path / "public"
    link.symlink_to(real, target_is_directory=True)
    for site in (OLD, NEW):
        write(site, link, protected=[])
        assert link.is_symlink()
        assert tree(real) == site
    assert sorted(tmp_path.iterdir()) == [link, real.parent]


def test_files_are_readable_for_all_and_obey_the_umask(tmp_path: Path) -> None:
    """0644 and 0755 less the umask, in a first build and in a later one, the manifest too."""
    output = tmp_path / "public"
    mask = os.umask(0o027)
    try:
        write(OLD, output, protected=[])
        os.umask(0o002)
        write(NEW, output, protected=[])
    finally:
        os.umask(mask)
    modes = {
        path.relative_to(output).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in output.rglob("*")
    }
    assert modes["assets/site.css"] == 0o640  # it is still the file of the first build
    assert modes["index.html"] == 0o644
    assert modes[MANIFEST] == 0o644
    assert modes["goals/ckad"] == 0o755


@pytest.mark.parametrize(
    "paths",
    [
        *([path] for path in ("", "/etc/passwd", "C:/x", "c:x", "../x", "a/../b", "a/..", "a/./b")),
        *([path] for path in ("a//b", "a/", "a\\b", "a\0b", MANIFEST, ".planfolio-lock", ".GIT")),
        *([path] for path in (".Planfolio-staging-x/a", ".git/config")),
    ],
)
def test_bad_site_paths_are_the_callers_error(
    public: Path, tmp_path: Path, tree: Tree, paths: list[str]
) -> None:
    """A path that leaves the output or is reserved is named, and nothing is written."""
    with pytest.raises(ValueError, match="site path") as caught:
        write(dict.fromkeys(paths, b"x"), public, protected=[])
    assert all(repr(path) in str(caught.value) for path in paths)
    assert tree(tmp_path) == {
        **{f"public/{path}": data for path, data in OLD.items()},
        f"public/{MANIFEST}": (public / MANIFEST).read_bytes(),
    }


def test_names_of_any_script_are_written(tmp_path: Path, tree: Tree) -> None:
    """Dots, blanks and quotes stay as they are; folders that differ in case may be one."""
    names = [".nojekyll", ".well-known/x", "höhle/日本/index.html", "a b/c'd.png", ".gitattributes"]
    site = dict.fromkeys([*names, "a..b/c...d", "Goals/a.html", "goals/b.html"], b"x")
    write(site, tmp_path / "public", protected=[])
    assert tree(tmp_path / "public") == site


def test_files_of_the_plan_are_copied(public: Path, tmp_path: Path, tree: Tree) -> None:
    """A path stands for what its file holds: new, changed with the same size, and as it was."""
    video = tmp_path / "video.mp4"
    video.write_bytes(b"x" * 3_000_000)
    site: dict[str, bytes | Path] = {**OLD, "files/video.mp4": video}
    written = write(site, public, protected=[])
    assert (written.added, written.unchanged, written.bytes) == (1, 5, 3_000_000)
    inode = (public / "files/video.mp4").stat().st_ino
    assert write({**site, "x": b""}, public, protected=[]).unchanged == 6
    assert (public / "files/video.mp4").stat().st_ino == inode
    video.write_bytes(b"y" * 3_000_000)
    assert write({**site, "x": b""}, public, protected=[]).changed == 1
    assert tree(public) == {**OLD, "x": b"", "files/video.mp4": b"y" * 3_000_000}


def test_a_file_of_the_plan_is_never_whole_in_memory(tmp_path: Path) -> None:
    """However large it is, a build takes a few MB for it, the comparison too."""
    video = tmp_path / "video.mp4"
    with video.open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    for extra in (b"1", b"2"):
        write({"video.mp4": video, "x": extra}, tmp_path / "public", protected=[])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000
    assert (tmp_path / "public/video.mp4").stat().st_size == 100_000_000


def test_what_desktops_leave_is_in_nobodys_way(public: Path, tree: Tree) -> None:
    """A file manager's notes do not stop a build, and go with the folder that they were in."""
    for place in (public, public / "goals", public / "talks/pycon"):
        (place / ".DS_Store").touch()
    write(NEW, public, protected=[])
    assert {path: data for path, data in tree(public).items() if ".DS_Store" not in path} == NEW
    assert not (public / "talks").exists()
    assert list(public.parent.iterdir()) == [public]


def test_what_a_dead_build_left_is_swept(public: Path, tree: Tree) -> None:
    """An unfinished site beside the output goes at the next build, also when nothing changes."""
    left = public.parent / ".public.planfolio-new"
    stage.stage_site(left, NEW, output=public, unchanged=["goals/index.html"])
    (left / "goals/cka/index.html").write_bytes(b"cut sh")
    write(OLD, public, protected=[])
    assert tree(public) == OLD
    assert list(public.parent.iterdir()) == [public]


@pytest.mark.parametrize("manifest", [None, b"", b'{"versi'])
def test_a_build_that_died_at_once_is_swept(public: Path, manifest: bytes | None) -> None:
    """Before its manifest was written, or while it was."""
    left = public.parent / ".public.planfolio-new"
    left.mkdir()
    if manifest is not None:
        (left / MANIFEST).write_bytes(manifest)
    write(NEW, public, protected=[])
    assert list(public.parent.iterdir()) == [public]


def test_files_of_others_among_what_was_left_stay(public: Path) -> None:
    """They are not deleted: the message names the folder and one of them."""
    left = public.parent / ".public.planfolio-new"
    stage.stage_site(left, NEW, output=public, unchanged=[])
    (left / "thesis.doc").write_bytes(b"years")
    with pytest.raises(EnvironmentFailure, match=r"planfolio-new was left.*it holds thesis\.doc"):
        write(NEW, public, protected=[])
    assert (left / "thesis.doc").read_bytes() == b"years"


def test_a_link_in_the_place_of_a_new_site_is_not_followed(public: Path, tree: Tree) -> None:
    """What it leads to may be another site of ours: nothing of that is deleted."""
    other = public.parent / "other"
    write(OLD, other, protected=[])
    (public.parent / ".public.planfolio-new").symlink_to(other)
    with pytest.raises(EnvironmentFailure, match="is in the way of a new site"):
        write(NEW, public, protected=[])
    assert tree(other) == tree(public) == OLD
