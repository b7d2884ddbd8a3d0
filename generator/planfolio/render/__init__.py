"""Rendering: from the portfolio and a theme to the files of a site."""
