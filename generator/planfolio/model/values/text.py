"""Text, addresses and colours."""

import re
import unicodedata
from urllib.parse import urlsplit

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Problem

_LONGEST_NEAR = 200
"""How long a text may be that is searched for an address without a scheme."""

# The patterns are strings, since few plans need them: `re` compiles one on its first use.
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
_HOST = r"(?a)(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[:/?#].*)?"
_HOST_NAME = (
    r"(?a)(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_MAIL = r"[^\s@:/?]+@[^\s@:/?]+\.[^\s@:/?]+"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_COLOUR = r"#?(?:[0-9a-f]{3}|[0-9a-f]{6})"
_NOT_IN_ADDRESSES = frozenset('<>"`\\')


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
    scheme, colon, rest = typed.partition(":")
    scheme = scheme.lower()
    if any(c.isspace() for c in typed):
        message = f"the address {quoted(text)} has a space in it"
        raise Problem(message, "write %20 for the space, or take it out")
    if not typed.isprintable() or _NOT_IN_ADDRESSES.intersection(typed):
        message = f"the address {quoted(text)} has a character in it that no address can have"
        raise Problem(message, "copy it again from the browser's address bar")
    if colon and scheme == "mailto" and re.match(_MAIL, rest):
        return typed
    if colon and scheme in ("http", "https") and rest.startswith("//") and _has_host(typed):
        return typed
    raise Problem(*_no_address(typed))


def read_host(text: str) -> str:
    """Read the name of a host, as `plan.example.org`, and return it in small letters.

    Raises Problem for an address with a scheme or a path, and for what can be no name in DNS.
    """
    typed = text.strip().lower()
    if re.fullmatch(_HOST_NAME, typed):
        return typed
    host = typed.partition("://")[2].partition("/")[0] or typed.partition("/")[0]
    hint = f"write {host}" if re.fullmatch(_HOST_NAME, host) else "write it as in plan.example.org"
    raise Problem(f"{quoted(text)} is no name of a host", hint)


def read_colour(text: str) -> str:
    """Read a colour by its red, green and blue, and return it as `#rrggbb`.

    Raises Problem for all else, such as names of colours.
    """
    typed = text.strip().lower()
    if not re.fullmatch(_COLOUR, typed):
        message = f"{quoted(text)} is no colour by its red, green and blue"
        raise Problem(message, 'write it in six digits, as in "#0b6e4f"')
    if not typed.startswith("#"):
        raise Problem(f"{quoted(text)} lacks the sign of a colour", f'write "#{typed}"')
    return typed if len(typed) == 7 else "#" + "".join(digit * 2 for digit in typed[1:])


def ascii_form(text: str) -> str:
    """Return text with its digits, dashes and wide letters as a keyboard has them, for hints.

    `２０２６–０９` becomes `2026-09`. Readers do not take such text, but can say what to write.
    Text of more than 60 characters, or with one that cannot be seen, has no likely meaning, and
    becomes empty.
    """
    text = text.strip()
    if len(text) > 60 or not text.isprintable():
        return ""
    folded = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    return "".join(str(unicodedata.digit(c, c)) for c in folded).strip()


def bare_words(text: str) -> str:
    """Return the letters and digits of a text, small, without accents, words by single spaces."""
    apart = unicodedata.normalize("NFD", ascii_form(text).casefold().replace("'", ""))
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a broken IPv6 host, or a port that is no number
        return False


def _no_address(typed: str) -> tuple[str, str]:
    """Return the message and the hint for an address that cannot be linked."""
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)", typed)
    if len(typed) <= _LONGEST_NEAR and re.fullmatch(_MAIL, typed):
        return f"{quoted(typed)} is an e-mail address", "put mailto: before it"
    if len(typed) <= _LONGEST_NEAR and re.fullmatch(_HOST, typed.lower()):
        return f"{quoted(typed)} has no scheme", "put https:// before it"
    if scheme and scheme[0].lower() in ("http", "https"):
        message = f"the address {quoted(typed)} has no host that can be found"
        return message, "write https://example.org/…"
    if scheme and scheme[0].lower() == "mailto":
        return f"{quoted(typed)} has no e-mail address", "write mailto:name@example.org"
    what = f"{quoted(scheme[0] + ':')} is no scheme" if scheme else f"{quoted(typed)} is no address"
    return f"{what} that can be linked", "write https://…, http://… or mailto:…"
