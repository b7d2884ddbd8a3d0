"""F: whether the plan can be read, and states each fact once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, in_quotes
from planfolio.model.kinds.goal import GoalStatus
from planfolio.model.kinds.walk import fact_days
from planfolio.model.source_tree import MappingNode
from planfolio.rules.rule import Finding, Rule, at, dated, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.plan import Record
    from planfolio.model.source_tree import Loc, Span
    from planfolio.model.values.dates import PlanDate
    from planfolio.rules.context import RuleContext

UNREADABLE = Rule(
    "F101",
    Severity.ERROR,
    name="unreadable",
    summary="a file, or the front matter of one, cannot be read",
    why=(
        "Front matter is YAML between two lines of `---` at the top of a UTF-8 file. Anchors, "
        "aliases, merges and tags are refused, since a few lines of them can take hours to read."
    ),
    bad="---\ntitle: [Pass the CKA exam\n---",
    good="---\ntitle: Pass the CKA exam\n---",
    unsuppressible=True,
)

BAD_VALUE = Rule(
    "F102",
    Severity.ERROR,
    name="bad-value",
    summary="a date, level, effort, amount or other value cannot be read",
    why=(
        "planfolio reads a value as typed and guesses nothing: `no` is text, and 30 February is no "
        "day. The message says what the field accepts."
    ),
    bad="due: 2026-02-30",
    good="due: 2026-02-28",
    unsuppressible=True,
)

DUPLICATE = Rule(
    "F103",
    Severity.ERROR,
    name="duplicate",
    summary="an id, an alias or a key is used twice",
    why=(
        "Ids are addresses: with two records of one id a link would have two targets. Case and the "
        "form of accents do not tell ids apart. Of a key that is written twice, YAML would keep "
        "the last."
    ),
    bad="due: 2026-06-30\ndue: 2026-09-30",
    good="due: 2026-09-30",
    unsuppressible=True,
)

UNKNOWN_KEY = Rule(
    "F104",
    Severity.ERROR,
    name="unknown-key",
    summary="a record has a key that its kind does not know",
    why=(
        "planfolio would ignore a mistyped key, and its value with it. Keys that start with `x_` "
        "are yours and are not read; `[check] allow_keys` in site.toml names others."
    ),
    bad="dew: 2026-09-30",
    good="due: 2026-09-30",
    unsuppressible=True,
)


OTHER_SCALE = Rule(
    "F106",
    Severity.ERROR,
    name="other-scale",
    summary="a level is a word or a number of another scale",
    why=(
        "A level has a meaning on its skill's scale only: a 6 is the top of one and outside "
        "another. A gap between two scales would mean nothing."
    ),
    bad="scale: cefr6\nlevel: expert",
    good="scale: cefr6\nlevel: B2",
    unsuppressible=True,
)


@Rule(
    "F107",
    bad="done: 2062-03-10",
    good="done: 2026-03-10",
)
def in_the_future(context: RuleContext) -> Iterator[Finding]:
    """A fact is dated after today.

    A fact with a date in the future does not count until that day. Usually the year is wrong, or
    the date is a plan, which belongs in `due`.
    """
    places: set[tuple[str, Span]] = set()
    for record in context.plan.records.values():
        if is_draft(record):
            continue
        ahead = context.of_record("F107", record, _ahead)
        if not ahead:
            continue
        loc, on = ahead[0]
        # Items of a list file share the defaults above them: one place, one finding.
        place = (record.source.path, record.source.span(loc))
        if place in places:
            continue
        places.add(place)
        others = ""
        if len(ahead) > 1:
            verb = "is" if len(ahead) == 2 else "are"
            others = f", and so {verb} {count(len(ahead) - 1, 'more date')} of this record"
        yield at(
            record,
            loc,
            message=f"{dated(on, on.first)} is after {context.as_of}{others}",
            hint="correct the date; until that day the fact does not count",
        )


STRAY = Rule(
    "F108",
    Severity.INFO,
    name="stray-file",
    summary="a Markdown file belongs to no kind of record",
    why=(
        "The folder gives the kind. A file elsewhere is not read and not shown. README.md, and "
        "files and folders that start with _ or . are ignored without a note."
    ),
    bad="content/ideas/talk.md",
    good="content/goals/talk.md",
)


@Rule(
    "F109",
    bad="metrics: {cka: 3}\n---\ntitle: Pass the CKA exam",
    good="metrics: {cka: 3}\n---\ntitle: Pass the CKA exam\nmetric: {target: 5, unit: mock exams}",
    reads=reading(goal="metric", review="metrics date"),
)
def value_without_metric(context: RuleContext) -> Iterator[Finding]:
    """A review has a value for a goal without a metric.

    A value counts on the way from a baseline to a target. Without a metric it is shown nowhere, and
    the goal is measured by something else.
    """
    for review in context.plan.reviews.values():
        for name in review.fields.metrics:
            goal = context.plan.goals.get(name)
            if goal is None or goal.fields.metric is not None or writes(goal, "metric"):
                continue
            yield at(
                review,
                ("metrics", name),
                message=f"{in_quotes(goal.title)} has no metric, so this value counts nowhere",
                hint="write one there, as in `metric: {target: 12, unit: talks}`, or remove it",
                key=True,
                about=goal,
            )


CONFLICT = Rule(
    "F110",
    Severity.ERROR,
    name="conflict",
    summary="git or a sync program left two versions of a record",
    why=(
        "Nobody but you knows which version is right. A file with the markers of a merge is not "
        "read. Nor is the second copy that a sync program (Dropbox, Nextcloud, OneDrive, "
        "Syncthing, iCloud) wrote beside a record; that one is a warning."
    ),
    bad="content/goals/cka.md\ncontent/goals/cka (conflicted copy 2026-03-30).md",
    good="content/goals/cka.md",
    unsuppressible=True,
)


NOT_AS_WRITTEN = Rule(
    "F111",
    Severity.INFO,
    name="not-as-written",
    summary="something in a body is not shown as it was written",
    why=(
        "A body is Markdown alone, so that no plan can bring code into a page: HTML and unsafe "
        "addresses stay text. Comments are left out. Of task marks, `[x]` is done, `[ ]`, `[/]` "
        "and `[>]` are open, `[-]` is cancelled, and any other is open as well, but "
        "for a number such as `[1]`, which is no mark."
    ),
    bad="- [?] Press <kbd>Ctrl</kbd>, see [the server](ftp://example.org/)",
    good="- [ ] Press `Ctrl`, see [the server](https://example.org/)",
)


def _ahead(record: Record[Any], context: RuleContext) -> list[tuple[Loc, PlanDate]]:
    return [(loc, on) for loc, on in fact_days(record.fields) if on.first > context.as_of]


def is_draft(record: Record[Any]) -> bool:
    """Tell whether a record is the draft of a goal, of which nothing is asked yet."""
    return getattr(record.fields, "status", None) is GoalStatus.DRAFT


def writes(record: Record[Any], field: str) -> bool:
    """Tell whether a record's own front matter has a field, readable or not."""
    node = record.source.node
    return isinstance(node, MappingNode) and node.find(field) is not None
