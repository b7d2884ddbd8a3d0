"""Tests of `planfolio check`."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, Run

from planfolio.model.diagnostics import Diagnostic

CKA = (
    "---\ntitle: Pass the CKA exam\nrole: platform-engineer\nwhy: It is asked for\neffort: 30h\n"
    "raises: [kubernetes]\ndue: 2026-02-30\n---\n\n- [ ] Book it\n"
)
ROLE = "---\ntitle: Platform engineer\nrequires: {kubernetes: 3}\n---\n"
SKILLS = "---\nitems: {kubernetes: 1}\n---\n"
SOUND = {"content/roles/platform-engineer.md": ROLE, "content/skills.md": SKILLS}
BROKEN = {**SOUND, "content/goals/cka.md": CKA}
VAGUE = {"content/goals/writing.md": "---\ntitle: Improve my writing\ndue: 2027\n---\n"}


def codes(text: str) -> list[str]:
    """Return the codes of findings in JSON."""
    return [finding["code"] for finding in json.loads(text)]


def test_a_bad_date_is_reported_as_the_documentation_shows(
    run: Run, plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The documented example comes out letter by letter, and fails."""
    monkeypatch.chdir(plan(BROKEN))
    result = run("check", "content/goals/cka.md", "--as-of", "2026-01-05")
    assert result.stdout == (
        "content/goals/cka.md:7:6: error[F102] bad-date: February 2026 has 28 days\n"
        "  7 | due: 2026-02-30\n"
        "    |      ^^^^^^^^^^\n"
        "  help: write 2026-02-28, or the month: 2026-02\n"
    )
    assert result.exit_code == 1


def test_warnings_fail_only_a_strict_check(run: Run, plan: MakePlan) -> None:
    """--strict and PLANFOLIO_STRICT let warnings fail, nothing else does; notes never do."""
    root = plan(VAGUE)
    assert run("check", "--site", root).exit_code == 0
    assert run("check", "--site", root, "--strict").exit_code == 1
    assert run("check", "--site", root, PLANFOLIO_STRICT="1").exit_code == 1
    (root / "site.toml").write_text('[check]\nseverity = {S = "info", R = "off", M = "off"}\n')
    result = run("check", "--site", root, "--strict", "--output-format", "json")
    assert "S101" in codes(result.stdout)
    assert result.exit_code == 0


def test_a_sound_plan_is_clean(run: Run, plan: MakePlan) -> None:
    """Without findings nothing is printed, a note says so, and the exit code is 0; -v counts the
    records, names the plan and says how long it took."""
    root = plan({"content/skills.md": "---\nitems: {python: 1}\n---\n"})
    result = run("check", "--site", root, "--as-of", "2026-01-05")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "As of 2026-01-05: nothing to report.\n"
    told = run("check", "--site", root, "-v").stderr
    assert f"Read 1 record from {root} and checked them in 0." in told


def test_all_faults_come_in_one_go_in_the_order_of_file_and_line(run: Run, plan: MakePlan) -> None:
    """One run reports everything, sorted by path, then line, then column."""
    files = {
        "content/goals/b.md": "---\ntitle: B\ndue: 2026-13-01\nrole: nobody\ncost: much\n---\n",
        "content/goals/a.md": "---\ntitle: A\nstart: 2026-02-30\ntitel: x\n---\n[x](gone.md)\n",
        "content/roles/r.md": "---\ntitle: R\nrequires: {python: [1], sql: nine}\n---\n",
        "content/skills.md": "---\nitems: 3\n---\n",
        "site.toml": 'timezone = "Mars/Olympus"\n',
    }
    result = run("check", "--site", plan(files), "--output-format", "json")
    found = [(d["path"], d["line"], d["column"]) for d in json.loads(result.stdout)]
    assert len(found) >= 9
    assert found == sorted(found)
    assert {path for path, _, _ in found} == set(files)


@pytest.mark.parametrize(
    ("here", "path"),
    [
        *((".", path) for path in ("content/goals/cka.md", "content/goals", "content", ".")),
        (".", "content/roles/../goals/cka.md"),
        *(("content/goals", path) for path in ("cka.md", ".", "..", "../..")),
        ("..", "link/content/goals/cka.md"),
    ],
)
def test_paths_choose_what_is_told(
    run: Run, plan: MakePlan, monkeypatch: pytest.MonkeyPatch, here: str, path: str
) -> None:
    """A file or a folder above it shows its findings, named from where one is, also through a link
    to the plan."""
    root = plan(BROKEN)
    root.with_name("link").symlink_to(root)
    monkeypatch.chdir(root / here)
    site = ("--site", "link") if here == ".." else ()
    result = run("check", *site, path, "--output-format", "concise")
    shown = {".": "content/goals/cka.md", "content/goals": "cka.md"}.get(here, "plan/")
    assert f"\n{shown}" in f"\n{result.stdout}"
    assert "cka.md:7:6: error" in result.stdout
    assert result.exit_code == 1


def test_what_is_elsewhere_is_counted_and_does_not_fail(run: Run, plan: MakePlan) -> None:
    """An error in another file is not shown for a path, but counted."""
    root = plan(BROKEN)
    result = run("check", "--site", root, root / "content/skills.md")
    assert result.exit_code == 0
    assert "F102" not in result.stdout
    assert "Elsewhere in the plan: 1 error" in result.stderr


def test_findings_are_not_compared_with_each_other(
    run: Run, plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work for a list of findings grows with its length, not with the square of it."""
    compared = 0

    def equal(self: Diagnostic, other: object) -> bool:
        nonlocal compared
        compared += 1
        return self is other

    monkeypatch.setattr(Diagnostic, "__eq__", equal)
    goals = {f"content/goals/g{n}.md": "---\ntitle: G\ndue: soon\n---\n" for n in range(60)}
    root = plan(goals)
    for paths in ((), (root / "content/goals/g1.md",)):
        result = run("check", "--site", root, *paths)
        assert result.exit_code == 1
    assert "Elsewhere in the plan: 59 errors" in result.stderr
    assert compared < 60 * 10


def test_a_path_outside_the_plan_is_a_usage_error(run: Run, plan: MakePlan, tmp_path: Path) -> None:
    """A file that is not the plan's is refused, and so is one that is not there."""
    other = tmp_path / "other.md"
    other.write_text("x")
    root = plan({})
    result = run("check", "--site", root, other)
    assert result.exit_code == 2
    assert f"other.md is not in the plan at {root}" in " ".join(result.stderr.split())
    gone = run("check", "--site", root, root / "content/goals/gone.md")
    assert (gone.exit_code, "gone.md' does not exist" in gone.stderr) == (2, True)


def test_a_pipe_in_the_plan_does_not_hold_up_the_report(run: Run, plan: MakePlan) -> None:
    """The line of a file that is no ordinary file is not waited for."""
    import os

    root = plan({})
    (root / "content/goals").mkdir()
    os.mkfifo(root / "content/goals/pipe.md")
    done = run("check", "--site", root)
    assert done.exit_code == 1
    assert "pipe.md:1:1: error[F101]" in done.stdout
