"""The text of a file, where the values of its front matter are, and how one is changed there.

Only the value itself is rewritten: each change is a few splices. A shape in which that does not
work out raises UneditableError, or is found by whoever reads the result.
"""

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import yaml

from planfolio.edit.changes import (
    HERE,
    Add,
    Change,
    Remove,
    YamlValue,
    block_entry,
    block_item,
    flow_entries,
    flow_text,
    scalar_text,
    with_old_value,
)
from planfolio.model.source_tree import Loc, Scalar, Span
from planfolio.read.front_matter import split
from planfolio.read.yaml import require_libyaml

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Splice:
    """A text for what is between two offsets; equal offsets are a place to insert it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class FileText:
    """A file of UTF-8 text. Offsets count characters of `text`, whose line ends are `\\n`."""

    raw: str
    has_bom: bool = False

    @classmethod
    def of(cls, data: bytes) -> "FileText":
        """Return the text of bytes that the reader has accepted."""
        bare = data.removeprefix(codecs.BOM_UTF8)
        return cls(bare.decode(), has_bom=bare != data)

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return (codecs.BOM_UTF8 if self.has_bom else b"") + self.raw.encode()

    @cached_property
    def text(self) -> str:
        """The text as the reader sees it."""
        return _LINE_END.sub("\n", self.raw)

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place, which counts from 1."""
        above = self.text.split("\n")[: line - 1]
        return sum(map(len, above)) + line - 1 + column - 1

    def line(self, offset: int) -> int:
        """Return the line, from 1, that an offset lies in."""
        return self.text.count("\n", 0, offset) + 1

    def spliced(self, splices: Iterable[Splice]) -> "FileText":
        """Return the file with other text in some places; each takes the line ends around it."""
        # Where `raw` has one character more than `text`, as offsets of `text`.
        pairs = re.finditer("\r\n", self.raw)
        longer = [found.start() - before for before, found in enumerate(pairs)]
        raw = self.raw
        for splice in sorted(splices, key=lambda one: (one.start, one.end), reverse=True):
            start, end = (
                offset + bisect_left(longer, offset) for offset in (splice.start, splice.end)
            )
            near = _LINE_END.search(raw, start) or _LINE_END.search(raw)
            text = splice.text.replace("\n", near[0] if near else "\n")
            raw = raw[:start] + text + raw[end:]
        return replace(self, raw=raw)


