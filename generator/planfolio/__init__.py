"""planfolio: a static site generator for personal plan portfolios."""

__version__ = "0.1.0"

HOME_PAGE = "https://github.com/planfolio/planfolio"
"""The repository of planfolio, in which each version has a tag."""
