"""What a killed build leaves behind, and how the next one clears it away."""

import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from planfolio.output import OutputFailed, write
from planfolio.output.exchange import Exchange

Tree = Callable[[Path], Mapping[str, bytes]]

OLD = {"index.html": b"old", "goals/index.html": b"goals", "gone/index.html": b"gone"}
NEW = {"index.html": b"new", "goals/index.html": b"goals", "come/index.html": b"come"}
NEXT = {"index.html": b"next", "goals/index.html": b"goals, next"}


@pytest.fixture
def killed(
    tmp_path: Path,
    script: Callable[..., list[str]],
    child_environment: dict[str, str],
    real_exchange: Exchange,
) -> Callable[[str], Path]:
    """A function that has a build of NEW over OLD killed "before" or "after" the exchange.

    It returns the folder in the staging folder that was left: the unfinished site or the old one.
    """
    public = tmp_path / "public"
    write(OLD, public, protected=[])
    (public / "CNAME").write_bytes(b"example.org")
    (public / "slides").mkdir()
    (public / "slides/talk.pdf").write_bytes(b"slides")

    def kill(moment: str) -> Path:
        done = subprocess.run(
            script("killed_build.py", public, moment), env=child_environment, check=False
        )
        assert done.returncode == -signal.SIGKILL
        (stage,) = tmp_path.glob(".public.staging-*")
        (site,) = stage.iterdir()
        return site

    return kill


FOREIGN = {"CNAME": b"example.org", "slides/talk.pdf": b"slides"}


