"""Tests of publishing files to a branch of a real bare repository."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.publish.conftest import Publish
from tests.publish.repositories import REGULAR, SYMLINK, Repository, bare, working

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.output.sitepath import MANIFEST, encode_manifest

ODD = 'files/a "größe" of it\'s.bin'
FILES = {"index.html": b"<p>home\r\n", "goals/cka/index.html": b"cka\n", ODD: b"\0\xff"}
LESS = {"index.html": b"<p>home, again\n", "goals/ckad/index.html": b"ckad\n"}


def whole(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what a branch of ours holds for the files of a site."""
    site = {**files, ".nojekyll": b""}
    return {**site, MANIFEST: encode_manifest(site)}


def test_the_first_publish_makes_a_branch_without_a_history(
    put: Publish, remote: Repository
) -> None:
    """The branch holds the files byte for byte, .nojekyll and the manifest, in one root commit of
    the owner."""
    done = put(FILES)
    assert remote.tree("gh-pages") == whole(FILES)
    assert remote.branches() == {"gh-pages": done.commit}
    assert remote.log("gh-pages") == ["Publish"]
    assert (done.first, done.differs, done.unnamed) == (True, True, False)
    who = remote.text("log", "-1", "--format=%an <%ae> %cn <%ce>", "gh-pages")
    assert who == "Ada Owner <ada@example.org> Ada Owner <ada@example.org>"
    assert done.added == (".nojekyll", ODD, "goals/cka/index.html", "index.html")


def test_the_repository_of_the_plan_stays_as_it_is(put: Publish, work: Repository) -> None:
    """Work tree, index, HEAD, branches, reflogs, stash and configuration are the same bytes."""
    before = work.state()
    put(FILES)
    put(LESS)
    put(FILES, dry_run=True)
    assert work.state() == before
    assert before["stash"]
    assert b"notes.txt" in work.git("status", "--porcelain")


def test_the_second_publish_stands_on_the_first(put: Publish, remote: Repository) -> None:
    """What is no longer in the site goes, the rest is replaced, and the history is kept."""
    first = put(FILES)
    second = put(LESS)
    assert remote.tree("gh-pages") == whole(LESS)
    assert remote.text("rev-parse", "gh-pages^") == first.commit
    assert (second.added, second.changed, second.removed, second.first) == (
        ("goals/ckad/index.html",),
        ("index.html",),
        (ODD, "goals/cka/index.html"),
        False,
    )


def test_nothing_is_pushed_when_nothing_changed(
    put: Publish, remote: Repository, work: Repository
) -> None:
    """The branch keeps its commit, and no hook hears of a push."""
    put(FILES)
    work.hook("pre-push", "exit 1")
    before = remote.branches()
    done = put(FILES)
    assert (done.differs, done.commit) == (False, None)
    assert (done.added, done.changed, done.removed) == ((), (), ())
    assert remote.branches() == before


def test_a_dry_run_tells_and_does_nothing(
    put: Publish, remote: Repository, work: Repository
) -> None:
    """It lists what would change; neither repository gets a ref, and the plan's no object; what is
    new on the remote is looked at, and not noted."""
    objects = work.git("count-objects", "-v")
    told = put(FILES, dry_run=True)
    assert (told.first, told.commit, len(told.added)) == (True, None, 4)
    assert remote.branches() == {}
    assert work.git("count-objects", "-v") == objects
    put(FILES)
    theirs = {**whole(FILES), "CNAME": b"x"}
    remote.seed("gh-pages", theirs)
    refs = work.text("for-each-ref")
    told = put(LESS, dry_run=True)
    assert (told.added, told.changed, told.removed) == (
        ("goals/ckad/index.html",),
        ("index.html",),
        (ODD, "goals/cka/index.html"),
    )
    assert remote.tree("gh-pages") == theirs
    assert work.text("for-each-ref") == refs


def test_foreign_files_stay_with_names_and_modes_of_any_kind(
    put: Publish, remote: Repository
) -> None:
    """CNAME, scripts, links, quotes, line ends, scripts of the world and bytes that are no text."""
    names = [
        "CNAME",
        "link",
        'a "quoted" name',
        "two\nlines\t",
        "größe/日本.txt",
        "old/\udcff",
        "run.sh",
    ]
    foreign = {name: f"of {number}\n".encode() for number, name in enumerate(names)}
    remote.seed("gh-pages", foreign, modes={"run.sh": "100755", "link": SYMLINK})
    put(FILES)
    put(LESS)
    assert remote.tree("gh-pages") == {**whole(LESS), **foreign}
    assert remote.text("ls-tree", "gh-pages", "run.sh").startswith("100755 ")
    assert remote.text("ls-tree", "gh-pages", "link").startswith("120000 ")
    assert len(remote.log("gh-pages")) == 3


