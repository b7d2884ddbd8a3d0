"""Resolve: documents into a plan of typed records whose references lead somewhere."""

from planfolio.stage2_resolve.inherit import inherit
from planfolio.stage2_resolve.resolve import Memory, Resolved, resolve

__all__ = ["Memory", "Resolved", "inherit", "resolve"]
