"""Every pair of colours that is shown together can be told apart, in light and in dark.

The ratio is that of WCAG 2.2: 4.5 for text (1.4.3), 3 for graphics and controls (1.4.11).
"""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planfolio import bundled
from planfolio.render.accent import with_accent
from planfolio.render.theme_files import ThemeFile

SCALE = (bundled.themes() / "default" / "styles" / "scale.css").read_text(encoding="utf-8")
TOKENS = (bundled.themes() / "default" / "styles" / "tokens.css").read_text(encoding="utf-8")


def pairs_in(tokens: str) -> dict[str, tuple[str, str]]:
    """Return the colours of a stylesheet for light and dark, by the names of the tokens."""
    found = re.findall(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", tokens)
    return {name: (light, dark) for name, light, dark in found}


PAIRS = pairs_in(TOKENS)
THEMES = {
    theme: pairs_in((bundled.themes() / theme / "styles/tokens.css").read_text(encoding="utf-8"))
    for theme in ("default", "paper")
}
STYLES = [path for theme in THEMES for path in (bundled.themes() / theme / "styles").glob("*.css")]

Pairs = dict[str, tuple[str, str]]
in_each = pytest.mark.parametrize(("theme", "scheme"), [(t, s) for t in THEMES for s in (0, 1)])
"""Each theme, in light (0) and in dark (1)."""
TONES = ("good", "fair", "poor", "bad", "unknown", "quiet", "done", "accent")
DRAWN = ("fair", "unknown", "quiet")
"""The tones that are too light for text."""
TEXT = ("ink", "ink-soft", "ink-quiet", *(tone for tone in TONES if tone not in DRAWN))
ON_PAPER = ("rule", "edge", "needle", *TONES)
ON_TRACK = ("needle", *(tone for tone in TONES if tone != "unknown"))
PAIRED = (
    *((4.5, text, ground) for text in TEXT for ground in ("paper", "well")),
    # What is marked, or the target of a link; numbers on the cells of a matrix.
    *((4.5, text, "accent-well") for text in ("ink", "ink-soft", "ink-quiet", "accent")),
    *((4.5, "ink", ground) for ground in ("track", "shade-1", "shade-2")),
    *((4.5, "paper", ground) for ground in ("shade-3", "accent")),
    *((3, drawn, "paper") for drawn in ON_PAPER),
    *((3, drawn, "track") for drawn in ON_TRACK),
    # Lines of a drawing on bands of days off.
    *((3, drawn, "well") for drawn in ("edge", "accent", "bad", "needle", "ink")),
)
"""The least contrast of what is shown on a ground: text, then what is drawn."""


def linear(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue of `#rrggbb` as linear light, each 0 to 1."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2)."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(colour: str) -> float:
    """Return the lightness of `#rrggbb` in OKLab (Ottosson 2020), 0 to 1."""
    red, green, blue = linear(colour)
    long = 0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue
    medium = 0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue
    short = 0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue
    roots = [math.cbrt(part) for part in (long, medium, short)]
    return 0.2104542553 * roots[0] + 0.7936177850 * roots[1] - 0.0040720468 * roots[2]


def contrast(pairs: Pairs, one: str, other: str, scheme: int) -> float:
    """Return the contrast of two tokens, 1 to 21."""
    dark, light = sorted(luminance(pairs[name][scheme]) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


def told_apart(pairs: Pairs, scheme: int) -> None:
    """Check all that is shown together, and that each shade is further from paper than the last."""
    found = [
        (one, ground)
        for least, one, ground in PAIRED
        if contrast(pairs, one, ground, scheme) < least
    ]
    assert found == []
    shades = ("well", "shade-1", "shade-2", "shade-3", "accent")
    steps = [contrast(pairs, shade, "paper", scheme) for shade in shades]
    assert steps == sorted(set(steps))


def test_arithmetic() -> None:
    """Black on white is 21, and the grey #767676 is the lightest that reaches 4.5 on white."""
    known = {"black": "#000000", "white": "#ffffff", "grey": "#767676", "next": "#777777"}
    lum = {name: luminance(colour) for name, colour in known.items()}

    assert (lum["white"] + 0.05) / (lum["black"] + 0.05) == pytest.approx(21)
    assert 1.05 / (lum["grey"] + 0.05) > 4.5 > 1.05 / (lum["next"] + 0.05)
    # White is 1, and red is 0.628 (the table of the OKLab article).
    assert lightness("#ffffff") == pytest.approx(1, abs=0.001)
    assert lightness("#ff0000") == pytest.approx(0.628, abs=0.001)


def test_tones_are_those_of_views() -> None:
    """Each tone that a badge can have has a colour, and markup that asks for it gets it."""
    assert set(re.findall(r'\[data-tone="(\w+)"\]', SCALE)) == set(TONES)
    for pairs in THEMES.values():
        assert set(TONES) <= pairs.keys()


@in_each
def test_what_is_shown_together_is_told_apart(theme: str, scheme: int) -> None:
    """Text has 4.5 on the page and on all that is set apart on it, and what is drawn has 3."""
    told_apart(THEMES[theme], scheme)


@in_each
def test_tones_differ_without_colour(theme: str, scheme: int) -> None:
    """Any two tones differ by 0.05 in lightness."""
    steps = sorted(lightness(THEMES[theme][tone][scheme]) for tone in TONES)
    assert min(high - low for low, high in pairwise(steps)) >= 0.05


def test_what_is_too_light_for_text_is_none() -> None:
    """The tones that have less than 4.5 colour no words."""
    for path in STYLES:
        found = re.findall(r"(?<![-\w])color: var\(--([\w-]+)", path.read_text(encoding="utf-8"))
        assert not set(DRAWN) & set(found), path.name


@in_each
@given(red=st.integers(0, 255), green=st.integers(0, 255), blue=st.integers(0, 255))
def test_any_accent_can_be_read(theme: str, scheme: int, red: int, green: int, blue: int) -> None:
    """Whatever site.toml asks for; and it differs from the tones as the theme's own does."""
    path = bundled.themes() / theme / "styles/tokens.css"
    files = {"styles/tokens.css": ThemeFile("tokens.css", path.read_bytes())}
    turned = with_accent(files, f"#{red:02x}{green:02x}{blue:02x}")["styles/tokens.css"]
    pairs = pairs_in(turned.text())
    told_apart(pairs, scheme)
    # Lightness stays, but for what eight bits a channel round.
    own, new = THEMES[theme]["accent"][scheme], pairs["accent"][scheme]
    assert lightness(new) == pytest.approx(lightness(own), abs=0.002)


def test_an_accent_keeps_its_hue() -> None:
    """Red is red, grey is grey, and what does not follow the accent stays."""
    files = {
        "styles/tokens.css": ThemeFile("tokens.css", TOKENS.encode()),
        "assets/mark.svg": ThemeFile("mark.svg", f"<svg fill='{PAIRS['accent'][0]}'/>".encode()),
        "assets/other.svg": ThemeFile("other.svg", b"<svg fill='#0f4427'/>"),
    }
    turned = with_accent(files, "#ff0000")
    pairs = pairs_in(turned["styles/tokens.css"].text())
    for colour in pairs["accent"]:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert red > 1.5 * max(green, blue)
    assert turned["assets/mark.svg"].text() == f"<svg fill='{pairs['accent'][0]}'/>"
    assert turned["assets/other.svg"] == files["assets/other.svg"]
    changed = {name for name, colours in pairs.items() if colours != PAIRS[name]}
    assert changed == {"accent", "accent-well", "shade-1", "shade-2", "shade-3"}
    grey = pairs_in(with_accent(files, "#808080")["styles/tokens.css"].text())["accent"][0]
    assert len({grey[1:3], grey[3:5], grey[5:7]}) == 1


def test_colours_are_tokens() -> None:
    """No other stylesheet names a colour of its own: what is tested here is all there is."""
    others = [path for path in STYLES if path.name not in {"tokens.css", "print.css"}]

    assert len(others) >= 5
    for path in others:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)\(", text), path.name
