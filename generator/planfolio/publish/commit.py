"""A commit made of nothing but objects: no work tree, no index of the repository, no branch."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.publish.branch import REGULAR, Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.publish.git import Git

_NAME = "planfolio"
_EMAIL = "noreply@planfolio.invalid"
"""An address that can be nobody's (RFC 2606)."""


def blobs(git: Git, files: Mapping[str, bytes], *, keep: bool) -> dict[str, Entry]:
    """Return the entry of each file of a site; its blob is put into the repository if `keep`.

    The bytes become blobs as they are: no attribute or line-end setting touches them.
    """
    contents = list(dict.fromkeys(files.values()))
    with tempfile.TemporaryDirectory(prefix="planfolio-") as name:
        paths = []
        for number, data in enumerate(contents):
            path = Path(name, str(number))
            path.write_bytes(data)
            paths.append(path)
        options = ["-w"] if keep else []
        listed = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        out = git.output("hash-object", *options, "--no-filters", "--stdin-paths", data=listed)
    objects = dict(zip(contents, out.decode("ascii").split(), strict=True))
    return {path: Entry(REGULAR, objects[data]) for path, data in files.items()}


def commit(
    git: Git,
    entries: Mapping[str, Entry],
    *,
    parent: str | None,
    message: str,
    author: Mapping[str, str],
) -> str:
    """Put a commit with these files into the repository and return its id; no ref leads to it."""
    with tempfile.TemporaryDirectory(prefix="planfolio-") as name:
        index = {"GIT_INDEX_FILE": str(Path(name, "index"))}
        listed = b"".join(
            f"{entry.mode} {entry.object}\t{path}\0".encode("utf-8", "surrogateescape")
            for path, entry in sorted(entries.items())
        )
        git.output("update-index", "-z", "--index-info", data=listed, environment=index)
        tree = git.output("write-tree", environment=index).decode("ascii").strip()
    parents = [] if parent is None else ["-p", parent]
    text = message.encode("utf-8", "replace")
    made = git.output("commit-tree", tree, *parents, "-F", "-", data=text, environment=author)
    return made.decode("ascii").strip()


def author_for(git: Git) -> dict[str, str]:
    """Return the environment of a commit's author: empty where git knows the owner's name.

    git would else make up an address of the user's and the machine's names, and that would be
    published. Without a name of the owner's the commit is in planfolio's.
    """
    idents = ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")
    if all(git.run("-c", "user.useConfigOnly=true", "var", name).code == 0 for name in idents):
        return {}
    return {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", _NAME), ("EMAIL", _EMAIL))
    }
