"""New records, written for people to fill in."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from planfolio.analyse.analysis import Analysis
from planfolio.analyse.history import Measurement
from planfolio.edit.changes import scalar_text
from planfolio.exceptions import UsageError
from planfolio.init.scaffold import CONTENT_PREFIX
from planfolio.markdown.task_marks import TaskState, read_mark
from planfolio.model import formatting
from planfolio.model.kinds.goal import Metric
from planfolio.model.kinds.kind import Kind
from planfolio.model.kinds.review import ReviewKind
from planfolio.model.plan import Plan, Record, Review
from planfolio.model.values.dates import quarter_after
from planfolio.urls import slug

_NO_FILE = re.compile(r"readme|con|prn|aux|nul|(com|lpt)[0-9¹²³]")
"""README.md is no record, and Windows allows no files of the other names."""

_LONGEST_STEM = 80
"""Bytes of the name of a file, less its ending."""

_MOST_IDS = 60
"""Characters of ids that a comment lists."""


def new_record(
    kind: Kind, title: str | None, *, plan: Plan, analysis: Analysis | None, today: date
) -> tuple[str, str]:
    """Return path and text of a new record.

    Without a title it is named by the day, if its kind allows that. A skill that a role requires
    and that has no record gets the id that the role uses. A new review carries over what the last
    one left open, and its visibility. Raises UsageError for a title that is missing, is not a line
    of text or gives no file name, and for a record that exists.
    """
    if title is None and not kind.dated_title:
        raise UsageError(f"a {kind.name} needs a title: planfolio new {kind.name} TITLE")
    id_ = _stem(title, kind) if title is not None else today.isoformat()
    day = formatting.calendar_day(today)
    title = _line(title if title is not None else kind.dated_title.format(today=day))
    records: Iterable[Record[Any]] = plan.records_of(kind.name).values()
    existing = next((r for r in records if kind.singleton or slug(r.id) == slug(id_)), None)
    if existing is not None and not existing.implied:
        raise UsageError(
            f"the {kind.name} `{existing.id}` exists already in {existing.source.path}",
            hint="a plan has one" if kind.singleton else another_title(kind),
        )
    if existing is not None:
        id_ = existing.id
    name = kind.name if kind.singleton else f"{kind.folder}/{id_}"
    last = _last_review(plan, today=today)
    values = {
        "today": today.isoformat(),
        "quarter": quarter_after(today, quarters=1),
        "year": today.year + 2,
        "measured": _measured(plan, analysis),
        "left_open": _left_open(last),
        **{other.plural: _some_ids(other, plan) for other in plan.kinds},
    }
    front = kind.starter.format(**values)
    if last is not None and last.fields.visibility and "{left_open}" in kind.starter:
        front = f"visibility: {last.fields.visibility.word}\n{front}"
    return f"{CONTENT_PREFIX}{name}.md", f"---\ntitle: {scalar_text(title)}\n{front}---\n"


def another_title(kind: Kind) -> str:
    """Return the hint for a title whose record exists already."""
    return f"give the new {kind.name} another title: planfolio new {kind.name} TITLE"


def list_file(kind: Kind, *, plan: Plan) -> str | None:
    """Return the path of the file that lists records of a kind, if the plan has one."""
    path = f"{CONTENT_PREFIX}{kind.folder}.md"
    return path if any(r.source.path == path for r in plan.records_of(kind.name).values()) else None


def _line(title: str) -> str:
    """Return a title as it is written. Raises UsageError where it has control characters."""
    title = unicodedata.normalize("NFC", title.strip())
    if any(unicodedata.category(char) in {"Cc", "Cs", "Cn", "Zl", "Zp"} for char in title):
        raise UsageError(f"the title {title!r} has control characters", hint="write it as one line")
    return title


def _stem(title: str, kind: Kind) -> str:
    """Return the id for a title: its slug, cut between words where it is long."""
    stem = slug(_line(title))
    if not stem:
        raise UsageError(f"the title {title!r} has no letter or digit for a file name")
    while len(stem.encode()) > _LONGEST_STEM:
        shorter, hyphen, _ = stem.rpartition("-")
        stem = shorter if hyphen else stem[:-1]
    return f"{stem}-{kind.name}" if _NO_FILE.fullmatch(stem) else stem


def _some_ids(kind: Kind, plan: Plan) -> str:
    """Return ids of a kind for a comment, required skills first, and the count of the others."""
    required = {skill for role in plan.roles.values() for skill in role.fields.requires}
    ids = [id_ for id_ in plan.records_of(kind.name) if id_.isprintable()]
    ids.sort(key=lambda id_: id_ not in required)
    shown: list[str] = []
    for id_ in ids:
        if shown and len(", ".join([*shown, id_])) > _MOST_IDS:
            break
        shown.append(id_)
    more = len(ids) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "") or "none yet"


def _measured(plan: Plan, analysis: Analysis | None) -> str:
    """Return a comment for each active goal with a metric: its id and its current value."""
    rows: list[tuple[str, str]] = []
    for goal in plan.goals.values():
        metric, numbers = goal.fields.metric, analysis.goals[goal.id] if analysis else None
        if metric is not None and numbers and numbers.is_open and goal.id.isprintable():
            rows.append(_value(scalar_text(goal.id), metric, numbers.current))
    if not rows:
        return "no active goal has a metric"
    column = max(len(entry) for entry, _ in rows)
    lines = (f"\n  # {entry:{column}}   # {comment}" for entry, comment in rows)
    return "change it, and take the # away" + "".join(lines)


def _value(id_: str, metric: Metric, current: Measurement | None) -> tuple[str, str]:
    """Return the line for a value of a metric, and what to know about it."""
    target = f"target {formatting.number_as_typed(metric.target)} {metric.unit or ''}".rstrip()
    if current is None:
        return f"{id_}:", f"no value yet; {target}"
    day = current.on or "no day, so `planfolio log` changes it"
    return f"{id_}: {formatting.number_as_typed(current.value)}", f"{day}; {target}"


def _last_review(plan: Plan, *, today: date) -> Review | None:
    """Return the newest review up to a day; feedback alone is no look back."""
    held = {
        (review.fields.date.first, review.id): review
        for review in plan.reviews.values()
        if review.fields.date and review.fields.date.first <= today
        if review.fields.kind is not ReviewKind.FEEDBACK
    }
    return held[max(held)] if held else None


def _left_open(review: Review | None) -> str:
    """Return what a review wrote down to do next and did not finish, as a YAML list."""
    finished = (TaskState.DONE, TaskState.CANCELLED)
    items = [i for i in review.fields.next if read_mark(i)[0] not in finished] if review else []
    if review is None or not items:
        return "[]"
    lines = "".join(f"\n  - {scalar_text(item)}" for item in items)
    return f"               # left open in {review.id}{lines}"
