"""Tests of the options that commands share."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, Run

GOAL = {
    "content/goals/a.md": (
        "---\ntitle: A\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 5/12 talks\n---\n"
    )
}

VAGUE = {"content/goals/writing.md": "---\ntitle: Improve my writing\ndue: 2027\n---\n"}


def as_of(run: Run, *args: str | Path, **environment: str) -> str:
    """Return the day for which `status` computes."""
    return str(json.loads(run("status", "--format", "json", *args, **environment).stdout)["as_of"])


def test_the_day_is_that_of_the_option(run: Run, plan: MakePlan) -> None:
    """--as-of wins over PLANFOLIO_AS_OF, and that over site.toml."""
    root = plan({**GOAL, "site.toml": '[plan]\nas_of = "2026-05-05"\n'})
    assert as_of(run, "--site", root) == "2026-05-05"
    assert as_of(run, "--site", root, PLANFOLIO_AS_OF="2026-06-06") == "2026-06-06"
    day = as_of(run, "--site", root, "--as-of", "2026-07-01", PLANFOLIO_AS_OF="2026-06-06")
    assert day == "2026-07-01"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-02-30", "February 2026 has 28 days; write 2026-02-28"),
        ("2026-10", "`2026-10` is more than one day; write a day like 2026-10-31"),
        ("tomorrow", "`tomorrow` is no date"),
        ("+6m", "relative"),
    ],
)
def test_a_day_that_is_none_is_a_usage_error(
    run: Run, plan: MakePlan, text: str, said: str
) -> None:
    """A wrong --as-of is answered with what it can be, and exits with 2."""
    result = run("check", "--site", plan(GOAL), "--as-of", text)
    assert result.exit_code == 2
    assert "Invalid value for '--as-of': " in result.stderr
    assert said in result.stderr


def test_a_plan_is_named_or_the_nearest_upward(
    run: Run, plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--site takes the site.toml itself as well, and PLANFOLIO_SITE does the same; from any folder
    of a plan it is that plan."""
    root = plan(GOAL)
    assert run("status", "--site", root / "site.toml").exit_code == 0
    assert run("status", PLANFOLIO_SITE=str(root)).exit_code == 0
    monkeypatch.chdir(root / "content" / "goals")
    assert run("status").exit_code == 0


def test_without_a_plan_the_way_to_one_is_told(run: Run, tmp_path: Path) -> None:
    """Where there is no plan the program says how to make one, and exits with 2."""
    for command in ("check", "build"):
        done = run(command)
        assert done.exit_code == 2
        assert "there is no site.toml here or in a folder above\n" in done.stderr
        assert "  help: start a plan with `planfolio init`" in done.stderr
    done = run("check", "--site", "my plan")
    assert done.exit_code == 2
    assert "help: start a plan there with `planfolio init 'my plan'`" in done.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {"PLANFOLIO_STRICT": "perhaps"},
        {"PLANFOLIO_COLOR": "pink"},
        {"PLANFOLIO_OUTPUT_FORMAT": "x"},
    ],
)
def test_a_variable_that_makes_no_sense_is_named(
    run: Run, plan: MakePlan, environment: dict[str, str]
) -> None:
    """A wrong value of a variable is a usage error that names the variable."""
    result = run("check", "--site", plan(GOAL), **environment)
    assert result.exit_code == 2
    assert next(iter(environment)) in result.stderr


def test_common_options_may_stand_before_the_command(run: Run, plan: MakePlan) -> None:
    """--site, --color, -q and -v mean the same before and after the name of a command."""
    root = plan(VAGUE)
    for args in (
        ("--site", root, "--color", "always", "-q", "check"),
        ("check", "--site", root, "--color", "always", "-q"),
    ):
        result = run(*args)
        assert "\x1b[" in result.stdout
        assert (result.exit_code, result.stderr) == (0, "")
    assert run("-q", "build", "--site", root).stderr == ""
    assert "checked them in" in run("-v", "check", "--site", root).stderr
    assert run("-q", "--site", root, "explain", "S101").exit_code == 0


def test_what_is_typed_wins_over_variables_and_after_over_before(
    run: Run, plan: MakePlan, tmp_path: Path
) -> None:
    """An option before the command beats its variable; one after the command beats both."""
    root, nowhere = plan(VAGUE), str(tmp_path)
    assert run("--site", root, "check", PLANFOLIO_SITE=nowhere).exit_code == 0
    assert run("--site", nowhere, "check", "--site", root, PLANFOLIO_SITE=nowhere).exit_code == 0
    plain = run("--color", "never", "check", "--site", root, PLANFOLIO_COLOR="always")
    assert "\x1b[" not in plain.stdout
