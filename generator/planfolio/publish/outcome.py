"""What comes of a publish: what changed on the branch, a refusal, or a failure."""

from __future__ import annotations

from dataclasses import dataclass

from planfolio.exceptions import EnvironmentFailure, UsageError


class PublishRefused(UsageError):  # noqa: N818
    """The branch or the site is not one that may be published; the message says why."""


class PublishFailed(EnvironmentFailure):
    """git or the remote repository did not let the site be published; the message says why."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A sentence on what of the hidden can be seen, and what to do about it."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What a publish changed on the branch, or in a dry run would change.

    `added`, `changed` and `removed` are site paths, sorted; the manifest is not among them.
    `differs` tells whether there was anything to push at all, `commit` is what was pushed, or None.
    `first` tells that the branch was not there before, `unnamed` that git knew no author, so that
    the commit is in planfolio's name. `exposures` are what readers of the remote repository can
    see although the site hides it.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    differs: bool
    first: bool
    commit: str | None = None
    unnamed: bool = False
    exposures: tuple[Exposure, ...] = ()
