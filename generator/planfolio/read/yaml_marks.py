"""YAML into marked nodes, without guessing.

The events of libyaml are put together here instead of by a loader: no tag is resolved, so every
scalar keeps its text; anchors, aliases, merges and tags are refused, so nothing expands; depth is
bounded, so nothing recurses without end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, cast

import yaml

from planfolio.model.source_tree import Entry, Mapping, Node, Scalar, Sequence, Span
from planfolio.read.yaml_faults import explain
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 24
"""How deep lists and tables may nest; no field of ours goes half as deep."""

_EXOTIC_BREAKS = re.compile("[\x85\u2028\u2029]")
_SWALLOWED_ITEM = re.compile(r"\n[ \t]*(?P<item>- )")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be read, with its place in the file."""

    message: str
    span: Span
    hint: str = ""
    code: str = "F101"
    name: str = "unreadable-front-matter"


def require_libyaml() -> type[yaml.CSafeLoader]:
    """Return PyYAML's C loader; raises ImportError with the way out where PyYAML lacks it."""
    if not yaml.__with_libyaml__:
        raise ImportError(
            "PyYAML was installed without libyaml, which reads ten times faster: "
            "reinstall it from a wheel (pip install --force-reinstall --only-binary :all: pyyaml)"
        )
    return yaml.CSafeLoader


