"""What plan.json holds of resources, people, opportunities, achievements and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.portfolio.json_values import (
    first_day,
    interval_export,
    json_day,
    json_number,
    last_day,
    money_export,
    record_export,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from planfolio.portfolio.achievement import PortfolioAchievement
    from planfolio.portfolio.hindsight import ReviewDay
    from planfolio.portfolio.opportunity import PortfolioOpportunity
    from planfolio.portfolio.person import PortfolioPerson
    from planfolio.portfolio.records_format import (
        AchievementExport,
        KnownExport,
        OpportunityExport,
        PersonExport,
        ResourceExport,
        ReviewExport,
    )
    from planfolio.portfolio.resource import PortfolioResource
    from planfolio.portfolio.review import PortfolioReview


def resource_export(resource: PortfolioResource) -> ResourceExport:
    """Return a course, a book or the like as plain data."""
    fields = resource._record.fields
    return {
        **record_export(resource),
        "kind": fields.kind,
        "link": fields.url,
        "author": fields.author,
        "status": resource.status,
        "goal": fields.goal,
        "start": first_day(resource.start),
        "due": last_day(resource.due),
        "done": json_day(resource.done_on),
        "late_days": resource.late_days,
        "decide_by": last_day(fields.decide_by),
        "effort": json_number(fields.effort.hours if fields.effort is not None else None),
        "cost": money_export(fields.cost),
        "raises": {
            skill: json_number(level.number if level is not None else None)
            for skill, level in fields.raises.items()
        },
        "answers": list(fields.answers),
    }


def person_export(person: PortfolioPerson) -> PersonExport:
    """Return a person as plain data."""
    fields = person._record.fields
    return {
        **record_export(person),
        "relation": fields.relation,
        "topics": list(fields.topics),
        "contact": fields.contact,
        "meets": fields.meets.text if fields.meets is not None else None,
        "meetings": [review.id for review in person.meetings],
        "last_met": json_day(person.last_met),
        "next_meeting": json_day(person.next_meeting),
    }


def opportunity_export(opportunity: PortfolioOpportunity) -> OpportunityExport:
    """Return an opportunity as plain data."""
    fields = opportunity._record.fields
    return {
        **record_export(opportunity),
        "kind": fields.kind,
        "link": fields.url,
        "start": first_day(opportunity.start),
        "due": last_day(opportunity.due),
        "role": fields.role,
        "likelihood": fields.likelihood,
        "decide_by": last_day(fields.decide_by),
        "decision": fields.decision,
    }


def achievement_export(achievement: PortfolioAchievement) -> AchievementExport:
    """Return an achievement as plain data."""
    fields = achievement._record.fields
    return {
        **record_export(achievement),
        "link": fields.url,
        "date": first_day(fields.date),
        "skills": list(fields.skills),
        "impact": fields.impact,
        "goal": fields.goal,
        "milestone": fields.milestone,
    }


def review_export(review: PortfolioReview) -> ReviewExport:
    """Return a review as plain data."""
    fields = review._record.fields
    return {
        **record_export(review),
        "date": first_day(fields.date),
        "kind": fields.kind,
        "with": list(fields.with_),
        "metrics": _floats(fields.metrics),
        "levels": _floats({skill: level.number for skill, level in fields.levels.items()}),
        "confidence": _floats(fields.confidence),
        "wins": list(fields.wins),
        "problems": list(fields.problems),
        "decisions": list(fields.decisions),
        "next": [item.text for item in review.next_items],
        "next_open": [i.text for i in review.next_items if not i.done and not i.cancelled],
        "next_review": last_day(fields.next_review),
        "known": _known(review.known),
    }


def _known(known: ReviewDay | None) -> KnownExport | None:
    if known is None:
        return None
    return {
        "goals": [
            {
                "id": found.goal.id,
                "status": found.status,
                "progress": json_number(found.progress),
                "value": json_number(found.value),
            }
            for found in known.goals
        ],
        "roles": [
            {"id": found.role.id, "readiness": interval_export(found.readiness)}
            for found in known.roles
        ],
        "skills": [
            {
                "id": found.skill.id,
                "level": json_number(found.level.value if found.level is not None else None),
            }
            for found in known.skills
        ],
    }


def _floats(values: dict[str, Fraction]) -> dict[str, float]:
    return {key: float(value) for key, value in values.items()}
