"""Findings as SARIF 2.1.0 (OASIS, 2020), which code hosts and editors read."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from planfolio import __version__
from planfolio.init.origin import HOME
from planfolio.model.diagnostics import Severity
from planfolio.report.explanation import (
    LETTERS,
    explanation,
    explanation_in_markdown,
    in_short,
)
from planfolio.report.text import said
from planfolio.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.report.text import Lines, Place
    from planfolio.rules import Rule

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_ROOT = "%SRCROOT%"
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.OFF: "none",
}


def sarif(diagnostics: Sequence[Diagnostic], *, lines: Lines, place: Place) -> str:
    """Return a log of one run: the findings, and the rules that they come from.

    `place` gives files in the repository, whose root is left to whoever reads the log: no path of
    this machine is in it. A finding's fingerprint is made of its rule, its file and its line's
    text, so that it stays the same while other lines and the days move on.
    """
    codes = sorted({d.code for d in diagnostics})
    driver = {
        "name": "planfolio",
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": [_rule(RULES[code]) for code in codes],
    }
    fingerprints = _fingerprints(diagnostics, lines)
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "results": [
            _result(d, place(d.path), index=codes.index(d.code), fingerprint=fingerprint)
            for d, fingerprint in zip(diagnostics, fingerprints, strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    off = rule.severity is Severity.OFF
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": in_short(rule)},
        "fullDescription": {"text": " ".join(rule.why.split())},
        "help": {"text": explanation(rule), "markdown": explanation_in_markdown(rule)},
        "defaultConfiguration": {
            "enabled": not off,
            "level": "warning" if off else _LEVELS[rule.severity],
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
    uri = quote(path, errors="surrogatepass")
    artifact = {"uri": uri, "uriBaseId": _ROOT}
    return {
        "ruleId": d.code,
        "ruleIndex": index,
        "level": _LEVELS[d.severity],
        "message": {"text": _message(d)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"ruleFileAndLine/v1": fingerprint},
    }


def _message(d: Diagnostic) -> str:
    """Return message and hint in one text, in which nothing is a link.

    SARIF takes `[text](target)` in any message for a link. Braces stay single, though the standard
    doubles them: no reader known to us undoes that, and a hint is there to be copied.
    """
    text = said(d.message) + (f"\nhelp: {said(d.hint)}" if d.hint else "")
    return text.replace("](", "] (")


def _fingerprints(diagnostics: Sequence[Diagnostic], lines: Lines) -> list[str]:
    """Return a fingerprint for each finding; equal ones of a file are told apart by their order."""
    texts = {path: lines(path) for path in dict.fromkeys(d.path for d in diagnostics)}
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
