"""A custom accent: it gives a theme hue and strength, and the theme keeps its lightness.

So text in it stays readable in light and dark, and the tones of statuses and charts stay apart,
whatever the accent is. Colours are turned in OKLCH, in which lightness is what the eye sees.
"""

import math
import re
from collections.abc import Iterable, Mapping

from planfolio.render.theme_files import ThemeError, ThemeFile

TOKENS = "styles/tokens.css"

_COLOUR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), #[0-9a-f]{6}\)")

_OF_ACCENT = (
    r"--(?P<name>accent|accent-well|shade-\d): "
    r"light-dark\((?P<light>#[0-9a-f]{6}), (?P<dark>#[0-9a-f]{6})\)"
)


def with_accent(files: Mapping[str, ThemeFile], accent: str) -> dict[str, ThemeFile]:
    """Return the files of a theme, by path, with the accent `#rrggbb` in place of its own.

    It is put into the tokens of `styles/tokens.css` that follow the accent, and into the drawings
    in `assets/` that have exactly its colours. Raises ThemeError where the tokens name none.
    """
    tokens = files[TOKENS]
    found = list(re.finditer(_OF_ACCENT, tokens.text()))
    own = next((match for match in found if match["name"] == "accent"), None)
    if own is None:
        message = "there is no `--accent: light-dark(#…, #…)` here that site.toml could replace"
        raise ThemeError(message, path=tokens.shown)
    _, strength, hue = _oklch(accent)
    factor = strength / max(_oklch(own["light"])[1], 0.001)
    turned = {
        colour: _turned(colour, hue=hue, factor=factor)
        for match in found
        for colour in (match["light"], match["dark"])
    }

    def recoloured(path: str, file: ThemeFile) -> ThemeFile:
        if path == TOKENS:
            text = re.sub(_OF_ACCENT, lambda match: _replaced(match[0], turned), file.text())
        elif path.startswith("assets/") and path.endswith(".svg"):
            text = _replaced(file.text(), {c: turned[c] for c in (own["light"], own["dark"])})
        else:
            return file
        return file._replace(data=text.encode())

    return {path: recoloured(path, file) for path, file in files.items()}


def light_colours(files: Mapping[str, ThemeFile], names: Iterable[str]) -> dict[str, str]:
    """Return what the tokens of a theme are in light, as `#rrggbb` by their names.

    Raises ThemeError for a token that is not there, or is written in another way.
    """
    found = dict(_COLOUR.findall(files[TOKENS].text()))
    for name in names:
        if name not in found:
            message = f"there is no `--{name}: light-dark(#…, #…)` here, which the card is drawn in"
            raise ThemeError(message, path=files[TOKENS].shown)
    return found


def _replaced(text: str, colours: Mapping[str, str]) -> str:
    return re.sub("#[0-9a-f]{6}", lambda match: colours.get(match[0], match[0]), text)


def _turned(colour: str, *, hue: float, factor: float) -> str:
    """Return a colour of another hue and of as much strength as its lightness can have."""
    lightness, strength, _ = _oklch(colour)
    strength *= factor
    while max(linear := _linear(lightness, strength, hue)) > 1 or min(linear) < 0:
        if strength < 0.001:
            break
        strength *= 0.98
    return "#" + "".join(f"{_byte(part):02x}" for part in linear)


def _byte(part: float) -> int:
    part = min(max(part, 0), 1)
    part = 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
    return round(255 * part)


def _oklch(colour: str) -> tuple[float, float, float]:
    """Return lightness (0 to 1), strength (chroma) and hue (radians) of `#rrggbb`.

    The matrices here and in `_linear` are those of Ottosson (2020), "A perceptual color space".
    """
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _linear(lightness: float, strength: float, hue: float) -> tuple[float, float, float]:
    """Return red, green and blue of a colour in linear light; outside of 0 to 1 it has none."""
    a, b = strength * math.cos(hue), strength * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
