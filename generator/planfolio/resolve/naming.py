"""The names of a plan: each record gets its id, its aliases and an address of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.resolve.directory import Directory
from planfolio.spelling import folded, quoted
from planfolio.urls import is_too_long, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planfolio.model.kinds import Kind
    from planfolio.model.source_tree import Loc
    from planfolio.resolve.raw_records import RawRecord


def enter(
    raw_records: Sequence[RawRecord], kinds: Sequence[Kind]
) -> tuple[Directory, list[RawRecord], list[Diagnostic]]:
    """Return the directory of all ids, aliases and needs, the records that stay, and the doubles.

    Of two records with one id or address the first stays, in the order of the files.
    """
    directory = Directory(kinds)
    kept: list[RawRecord] = []
    faults: list[Diagnostic] = []
    addresses: dict[str, RawRecord] = {}
    for raw in raw_records:
        other = addresses.setdefault(url_of(raw), raw)
        if other is not raw:
            faults.append(_double(raw, other))
            continue
        directory.add(raw.key)
        kept.append(raw)
        if raw.kind.name == "role":
            faults.extend(_enter_needs(raw, directory))
    for raw in kept:
        faults.extend(_enter_aliases(raw, directory, addresses))
    return directory, kept, faults


def url_of(raw: RawRecord) -> str:
    """Return the site path of a record's page."""
    if raw.kind.singleton:
        return raw.kind.index
    return f"{raw.kind.folder}/{slug(raw.key.id)}/"


def _enter_needs(role: RawRecord, directory: Directory) -> list[Diagnostic]:
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
    raw: RawRecord, directory: Directory, addresses: Mapping[str, RawRecord]
) -> list[Diagnostic]:
    faults = []
    kind = raw.key.kind
    names = directory.aliases.setdefault(kind, {})
    for index, alias in enumerate(raw.fields.aliases):
        if is_too_long(alias):
            message = "the alias gives an address longer than the name of a folder may be"
            found = _error(raw, ("aliases", index), "bad-value", message, "take the alias out")
            faults.append(replace(found, code="F102"))
            continue
        holder = directory.holder(kind, alias)
        other = addresses.get(f"{raw.kind.folder}/{slug(alias)}/")
        if holder is None and other is not None:
            holder = other.key.id
        if holder is None:
            names[folded(alias)] = raw.key.id
            continue
        if holder == raw.key.id:
            message = f"the alias {quoted(alias)} is the record's own id, or stands here twice"
        else:
            message = f"the alias {quoted(alias)} is already a name of the {kind} {quoted(holder)}"
        hint = "take the alias out"
        faults.append(_error(raw, ("aliases", index), "duplicate-alias", message, hint))
    return faults


def _double(raw: RawRecord, other: RawRecord) -> Diagnostic:
    first, second = other.source, raw.source
    where = f"{first.path}:{first.span(()).line}" if first.path == second.path else first.path
    if folded(raw.key.id) == folded(other.key.id):
        message = f"the id {quoted(raw.key.id)} is also that of {where}"
        if raw.key.id != other.key.id:
            message += f" ({quoted(other.key.id)}: case and normal form make no difference)"
    else:
        here, there = quoted(raw.key.id), quoted(other.key.id)
        message = f"the id {here} gives the same address as {there} in {where}"
    hint = "rename one of them" if not raw.inline else "give one of the milestones an `id`"
    loc = ("id",) if not raw.inline else ("title",)
    return _error(raw, loc, "duplicate-id", message, hint)


def _error(raw: RawRecord, loc: Loc, name: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(
        code="F103",
        name=name,
        severity=Severity.ERROR,
        path=raw.source.path,
        span=raw.source.span(loc),
        message=message,
        hint=hint,
        subject=raw.key,
    )
