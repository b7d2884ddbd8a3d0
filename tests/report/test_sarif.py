"""Tests of SARIF, validated with its schema."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.findings import finding

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import Span
from planfolio.report.code_hosts import sarif
from planfolio.rules.registry import RULES

SCHEMA = Path(__file__).parents[1] / "vendor" / "sarif" / "sarif-2.1.0-rtm.5.json"
VALIDATOR = jsonschema.Draft4Validator(
    json.loads(SCHEMA.read_text("utf-8")), format_checker=jsonschema.FormatChecker()
)
LINES = ["---", "title: A", "due: 2026-02-30", "due: 2026-02-30", "---"]


def run(*findings: Diagnostic, lines: list[str] = LINES, prefix: str = "") -> dict[str, Any]:
    """Return the one run of a log that is valid."""
    text = sarif(findings, lines=lambda _: lines, show_path=lambda path: prefix + path)
    log = json.loads(text)
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    return only  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("severity", "level"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")],
)
def test_a_finding_is_a_result_at_its_place(severity: Severity, level: str) -> None:
    """Rule, words, file and region are where readers of the format look for them. The level is that
    of the finding, which site.toml may have changed; without findings there are no results."""
    assert run()["results"] == []
    only = run(finding(severity=severity))
    assert only["columnKind"] == "unicodeCodePoints"
    (result,) = only["results"]
    assert (result["ruleId"], result["level"]) == ("F102", level)
    assert result["message"]["text"] == (
        "February 2026 has 28 days\nhelp: write 2026-02-28, or the month: 2026-02"
    )
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "content/goals/cka.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "startColumn": 6, "endLine": 7, "endColumn": 16},
    }


def test_every_rule_comes_with_its_help() -> None:
    """Each rule that was found is described once, with what `explain` says of it."""
    found = [finding(code=rule.code, name=rule.name) for rule in RULES.values()]
    only = run(*found, *found)
    rules = only["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(RULES)
    for described in rules:
        rule = RULES[described["id"]]
        why = " ".join(rule.why.split())
        assert why in " ".join(described["help"]["text"].split())
        assert why in " ".join(described["help"]["markdown"].split())
        assert rule.bad.strip("\n") in described["help"]["markdown"]
        assert described["defaultConfiguration"]["enabled"] == (rule.severity is not Severity.OFF)
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("content/goals/über uns.md", "plans/a%20b/content/goals/%C3%BCber%20uns.md"),
        ("content/goals/50%#?.md", "plans/a%20b/content/goals/50%25%23%3F.md"),
        ("content/goals/a:b.md", "plans/a%20b/content/goals/a%3Ab.md"),
    ],
)
def test_paths_are_uris_in_the_repository(path: str, uri: str) -> None:
    """Blanks, letters and signs that mean something in a URI are percent-encoded."""
    (result,) = run(finding(path=path), prefix="plans/a b/")["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


@settings(max_examples=50)
@given(path=st.text(min_size=1), message=st.text(), hint=st.text())
def test_any_text_gives_a_valid_log(path: str, message: str, hint: str) -> None:
    """Whatever a plan holds, the log is valid and is ASCII."""
    run(finding(path=path, message=message, hint=hint))
    assert sarif([finding(message=message)], lines=lambda _: [], show_path=lambda p: p).isascii()


def test_a_title_is_no_link() -> None:
    """Readers of the format make links of `[text](target)`; a plan must not."""
    (result,) = run(finding(message="see [here](https://example.org)", hint=""))["results"]
    assert "](" not in result["message"]["text"]


def prints(*findings: Diagnostic, lines: list[str] = LINES) -> list[str]:
    """Return the fingerprints of findings."""
    results = run(*findings, lines=lines)["results"]
    return [print_ for result in results for print_ in result["partialFingerprints"].values()]


def test_a_fingerprint_stays_when_other_lines_come() -> None:
    """The same fault in the same text is the same one further down, and with other numbers."""
    before = finding(span=Span(3, 6, 3, 16), message="3 days late")
    after = finding(span=Span(4, 6, 4, 16), message="4 days late")
    assert prints(before) == prints(after, lines=["---", "tags: x", *LINES[1:3]])


def test_fingerprints_tell_findings_apart() -> None:
    """Another rule, another file, and the same text once more are other findings."""
    found = [
        finding(span=Span(3, 6, 3, 16)),
        finding(span=Span(4, 6, 4, 16)),
        finding(span=Span(3, 6, 3, 16), code="F103"),
        finding(span=Span(3, 6, 3, 16), path="content/goals/b.md"),
        finding(span=Span(2, 1, 2, 2)),
        finding(span=Span(99, 1, 99, 2)),
    ]
    assert len(set(prints(*found))) == len(found)
