"""Tests of `planfolio explain`."""

import pytest
from tests.cli.conftest import OnTerminal, Run

from planfolio.rules.registry import RULES
from planfolio.rules.rule import Rule


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_each_rule_is_explained(run: Run, rule: Rule) -> None:
    """Code, name, severity, why and both examples are printed, in lines of at most 88 columns."""
    text = run("explain", rule.code).stdout
    assert text.startswith(f"{rule.code} {rule.name} ({rule.severity.value})\n\n")
    assert " ".join(rule.why.split()) in " ".join(text.split())
    for example in (rule.bad, rule.good):
        assert all(f"    {line}".rstrip() in text for line in example.strip("\n").splitlines())
    prose = [line for line in text.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) <= 88


def test_without_a_code_all_rules_are_listed_by_letter(run: Run) -> None:
    """The list has a heading for each letter in the order of SMART, and a line for each rule."""
    text = run("explain").stdout
    headings = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert headings[:5] == ["Specific", "Measurable", "Achievable", "Relevant", "Timely"]
    lines = [line.split()[0] for line in text.splitlines() if line.startswith("  ")]
    assert sorted(lines) == sorted(RULES)


@pytest.mark.parametrize("written", ["s101", " S101 ", "vague-title", "Vague-Title"])
def test_a_rule_is_found_however_it_is_written(run: Run, written: str) -> None:
    """Small letters, blanks around it and the name are as good as the code."""
    assert run("explain", written).stdout.startswith("S101 vague-title")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("S1O1", "Did you mean S101"),
        ("vague-titel", "Did you mean S101 (vague-title)"),
        ("xylophone", "planfolio explain lists all rules."),
    ],
)
def test_an_unknown_rule_is_guessed(run: Run, written: str, said: str) -> None:
    """A slip gets what is near, or the way to the list, and exit code 2."""
    result = run("explain", written)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_setting_that_turns_a_rule_off_is_shown(run: Run) -> None:
    """A rule names the setting that turns it off, unless it cannot be turned off."""
    assert 'ignore = ["S101"]' in run("explain", "S101").stdout
    assert "site.toml" not in run("explain", "F104").stdout.splitlines()[-1]
    assert 'severity = { R102 = "warning" }' in run("explain", "R102").stdout


def test_a_narrow_terminal_gets_short_lines(on_terminal: OnTerminal) -> None:
    """Running text is wrapped at the width of the terminal."""
    seen = on_terminal("explain", "S101", "--color", "never", COLUMNS="50")
    lines = seen.terminal.replace("\r", "").splitlines()
    assert max(len(line) for line in lines if not line.startswith("    ")) <= 50
