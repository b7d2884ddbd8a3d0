"""Findings for code hosts: annotations and summaries of GitHub Actions, and SARIF 2.1.0 (OASIS)."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from planfolio import HOME_PAGE, __version__
from planfolio.message_text import visible
from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.report.rules import (
    LETTERS,
    explanation,
    explanation_in_markdown,
    summary_sentence,
)
from planfolio.report.text import SEVERITY_WORDS, Lines, ShowPath, with_help
from planfolio.rules.registry import RULES
from planfolio.rules.rule import Rule

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
"""The workflow command that annotates a file, for each severity that is shown."""

_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})

_MOST_ROWS = 500
"""Findings in the summary of a step; GitHub drops one of more than a megabyte."""

_HEAD = "<table>\n<tr><th>Place</th><th>Severity</th><th>Rule</th><th>Finding</th></tr>\n"

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_ROOT = "%SRCROOT%"


def workflow_commands(diagnostics: Iterable[Diagnostic], *, show_path: ShowPath) -> str:
    """Return a workflow command for each finding; `show_path` returns its path in the repository.

    GitHub takes columns only for a place within one line. It shows about ten annotations of each
    severity for a step; the summary lists 500 findings.
    """
    return "".join(
        f"::{_COMMANDS[d.severity]} {_properties(d, show_path(d.path))}"
        f"::{with_help(d).translate(_IN_DATA)}\n"
        for d in diagnostics
    )


def summary(
    diagnostics: Sequence[Diagnostic], *, title: str, show_path: ShowPath, blobs: str = ""
) -> str:
    """Return the findings, errors first, as a table in Markdown; it lists 500, and counts the rest.

    `blobs` is the address below which the host shows the files of the commit, if there is one.

    The table is HTML, so that no text of the plan is read as Markdown: it cannot end a cell or
    become a link, an image or a mention.
    """
    worst_first = sorted(diagnostics, key=lambda d: list(SEVERITY_WORDS).index(d.severity))
    rows = [_row(d, show_path(d.path), blobs) for d in worst_first[:_MOST_ROWS]]
    text = f"### {_cell(title)}\n\n"
    if rows:
        text += f"{_HEAD}{''.join(rows)}</table>\n\n"
    left = len(diagnostics) - len(rows)
    if left:
        text += f"{left} more are not shown here. The log of the step has all of them.\n"
    return text


def sarif(diagnostics: Sequence[Diagnostic], *, lines: Lines, show_path: ShowPath) -> str:
    """Return a log of one run: the findings, and the rules that found them.

    `show_path` returns paths in the repository; no path of this machine is in the log. The
    fingerprint of a finding is a hash of its rule, its file and the text of its line, so that it
    stays the same when other lines or the date change.
    """
    codes = sorted({d.code for d in diagnostics})
    driver = {
        "name": "planfolio",
        "semanticVersion": __version__,
        "informationUri": HOME_PAGE,
        "rules": [_rule(RULES[code]) for code in codes],
    }
    fingerprints = _fingerprints(diagnostics, lines)
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "results": [
            _result(d, show_path(d.path), index=codes.index(d.code), fingerprint=fingerprint)
            for d, fingerprint in zip(diagnostics, fingerprints, strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _properties(d: Diagnostic, path: str) -> str:
    span = d.span
    properties = {"file": visible(path), "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:
        properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = f"{d.code} {d.name}"
    return ",".join(f"{key}={str(v).translate(_IN_PROPERTIES)}" for key, v in properties.items())


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


def _rule(rule: Rule) -> dict[str, Any]:
    off = rule.severity is Severity.OFF
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary_sentence(rule)},
        "fullDescription": {"text": rule.why},
        "help": {"text": explanation(rule), "markdown": explanation_in_markdown(rule)},
        "defaultConfiguration": {
            "enabled": not off,
            "level": "warning" if off else SEVERITY_WORDS[rule.severity],
        },
        "properties": {"tags": [LETTERS[rule.letter].lower()]},
    }


def _result(d: Diagnostic, path: str, *, index: int, fingerprint: str) -> dict[str, Any]:
    span = d.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    artifact = {"uri": quote(path, errors="surrogatepass"), "uriBaseId": _ROOT}
    return {
        "ruleId": d.code,
        "ruleIndex": index,
        "level": SEVERITY_WORDS[d.severity],
        # Readers make links of `[text](target)`. Braces stay single, although the standard doubles
        # them: no known reader undoes that, and a hint has to be copied as it is.
        "message": {"text": with_help(d).replace("](", "] (")},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"ruleFileAndLine/v1": fingerprint},
    }


def _fingerprints(diagnostics: Sequence[Diagnostic], lines: Lines) -> list[str]:
    """Return the fingerprint of each finding; equal findings of a file are numbered."""
    texts = {path: lines(path) for path in {d.path for d in diagnostics}}
    seen: Counter[tuple[str, str, str]] = Counter()
    fingerprints = []
    for d in diagnostics:
        source = texts[d.path]
        line = source[d.span.line - 1].strip() if 0 < d.span.line <= len(source) else ""
        about = (d.code, d.path, line)
        seen[about] += 1
        whole = "\0".join((*about, str(seen[about])))
        hashed = hashlib.sha256(whole.encode("utf-8", "surrogatepass"))
        fingerprints.append(hashed.hexdigest()[:32])
    return fingerprints
