"""The page of a review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.model.plan import Key
from planfolio.portfolio import formats
from planfolio.portfolio.badges import goal_badge, visibility_badge
from planfolio.portfolio.components import (
    Card,
    Cell,
    Fact,
    Frame,
    Linked,
    Passage,
    Table,
    Tick,
)
from planfolio.portfolio.facts import anchor
from planfolio.portfolio.levels import level_dots
from planfolio.portfolio.record import RecordPart, record_frame, record_part
from planfolio.portfolio.steps import neighbour_facts

if TYPE_CHECKING:
    from planfolio.model.plan import Review
    from planfolio.portfolio.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """A review: what was measured and said, what was decided, what comes next."""

    frame: Frame
    record: RecordPart
    measured: Table | None
    levels: Table | None
    confidence: Table | None
    passages: tuple[Passage, ...]
    next: tuple[Tick, ...]
    feedback: Passage | None
    neighbours: tuple[Fact, ...]


_OWN = (
    "date",
    "kind",
    "metrics",
    "levels",
    "confidence",
    "wins",
    "problems",
    "decisions",
    "next",
    "feedback",
    "next_review",
)


def review_view(review: Review, scope: Scope) -> ReviewView:
    """Return the page of a review."""
    fields = review.fields
    before, after = scope.review_neighbours[review.id]
    neighbours = {other.key for other in (before, after) if other is not None}
    return ReviewView(
        frame=record_frame(review, scope=scope, description=" ".join(fields.wins)),
        record=record_part(
            review,
            scope=scope,
            kicker=_kicker(review),
            facts=_facts(review),
            omit=_OWN,
            shown=neighbours | scope.named.get(review.key, frozenset()),
        ),
        measured=_measured(review, scope=scope),
        levels=_levels(review, scope=scope),
        confidence=_confidence(review, scope=scope),
        passages=tuple(
            Passage(title, anchor(title.lower()), tuple(Linked(text) for text in texts))
            for title, texts in (
                ("Wins", fields.wins),
                ("Problems", fields.problems),
                ("Decisions", fields.decisions),
            )
            if texts
        ),
        next=tuple(tick(text) for text in fields.next),
        feedback=_feedback(review),
        neighbours=neighbour_facts(before, after, scope=scope),
    )


def tick(text: str) -> Tick:
    """Read `[x] Book the room` and `[ ] Book the room`; text without a box is no task."""
    box, rest = text[:3].lower(), text[3:].strip()
    if box in ("[x]", "[ ]") and rest:
        return Tick(rest, box == "[x]")
    return Tick(text)


def review_card(review: Review, scope: Scope) -> Card:
    """Return a review as a card: its date, its kind, its first win."""
    fields = review.fields
    kind = formats.name_of(fields.kind.value)
    open_ticks = [tick(text) for text in fields.next]
    done = sum(1 for item in open_ticks if item.done)
    facts = (Fact("Next", (Linked(f"{done} of {len(open_ticks)} done"),)),) if open_ticks else ()
    return Card(
        scope.title(review),
        kicker=f"{formats.plan_date(fields.date)} · {kind}" if fields.date else kind,
        text=fields.wins[0] if fields.wins else "",
        visibility=visibility_badge(review.visibility),
        facts=facts,
    )


def _kicker(review: Review) -> str:
    kind = formats.name_of(review.fields.kind.value)
    return kind if kind == "Feedback" else f"{kind} review" if kind != "Check-in" else "Check-in"


def _facts(review: Review) -> tuple[Fact, ...]:
    fields = review.fields
    found = []
    if fields.date is not None:
        found.append(Fact("On", (Linked(formats.plan_date(fields.date)),)))
    if fields.next_review is not None:
        found.append(Fact("Next review", (Linked(formats.plan_date(fields.next_review)),)))
    return tuple(found)


def _feedback(review: Review) -> Passage | None:
    said = tuple(Linked(item.text, note=item.from_ or "") for item in review.fields.feedback)
    return Passage("Feedback", anchor("feedback"), said) if said else None


def _measured(review: Review, *, scope: Scope) -> Table | None:
    rows = []
    for goal_id, value in review.fields.metrics.items():
        goal = scope.plan.goals.get(goal_id)
        if goal is None:
            continue
        metric = goal.fields.metric
        unit = f" {metric.unit}" if metric and metric.unit else ""
        target = formats.number(metric.target) + unit if metric else "–"
        rows.append(
            (
                Cell((scope.link(goal),)),
                Cell((Linked(formats.number(value) + unit),), number=True),
                Cell((Linked(target),), number=True),
                Cell(badge=goal_badge(scope.analysis.goals[goal_id])),
            )
        )
    columns = ("Goal", "Measured", "Target", "State now")
    numbers = (False, True, True, False)
    return Table("What was measured", columns, tuple(rows), numbers) if rows else None


def _levels(review: Review, *, scope: Scope) -> Table | None:
    rows = []
    for skill_id, level in review.fields.levels.items():
        skill = scope.plan.skills.get(skill_id)
        if skill is None:
            continue
        dots = level_dots(level.number, scale=scope.scale_of(skill))
        rows.append((Cell((scope.link(skill),)), Cell(dots=dots)))
    return Table("How skills were rated", ("Skill", "Level"), tuple(rows)) if rows else None


def _confidence(review: Review, *, scope: Scope) -> Table | None:
    rows = tuple(
        (
            Cell(scope.links([Key("goal", goal)])),
            Cell((Linked(f"{formats.number(value)} of 10"),), number=True),
        )
        for goal, value in review.fields.confidence.items()
        if goal in scope.plan.goals
    )
    columns = ("Goal", "Confidence")
    return Table("How sure it felt", columns, rows, (False, True)) if rows else None