@pytest.mark.parametrize(("moment", "expected"), [("before", OLD), ("after", NEW)])
def test_the_output_is_whole_after_the_kill(
    tmp_path: Path,
    tree: Tree,
    killed: Callable[[str], Path],
    moment: str,
    expected: Mapping[str, bytes],
) -> None:
    """The old site before the exchange, the new one after it, the owner's files in both."""
    killed(moment)
    assert tree(tmp_path / "public") == {**expected, **FOREIGN}


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_next_build_sweeps(
    tmp_path: Path, tree: Tree, killed: Callable[[str], Path], moment: str
) -> None:
    """The staging folder and the lock are gone, and the owner's files are one file again."""
    killed(moment)
    write(NEXT, tmp_path / "public", protected=[])
    assert tree(tmp_path / "public") == {**NEXT, **FOREIGN}
    assert [path.name for path in tmp_path.iterdir()] == ["public"]
    assert (tmp_path / "public/CNAME").stat().st_nlink == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_build_that_changes_nothing_sweeps_too(
    tmp_path: Path, killed: Callable[[str], Path], moment: str
) -> None:
    """Leftovers do not wait for an edit."""
    killed(moment)
    write(OLD if moment == "before" else NEW, tmp_path / "public", protected=[])
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_what_came_to_the_old_site_at_the_last_moment_is_rescued(
    tmp_path: Path, tree: Tree, killed: Callable[[str], Path]
) -> None:
    """Files of others that were made between the linking and the exchange are not lost."""
    old = killed("after")
    (old / "late.txt").write_bytes(b"late")
    (old / "late/deep").mkdir(parents=True)
    (old / "late/deep/file").write_bytes(b"deep")
    (old / "slides/second.pdf").write_bytes(b"second")
    (old / "gone/kept.txt").write_bytes(b"kept")
    write(NEXT, tmp_path / "public", protected=[])
    assert tree(tmp_path / "public") == {
        **NEXT,
        **FOREIGN,
        "late.txt": b"late",
        "late/deep/file": b"deep",
        "slides/second.pdf": b"second",
        "gone/kept.txt": b"kept",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_an_edit_after_the_kill_wins(
    tmp_path: Path, tree: Tree, killed: Callable[[str], Path]
) -> None:
    """An editor that replaces a file makes a new one: the one in the staging folder is older."""
    killed("after")
    edited = tmp_path / "edited"
    edited.write_bytes(b"www.example.org")
    edited.replace(tmp_path / "public/CNAME")
    write(NEXT, tmp_path / "public", protected=[])
    assert (tmp_path / "public/CNAME").read_bytes() == b"www.example.org"


def test_an_edit_during_the_exchange_wins(
    tmp_path: Path, tree: Tree, real_exchange: Exchange
) -> None:
    """A file that was replaced or made in the old site as it went is brought to the new one."""
    public = tmp_path / "public"
    write(OLD, public, protected=[])
    (public / "CNAME").write_bytes(b"example.org")

    def edited(first: Path, second: Path) -> bool:
        if second == public:
            (tmp_path / "edited").write_bytes(b"www.example.org")
            (tmp_path / "edited").replace(public / "CNAME")
            (public / "made.txt").write_bytes(b"made")
        return real_exchange(first, second)

    write(NEW, public, protected=[], exchange=edited)
    assert tree(public) == {**NEW, "CNAME": b"www.example.org", "made.txt": b"made"}
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_late_file_in_the_place_of_a_page_is_kept_and_named(
    tmp_path: Path, tree: Tree, real_exchange: Exchange
) -> None:
    """It cannot be brought over our page and is not deleted: the line says where it is."""
    public = tmp_path / "public"
    write(OLD, public, protected=[])

    def edited(first: Path, second: Path) -> bool:
        if second == public:
            (public / "come").mkdir()
            (public / "come/index.html").write_bytes(b"theirs")
        return real_exchange(first, second)

    with pytest.raises(OutputFailed, match=r"come/index\.html.*they are kept in") as caught:
        write(NEW, public, protected=[], exchange=edited)
    assert tree(public) == NEW
    (kept,) = tmp_path.glob(".public.staging-*/replaces-*/come/index.html")
    assert kept.read_bytes() == b"theirs"
    assert str(kept.parent.parent) in str(caught.value)
    with pytest.raises(OutputFailed, match="they are kept in"):
        write(NEXT, public, protected=[])
    kept.unlink()
    write(NEXT, public, protected=[])
    assert tree(public) == NEXT
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_an_output_that_was_deleted_stays_free_of_old_files(
    tmp_path: Path, tree: Tree, killed: Callable[[str], Path]
) -> None:
    """Who deletes the output after a kill has deleted it: the site starts anew."""
    killed("after")
    (tmp_path / "public").rename(tmp_path / "deleted")
    write(NEXT, tmp_path / "public", protected=[])
    assert tree(tmp_path / "public") == NEXT
    assert not list(tmp_path.glob(".public*"))


@pytest.mark.parametrize(
    "name",
    [
        ".public.staging-backup",
        ".public.staging-12345678",
        ".public.staging-ABCDEFGH",
        ".public.stagingabcdefgh",
        ".publicity.staging-abcdefgh",
    ],
)
def test_folders_of_others_with_such_a_name_stay(tmp_path: Path, tree: Tree, name: str) -> None:
    """A name is not enough to be deleted: the content must be ours as well."""
    (tmp_path / name).mkdir()
    (tmp_path / name / "photo.jpg").write_bytes(b"photo")
    for site in (OLD, NEW):
        write(site, tmp_path / "public", protected=[])
    assert (tmp_path / name / "photo.jpg").read_bytes() == b"photo"


@pytest.mark.parametrize("inner", ["", "probe", "replaces-0", "replaces-0/goals"])
def test_stages_of_every_age_are_swept(tmp_path: Path, inner: str) -> None:
    """Killed right after its making, while finding out, or while being filled."""
    (tmp_path / ".public.staging-abcdefgh" / inner).mkdir(parents=True)
    write(OLD, tmp_path / "public", protected=[])
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_link_under_such_a_name_is_left_alone(tmp_path: Path) -> None:
    """A symlink is no staging folder, and what it leads to is not looked into."""
    (tmp_path / "photos").mkdir()
    (tmp_path / ".public.staging-abcdefgh").symlink_to(tmp_path / "photos")
    write(OLD, tmp_path / "public", protected=[])
    assert (tmp_path / ".public.staging-abcdefgh").is_symlink()
    assert (tmp_path / "photos").is_dir()


@pytest.mark.parametrize("first", [True, False])
def test_what_was_staged_inside_the_output_goes_too(
    tmp_path: Path, tree: Tree, exchange: Exchange, *, first: bool
) -> None:
    """Killed while the output could only be staged inside, built again when that has changed."""
    public = tmp_path / "public"
    if first:
        public.mkdir()
    else:
        write(OLD, public, protected=[])
    (public / ".planfolio-lock").touch()
    (public / ".planfolio-staging-abcdefgh/replaces-0/goals").mkdir(parents=True)
    for site in (NEW, NEXT, OLD):
        write(site, public, protected=[], exchange=exchange)
    found = {path: data for path, data in tree(public).items() if not path.startswith(".plan")}
    assert found == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["public"]
