"""All that leaves the machine of a plan that hides canaries in every way, read to the last byte.

What each stage removes is proved beside the stages; here are the outputs, as they are given out by
the program itself.
"""

import json
import re
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.canaries import AS_OF, CANARY, found, hidden_in_every_way
from tests.cli.conftest import MakePlan, Run
from tests.previewing import LONG, Preview, previewing
from tests.publish.repositories import Repository, bare, surroundings
from tests.reading import files_below

from planfolio.model.kinds import KINDS
from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build

PUBLIC, PRIVATE = Visibility.PUBLIC, Visibility.PRIVATE
DAY = AS_OF.isoformat()
PLAIN = {f"{kind.folder}/plain-{kind.name}/index.html" for kind in KINDS if not kind.singleton}


@pytest.fixture
def root(plan: MakePlan) -> Path:
    """A plan of which the public sees plain records alone."""
    return plan(hidden_in_every_way())


def made(root: Path, audience: Visibility) -> Mapping[str, bytes]:
    """Return the files of the site for an audience."""
    site = build(root, today=Today(now=datetime.now(UTC), as_of=AS_OF), audience=audience)
    assert site.files is not None, site.check.errors
    copied = {path: file.read_bytes() for path, file in site.copies.items()}
    return {**site.files, **copied}


def built(run: Run, root: Path, output: Path, audience: Visibility) -> dict[str, bytes]:
    """Build the plan for an audience, and return the files on the disk by their path there."""
    options = ["--audience", audience.word, "--as-of", DAY, "-o", output]
    done = run("build", "--site", root, *options)
    assert done.exit_code == 0, done.stderr
    return files_below(output)


def test_no_canary_is_in_what_is_built(run: Run, root: Path, tmp_path: Path) -> None:
    """Neither for the public nor for a mentor, and the owner's own site is full of them.

    plan.json is one of the files, and knows the plain records alone.
    """
    assert len(found(made(root, PRIVATE))) > 1000
    for audience in (PUBLIC, Visibility.MENTOR):
        files = built(run, root, tmp_path / audience.word, audience)
        assert found(files) == set()
        assert set(files) >= PLAIN
        export = json.loads(files["plan.json"])
        parts = (export[part] for part in ("goals", "milestones", "skills", "roles"))
        ids = [record["id"] for part in parts for record in part]
        assert ids
        assert all(id_.startswith(("plain-", "open-")) for id_ in ids)


def test_no_canary_is_in_what_is_served(root: Path) -> None:
    """Each file of the public site, what the preview has of its own, its stream, and what it
    answers to those who ask for the owner's pages; with a sound plan and with a broken one."""
    public, private = (set(made(root, audience)) for audience in (PUBLIC, PRIVATE))
    with previewing(root, "--audience", "public", "--as-of", DAY) as preview:
        preview.shows("A plain goal", "goals/plain-goal/")
        files = asked(preview, public)
        assert len(files) > 30
        assert found(files) == set()
        hidden = private - public
        assert len(hidden) > 50
        for path in sorted(hidden):
            status, text = preview.ask(path)
            assert (status, CANARY.findall(text)) == (404, []), path
        assert "canary" in preview.stderr.lower()  # the findings stand in the terminal
        broken = root / "content/goals/canary-own.md"
        text = broken.read_text("utf-8").replace("start:", "strat: Canaryfault #", 1)
        broken.write_text(text, "utf-8")
        preview.says("strat")
        files = asked(preview, public)
        assert json.loads(files["_planfolio/state.json"])["ok"] is False
        assert found(files) == set()


def asked(preview: Preview, paths: set[str]) -> Mapping[str, bytes]:
    """Return what a preview answers to each path, and to those of its own."""
    page = preview.ask("goals/plain-goal/")[1]
    assert "_planfolio/client.js" in page
    texts = (path for path in sorted(paths) if not path.endswith((".woff2", ".png")))
    files = {path: preview.ask(path)[1].encode() for path in texts}
    for name in ("state.json", "client.js", "findings.js"):
        files[f"_planfolio/{name}"] = preview.ask(f"_planfolio/{name}")[1].encode()
    stream = f"{preview.url}_planfolio/events"
    with urllib.request.urlopen(stream, timeout=LONG) as events:  # noqa: S310
        told = b""
        while b"data: " not in told or not told.endswith(b"\n\n"):
            told += events.readline()
    return {**files, "_planfolio/events": told}


def test_no_canary_is_in_what_is_published(run: Run, root: Path, tmp_path: Path) -> None:
    """Every object that the remote has got is read, refs and paths among them, and what the
    program printed where others may read it along: the log of a hook, or of CI."""
    environment = surroundings(tmp_path / "home")
    remote = bare(tmp_path / "remote.git", environment)
    work = Repository(root, environment)
    work.git("init", "-q")
    work.git("remote", "add", "origin", str(remote.folder))
    work.commit_all("Canaryhidden stays here")
    listed = run("publish", "--site", root, "--as-of", DAY, "--dry-run", **environment)
    assert (listed.exit_code, CANARY.findall(listed.stdout)) == (0, [])
    assert "goals/plain-goal/index.html" in listed.stdout
    done = run("publish", "--site", root, "--as-of", DAY, **environment)
    assert done.exit_code == 0, done.stderr
    assert CANARY.findall(done.stdout + done.stderr) == []
    objects = remote.text("cat-file", "--batch-all-objects", "--batch-check").splitlines()
    names = {name: kind for name, kind, _ in map(str.split, objects)}
    assert set(names.values()) == {"blob", "tree", "commit"}
    # By number: a hash may hold the digits of a canary by chance.
    everything = {
        f"{kind} {number}": remote.git("cat-file", kind, name)
        for number, (name, kind) in enumerate(names.items())
    }
    refs = remote.git("for-each-ref")
    assert found({**everything, "refs": refs}) == set()
    assert found(remote.tree("gh-pages")) == set()
    # The files of the repository itself: packed objects are compressed, loose ones and logs too.
    files = [file for file in remote.folder.rglob("*") if file.is_file()]
    disk = {
        f"{number} {re.sub('[0-9a-f]{38,}', '', file.name)}": file.read_bytes()
        for number, file in enumerate(files)
        if "hooks" not in file.parts
    }
    assert found(disk) == set()
