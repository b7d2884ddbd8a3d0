"""Project: the plan that one audience may see, and nothing else of it."""

from planfolio.audience.narrow import narrow

__all__ = ["narrow"]
