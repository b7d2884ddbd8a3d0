"""Resolve: documents into a plan of typed records whose references lead somewhere."""

from planfolio.resolve.raw_records import Memory
from planfolio.resolve.resolve import Resolved, resolve

__all__ = ["Memory", "Resolved", "resolve"]
