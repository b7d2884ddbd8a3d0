"""The people of a plan are named by id or by name; others are text."""

from pathlib import Path

import pytest
from tests.reading import plan_in, record

JANA = {"people/jana.md": record("title: Jana Nová", "aliases: [JN]")}


@pytest.mark.parametrize("written", ["jana", "JN", "people/jana", "Jana Nová", "jana nová"])
def test_a_person_is_found_by_id_alias_and_name(tmp_path: Path, written: str) -> None:
    """In a goal and in a review."""
    read = plan_in(tmp_path, {**JANA, "goals/g.md": record("title: G", f"mentor: {written}")})
    assert read.diagnostics == ()
    assert read.record("goal/g").fields.mentor == "jana"


@pytest.mark.parametrize("written", ["Petr Starý", "Jan Svoboda", "My neighbour", "the team"])
def test_somebody_whom_the_plan_does_not_know_stays_text(tmp_path: Path, written: str) -> None:
    """No plan has a page for everybody."""
    read = plan_in(tmp_path, {**JANA, "goals/g.md": record("title: G", f"mentor: {written}")})
    assert read.diagnostics == ()
    assert read.record("goal/g").fields.mentor == written


@pytest.mark.parametrize("written", ["Jana Nova", "Jana", "Nová", "Jnaa Nová", "Vítězslava"])
def test_what_is_almost_a_name_is_an_error(tmp_path: Path, written: str) -> None:
    """A private name must not be published because of a slip."""
    files = {
        "people/jn.md": record("title: Jana Vítězslava Nová", "aliases: [Jana Nová]"),
        "reviews/r.md": record("title: R", f"with: [{written}]"),
    }
    (found,) = plan_in(tmp_path, files).diagnostics
    assert (found.code, found.hint) == ("L101", "did you mean `jn`?")
    assert (found.span.line, found.span.column) == (3, 8)


@pytest.mark.parametrize("written", ["people/petr", "person/petr", "'[[petr]]'"])
def test_what_is_written_as_a_reference_is_one(tmp_path: Path, written: str) -> None:
    """An id with its folder, or a wikilink, is no name of somebody."""
    read = plan_in(tmp_path, {**JANA, "goals/g.md": record("title: G", f"mentor: {written}")})
    assert [found.code for found in read.diagnostics] == ["L101"]


def test_a_name_that_two_share_means_the_first(tmp_path: Path) -> None:
    """The id tells them apart."""
    files = {
        **JANA,
        "people/the-other.md": record("title: Jana Nová"),
        "goals/a.md": record("title: A", "mentor: Jana Nová"),
        "goals/b.md": record("title: B", "mentor: the-other"),
    }
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    assert [read.record(f"goal/{g}").fields.mentor for g in "ab"] == ["jana", "the-other"]
