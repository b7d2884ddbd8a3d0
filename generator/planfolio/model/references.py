"""The keys of records, and what leads to them and to other pages and files."""

from typing import NamedTuple, TypeAlias

from planfolio.model.source_tree import Loc, Span


class Key(NamedTuple):
    """The identity of a record: its kind and its id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"

    @classmethod
    def parse(cls, text: str, *, kinds: tuple[str, ...] = ()) -> "Key":
        """Read `kind/id`; where `kinds` has one kind, the text is the id alone."""
        if len(kinds) == 1:
            return cls(kinds[0], text)
        kind, _, id_ = text.partition("/")
        return cls(kind, id_)


class Edge(NamedTuple):
    """A reference from one record to another: by a field, or (`loc` = ("body",)) by its text."""

    source: Key
    loc: Loc
    target: Key
    span: Span


class Size(NamedTuple):
    """The size of a picture in pixels, as a page shows it where there is room."""

    width: int
    height: int


class RecordLink(NamedTuple):
    """A link of a body to another record, perhaps to a heading of it."""

    key: Key
    fragment: str = ""


class AssetLink(NamedTuple):
    """A link to a file beside the Markdown, by its path in the content folder.

    A body has it, or site.toml as logo or card.
    Where the body shows the file as a picture, `size` is its size, if it is known.
    """

    path: str
    size: Size | None = None


class AnchorLink(NamedTuple):
    """A link of a body to a heading of its own."""

    fragment: str


class PageLink(NamedTuple):
    """A link of a body to a page that is no record's, by its site path."""

    url: str


BodyLink: TypeAlias = RecordLink | AssetLink | AnchorLink | PageLink | None
"""None: the link points to nothing (broken), or to what the audience may not see."""
