"""Tests of a change without a command, as the preview may offer it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from planfolio.change import ChangeRefusedError, change_record
from planfolio.edit.file_edit import FileEdit
from planfolio.model.plan import Record
from planfolio.pipeline import CheckResult, Today

TODAY = Today(datetime(2000, 1, 1, tzinfo=UTC), date(2026, 9, 30))
GOAL = "---\ntitle: Talks\ndue: 2026-12\n---\n- [ ] one\n"


def goal_in(root: Path, text: str = GOAL) -> Path:
    """Write a plan with one goal, and return the file of the goal."""
    (root / "site.toml").write_text('title = "Plan"\n')
    file = root / "content/goals/talks.md"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file


def test_it_is_refused_with_the_errors_that_there_would_be(tmp_path: Path) -> None:
    """An edit that would break the plan is not written."""
    file = goal_in(tmp_path)

    def spoil(record: Record[Any], _: CheckResult, before: bytes) -> FileEdit:
        return FileEdit(record.source.path, before, before.replace(b"2026-12", b"soon"))

    with pytest.raises(ChangeRefusedError, match="would have") as refused:
        change_record("talks", spoil, kinds=("goal",), root=tmp_path, today=TODAY)
    assert [error.code for error in refused.value.errors] == ["F102"]
    assert file.read_text() == GOAL
