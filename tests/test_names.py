"""Tests of how names are compared, and which known name is suggested for a mistyped one."""

from planfolio.names import did_you_mean, folded, near_hint, near_names


def test_names_are_compared_without_regard_to_case_and_normal_form() -> None:
    """Space around a name does not count; another letter does."""
    assert folded(" E\N{COMBINING ACUTE ACCENT}TUDE ") == folded("étude")
    assert folded("STRASSE") == folded("straße")
    assert folded("a") != folded("b")


def test_names_that_are_close_to_what_was_typed_are_suggested() -> None:
    """The best comes first; of a very long name only the beginning is compared."""
    known = {"goal", "goals", "role"}
    assert near_names("gaol", known) == ["goal"]
    assert near_names("goalz", known, count=2) == ["goal", "goals"]
    assert near_names("goalz", known, cutoff=0.99) == []
    assert near_names("goal" + "x" * 1_000_000, known) == []
    assert near_hint("gaol", known, otherwise="name one") == "did you mean `goal`?"
    assert near_hint("python", known, otherwise="name one") == "name one"
    assert did_you_mean("gaol", known) == "; did you mean `goal`?"
    assert did_you_mean("python", known) == ""
