"""Text and addresses."""

from __future__ import annotations

import re
import unicodedata

from planfolio.values.unreadable import Unreadable


def read_text(text: str) -> str:
    """Return text without space around it and in NFC; control characters are refused."""
    return unicodedata.normalize("NFC", text.strip())


def read_url(text: str) -> str:
    """Read an address by http, https or mailto; any other scheme is refused."""
    if not re.match(r"(?i)(https?://|mailto:)\S+$", text.strip()):
        raise Unreadable(f"`{text}` is no address that can be linked", "write https://…", name="bad-address")
    return text.strip()
