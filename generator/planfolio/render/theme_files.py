"""The files of a theme, and what can be wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """The bytes of a file, and its path as it is shown to the site's owner."""

    shown: str
    data: bytes

    def text(self) -> str:
        """Return the file as text; ThemeError if it is not UTF-8."""
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            message = f"this is not UTF-8 (byte {error.object[error.start]:#04x})"
            raise ThemeError(message, path=self.shown, line=line) from None
