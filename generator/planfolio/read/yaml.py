"""YAML into source nodes, without guessing.

The nodes are made of libyaml's events and not by a loader: no tag is resolved, so every scalar
keeps its text; anchors, aliases, merges and tags are refused, so nothing expands; depth is bounded.
"""

import re
from collections.abc import Callable
from typing import NamedTuple, cast

import yaml
from yaml.error import Mark

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Diagnostic, FirstFew, Problem
from planfolio.model.source_tree import (
    Entry,
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    SourceText,
    Span,
)

DEPTH = 24
"""How deep lists and tables may nest; no field goes half as deep."""

_SWALLOWED_ITEM = re.compile(r"\n[ \t]*(?P<item>- )")


def require_libyaml() -> type[yaml.CSafeLoader]:
    """Return PyYAML's C loader; raises ImportError with the way out where PyYAML lacks it."""
    if not yaml.__with_libyaml__:
        raise ImportError(
            "PyYAML was installed without libyaml, which reads ten times faster: "
            "reinstall it from a wheel (pip install --force-reinstall --only-binary :all: pyyaml)"
        )
    return yaml.CSafeLoader


def read_yaml(text: str, *, path: str) -> tuple[Node | None, list[Diagnostic]]:
    """Read one YAML document; `path` goes into the findings.

    Returns the root node, None for an empty document or one with a syntax error, and what is wrong.
    A refused part (an alias, a tag) is left out of the node.
    """
    composer = _Composer(text, path)
    return composer.compose(), composer.found.diagnostics()


