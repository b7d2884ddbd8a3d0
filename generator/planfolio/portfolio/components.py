"""The parts that views are made of.

Each is plain data with its words and numbers ready to show; a template only places them. URLs are
site paths, which the templates turn into relative links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Linked:
    """Words, perhaps with a page behind them; `note` is a quiet remark after them."""

    text: str
    url: str | None = None
    note: str = ""
    external: bool = False


@dataclass(frozen=True, slots=True)
class Badge:
    """A word with a tone: a status, a visibility, a coverage.

    `tone` is one of good, fair, poor, bad, unknown, quiet, done, accent.
    """

    word: str
    tone: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A share on a line of 0 to 100, filled to `value`.

    `mark` is where it should be, `to` the far end of an interval.
    All three are decimal numbers as text, or None for unknown; `text` says the same in words.
    """

    label: str
    text: str
    value: str | None
    mark: str | None = None
    to: str | None = None
    tone: str = "accent"
    mark_label: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """A level on its scale: `filled` of `total` steps (None: unrated), `planned` and `wanted`."""

    text: str
    total: int
    filled: int | None
    wanted: int | None = None
    planned: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact; `items` stand in a row, `source` says from where it was inherited."""

    label: str
    items: tuple[Linked, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: words with links, a badge, a bar, dots; `number` aligns right."""

    items: tuple[Linked, ...] = ()
    badge: Badge | None = None
    bar: Bar | None = None
    dots: Dots | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row is its header. The caption is for screen readers too."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A record in a list: its title and the little that matters about it there."""

    title: Linked
    kicker: str = ""
    text: str = ""
    badge: Badge | None = None
    visibility: Badge | None = None
    bar: Bar | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    """What to write where nothing is yet: a sentence and an example of the file."""

    text: str
    path: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One of the five SMART checks of a goal: passed, with findings, or excepted with a reason."""

    letter: str
    word: str
    state: str  # passed, found, excepted
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backlinks:
    """The records that refer to a page, grouped by the words that say how."""

    groups: tuple[tuple[str, tuple[Linked, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A body, rendered and with its links filled in for one page."""

    html: Markup


@dataclass(frozen=True, slots=True)
class Stat:
    """A number that matters: its name, the number as shown, and what it means in a few words."""

    label: str
    value: str
    note: str = ""
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A thing to do: done, not done, or (None) written without a box to tick."""

    text: str
    done: bool | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A list of words under a heading of its own; `id` is the anchor of the heading."""

    title: str
    id: str
    items: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Records side by side under a heading."""

    title: str
    id: str
    cards: tuple[Card, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation."""

    title: str
    url: str
    number: int = 0
    current: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page has around its content.

    `as_of` and `as_of_iso` are the day of the numbers, `audience` who the page is for (empty for
    the public). `canonical` is the full URL, or empty without a base URL. `feed` and `calendar` are
    their site paths, each empty where there is none. `crumbs` lead here.
    `root` is set on 404.html alone: the base path that its links start from, since it may be
    shown at any address.
    """

    site_title: str
    title: str
    description: str
    language: str
    direction: str
    navigation: tuple[NavItem, ...]
    crumbs: tuple[Linked, ...]
    as_of: str
    as_of_iso: str
    audience: str = ""
    canonical: str = ""
    feed: str = ""
    calendar: str = ""
    root: str = ""
