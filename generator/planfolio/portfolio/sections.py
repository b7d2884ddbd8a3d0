"""The five sections of the site, one for each step of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from planfolio.model.kinds.kind import Section


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A step of the plan as a section of the site: its name, its page, the reader's question."""

    step: Section
    title: str
    url: str
    question: str
    number: int


SECTIONS: tuple[SectionPage, ...] = (
    SectionPage(Section.ASSESS, "Assess", "me/", "Where am I now?", 1),
    SectionPage(Section.AIM, "Aim", "aim/", "Where do I want to be?", 2),
    SectionPage(Section.GAPS, "Gaps", "gaps/", "What is missing?", 3),
    SectionPage(Section.PLAN, "Plan", "plan/", "What do I do, and by when?", 4),
    SectionPage(Section.PROGRESS, "Progress", "progress/", "Is it working?", 5),
)


def section_of(step: Section) -> SectionPage:
    """Return the section of a step."""
    return next(section for section in SECTIONS if section.step is step)
