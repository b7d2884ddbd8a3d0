"""The files of a theme, what can be wrong with them, and those that a site publishes.

A published file has a name that changes with its content, so that a browser may keep it for ever.
Stylesheets are put together here: an `@import` of a file of the theme is replaced by that file, in
its cascade layer, so that a page loads one stylesheet.
"""

import hashlib
import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from planfolio.exceptions import UsageError

_PUBLISHED_VENDOR = (".css", ".js", ".woff2", ".txt")
_OF_THE_PREVIEW = "vendor/idiomorph/"
"""What `serve` puts into pages while they are edited; a published site has no use for it."""

_COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
_IMPORT = re.compile(
    r"""@import\s+(["'])(?P<path>[^"']+)\1(?:\s+layer\((?P<layer>[\w.-]+)\))?\s*;"""
)
_URL = re.compile(r"""url\(\s*(["']?)(?P<path>[^"')]+)\1\s*\)""")
_ELSEWHERE = r"[a-zA-Z][a-zA-Z0-9+.-]*:|//"
_HASH_DIGITS = 10


class ThemeFault(NamedTuple):
    """What is wrong with a theme, for the person who writes it; as text it begins with its place.

    `path` is the file as the site's owner knows it, or empty when no file is at fault. `line` and
    `column` count from 1, and are None where they are not known. `source` is the text of the line,
    of which `length` characters are at fault, and `url` the page that showed the fault.
    """

    message: str
    path: str = ""
    line: int | None = None
    column: int | None = None
    source: str = ""
    length: int = 0
    url: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        page = "" if self.url is None else f" (rendering /{self.url})"
        text = f"{place}: {self.message}{page}" if place else f"{self.message}{page}"
        if self.column is None or not self.source:
            return text
        before, margin = self.source[: self.column - 1], " " * len(str(self.line))
        blank = "".join(c if c == "\t" else " " for c in before)
        return f"{text}\n  {self.line} | {self.source}\n  {margin} | {blank}{'^' * self.length}"


class ThemeError(UsageError):
    """All `faults` of a theme that were found; or one, given by its message and place."""

    def __init__(
        self,
        message: str = "",
        *,
        path: str = "",
        line: int | None = None,
        faults: Sequence[ThemeFault] = (),
    ) -> None:
        self.faults = tuple(faults) or (ThemeFault(message=message, path=path, line=line),)
        found = "\n".join(map(str, self.faults))
        count = len(self.faults)
        super().__init__(f"the theme has {count} faults\n{found}" if count > 1 else found)


class ThemeFile(NamedTuple):
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


class Asset(NamedTuple):
    """A published file: its site path and its bytes."""

    url: str
    data: bytes


def published_assets(files: Mapping[str, ThemeFile]) -> dict[str, Asset]:
    """Return what a theme publishes, by the name that `asset()` and stylesheets know it by.

    That is all of `assets/` (named without that folder), and of `vendor/` the fonts, scripts,
    styles and licences, but for what the preview alone uses. Raises ThemeError for a stylesheet
    that asks for a file that is not there, or for one of another host.
    """
    assets: dict[str, Asset] = {}
    later: dict[str, str] = {}
    for path in sorted(files):
        name = path.removeprefix("assets/")
        if name == path and not (path.startswith("vendor/") and path.endswith(_PUBLISHED_VENDOR)):
            continue
        if path.startswith(_OF_THE_PREVIEW):
            continue
        if path.endswith(".css"):
            later[name] = path
        else:
            assets[name] = _asset(name, files[path].data)
    styles = {
        name: _asset(name, _stylesheet(path, name=name, files=files, assets=assets))
        for name, path in later.items()
    }
    return assets | styles


def _asset(name: str, data: bytes) -> Asset:
    digest = hashlib.sha256(data).hexdigest()[:_HASH_DIGITS]
    stem, dot, suffix = name.rpartition(".")
    hashed = f"{stem}.{digest}.{suffix}" if dot else f"{name}.{digest}"
    return Asset(f"assets/{hashed}", data)


def _stylesheet(
    path: str, *, name: str, files: Mapping[str, ThemeFile], assets: Mapping[str, Asset]
) -> bytes:
    css = _bundle(path, files=files, assets=assets, here=posixpath.dirname(f"assets/{name}"))
    lines = (line.strip() for line in _COMMENT.sub("", css).splitlines())
    return ("\n".join(line for line in lines if line) + "\n").encode()


def _bundle(
    path: str,
    *,
    files: Mapping[str, ThemeFile],
    assets: Mapping[str, Asset],
    here: str,
    within: tuple[str, ...] = (),
) -> str:
    """Return a stylesheet with its imports in place and its URLs seen from the folder `here`."""
    file = files[path]
    # Comments become blank lines of the same height: lines still count right in messages.
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), file.text())

    def fail(match: re.Match[str], message: str) -> ThemeError:
        line = match.string.count("\n", 0, match.start()) + 1
        return ThemeError(message, path=file.shown, line=line)

    def local(match: re.Match[str]) -> str:
        if re.match(_ELSEWHERE, match["path"]):
            raise fail(match, f"a page may load nothing from another host: {match['path']}")
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), match["path"]))

    def imported(match: re.Match[str]) -> str:
        target = local(match)
        if target not in files:
            raise fail(match, f"there is no {target} in this theme to import")
        if target in (*within, path):
            raise fail(match, f"{target} imports itself: {' -> '.join((*within, path, target))}")
        inner = _bundle(target, files=files, assets=assets, here=here, within=(*within, path))
        return f"@layer {match['layer']} {{\n{inner}\n}}" if match["layer"] else inner

    def located(match: re.Match[str]) -> str:
        if match["path"].startswith(("data:", "#")):
            return match[0]
        asset = assets.get(local(match).removeprefix("assets/"))
        if asset is None:
            raise fail(match, f"there is no {local(match)} among this theme's published files")
        return f'url("{posixpath.relpath(asset.url, here)}")'

    return _IMPORT.sub(imported, _URL.sub(located, text))
