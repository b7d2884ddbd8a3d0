"""Resolve: documents into a plan of typed records whose references lead somewhere."""

from planfolio.resolve.resolve import Memory, Resolved, resolve

__all__ = ["Memory", "Resolved", "resolve"]
