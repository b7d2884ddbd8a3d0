"""The gaps of a role as a table, the first to close first, and its readiness as a bar."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.results import Coverage
from planfolio.portfolio import formats
from planfolio.portfolio.badges import coverage_badge
from planfolio.portfolio.components import Badge, Bar, Cell, Linked, Stat, Table
from planfolio.portfolio.levels import level_dots, short_level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planfolio.analyse.results import Interval, RequirementNumbers, RoleNumbers
    from planfolio.model.plan import Key, Role
    from planfolio.portfolio.scope import Scope

NOT_APPLICABLE = "n/a"


def readiness_words(readiness: Interval | None) -> str:
    """Return readiness as a percentage, an interval where a skill is unrated, or `n/a`."""
    if readiness is None:
        return NOT_APPLICABLE
    if readiness.low == readiness.high:
        return formats.percent(readiness.low)
    return f"{formats.percent(readiness.low)} to {formats.percent(readiness.high)}"


def readiness_bar(role: Role, numbers: RoleNumbers) -> Bar:
    """Return readiness as a bar to its low end, on to its high end, with a mark at `ready_at`."""
    at = role.fields.ready_at / 100
    readiness = numbers.readiness
    words = readiness_words(readiness)
    marked = f"ready from {formats.percent(at)}"
    if readiness is None:
        return Bar("Readiness", words, None, None, None, "unknown")
    certain = readiness.low == readiness.high
    return Bar(
        "Readiness",
        words,
        formats.length(readiness.low),
        formats.length(at),
        None if certain else formats.length(readiness.high),
        "good" if numbers.ready else "accent",
        marked,
    )


def readiness_stats(role: Role, numbers: RoleNumbers) -> tuple[Stat, ...]:
    """Return the numbers of a role, each with what it means."""
    if numbers.readiness is None:
        return (Stat("Readiness", NOT_APPLICABLE, "it asks for no skills yet"),)
    interval = numbers.readiness.low != numbers.readiness.high
    unrated = sum(1 for r in numbers.requirements if r.gap is None)
    skills = f"{formats.count(unrated, 'skill')} {'is' if unrated == 1 else 'are'}"
    note = f"an interval, because {skills} not rated"
    found = [
        Stat(
            "Readiness",
            readiness_words(numbers.readiness),
            note if interval else f"ready from {formats.percent(role.fields.ready_at / 100)}",
        ),
        Stat("Skills met", f"{numbers.met} of {numbers.required}", "at the level it asks for"),
    ]
    musts = [r for r in numbers.requirements if r.must]
    if musts:
        met = sum(1 for r in musts if r.met)
        words = {True: "all of them", False: "it cannot do without these", None: "one is not rated"}
        found.append(Stat("Musts met", f"{met} of {len(musts)}", words[numbers.musts_met]))
    if numbers.ready_on is not None:
        day = formats.calendar_day(numbers.ready_on)
        found.append(Stat("Ready on", day, "if every step ends as planned"))
    return tuple(found)


def gap_table(
    requirements: Iterable[RequirementNumbers], *, scope: Scope, caption: str, steps_shown: int = 3
) -> Table | None:
    """Return requirements as a table in the order given, or None if there are none."""
    rows = tuple(_row(r, scope=scope, steps_shown=steps_shown) for r in requirements)
    if not rows:
        return None
    return Table(
        caption,
        ("Skill", "Now, and asked for", "Gap", "Gain", "Points per 10 h", "Covered"),
        rows,
        (False, False, True, True, True, False),
    )


def met_table(requirements: Iterable[RequirementNumbers], *, scope: Scope) -> Table | None:
    """Return the requirements that are met, or None if none is."""
    rows = tuple(
        (_skill(r, scope=scope), _level(r, scope=scope), Cell(badge=Badge("Met", "done")))
        for r in requirements
        if r.met
    )
    return Table("What is met", ("Skill", "Now, and asked for", "State"), rows) if rows else None


def uncovered(numbers: RoleNumbers, *, scope: Scope) -> tuple[Linked, ...]:
    """Return the skills whose gap no open step closes, with what would be missing."""
    found = []
    for r in numbers.gaps:
        skill = scope.plan.skills.get(r.skill)
        if r.covered is not Coverage.NO or skill is None or r.gap is None:
            continue
        must = "a must, " if r.must else ""
        found.append(scope.link(skill, note=f"{must}{formats.levels(r.gap)} short"))
    return tuple(found)


def _row(r: RequirementNumbers, *, scope: Scope, steps_shown: int) -> tuple[Cell, ...]:
    gap = formats.UNKNOWN if r.gap is None else formats.number(r.gap)
    gain = formats.UNKNOWN if r.gain is None else f"+{formats.percent(r.gain)}"
    return (
        _skill(r, scope=scope),
        _level(r, scope=scope),
        Cell((Linked(gap),), number=True),
        Cell((Linked(gain),), number=True),
        Cell((Linked(_priority(r)),), number=True),
        Cell(_steps(r.steps, scope=scope, shown=steps_shown), badge=coverage_badge(r.covered)),
    )


def _skill(r: RequirementNumbers, *, scope: Scope) -> Cell:
    note = (
        f"must, weight {formats.number(r.weight)}"
        if r.must
        else f"weight {formats.number(r.weight)}"
    )
    skill = scope.plan.skills.get(r.skill)
    return Cell((scope.link(skill, note=note) if skill else Linked(r.skill, note=note),))


def _level(r: RequirementNumbers, *, scope: Scope) -> Cell:
    skill = scope.plan.skills.get(r.skill)
    if skill is None:
        return Cell()
    scale = scope.scale_of(skill)
    now, asked = short_level(r.current, scale=scale), short_level(r.required, scale=scale)
    stretch = f", better {short_level(r.stretch, scale=scale)}" if r.stretch is not None else ""
    text = f"{now}, asked {asked}{stretch}"
    return Cell(
        dots=level_dots(r.current, scale=scale, wanted=r.required, planned=r.planned, text=text)
    )


def _priority(r: RequirementNumbers) -> str:
    """Return weighted gap closed per 10 hours; without an effort there is no such number."""
    if r.gap is None:
        return formats.UNKNOWN
    if r.priority is None:
        return "no hours yet"
    return formats.number(r.priority * Fraction(10))


def _steps(keys: tuple[Key, ...], *, scope: Scope, shown: int) -> tuple[Linked, ...]:
    links = scope.links(keys)
    more = len(links) - shown
    return links if more <= 0 else (*links[:shown], Linked(f"and {more} more"))
