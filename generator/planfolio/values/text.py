"""Text and addresses."""

from __future__ import annotations


def read_text(text: str) -> str:
    """Return text without space around it and in NFC; control characters are refused."""
    raise NotImplementedError


def read_url(text: str) -> str:
    """Read an address by http, https or mailto; any other scheme is refused."""
    raise NotImplementedError
