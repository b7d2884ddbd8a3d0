"""The five sections of the site, one for each step of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from planfolio.kinds.kind import Step


@dataclass(frozen=True, slots=True)
class Section:
    """A step of the plan as a section of the site: its name, its page, the reader's question."""

    step: Step
    title: str
    url: str
    question: str
    number: int


SECTIONS: tuple[Section, ...] = (
    Section(Step.ASSESS, "Assess", "me/", "Where am I now?", 1),
    Section(Step.AIM, "Aim", "aim/", "Where do I want to be?", 2),
    Section(Step.GAPS, "Gaps", "gaps/", "What is missing?", 3),
    Section(Step.PLAN, "Plan", "plan/", "What do I do, and by when?", 4),
    Section(Step.PROGRESS, "Progress", "progress/", "Is it working?", 5),
)


def section_of(step: Step) -> Section:
    """Return the section of a step."""
    return next(section for section in SECTIONS if section.step is step)
