"""The one exception of the readers of values."""

from __future__ import annotations


class Unreadable(Exception):  # noqa: N818 - it names a state of the text, not a fault of the program
    """Text that is no value of its field.

    `name` is that of the diagnostic (`bad-date`), `message` says what was found and why it does
    not serve, `hint` what would. `code` is the rule's.
    """

    def __init__(self, message: str, hint: str = "", *, name: str = "bad-value", code: str = "F102") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.name = name
        self.code = code