def read_yaml(text: str, *, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document; line numbers start at `first_line`.

    Returns the root node, None for an empty document or one with a syntax error, and every
    problem found. A refused part (an alias, a tag) is left out of the node.
    """
    return _Composer(text, first_line).compose()


@dataclass(slots=True)
class _Open:
    """A list or table whose end has not come yet."""

    span: Span
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    key: Scalar | None = None
    awaits_value: bool = False
    keys: dict[str, Span] = field(default_factory=dict)


class _Mark(Protocol):
    """A place as libyaml tells it, counted in characters from 0."""

    index: int
    line: int
    column: int


class _Composer:
    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._lines = text.split("\n")
        self._starts = _line_starts(text) if _EXOTIC_BREAKS.search(text) else None
        self._open: list[_Open] = []
        self._root: Node | None = None
        self.problems: list[Problem] = []

    def compose(self) -> tuple[Node | None, list[Problem]]:
        try:
            self._consume()
        except yaml.MarkedYAMLError as error:
            self._syntax_error(error)
            return None, self.problems
        except yaml.reader.ReaderError as error:
            # libyaml counts the bytes of UTF-8.
            before = self._text.encode()[: error.position].decode(errors="ignore")
            message = f"the character U+{int(error.character):04X} may not stand here"
            self.problems.append(Problem(message, self._at(len(before)), "delete it"))
            return None, self.problems
        except _TooDeepError as error:
            message = f"lists and tables nest deeper than {DEPTH} levels"
            self.problems.append(Problem(message, error.span, "write it flatter"))
            return None, self.problems
        return self._root, self.problems

    def _consume(self) -> None:
        documents = 0
        for event in self._events():
            match event:
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._problem(event, "a second YAML document starts here", "keep one")
                        return
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._start(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._close()
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.AliasEvent():
                    self._problem(
                        event, f"the alias *{event.anchor} is not supported", "write the value out"
                    )
                    self._add(Scalar("", self._span(event)))

    def _events(self) -> Iterator[yaml.Event]:
        loader = require_libyaml()(self._text)
        try:
            while loader.check_event():
                yield cast("yaml.Event", loader.get_event())
        finally:
            loader.dispose()

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_decorations(event)
        span = self._span(event, to_line_end=True)
        if len(self._open) >= DEPTH:
            raise _TooDeepError(span)
        self._open.append(_Open(span, isinstance(event, yaml.MappingStartEvent)))

    def _close(self) -> None:
        done = self._open.pop()
        if done.is_mapping:
            self._add(Mapping(tuple(done.entries), done.span))
        else:
            self._add(Sequence(tuple(done.items), done.span))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_decorations(event)
        plain = event.style in (None, "")
        node = Scalar(event.value, self._span(event), plain)
        if plain:
            self._look_for_items(event)
        self._add(node)

    def _look_for_items(self, event: yaml.ScalarEvent) -> None:
        """Report an item of a list that is indented so that YAML takes it for text."""
        start, end = _marks(event)
        if end.line == start.line:
            return
        found = _SWALLOWED_ITEM.search(self._text, start.index, end.index)
        if found is not None:
            at = self._at(found.start("item"))
            self.problems.append(
                Problem(
                    "this item is indented deeper than the one before it, and so becomes its text",
                    Span(at.line, at.column, at.line, len(self._line(at).rstrip()) + 1),
                    "give all items of the list the same indentation",
                )
            )

    def _add(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.awaits_value:
            self._add_entry(parent, node)
        else:
            self._add_key(parent, node)

    def _add_key(self, parent: _Open, node: Node) -> None:
        parent.awaits_value = True
        parent.key = None
        if not isinstance(node, Scalar):
            message = "a key has to be plain text"
            self.problems.append(Problem(message, node.span, "write it as text"))
        elif node.text == "<<" and node.plain:
            self.problems.append(
                Problem("merging with << is not supported", node.span, "write the keys out")
            )
        else:
            parent.key = node

    def _add_entry(self, parent: _Open, node: Node) -> None:
        parent.awaits_value = False
        key = parent.key
        if key is None:
            return
        if (earlier := parent.keys.get(key.text)) is not None:
            message = (
                f"the key {quoted(key.text)} stands here a second time; "
                f"the first is on line {earlier.line}"
            )
            self.problems.append(
                Problem(message, key.span, "keep one", code="F103", name="duplicate-key")
            )
            return
        parent.keys[key.text] = key.span
        parent.entries.append(Entry(key, node))

    def _refuse_decorations(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._problem(event, f"the anchor &{event.anchor} is not supported", "delete it")
        if event.tag is not None:
            tag = event.tag.removeprefix("tag:yaml.org,2002:")
            tag = f"!!{tag}" if tag != event.tag else event.tag
            self._problem(event, f"the tag {tag} is not supported", "delete it")

    def _problem(self, event: yaml.Event, message: str, hint: str) -> None:
        self.problems.append(Problem(message, self._span(event), hint))

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        fault = explain(error, self._lines)
        mark = error.problem_mark or error.context_mark
        if fault.at_beginning and error.context_mark is not None:
            mark = error.context_mark
        at = self._point(mark) if mark is not None else Span(self._first_line)
        span = Span(at.line, at.column, at.line, at.column + 1)
        self.problems.append(Problem(fault.message, span, fault.hint))

    def _line(self, span: Span) -> str:
        index = span.line - self._first_line
        return self._lines[index] if 0 <= index < len(self._lines) else ""

    def _span(self, event: yaml.Event, *, to_line_end: bool = False) -> Span:
        start, end = _marks(event)
        at, until = self._point(start), self._point(end)
        if to_line_end or until.line > at.line or until == at:
            text = self._line(at)
            stop = max(len(text.rstrip()) + 1, at.column)
            return Span(at.line, at.column, at.line, stop)
        return Span(at.line, at.column, until.line, until.column)

    def _point(self, mark: _Mark) -> Span:
        if self._starts is not None:
            return self._at(mark.index)
        line, column = mark.line + self._first_line, mark.column + 1
        return Span(line, column, line, column)

    def _at(self, index: int) -> Span:
        starts = self._starts or _line_starts(self._text)
        row = bisect_right(starts, index) - 1
        line, column = row + self._first_line, index - starts[row] + 1
        return Span(line, column, line, column)


class _TooDeepError(Exception):
    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


def _marks(event: yaml.Event) -> tuple[_Mark, _Mark]:
    return cast("_Mark", event.start_mark), cast("_Mark", event.end_mark)


def _line_starts(text: str) -> list[int]:
    return [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
