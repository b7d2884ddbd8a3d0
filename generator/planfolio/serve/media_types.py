"""The media type of a file by its name, the same on every machine."""

from __future__ import annotations

from mimetypes import MimeTypes
from types import MappingProxyType

_OWN = MappingProxyType(
    {
        "atom.xml": "application/atom+xml; charset=utf-8",
        ".avif": "image/avif",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".ics": "text/calendar; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".md": "text/markdown; charset=utf-8",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }
)
_STANDARD = MimeTypes()
"""What Python knows by itself; the machine's own tables are left out."""


def media_type(path: str) -> str:
    """Return the media type of a site path, `application/octet-stream` where it is unknown."""
    name = path.rpartition("/")[2].lower()
    own = _OWN.get(name) or _OWN.get(name[name.rfind(".") :] if "." in name else "")
    return own or _STANDARD.guess_type(name, strict=True)[0] or "application/octet-stream"
