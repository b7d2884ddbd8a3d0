"""How names are compared, and which known name one that was mistyped is close to."""

import unicodedata
from collections.abc import Iterable

from planfolio.message_text import quoted


def folded(name: str) -> str:
    """Return a name as names are compared: NFC, without regard to case and to space around it."""
    if name.isascii():
        return name.strip().lower()
    composed = unicodedata.normalize("NFC", name.strip())
    return unicodedata.normalize("NFC", composed.casefold())


def near_names(
    name: str, known: Iterable[str], *, count: int = 1, cutoff: float = 0.6
) -> list[str]:
    """Return up to `count` known names that are at least `cutoff` (0..1) like one, best first."""
    import difflib  # a plan without a slip does not need it

    return difflib.get_close_matches(name[:80], known, n=count, cutoff=cutoff)


def near_hint(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """Return `did you mean `status`?` for a name that is close to a known one, else `otherwise`."""
    near = near_names(name, known)
    return f"did you mean {quoted(near[0])}?" if near else otherwise


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the end of a message, `; did you mean `status`?`; nothing if no name is close."""
    hint = near_hint(name, known, otherwise="")
    return f"; {hint}" if hint else ""
