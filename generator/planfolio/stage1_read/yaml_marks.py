"""YAML into marked nodes, without guessing.

The events of libyaml are put together here instead of by a loader: no tag is resolved, so every
scalar keeps its text; anchors, aliases, merges and tags are refused, so nothing expands; depth is
bounded, so nothing recurses without end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from planfolio.marks import Entry, Mapping, Node, Scalar, Sequence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 24
"""How deep lists and tables may nest; no field of ours goes half as deep."""

_EXOTIC_BREAKS = re.compile("[\x85\u2028\u2029]")
_SWALLOWED_ITEM = re.compile(r"^[ \t]*- ", re.MULTILINE)


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
            span = self._at(error.position)
            self.problems.append(
                Problem(f"the character U+{int(error.character):04X} may not stand here", span, "delete it")
            )
            return None, self.problems
        except _TooDeepError as error:
            self.problems.append(
                Problem(
                    f"lists and tables nest deeper than {DEPTH} levels", error.span, "write it flatter"
                )
            )
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
                yield loader.get_event()
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
        if plain and event.end_mark.line > event.start_mark.line:
            raw = self._text[event.start_mark.index : event.end_mark.index]
            if _SWALLOWED_ITEM.search(raw, pos=1):
                self._problem(
                    event,
                    "an item of a list is indented deeper than the one before it, and becomes its text",
                    "give all items of the list the same indentation",
                )
        self._add(node)

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
            self.problems.append(Problem("a key has to be plain text", node.span, "write it as text"))
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
            self.problems.append(
                Problem(
                    f"the key `{key.text}` stands here a second time; the first is on line {earlier.line}",
                    key.span,
                    "keep one of them",
                    code="F103",
                    name="duplicate-key",
                )
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
        mark = error.problem_mark or error.context_mark
        span = self._point(mark.line, mark.column, mark.index) if mark else Span()
        said = error.problem or error.context or "cannot be read"
        message, hint = _in_plain_words(said, self._line(span))
        self.problems.append(Problem(message, span, hint))

    def _line(self, span: Span) -> str:
        index = span.line - self._first_line
        return self._lines[index] if 0 <= index < len(self._lines) else ""

    def _span(self, event: yaml.Event, *, to_line_end: bool = False) -> Span:
        start, end = event.start_mark, event.end_mark
        at = self._point(start.line, start.column, start.index)
        until = self._point(end.line, end.column, end.index)
        if to_line_end or until.line > at.line or until == at:
            text = self._line(at)
            stop = max(len(text.rstrip()) + 1, at.column)
            return Span(at.line, at.column, at.line, stop)
        return Span(at.line, at.column, until.line, until.column)

    def _point(self, line: int, column: int, index: int) -> Span:
        if self._starts is not None:
            return self._at(index)
        line += self._first_line
        return Span(line, column + 1, line, column + 1)

    def _at(self, index: int) -> Span:
        starts = self._starts or _line_starts(self._text)
        row = bisect_right(starts, index) - 1
        line, column = row + self._first_line, index - starts[row] + 1
        return Span(line, column, line, column)


class _TooDeepError(Exception):
    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


def _line_starts(text: str) -> list[int]:
    return [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]


def _in_plain_words(said: str, line: str) -> tuple[str, str]:
    """Say libyaml's complaint so that somebody who never heard of tokens can mend it."""
    if "mapping values are not allowed" in said:
        return "a second `: ` stands in this value", "put the whole value in quotes"
    if "could not find expected ':'" in said:
        return "a key without `:`, or a line that belongs to nothing", "write `key: value`"
    if "cannot start any token" in said:
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return "the line is indented with a tab", "indent with spaces"
        return "the value starts with a character that YAML keeps for itself", "put it in quotes"
    if "did not find expected key" in said:
        return "the line does not fit the indentation around it, or a quote is not closed", (
            "indent it like the keys beside it"
        )
    if "did not find expected ',' or" in said:
        return "a bracket is not closed, or a comma is missing", "close it"
    if "unexpected end of stream" in said or "found unexpected end" in said:
        return "a quote is not closed", "close it on the same line"
    return f"YAML does not allow this: {said}", "put the value in quotes if it is text"
