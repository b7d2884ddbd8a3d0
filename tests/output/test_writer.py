"""Writing a site: what the output holds afterwards, and what it never loses."""

import errno
import json
import os
import socket
import stat
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from planfolio.output import OutputFailed, OutputRefused, WriteResult, write
from planfolio.output.exchange import Exchange, exchange_entries
from planfolio.output.lock import locked
from planfolio.output.manifest import read_manifest
from planfolio.output.sitepath import MANIFEST

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


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """An output that holds the old site."""
    output = tmp_path / "public"
    write(OLD, output, protected=[])
    return output


def test_the_first_build_makes_the_folder(tmp_path: Path, tree: Tree, exchange: Exchange) -> None:
    """Folders above it too; nothing else is left beside it."""
    output = tmp_path / "deep" / "down" / "public"
    written = write(OLD, output, protected=[], exchange=exchange)
    assert tree(output) == OLD
    # 9 for home, 8 for cka, 5 for goals, 3 for css, 6 for the talk
    assert written == WriteResult(added=5, changed=0, unchanged=0, removed=0, bytes=31)
    assert list(output.parent.iterdir()) == [output]


def test_an_empty_folder_is_filled(tmp_path: Path, tree: Tree, exchange: Exchange) -> None:
    """An output that exists and is empty keeps its mode."""
    output = tmp_path / "public"
    output.mkdir(0o750)
    write(OLD, output, protected=[], exchange=exchange)
    assert tree(output) == OLD
    assert stat.S_IMODE(output.stat().st_mode) == 0o750


def test_a_second_build_leaves_exactly_the_new_site(
    public: Path, tree: Tree, exchange: Exchange
) -> None:
    """Pages are added, changed, removed; folders that nothing needs any more go; all is counted."""
    written = write(NEW, public, protected=[], exchange=exchange)
    assert tree(public) == NEW
    # home (9), cka (10), ckad (4) and an empty page are written: 23 bytes
    assert written == WriteResult(added=2, changed=2, unchanged=2, removed=1, bytes=23)
    assert list(public.parent.iterdir()) == [public]


def test_an_unchanged_file_stays_the_same_file(public: Path, exchange: Exchange) -> None:
    """Its inode and its time of change stay, so that caches and rsync see no change."""
    css, home = public / "assets/site.css", public / "index.html"
    os.utime(css, ns=(1, 2_000_000_000))
    before, before_home = css.stat(), home.stat()
    write(NEW, public, protected=[], exchange=exchange)
    assert (css.stat().st_ino, css.stat().st_mtime_ns) == (before.st_ino, 2_000_000_000)
    assert css.stat().st_nlink == 1
    assert home.stat().st_ino != before_home.st_ino


def test_nothing_changed_means_nothing_touched(public: Path, exchange: Exchange) -> None:
    """The same site again: folder, files and manifest keep inode and times."""

    def look() -> dict[Path, tuple[int, int, int]]:
        paths = [public.parent, public, *public.rglob("*")]
        return {p: (p.stat().st_ino, p.stat().st_mtime_ns, p.stat().st_ctime_ns) for p in paths[1:]}

    before = look()
    written = write(OLD, public, protected=[], exchange=exchange)
    assert look() == before
    assert written == WriteResult(added=0, changed=0, unchanged=5, removed=0, bytes=0)


def test_the_folder_is_exchanged_as_a_whole(public: Path, real_exchange: Exchange) -> None:
    """Where the system can, the new site is another folder, and was complete before it came."""
    seen: list[Mapping[str, int]] = []

    def watched(first: Path, second: Path) -> bool:
        if second == public:
            seen.append({p.name: p.stat().st_ino for p in first.rglob("index.html")})
        return real_exchange(first, second)

    before = public.stat().st_ino
    write(NEW, public, protected=[], exchange=watched)
    assert public.stat().st_ino != before
    assert len(seen) == 1
    assert seen[0] == {p.name: p.stat().st_ino for p in public.rglob("index.html")}


