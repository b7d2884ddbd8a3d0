"""The complaints of libyaml, said so that somebody who never heard of tokens can mend them.

libyaml says where it gave up, which is often far below the slip: a quote that is not closed runs
to the end of the file. Here the place is the one that a person has to look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import yaml

_QUOTE = "put the whole value in quotes"


class Fault(NamedTuple):
    """What is wrong, the way out, and whether the place is the construct's beginning."""

    message: str
    hint: str
    at_beginning: bool = False


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Fault:
    """Return what a complaint means; `lines` are those of the text that was read."""
    said = error.problem or error.context or "it cannot be read"
    mark = error.problem_mark
    line, before = "", ""
    if mark is not None and mark.line < len(lines):
        line = lines[mark.line]
        before = line[: mark.column]
    if "mapping values are not allowed" in said:
        return _second_colon(before)
    if "did not find expected key" in said:
        return _no_key(line, before)
    if "cannot start any token" in said:
        return _bad_beginning(line, len(before))
    if "did not find expected ',' or" in said:
        return _open_bracket(error)
    return next((fault for words, fault in _FAULTS.items() if words in said), _unknown(said))


def _unknown(said: str) -> Fault:
    return Fault(f"YAML does not allow this: {said}", "put the value in quotes if it is text")


def _second_colon(before: str) -> Fault:
    if ": " in before:
        return Fault("a second `: ` stands in this value", _QUOTE)
    return Fault(
        "this line is indented deeper than the key above it, so it continues that key's value",
        "begin it in the column of the keys beside it",
    )


def _no_key(line: str, before: str) -> Fault:
    if before.rstrip().endswith(('"', "'")):
        return Fault(
            "text stands after a closing quote",
            "put the whole value in quotes, and close each quote on the line on which it opens",
        )
    if line[len(before) :].startswith(("- ", "-\t")) or line.strip() == "-":
        return Fault(
            "an item of a list stands where a key is expected",
            "write the key of the list above it, and indent all items alike",
        )
    return Fault(
        "this line does not fit the indentation around it", "indent it like the keys beside it"
    )


def _bad_beginning(line: str, column: int) -> Fault:
    sign = line[column : column + 1]
    if sign == "\t":
        return _FAULTS["tab character"]
    return Fault(f"a value cannot begin with {sign} in YAML", "put the value in quotes")


def _open_bracket(error: yaml.MarkedYAMLError) -> Fault:
    opened, gave_up = error.context_mark, error.problem_mark
    if opened is not None and gave_up is not None and opened.line < gave_up.line:
        return Fault("the bracket that opens here is not closed", "close it", at_beginning=True)
    return Fault("a comma or a closing bracket is missing here", "write it")


_FAULTS = {
    "could not find expected ':'": Fault(
        "this line is neither `key: value` nor part of the value above it",
        "write `key: value`, or indent it below its key",
        at_beginning=True,
    ),
    "tab character": Fault("the line is indented with a tab", "indent with spaces"),
    "unexpected end of stream": Fault(
        "the quote that opens here is not closed", "close it on the same line", at_beginning=True
    ),
    "block sequence entries are not allowed": Fault(
        "a list begins on the line of its key",
        "write [a, b], or begin each item on a line of its own; put text that starts with - in "
        "quotes",
    ),
    "alphabetic or numeric character": Fault(
        "a value cannot begin with * or & in YAML", "put the value in quotes", at_beginning=True
    ),
    "comment or line break": Fault(
        "text stands on the line of a `>` or `|`",
        "begin it on the next line, or put the whole value in quotes",
        at_beginning=True,
    ),
    "escape": Fault(
        "double quotes know no such sequence after a backslash",
        r"write \\ for a backslash, or use single quotes",
    ),
    "node content": Fault("a value is missing here", "write it, or take the comma out"),
    "tag": Fault("`!` begins a tag, which is not supported", "put the value in quotes"),
    "document start": Fault("a second YAML document starts here", "keep one"),
    "<stream end>": Fault("a second YAML document starts here", "keep one"),
}
"""What libyaml says in part, and what that means; the first that fits is taken."""
