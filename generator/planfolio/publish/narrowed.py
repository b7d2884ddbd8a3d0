"""Pages that are public without some of their record: what did they say before that was hidden?

The path of such a page tells nothing, since it is published still. So its old versions are read,
and searched as a build is searched for leaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from planfolio.audience.leaks import find_leaks, removed_strings
from planfolio.publish.history import SHORT, contents, versions, without_history
from planfolio.publish.outcome import Exposure
from planfolio.urls import file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planfolio.audience.leaks import Leak
    from planfolio.model.plan import Plan
    from planfolio.publish.target import Target
    from planfolio.render import Theme

_MOST = 2_000
"""How many versions are read, the newest: a branch may be published to every day for years."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The pages (as files of the site) that show less of their records than the owner wrote.

    `find` returns the places in files of any names that show what is hidden.
    """

    pages: frozenset[str]
    find: Callable[[Mapping[str, bytes]], tuple[Leak, ...]]


NOT_NARROWED = Narrowed(frozenset(), lambda files: ())  # noqa: ARG005


def narrowed_of(plan: Plan, *, seen: Plan, theme: Theme) -> Narrowed:
    """Return the pages that `seen`, what is left of a plan, shows without something of theirs."""
    sources = {string.source.path for string in removed_strings(plan, seen)}
    pages = {
        file_of(record.url) for record in seen.records.values() if record.source.path in sources
    }
    pages |= {file_of(kind.index) for kind in plan.kinds if _has_lost_prose(kind.name, plan, seen)}
    find = partial(find_leaks, owner=plan, seen=seen, theme=theme)
    return Narrowed(frozenset(pages), find)


def in_old_versions(target: Target, parent: str | None, narrowed: Narrowed) -> Exposure | None:
    """Return that an old version of a page, up to the commit `parent`, shows what is hidden now."""
    if parent is None:
        return None
    found = {v.object: v for v in islice(versions(target, parent, narrowed.pages), _MOST)}
    if not found:
        return None
    # The names are searched as well, so that they must not be those of pages.
    leaks = narrowed.find(dict(contents(target.git, found)))
    shown = {found[leak.path].path: leak for leak in leaks}
    if not shown:
        return None
    path = min(shown)
    leak = shown[path]
    more = f" and {len(shown) - 1} more" if len(shown) > 1 else ""
    return Exposure(
        f"the history of {target.shown} holds versions of {path}{more} that show what the site "
        f"hides now: {leak.what} of {leak.source}:{leak.source_line} "
        f"(commit {found[leak.path].commit[:SHORT]})",
        without_history(target),
    )


def _has_lost_prose(kind: str, plan: Plan, seen: Plan) -> bool:
    whole, left = plan.intros.get(kind), seen.intros.get(kind)
    return whole is not None and (left is None or left.body != whole.body)