def test_one_changed_file_is_replaced_alone(public: Path) -> None:
    """A single replacement is whole in itself: the folder and all other files stay."""
    before = {path: path.stat().st_ino for path in [public, *public.rglob("*")]}
    write({**OLD, "index.html": b"home, new"}, public, protected=[])
    after = {path: path.stat().st_ino for path in [public, *public.rglob("*")]}
    assert {path.name for path in before if before[path] != after[path]} == {
        "index.html",
        MANIFEST,
    }


def test_a_page_edited_by_hand_is_put_right(public: Path, tree: Tree, exchange: Exchange) -> None:
    """Bytes are compared, not times or hashes: the same length and time do not deceive."""
    page = public / "goals/cka/index.html"
    times = page.stat().st_atime_ns, page.stat().st_mtime_ns
    page.write_bytes(b"CKA, OLD")
    os.utime(page, ns=times)
    (public / "assets/site.css").unlink()
    written = write(OLD, public, protected=[], exchange=exchange)
    assert tree(public) == OLD
    assert (written.added, written.changed) == (1, 1)


def test_the_manifest_lists_the_site(public: Path, exchange: Exchange) -> None:
    """After a write it names the new files, and the removed ones no more."""
    write(NEW, public, protected=[], exchange=exchange)
    manifest = read_manifest(public)
    assert manifest is not None
    assert set(manifest.files) == set(NEW)
    assert all(manifest.holds(path, public / path) for path in NEW)


def test_the_same_site_gives_the_same_bytes_by_any_way(tmp_path: Path, public: Path) -> None:
    """Built at once, after another site, or file by file: the manifests are equal too."""
    write(NEW, public, protected=[])
    write(NEW, tmp_path / "fresh", protected=[])
    write(OLD, tmp_path / "slow", protected=[])
    write(NEW, tmp_path / "slow", protected=[], exchange=lambda _one, _two: False)
    texts = {(tmp_path / name / MANIFEST).read_bytes() for name in ("public", "fresh", "slow")}
    assert len(texts) == 1


def test_files_of_others_stay(public: Path, tree: Tree, exchange: Exchange) -> None:
    """Files, hidden ones, a repository, links, empty folders, a pipe, in our folders and beside."""
    (public / "CNAME").write_bytes(b"example.org")
    (public / ".nojekyll").touch()
    (public / ".git/objects/ab").mkdir(parents=True)
    (public / ".git/objects/ab/cd").write_bytes(b"blob")
    (public / ".git/objects/ab/cd").chmod(0o444)
    (public / "talks/pycon/slides.pdf").write_bytes(b"slides")  # our page there is to go
    (public / "goals/notes.txt").write_bytes(b"notes")
    (public / "empty/inside").mkdir(parents=True)
    (public / "dangling").symlink_to("nowhere")
    (public / "outside").symlink_to(public.parent, target_is_directory=True)
    os.mkfifo(public / "pipe")
    (public / os.fsdecode(b"\xff\xfe")).touch()
    before = {path: path.lstat() for path in public.rglob("*") if not path.is_dir()}
    write(NEW, public, protected=[], exchange=exchange)
    assert tree(public) == NEW | {
        "CNAME": b"example.org",
        ".nojekyll": b"",
        ".git/objects/ab/cd": b"blob",
        "talks/pycon/slides.pdf": b"slides",
        "goals/notes.txt": b"notes",
        "empty/inside/": b"",
        "dangling": b"-> nowhere",
        "outside": b"-> " + os.fsencode(public.parent),
        "pipe": b"special",
        os.fsdecode(b"\xff\xfe"): b"",
    }
    for path in (public / "CNAME", public / ".git/objects/ab/cd", public / "pipe"):
        now, was = path.lstat(), before[path]
        assert (now.st_ino, now.st_mode, now.st_mtime_ns, now.st_nlink) == (
            was.st_ino,
            was.st_mode,
            was.st_mtime_ns,
            1,
        )
    assert list(public.parent.iterdir()) == [public]


