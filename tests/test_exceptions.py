"""Tests of what can stop planfolio."""

from __future__ import annotations

from planfolio.exceptions import EnvironmentFailure, PlanfolioError, UsageError


def test_who_has_to_act_is_told_by_the_exit_code() -> None:
    """A wrong command is 2, a machine in the way 3."""
    assert (UsageError("x").exit_code, EnvironmentFailure("x").exit_code) == (2, 3)


def test_the_message_is_the_sentence_and_the_hint_the_next_step() -> None:
    """Both are kept apart, and the text of the exception is the sentence alone."""
    error = UsageError("there is no plan", hint="make one")
    assert isinstance(error, PlanfolioError)
    assert (str(error), error.message, error.hint) == (
        "there is no plan",
        "there is no plan",
        "make one",
    )
    assert EnvironmentFailure("full").hint == ""
