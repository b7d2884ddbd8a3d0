"""Stage 6: pages and a theme become files, as bytes by their path in the site."""

from planfolio.render.errors import ThemeError
from planfolio.render.render import fingerprint, render
from planfolio.render.site import ASSETS, RenderedSite, rendered_site
from planfolio.render.theme import Theme, load_theme

__all__ = [
    "ASSETS",
    "RenderedSite",
    "Theme",
    "ThemeError",
    "fingerprint",
    "load_theme",
    "render",
    "rendered_site",
]
