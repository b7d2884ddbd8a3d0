"""Progress in words: the bar of a track, its numbers with what they mean, and its verdict."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.results import Measure, Status
from planfolio.portfolio import formats
from planfolio.portfolio.badges import STATUS_WORDS
from planfolio.portfolio.components import Bar, Stat

if TYPE_CHECKING:
    from planfolio.analyse.results import GoalNumbers, MeasureProgress, Tally
    from planfolio.model.plan import Goal

_BY = {
    Measure.METRIC: "By its metric",
    Measure.MILESTONES: "By its milestones",
    Measure.CHECKLIST: "By its checklist",
    Measure.CADENCE: "By its habit",
    Measure.CHILDREN: "By its parts",
    Measure.STEP: "One step",
}

_AT_REST = (Status.DONE, Status.PAUSED, Status.DROPPED, Status.DRAFT)

_TALLIED = {
    Measure.MILESTONES: ("milestone reached", "milestones reached"),
    Measure.CHECKLIST: ("item ticked", "items ticked"),
    Measure.CADENCE: ("period kept", "periods kept"),
    Measure.CHILDREN: ("part done", "parts done"),
}


def measure_words(measure: Measure) -> str:
    """Return what progress is read from, as a heading."""
    return _BY[measure]


def expected(track: MeasureProgress) -> Fraction | None:
    """Return the share of its time that has gone, where that says anything about a goal.

    Of one step it does not, nor of a goal that is finished, paused, dropped or a draft.
    """
    if track.measure is Measure.STEP or track.status in _AT_REST:
        return None
    return track.expected


def track_bar(track: MeasureProgress, *, label: str = "Progress") -> Bar:
    """Return progress as a bar, with a mark where time says it should be."""
    tone = STATUS_WORDS[track.status][1]
    due, word = _due_by_now(track)
    mark = None if due is None else formats.length(due)
    marked = f"{word} by now: {formats.percent(due)}" if due is not None else ""
    if track.progress is None:
        return Bar(label, formats.UNKNOWN, None, mark, None, "unknown", marked)
    return Bar(
        label,
        formats.percent(track.progress),
        formats.length(track.progress),
        mark,
        None,
        tone,
        marked,
    )


def _due_by_now(track: MeasureProgress) -> tuple[Fraction | None, str]:
    """Return the share that should be done by now: by plan of milestones, else by time."""
    if track.planned is not None and expected(track) is not None:
        return track.planned, "planned"
    return expected(track), "expected"


def tally_words(tally: Tally, *, measure: Measure) -> str:
    """Return what was counted: `2 of 4 milestones reached`."""
    one, many = _TALLIED.get(measure, ("step done", "steps done"))
    return f"{tally.done} of {tally.total} {one if tally.total == 1 else many}"


def value_words(goal: Goal, numbers: GoalNumbers) -> str:
    """Return the metric in words: `5 of 12 talks`, `from 82 to 74 kg, now 80`."""
    metric = goal.fields.metric
    if metric is None:
        return ""
    unit = f" {metric.unit}" if metric.unit else ""
    now = formats.number(numbers.current.value) if numbers.current else formats.UNKNOWN
    target = formats.number(metric.target)
    if metric.baseline:
        return f"from {formats.number(metric.baseline)} to {target}{unit}, now {now}"
    return f"{now} of {target}{unit}"


def track_stats(track: MeasureProgress, *, goal: Goal, numbers: GoalNumbers) -> tuple[Stat, ...]:
    """Return the numbers of a track, each with what it means; unknown ones are left out.

    Progress alone is always there: where it is unknown, its remark says what would make it known.
    """
    found = [Stat("Progress", *_progress(track, goal=goal, numbers=numbers))]
    gone = expected(track)
    if gone is not None:
        found.append(Stat("Expected by now", formats.percent(gone), "of its time has gone"))
    if track.planned is not None and gone is not None:
        found.append(
            Stat("Planned by now", formats.percent(track.planned), "the milestones due until today")
        )
    if track.spi is not None:
        found.append(Stat("Pace", formats.percent(track.spi), _pace(track.measure)))
    if track.forecast is not None:
        found.append(
            Stat("Forecast", formats.calendar_day(track.forecast), "at this pace, " + _slip(track))
        )
    return tuple(found)


def verdict(numbers: GoalNumbers, *, goal: Goal) -> str:
    """Return in a sentence how a goal stands, and why nothing can be said where that is so."""
    match numbers.status:
        case Status.DONE:
            on = f" on {formats.calendar_day(numbers.done_on)}" if numbers.done_on else ""
            return f"Done{on}."
        case Status.LATE:
            return _late(numbers)
        case Status.UNKNOWN:
            return _why_unknown(goal, numbers)
        case Status.PLANNED:
            begins = f" on {formats.calendar_day(goal.start.first)}" if goal.start else ""
            return f"Not begun yet; it starts{begins}."
        case Status.OPEN:
            return "One step, still to be done."
        case Status.STARTED:
            return "Just begun: too early to say how it goes."
        case Status.ON_TRACK | Status.AT_RISK | Status.OFF_TRACK:
            return _paced(numbers, goal=goal)
        case Status.PAUSED:
            return "Paused: nothing is expected of it for now."
        case Status.DROPPED:
            return "Dropped; kept here so that the reason is not forgotten."
        case Status.DRAFT:
            return "A draft; only you can see it."


def _progress(track: MeasureProgress, *, goal: Goal, numbers: GoalNumbers) -> tuple[str, str]:
    """Return the share that is done, and what it was read from."""
    said = []
    if track.measure is Measure.METRIC:
        said.append(value_words(goal, numbers))
    elif numbers.tally is not None and track is numbers.leading:
        said.append(tally_words(numbers.tally, measure=track.measure))
    if numbers.unknown_children and track.measure is Measure.CHILDREN:
        said.append(f"{numbers.unknown_children} of them unknown")
    if track.progress is None:
        return formats.UNKNOWN, ", ".join(said)
    return formats.percent(track.progress), ", ".join(said)


def _pace(measure: Measure) -> str:
    all_of_it, at_risk = formats.percent(Fraction(1)), formats.percent(Fraction(9, 10))
    if measure is Measure.CADENCE:
        return f"kept of the periods gone by; under {at_risk} puts it at risk"
    return f"earned schedule, SPI(t): {all_of_it} keeps the date, under {at_risk} puts it at risk"


def _paced(numbers: GoalNumbers, *, goal: Goal) -> str:
    """Say progress against time by the track that gives the goal its status."""
    side = numbers.measures[1] if len(numbers.measures) > 1 else None
    worse = (
        side is not None
        and side.status is numbers.status
        and (numbers.leading.status is not numbers.status)
    )
    track = side if worse and side is not None else numbers.leading
    if track.progress is None:
        # A parent has its children's status even where their progress is not known.
        return f"The worst of its parts is {STATUS_WORDS[numbers.status][0].lower()}."
    said = f"{measure_words(track.measure)}, {formats.percent(track.progress)} is done"
    cadence, tally = goal.fields.cadence, numbers.tally
    if track.measure is Measure.CADENCE and goal.due is None and cadence and tally:
        return (
            f"Kept in {tally.done} of the last {formats.count(tally.total, cadence.every.value)}."
        )
    if track.measure is Measure.CADENCE:
        return f"{said} of all that was set until its end."
    if track.expected is not None:
        said += f" where {formats.percent(track.expected)} of the time has gone"
    if track.forecast is None:
        return f"{said}."
    return (
        f"{said}. At this pace it ends on {formats.calendar_day(track.forecast)}, {_slip(track)}."
    )


def _late(numbers: GoalNumbers) -> str:
    tracks = numbers.measures
    days = max((t.late_days or 0 for t in tracks), default=0)
    ended = f"It was due {formats.count(days, 'day')} ago" if days else "Its day has passed"
    lead = numbers.leading
    if lead.progress is None or lead.measure is Measure.STEP:
        return f"{ended} and is still open."
    return f"{ended}, and {formats.percent(lead.progress)} is done."


def _why_unknown(goal: Goal, numbers: GoalNumbers) -> str:
    if goal.fields.metric is not None and numbers.current is None:
        return "Nothing can be said yet: no value of its metric is written, here or in a review."
    if goal.start is None:
        return "Nothing can be said about its pace: it has no start."
    if goal.due is None:
        return "Nothing can be said about its pace: it has no due day."
    return "Nothing can be said about it yet."


def _slip(track: MeasureProgress) -> str:
    if track.slip_days is None:
        return "with no due day to hold it against"
    if track.slip_days == 0:
        return "on its due day"
    side = "after" if track.slip_days > 0 else "before"
    return f"{formats.count(abs(track.slip_days), 'day')} {side} its due day"
