"""Project: the plan that one audience may see, and nothing else of it."""

from planfolio.stage3_project.project import project

__all__ = ["project"]
