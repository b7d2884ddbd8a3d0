"""The pictures that a site is known by elsewhere: its card in social networks, its icon on a phone.

Both are PNG, in the light colours of the theme. Letters are drawn one by one, by the fonts that the
theme names, so that the bytes are the same on every machine. A text with a letter that none of the
fonts has, or that runs from right to left and would have to be shaped, is left out.

The pixels are numbers of a palette, which is an eighth of the work of red, green and blue, and half
the bytes.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageColor, ImageDraw, ImageFont

from planfolio.render.theme_files import ThemeError, ThemeFile

CARD_SIZE = (1200, 630)
ICON_SIZE = (180, 180)

COLOURS = ("paper", "ink", "ink-soft", "ink-quiet", "track", "shade-2", "accent", "needle")
"""The tokens of a theme that the pictures are drawn in, that of the paper first."""

_SHADES = 36
"""The steps from paper to another colour at the edges of letters; a palette has room for 256."""

_STEPS = [round(_SHADES * covered / 255) for covered in range(256)]
"""The step for how much of a pixel a letter covers, in 255ths."""

_MARGIN = 80
_ROOM = CARD_SIZE[0] - 2 * _MARGIN
_MARK = (5, 8, 11, 15, 20)
"""The lengths of the lines of the theme's mark, whose box is 20 by 20."""

_TITLES = ((88, 2), (72, 2), (60, 3))
"""Sizes of the title, of which the first that fits is taken, and the lines that each may have."""

_FACTS = (30, 27, 24)
"""Sizes of the facts, of which the first that fits is taken."""

_COMPRESSION = 3
"""The level of zlib, which takes half the time of its usual 6 for a fifth more bytes."""

_EM = 1000
"""A size of a font at which the widths of its letters are not rounded."""


def social_card(
    words: Mapping[str, Any],
    *,
    colours: Mapping[str, str],
    fonts: Sequence[ThemeFile],
    logo: Path | None,
) -> bytes:
    """Return a card of 1200 by 630 pixels with the words of the template `card.json`.

    `colours` are those of the theme by name, as `#rrggbb`. Raises ThemeError for a font that cannot
    be read.
    """
    picture = _opened(logo)
    pen = _Pen(fonts)
    if picture is None:
        for box in _mark(_MARGIN, 64, side=56):
            pen.fill(box, "accent")
    baseline = 0
    for line, size in _title_lines(str(words.get("title", "")), pen):
        baseline = baseline or 152 + size
        pen.write(line, (_MARGIN, baseline), size=size, weight=600, colour="ink")
        baseline += round(size * 1.08)
    facts = [(str(label), str(value)) for label, value in words.get("facts", ())]
    _write_facts([fact for fact in facts if all(map(pen.can_write, fact))], pen)
    bar = words.get("bar")
    if bar:
        words_end = pen.write(bar["words"], (_MARGIN, 544), size=48, weight=500, colour="ink")
        pen.write(bar["note"], (words_end + 16, 544), size=26, colour="ink-soft")
        for end, colour in (("", "track"), ("planned", "shade-2"), ("now", "accent")):
            width = _ROOM * float(bar[end] if end else 100) / 100
            pen.fill((_MARGIN, 570, _MARGIN + round(width), 586), colour)
        mark = _MARGIN + round(_ROOM * float(bar["required"]) / 100)
        pen.fill((mark - 2, 562, mark + 2, 594), "needle")
    image = pen.picture(colours)
    if picture is not None:
        image = image.convert("RGB")
        _paste(picture, image, box=(_MARGIN, 64, 240, 64))
    return _png(image)


def touch_icon(*, colours: Mapping[str, str], logo: Path | None) -> bytes:
    """Return an icon of 180 by 180 pixels: the logo on paper, or the mark on the accent."""
    picture = _opened(logo)
    image = Image.new("RGB", ICON_SIZE, colours["accent" if picture is None else "paper"])
    if picture is not None:
        _paste(picture, image, box=(20, 20, 140, 140))
    else:
        for left, top, right, bottom in _mark(45, 45, side=90):
            image.paste(colours["paper"], (left, top, right, bottom))
    return _png(image)


