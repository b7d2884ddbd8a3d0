"""Tests of the formats of findings."""

import json

import pytest
from tests.report.findings import EVIL, finding

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.report.formats import Format, counts, report

CKA = "---\ntitle: Pass the CKA exam\nrole: a\nwhy: b\neffort: 3h\ntags: c\ndue: 2026-02-30\n---\n"


def shown(*findings: Diagnostic, form: Format = Format.FULL, text: str = CKA) -> str:
    """Return findings in a format, all of them about one text."""
    return report(findings, form=form, lines=lambda _: text.split("\n"))


def test_concise_is_a_line_each() -> None:
    """The concise format has the headline of each finding and nothing else."""
    text = shown(finding(), finding(code="S101", severity=Severity.WARNING), form=Format.CONCISE)
    assert [line.split(" ")[1] for line in text.splitlines()] == ["error[F102]", "warning[S101]"]


def test_json_has_the_documented_keys_and_no_other() -> None:
    """Each finding is an object of ten keys, with the place as four numbers."""
    assert json.loads(shown(finding(), form=Format.JSON)) == [
        {
            "code": "F102",
            "name": "bad-date",
            "severity": "error",
            "path": "content/goals/cka.md",
            "line": 7,
            "column": 6,
            "end_line": 7,
            "end_column": 16,
            "message": "February 2026 has 28 days",
            "hint": "write 2026-02-28, or the month: 2026-02",
        }
    ]


@pytest.mark.parametrize(
    ("form", "text"),
    [(Format.FULL, ""), (Format.CONCISE, ""), (Format.JSON, "[]\n"), (Format.GITHUB, "")],
)
def test_no_findings_are_nothing_or_an_empty_list(form: Format, text: str) -> None:
    """A program that reads JSON gets a list even of none."""
    assert shown(form=form) == text


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("field", ["path", "message", "hint"])
def test_no_field_steers_the_terminal(form: Format, field: str) -> None:
    """Escapes, overrides and surrogates of a plan are escaped in every format."""
    text = shown(finding(**{field: EVIL}), form=form)
    assert text.replace("\n", "").isprintable()
    if form is Format.JSON:
        assert json.loads(text)[0][field] == EVIL


def test_an_endless_message_is_cut() -> None:
    """A key of a megabyte does not fill the screen."""
    assert len(shown(finding(message="x" * 1_000_000, hint="y" * 1_000_000))) < 2000


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ("", "nothing to report"),
        ("e", "1 error in 1 file"),
        ("ee", "2 errors in 1 file"),
        ("ewwi", "1 error, 2 warnings and 1 note in 1 file"),
        ("wi", "1 warning and 1 note in 1 file"),
    ],
)
def test_findings_are_counted_in_words(severities: str, words: str) -> None:
    """The count names each severity that there is, in the order of weight."""
    named = {"e": Severity.ERROR, "w": Severity.WARNING, "i": Severity.INFO}
    assert counts([finding(severity=named[letter]) for letter in severities]) == words


def test_the_severity_gives_the_colour() -> None:
    """Code and underline are painted in the tone of the severity."""
    tones: list[str] = []

    def paint(text: str, tone: str) -> str:
        tones.append(tone)
        return text

    warned = finding(severity=Severity.WARNING)
    report([warned], form=Format.FULL, lines=lambda _: CKA.split("\n"), paint=paint)
    assert tones.count("warning") == 2
    assert "error" not in tones


def test_findings_in_full_are_set_apart_by_a_blank_line() -> None:
    """Between two findings is one blank line, and none at the end."""
    text = shown(finding(hint=""), finding(hint=""))
    assert text.count("\n\n") == 1
    assert not text.endswith("\n\n")
