"""Lay out: from a plan and its numbers to pages, each a URL, a template and a view.

A view is frozen plain data with its words and numbers ready to show, and all that the page depends
on. Nothing here knows HTML, apart from the bodies, which come as it.
"""

from planfolio.portfolio.calendar import Calendar
from planfolio.portfolio.layout import Layout, Outline, lay_out, outline
from planfolio.portfolio.page import Document, Page

__all__ = ["Calendar", "Document", "Layout", "Outline", "Page", "lay_out", "outline"]
