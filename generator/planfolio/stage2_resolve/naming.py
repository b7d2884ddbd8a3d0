"""The names of a plan: each record gets its id, its aliases and an address of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planfolio.diagnostics import Diagnostic, Severity
from planfolio.marks import folded
from planfolio.stage2_resolve.directory import Directory
from planfolio.urls import is_too_long, slug
from planfolio.values.unreadable import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planfolio.kinds import Kind
    from planfolio.marks import Loc
    from planfolio.stage2_resolve.drafts import Draft


def enter(
    drafts: Sequence[Draft], kinds: Sequence[Kind]
) -> tuple[Directory, list[Draft], list[Diagnostic]]:
    """Return the directory of all ids, aliases and needs, the drafts that stay, and the doubles.

    Of two records with one id or address the first stays, in the order of the files.
    """
    directory = Directory(kinds)
    kept: list[Draft] = []
    faults: list[Diagnostic] = []
    addresses: dict[str, Draft] = {}
    for draft in drafts:
        other = addresses.setdefault(url_of(draft), draft)
        if other is not draft:
            faults.append(_double(draft, other))
            continue
        directory.add(draft.key)
        kept.append(draft)
        if draft.kind.name == "role":
            faults.extend(_enter_needs(draft, directory))
    for draft in kept:
        faults.extend(_enter_aliases(draft, directory, addresses))
    return directory, kept, faults


def url_of(draft: Draft) -> str:
    """Return the site path of a record's page."""
    if draft.kind.single:
        return draft.kind.index
    return f"{draft.kind.folder}/{slug(draft.key.id)}/"


def _enter_needs(role: Draft, directory: Directory) -> list[Diagnostic]:
    faults = []
    needs = directory.needs.setdefault(role.key.id, {})
    taken: dict[str, int] = {}
    for index, need in enumerate(role.fields.needs):
        id_ = need.id or slug(need.title)
        other = taken.setdefault(slug(id_), index)
        if other != index:
            message = f"the need {quoted(id_)} stands here a second time"
            hint = "take one out, or give one an `id`"
            loc = ("needs", index, "id" if need.id else "title")
            faults.append(_error(role, loc, "duplicate-need", message, hint))
            continue
        for name in (need.id, need.title):
            if name and slug(name):
                needs.setdefault(slug(name), id_)
    return faults


def _enter_aliases(
    draft: Draft, directory: Directory, addresses: Mapping[str, Draft]
) -> list[Diagnostic]:
    faults = []
    kind = draft.key.kind
    names = directory.aliases.setdefault(kind, {})
    for index, alias in enumerate(draft.fields.aliases):
        if is_too_long(alias):
            message = "the alias gives an address longer than the name of a folder may be"
            found = _error(draft, ("aliases", index), "bad-value", message, "take the alias out")
            faults.append(replace(found, code="F102"))
            continue
        holder = directory.holder(kind, alias)
        other = addresses.get(f"{draft.kind.folder}/{slug(alias)}/")
        if holder is None and other is not None:
            holder = other.key.id
        if holder is None:
            names[folded(alias)] = draft.key.id
            continue
        if holder == draft.key.id:
            message = f"the alias {quoted(alias)} is the record's own id, or stands here twice"
        else:
            message = f"the alias {quoted(alias)} is already a name of the {kind} {quoted(holder)}"
        hint = "take the alias out"
        faults.append(_error(draft, ("aliases", index), "duplicate-alias", message, hint))
    return faults


def _double(draft: Draft, other: Draft) -> Diagnostic:
    first, second = other.source, draft.source
    where = f"{first.path}:{first.span(()).line}" if first.path == second.path else first.path
    if folded(draft.key.id) == folded(other.key.id):
        message = f"the id {quoted(draft.key.id)} is also that of {where}"
        if draft.key.id != other.key.id:
            message += f" ({quoted(other.key.id)}: case and normal form make no difference)"
    else:
        here, there = quoted(draft.key.id), quoted(other.key.id)
        message = f"the id {here} gives the same address as {there} in {where}"
    hint = "rename one of them" if not draft.inline else "give one of the milestones an `id`"
    loc = ("id",) if not draft.inline else ("title",)
    return _error(draft, loc, "duplicate-id", message, hint)


def _error(draft: Draft, loc: Loc, name: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(
        code="F103",
        name=name,
        severity=Severity.ERROR,
        path=draft.source.path,
        span=draft.source.span(loc),
        message=message,
        hint=hint,
        subject=draft.key,
    )
