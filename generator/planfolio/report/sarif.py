"""Findings as SARIF 2.1.0 (OASIS, 2020), which code hosts and editors read."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from planfolio import HOME_PAGE, __version__
from planfolio.model.diagnostics import Severity
from planfolio.report.explanation import LETTERS, explanation, explanation_in_markdown, in_short
from planfolio.report.text import with_help
from planfolio.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.report.text import Lines, Place
    from planfolio.rules.rule import Rule

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
    """Return a log of one run: the findings, and the rules that found them.

    `place` returns paths in the repository; no path of this machine is in the log. The fingerprint
    of a finding is a hash of its rule, its file and the text of its line, so that it stays the same
    when other lines or the date change.
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
    artifact = {"uri": quote(path, errors="surrogatepass"), "uriBaseId": _ROOT}
    return {
        "ruleId": d.code,
        "ruleIndex": index,
        "level": _LEVELS[d.severity],
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
