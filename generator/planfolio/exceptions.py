"""The exceptions that end a command with a message instead of a traceback.

What is wrong with a plan is a list of diagnostics and no exception. Any exception that is not of
these classes is a bug of planfolio.
"""


class PlanfolioError(Exception):
    """An error with a sentence for the user, the next step as `hint`, and an exit code."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PlanfolioError):
    """The command cannot be run as it was typed."""


class EnvironmentFailure(PlanfolioError):  # noqa: N818
    """The environment prevents the command: a full disk, a permission, a missing program."""

    exit_code = 3


class NothingToChange(PlanfolioError):  # noqa: N818
    """The plan already says what the change would write."""

    exit_code = 1
