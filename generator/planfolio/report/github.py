"""Findings for GitHub Actions: annotations of files, and the summary of a step."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from planfolio.model.diagnostics import Severity
from planfolio.report.formats import SEVERITY_WORDS
from planfolio.report.text import with_help
from planfolio.spelling import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.report.text import Place

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
"""The workflow command that annotates a file, for each severity that is shown."""

_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})

MOST_OF_A_SUMMARY = 1024 * 1024
"""Bytes of the summary of a step; GitHub drops a longer one."""

_HEAD = "<table>\n<tr><th>Place</th><th>Severity</th><th>Rule</th><th>Finding</th></tr>\n"


def workflow_commands(diagnostics: Iterable[Diagnostic], *, place: Place) -> str:
    """Return a workflow command for each finding; `place` returns its path in the repository.

    GitHub takes columns only for a place within one line. It shows about ten annotations of each
    severity for a step; the summary lists all findings.
    """
    return "".join(_annotation(d, place(d.path)) for d in diagnostics)


def summary(
    diagnostics: Sequence[Diagnostic], *, title: str, place: Place, room: int, blobs: str = ""
) -> str:
    """Return the findings, errors first, as a table in at most `room` bytes of Markdown.

    `blobs` is the address below which the host shows the files of the commit, if there is one.
    Where not all findings fit, the last line counts the others; with no room there is no summary.

    The table is HTML, so that no text of the plan is read as Markdown: it cannot end a cell or
    become a link, an image or a mention.
    """
    head, foot = f"### {_cell(title)}\n\n", ""
    if diagnostics:
        head, foot = head + _HEAD, "</table>\n\n"
    worst_first = sorted(diagnostics, key=lambda d: list(SEVERITY_WORDS).index(d.severity))
    left = room - len(f"{head}{foot}{_more(len(diagnostics))}".encode())
    if left < 0:
        return ""
    rows: list[str] = []
    for d in worst_first:
        row = _row(d, place(d.path), blobs)
        left -= len(row.encode())
        if left < 0:
            break
        rows.append(row)
    return f"{head}{''.join(rows)}{foot}{_more(len(diagnostics) - len(rows))}"


def _annotation(d: Diagnostic, path: str) -> str:
    span = d.span
    properties = {"file": visible(path), "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:
        properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = f"{d.code} {d.name}"
    listed = ",".join(
        f"{key}={str(value).translate(_IN_PROPERTIES)}" for key, value in properties.items()
    )
    return f"::{_COMMANDS[d.severity]} {listed}::{with_help(d).translate(_IN_DATA)}\n"


def _row(d: Diagnostic, path: str, blobs: str) -> str:
    where = f"{_cell(path)}:{d.span.line}:{d.span.column}"
    if blobs:
        # `plain` shows the source of a Markdown file; the rendered page has no line numbers.
        address = f"{blobs}{quote(path, errors='surrogatepass')}?plain=1#L{d.span.line}"
        where = f'<a href="{escape(address)}">{where}</a>'
    finding = "<br>".join(map(_cell, with_help(d).split("\n")))
    cells = (f"<code>{where}</code>", SEVERITY_WORDS[d.severity], f"{d.code} {d.name}", finding)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _cell(text: str) -> str:
    """Return text as HTML in one line; a blank line would end the table for a Markdown reader."""
    return escape(visible(text))


def _more(count: int) -> str:
    """Return a last line that counts the findings left out, if there are some."""
    return f"{count} more are not shown here. The log of the step has all of them.\n" * bool(count)