def test_a_socket_of_others_stays(
    public: Path, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever listens on it goes on being reached."""
    monkeypatch.chdir(public.parent)
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind("public/socket")
        server.listen()
        write(NEW, public, protected=[], exchange=exchange)
        client.connect("public/socket")


def test_folders_of_others_keep_their_attributes(public: Path, exchange: Exchange) -> None:
    """Mode and time of a foreign folder, also one that nobody may write to; mode of the output."""
    closed = public / "closed"
    closed.mkdir()
    (closed / "file").touch()
    os.utime(closed, ns=(1, 5_000_000_000))
    closed.chmod(0o555)
    public.chmod(0o2775)
    write(NEW, public, protected=[], exchange=exchange)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o555
    assert closed.stat().st_mtime_ns == 5_000_000_000
    assert (closed / "file").exists()
    assert stat.S_IMODE(public.stat().st_mode) == 0o2775


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give folders away")
def test_owner_and_group_of_the_output_stay(public: Path, exchange: Exchange) -> None:
    """An output that belongs to a web server's group goes on to."""
    os.chown(public, 1234, 2345)
    write(NEW, public, protected=[], exchange=exchange)
    assert (public.stat().st_uid, public.stat().st_gid) == (1234, 2345)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b"theirs"),
        lambda path: path.symlink_to("/dev/null"),
        lambda path: path.mkdir(),
        os.mkfifo,
    ],
    ids=["file", "link", "folder", "pipe"],
)
def test_a_foreign_entry_in_the_way_is_refused(
    public: Path, tree: Tree, exchange: Exchange, make: Callable[[Path], object]
) -> None:
    """What we would have to overwrite is named, and nothing at all is changed."""
    make(public / "CNAME")
    before = tree(public)
    with pytest.raises(OutputRefused, match=r"CNAME in it is not planfolio's.*move it away"):
        write({**NEW, "CNAME": b"ours"}, public, protected=[], exchange=exchange)
    assert tree(public) == before
    assert list(public.parent.iterdir()) == [public]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("skills", "skills/höhe/index.html"),
        ("notes/mine.txt", "notes"),
        ("talks/pycon/mine.txt", "talks/pycon"),  # in a folder that is ours
    ],
)
def test_a_foreign_entry_where_a_folder_or_file_must_be_is_refused(
    public: Path, tree: Tree, exchange: Exchange, theirs: str, ours: str
) -> None:
    """A foreign file where a folder is needed, a foreign file in a folder that must be a file."""
    (public / theirs).parent.mkdir(exist_ok=True)
    (public / theirs).write_bytes(b"theirs")
    before = tree(public)
    with pytest.raises(OutputRefused, match=f"{theirs.split('/')[0]}.* in it is not planfolio's"):
        write({"index.html": b"x", ours: b"ours"}, public, protected=[], exchange=exchange)
    assert tree(public) == before


