"""The addresses of links: which may lead out of a page, which lie within the plan, and the rest."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from planfolio.model.diagnostics import Problem

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_OUTSIDE = re.compile(r"https?://[^/?#\\]|mailto:[^?]", re.IGNORECASE)
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff\ufffd]")


class PlanAddress(NamedTuple):
    """A relative address, percent-decoded, in two parts at its first `#`."""

    target: str
    fragment: str


def read_address(href: str) -> PlanAddress | None:
    """Return where in the plan an address leads, or None for one that leads out of it as it is.

    It is normalised as Markdown does it: unescaped, then percent-encoded. Raises Problem for one
    that must not become a link.

    This is an allow-list, since every deny-list has been walked around: http, https and mailto lead
    out, a relative address is looked up in the plan, all else is no link.
    """
    if _OUTSIDE.match(href):
        return None
    path, _, fragment = href.partition("#")
    target = unquote(path)
    # What a browser or a careless reader might make of it, once decoded, counts as well.
    bare = _IGNORED_BY_BROWSERS.sub("", target).replace("\\", "/")
    if scheme := _SCHEME.match(bare):
        name = scheme[1].lower()
        if name in {"http", "https", "mailto"}:
            raise Problem(f"nowhere to go after {name}:")
        raise Problem(f"only http, https and mailto lead out, not {name}")
    if bare.startswith("//"):
        raise Problem("an address on another host needs its https:")
    return PlanAddress(target=target, fragment=unquote(fragment))
