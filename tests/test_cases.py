"""Small plans that once went wrong, in plans/cases: what a person sees of each."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.analyse.analysis import analyse
from planfolio.analyse.gaps import Interval
from planfolio.audience import narrow
from planfolio.model.plan import Key
from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, check

if TYPE_CHECKING:
    from planfolio.pipeline import CheckResult

CASES = Path(__file__).parent / "plans" / "cases"


def checked(name: str) -> CheckResult:
    """Check the plan of a case, on the day that its site.toml names."""
    return check(CASES / name, today=Today(datetime(2026, 1, 1, tzinfo=UTC)))


def test_levels_one_after_another() -> None:
    """A rise counts from the level that the steps before will have raised: 1 to 2, 2 to 3, not 5.

    The skill is at 1. The course raises it to 2 in 139 days, the exam after it to 3 in 60; the
    workshop after that is to raise it to 5 in 60 days.
    """
    found = [d for d in checked("levels-one-after-another").diagnostics if d.code == "A104"]
    assert [f"{d.path}:{d.span.line}" for d in found] == ["content/goals/teach.md:7"]
    assert "from level 3 to 5 in 60 days" in found[0].message


def test_review_on_its_day() -> None:
    """A review is judged by what was known on its day: 5/12 in 57 of 139 days was on track.

    `chapters` had 5/12 * 139/57 = 1.016, `plates` 2/10 * 139/57 = 0.488 and no decision.
    """
    (found,) = [d for d in checked("review-on-its-day").diagnostics if d.code == "P104"]
    assert (found.severity, found.path, found.span.line) == (
        "info",
        "content/reviews/2026-03.md",
        6,
    )
    assert "“Ink 10 plates” was off track" in found.message
    assert "chapters" not in found.message


def test_certificate_renewal() -> None:
    """A certificate whose renewal is open is fine; without one, or once it is done, it is not."""
    found = [d for d in checked("certificate-renewal").diagnostics if d.code == "P105"]
    assert [(d.path, d.span.line) for d in found] == [
        ("content/profile.md", 8),
        ("content/profile.md", 10),
    ]
    forklift, radio = found
    assert "in 63 days" in forklift.message
    assert "write a goal" in forklift.hint
    assert "`renewal:" in forklift.hint
    assert "write the new day in `expires`" in radio.hint


def test_narrower_values() -> None:
    """What the public sees otherwise is one note: `errors` at 2/15, and the role at 2/3.

    For `maps` the review repeats the value that everybody sees.
    """
    result = checked("narrower-values")
    (found,) = [d for d in result.diagnostics if d.code == "V104"]
    assert (found.severity, found.path) == ("info", "content/goals/errors.md")
    assert found.subjects == (Key("goal", "errors"), Key("role", "cartographer"))
    assert "2 numbers" in found.message
    assert "is off track instead of done" in found.message
    assert "is 67% ready instead of 100%" in found.message
    assert "content/roles/cartographer.md:2" in found.message
    assert "`{date: 2026-03-28, value: 25}`" in found.hint
    assert "`level: 3` and `assessed: 2026-03-28`" in found.hint
    assert "`visibility` of “March, with Anselm”" in found.hint
    seen = analyse(narrow(result.plan, Visibility.PUBLIC), result.as_of)
    assert seen.goals["errors"].status == "off-track"
    assert seen.roles["cartographer"].readiness == Interval(Fraction(2, 3), Fraction(2, 3))


def test_narrower_values_can_be_shown(tmp_path: Path) -> None:
    """The hint can be followed: with the values written where the public sees them it is silent."""
    shutil.copytree(CASES / "narrower-values", tmp_path, dirs_exist_ok=True)
    goal, skills = tmp_path / "content/goals/errors.md", tmp_path / "content/skills.md"
    more = "value: 38}, {date: 2026-03-28, value: 25}"
    goal.write_text(goal.read_text(encoding="utf-8").replace("value: 38}", more), encoding="utf-8")
    skills.write_text(
        "---\nitems: {gis: {level: 3, assessed: 2026-03-28}}\n---\n", encoding="utf-8"
    )
    found = check(tmp_path, today=Today(datetime(2026, 1, 1, tzinfo=UTC))).diagnostics
    assert [d for d in found if d.code == "V104"] == []
