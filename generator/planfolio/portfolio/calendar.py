"""What plan.ics holds: the days of the plan, and its steps as things to do (RFC 5545)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from planfolio.analyse.status import Status
from planfolio.portfolio.events import PortfolioEvent
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.record import PlanView, PortfolioRecord
from planfolio.portfolio.review import PortfolioReview
from planfolio.portfolio.section_lists import next_review
from planfolio.portfolio.steps import PortfolioMilestone
from planfolio.urls import slug


class CalendarEvent(NamedTuple):
    """An event on a day; `status` is CONFIRMED, TENTATIVE or CANCELLED.

    One of several days goes on until the day before `end`.
    """

    uid: str
    day: date
    event: PortfolioEvent
    status: str
    end: date | None = None


class CalendarReview(NamedTuple):
    """The review that is due on a day, after the `last` one."""

    uid: str
    day: date
    last: PortfolioReview


class CalendarTask(NamedTuple):
    """A goal or milestone as a thing to do.

    `status` is NEEDS-ACTION, IN-PROCESS, COMPLETED or CANCELLED, `percent` whole percents or None,
    `due` that of the goal where a milestone has none, `parent` the uid of the task around it.
    """

    uid: str
    step: PortfolioGoal | PortfolioMilestone
    status: str
    percent: int | None
    due: date | None
    parent: str


def calendar_events(portfolio: PlanView) -> tuple[CalendarEvent, ...]:
    """Return what happens on a day: due days of steps, and what other kinds declare."""
    uid = _uids(portfolio)
    times: dict[str, int] = {}
    found = []
    for record in portfolio.records.values():
        step = record if isinstance(record, PortfolioGoal | PortfolioMilestone) else None
        if step is not None and not _is_shown(step):
            continue
        for event in record.events:
            if not event.source.calendar:
                continue
            name = f"{record.key}#{event.name}"
            if event.entry is not None:
                name += f"-{slug(event.title)}"
            times[name] = times.get(name, 0) + 1
            again = f"-{times[name]}" if times[name] > 1 else ""
            status = _event_status(step, event) if step is not None else "CONFIRMED"
            day, end = event.last, None
            if event.spans:
                day, end = event.day, event.last + timedelta(days=1)
            found.append(CalendarEvent(uid(name + again), day, event, status, end))
    return tuple(found)


def calendar_review(portfolio: PlanView) -> CalendarReview | None:
    """Return the next review: on the day that the last one names, else as often as planned."""
    found = portfolio.cached(next_review)
    if found is None or found.last is None:
        return None
    if found.promised is not None:
        day = found.promised.last
    elif found.every is not None:
        day = found.every.after(found.last.date.last)
    else:
        return None
    return CalendarReview(_uids(portfolio)(f"{found.last.key}#next"), day, found.last)


def calendar_tasks(portfolio: PlanView) -> tuple[CalendarTask, ...]:
    """Return the steps that are more than drafts."""
    uid = _uids(portfolio)
    found = []
    for step in steps_shown(portfolio):
        around = step.goal if isinstance(step, PortfolioMilestone) else step.parent
        status = _task_status(step)
        # Rounded down, as 100 is what is done.
        percent = int(step.progress * 100) if step.progress is not None else None
        due = step.due or (around.due if isinstance(step, PortfolioMilestone) and around else None)
        found.append(
            CalendarTask(
                uid=uid(f"{step.key}#do"),
                step=step,
                status=status,
                percent=100 if status == "COMPLETED" else percent,
                due=due.last if due is not None else None,
                parent=uid(f"{around.key}#do") if around and _is_shown(around) else "",
            )
        )
    return tuple(found)


def steps_shown(portfolio: PlanView) -> Iterator[PortfolioGoal | PortfolioMilestone]:
    """Yield the steps that are things to do."""
    yield from filter(_is_shown, portfolio.in_plan_order(PortfolioGoal))
    yield from filter(_is_shown, portfolio.in_plan_order(PortfolioMilestone))


def _is_shown(step: PortfolioRecord) -> bool:
    """Tell whether a step is more than a draft, and its goal too."""
    goal = step.goal if isinstance(step, PortfolioMilestone) else step
    return goal is None or goal.status is not Status.DRAFT


def _event_status(step: PortfolioGoal | PortfolioMilestone, event: PortfolioEvent) -> str:
    if _task_status(step) == "CANCELLED":
        return "CANCELLED"
    return "TENTATIVE" if event.approximate or step.status is Status.PAUSED else "CONFIRMED"


def _task_status(step: PortfolioGoal | PortfolioMilestone) -> str:
    """Return how far a step is; a milestone whose goal was done without it is cancelled."""
    if step.status is Status.DONE:
        return "COMPLETED"
    if not step.is_open and step.status is not Status.PAUSED:
        return "CANCELLED"
    return "IN-PROCESS" if step.progress else "NEEDS-ACTION"


def _uids(portfolio: PlanView) -> Callable[[str], str]:
    """Return a function that makes stable ids which reveal nothing (RFC 7986, 5.3)."""
    settings = portfolio.settings
    site = uuid5(NAMESPACE_URL, settings.base_url or f"planfolio:{settings.title}")
    return lambda name: str(uuid5(site, name))
