"""Why a goal has its status, in a few words for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.results import Measure, ReasonCode
from planfolio.model import formatting

if TYPE_CHECKING:
    from planfolio.portfolio.goal import PortfolioGoal, PortfolioReason

_COUNTED = {
    Measure.MILESTONES: "milestone",
    Measure.CHECKLIST: "item",
    Measure.CHILDREN: "part",
    None: "goal",
}
_PLAIN = {
    ReasonCode.NO_MEASUREMENT: "no measurement yet",
    ReasonCode.NO_SESSION: "no session yet",
    ReasonCode.NO_START: "no start date",
    ReasonCode.NO_DUE: "no due date",
    ReasonCode.STARTED: "too early to say",
}


def reason_in_words(goal: PortfolioGoal) -> str:
    """Return why a goal has its status; empty where the status says it all.

    `2 of 5 milestones, 3 planned`, `because of read-6-books`, `last measured 47 days ago`.
    """
    reason = goal.reason
    if reason.code in _PLAIN:
        return _PLAIN[reason.code]
    match reason.code:
        case ReasonCode.PART if reason.part is not None:
            return f"because of {reason.part.id}"
        case ReasonCode.STALE if reason.days is not None:
            return f"last measured {formatting.count(reason.days, 'day')} ago"
        case ReasonCode.PAUSED if reason.on is not None:
            until = f" until {reason.until.isoformat()}" if reason.until is not None else ""
            return f"since {reason.on.isoformat()}{until}"
        case ReasonCode.DONE | ReasonCode.DROPPED | ReasonCode.PLANNED:
            word = "from" if reason.code is ReasonCode.PLANNED else "on"
            return f"{word} {reason.on.isoformat()}" if reason.on is not None else ""
    return _so_far(goal, reason)


def _so_far(goal: PortfolioGoal, reason: PortfolioReason) -> str:
    if goal.measure is Measure.METRIC:
        return _metric(goal)
    if not reason.total:
        return ""
    if goal.measure is Measure.CADENCE:
        return f"kept {reason.done} of {reason.total}"
    noun = _COUNTED[goal.measure]
    planned = f", {reason.planned} planned" if reason.code is ReasonCode.MILESTONES else ""
    return f"{reason.done} of {formatting.count(reason.total, noun)}{planned}"


def _metric(goal: PortfolioGoal) -> str:
    if goal.current is None:
        return _PLAIN[ReasonCode.NO_MEASUREMENT]
    now, target = formatting.number(goal.current), formatting.number(goal.metric.target)
    unit = f" {goal.metric.unit}" if goal.metric.unit else ""
    if goal.metric.baseline:
        baseline = formatting.number(goal.metric.baseline)
        return f"{now}{unit} (from {baseline} to {target})"
    return f"{now} of {target}{unit}"
