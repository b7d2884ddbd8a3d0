"""Tests of `planfolio build`."""

import json
import re
from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, OnTerminal, Run
from tests.reading import files_below

GOAL = "---\ntitle: Pass the CKA exam\ndue: 2026-12-31\neffort: 40h\n---\n\n- [ ] Book it\n"
HIDDEN = "---\ntitle: Leave quietly\nvisibility: private\ndue: 2026-12-31\n---\n"
FILES = {"content/goals/cka.md": GOAL, "content/goals/secret.md": HIDDEN}


def test_a_build_tells_what_it_did(
    run: Run, plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages, audience, folder, time and changes are in one line on stderr, findings in another; -v
    has a line with seconds for each stage, in the order of the pipeline."""
    monkeypatch.chdir(plan(FILES))
    result = run("build", "--as-of", "2026-01-05")
    assert (result.exit_code, result.stdout) == (0, "")
    done, found = result.stderr.splitlines()
    pattern = r"Built \d+ pages for the public into public/ in \d+\.\d\d s: \d+ new\."
    assert re.fullmatch(pattern, done)
    assert found.startswith("As of 2026-01-05: ")
    told = run("build", "-v").stderr
    stages = re.findall(r"^ +\d+\.\d\d s  (\w+) .+$", told, re.MULTILINE)
    assert stages == ["reading", "rendering", "writing"]


def test_an_error_leaves_the_last_output_byte_for_byte(run: Run, plan: MakePlan) -> None:
    """A plan with an error is not built; the site of before stays, to the last byte and time."""
    root = plan(FILES)
    run("build", "--site", root)
    before, changed = files_below(root / "public"), (root / "public").stat().st_mtime_ns
    (root / "content/goals/cka.md").write_text("---\ntitle: A\ndue: soon\n---\n")
    result = run("build", "--site", root)
    assert result.exit_code == 1
    assert "error[F102]" in result.stderr
    assert "Nothing was built: 1 error in 1 file." in result.stderr
    assert files_below(root / "public") == before
    assert (root / "public").stat().st_mtime_ns == changed


def test_only_what_stops_a_build_is_shown(run: Run, plan: MakePlan) -> None:
    """The other findings are counted by their severity, and shown by check; with --strict warnings
    stop it too."""
    files = {
        "content/goals/a.md": "---\ntitle: A\ndue: soon\n---\n",
        "content/goals/b.md": "---\ntitle: Improve my writing\ndue: 2027\n---\n",
        "content/skills.md": "---\nitems: {python: 5}\n---\n",
    }
    root = plan(files)
    result = run("build", "--site", root, "--as-of", "2026-01-05")
    assert "S101" not in result.stderr
    assert (
        "Nothing was built: 1 error in 1 file. "
        "planfolio check also shows 1 warning and 1 note.\n" in result.stderr
    )
    (root / "content/goals/a.md").unlink()
    strict = run("build", "--site", root, "--strict")
    assert strict.exit_code == 1
    assert "warning[S101]" in strict.stderr
    assert not (root / "public").exists()


def test_the_audience_decides_what_is_there(run: Run, plan: MakePlan, tmp_path: Path) -> None:
    """The public gets no private record, the owner does; plan.json says whom it is for."""
    root = plan(FILES)
    seen = {}
    for audience in ("public", "mentor", "private"):
        run("build", "--site", root, "--audience", audience, "-o", tmp_path / audience)
        export = json.loads((tmp_path / audience / "plan.json").read_text())
        assert export["audience"] == audience
        seen[audience] = [goal["id"] for goal in export["goals"]]
    assert seen == {"public": ["cka"], "mentor": ["cka"], "private": ["cka", "secret"]}


def test_the_base_url_wins_over_the_settings(run: Run, plan: MakePlan) -> None:
    """--base-url, with or without its last slash, is where the sitemap leads."""
    root = plan({**FILES, "site.toml": 'base_url = "https://settings.example/"\n'})
    run("build", "--site", root, "--base-url", "https://example.org/plan")
    sitemap = (root / "public/sitemap.xml").read_text()
    assert "https://example.org/plan/goals/cka/" in sitemap
    assert "settings.example" not in sitemap


@pytest.mark.parametrize(
    "url",
    ["example.org", "ftp://example.org/", "https://", "https://a b/", "https://a/?q", "http://[/"],
)
def test_a_base_url_that_is_none_is_a_usage_error(run: Run, plan: MakePlan, url: str) -> None:
    """What cannot be the address of a site is refused before anything is read."""
    result = run("build", "--site", plan(FILES), "--base-url", url)
    assert result.exit_code == 2
    assert "is not the address of a site" in result.stderr


@pytest.mark.parametrize(
    ("settings", "place"),
    [('title = "T"\ntheme = "papr"\n', "2:9"), ('[theme]\nname = "papr"\n', "2:8")],
)
def test_an_unknown_theme_is_told_at_its_place(
    run: Run, plan: MakePlan, settings: str, place: str
) -> None:
    """By a check as by a build, with all other errors of the plan."""
    root = plan({**FILES, "site.toml": settings, "content/goals/x.md": "---\ndue: soon\n---\n"})
    for command in ("check", "build"):
        result = run(command, "--site", root)
        assert result.exit_code == 1
        shown = result.stdout + result.stderr
        assert f"site.toml:{place}: error[F102] bad-value: there is no theme `papr`" in shown
        assert "help: did you mean `paper`?" in shown
        assert "content/goals/x.md:2:6: error" in shown


def test_a_relative_output_is_relative_to_where_one_is(
    run: Run, plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """-o and PLANFOLIO_OUTPUT name a folder as any other program's options do."""
    root = plan(FILES)
    monkeypatch.chdir(tmp_path)
    assert run("build", "--site", root, "-o", "site").exit_code == 0
    assert run("build", "--site", root, PLANFOLIO_OUTPUT="other").exit_code == 0
    assert (tmp_path / "site/plan.json").is_file()
    assert (tmp_path / "other/plan.json").is_file()


@pytest.mark.parametrize(
    "output", ["plan", "plan/content", "plan/content/goals", "", "home", "foreign", "."]
)
def test_a_dangerous_output_is_refused_with_a_next_step(
    run: Run, plan: MakePlan, tmp_path: Path, output: str
) -> None:
    """The plan, its content, a home, a folder of others and the empty name are never written."""
    root = plan(FILES)
    for name in ("home", "foreign"):
        (tmp_path / name).mkdir()
    (tmp_path / "foreign/thesis.doc").write_text("years of work")
    before = files_below(tmp_path)
    done = run("build", "--site", root, f"--output={output}", HOME=str(tmp_path / "home"))
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr
    assert files_below(tmp_path) == before
    assert "folder" in done.stderr


def test_a_build_shows_its_stage_on_a_terminal(on_terminal: OnTerminal, plan: MakePlan) -> None:
    """On a terminal the stage is shown, and the line is erased before the result is printed."""
    seen = on_terminal("build", "--site", plan(FILES), streams="stderr")
    assert seen.code == 0
    assert re.search(r"\r\x1b\[K  rendering.+ … ", seen.terminal)
    assert "\r\x1b[KBuilt " in seen.terminal