class _Composer:
    def __init__(self, text: str, path: str) -> None:
        self._text = SourceText(text)
        self._path = path
        self._loader = require_libyaml()(text)
        self._next = cast("Callable[[], yaml.Event]", self._loader.get_event)
        self.found = FirstFew()

    def compose(self) -> Node | None:
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            self._syntax_error(error)
        except yaml.reader.ReaderError as error:
            # libyaml counts the bytes of UTF-8.
            before = self._text.text.encode()[: error.position].decode(errors="ignore")
            message = f"the character U+{int(error.character):04X} is not allowed here"
            self._report(self._text.character(len(before)), message, "delete it")
        finally:
            self._loader.dispose()
        return None

    def _document(self) -> Node | None:
        root: Node | None = None
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    span = self._span(event)
                    self._report(span, "a second YAML document starts here", "keep one")
                    break
                root = self._node(self._next(), depth=0)
        return root

    def _node(self, event: yaml.Event, *, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_decorations(event)
            start, end = _marks(event)
            if start.line < end.line and not event.style:
                self._look_for_items(start.index, end.index)
            return Scalar(event.value, self._span(event), not event.style)
        if isinstance(event, yaml.AliasEvent):
            message = f"the alias *{event.anchor} is not supported"
            self._report(self._span(event), message, "write the value out", alike="alias")
            return Scalar("", self._span(event))
        if not isinstance(event, yaml.CollectionStartEvent):
            raise TypeError(f"libyaml sent {event} where a node begins")
        self._refuse_decorations(event)
        if depth >= DEPTH:
            start, _ = _marks(event)
            raise yaml.MarkedYAMLError(problem="nested too deep", problem_mark=start)
        if isinstance(event, yaml.MappingStartEvent):
            entries, after = self._entries(depth=depth + 1)
            return MappingNode(entries, self._collection_span(event, after))
        items = []
        while not isinstance(after := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(after, depth=depth + 1))
        return SequenceNode(tuple(items), self._collection_span(event, after))

    def _entries(self, *, depth: int) -> tuple[tuple[Entry, ...], yaml.Event]:
        """Return the entries of a mapping, and the event at its end."""
        entries: dict[str, Entry] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth=depth)
            is_kept = self._accepts(key, entries)
            value = self._node(self._next(), depth=depth)
            if isinstance(key, Scalar) and is_kept:
                entries[key.text] = Entry(key, value)
        return tuple(entries.values()), event

    def _accepts(self, key: Node, entries: dict[str, Entry]) -> bool:
        """Report a key that is invalid, or that is there a second time."""
        if not isinstance(key, Scalar):
            self._report(key.span, "a key has to be plain text", "write it as text", alike="key")
        elif key.text == "<<" and key.plain:
            message = "merging with << is not supported"
            self._report(key.span, message, "write the keys out", alike="merge")
        elif (first := entries.get(key.text)) is not None:
            problem = Problem(
                f"the key {quoted(key.text)} appears here a second time; "
                f"the first is on line {first.key.span.line}",
                "keep one",
                code="F103",
                name="duplicate-key",
            )
            self.found.add("duplicate", problem.as_diagnostic(self._path, key.span))
        else:
            return True
        return False

    def _look_for_items(self, start: int, end: int) -> None:
        """Report an item of a list that is indented so that YAML takes it for text."""
        found = _SWALLOWED_ITEM.search(self._text.text, start, end)
        if found is not None:
            self._report(
                self._text.span(found.start("item")),
                "this item is indented deeper than the one before it, and so becomes its text",
                "give all items of the list the same indentation",
                alike="item",
            )

    def _refuse_decorations(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            message = f"the anchor &{event.anchor} is not supported"
            self._report(self._span(event), message, "delete it", alike="anchor")
        if event.tag is not None:
            tag = event.tag.removeprefix("tag:yaml.org,2002:")
            tag = f"!!{tag}" if tag != event.tag else event.tag
            message = f"the tag {tag} is not supported"
            self._report(self._span(event), message, "delete it", alike="tag")

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        meaning = _meaning(error, self._text.text.split("\n"))
        mark = error.problem_mark or error.context_mark
        if meaning.at_beginning and error.context_mark is not None:
            mark = error.context_mark
        place = self._text.character(mark.index if mark is not None else 0)
        self._report(place, meaning.message, meaning.hint)

    def _report(self, span: Span, message: str, hint: str, *, alike: str = "") -> None:
        problem = Problem(message, hint, code="F101", name="unreadable-front-matter")
        self.found.add(alike or message, problem.as_diagnostic(self._path, span))

    def _span(self, event: yaml.Event) -> Span:
        # libyaml counts more characters as line ends than editors do, so its lines do not serve.
        start, end = _marks(event)
        return self._text.span(start.index, end.index if end.index > start.index else None)

    def _collection_span(self, start: yaml.CollectionStartEvent, end: yaml.Event) -> Span:
        """Return the place of a list or a table: up to its bracket, else the rest of its line."""
        until = _marks(end)[1].index if start.flow_style else None
        return self._text.span(_marks(start)[0].index, until)


def _marks(event: yaml.Event) -> tuple[Mark, Mark]:
    return event.start_mark, event.end_mark  # type: ignore[return-value]


class _Meaning(NamedTuple):
    """What a syntax error means, the way out, and whether to look where its construct begins.

    libyaml tells where it gave up, which is often far below the mistake: a quote that is not
    closed runs to the end of the file.
    """

    message: str
    hint: str
    at_beginning: bool = False


def _meaning(error: yaml.MarkedYAMLError, lines: list[str]) -> _Meaning:
    reason = error.problem or error.context or "it cannot be read"
    mark = error.problem_mark
    line, before = "", ""
    if mark is not None and mark.line < len(lines):
        line = lines[mark.line]
        before = line[: mark.column]
    if "mapping values are not allowed" in reason and ": " in before:
        hint = f"{_QUOTE}, or in braces if it is a table: {{python: 3}}"
        return _Meaning("this value has a second `: `", hint)
    if "did not find expected key" in reason:
        if before.rstrip().endswith(('"', "'")):
            hint = f"{_QUOTE}, and close each quote on the line on which it opens"
            return _Meaning("there is text after a closing quote", hint)
        if line[len(before) :].startswith(("- ", "-\t")) or line.strip() == "-":
            return _Meaning(
                "there is a list item where a key is expected",
                "write the key of the list above it, and indent all items alike",
            )
    if "cannot start any token" in reason and (sign := line[len(before) :][:1]) != "\t":
        return _Meaning(f"a value cannot begin with {sign} in YAML", "put the value in quotes")
    if "did not find expected ',' or" in reason:
        opened = error.context_mark
        if opened is not None and mark is not None and opened.line < mark.line:
            return _Meaning("the bracket that opens here is not closed", "close it", True)
    unknown = _Meaning(
        f"YAML does not allow this: {reason}", "put the value in quotes if it is text"
    )
    return next((meaning for words, meaning in _MEANINGS.items() if words in reason), unknown)


_QUOTE = "put the whole value in quotes"
_MEANINGS = {
    "nested too deep": _Meaning(
        f"lists and tables nest deeper than {DEPTH} levels", "write it flatter"
    ),
    "mapping values are not allowed": _Meaning(
        "this line is indented deeper than the key above it, so it continues that key's value",
        "begin it in the column of the keys beside it",
    ),
    "did not find expected key": _Meaning(
        "this line does not fit the indentation around it", "indent it like the keys beside it"
    ),
    "did not find expected ',' or": _Meaning(
        "a comma or a closing bracket is missing here", "write it"
    ),
    "could not find expected ':'": _Meaning(
        "this line is neither `key: value` nor part of the value above it",
        "write `key: value`, or indent it below its key",
        at_beginning=True,
    ),
    "tab character": _Meaning("the line is indented with a tab", "indent with spaces"),
    "cannot start any token": _Meaning("the line is indented with a tab", "indent with spaces"),
    "unexpected end of stream": _Meaning(
        "the quote that opens here is not closed", "close it on the same line", at_beginning=True
    ),
    "block sequence entries are not allowed": _Meaning(
        "a list begins on the line of its key",
        "write [a, b], or begin each item on a line of its own; put text that starts with - in "
        "quotes",
    ),
    "alphabetic or numeric character": _Meaning(
        "a value cannot begin with * or & in YAML", "put the value in quotes", at_beginning=True
    ),
    "comment or line break": _Meaning(
        "there is text on the line of a `>` or `|`",
        "begin it on the next line, or put the whole value in quotes",
        at_beginning=True,
    ),
    "escape": _Meaning(
        "double quotes have no such sequence after a backslash",
        r"write \\ for a backslash, or use single quotes",
    ),
    "node content": _Meaning("a value is missing here", "write it, or take the comma out"),
}
"""What libyaml says in part, and what that means; the first that fits is taken."""
