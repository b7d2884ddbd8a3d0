"""What the preview shows: one whole site, and how the last attempt to build it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from datetime import date

    from planfolio.model.diagnostics import Diagnostic

Files: TypeAlias = Mapping[str, bytes]
"""A whole site by file path. A page may be rendered when it is first asked for: it is a pure
function of its view, so that is the same as having rendered it at once."""


TOLD_ELSEWHERE = (
    "What is wrong is told in the terminal alone: findings speak of the whole plan, and this "
    "preview shows what others may see of it."
)
"""What readers are told of an attempt that failed, if they may not see the whole plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One attempt to build.

    `number` counts the attempts of a session from 1. `build` names the content of `files`: equal
    for equal sites, across restarts too. `files` are those of the last attempt that went well, and
    None before the first. `failure` says in words what is no diagnostic of the plan: a fault in a
    theme, a disk that cannot be read, a bug of ours. `changed` are the site paths of the records
    whose sources changed with this attempt, the last saved first. `style_only` tells that nothing
    but stylesheets differs from the attempt before. `base` is the path that the site lives under,
    with a slash at both ends. `lines` gives the lines of a source by its path, or none.
    """

    number: int
    build: str
    files: Files | None
    ok: bool
    diagnostics: tuple[Diagnostic, ...] = ()
    failure: str = ""
    changed: tuple[str, ...] = ()
    style_only: bool = False
    base: str = "/"
    as_of: date | None = None
    audience: Visibility
    lines: Callable[[str], Sequence[str]] = lambda path: ()  # noqa: ARG005


def for_readers(outcome: Outcome) -> Outcome:
    """Return an outcome as it may be shown to those whom its site is for.

    Findings and failures are of the owner's plan: they name what is hidden from others, show its
    lines, and even their number would tell of it. Others are told whether the plan could be built.
    """
    if outcome.audience is Visibility.PRIVATE:
        return outcome
    failure = "" if outcome.ok else TOLD_ELSEWHERE
    return replace(outcome, diagnostics=(), failure=failure, lines=lambda path: ())  # noqa: ARG005
