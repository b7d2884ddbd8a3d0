"""The publish: look at the branch, make a commit on top of it, push it."""

import hashlib
import shutil
import tempfile
import time
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from planfolio.exceptions import UsageError
from planfolio.message_text import visible
from planfolio.output.sitepath import (
    MANIFEST,
    ManifestUnreadable,
    check_site_path,
    decode_manifest,
    encode_manifest,
    folders_of,
)
from planfolio.publish.git import Git, RemoteBranch, branch_moved

_Tree: TypeAlias = Mapping[str, tuple[str, str]]
"""The mode and the object id of each file of a commit."""

CNAME = "CNAME"
"""The file that names the domain of a site on a branch of GitHub Pages."""

NO_JEKYLL = ".nojekyll"
"""The empty file that tells GitHub Pages to serve the branch as it is."""

_FILE_MODES = frozenset({"100644", "100755"})
_NOBODY = "planfolio <noreply@planfolio.invalid>"
"""An address that can be nobody's (RFC 2606)."""

_REF = "refs/planfolio/publish"
"""A name that fast-import needs for the new commit; it drops it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What a publish changed on the branch, or in a dry run would change.

    `added`, `changed` and `removed` are site paths, sorted; the manifest is not among them.
    `differs` tells whether there was anything to push, `commit` is what was pushed, or None.
    `first` tells that the branch was not there before, `unnamed` that git knew no author, so that
    the commit is in planfolio's name.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    differs: bool
    first: bool
    commit: str | None = None
    unnamed: bool = False


def publish(
    branch: RemoteBranch, files: Mapping[str, bytes | Path], *, message: str, dry_run: bool = False
) -> Publication:
    """Make a branch hold the files of a site, beside those of others, by one commit.

    `files` maps site paths to bytes, or to a file of the plan. Where nothing would change nothing
    is pushed; with `dry_run` nothing ever is. The first publish makes a branch without a history.

    Raises UsageError for a branch or a file that may not be published, EnvironmentFailure where git
    or the remote fails or the branch moves meanwhile, and ValueError for bad site paths.
    """
    for path, file in files.items():
        check_site_path(path)
        if isinstance(file, Path) and file.is_symlink():  # it may lead to what is not public
            raise UsageError(
                f"will not publish {visible(str(file))}: it is a symlink",
                hint="put a copy of the file in its place",
            )
    head = branch.head()
    tree = _tree(branch, head)
    _refuse_sources(branch, tree)
    ours = _ours(branch, tree)
    foreign = tree.keys() - ours
    site = {NO_JEKYLL: b"", **files}
    for path in {NO_JEKYLL, CNAME} & foreign:  # they are the owner's or GitHub's
        site.pop(path, None)
    site[MANIFEST] = encode_manifest(site)
    hashing = branch.git.output("rev-parse", "--show-object-format").text
    fresh = {
        path: site[path]
        for path in sorted(site)
        if not _is_same(tree.get(path), site[path], hashing=hashing)
    }
    _refuse_blocked(branch, site=fresh.keys(), foreign=foreign)
    removed = ours & tree.keys() - site.keys()
    differs = head is None or bool(fresh or removed)
    commit, unnamed = None, False
    if differs and not dry_run:
        people, unnamed = _people(branch.git)
        header = _header(people, message=message, parent=head)
        commit = _commit(branch.git, header, fresh=fresh, removed=removed, hashing=hashing)
        branch.push(commit)
    return Publication(
        added=tuple(sorted(fresh.keys() - tree.keys() - {MANIFEST})),
        changed=tuple(sorted((fresh.keys() & tree.keys()) - {MANIFEST})),
        removed=tuple(sorted(removed)),
        differs=differs,
        first=head is None,
        commit=commit,
        unnamed=unnamed,
    )


def _tree(branch: RemoteBranch, head: str | None) -> _Tree:
    """Return the files of the newest commit of a branch, fetched if need be."""
    if head is None:
        return {}
    branch.fetch()
    if branch.git.run("cat-file", "-e", f"{head}^{{commit}}").code:
        raise branch_moved(branch)
    listed = branch.git.output("ls-tree", "-r", "-z", "--full-tree", head).out
    found = {}
    for line in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, _, object_id = about.split(" ")
        found[path] = (mode, object_id)
    return found


def _refuse_sources(branch: RemoteBranch, tree: _Tree) -> None:
    """Keep the site off the branch that the plan itself is written on."""
    on = branch.git.run("symbolic-ref", "--quiet", "HEAD").text
    if on == branch.ref and f"{branch.prefix}site.toml" in tree:
        raise UsageError(
            f"will not publish to {branch.shown}: the plan itself is on that branch",
            hint="give the site a branch of its own: --branch gh-pages",
        )


def _ours(branch: RemoteBranch, tree: _Tree) -> frozenset[str]:
    """Return what planfolio wrote to the branch, by the manifest on it."""
    if MANIFEST not in tree:
        return frozenset()
    try:
        listed = decode_manifest(branch.git.output("cat-file", "blob", tree[MANIFEST][1]).out)
    except ManifestUnreadable as problem:
        raise UsageError(
            f"will not publish to {branch.shown}: its {MANIFEST} cannot be trusted to say "
            f"which files are planfolio's: {problem}",
            hint="restore it there, or choose another branch with --branch",
        ) from None
    return frozenset({MANIFEST, *listed})


def _refuse_blocked(branch: RemoteBranch, *, site: Set[str], foreign: Set[str]) -> None:
    """Refuse to write over files of others, as files or as folders."""
    places = site | folders_of(site).keys()
    blocked = sorted((places & foreign) | (folders_of(foreign).keys() & site))
    if blocked:
        raise UsageError(
            f"will not publish to {branch.shown}: {visible(blocked[0])} in it is not planfolio's, "
            "and the site needs its place",
            hint="delete it there, or choose another branch with --branch",
        )


def _is_same(entry: tuple[str, str] | None, content: bytes | Path, *, hashing: str) -> bool:
    """Tell whether an entry of a tree is this file, by the id that git gives to it."""
    if entry is None or entry[0] not in _FILE_MODES:
        return False
    digest = hashlib.new(hashing, usedforsecurity=False)
    digest.update(b"blob %d\0" % _size(content))
    if isinstance(content, Path):
        with content.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    else:
        digest.update(content)
    return digest.hexdigest() == entry[1]


def _people(git: Git) -> tuple[tuple[str, str], bool]:
    """Return author and committer with the time, and whether git knows none.

    git would else make up an address of the user's and the machine's names, and publish that.
    """
    names = ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")
    author, committer = (git.run("-c", "user.useConfigOnly=true", "var", name) for name in names)
    if author.code or committer.code:
        nobody = f"{_NOBODY} {int(time.time())} +0000"
        return (nobody, nobody), True
    return (author.text, committer.text), False


def _header(people: tuple[str, str], *, message: str, parent: str | None) -> bytes:
    """Return the start of a commit as `git fast-import` reads it."""
    author, committer = people
    text = f"{message}\n".encode("utf-8", "replace")
    names = f"author {author}\ncommitter {committer}\n".encode("utf-8", "surrogateescape")
    start = f"feature done\ncommit {_REF}\nmark :1\n".encode()
    above = f"from {parent}\n".encode() if parent else b""
    return b"%b%bdata %d\n%b%b" % (start, names, len(text), text, above)


def _commit(
    git: Git,
    header: bytes,
    *,
    fresh: Mapping[str, bytes | Path],
    removed: Set[str],
    hashing: str,
) -> str:
    """Make a commit of what changes, and return its id; files of the plan are copied in chunks."""
    nothing = "0" * 2 * hashlib.new(hashing, usedforsecurity=False).digest_size
    with tempfile.TemporaryFile() as stream:
        stream.write(header)
        stream.writelines(b"D %b\n" % _quoted(path) for path in sorted(removed))
        for path, content in fresh.items():
            stream.write(b"M 100644 inline %b\ndata %d\n" % (_quoted(path), _size(content)))
            if isinstance(content, Path):
                with content.open("rb") as file:
                    shutil.copyfileobj(file, stream, 1 << 20)
            else:
                stream.write(content)
            stream.write(b"\n")
        stream.write(f"\nget-mark :1\nreset {_REF}\nfrom {nothing}\n\ndone\n".encode())
        stream.seek(0)
        return git.output("fast-import", "--quiet", "--done", stdin=stream).text


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode("utf-8", "surrogateescape")


def _size(content: bytes | Path) -> int:
    return content.stat().st_size if isinstance(content, Path) else len(content)
