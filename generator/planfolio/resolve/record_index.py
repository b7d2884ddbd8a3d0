"""The index of all records: which record a name means, and which names are taken twice."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import Any

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Diagnostic, FirstFew, Problem
from planfolio.model.kinds.kind import Kind
from planfolio.model.kinds.role import RoleFields
from planfolio.model.plan import Record
from planfolio.model.references import Key
from planfolio.names import folded, near_names
from planfolio.resolve.raw_records import RawRecords
from planfolio.urls import slug

_MOST_SHARED = 2_000
_MOST_COMPARED = 16
"""How many entries of the index are read for one search, and how many names are then compared."""

_A_SLIP = 0.85
"""How much alike (0..1) two names of people are that are likely to be one."""


class NearNames:
    """An index of names by the pairs of letters in them, for "did you mean".

    A search costs the same however many names there are, since rare pairs are looked up first and
    the number of names that are compared is limited: after a folder was renamed, each record of a
    large plan may have a broken link.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = dict.fromkeys(names)
        self._by_pair: dict[str, list[str]] = {}

    def nearest(self, text: str, *, cutoff: float = 0.6) -> str | None:
        """Return the name that is most like a text, if it is at least `cutoff` (0..1) like it."""
        if not self._by_pair:
            for name in self.names:
                for pair in _pairs(name):
                    self._by_pair.setdefault(pair, []).append(name)
        sharing = sorted((self._by_pair.get(pair, []) for pair in _pairs(text)), key=len)
        shared = Counter(islice(chain.from_iterable(sharing), _MOST_SHARED))
        candidates = [name for name, _ in shared.most_common(_MOST_COMPARED)]
        return next(iter(near_names(text, candidates, cutoff=cutoff)), None)


def _pairs(name: str) -> Iterable[str]:
    """Return the pairs of neighbours in a name, its two ends among them, each once."""
    framed = f"\n{name}\n"
    return dict.fromkeys(framed[at : at + 2] for at in range(len(framed) - 1))


class RecordIndex:
    """The ids and aliases of all records, by kind; and the needs of roles.

    A name is bare (`cka`), or begins with a folder or a kind (`goals/cka`).
    """

    def __init__(self, kinds: Sequence[Kind], raw: RawRecords) -> None:
        self.kinds = kinds
        self.names_of_kinds = [kind.name for kind in kinds]
        self._prefixes = {
            folded(prefix): kind.name for kind in kinds for prefix in (kind.name, kind.folder)
        }
        self._ids: dict[str, dict[str, str]] = {kind.name: {} for kind in kinds}
        self._needs: dict[str, dict[str, str]] = {}
        self._unread = raw.unread
        self._unread_lists = raw.unread_lists
        self._near: dict[tuple[str, ...], NearNames] = {}

    @property
    def basis(self) -> object:
        """Return all that decides what names mean, and in which order they are suggested."""
        ids = [list(ids.items()) for ids in self._ids.values()]
        needs = [(name, list(roles.items())) for name, roles in self._needs.items()]
        return (ids, needs, self._unread, self._unread_lists)

    def add(self, key: Key, name: str | None = None) -> None:
        """Add a record under its id, or under an alias that no other record has."""
        self._ids[key.kind][folded(key.id if name is None else name)] = key.id
        self._near.clear()

    def add_need(self, role: str, need: str, name: str) -> None:
        """Add the id of a role's need under its id or title."""
        self._needs.setdefault(slug(name), {}).setdefault(role, need)

    def find(self, text: str, kinds: Sequence[str]) -> list[Key]:
        """Return the records that a name means, in the order of the kinds.

        A prefix, where no record is called by the whole name, decides for one kind.
        """
        found = self._named(folded(text), kinds)
        if not found and "/" in text:
            kind, rest = self._split(text)
            found = self._named(folded(rest), [kind]) if kind in kinds else []
        return found

    def id_of(self, text: str | None, kind: str) -> str | None:
        """Return the id of the record of a kind that a name means, if there is one."""
        found = self.find(text, [kind]) if text else []
        return found[0].id if found else None

    def _named(self, name: str, kinds: Iterable[str]) -> list[Key]:
        ids = ((kind, self._ids.get(kind, {}).get(name)) for kind in kinds)
        return [Key(kind, id_) for kind, id_ in ids if id_ is not None]

    def may_be_unread(self, text: str, kinds: Sequence[str]) -> bool:
        """Tell whether a name may be that of a record whose file could not be read.

        So may any name of a kind of which a list could not be read, and that of a milestone inside
        a goal that could not.
        """
        names = {folded(text), folded(self._split(text)[1])}
        meant = {Key(kind, name) for kind in kinds for name in names}
        if "milestone" in kinds:
            goals = (name[:at] for name in names for at, sign in enumerate(name) if sign == "-")
            meant.update(Key("goal", goal) for goal in goals)
        return not (meant.isdisjoint(self._unread) and self._unread_lists.isdisjoint(kinds))

    def has_unread(self, kind: str) -> bool:
        """Tell whether a record of a kind could not be read."""
        return kind in self._unread_lists or any(key.kind == kind for key in self._unread)

    def find_need(self, text: str, role: str | None) -> list[tuple[str, str]]:
        """Return the role and the id of each need that a text names by id or title.

        If `role` has one, it is the one that is meant.
        """
        prefix, _, rest = text.rpartition("/")
        if prefix and (found := self.find(prefix, ["role"])):
            need = self._needs.get(slug(rest), {}).get(found[0].id)
            return [(found[0].id, need)] if need else []
        needs = self._needs.get(slug(text), {})
        if role is not None and role in needs:
            return [(role, needs[role])]
        return list(needs.items())

    def near_need(self, text: str) -> str | None:
        """Return the known need, as `role/need`, that is written most like a name."""
        name = self._near_needs.nearest(slug(text.rpartition("/")[2]))
        return next(
            (f"{role}/{need}" for role, need in self._needs.get(name or "", {}).items()), None
        )

    @cached_property
    def _near_needs(self) -> NearNames:
        return NearNames(self._needs)

    def near_id(self, text: str, kinds: Sequence[str]) -> str | None:
        """Return the id of the record whose id or alias is written most like a name."""
        return self._id(self.index_of_names(kinds).nearest(folded(self._split(text)[1])), kinds)

    def may_be_text(self, text: str, kinds: Sequence[str]) -> bool:
        """Return whether a name of one of these kinds may be one that the plan does not know."""
        by_title = any(kind.open_names for kind in self.kinds if kind.name in kinds)
        return by_title and not self._split(text)[0] and not text.startswith("[[")

    def likely_id(self, text: str, kinds: Sequence[str]) -> str | None:
        """Return the id that a name of somebody almost is: a slip, or one of several words."""
        names = self.index_of_names(kinds)
        wanted, words = folded(text), set(folded(text).split())
        named = (name for name in names.names if words <= set(name.split()))
        return self._id(names.nearest(wanted, cutoff=_A_SLIP) or next(named, None), kinds)

    def index_of_names(self, kinds: Sequence[str]) -> NearNames:
        """Return the index of the folded ids and aliases of some kinds."""
        key = tuple(kinds)
        if key not in self._near:
            names = (name for kind in kinds for name in self._ids.get(kind, ()))
            self._near[key] = NearNames(names)
        return self._near[key]

    def _id(self, name: str | None, kinds: Sequence[str]) -> str | None:
        return next((key.id for key in self._named(name or "", kinds)), None)

    def _split(self, text: str) -> tuple[str, str]:
        """Return the kind that a name begins with, or nothing, and the rest of the name."""
        prefix, slash, rest = text.partition("/")
        kind = self._prefixes.get(folded(prefix)) if slash else None
        return (kind, rest) if kind else ("", text)


