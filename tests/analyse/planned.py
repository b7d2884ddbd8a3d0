"""Plans for the tests of the analysis, written as people write them but without files.

`planned(goal("talks", due="2026-12-31", metric="5/12 talks"))` is a plan with one goal. Fields are
text, read by the fields of the kind; references are canonical ids and levels plain numbers, as
resolving leaves them.
"""

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from tests.tables import read_table

from planfolio.analyse.analysis import Analysis, analyse
from planfolio.analyse.goals import GoalNumbers
from planfolio.analyse.measures import Measure, MeasureProgress
from planfolio.analyse.roles import RoleNumbers
from planfolio.analyse.skills import SkillNumbers
from planfolio.model.body import Body, Task
from planfolio.model.field_walk import visit
from planfolio.model.fields import Refers
from planfolio.model.kinds import KINDS
from planfolio.model.plan import Plan, Record, Source
from planfolio.model.references import Key
from planfolio.model.scales import Level
from planfolio.model.settings import Settings
from planfolio.model.source_tree import Loc, MappingNode, Span
from planfolio.model.values.dates import read_date

AnyRecord = Record[Any]
KIND = {kind.name: kind for kind in KINDS}


def planned(*records: AnyRecord, **settings: object) -> Plan:
    """Return the plan of these records; `settings` are those of site.toml."""
    site = read_table(Settings, settings)
    return Plan(settings=site, kinds=KINDS, records={record.key: record for record in records})


def _record(kind_name: str, name: str, /, **fields: Any) -> AnyRecord:
    """Return a record; `tasks` are its checklist, `x` for each tick: `xx-`."""
    kind, tasks = KIND[kind_name], fields.pop("tasks", "")
    read = visit(read_table(kind.fields, {"title": name, **fields}), _Numbered())
    start, due = (read_date(fields[key]) if fields.get(key) else None for key in ("start", "due"))
    if (when := getattr(read, "when", None)) is not None:
        start, due = when.start, when.due
    ticks = tuple(Task("", done=tick == "x", leaf=True, span=Span()) for tick in tasks)
    return Record(
        key=Key(kind_name, name),
        kind=kind,
        title=name,
        url=f"{kind.folder}/{name}/",
        fields=read,
        visibility=kind.visibility,
        source=Source(f"content/{kind.folder}/{name}.md", MappingNode((), Span())),
        body=Body(text="", markup="", plain="", tasks=ticks),
        start=start,
        due=due,
    )


skill = partial(_record, "skill")
resource = partial(_record, "resource")
person = partial(_record, "person")


def goal(name: str = "goal", /, **fields: Any) -> AnyRecord:
    """Return a goal."""
    return _record("goal", name, **fields)


def role(name: str = "role", /, **fields: Any) -> AnyRecord:
    """Return a role; `requires` takes `{"python": "4"}` or tables."""
    return _record("role", name, **fields)


def milestone(name: str, /, **fields: Any) -> AnyRecord:
    """Return a milestone, of the goal `goal` unless another is given."""
    return _record("milestone", name, **{"goal": "goal", **fields})


def review(on: str | None, *, name: str | None = None, **fields: Any) -> AnyRecord:
    """Return a review on a day."""
    dated = {"date": on} if on is not None else {}
    return _record("review", name or on or "review", **dated, **fields)


def numbers_of(plan: Plan, *, on: str) -> Analysis:
    """Return the analysis of a plan on a day."""
    return analyse(plan, date.fromisoformat(on))


def goal_on(on: str, *records: AnyRecord, name: str = "goal") -> GoalNumbers:
    """Return the numbers of one goal on a day."""
    return numbers_of(planned(*records), on=on).goals[name]


def deciding_on(on: str, *records: AnyRecord, name: str = "goal") -> MeasureProgress:
    """Return what decides about one goal on a day, which has the status of the goal."""
    numbers = goal_on(on, *records, name=name)
    assert numbers.deciding_measure is not None
    assert numbers.deciding_measure.status is numbers.status
    return numbers.deciding_measure


def measure_of(numbers: GoalNumbers, measure: Measure) -> MeasureProgress:
    """Return what one of its measures says about a goal."""
    (found,) = (each for each in numbers.measures if each.measure is measure)
    return found


def counted(found: MeasureProgress) -> tuple[int | None, int | None]:
    """Return how many of what a measure counts are done, and of how many."""
    return found.done, found.total


def skill_on(on: str, *records: AnyRecord, name: str = "python") -> SkillNumbers:
    """Return the numbers of one skill on a day."""
    return numbers_of(planned(*records), on=on).skills[name]


def role_on(on: str, *records: AnyRecord, name: str = "role") -> RoleNumbers:
    """Return the numbers of one role on a day."""
    return numbers_of(planned(*records), on=on).roles[name]


def percent(share: Fraction | None) -> str:
    """Return a share as the design writes it: one decimal, half rounded up."""
    if share is None:
        return "-"
    tenths = int(share * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10} %"


def thousandths(index: Fraction | None) -> str:
    """Return an index as the design writes it: three decimals, half rounded up."""
    return "-" if index is None else f"{int(index * 1000 + Fraction(1, 2)) / 1000:.3f}"


class _Numbered:
    """Gives each level the number that it is written with."""

    def reference(self, text: str, refers: Refers, loc: Loc, *, is_key: bool) -> str:  # noqa: ARG002
        return text

    def level(
        self,
        level: Level,
        loc: Loc,  # noqa: ARG002
        *,
        skill: str | None,  # noqa: ARG002
        is_key: bool = False,  # noqa: ARG002
    ) -> Level:
        return level.with_value(Fraction(level.text))
