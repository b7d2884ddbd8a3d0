"""The history of the published branch: which versions of a file it keeps, and what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planfolio.publish.git import Git
    from planfolio.publish.target import Target

SHORT = 10
"""How many digits of a commit are shown."""

_NO_MERGE_IS_LEFT_OUT = ("--full-history", "-m")


class Version(NamedTuple):
    """A file as a commit brought or changed it; `object` is its blob."""

    commit: str
    path: str
    object: str


def versions(target: Target, tip: str, paths: Collection[str]) -> Iterator[Version]:
    """Yield each version of one of the paths that leads to a commit, those of the newest first."""
    named = sorted(path for path in paths if "\n" not in path)
    if not named:
        return
    out = target.git.output(
        "--literal-pathspecs",
        "log",
        "-z",
        "--raw",
        "--no-abbrev",
        "--root",
        "--no-renames",
        "--no-follow",
        "--no-show-signature",
        "--no-ext-diff",
        "--diff-filter=d",
        "--format=%H",
        *_NO_MERGE_IS_LEFT_OUT,
        "--stdin",
        data="\n".join([tip, "--", *named, ""]).encode("utf-8", "surrogateescape"),
    )
    commit = ""
    parts = iter(out.decode("utf-8", "surrogateescape").split("\0"))
    for part in parts:
        text = part.strip("\n")
        if text.startswith(":"):
            # :old-mode new-mode old-object new-object status
            yield Version(commit, next(parts), text.split(" ")[3])
        elif text:
            commit = text


def contents(git: Git, objects: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield blobs with what is in them; one that is not in the repository is left out."""
    asked = "".join(f"{name}\n" for name in objects).encode("ascii")
    out = git.output("cat-file", "--batch", data=asked)
    start = 0
    while start < len(out):
        end = out.index(b"\n", start)
        name, *about = out[start:end].decode("ascii").split(" ")
        start = end + 1
        if about[0] == "missing":
            continue
        size = int(about[1])
        yield name, out[start : start + size]
        start += size + 1


def without_history(target: Target) -> str:
    """Return the way to publish anew without what the history keeps."""
    return (
        f"to begin without the history: git push {target.shown_remote} --delete {target.branch}, "
        "then publish again"
    )