@pytest.mark.parametrize(
    ("name", "theirs"),
    [(".nojekyll", b"mine\n"), ("CNAME", b"plan.example.org"), ("CNAME", b"other.example.org\n")],
)
def test_what_the_host_or_the_owner_has_set_stays(
    put: Publish, remote: Repository, name: str, theirs: bytes
) -> None:
    """GitHub's setting of a domain writes CNAME, and what site.toml says does not undo it."""
    remote.seed("gh-pages", {name: theirs})
    put({**FILES, "CNAME": b"plan.example.org\n"})
    found = remote.tree("gh-pages")
    assert found[name] == theirs
    assert name not in json.loads(found[MANIFEST])["files"]


def test_a_cname_of_the_site_comes_and_goes_with_it(put: Publish, remote: Repository) -> None:
    """The domain of site.toml is published as a file, which is ours to take away."""
    put({**FILES, "CNAME": b"plan.example.org\n"})
    assert remote.tree("gh-pages")["CNAME"] == b"plan.example.org\n"
    put(FILES)
    assert "CNAME" not in remote.tree("gh-pages")


@pytest.mark.parametrize(
    ("foreign", "mode"),
    [
        *((path, REGULAR) for path in ("index.html", "goals", "goals/cka/index.html/x")),
        *((path, SYMLINK) for path in ("index.html", "goals")),
    ],
)
def test_a_foreign_file_in_the_way_is_refused(
    put: Publish, remote: Repository, foreign: str, mode: str
) -> None:
    """What planfolio did not write is not written over or through, as a file or as a folder."""
    remote.seed("gh-pages", {foreign: b"mine"}, modes={foreign: mode})
    with pytest.raises(UsageError, match="is not planfolio's, and the site needs its place"):
        put(FILES)
    assert remote.tree("gh-pages") == {foreign: b"mine"}


@pytest.mark.parametrize(
    "manifest",
    [b"no JSON", b'{"version": 2, "files": {}}', b'{"version": 1, "files": ["../CNAME"]}'],
    ids=["text", "version", "path"],
)
def test_a_manifest_that_cannot_be_trusted_is_refused(
    put: Publish, remote: Repository, manifest: bytes
) -> None:
    """It says what may be removed: where it is damaged nothing is guessed."""
    remote.seed("gh-pages", {MANIFEST: manifest, "index.html": b""})
    with pytest.raises(UsageError, match="cannot be trusted") as refusal:
        put(FILES)
    assert "--branch" in refusal.value.hint
    assert remote.log("gh-pages") == ["Seed"]


def test_a_symlink_of_the_plan_is_refused(put: Publish, tmp_path: Path) -> None:
    """A public name may lead to a private file; a file itself is no such thing."""
    (tmp_path / "a.txt").write_text("public")
    (tmp_path / "b.txt").symlink_to("a.txt")
    put({"files/a.txt": tmp_path / "a.txt"})
    with pytest.raises(UsageError, match=r"b\.txt: it is a symlink"):
        put({"files/a.txt": tmp_path / "a.txt", "files/b.txt": tmp_path / "b.txt"})


def test_files_of_the_plan_are_copied(put: Publish, remote: Repository, tmp_path: Path) -> None:
    """A path stands for what its file holds: pushed when it is new or changed, and only then."""
    video = tmp_path / "video.mp4"
    video.write_bytes(b"x" * 2_000_000)
    assert "files/video.mp4" in put({"files/video.mp4": video}).added
    assert not put({"files/video.mp4": video}).differs
    video.write_bytes(b"y" * 2_000_000)
    assert put({"files/video.mp4": video}).changed == ("files/video.mp4",)
    assert remote.tree("gh-pages")["files/video.mp4"] == b"y" * 2_000_000


def test_settings_of_the_repository_do_not_touch_the_bytes(
    put: Publish, work: Repository, remote: Repository
) -> None:
    """Line-end settings, attributes, filters, ignore rules and colours change nothing, and no tag
    goes along where pushes are told to take tags."""
    for name, value in {
        "core.autocrlf": "true",
        "core.splitIndex": "true",
        "color.ui": "always",
        "filter.loud.clean": "tr a-z A-Z",
        "log.showSignature": "true",
        "push.followTags": "true",
    }.items():
        work.git("config", name, value)
    work.write({".gitattributes": "* text filter=loud\n", ".gitignore": "*\n"})
    work.git("tag", "-a", "-m", "Mine", "mine", put(FILES).commit or "")
    before = work.state()
    put(LESS)
    assert remote.tree("gh-pages") == whole(LESS)
    assert work.state() == before
    assert remote.text("tag") == ""


