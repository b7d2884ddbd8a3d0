"""How the records of a site are found: by tag, and by the filters of their lists."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from planfolio.analyse.status import WORST_FIRST
from planfolio.model.kinds.goal import Priority
from planfolio.model.plan import grouped
from planfolio.model.references import Key
from planfolio.portfolio.record import PlanView, PortfolioRecord, RecordGroup
from planfolio.portfolio.section_lists import RUNGS, rung_of
from planfolio.portfolio.skill import PortfolioSkill
from planfolio.portfolio.steps import PortfolioStep
from planfolio.urls import slug

_FIXED = (
    *map(str, WORST_FIRST),
    *("gap", "unrated", "met", "not-required"),
    *map(str, Priority),
    *map(str, RUNGS),
    *("later", "no-date"),
)
"""The values that come in this order; others are ordered by title."""


class Tag(NamedTuple):
    """A word that records share, as the first of them writes it.

    `id` is its name in addresses, `groups` are the records that have it, by kind.
    """

    name: str
    id: str
    groups: tuple[RecordGroup, ...]

    @property
    def url(self) -> str:
        """The path of its page from the root of the site."""
        return f"tags/{self.id}/"

    @property
    def record_count(self) -> int:
        """How many records have it."""
        return sum(len(group.records) for group in self.groups)


def tag_id(name: str) -> str:
    """Return the name of a tag in addresses; one without a letter has the numbers of its signs."""
    return slug(name) or "-".join(f"{ord(sign):x}" for sign in name)


def tags_of(portfolio: PlanView, record: PortfolioRecord) -> tuple[Tag, ...]:
    """Return the tags of a record."""
    tags = portfolio.cached(tags_by_id)
    return tuple(tags[id_] for id_ in dict.fromkeys(map(tag_id, record.tags)))


def tags_by_id(portfolio: PlanView) -> Mapping[str, Tag]:
    """Return the tags by id, in the order of their names; Depot and depot are one."""
    written = [
        (tag_id(name), name, record) for record in portfolio.records_by_kind for name in record.tags
    ]
    names = {id_: name for id_, name, _ in reversed(written)}
    records = grouped((id_, record) for id_, _, record in written)
    tags = (Tag(name, id_, _by_kind(records[id_])) for id_, name in names.items())
    return {tag.id: tag for tag in sorted(tags, key=lambda tag: (tag.name.casefold(), tag.id))}


def _by_kind(records: Iterable[PortfolioRecord]) -> tuple[RecordGroup, ...]:
    groups = grouped((record.record_kind.plural, record) for record in dict.fromkeys(records))
    return tuple(RecordGroup(*group) for group in groups.items())


class FilterChoice(NamedTuple):
    """Something that records of a list have, and how many of them.

    `value` is what an address says, `title` the words of what the owner has named.
    """

    value: str
    title: str
    record_count: int


def filter_values(
    portfolio: PlanView, record: PortfolioRecord
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return what a list can be filtered by to find a record: values, and titles of the owner's.

    The names are `status`, `priority`, `horizon` (the rung of the ladder in months, `later`,
    `no-date`), `need` (of a skill the roles that require it), `tag` and `person`.
    """
    found: dict[str, Sequence[tuple[str, str]]] = {}
    if isinstance(record, PortfolioSkill):
        found["status"] = [(_skill_status(record), "")]
        roles = (requirement.role for requirement in record.required_by)
        found["need"] = [(slug(role.id), role.title) for role in roles]
    elif isinstance(record, PortfolioStep):
        goal = record.goal or record
        priority = getattr(record, "priority", None)
        mentor = portfolio.record(Key("person", getattr(goal, "mentor", None) or ""))
        needs = dict.fromkeys(need.title for need in record.answered_needs)
        found["status"] = [(record.status, "")]
        found["priority"] = [(priority, "")] if priority else []
        found["horizon"] = [(_horizon(record, portfolio), "")]
        found["need"] = [(slug(title), title) for title in needs]
        found["person"] = [(slug(mentor.id), mentor.title)] if mentor else []
    found["tag"] = [(tag.id, tag.name) for tag in tags_of(portfolio, record)]
    return found


def filter_choices(
    portfolio: PlanView, records: Iterable[PortfolioRecord]
) -> Mapping[str, tuple[FilterChoice, ...]]:
    """Return what some records can be filtered by: all that they have, each with its count."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record in records:
        for name, values in filter_values(portfolio, record).items():
            found.setdefault(name, []).extend(values)
    return {name: _counted(values) for name, values in found.items() if values}


def _counted(values: list[tuple[str, str]]) -> tuple[FilterChoice, ...]:
    """Return each value once, with the first of its titles: those of a fixed order come first."""
    titles = dict(reversed(values))
    counts = Counter(value for value, _ in values)

    def order(choice: FilterChoice) -> tuple[int, str, str]:
        fixed = not choice.title and choice.value in _FIXED
        place = _FIXED.index(choice.value) if fixed else len(_FIXED)
        return place, choice.title.casefold(), choice.value

    found = (FilterChoice(value, titles[value], count) for value, count in counts.items())
    return tuple(sorted(found, key=order))


def _skill_status(skill: PortfolioSkill) -> str:
    if skill.required is None:
        return "not-required"
    if skill.level is None:
        return "unrated"
    return "met" if skill.level.value >= skill.required.value else "gap"


def _horizon(step: PortfolioStep, portfolio: PlanView) -> str:
    months, dated = rung_of(step, as_of=portfolio.as_of)
    return str(months) if months else "later" if dated else "no-date"
