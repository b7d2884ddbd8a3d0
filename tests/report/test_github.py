"""Tests of findings for GitHub Actions."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.report.findings import EVIL, finding

from planfolio.message_text import visible
from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import Span
from planfolio.report.code_hosts import summary, workflow_commands

READER = MarkdownIt("gfm-like", {"html": True, "linkify": False})
LINE = st.text(max_size=80)
HOSTILE = [
    "|",
    "</td></tr></table><script>alert(1)</script>",
    "[x](https://example.org) ![x](y.png) @somebody #1 <https://example.org>",
    "**bold** `code` ~~gone~~ &amp; \\| $x$",
    "::error file=x::y",
    "50 %0A, 100 %: a,b",
    "a\n\n# heading",
    EVIL,
]


def same(path: str) -> str:
    """Return a path as it is: the plan is the top of the repository."""
    return path


def commands(*findings: Diagnostic) -> str:
    """Return the workflow commands for findings."""
    return workflow_commands(findings, show_path=same)


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """Return command, properties and message as the runner reads them from a line of a log."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    command, _, listed = head.partition(" ")
    properties = dict(one.split("=", 1) for one in listed.split(","))
    return command, {k: unescaped(v, ",:") for k, v in properties.items()}, unescaped(data)


def unescaped(text: str, more: str = "") -> str:
    """Return text as the runner reads it."""
    for char in f"\r\n{more}":
        text = text.replace(f"%{ord(char):02X}", char)
    return text.replace("%25", "%")


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_a_finding_is_an_annotation_at_its_place(severity: Severity, command: str) -> None:
    """Severity is the command, place and title are properties; the hint is a second line."""
    assert commands(finding(severity=severity)) == (
        f"::{command} file=content/goals/cka.md,line=7,endLine=7,col=6,endColumn=16,"
        "title=F102 bad-date::February 2026 has 28 days%0A"
        "help: write 2026-02-28, or the month: 2026-02\n"
    )


def test_a_finding_over_several_lines_has_no_columns() -> None:
    """GitHub refuses columns where a finding ends in another line."""
    _, properties, _ = parsed(commands(finding(span=Span(3, 4, 5, 2))).rstrip("\n"))
    assert (properties["line"], properties["endLine"]) == ("3", "5")
    assert not {"col", "endColumn"} & properties.keys()


@given(path=LINE, message=LINE, hint=LINE)
def test_whatever_is_said_is_read_back_as_it_was(path: str, message: str, hint: str) -> None:
    """No text of a plan ends a property, a message or a line, or adds a command."""
    lines = commands(finding(path=path, message=message, hint=hint)).split("\n")
    assert lines.pop() == ""
    assert len(lines) == 1
    _, properties, data = parsed(lines[0])
    assert properties["file"] == visible(path)
    assert data == visible(message) + (f"\nhelp: {visible(hint)}" if hint else "")


# The summary


def cells(markdown: str) -> list[list[str]]:
    """Return the table of a summary as a browser shows what the host makes of the Markdown."""
    tree = html5lib.parse(READER.render(markdown), namespaceHTMLElements=False)
    known = {"html", "head", "body", "h3", "p", "table", "tbody", "tr", "th", "td", "code", "br"}
    assert {element.tag for element in tree.iter()} <= known
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]


def summed(*findings: Diagnostic, blobs: str = "") -> str:
    """Return the summary of findings."""
    return summary(findings, title="The plan", show_path=same, blobs=blobs)


def test_the_summary_is_a_table_of_all_findings_errors_first() -> None:
    """However many there are, each has a row with place, severity, rule and words."""
    notes = [finding(severity=Severity.INFO, span=Span(n, 1, n, 2)) for n in range(1, 31)]
    table = cells(summed(*notes, finding()))
    assert table[0] == ["Place", "Severity", "Rule", "Finding"]
    assert table[1] == [
        "content/goals/cka.md:7:6",
        "error",
        "F102 bad-date",
        "February 2026 has 28 dayshelp: write 2026-02-28, or the month: 2026-02",
    ]
    assert len(table) == 32


@pytest.mark.parametrize("field", ["path", "message", "hint"])
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_the_plan_becomes_markup(field: str, text: str) -> None:
    """Markdown and HTML in a plan are shown as they were written, in one cell of one row."""
    table = cells(summed(finding(**{field: text}), finding()))
    assert [len(row) for row in table] == [4, 4, 4]
    assert visible(text).strip() in "".join(table[1])


@settings(max_examples=50)
@given(message=LINE)
def test_any_message_is_shown_as_it_is(message: str) -> None:
    """No text at all breaks the table or is changed in it."""
    table = cells(summed(finding(message=message, hint="")))
    assert [len(row) for row in table] == [4, 4]
    assert table[1][3] == visible(message)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("content/a.md", "content/a.md?plain=1#L7"),
        ('content/ü "b"#?.md', "content/%C3%BC%20%22b%22%23%3F.md?plain=1#L7"),
    ],
)
def test_a_place_leads_to_its_line(path: str, address: str) -> None:
    """Where the host is known, each place is a link to the line in the source of the file."""
    html = summed(finding(path=path), blobs="https://host.example/me/plan/blob/0123/")
    (link,) = html5lib.parse(html, namespaceHTMLElements=False).iter("a")
    assert link.attrib == {"href": f"https://host.example/me/plan/blob/0123/{address}"}
    assert link.text == f"{path}:7:6"


def test_a_summary_that_would_be_too_long_says_what_it_leaves_out() -> None:
    """The last line counts them, and it stays below a megabyte; a clean plan has no table."""
    notes = [finding(severity=Severity.INFO, span=Span(n, 1, n, 2)) for n in range(1, 601)]
    text = summed(*notes, finding(message="ä" * 600))
    table = cells(text)
    assert len(table) == 501
    assert table[1][1] == "error"
    assert "\n101 more are not shown here" in text
    assert len(text.encode()) < 1024 * 1024
    assert summed() == "### The plan\n\n"