def test_a_linked_work_tree_publishes_as_well(
    put: Publish, work: Repository, remote: Repository, tmp_path: Path
) -> None:
    """Neither it nor the main work tree is touched."""
    work.git("worktree", "add", "-q", str(tmp_path / "linked"), "-b", "side")
    linked = Repository(tmp_path / "linked", work.environment)
    linked.write({"notes.txt": "in the linked one\n"})
    before = work.state(), linked.state()
    put(FILES, root=linked.folder)
    assert remote.tree("gh-pages") == whole(FILES)
    assert (work.state(), linked.state()) == before


def test_a_subfolder_publishes_as_well(
    put: Publish, work: Repository, remote: Repository, tmp_path: Path
) -> None:
    """A plan deep in a repository puts its site at the root of the branch; a HEAD on no branch
    stays there. A plan that was never committed can be published as well."""
    folder = work.folder / "deep" / "große Pläne"
    folder.mkdir(parents=True)
    work.git("checkout", "-q", "--detach")
    before = work.state()
    put(FILES, root=folder)
    put(LESS, root=folder)
    assert remote.tree("gh-pages") == whole(LESS)
    assert work.state() == before
    fresh = Repository(tmp_path / "fresh", work.environment)
    fresh.folder.mkdir()
    fresh.git("init", "-q")
    put(FILES, root=fresh.folder, remote=str(remote.folder))
    assert remote.tree("gh-pages") == whole(FILES)


def test_a_shallow_clone_publishes_as_well(
    put: Publish, work: Repository, remote: Repository, tmp_path: Path
) -> None:
    """A clone of depth one, as CI makes it, stays shallow, and the branch keeps its history."""
    put(FILES)
    work.commit_all("More")
    work.git("push", "-q", "origin", "main")
    address = remote.folder.as_uri()
    options = ["--depth", "1", "--no-single-branch"]
    work.git("clone", "-q", *options, address, str(tmp_path / "shallow"))
    shallow = Repository(tmp_path / "shallow", work.environment)
    before = shallow.state()
    put(LESS, root=shallow.folder)
    assert remote.tree("gh-pages") == whole(LESS)
    assert len(remote.log("gh-pages")) == 2
    assert shallow.text("rev-parse", "--is-shallow-repository") == "true"
    assert shallow.state() == before


def test_a_repository_of_sha256_publishes_as_well(
    put: Publish, environment: dict[str, str], tmp_path: Path
) -> None:
    """No id is taken to have forty digits."""
    remote = bare(tmp_path / "256.git", environment, format_="sha256")
    work = working(tmp_path / "256", environment, origin=remote, format_="sha256")
    remote.seed("gh-pages", {"CNAME": b"x\n"})
    put(FILES, root=work.folder)
    done = put(LESS, root=work.folder)
    assert remote.tree("gh-pages") == {**whole(LESS), "CNAME": b"x\n"}
    assert len(done.commit or "") == 64


def test_what_git_says_to_a_hook_leads_nowhere_else(
    put: Publish, work: Repository, remote: Repository, environment: dict[str, str], tmp_path: Path
) -> None:
    """GIT_DIR, GIT_INDEX_FILE and their like name another repository, which is not used."""
    other = working(tmp_path / "other", environment, origin=bare(tmp_path / "o.git", environment))
    git_dir = str(other.folder / ".git")
    before = work.state(), other.state()
    put(
        FILES,
        GIT_DIR=git_dir,
        GIT_WORK_TREE=str(other.folder),
        GIT_INDEX_FILE=f"{git_dir}/index",
        GIT_OBJECT_DIRECTORY=f"{git_dir}/objects",
        GIT_COMMON_DIR=git_dir,
        GIT_PREFIX="deep/",
        GIT_LITERAL_PATHSPECS="1",
    )
    assert remote.tree("gh-pages") == whole(FILES)
    assert (work.state(), other.state()) == before


def test_only_the_pre_push_hook_is_run(
    put: Publish, work: Repository, remote: Repository, tmp_path: Path
) -> None:
    """The owner's pre-push hook hears of the push and of whose it is; no other hook is run."""
    heard = tmp_path / "heard"
    for name in ("post-index-change", "pre-commit", "commit-msg", "post-commit", "post-checkout"):
        work.hook(name, f'echo {name} >> "{heard}"')
    work.hook(
        "pre-push", f'echo "pre-push $1 $PLANFOLIO_PUBLISHING" >> "{heard}"; cat >> "{heard}"'
    )
    done = put(FILES)
    first, second = heard.read_text().splitlines()
    assert first == "pre-push origin 1"
    assert second.split()[:3] == [done.commit, done.commit, "refs/heads/gh-pages"]
    assert remote.tree("gh-pages") == whole(FILES)


