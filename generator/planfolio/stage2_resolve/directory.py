"""The directory of a plan: which record a name means."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planfolio.plan import Key
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planfolio.kinds import Kind


def folded(name: str) -> str:
    """Return a name as names are compared: NFC, without regard to case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


@dataclass(slots=True)
class Directory:
    """Ids, then aliases, of all records, by kind; and the needs of roles.

    A name is bare (`cka`), or begins with a folder or a kind (`goals/cka`).
    """

    kinds: Sequence[Kind]
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    aliases: dict[str, dict[str, str]] = field(default_factory=dict)
    needs: dict[str, dict[str, str]] = field(default_factory=dict)
    unread: set[tuple[str, str]] = field(default_factory=set)

    def add(self, key: Key) -> None:
        """Add a record's id."""
        self.ids.setdefault(key.kind, {})[folded(key.id)] = key.id

    def holder(self, kind: str, name: str) -> str | None:
        """Return the id that a bare name means in a kind."""
        wanted = folded(name)
        found = self.ids.get(kind, {}).get(wanted)
        return found if found is not None else self.aliases.get(kind, {}).get(wanted)

    def find(self, text: str, kinds: Iterable[str]) -> list[Key]:
        """Return the records that a name means, in the order of the kinds; a prefix decides for one."""
        kinds = list(kinds)
        found = [Key(kind, id_) for kind in kinds if (id_ := self.holder(kind, text)) is not None]
        if not found and (prefixed := self._prefixed(text)) is not None:
            kind, rest = prefixed
            if kind in kinds and (id_ := self.holder(kind, rest)) is not None:
                found = [Key(kind, id_)]
        return found

    def failed_to_read(self, text: str, kinds: Iterable[str]) -> bool:
        """Tell whether a name is that of a record whose file could not be read."""
        prefixed = self._prefixed(text)
        return any(
            (kind, folded(text)) in self.unread
            or (prefixed is not None and (kind, folded(prefixed[1])) in self.unread)
            for kind in kinds
        )

    def find_need(self, text: str, roles: Iterable[str]) -> list[str]:
        """Return `role-id/need-id` of the needs that a text names by id or title, first role first.

        The first of `roles` that has one decides.
        """
        role_part, _, rest = text.rpartition("/")
        if role_part and (role := self.holder("role", role_part.removeprefix("roles/"))):
            need = self.needs.get(role, {}).get(slug(rest))
            return [f"{role}/{need}"] if need else []
        for role in roles:
            if (need := self.needs.get(role, {}).get(slug(text))) is not None:
                return [f"{role}/{need}"]
        return [f"{role}/{n}" for role, names in self.needs.items() if (n := names.get(slug(text)))]

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
