"""The sizes of pictures, read from the heads of their files, so that pages do not shift."""

import codecs
import re
import stat
from io import BytesIO
from pathlib import Path

from planfolio.model.references import Size
from planfolio.read.files import SourceFile

HEAD = 256_000
"""How many bytes of a picture are read; a JPEG may have a colour profile before its size."""

LONGEST_SIDE = 100_000
"""The most pixels of a side; a larger size is taken for damage."""

_SUFFIXES = (".apng", ".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_BLANK = codecs.BOM_UTF8 + b" \t\r\n"
# They are strings, since few plans have drawings: `re` compiles a pattern on its first use. The
# first two take time that grows with the number of bytes, whatever these are.
_COMMENT = rb"(?s)<!--.*?(?:-->|\Z)"
_SVG = rb"<svg\b[^<>]*>"
_SIDE = rb"""[^-]%s=["'](\d+(?:\.\d+)?)(px|pt|pc|mm|cm|in|)["']"""
_SIDES = (_SIDE % b"width", _SIDE % b"height")
_PIXELS = {
    b"": 1,
    b"px": 1,
    b"pt": 96 / 72,
    b"pc": 16,
    b"mm": 96 / 25.4,
    b"cm": 96 / 2.54,
    b"in": 96,
}


def is_picture(path: str) -> bool:
    """Tell whether a browser shows a file of this name as a picture."""
    return path.lower().endswith(_SUFFIXES)


def measure(source: SourceFile) -> Size | None:
    """Return the size of a picture; None where its file cannot be read or does not say it."""
    try:
        file = Path(source.file)
        if not stat.S_ISREG(file.stat().st_mode):
            return None
        with file.open("rb") as stream:
            return size_in(stream.read(HEAD))
    except OSError:
        return None


def size_in(head: bytes) -> Size | None:
    """Return the size that the first bytes of a picture tell, turned as it is shown.

    A drawing has one only if its own element says so in numbers; no bytes raise an exception.
    """
    if head.lstrip(_BLANK)[:1] == b"<":
        sides = _drawn_size(head)
    else:
        # It imports half of what Python knows of networks.
        import imagesize

        # The orientation of AVIF is in tables in which a damaged file could keep a reader for
        # minutes.
        tables = head[4:8] == b"ftyp"
        turned = tables and b"irot" in head
        sides = (0, 0) if turned else imagesize.get(BytesIO(head), exif_rotation=not tables)
    width, height = sides
    if not (0.5 <= width <= LONGEST_SIDE and 0.5 <= height <= LONGEST_SIDE):
        return None
    return Size(round(width), round(height))


def _drawn_size(drawing: bytes) -> tuple[float, float]:
    """Return what its own tag says in numbers: the first shape in it may name its size too."""
    root = re.search(_SVG, re.sub(_COMMENT, b"", drawing))
    found = [re.search(side, root[0]) for side in _SIDES] if root else []
    width, height = [float(side[1]) * _PIXELS[side[2]] if side else 0 for side in found] or (0, 0)
    return width, height
