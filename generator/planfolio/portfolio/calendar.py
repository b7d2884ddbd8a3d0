"""plan.ics: the days of the plan, for a calendar and for a list of things to do.

What stands in it is gathered here; how that is written down is for the next stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from planfolio.analyse.days import reached
from planfolio.analyse.results import Status
from planfolio.model.kinds.milestone import MilestoneFields
from planfolio.model.plan import Key
from planfolio.model.values.cadence import Period
from planfolio.model.values.dates import Offset, Precision
from planfolio.portfolio.formats import plan_date
from planfolio.urls import absolute, slug

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from planfolio.analyse.results import GoalNumbers, MilestoneNumbers
    from planfolio.model.plan import Goal, Milestone
    from planfolio.model.settings import Settings
    from planfolio.model.values.cadence import Cadence
    from planfolio.portfolio.scope import Scope

URL = "plan.ics"


class EventStatus(StrEnum):
    """Whether an event takes place (RFC 5545, section 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class TaskStatus(StrEnum):
    """How far a thing to do is (RFC 5545, section 3.8.1.11)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    IN_PROCESS = "IN-PROCESS"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something on a day, which takes no time of it. `url` is a full address, or empty."""

    uid: str
    day: date
    title: str
    category: str
    details: tuple[str, ...] = ()
    status: EventStatus = EventStatus.CONFIRMED
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do. `percent` is unknown where it is None, and `parent` the uid of a task."""

    uid: str
    title: str
    category: str
    status: TaskStatus
    due: date | None = None
    completed: date | None = None
    percent: int | None = None
    parent: str = ""
    details: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar, before it is rendered: its URL (site path), and all that it depends on."""

    url: str
    name: str
    as_of: date
    events: tuple[Event, ...]
    tasks: tuple[Task, ...]


def has_calendar(scope: Scope) -> bool:
    """Tell whether there is anything to put into a calendar: an empty one would not be valid."""
    return any(True for _ in _tasks(scope)) or any(True for _ in _events(scope))


def calendar(scope: Scope) -> Calendar:
    """Return the calendar of a plan that `has_calendar`."""
    return Calendar(
        url=URL,
        name=scope.plan.settings.title,
        as_of=scope.as_of,
        events=tuple(sorted(_events(scope), key=lambda event: (event.day, event.uid))),
        tasks=tuple(sorted(_tasks(scope), key=lambda task: (task.due or date.max, task.uid))),
    )


def _events(scope: Scope) -> Iterator[Event]:
    for step in _steps(scope):
        if step.due is not None:
            yield Event(
                uid=_uid(f"{step.key}#due", site=scope.plan.settings),
                day=step.due.last,
                title=step.title,
                category=step.kind.name.capitalize(),
                details=_details(step, scope=scope),
                status=_event_status(step, scope=scope),
                url=_address(step.url, site=scope.plan.settings),
            )
    yield from _next_review(scope)
    yield from _expiries(scope)


def _tasks(scope: Scope) -> Iterator[Task]:
    for step in _steps(scope):
        goal = _goal_of(step, scope=scope)
        due = step.due or (goal.due if goal is not None else None)
        status = _task_status(step, scope=scope)
        done = status is TaskStatus.COMPLETED
        share = _progress(step, scope=scope)
        yield Task(
            uid=_task_uid(step.key, site=scope.plan.settings),
            title=step.title,
            category=step.kind.name.capitalize(),
            status=status,
            due=due.last if due is not None else None,
            completed=_numbers(step, scope=scope).done_on if done else None,
            # Rounded down: 100 is what is done.
            percent=100 if done else int(share * 100) if share is not None else None,
            parent=_parent_uid(step, scope=scope),
            details=_details(step, scope=scope),
            url=_address(step.url, site=scope.plan.settings),
        )


def _steps(scope: Scope) -> Iterator[Goal | Milestone]:
    """Yield the goals and milestones that are more than drafts."""
    goals = scope.analysis.goals
    for goal in scope.plan.goals.values():
        if goals[goal.id].status is not Status.DRAFT:
            yield goal
    for milestone in scope.plan.milestones.values():
        of = goals.get(milestone.fields.goal or "")
        if of is None or of.status is not Status.DRAFT:
            yield milestone


def _event_status(step: Goal | Milestone, *, scope: Scope) -> EventStatus:
    if _task_status(step, scope=scope) is TaskStatus.CANCELLED:
        return EventStatus.CANCELLED
    about = step.due is not None and step.due.about
    paused = _numbers(step, scope=scope).status is Status.PAUSED
    return EventStatus.TENTATIVE if about or paused else EventStatus.CONFIRMED


def _task_status(step: Goal | Milestone, *, scope: Scope) -> TaskStatus:
    """Return how far a step is; a milestone that its goal was done without is called off."""
    numbers = _numbers(step, scope=scope)
    if numbers.status is Status.DONE:
        return TaskStatus.COMPLETED
    if not numbers.open and numbers.status is not Status.PAUSED:
        return TaskStatus.CANCELLED
    begun = _progress(step, scope=scope)
    return TaskStatus.IN_PROCESS if begun else TaskStatus.NEEDS_ACTION


def _progress(step: Goal | Milestone, *, scope: Scope) -> Fraction | None:
    if isinstance(step.fields, MilestoneFields):
        return scope.analysis.milestones[step.id].progress
    return scope.analysis.goals[step.id].leading.progress


def _details(step: Goal | Milestone, *, scope: Scope) -> tuple[str, ...]:
    goal = _goal_of(step, scope=scope)
    found = [f"A step of “{goal.title}”."] if goal is not None else []
    if step.due is not None and (step.due.about or step.due.precision is not Precision.DAY):
        # The day itself says more than was meant.
        found.append(f"Due {plan_date(step.due)}.")
    if step.fields.done_when:
        found.append(f"Done when: {step.fields.done_when}")
    return tuple(found)


def _parent_uid(step: Goal | Milestone, *, scope: Scope) -> str:
    """Return the uid of the task that a step is part of; empty where there is none."""
    fields = step.fields
    parent = fields.goal if isinstance(fields, MilestoneFields) else fields.parent
    numbers = scope.analysis.goals.get(parent or "")
    if numbers is None or numbers.status is Status.DRAFT:
        return ""
    return _task_uid(Key("goal", numbers.id), site=scope.plan.settings)


def _next_review(scope: Scope) -> Iterator[Event]:
    """Yield the review that is due: as the last one says, else as often as the plan asks."""
    held = [r for r in scope.reviews if reached(r.fields.date, as_of=scope.as_of) is not None]
    if not held or held[-1].fields.date is None:
        return
    last, on = held[-1], held[-1].fields.date.last
    site = scope.plan.settings
    promised, every = last.fields.next_review, site.plan.review_every
    if promised is not None:
        day = promised.last
    elif every is not None:
        day = _after(on, every)
    else:
        return
    yield Event(
        uid=_uid(f"{last.key}#next", site=site),
        day=day,
        title=f"Review: {site.title}",
        category="Review",
        details=(f"The last one was “{last.title}”.",),
        url=_address("progress/", site=site),
    )


def _after(day: date, every: Cadence) -> date:
    """Return when something is due again: once a month is on the same day of the next."""
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}.get(every.every)
    if every.times == 1 and months is not None:
        return Offset("", months=months, days=0).from_day(day)
    return day + timedelta(days=max(1, int(every.days / every.times)))


