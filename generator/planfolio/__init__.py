"""planfolio: a static site generator for personal plan portfolios."""

__version__ = "0.1.0"
