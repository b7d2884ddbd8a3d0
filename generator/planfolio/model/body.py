"""A compiled body: HTML with placeholders for links, and what the text holds, as plain values."""

from typing import NamedTuple

from planfolio.model.diagnostics import Diagnostic
from planfolio.model.source_tree import Span
from planfolio.model.visibility import Visibility


class Link(NamedTuple):
    """A link to somewhere within the plan: a relative address or a wikilink.

    `target` and `fragment` are what was written on either side of the first `#`, percent-decoded;
    each may be empty. `span` is the address in the text; for a wikilink and a link by
    reference it is the whole.
    """

    target: str
    fragment: str
    wiki: bool
    image: bool
    span: Span
    title: str = ""
    alt: str = ""


class Task(NamedTuple):
    """An item of a task list.

    A `cancelled` item cancels those under it. A `leaf` is an item that is not cancelled and has
    none under it, but for cancelled ones: the leaves are what a checklist counts.
    """

    text: str
    done: bool
    leaf: bool
    span: Span
    cancelled: bool = False


class Heading(NamedTuple):
    """A heading: `level` is that of its HTML element (2 to 6), `anchor` its id in the page."""

    level: int
    text: str
    anchor: str
    span: Span


class AudienceBlock(NamedTuple):
    """A part of the text for a narrower audience: its lines (from 1) with its marks.

    `mark` is the line that opens it.
    """

    visibility: Visibility
    first: int
    last: int
    mark: str


class Body(NamedTuple):
    """A Markdown text, compiled. Spans count lines and columns in the text, from 1.

    `text` is the source with `\\n` as line end and with comments blanked out; it still names what
    an audience may not see. Nothing else here holds the target of an unlabelled wikilink outside
    `links`.

    `plain` is the text without markup and code blocks, a line for each block. There and in the text
    of a task a placeholder stands for a link without a label, as in `markup`.
    `blocks` are the parts for a narrower audience, in the order of their opening marks; one may
    lie within another. `diagnostics` are what is wrong with the text, without path and subject.
    """

    text: str
    markup: str
    plain: str
    links: tuple[Link, ...] = ()
    tasks: tuple[Task, ...] = ()
    headings: tuple[Heading, ...] = ()
    blocks: tuple[AudienceBlock, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def leaves(self) -> tuple[Task, ...]:
        """The items of the checklist: the tasks that count, in the order of the text."""
        return tuple(task for task in self.tasks if task.leaf)

    def visibility_at(self, line: int) -> Visibility:
        """Return who may see a line (from 1) of the text, as far as the body itself says."""
        around = (b.visibility for b in self.blocks if b.first <= line <= b.last)
        return max(around, default=Visibility.PUBLIC)


EMPTY_BODY = Body("", "", "")
"""The body of a record that has none."""
