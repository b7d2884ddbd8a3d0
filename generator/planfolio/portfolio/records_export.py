"""What plan.json holds of resources, people, opportunities, achievements and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.urls import relative

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.gaps import Interval
    from planfolio.model.values.dates import PlanDate
    from planfolio.model.values.money import Money
    from planfolio.portfolio.achievement import PortfolioAchievement
    from planfolio.portfolio.hindsight import ReviewDay
    from planfolio.portfolio.opportunity import PortfolioOpportunity
    from planfolio.portfolio.person import PortfolioPerson
    from planfolio.portfolio.records_format import (
        AchievementExport,
        IntervalExport,
        KnownExport,
        MoneyExport,
        OpportunityExport,
        PersonExport,
        ResourceExport,
        ReviewExport,
    )
    from planfolio.portfolio.resource import PortfolioResource
    from planfolio.portfolio.review import PortfolioReview

PLAN_JSON_URL = "plan.json"


def resource_export(resource: PortfolioResource) -> ResourceExport:
    """Return a course, a book or the like as plain data."""
    fields = resource._record.fields
    return {
        "id": resource.id,
        "title": resource.title,
        "url": relative(resource.url, page=PLAN_JSON_URL),
        "kind": fields.kind,
        "link": fields.url,
        "author": fields.author,
        "status": resource.status,
        "goal": fields.goal,
        "start": _first(resource.start),
        "due": _last(resource.due),
        "done": _iso(resource.done_on),
        "late_days": resource.late_days,
        "decide_by": _last(fields.decide_by),
        "effort": float(fields.effort.hours) if fields.effort is not None else None,
        "cost": money_export(fields.cost),
        "raises": {
            skill: float(level.number) if level is not None else None
            for skill, level in fields.raises.items()
        },
        "answers": list(fields.answers),
    }


def person_export(person: PortfolioPerson) -> PersonExport:
    """Return a person as plain data."""
    fields = person._record.fields
    return {
        "id": person.id,
        "title": person.title,
        "url": relative(person.url, page=PLAN_JSON_URL),
        "relation": fields.relation,
        "topics": list(fields.topics),
        "contact": fields.contact,
        "meets": fields.meets.text if fields.meets is not None else None,
        "meetings": [review.id for review in person.meetings],
        "last_met": _iso(person.last_met),
        "next_meeting": _iso(person.next_meeting),
    }


def opportunity_export(opportunity: PortfolioOpportunity) -> OpportunityExport:
    """Return an opportunity as plain data."""
    fields = opportunity._record.fields
    return {
        "id": opportunity.id,
        "title": opportunity.title,
        "url": relative(opportunity.url, page=PLAN_JSON_URL),
        "kind": fields.kind,
        "link": fields.url,
        "start": _first(opportunity.start),
        "due": _last(opportunity.due),
        "role": fields.role,
        "likelihood": fields.likelihood,
        "decide_by": _last(fields.decide_by),
        "decision": fields.decision,
    }


def achievement_export(achievement: PortfolioAchievement) -> AchievementExport:
    """Return an achievement as plain data."""
    fields = achievement._record.fields
    return {
        "id": achievement.id,
        "title": achievement.title,
        "url": relative(achievement.url, page=PLAN_JSON_URL),
        "link": fields.url,
        "date": _first(fields.date),
        "skills": list(fields.skills),
        "impact": fields.impact,
        "goal": fields.goal,
        "milestone": fields.milestone,
    }


def review_export(review: PortfolioReview) -> ReviewExport:
    """Return a review as plain data."""
    fields = review._record.fields
    return {
        "id": review.id,
        "title": review.title,
        "url": relative(review.url, page=PLAN_JSON_URL),
        "date": _first(fields.date),
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
        "next_review": _last(fields.next_review),
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
                "progress": _float(found.progress),
                "value": _float(found.value),
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
                "level": _float(found.level.value if found.level is not None else None),
            }
            for found in known.skills
        ],
    }


def money_export(cost: Money | None) -> MoneyExport | None:
    """Return an amount of money."""
    return None if cost is None else {"amount": float(cost.amount), "currency": cost.currency}


def interval_export(interval: Interval | None) -> IntervalExport | None:
    """Return a share that lies between two."""
    if interval is None:
        return None
    return {"low": float(interval.low), "high": float(interval.high)}


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _floats(values: dict[str, Fraction]) -> dict[str, float]:
    return {key: float(value) for key, value in values.items()}


def _first(when: PlanDate | None) -> str | None:
    return _iso(when.first) if when is not None else None


def _last(when: PlanDate | None) -> str | None:
    return _iso(when.last) if when is not None else None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