def test_a_link_to_a_folder_is_not_written_through(
    public: Path, tmp_path: Path, exchange: Exchange
) -> None:
    """A foreign link under the name of a section does not lead the pages elsewhere."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (public / "skills").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(OutputRefused, match="skills in it is not"):
        write(NEW, public, protected=[], exchange=exchange)
    assert list(elsewhere.iterdir()) == []


def test_a_foreign_file_with_our_bytes_becomes_ours(
    public: Path, tree: Tree, exchange: Exchange
) -> None:
    """Nothing would be lost by it; from then on it goes when the site has it no more."""
    (public / "CNAME").write_bytes(b"example.org")
    inode = (public / "CNAME").stat().st_ino
    written = write({**NEW, "CNAME": b"example.org"}, public, protected=[], exchange=exchange)
    assert (public / "CNAME").stat().st_ino == inode
    assert written.unchanged == 3
    write(NEW, public, protected=[], exchange=exchange)
    assert tree(public) == NEW


def test_our_file_that_became_a_link_is_theirs(
    public: Path, tree: Tree, exchange: Exchange
) -> None:
    """We write no links: one in the place of a removed page is kept, and not followed."""
    (public / "talks/pycon/index.html").unlink()
    (public / "talks/pycon/index.html").symlink_to("/etc/hostname")
    write(NEW, public, protected=[], exchange=exchange)
    assert tree(public) == NEW | {"talks/pycon/index.html": b"-> /etc/hostname"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": b"1", "x": b""}, {"a/b/c": b"2", "x": b"!"}),
        ({"a/b/c": b"1", "a/d": b"1"}, {"a": b"2"}),
        ({"Goals/a": b"1", "b": b"1"}, {"goals/a": b"2", "B": b"2"}),
        ({"a": b"1"}, {}),
        ({}, {"a": b"1", "b": b""}),
    ],
)
def test_files_and_folders_change_places(
    tmp_path: Path,
    tree: Tree,
    exchange: Exchange,
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
) -> None:
    """A page may become a folder, a folder a page, a name its other case, a site nothing."""
    output = tmp_path / "public"
    write(before, output, protected=[], exchange=exchange)
    write(after, output, protected=[], exchange=exchange)
    assert tree(output) == after


def test_a_folder_emptied_by_hand_may_become_a_page(
    public: Path, tree: Tree, exchange: Exchange
) -> None:
    """A folder of ours of which someone deleted the files is not in the way."""
    (public / "talks/pycon/index.html").unlink()
    write({"talks": b"a page", "x": b""}, public, protected=[], exchange=exchange)
    assert tree(public) == {"talks": b"a page", "x": b""}


def test_a_linked_output_is_written_where_it_leads(
    tmp_path: Path, tree: Tree, exchange: Exchange
) -> None:
    """The link stays a link, and staging happens beside the folder, not beside the link."""
    real = tmp_path / "srv" / "www"
    real.parent.mkdir()
    link = tmp_path / "public"
    link.symlink_to(real, target_is_directory=True)
    for site in (OLD, NEW):
        write(site, link, protected=[], exchange=exchange)
        assert link.is_symlink()
        assert tree(real) == site
    assert sorted(tmp_path.iterdir()) == [link, real.parent]


def test_files_are_readable_for_all_and_obey_the_umask(tmp_path: Path, exchange: Exchange) -> None:
    """0644 and 0755 less the umask, in a first build and in a later one, the manifest too."""
    output = tmp_path / "public"
    mask = os.umask(0o027)
    try:
        write(OLD, output, protected=[], exchange=exchange)
        os.umask(0o002)
        write(NEW, output, protected=[], exchange=exchange)
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


@pytest.mark.parametrize("paths", [["../x"], ["/x"], ["a", "A"], ["a", "a/b"], [MANIFEST]])
def test_bad_site_paths_are_the_callers_error(
    public: Path, tmp_path: Path, tree: Tree, paths: list[str]
) -> None:
    """A path that leaves the output, is reserved or collides: nothing is written."""
    with pytest.raises(ValueError, match="site path"):
        write(dict.fromkeys(paths, b"x"), public, protected=[])
    assert tree(tmp_path) == {
        **{f"public/{path}": data for path, data in OLD.items()},
        f"public/{MANIFEST}": (public / MANIFEST).read_bytes(),
    }


def test_a_failing_exchange_changes_nothing(public: Path, tree: Tree) -> None:
    """An error of the system at the last step: the old site stays, nothing lies about."""

    def fail(first: Path, second: Path) -> bool:
        if second == public:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(second))
        return True

    with pytest.raises(OutputFailed, match="Input/output error; the site that was there"):
        write(NEW, public, protected=[], exchange=fail)
    assert tree(public) == OLD
    assert list(public.parent.iterdir()) == [public]


def test_an_exchange_refused_at_the_last_step_goes_on_file_by_file(
    public: Path, tree: Tree
) -> None:
    """A disk that can, but not for this folder (a mount), still gets the new site."""
    (public / "CNAME").write_bytes(b"x")
    inode = public.stat().st_ino
    write(
        NEW,
        public,
        protected=[],
        exchange=lambda one, two: two != public and exchange_entries(one, two),
    )
    assert tree(public) == NEW | {"CNAME": b"x"}
    assert public.stat().st_ino == inode


def test_an_output_is_looked_at_again_after_waiting(tmp_path: Path) -> None:
    """What came into an empty output while another build held the lock is not overwritten."""
    output = tmp_path / "public"
    output.mkdir()
    errors: list[Exception] = []

    def build() -> None:
        try:
            write(OLD, output, protected=[])
        except OutputRefused as error:
            errors.append(error)

    with locked(tmp_path / ".public.planfolio-lock", wait=0, output=output):
        thread = threading.Thread(target=build)
        thread.start()
        time.sleep(0.2)
        assert thread.is_alive()
        (output / "index.html").write_bytes(b"theirs")
    thread.join()
    assert "files that planfolio did not write" in str(errors[0])
    assert (output / "index.html").read_bytes() == b"theirs"


def test_a_build_that_waits_too_long_fails(public: Path, tree: Tree) -> None:
    """The wait is bounded, and nothing is written after it."""
    with (
        locked(public.parent / ".public.planfolio-lock", wait=0, output=public),
        pytest.raises(OutputFailed, match="another build has been writing it"),
    ):
        write(NEW, public, protected=[], wait=0.05)
    assert tree(public) == OLD


def test_an_interrupt_leaves_the_old_site(public: Path, tree: Tree) -> None:
    """Ctrl-C just before the exchange: the old site, no staging folder, no lock."""

    def interrupt(first: Path, second: Path) -> bool:
        if second == public:
            raise KeyboardInterrupt
        return exchange_entries(first, second)

    with pytest.raises(KeyboardInterrupt):
        write(NEW, public, protected=[], exchange=interrupt)
    assert tree(public) == OLD
    assert list(public.parent.iterdir()) == [public]


@pytest.mark.parametrize("existing", [True, False])
def test_a_full_disk_leaves_the_old_site(
    tmp_path: Path,
    tree: Tree,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    *,
    existing: bool,
) -> None:
    """When the system stops taking bytes half way, one clear line, and all as it was."""
    output = tmp_path / "public"
    if existing:
        write(OLD, output, protected=[])
    done = subprocess.run(
        script("limited_build.py", output, "no room"),
        env=child_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith(f"cannot write {output}: a file is larger than the system allows")
    assert len(done.stderr.splitlines()) == 1
    assert (tree(output) if existing else tree(tmp_path)) == (OLD if existing else {})
    assert list(tmp_path.iterdir()) == ([output] if existing else [])


@pytest.mark.parametrize("closed", ["output", "all", "inside"])
def test_a_read_only_output_leaves_the_old_site(
    tree: Tree,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    open_folder: Path,
    closed: str,
) -> None:
    """Closed itself, with all above it, or a folder in it whose files cannot be linked away."""
    output = open_folder / "public"
    write(OLD, output, protected=[])
    done = subprocess.run(
        script("limited_build.py", output, f"closed {closed}"),
        env=child_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith(f"cannot write {output}: permission denied")
    assert len(done.stderr.splitlines()) == 1
    for path in (open_folder, output, *output.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert {path: data for path, data in tree(output).items() if path != "private/x"} == OLD
    assert list(open_folder.iterdir()) == [output]


def test_an_output_in_a_closed_folder_is_written_inside(
    tree: Tree,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    open_folder: Path,
) -> None:
    """When only the output itself is ours to write, staging moves into it, and out again."""
    output = open_folder / "public"
    write(OLD, output, protected=[])
    done = subprocess.run(
        script("limited_build.py", output, "closed parent"),
        env=child_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert tree(output) == {"index.html": b"home", "new/index.html": b"new"}


@pytest.mark.parametrize("place", [".", "public"])
def test_a_full_disk_of_its_own_keeps_the_old_site(
    tmp_path: Path,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    private_disk: list[str],
    place: str,
) -> None:
    """On a small disk, as its mount point (staged inside, file by file) and as a folder on it.

    Three builds: one, another, and one that does not fit.
    """
    done = subprocess.run(
        [*private_disk, str(tmp_path), *script("small_disk.py", tmp_path / place)],
        env=child_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    first, second, error, third, left = json.loads(done.stdout)
    assert first == ["CNAME", "index.html", "old.html"]
    assert second == ["CNAME", "index.html", "new.html"]
    assert error.startswith(f"cannot write {tmp_path / place}: no space is left on the disk (")
    assert third == second
    assert left == (second if place == "." else [])