def index_records(
    raw: RawRecords, kinds: Sequence[Kind]
) -> tuple[RecordIndex, list[Record[Any]], list[Diagnostic]]:
    """Return the index of all ids, aliases and needs, the records that stay, and duplicates.

    Of two records with one id or address the first stays, in the order of the files.
    """
    record_index = RecordIndex(kinds, raw)
    addresses: dict[str, Record[Any]] = {}
    diagnostics: list[Diagnostic] = []
    for record in raw.records:
        first = addresses.setdefault(record.url, record)
        if first is not record:
            diagnostics.append(_duplicate(record, first))
            continue
        record_index.add(record.key)
        diagnostics.extend(_index_needs(record, record_index))
    for record in addresses.values():
        if record.fields.aliases:
            diagnostics.extend(_index_aliases(record, record_index, addresses))
    for record in addresses.values():
        title, kind = record.fields.title, record.kind
        if kind.open_names and not record_index.find(title, [kind.name]):
            record_index.add(record.key, title)
    return record_index, list(addresses.values()), diagnostics


def _duplicate(record: Record[Any], first: Record[Any]) -> Diagnostic:
    where = first.source.path
    if where == record.source.path:
        where = f"{where}:{first.source.span().line}"
    own, other = quoted(record.key.id), quoted(first.key.id)
    if folded(record.key.id) == folded(first.key.id):
        message = f"the id {own} is also that of {where}"
        if own != other:
            message += f" ({other}: case and normal form make no difference)"
    else:
        message = f"the id {own} gives the same address as {other} in {where}"
    hint = "give one of the milestones an `id`" if record.inline else "rename one of them"
    problem = Problem(message, hint, code="F103", name="duplicate-id")
    return record.diagnostic(problem, ("title",) if record.inline else ("id",))


def _index_needs(record: Record[Any], record_index: RecordIndex) -> Iterator[Diagnostic]:
    taken: set[str] = set()
    needs = record.fields.needs if isinstance(record.fields, RoleFields) else ()
    for index, need in enumerate(needs):
        id_ = need.name
        if slug(id_) in taken:
            message = f"the need {quoted(id_)} appears a second time"
            hint = "take one out, or give one an `id`"
            problem = Problem(message, hint, code="F103", name="duplicate-need")
            yield record.diagnostic(problem, ("needs", index, "id" if need.id else "title"))
            continue
        taken.add(slug(id_))
        for name in (need.id, need.title):
            if name and slug(name):
                record_index.add_need(record.key.id, id_, name)


def _index_aliases(
    record: Record[Any], record_index: RecordIndex, addresses: dict[str, Record[Any]]
) -> list[Diagnostic]:
    refused = FirstFew()
    for index, alias in enumerate(record.fields.aliases):
        problem = _alias_problem(record, alias, record_index, addresses)
        if problem is None:
            record_index.add(record.key, alias)
        else:
            refused.add("alias", record.diagnostic(problem, ("aliases", index)))
    return refused.diagnostics()


def _alias_problem(
    record: Record[Any], alias: str, record_index: RecordIndex, addresses: dict[str, Record[Any]]
) -> Problem | None:
    kind, hint = record.kind, "take the alias out"
    other = addresses.get(f"{kind.folder}/{slug(alias)}/")
    holders = record_index.find(alias, [kind.name]) or ([other.key] if other else [])
    if not holders:
        return None
    message = f"the alias {quoted(alias)} is already a name of the {kind.name} "
    message += quoted(holders[0].id)
    return Problem(message, hint, code="F103", name="duplicate-alias")
