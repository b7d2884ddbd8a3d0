"""The one exception of the readers of values."""

from __future__ import annotations

_LONGEST = 40
"""How many characters of what was typed a message repeats."""


class Unreadable(Exception):  # noqa: N818 - it names a state of the text, not a fault of the program
    """Text that is no value of its field.

    `name` is that of the diagnostic (`bad-date`), `message` says what was found and why it does
    not serve, `hint` what would. `code` is the rule's.
    """

    def __init__(
        self, message: str, hint: str = "", *, name: str = "bad-value", code: str = "F102"
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.name = name
        self.code = code


def quoted(text: str) -> str:
    """Return what was typed as a message shows it: in backticks, cut when long, on one line.

    Characters that cannot be seen are written as escapes, a lone surrogate among them, so that a
    message can always be encoded.
    """
    text = text.strip()
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    seen = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in shown)
    return f"`{seen}`"
