"""Text, addresses, colours and flags."""

import re
import unicodedata
from urllib.parse import urlsplit

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Problem
from planfolio.names import folded

UNKNOWN = frozenset({"n/a", "na", "-", "none", "null", "tbd", "tba", "unknown", "?", "nan"})
"""What people write where they do not know a value yet."""

# The patterns are strings, since few plans need them: `re` compiles one on its first use.
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
_HOST_NAME = (
    r"(?a)(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_MAIL = r"[^\s@:/?]+@[^\s@:/?]+\.[^\s@:/?]+"
_COLOUR = r"#(?:[0-9a-f]{3}|[0-9a-f]{6})"
_NOT_IN_ADDRESSES = frozenset('<>"`\\ ')


def read_text(text: str) -> str:
    """Return text in NFC without space around it, its lines ended by a line feed.

    Raises Problem for empty text, for lone surrogates, and for control characters other than a tab
    and a line feed, which no page can show.
    """
    read = unicodedata.normalize("NFC", text.replace("\r\n", "\n").strip())
    if not read.isprintable() and (unseen := re.search(_CONTROL, read)) is not None:
        message = f"the text has the control character U+{ord(unseen[0]):04X} in it"
        raise Problem(message, "take it out, it cannot be seen")
    if not read:
        raise Problem("expected text, found nothing", "write a word or more")
    return read


def read_url(text: str) -> str:
    """Read an address by http, https or mailto, and return it as written.

    Raises Problem for any other scheme, for an address without one or without a host, and for
    characters that an address cannot hold.
    """
    typed = text.strip()
    scheme, _, rest = typed.partition(":")
    if typed.isprintable() and _NOT_IN_ADDRESSES.isdisjoint(typed):
        if scheme.lower() == "mailto" and re.match(_MAIL, rest):
            return typed
        if scheme.lower() in ("http", "https") and rest.startswith("//") and _has_host(typed):
            return typed
    message = f"{quoted(text)} is no address that can be linked"
    raise Problem(message, "write https://…, http://… or mailto:…, and %20 for a space")


def read_host(text: str) -> str:
    """Read the name of a host, as `plan.example.org`, and return it in small letters.

    Raises Problem for an address with a scheme or a path, and for what can be no name in DNS.
    """
    typed = text.strip().lower()
    if re.fullmatch(_HOST_NAME, typed):
        return typed
    raise Problem(f"{quoted(text)} is no name of a host", "write it as in plan.example.org")


def read_colour(text: str) -> str:
    """Read a colour by its red, green and blue, and return it as `#rrggbb`.

    Raises Problem for all else, such as names of colours.
    """
    typed = text.strip().lower()
    if not re.fullmatch(_COLOUR, typed):
        message = f"{quoted(text)} is no colour by its red, green and blue"
        raise Problem(message, 'write it in six digits, as in "#0b6e4f"')
    return typed if len(typed) == 7 else "#" + "".join(digit * 2 for digit in typed[1:])


def read_flag(text: str) -> bool:
    """Read `true`, `false`, `yes` or `no`, in any case; raises Problem for any other text."""
    word = text.strip().casefold()
    if word in ("true", "yes"):
        return True
    if word in ("false", "no"):
        return False
    raise Problem(f"{quoted(text)} is neither true nor false", "write true or false")


def bare_words(text: str) -> str:
    """Return the letters and digits of a text, small, its words by single spaces."""
    return " ".join(re.findall(r"\w+", folded(text).replace("_", " ").replace("'", "")))


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a broken IPv6 host, or a port that is no number
        return False
