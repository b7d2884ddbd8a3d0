"""The section Assess: the profile, and where the skills stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from planfolio.model.kinds.kind import Section
from planfolio.portfolio import formats
from planfolio.portfolio.badges import visibility_badge
from planfolio.portfolio.components import (
    Badge,
    Card,
    Cell,
    Empty,
    Frame,
    Linked,
    Passage,
    Shelf,
    Stat,
    Table,
)
from planfolio.portfolio.facts import anchor
from planfolio.portfolio.frame import frame
from planfolio.portfolio.page import Page
from planfolio.portfolio.record import RecordPart, record_part
from planfolio.portfolio.sections import section_of
from planfolio.portfolio.shelves import shelves

if TYPE_CHECKING:
    from datetime import date

    from planfolio.model.kinds.profile import Certificate, Education, Experience, ProfileFields
    from planfolio.model.plan import Profile
    from planfolio.portfolio.scope import Scope

URL = "me/"

_SOON = timedelta(days=90)
"""How long before its end a certificate says so."""

_OWN = (
    "name",
    "headline",
    "experience",
    "education",
    "certificates",
    "strengths",
    "struggles",
    "motivations",
    "values",
    "interests",
)

_EMPTY = Empty(
    "Who is this plan about? A few lines are enough to start with.",
    "content/profile.md",
    "---\n"
    "title: Your name\n"
    "headline: What you do now, and what you would rather do\n"
    "strengths:\n"
    "  - Something you are good at\n"
    "struggles:\n"
    "  - Something that keeps going wrong\n"
    "---\n",
)


@dataclass(frozen=True, slots=True)
class Post:
    """A job or a course of studies, and what was done there."""

    card: Card
    highlights: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileView:
    """Who the plan is about, in life and in skills. `record` is None while there is no profile."""

    frame: Frame
    question: str
    title: str
    lead: str
    badges: tuple[Badge, ...]
    record: RecordPart | None
    empty: Empty | None
    skills: tuple[Stat, ...]
    to_skills: Linked
    experience: tuple[Post, ...]
    education: tuple[Post, ...]
    certificates: Table | None
    passages: tuple[Passage, ...]
    shelves: tuple[Shelf, ...]


def profile_page(scope: Scope) -> Page:
    """Return the page of the section Assess, with or without a profile."""
    profile = scope.plan.profile
    fields = profile.fields if profile else None
    title = (fields.name or profile.title) if profile and fields else "Me"
    lead = (fields.headline or "") if fields else ""
    badge = visibility_badge(profile.visibility) if profile else None
    view = ProfileView(
        frame=frame(scope, url=URL, title=title, description=lead, step=Section.ASSESS),
        question=section_of(Section.ASSESS).question,
        title=title,
        lead=lead,
        badges=(badge,) if badge else (),
        record=_record(profile, scope=scope) if profile else None,
        empty=None if profile else _EMPTY,
        skills=skill_stats(scope),
        to_skills=Linked("All skills", "skills/"),
        experience=_posts(fields.experience) if fields else (),
        education=_posts(fields.education) if fields else (),
        certificates=_certificates(fields.certificates, scope=scope) if fields else None,
        passages=_passages(fields) if fields else (),
        shelves=shelves(scope, step=Section.ASSESS, but=("profile", "skill")),
    )
    return Page(URL, "profile.html", view)


def skill_stats(scope: Scope) -> tuple[Stat, ...]:
    """Return how many skills are rated and how many have something to show."""
    skills = scope.analysis.skills
    if not skills:
        return ()
    rated = sum(1 for numbers in skills.values() if numbers.level is not None)
    shown = sum(1 for numbers in skills.values() if numbers.newest_evidence is not None)
    return (
        Stat("Skills rated", f"{rated} of {len(skills)}", "the others are unknown, not zero"),
        Stat("With evidence", f"{shown} of {len(skills)}", "something a stranger could look at"),
    )


def _record(profile: Profile, *, scope: Scope) -> RecordPart:
    return record_part(profile, scope=scope, omit=_OWN)


def _posts(posts: tuple[Experience, ...] | tuple[Education, ...]) -> tuple[Post, ...]:
    return tuple(
        Post(
            Card(
                Linked(post.title),
                kicker=formats.span(post.start, post.end),
                text=post.organisation or "",
            ),
            getattr(post, "highlights", ()),
        )
        for post in posts
    )


def _certificates(certificates: tuple[Certificate, ...], *, scope: Scope) -> Table | None:
    if not certificates:
        return None
    return Table(
        "Certificates",
        ("Certificate", "Issued by", "Since", "Expires"),
        tuple(_certificate(item, scope=scope) for item in certificates),
    )


def _certificate(item: Certificate, *, scope: Scope) -> tuple[Cell, ...]:
    expires = formats.plan_date(item.expires) if item.expires else "–"
    return (
        Cell((Linked(item.title, item.url, external=item.url is not None),)),
        Cell((Linked(item.issuer or "–"),)),
        Cell((Linked(formats.plan_date(item.date) if item.date else "–"),)),
        Cell((Linked(expires),), badge=_expiry(item, as_of=scope.as_of)),
    )


def _expiry(item: Certificate, *, as_of: date) -> Badge | None:
    if item.expires is None:
        return None
    if item.expires.last < as_of:
        return Badge("Expired", "bad")
    return Badge("Soon", "fair") if item.expires.last - as_of <= _SOON else None


def _passages(fields: ProfileFields) -> tuple[Passage, ...]:
    named = (
        ("Strengths", fields.strengths),
        ("Struggles", fields.struggles),
        ("What moves me", fields.motivations),
        ("What I hold to", fields.values),
        ("Interests", fields.interests),
    )
    return tuple(
        Passage(title, anchor(title.lower()), tuple(Linked(text) for text in texts))
        for title, texts in named
        if texts
    )