def _expiries(scope: Scope) -> Iterator[Event]:
    profile = scope.plan.profile
    if profile is None:
        return
    site = scope.plan.settings
    times: dict[str, int] = {}
    for certificate in profile.fields.certificates:
        if certificate.expires is None:
            continue
        # A certificate has no id. That of its title stays when it is renewed to a later day.
        name = slug(f"{certificate.title} {certificate.issuer or ''}")
        times[name] = times.get(name, 0) + 1
        yield Event(
            uid=_uid(f"{profile.key}#{name}-{times[name]}", site=site),
            day=certificate.expires.last,
            title=f"Expires: {certificate.title}",
            category="Certificate",
            details=(f"Issued by {certificate.issuer}.",) if certificate.issuer else (),
            url=_address(profile.url, site=site),
        )


def _numbers(step: Goal | Milestone, *, scope: Scope) -> GoalNumbers | MilestoneNumbers:
    if isinstance(step.fields, MilestoneFields):
        return scope.analysis.milestones[step.id]
    return scope.analysis.goals[step.id]


def _goal_of(step: Goal | Milestone, *, scope: Scope) -> Goal | None:
    if isinstance(step.fields, MilestoneFields):
        return scope.plan.goals.get(step.fields.goal or "")
    return None


def _task_uid(key: Key, *, site: Settings) -> str:
    return _uid(f"{key}#do", site=site)


def _uid(name: str, *, site: Settings) -> str:
    """Return the name of a thing for good, in a form that says nothing of it (RFC 7986, 5.3)."""
    return str(uuid5(uuid5(NAMESPACE_URL, site.base_url or f"planfolio:{site.title}"), name))


def _address(url: str, *, site: Settings) -> str:
    return absolute(url, base=site.base_url) if site.base_url else ""
