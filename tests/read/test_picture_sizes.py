"""How large pictures are, whatever their bytes."""

import os
import struct
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading import plan_in, record

from planfolio.model.references import AssetLink, Size
from planfolio.read.files import SourceFile
from planfolio.read.picture_sizes import HEAD, measure, size_in


def png(width: int, height: int) -> bytes:
    """The head of a PNG."""
    sides = struct.pack(">LL", width, height)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + b"IHDR" + sides + bytes((8, 6, 0, 0, 0))


def jpeg(width: int, height: int, *, before: bytes = b"") -> bytes:
    """The head of a JPEG with other segments before the one that says its size."""
    sides = struct.pack(">HH", height, width)
    return b"\xff\xd8" + before + b"\xff\xc0\x00\x11\x08" + sides + b"\x03" + bytes(9)


def segment(marker: int, payload: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def box(name: bytes, payload: bytes) -> bytes:
    """A box of an AVIF."""
    return struct.pack(">L", len(payload) + 8) + name + payload


def avif(width: int, height: int, *, more: bytes = b"", turned: bool = False) -> bytes:
    """The head of an AVIF, with more of its tables before its properties."""
    properties = box(b"ispe", bytes(4) + struct.pack(">LL", width, height))
    properties += box(b"irot", b"\x01") if turned else b""
    tables = more + box(b"iprp", box(b"ipco", properties))
    return box(b"ftyp", b"avif" + bytes(4)) + box(b"meta", bytes(4) + tables)


ASIDE = segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0")
"""Says that a photograph was taken with the camera on its side."""

PROFILE = b"".join(segment(0xE2, bytes(60_000)) for _ in range(3))
"""A profile of colours, of which printers' are long."""


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (png(800, 600), (800, 600)),
        (jpeg(800, 600), (800, 600)),
        (jpeg(800, 600, before=PROFILE), (800, 600)),
        (jpeg(800, 600, before=ASIDE), (600, 800)),
        (b"GIF89a" + struct.pack("<HH", 80, 60) + bytes(3), (80, 60)),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x1f\x03\0\x57\x02\0", (800, 600)),
        (avif(800, 600), (800, 600)),
        (b'<svg width="520" height="360px">', (520, 360)),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<svg width='1in' height='.75in'>", None),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<svg width='1in' height='0.5in'>", (96, 48)),
        (b"<!-- <svg width='1' height='1'> -->\n<svg width='8.4' height='5.6'>", (8, 6)),
    ],
)
def test_a_picture_has_the_size_at_which_it_is_shown(
    head: bytes, size: tuple[int, int] | None
) -> None:
    """Each format of the web; a photograph is as high as it is wide where it is turned."""
    assert size_in(head) == size


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"no picture",
        png(800, 600)[:20],
        png(800, 0),
        png(2**32 - 1, 600),
        jpeg(800, 600)[:6],
        avif(800, 600, turned=True),
        b"<svg viewBox='0 0 520 360'><rect width='10' height='500'/></svg>",
        b"<svg width='100%' height='100%'>",
        b"<svg width='' height=''>",
        b"<svg width='9" + b"9" * 500 + b"' height='9'>",
        "<svg width='520' height='360'>".encode("utf-16"),
        b"<svg width='520' height='360",
    ],
)
def test_what_does_not_say_its_size_has_none(head: bytes) -> None:
    """Cut short, absurd, turned in a way that is not read, or as large as the page lets it be."""
    assert size_in(head) is None


@pytest.mark.parametrize(
    "head",
    [
        b"<!--" * (HEAD // 4),
        b"<svg " * (HEAD // 5),
        b"<" + b" " * HEAD,
        b"\xff\xd8" + b"\xff" * HEAD,
        b"P6" + b"9" * HEAD,
        b"II+\0\x08\0\0\0\x10" + bytes(7) + b"\xff" * HEAD,
        # Items without number that each have 65,535 extents of no bytes.
        avif(8, 6, more=box(b"iloc", bytes(4) + b"\0\0\xff\xff" + b"\0\0\0\0\xff\xff" * 30_000)),
    ],
)
def test_hostile_bytes_end_soon(head: bytes) -> None:
    """What was made to send a reader round for minutes sends nobody round."""
    before = time.process_time()
    size_in(head)
    assert time.process_time() - before < 10


@given(st.sampled_from([png(8, 6), jpeg(8, 6, before=ASIDE), avif(8, 6), b"<svg "]), st.binary())
def test_no_bytes_make_an_exception(head: bytes, rest: bytes) -> None:
    """A picture is looked at in each build."""
    for end in range(0, len(head) + 1, 7):
        size = size_in(head[:end] + rest)
        assert size is None or min(size) >= 1


def test_a_body_shows_a_picture_in_its_size(tmp_path: Path) -> None:
    """A link to the file has none, since it keeps no room; nor has what is no picture by name."""
    read = plan_in(
        tmp_path,
        {
            "goals/g.md": record("title: G", body="![a](map.PNG) [b](map.PNG) ![c](x.txt)\n"),
            "goals/map.PNG": png(800, 600),
            "goals/x.txt": png(800, 600),
        },
    )
    shown, linked, text = read.record("goal/g").links
    assert shown == AssetLink("goals/map.PNG", Size(800, 600))
    assert linked == AssetLink("goals/map.PNG")
    assert text == AssetLink("goals/x.txt")


def test_a_picture_that_cannot_be_read_has_no_size(tmp_path: Path) -> None:
    """A pipe would be waited for without end; a file may go before it is looked at."""
    os.mkfifo(tmp_path / "pipe.png")
    for name in ("pipe.png", "gone.png"):
        assert measure(SourceFile(name, str(tmp_path / name), name)) is None
