"""The card for social networks and the icon for phones."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from planfolio import bundled
from planfolio.render.accent import light_colours
from planfolio.render.card_and_icon import COLOURS, social_card, touch_icon
from planfolio.render.theme_files import ThemeError, ThemeFile

THEME = bundled.themes() / "default"
FONTS = [
    ThemeFile(name, (THEME / "vendor" / "geist" / f"geist-{name}.woff2").read_bytes())
    for name in ("latin", "latin-ext")
]
TOKENS = ThemeFile("tokens.css", (THEME / "styles" / "tokens.css").read_bytes())
LIGHT = light_colours({"styles/tokens.css": TOKENS}, COLOURS)
BAR = {"words": "70%", "note": "ready now", "now": "70", "planned": "80", "required": "90"}


def card(logo: Path | None = None, fonts: list[ThemeFile] = FONTS, **words: Any) -> Image.Image:
    """Return the card of these words."""
    drawn = social_card(words, colours=LIGHT, fonts=fonts, logo=logo)
    assert drawn == social_card(words, colours=LIGHT, fonts=fonts, logo=logo)
    return Image.open(BytesIO(drawn))


def colour(image: Image.Image, at: tuple[int, int]) -> str:
    """Return the colour of a pixel as `#rrggbb`."""
    pixel = image.convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return "#" + "".join(f"{int(part):02x}" for part in pixel)


def is_paper(image: Image.Image) -> bool:
    """Tell whether nothing is drawn on a part of a picture."""
    return {colour for _, colour in image.convert("RGB").getcolors() or ()} == {(0xFD, 0xFD, 0xFB)}


def test_the_card_is_drawn_in_the_colours_of_the_theme() -> None:
    """Its size is what networks ask for, and the bar is as long as its share of 1040 pixels."""
    drawn = card(title="My plan", bar=BAR)
    assert (drawn.format, drawn.size) == ("PNG", (1200, 630))
    # 80 + 0.7 * 1040 = 808, and 80 + 0.8 * 1040 = 912
    bar = {x: colour(drawn, (x, 575)) for x in (80, 807, 808, 911, 912, 1119, 1120)}
    assert list(bar.values()) == [
        *(LIGHT["accent"], LIGHT["accent"], LIGHT["shade-2"], LIGHT["shade-2"]),
        *(LIGHT["track"], LIGHT["track"], LIGHT["paper"]),
    ]


@pytest.mark.parametrize(
    "title", ["word " * 200, "W" * 300, "A title of seven words for two lines", "I", ""]
)
def test_words_keep_within_the_margins(title: str) -> None:
    """However long a title or a fact is, 80 pixels at each side are paper, and so is the line
    between title and facts."""
    drawn = card(title=title, facts=[["Who", title], ["To", "B" * 90], ["By", "2028"]], bar=BAR)
    for box in ((0, 0, 78, 630), (1122, 0, 1200, 630), (0, 594, 1200, 630), (0, 386, 1200, 390)):
        assert is_paper(drawn.crop(box)), box


@pytest.mark.parametrize("text", ["Мой план", "我的计划", "התוכנית שלי", "خطتي"])
def test_what_the_fonts_lack_is_left_out(text: str) -> None:
    """No box stands for a letter, and no letters in the wrong order; the rest is there."""
    facts = [["Who", "Ana"], ["To", "Lead"]]
    with_it = card(title=text, facts=[facts[0], ["From", text], facts[1]], bar=BAR)
    assert with_it.tobytes() == card(title="", facts=facts, bar=BAR).tobytes()


def test_signs_that_the_fonts_lack_are_passed_over() -> None:
    """A title with an emoji is there without it, accents are, also in two code points."""
    assert card(title="Up🚀").tobytes() == card(title="Up").tobytes()
    assert card(title="Blaz\u030ckova\u0301").tobytes() == card(title="Blažková").tobytes()
    assert card(title="Blažková").tobytes() != card(title="Blakov").tobytes()


def test_a_logo_takes_the_place_of_the_mark(tmp_path: Path) -> None:
    """On card and icon, within its box; the mark stays for what is no picture of pixels."""
    red = tmp_path / "logo.png"
    Image.new("RGB", (400, 400), "#ff0000").save(red)
    drawing = tmp_path / "logo.svg"
    drawing.write_text("<svg/>")
    assert colour(card(red), (80, 64)) == colour(card(red), (143, 127)) == "#ff0000"
    assert colour(card(red), (144, 127)) == LIGHT["paper"]
    assert card(drawing).tobytes() == card().tobytes()
    icons = {
        logo: Image.open(BytesIO(touch_icon(colours=LIGHT, logo=logo))) for logo in (None, red)
    }
    assert {icon.size for icon in icons.values()} == {(180, 180)}
    assert colour(icons[None], (5, 5)) == LIGHT["accent"]
    assert (colour(icons[red], (5, 5)), colour(icons[red], (90, 90))) == (LIGHT["paper"], "#ff0000")


def test_a_font_that_cannot_be_read_is_named() -> None:
    """With its file, for the person who writes the theme."""
    with pytest.raises(ThemeError, match=r"^mine\.woff2: this font cannot be read"):
        card(title="A", fonts=[ThemeFile("mine.woff2", b"no font")])
    with pytest.raises(ThemeError, match=r"^tokens\.css: there is no `--needle: light-dark"):
        light_colours({"styles/tokens.css": ThemeFile("tokens.css", b":root{}")}, ["needle"])
