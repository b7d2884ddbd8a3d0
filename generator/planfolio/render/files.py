"""A file of a theme."""

from __future__ import annotations

from dataclasses import dataclass

from planfolio.render.errors import ThemeError


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
