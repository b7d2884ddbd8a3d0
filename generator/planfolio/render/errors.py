"""What can be wrong with a theme."""

from __future__ import annotations

from planfolio.exceptions import UsageError


class ThemeError(UsageError):
    """A fault in a theme, for the person who writes it; the message begins with its place.

    `path` is the file as the site's owner knows it, or empty when no file is at fault; `line`
    counts from 1 and is None when the file as a whole is at fault.
    """

    def __init__(self, message: str, *, path: str = "", line: int | None = None) -> None:
        place = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(place + message)
        self.path = path
        self.line = line
