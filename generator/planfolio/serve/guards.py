"""Who may ask the preview, and for what: Host, Origin, method and path of a request.

The plan of its owner stands on a port of their machine, and every web page that they open may send
requests there. Three things keep it theirs. A page of another name that was made to point here (DNS
rebinding) is refused by its Host. A page of another origin that loads something of ours, a script
too, is refused by its Origin and by what the browser says of itself in Sec-Fetch-Site. And the path
is only a key to look up: whatever is not spelt as a browser spells it is no key.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

METHODS = ("GET", "HEAD")

LONGEST_PATH = 2000
"""Bytes of a path, percent-encoded; a file name of most systems has at most 255."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::[0-9]{1,5})?")
_ORIGIN = re.compile(r"https?://(?P<host>[^/?#@\s]+)")
_ESCAPE = re.compile(rb"%(?P<byte>[0-9A-Fa-f]{2})?")
_NEVER_ESCAPED = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"  # they need none
    b"/\\"  # they would be more of a path than it seems
)


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names that the preview answers to, without ports; in `addresses` also any IP address.

    An address cannot be rebound as a name can, so where a whole network may ask, it may do so by
    any address of this machine.
    """

    names: frozenset[str]
    addresses: bool = False

    def allow(self, host: str) -> bool:
        """Tell whether a Host header, with or without a port, is one of ours."""
        match = _HOST.fullmatch(host.lower())
        if match is None:
            return False
        name = match["v6"] or match["name"]
        return name in self.names or (self.addresses and _is_address(name))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered: a status of HTTP and a sentence."""

    status: int
    message: str


def hosts_of(bound: str, *, allowed: Iterable[str] = ()) -> Hosts:
    """Return whom a server answers to that is bound to a host or address, and those `allowed`."""
    names = {name.lower().strip("[]") for name in (bound, *allowed)}
    return Hosts(_LOOPBACK | names, addresses=not is_loopback(bound))


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a server that is bound to this host."""
    name = host.lower().strip("[]")
    return name in _LOOPBACK or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def refusal(
    method: str, headers: Mapping[str, str], *, hosts: Hosts, part: bool = False
) -> Refusal | None:
    """Return why a request is refused, or None; the names of `headers` are in lower case.

    A link of another site may lead a person to a page, but not to what is `part` of our pages.
    """
    host = headers.get("host", "")
    if not hosts.allow(host):
        return Refusal(
            403,
            f"The preview does not answer to the name {host!r}. If the name is yours, start it "
            "with: planfolio serve --allow-host NAME",
        )
    if not _is_same_origin(headers, host=host) and (part or not _is_visit(headers)):
        return Refusal(403, "The preview is for its own pages; another site asked.")
    if method not in METHODS:
        return Refusal(405, "The preview can only be read: GET and HEAD.")
    return None


def path_of(raw: bytes) -> str | None:
    """Return the path of a request decoded, without its first slash; None if it is no key.

    `raw` is what was sent. None is for what a browser never sends for a built file: dots that
    climb, doubled slashes, backslashes, controls, broken UTF-8, and escapes of what needs none.
    """
    if len(raw) > LONGEST_PATH or not raw.startswith(b"/"):
        return None
    for escape in _ESCAPE.finditer(raw):
        digits = escape["byte"]
        if digits is None or int(digits, 16) in _NEVER_ESCAPED:
            return None
    try:
        path = unquote_to_bytes(raw[1:]).decode("utf-8")
    except UnicodeDecodeError:
        return None
    segments = path.split("/")
    if "\\" in path or any(ord(c) < 32 or ord(c) == 127 for c in path):
        return None
    if any(segment in {".", ".."} for segment in segments) or "" in segments[:-1]:
        return None
    return path


def security_headers(media_type: str, *, inline_style: str = "") -> dict[str, str]:
    """Return the headers that keep an answer of a media type from being misused or kept.

    `inline_style` is the text of the one style element that our own pages have; a policy names it
    by its hash, so that no other is heard.
    """
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    kind = media_type.partition(";")[0]
    if kind == "image/svg+xml":
        # A drawing may style itself, and can do nothing else: its policy is in force in <img> too.
        headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; "
            "frame-ancestors 'none'"
        )
    elif kind != "application/pdf":  # the readers in browsers style themselves inline
        headers["Content-Security-Policy"] = _policy(inline_style)
    return headers


def _policy(inline_style: str) -> str:
    digest = b64encode(hashlib.sha256(inline_style.encode()).digest()).decode()
    style = f"'self' 'sha256-{digest}'" if inline_style else "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src {style}",
            "img-src 'self' data:",
            "font-src 'self'",
            "media-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _is_same_origin(headers: Mapping[str, str], *, host: str) -> bool:
    """Tell whether one of our own pages asks, or no page at all."""
    origin = headers.get("origin")
    if origin is not None:
        match = _ORIGIN.fullmatch(origin)
        if match is None or match["host"].lower() != host.lower():
            return False
    # Another port of this machine is the same site and yet another origin.
    return headers.get("sec-fetch-site", "none") in {"same-origin", "none"}


def _is_visit(headers: Mapping[str, str]) -> bool:
    """Tell whether a person goes to a page in a tab of its own."""
    return (
        "origin" not in headers
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
