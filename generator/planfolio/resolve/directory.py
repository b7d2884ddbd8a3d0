"""The directory of a plan: which record a name means."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planfolio.model.plan import Key
from planfolio.spelling import folded
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planfolio.model.kinds import Kind


@dataclass(slots=True)
class Directory:
    """Ids, then aliases, of all records, by kind; and the needs of roles.

    A name is bare (`cka`), or begins with a folder or a kind (`goals/cka`). `needs` are the ids of
    needs by role and by the slug of their id or title. `unread` are the kinds and folded names of
    the records that could not be read, `unread_lists` the kinds of which a list could not.
    """

    kinds: Sequence[Kind]
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    aliases: dict[str, dict[str, str]] = field(default_factory=dict)
    needs: dict[str, dict[str, str]] = field(default_factory=dict)
    unread: set[tuple[str, str]] = field(default_factory=set)
    unread_lists: set[str] = field(default_factory=set)

    def add(self, key: Key) -> None:
        """Add a record's id."""
        self.ids.setdefault(key.kind, {})[folded(key.id)] = key.id

    def holder(self, kind: str, name: str) -> str | None:
        """Return the id that a bare name means in a kind."""
        wanted = folded(name)
        found = self.ids.get(kind, {}).get(wanted)
        return found if found is not None else self.aliases.get(kind, {}).get(wanted)

    def find(self, text: str, kinds: Iterable[str]) -> list[Key]:
        """Return the records that a name means, in the order of the kinds.

        A prefix, where no record is called by the whole name, decides for one kind.
        """
        kinds = list(kinds)
        found = [Key(kind, id_) for kind in kinds if (id_ := self.holder(kind, text)) is not None]
        if not found and (prefixed := self._prefixed(text)) is not None:
            kind, rest = prefixed
            if kind in kinds and (id_ := self.holder(kind, rest)) is not None:
                found = [Key(kind, id_)]
        return found

    def failed_to_read(self, text: str, kinds: Iterable[str]) -> bool:
        """Tell whether a name may be that of a record whose file could not be read.

        So may any name of a kind of which a list could not be read, and that of a milestone inside
        a goal that could not.
        """
        prefixed = self._prefixed(text)
        names = [folded(text)] if prefixed is None else [folded(text), folded(prefixed[1])]
        goals = tuple(f"{name}-" for kind, name in self.unread if kind == "goal")
        return any(
            kind in self.unread_lists
            or any((kind, name) in self.unread for name in names)
            or (kind == "milestone" and any(name.startswith(goals) for name in names))
            for kind in kinds
        )

    def any_unread(self, kind: str) -> bool:
        """Tell whether a record of a kind could not be read."""
        return kind in self.unread_lists or any(kind == one for one, _ in self.unread)

    def find_need(self, text: str, roles: Iterable[str]) -> list[str]:
        """Return `role-id/need-id` of the needs that a text names by id or title.

        The first of `roles` that has one decides; without one, all roles are looked through.
        """
        role_part, _, rest = text.rpartition("/")
        if role_part and (found := self.find(role_part, ["role"])):
            need = self.needs.get(found[0].id, {}).get(slug(rest))
            return [f"{found[0].id}/{need}"] if need else []
        name = slug(text)
        for role in roles:
            if (need := self.needs.get(role, {}).get(name)) is not None:
                return [f"{role}/{need}"]
        return [f"{role}/{needs[name]}" for role, needs in self.needs.items() if name in needs]

    def near_need(self, text: str) -> str | None:
        """Return the known need, as `role/need`, that is written most like a name."""
        known = {
            name: f"{role}/{need}"
            for role, needs in self.needs.items()
            for name, need in needs.items()
        }
        match = difflib.get_close_matches(slug(text.rpartition("/")[2]), known, n=1)
        return known[match[0]] if match else None

    def near(self, text: str, kinds: Iterable[str], *, cutoff: float = 0.6) -> str | None:
        """Return the known id that is written most like a name."""
        known = {name: id_ for kind in kinds for name, id_ in self.ids.get(kind, {}).items()}
        prefixed = self._prefixed(text)
        wanted = folded(prefixed[1] if prefixed else text)
        match = difflib.get_close_matches(wanted, known, n=1, cutoff=cutoff)
        return known[match[0]] if match else None

    def _prefixed(self, text: str) -> tuple[str, str] | None:
        prefix, slash, rest = text.partition("/")
        if not slash:
            return None
        for kind in self.kinds:
            if folded(prefix) in (folded(kind.folder), folded(kind.name)):
                return kind.name, rest
        return None