class _Pen:
    """Draws the card; places are pixels from its left and its top."""

    def __init__(self, fonts: Sequence[ThemeFile]) -> None:
        self._image = Image.new("L", CARD_SIZE)
        self._files = fonts
        self._fonts: dict[tuple[int, int, int], ImageFont.FreeTypeFont] = {}
        self._lengths: dict[tuple[int, int, str], float] = {}
        self._font_of: dict[str, int | None] = {}

    def fill(self, box: tuple[int, int, int, int], colour: str) -> None:
        """Fill from left, top to right, bottom."""
        self._image.paste(_number(colour), box)

    def can_write(self, text: str) -> bool:
        """Tell whether the fonts have all letters of a text; it is written without other signs."""
        return all(
            self._font(char) is not None or unicodedata.category(char)[0] not in "LN"
            for char in unicodedata.normalize("NFC", text)
        )

    def width(self, text: str, *, size: int, weight: int = 400) -> float:
        """Return the width of a text in pixels."""
        return sum(advance for _, _, advance in self._letters(text, size=size, weight=weight))

    def write(
        self, text: str, at: tuple[float, int], *, size: int, colour: str, weight: int = 400
    ) -> float:
        """Write a text on its baseline, if it can be written; return where it ends."""
        x, baseline = at
        if not self.can_write(text):
            return x
        corner = (int(x) - size, baseline - 2 * size)
        letters = self._letters(text, size=size, weight=weight)
        width = sum(advance for _, _, advance in letters)
        line = Image.new("L", (round(width) + 3 * size, 3 * size))
        pen = ImageDraw.Draw(line)
        for char, font, advance in letters:
            pen.text((x - corner[0], 2 * size), char, 255, font, anchor="ls")
            x += advance
        paper = _number(colour) - _SHADES
        shades = line.point([paper + step for step in _STEPS])
        self._image.paste(shades, corner, line.point([255 * (step > 0) for step in _STEPS]))
        return x

    def picture(self, colours: Mapping[str, str]) -> Image.Image:
        """Return what was drawn, in these colours."""
        paper, *inks = (ImageColor.getrgb(colours[name]) for name in COLOURS)
        palette = [
            round(ground + (full - ground) * step / _SHADES)
            for ink in inks
            for step in range(1, _SHADES + 1)
            for ground, full in zip(paper, ink, strict=True)
        ]
        self._image.putpalette([*paper, *palette])
        return self._image

    def _letters(
        self, text: str, *, size: int, weight: int
    ) -> list[tuple[str, ImageFont.FreeTypeFont, float]]:
        """Return the letters of a text, each with its font and how far the next one is from it."""
        found = []
        # Large words are set closer, as on the pages.
        tracking = -0.03 if size >= 40 else -0.005
        for char in unicodedata.normalize("NFC", text):
            number = self._font(char)
            if number is not None:
                key = (number, weight, char)
                if key not in self._lengths:
                    whole = self._sized(number, _EM, weight).getlength(char)
                    self._lengths[key] = whole / _EM
                advance = (self._lengths[key] + tracking) * size
                found.append((char, self._sized(number, size, weight), advance))
        return found

    def _font(self, char: str) -> int | None:
        """Return the number of the first font that has a letter, or none."""
        if char not in self._font_of:
            self._font_of[char] = None
            if unicodedata.bidirectional(char) not in {"R", "AL"}:
                numbers = range(len(self._files))
                self._font_of[char] = next((n for n in numbers if self._has(n, char)), None)
        return self._font_of[char]

    def _has(self, number: int, char: str) -> bool:
        """Tell whether a font draws a letter as something else than one that no font has."""
        font = self._sized(number, 32, 400)
        absent = bytes(font.getmask("\U0010ffff"))
        return bytes(font.getmask(char)) != absent

    def _sized(self, number: int, size: int, weight: int) -> ImageFont.FreeTypeFont:
        key = (number, size, weight)
        if key not in self._fonts:
            file = self._files[number]
            try:
                font = ImageFont.truetype(
                    BytesIO(file.data), size, layout_engine=ImageFont.Layout.BASIC
                )
            except OSError as error:
                message = f"this font cannot be read ({error})"
                raise ThemeError(message, path=file.shown) from None
            with suppress(OSError):  # it may have one weight
                font.set_variation_by_axes([weight])
            self._fonts[key] = font
        return self._fonts[key]


