"""Plans as small files, read and checked the way a user's are."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeAlias

import pytest
from tests.reading import write

from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Kind
from planfolio.pipeline import CheckResult, Today, check

CheckPlan: TypeAlias = Callable[..., CheckResult]


@pytest.fixture
def check_plan(tmp_path: Path) -> CheckPlan:
    """Write a plan's files below content/ and check it on a day.

    A text without a fence is front matter alone, so its first key stands on line 2. `site.toml`
    names the settings.
    """
    made = iter(range(100_000))

    def write_and_check(
        files: Mapping[str, str], *, as_of: str = "2026-05-01", kinds: Sequence[Kind] = KINDS
    ) -> CheckResult:
        root = tmp_path / str(next(made))
        for path, text in {"site.toml": "", **files}.items():
            bare = path.endswith(".md") and not text.startswith("---\n")
            write(root, {path: f"---\n{text}---\n" if bare else text})
        now = datetime(2000, 1, 1, tzinfo=UTC)
        return check(root, today=Today(now, date.fromisoformat(as_of)), kinds=kinds)

    return write_and_check


def found(checked: CheckResult, code: str) -> list[str]:
    """Return the findings of a rule with their places."""
    return [
        f"{d.path.removeprefix('content/')}:{d.span.line}:{d.span.column} {d.message}"
        for d in checked.diagnostics
        if d.code == code
    ]