class UneditableError(Exception):
    """What is at `offset` has a shape that cannot be changed exactly."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class FrontMatterText:
    """The text of a file with front matter that the reader has accepted."""

    def __init__(self, file: FileText, *, path: str) -> None:
        self._text = text = file.text
        body = split(text, path=path).body
        self._first = text.index("\n")
        end = text.rindex("\n---", 0, len(text) - len(body)) + 1
        root = yaml.compose(text[self._first : end], Loader=require_libyaml())
        self._root = cast("yaml.Node", root)

    def locs(self, offset: int) -> Iterator[Loc]:
        """Yield the keys and indexes that lead to each entry or item that begins at an offset."""
        pending: list[tuple[Loc, yaml.Node]] = [((), self._root)]
        for loc, node in pending:
            if isinstance(node, yaml.MappingNode):
                inside = [((*loc, key.value), key, value) for key, value in node.value]
            elif isinstance(node, yaml.SequenceNode):
                inside = [((*loc, index), item, item) for index, item in enumerate(node.value)]
            else:
                continue
            yield from (below for below, mark, _ in inside if self._begin(mark) == offset)
            pending.extend((below, value) for below, _, value in inside)

    def is_bare(self, loc: Loc) -> bool:
        """Tell whether a single value is at a `loc`, or none."""
        return isinstance(self._at(loc), yaml.ScalarNode)

    def has(self, loc: Loc) -> bool:
        """Tell whether anything is written at a `loc`."""
        return self._find(loc) is not None

    def start(self, loc: Loc) -> int:
        """Return the offset of what is at a `loc`, or of the nearest around it."""
        while loc and self._find(loc) is None:
            loc = loc[:-1]
        return self._begin(self._at(loc))

    def splices(self, change: Change) -> list[Splice]:
        """Return what makes a change; raises UneditableError."""
        *above, key = change.loc
        table, node = self._at(tuple(above)), self._find(change.loc)
        if isinstance(change, Remove):
            return [self._without(table, key)]
        if node is not None and isinstance(change, Add):
            return self._with_item(table, node, str(key), change.value)
        value = [change.value] if isinstance(change, Add) else change.value
        if node is None:
            return self._with_entry(table, str(key), value, change.beside)
        return self._replaced(node, value)

    def _without(self, table: yaml.Node, key: int | str) -> Splice:
        """Take an entry or an item out: its own lines, or what it is on a line with others."""
        if isinstance(table, yaml.MappingNode):
            inside = [(self._begin(name), self._content_end(held)) for name, held in table.value]
            index = next(i for i, (name, _) in enumerate(table.value) if name.value == key)
        else:
            inside = [(self._begin(item), self._content_end(item)) for item in table.value]
            index = int(key)
        start, end = inside[index]
        if _is_flow(table):
            if index + 1 < len(inside):
                end = inside[index + 1][0]
            elif index:
                start = inside[index - 1][1]
            if "#" in self._text[start:end].replace(self._text[slice(*inside[index])], ""):
                raise UneditableError(start)
            return Splice(start, end, "")
        line = self._text.rindex("\n", 0, start) + 1
        if self._text[line:start].strip(" -" if isinstance(table, yaml.SequenceNode) else " "):
            raise UneditableError(start)
        return Splice(line, self._line_end(end), "")

    def _replaced(self, node: yaml.Node, value: YamlValue) -> list[Splice]:
        """Write a value in the place of another, which stays where the new one has HERE."""
        start, end = self._begin(node), self._end_of_text(node)
        opening, here, closing = flow_text(value).partition(HERE)
        if not isinstance(node, yaml.ScalarNode):
            if not here or not _is_flow(node):
                raise UneditableError(start)
            return [Splice(start, start, opening), Splice(end, end, closing)]
        if here and not _absent(node):
            if node.style in ("'", '"') and "\n" not in self._text[start:end]:
                return [Splice(start, start, opening), Splice(end, end, closing)]
            return [Splice(start, end, opening + scalar_text(node.value) + closing)]
        style = node.style if start < end else None
        text = (
            scalar_text(value, style=style)
            if isinstance(value, str)
            else flow_text(with_old_value(value, None))
        )
        blank = "" if start < end or self._text[start - 1].isspace() else " "
        return [Splice(start, end, blank + text)]

    def _with_item(
        self, table: yaml.Node, node: yaml.Node, key: str, item: YamlValue
    ) -> list[Splice]:
        if isinstance(node, yaml.SequenceNode):
            if node.flow_style:
                return self._in_flow(node, node.value, flow_text(item))
            if not node.value:
                raise UneditableError(self._begin(node))
            last = node.value[-1]
            offset = self._line_end(self._content_end(last))
            in_lines = isinstance(last, yaml.MappingNode) and not last.flow_style
            return [
                Splice(
                    offset, offset, block_item(item, indent=self._indent(node), in_lines=in_lines)
                )
            ]
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            return self._as_first_item(node, item)
        if isinstance(node, yaml.ScalarNode) and _absent(node) and not _is_flow(table):
            empty = self._begin(node) == self._end_of_text(node)
            lines = block_entry(key, [item], indent=self._indent(table)).partition("\n")[2]
            if empty and lines:
                offset = self._line_end(self._begin(node))
                return [Splice(offset, offset, lines)]
        return self._replaced(node, [HERE, item])

    def _with_entry(
        self, table: yaml.Node, key: str, value: YamlValue, beside: Sequence[str]
    ) -> list[Splice]:
        if not isinstance(table, yaml.MappingNode):
            raise UneditableError(self._begin(table))
        if table.flow_style:
            nodes = [node for entry in table.value for node in entry]
            return self._in_flow(table, nodes, flow_entries({key: value}))
        by_key = {name.value: held for name, held in table.value}
        above = next((by_key[name] for name in beside if name in by_key), table.value[-1][1])
        offset = self._line_end(self._content_end(above))
        return [Splice(offset, offset, block_entry(key, value, indent=self._indent(table)))]

    def _in_flow(self, node: yaml.Node, inside: Sequence[yaml.Node], text: str) -> list[Splice]:
        """Write one more item or entry after the last, on a line of its own if that has one."""
        opening, closing = self._begin(node) + 1, self._end(node) - 1
        if not inside:
            blank = not self._text[opening:closing].strip(" ")
            return [Splice(opening, closing if blank else opening, text)]
        start = self._begin(inside[-1 if isinstance(node, yaml.SequenceNode) else -2])
        end = self._content_end(inside[-1])
        indent = self._text[self._text.rindex("\n", 0, start) + 1 : start]
        below = self._line_end(end)
        if indent.strip() or below > closing:
            return [Splice(end, end, f", {text}")]
        # Below the whole line, so that a comment stays with the value that it is about.
        if self._text.startswith(",", end):
            return [Splice(below, below, f"{indent}{text},\n")]
        return [Splice(end, end, ","), Splice(below, below, f"{indent}{text}\n")]

    def _as_first_item(self, node: yaml.MappingNode, item: YamlValue) -> list[Splice]:
        """Make a table in lines the first item of a list, two columns further to the right."""
        start, indent = self._begin(node), self._indent(node)
        offset = self._line_end(self._content_end(node))
        lines = re.compile(r"^(?=.)", re.MULTILINE).finditer(self._text, start + 1, offset)
        starts = [found.start() for found in lines]
        return [
            Splice(start, start, "- "),
            *(Splice(line, line, "  ") for line in starts),
            Splice(offset, offset, block_item(item, indent=indent, in_lines=len(node.value) > 1)),
        ]

    def _find(self, loc: Loc) -> yaml.Node | None:
        node: yaml.Node | None = self._root
        for step in loc:
            if isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                node = node.value[step]
            else:
                return None
        return node

    def _at(self, loc: Loc) -> yaml.Node:
        node = self._find(loc)
        if node is None:
            raise UneditableError(self.start(loc))
        return node

    def _begin(self, node: yaml.Node) -> int:
        return self._first + int(node.start_mark.index)

    def _end(self, node: yaml.Node) -> int:
        return self._first + int(node.end_mark.index)

    def _end_of_text(self, node: yaml.Node) -> int:
        """Return where a value ends, without the blank lines that belong to a block of text."""
        start, end = self._begin(node), self._end(node)
        return start + len(self._text[start:end].rstrip())

    def _content_end(self, node: yaml.Node) -> int:
        """Return where the last value within a node ends; libyaml says where the next begins."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        return self._end(node)

    def _line_end(self, offset: int) -> int:
        """Return the beginning of the line below an offset, or the offset if it begins one."""
        return offset if self._text[offset - 1] == "\n" else self._text.index("\n", offset) + 1

    def _indent(self, node: yaml.Node) -> str:
        start = self._begin(node)
        return " " * (start - self._text.rindex("\n", 0, start) - 1)


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _absent(node: yaml.ScalarNode) -> bool:
    return Scalar(node.value, Span(), node.style in (None, "")).absent
