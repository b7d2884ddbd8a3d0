"""The resolved plan: typed records whose references, levels and dates mean something.

Made by `resolve`, narrowed by `audience`, read by all that comes after.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from planfolio.model.body import Body
from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.kinds.achievement import AchievementFields
from planfolio.model.kinds.goal import GoalFields
from planfolio.model.kinds.kind import Fields, Kind
from planfolio.model.kinds.milestone import MilestoneFields
from planfolio.model.kinds.opportunity import OpportunityFields
from planfolio.model.kinds.person import PersonFields
from planfolio.model.kinds.profile import ProfileFields
from planfolio.model.kinds.resource import ResourceFields
from planfolio.model.kinds.review import ReviewFields
from planfolio.model.kinds.role import Need, RoleFields
from planfolio.model.kinds.skill import SkillFields
from planfolio.model.references import AssetLink, BodyLink, Edge, Key
from planfolio.model.scales import SCALES, Scale
from planfolio.model.settings import Settings
from planfolio.model.source_tree import Loc, MappingNode, Span, locate
from planfolio.model.values.dates import PlanDate
from planfolio.model.visibility import Visibility

F = TypeVar("F", bound=Fields)
K = TypeVar("K")
V = TypeVar("V")
F_co = TypeVar("F_co", bound=Fields, covariant=True)


class Source(NamedTuple):
    """Where a record was written: a file, and the node of the front matter that is the record.

    `path` is relative to the folder of site.toml. `body_line` is the line of the file on which
    the body starts. A skill that only a role requires has the role's file and node.
    """

    path: str
    node: MappingNode
    body_line: int = 1

    @property
    def content_path(self) -> str:
        """The path in the content folder, in NFC, as links are compared."""
        return unicodedata.normalize("NFC", self.path.partition("/")[2])

    def span(self, loc: Loc = (), *, key: bool = False) -> Span:
        """Return the place of a field, or of the nearest thing around it that was written."""
        return locate(self.node, loc, key=key)


_NOWHERE = Source("site.toml", MappingNode((), Span()))


class Record(NamedTuple, Generic[F_co]):
    """A record of the plan.

    `fields` are the fields of the kind; in them references are canonical ids and levels have their
    number. `start` and `due` are the resolved dates (relative ones made absolute, inherited ones
    filled in). `inherited` names the fields that were not written here and where they come from:
    the key of a record, or None for site.toml. `links` says for each link of the body where it
    leads. `implied` tells that no file holds the record (a skill that only a role requires). `url`
    is the page's path from the site's root, with a slash at its end. `inline` milestones are in
    the front matter of their goal.
    """

    key: Key
    kind: Kind
    title: str
    url: str
    fields: F_co
    visibility: Visibility
    source: Source
    body: Body
    links: tuple[BodyLink, ...] = ()
    start: PlanDate | None = None
    due: PlanDate | None = None
    inherited: Mapping[str, Key | None] = MappingProxyType({})
    implied: bool = False
    inline: bool = False

    @property
    def id(self) -> str:
        """The id within the kind."""
        return self.key.id

    def diagnostic(self, problem: Problem, loc: Loc, *, on_key: bool = False) -> Diagnostic:
        """Return the finding about a field of the record."""
        span = self.source.span(loc, key=on_key)
        return problem.as_diagnostic(self.source.path, span, subject=self.key)


Profile: TypeAlias = Record[ProfileFields]
Role: TypeAlias = Record[RoleFields]
Skill: TypeAlias = Record[SkillFields]
Goal: TypeAlias = Record[GoalFields]
Milestone: TypeAlias = Record[MilestoneFields]
Review: TypeAlias = Record[ReviewFields]


class Intro(NamedTuple):
    """The prose of a list file (`content/skills.md`), which introduces the records of its kind.

    `visibility` is that of the file's defaults, else of the kind. `links` says for each link of the
    body where it leads.
    """

    body: Body
    links: tuple[BodyLink, ...]
    source: Source
    visibility: Visibility


def _records_of(kind: str, fields: type[F]) -> cached_property[Mapping[str, Record[F]]]:  # noqa: ARG001
    """Return the property of a plan that has the records of a kind by id."""
    return cached_property(lambda plan: plan.records_of(kind))


def grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    """Return the second of each pair by the first."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All records that one audience may see, by key, and their references.

    Kinds come in the order of the registry, the records of one in the order of the files. `assets`
    are the files beside the Markdown by their path in the content folder, `intros` are by the name
    of a kind. `logo` is the picture that stands for the plan, `card` what social networks show of
    a link to it. `settings_source` tells where `settings` are in site.toml. `skills` have those
    that only a role requires too, and `milestones` the inline ones.
    """

    settings: Settings
    kinds: tuple[Kind, ...]
    records: Mapping[Key, Record[Any]]
    edges: tuple[Edge, ...] = ()
    assets: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    logo: AssetLink | None = None
    card: AssetLink | None = None
    intros: Mapping[str, Intro] = field(default_factory=lambda: MappingProxyType({}))
    settings_source: Source = _NOWHERE

    def records_of(self, kind: str) -> Mapping[str, Record[Any]]:
        """Return the records of a kind by id."""
        return self._by_kind.get(kind, {})

    @cached_property
    def profile(self) -> Profile | None:
        """The profile, if there is one."""
        return next(iter(self.records_of("profile").values()), None)

    roles = _records_of("role", RoleFields)
    skills = _records_of("skill", SkillFields)
    goals = _records_of("goal", GoalFields)
    milestones = _records_of("milestone", MilestoneFields)
    reviews = _records_of("review", ReviewFields)
    resources = _records_of("resource", ResourceFields)
    people = _records_of("person", PersonFields)
    opportunities = _records_of("opportunity", OpportunityFields)
    achievements = _records_of("achievement", AchievementFields)

    def goal_of(self, record: Record[Any]) -> Goal | None:
        """Return the goal that a milestone or another record belongs to by its field `goal`."""
        return self.goals.get(getattr(record.fields, "goal", None) or "")

    @cached_property
    def needs(self) -> Mapping[str, Need]:
        """The needs of roles by what `answers` call them: `ROLE/NEED`."""
        return {
            f"{role.id}/{need.name}": need
            for role in self.roles.values()
            for need in role.fields.needs
        }

    @cached_property
    def scales(self) -> Mapping[str, Scale]:
        """All scales by name."""
        return self.settings.known_scales()

    def scale_of(self, skill: Skill) -> Scale:
        """Return the scale of the levels of a skill: that which it names, else the plan's.

        An unknown name is ignored; where the plan's is unknown too, the scale is `five`.
        """
        names = (skill.fields.scale or "", self.settings.plan.scale)
        return next((self.scales[name] for name in names if name in self.scales), SCALES["five"])

    @cached_property
    def edges_to(self) -> Mapping[Key, tuple[Edge, ...]]:
        """The references by the record they lead to."""
        return grouped((edge.target, edge) for edge in self.edges)

    @cached_property
    def milestones_of(self) -> Mapping[str, tuple[Milestone, ...]]:
        """The milestones of each goal, in the order of their due day, then of the plan."""
        by_day = sorted(self.milestones.values(), key=lambda m: m.due.last if m.due else date.max)
        return grouped((m.fields.goal, m) for m in by_day if m.fields.goal is not None)

    @cached_property
    def children_of(self) -> Mapping[str, tuple[Goal, ...]]:
        """The goals that name a goal as their parent."""
        goals = self.goals.values()
        return grouped((g.fields.parent, g) for g in goals if g.fields.parent is not None)

    @cached_property
    def _by_kind(self) -> Mapping[str, dict[str, Record[Any]]]:
        found: dict[str, dict[str, Record[Any]]] = {}
        for key, record in self.records.items():
            found.setdefault(key.kind, {})[key.id] = record
        return found
