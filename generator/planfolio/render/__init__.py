"""Rendering: from the portfolio and a theme to the files of a site."""

from planfolio.portfolio.linked_record import ASSETS
from planfolio.render.site import RenderedSite, rendered_site, sort_of_page
from planfolio.render.theme import Theme, load_theme
from planfolio.render.theme_files import ThemeError

__all__ = [
    "ASSETS",
    "RenderedSite",
    "Theme",
    "ThemeError",
    "load_theme",
    "rendered_site",
    "sort_of_page",
]
