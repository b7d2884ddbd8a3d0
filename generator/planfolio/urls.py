"""Slugs and URLs of a site.

A site path is the way from the site's root without a leading slash: `goals/cka/`, `plan.json`,
and the empty string for home. Pages link to each other relatively, so a site works wherever it is.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

from planfolio.names import folded

_LONGEST = 240
"""How many bytes a segment may have in UTF-8: disks take 255, and a file's ending needs some."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_ANCHOR = re.compile(r"[^a-z0-9_-]")
_UNRESERVED = re.compile(r"[\w/.~-]+", re.ASCII)
_SIGNS = re.compile(r"(?<=[^\W_])[+#]+")


def slug(text: str) -> str:
    """Return text as one segment of a URL: NFC, case folded, letters and digits of any script kept.

    What is neither becomes a hyphen; text without a letter or digit gives the empty string. Each
    `+` and `#` after a letter or digit is spelt out, because C, C++ and C# are three things. What
    would be longer than the name of a folder is cut, and ends with a hash of the whole.
    """
    if not _SLUG.fullmatch(text):  # nearly all ids are slugs
        kept = "".join(c if _stays(c) else " " for c in folded(_SIGNS.sub(_spelt_out, text)))
        text = "-".join(kept.split())
    return text if len(text) <= _LONGEST // 4 else _of_bounded_length(text)


def relative(target: str, *, page: str) -> str:
    """Return the relative URL from a page to a site path, percent-encoded; `./` for itself."""
    return relative_from(page)(target)


def relative_from(page: str) -> Callable[[str], str]:
    """Return what gives the relative URLs from one page to site paths, as `relative` does."""
    parts = page.split("/")[:-1]
    ways = ((parts[:kept], "../" * (len(parts) - kept)) for kept in range(len(parts), -1, -1))
    folders = [("".join(f"{part}/" for part in inside), way) for inside, way in ways]

    def relative_url(target: str) -> str:
        for folder, above in folders:
            if target.startswith(folder):
                url = above + target[len(folder) :]
                return url if _UNRESERVED.fullmatch(url) else _encoded(url)
        return target

    return relative_url


def absolute(target: str, *, base: str) -> str:
    """Return the full URL of a site path under a base URL that ends with a slash."""
    return base + quote(target, safe="/.-_~")


def file_of(url: str) -> str:
    """Return the path of the file that serves a site path."""
    return url + "index.html" if url.endswith("/") or not url else url


def anchor_slug(text: str) -> str:
    """Return a text as the large git hosts write it in an anchor, in NFC; it may be empty.

    Letters and digits of any script stay, in lower case; spaces become hyphens; the rest goes.
    """
    if text.isascii():
        return _NOT_IN_ANCHOR.sub("", "-".join(text.lower().split()))
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    hyphened = "-".join(composed.split())
    return "".join(c for c in hyphened if c in "-_" or unicodedata.category(c)[0] in "LMN")


def _encoded(url: str) -> str:
    path, _, fragment = url.partition("#")
    end = f"#{quote(fragment, safe='-_.~')}" if fragment else ""
    return (quote(path, safe="/.-_~") or "./") + end


def _of_bounded_length(text: str) -> str:
    whole = text.encode()
    if len(whole) <= _LONGEST:
        return text
    end = "-" + hashlib.sha256(whole).hexdigest()[:8]
    return whole[: _LONGEST - len(end)].decode(errors="ignore").rstrip("-") + end


def _spelt_out(signs: re.Match[str]) -> str:
    return "".join(" plus " if sign == "+" else " sharp " for sign in signs[0])


def _stays(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"
