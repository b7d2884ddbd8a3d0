"""What was wrong with a body when it was compiled is told with its place in the file."""

from pathlib import Path

import pytest
from tests.reading import plan_in, record

from planfolio.model.diagnostics import Severity

MISTAKES = [":::private", "::: privat", "::: Private", ":: private", "- ::: private"]


@pytest.mark.parametrize("mark", MISTAKES)
def test_a_mark_that_is_nearly_one_stops_the_build(tmp_path: Path, mark: str) -> None:
    """The error stands at the mark, whose line is counted from the top of the file."""
    read = plan_in(tmp_path, {"goals/a.md": record("title: A", body=f"Words.\n\n{mark}\nx\n:::\n")})
    found = read.diagnostics[0]
    assert (found.code, found.severity, found.path) == (
        "V103",
        Severity.ERROR,
        "content/goals/a.md",
    )
    assert (found.span.line, found.span.column) == (6, 1)
    assert read.marked(found) == mark
    assert found.hint


def test_a_list_file_is_held_to_the_same(tmp_path: Path) -> None:
    """The prose above a list hides as well, or fails as well."""
    text = record("items: {a: 1}", body="::: private\nnever closed\n")
    assert plan_in(tmp_path, {"skills.md": text}).said == ["skills.md:4:1 V103"]


def test_what_cannot_be_shown_as_written_is_a_note(tmp_path: Path) -> None:
    """It stops nothing, and says where it is."""
    text = record("title: A", body="[the server](ftp://example.org/)\n")
    found = plan_in(tmp_path, {"goals/a.md": text}).only()
    assert (found.code, found.severity) == ("F111", Severity.INFO)
    assert "only http, https and mailto" in found.message
