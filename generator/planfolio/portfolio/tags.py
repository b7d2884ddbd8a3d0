"""Tags: words that records share, each with a page of what has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planfolio.portfolio.section_lists import RecordGroup
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.records import PortfolioRecords


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that records share, as the first of them writes it.

    `id` is its name in addresses, `groups` are the records that have it, by kind.
    """

    name: str
    id: str
    groups: tuple[RecordGroup, ...]

    @property
    def url(self) -> str:
        """The path of its page from the root of the site."""
        return f"tags/{self.id}/"

    @property
    def count(self) -> int:
        """How many records have it."""
        return sum(len(group.records) for group in self.groups)


def tag_id(name: str) -> str:
    """Return the name of a tag in addresses; one without a letter has the numbers of its signs."""
    return slug(name) or "-".join(f"{ord(sign):x}" for sign in name)


def tags_of(portfolio: Portfolio, record: PortfolioRecord[Any]) -> tuple[Tag, ...]:
    """Return the tags of a record."""
    return tuple(portfolio.tags[id_] for id_ in dict.fromkeys(map(tag_id, record.tags)))


def tags_by_id(portfolio: PortfolioRecords) -> Mapping[str, Tag]:
    """Return the tags by id, in the order of their names; Depot and depot are one."""
    names: dict[str, str] = {}
    found: dict[str, dict[str, list[PortfolioRecord[Any]]]] = {}
    for kind in portfolio.plan.kinds:
        for record in portfolio.of(kind.name):
            for name in dict.fromkeys(record.tags):
                id_ = tag_id(name)
                names.setdefault(id_, name)
                records = found.setdefault(id_, {}).setdefault(kind.plural, [])
                if record not in records[-1:]:
                    records.append(record)
    tags = (
        Tag(
            name,
            id_,
            tuple(RecordGroup(kind, tuple(records)) for kind, records in found[id_].items()),
        )
        for id_, name in names.items()
    )
    return {tag.id: tag for tag in sorted(tags, key=lambda tag: (tag.name.casefold(), tag.id))}