def test_a_pre_push_hook_can_stop_it(put: Publish, work: Repository, remote: Repository) -> None:
    """What it says is shown, also where git is told to colour all it says."""
    for name in ("ui", "push", "remote", "advice", "transport"):
        work.git("config", f"color.{name}", "always")
    work.hook("pre-push", "echo 'not on a Friday' >&2; exit 1")
    with pytest.raises(EnvironmentFailure, match="not on a Friday") as failure:
        put(FILES)
    assert remote.branches() == {}
    assert failure.value.message.startswith("the pre-push hook stopped the push; gh-pages of ori")
    assert "\x1b" not in failure.value.message


def test_a_branch_that_moves_on_meanwhile_is_left_alone_and_can_be_published_to_again(
    put: Publish, work: Repository, remote: Repository, tmp_path: Path
) -> None:
    """Another's commit between look and push is not lost: the next one of ours comes on top."""
    put(FILES)
    theirs = remote.seed("theirs", {**whole(FILES), "CNAME": b"x\n"}, orphan=True)
    once = tmp_path / "moved"
    work.hook(
        "pre-push",
        f'[ -e "{once}" ] || git -C "{remote.folder}" update-ref refs/heads/gh-pages {theirs}\n'
        f'touch "{once}"',
    )
    with pytest.raises(EnvironmentFailure, match=r"changed while .* being published") as failure:
        put(LESS)
    assert (failure.value.exit_code, "again" in failure.value.hint) == (3, True)
    assert remote.text("rev-parse", "gh-pages") == theirs
    done = put(LESS)
    assert remote.tree("gh-pages") == {**whole(LESS), "CNAME": b"x\n"}
    assert remote.text("rev-parse", "gh-pages", "gh-pages^").split() == [done.commit, theirs]


def test_a_refused_push_tells_the_reason_of_the_other_side(
    put: Publish, work: Repository, remote: Repository
) -> None:
    """A protected branch stays as it is, and all that the other side says is shown."""
    remote.hook(
        "update",
        "echo 'error: GH006: Protected branch update failed.' >&2; echo 'More.' >&2; exit 1",
    )
    before = work.state()
    with pytest.raises(EnvironmentFailure) as failure:
        put(FILES)
    first, theirs, more, *rest = failure.value.message.splitlines()
    assert first == "the push was refused; gh-pages of origin is as it was. git says:"
    assert theirs == "  remote: error: GH006: Protected branch update failed."
    assert more == "  remote: More."
    assert any(line.endswith("gh-pages (hook declined)") for line in rest)
    assert failure.value.exit_code == 3
    assert remote.branches() == {}
    assert work.state() == before


@pytest.mark.parametrize("known", ["", "[user]\n\temail = ada@example.org\n"], ids=["none", "half"])
def test_without_a_name_the_commit_is_planfolios(
    put: Publish, work: Repository, remote: Repository, tmp_path: Path, known: str
) -> None:
    """Nothing is made up of user and machine, and no name is written to the configuration."""
    (tmp_path / "known").write_text(known)
    before = work.state()
    done = put(FILES, GIT_CONFIG_GLOBAL=str(tmp_path / "known"), EMAIL="")
    who = remote.text("log", "-1", "--format=%an <%ae> %cn <%ce>", "gh-pages")
    ours = "planfolio <noreply@planfolio.invalid>"
    assert (done.unnamed, who) == (True, f"{ours} {ours}")
    assert work.state() == before


def test_the_branch_of_the_plan_is_refused(
    put: Publish, work: Repository, remote: Repository
) -> None:
    """A site never lands among the sources, neither at the root nor for a plan in a subfolder."""
    work.write({"site.toml": "", "sub/site.toml": ""})
    work.commit_all()
    work.git("push", "-q", "origin", "main")
    before = remote.branches()
    for root in (work.folder, work.folder / "sub"):
        with pytest.raises(UsageError, match="the plan itself is on that branch"):
            put(FILES, root=root, branch="main")
    assert remote.branches() == before


def test_a_repository_of_its_own_may_have_the_site_on_main(
    put: Publish, remote: Repository, environment: dict[str, str], tmp_path: Path
) -> None:
    """A private plan goes to a public repository, whatever the branch is called there."""
    public = bare(tmp_path / "public.git", environment)
    put(FILES, remote=str(public.folder), branch="main")
    put(LESS, remote=public.folder.as_uri(), branch="main")
    assert public.tree("main") == whole(LESS)
    assert remote.branches() == {}
