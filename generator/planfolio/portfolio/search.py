"""What search finds: the records of the portfolio as words, for an index in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.analyse.status import Status

if TYPE_CHECKING:
    from planfolio.portfolio.records import PortfolioRecords


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """A record as search knows it.

    `kind` is the plural name of its kind, `url` the path of its page from the root of the site,
    `status` None for what has none, `audience` the word for who may see it. `text` has no markup.
    """

    kind: str
    title: str
    url: str
    status: Status | None
    audience: str
    tags: tuple[str, ...]
    text: str


def search_entries(portfolio: PortfolioRecords) -> tuple[SearchEntry, ...]:
    """Return all records of a portfolio, by kind in the order of their lists."""
    found: list[SearchEntry] = []
    for kind in portfolio.plan.kinds:
        for record in portfolio.of(kind.name):
            status = getattr(record, "status", None)
            texts = (record.short_summary, record.text)
            found.append(
                SearchEntry(
                    kind=kind.plural,
                    title=record.title,
                    url=record.url,
                    status=status if isinstance(status, Status) else None,
                    audience=record.visibility.word,
                    tags=tuple(record.tags),
                    text="\n".join(text for text in texts if text),
                )
            )
    return tuple(found)