def _number(colour: str) -> int:
    """Return the number of a colour in the palette; those before it are its shades."""
    return _SHADES * COLOURS.index(colour)


def _title_lines(title: str, pen: _Pen) -> list[tuple[str, int]]:
    """Return the lines of the title with their size; what has no room ends in an ellipsis."""
    if not pen.can_write(title):
        return []
    for size, most in _TITLES:
        lines = _wrapped(title.split(), _ROOM, pen, size=size)
        if len(lines) <= most:
            rooms = (_ROOM * share / 20 for share in range(10, 20))
            even = (_wrapped(title.split(), room, pen, size=size) for room in rooms)
            lines = next((found for found in even if len(found) == len(lines)), lines)
            return [(line, size) for line in lines]
    size, most = _TITLES[-1]
    rest = " ".join(lines[most - 1 :])
    return [(line, size) for line in (*lines[: most - 1], _cut(rest, _ROOM, pen, size=size))]


def _wrapped(words: Sequence[str], room: float, pen: _Pen, *, size: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.width(longer, size=size, weight=600) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, _ROOM, pen, size=size))
    return lines


def _cut(text: str, room: float, pen: _Pen, *, size: int, weight: int = 600) -> str:
    """Return a text, with an ellipsis where it is longer than its room."""
    if pen.width(text, size=size, weight=weight) <= room:
        return text
    while text and pen.width(f"{text}…", size=size, weight=weight) > room:
        text = text[:-1].rstrip()
    return f"{text}…"


def _write_facts(facts: Sequence[tuple[str, str]], pen: _Pen) -> None:
    """Write facts side by side, each under its label; without room the longest are cut."""
    gap = 48
    size, widths = 0, [0.0]
    for size in _FACTS:
        values = [pen.width(value, size=size, weight=500) for _, value in facts]
        labels = [pen.width(label, size=24) for label, _ in facts]
        widths = [max(pair) for pair in zip(values, labels, strict=True)]
        if sum(widths) + gap * (len(facts) - 1) <= _ROOM:
            break
    else:
        room: float = _ROOM - gap * (len(facts) - 1)
        by_width = sorted(range(len(facts)), key=widths.__getitem__)
        for left_over, fact in zip(range(len(facts), 0, -1), by_width, strict=True):
            widths[fact] = min(widths[fact], room / left_over)
            room -= widths[fact]
    left: float = _MARGIN
    for (label, value), width in zip(facts, widths, strict=True):
        shown = _cut(value, width, pen, size=size, weight=500)
        pen.write(label, (left, 412), size=24, colour="ink-quiet")
        pen.write(shown, (left, 452), size=size, weight=500, colour="ink")
        left += width + gap


def _mark(left: int, top: int, *, side: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the lines of the mark in a square, each longer than the one before it."""
    unit = side / 20
    for number, length in enumerate(_MARK):
        start, bottom = left + round((4 * number + 1) * unit), top + side
        yield start, bottom - round(length * unit), start + round(2 * unit), bottom


def _opened(logo: Path | None) -> Image.Image | None:
    """Return the picture of a logo; None if there is none, or none that can be drawn."""
    if logo is None:
        return None
    try:
        with Image.open(logo) as opened:
            return opened.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None  # an SVG, for example


def _paste(logo: Image.Image, image: Image.Image, *, box: tuple[int, int, int, int]) -> None:
    """Put a logo into a box (left, top, width, height) of a picture."""
    left, top, width, height = box
    scale = min(width / logo.width, height / logo.height)
    drawn = logo.resize((max(1, round(logo.width * scale)), max(1, round(logo.height * scale))))
    if width == height:
        left += (width - drawn.width) // 2
    image.paste(drawn, (left, top + (height - drawn.height) // 2), drawn)


def _png(image: Image.Image) -> bytes:
    stream = BytesIO()
    stream.name = "picture.png"  # By a name Pillow imports one format, else all.
    image.save(stream, compress_level=_COMPRESSION)
    return stream.getvalue()
