"""What can stop planfolio, by whose turn it is to act.

What is wrong with a plan is a list of diagnostics and no exception. These are the rest: the
command was wrong, or the machine could not do what was asked. Any other exception is a bug of ours.
"""

from __future__ import annotations


class PlanfolioError(Exception):
    """A stop with a sentence for the person at the terminal, and in `hint` the next step.

    `exit_code` is the process's.
    """

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PlanfolioError):
    """What was asked cannot be done as it was asked."""


class EnvironmentFailure(PlanfolioError):  # noqa: N818
    """The machine stood in the way: a disk, a permission, a missing program."""

    exit_code = 3
