"""Skills among the others: those that only roles require, and the scale of each."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.kinds.kind import Fields, Kind
from planfolio.model.kinds.role import Requirement, RoleFields
from planfolio.model.kinds.skill import SkillFields
from planfolio.model.plan import Record
from planfolio.model.scales import Scale
from planfolio.model.settings import Settings
from planfolio.model.table import updated
from planfolio.names import folded
from planfolio.resolve.raw_records import RawRecords, record_of
from planfolio.resolve.record_index import NearNames, RecordIndex
from planfolio.urls import slug

F = TypeVar("F", bound=Fields)

_TYPO = 0.8
"""How much a name must be like a known id (0..1) to be taken for it, mistyped."""


def implied_skills(
    records: Sequence[Record[Any]], *, record_index: RecordIndex, settings: Settings
) -> list[Record[Any]]:
    """Return an unrated skill, in the order of the ids, for each name that only roles require.

    Whoever sees one of these roles sees it, if the default for skills allows it. A name close to a
    known id, or one that gives no address of its own, makes no skill: it is reported with the
    references that lead nowhere. The index gets the new ids.
    """
    kind = next(kind for kind in record_index.kinds if kind.name == "skill")
    written = record_index.index_of_names(["skill"])
    addresses = {slug(record.key.id) for record in records if record.kind is kind}
    added: dict[str, Record[Any]] = {}
    roles = (record for record in records if isinstance(record.fields, RoleFields))
    for role in roles:
        for name in role.fields.requires:
            known = record_index.id_of(name, "skill")
            if known in added:
                seen = _implied(name, role, kind, settings).visibility
                added[known] = added[known]._replace(visibility=min(seen, added[known].visibility))
            if known is not None or record_index.may_be_unread(name, ["skill"]):
                continue
            has_address = "/" not in name and slug(name) and slug(name) not in addresses
            if has_address and not _is_typo(name, written):
                addresses.add(slug(name))
                added[name] = _implied(name, role, kind, settings)
                record_index.add(added[name].key)
    return sorted(added.values(), key=lambda record: record.key)


def _is_typo(name: str, known: NearNames) -> bool:
    """Tell whether a name is most likely a known one, mistyped.

    Names that differ in their digits alone, as `python2` and `python3`, are two things.
    """
    wanted = folded(name)
    near = known.nearest(wanted, cutoff=_TYPO)
    return near is not None and _without_digits(wanted) != _without_digits(near)


def _without_digits(name: str) -> str:
    return "".join(char for char in name if not char.isdigit())


def _implied(name: str, role: Record[Any], kind: Kind, settings: Settings) -> Record[Any]:
    fields = kind.fields(title=name.replace("-", " ").strip())
    skill = record_of(kind, name, fields, role.source, settings=settings, implied=True)
    return skill._replace(visibility=max(skill.visibility, role.visibility))


class Scales(NamedTuple):
    """The scale of each skill: its own, else the plan's.

    `unsure` are the skills whose own scale could not be read: what is no level of the plan's scale
    may be one of theirs.
    """

    known: Mapping[str, Scale]
    default: str
    of_skill: Mapping[str, str]
    unsure: frozenset[str] = frozenset()

    def of(self, skill: str) -> Scale:
        """Return the scale of a skill by its id."""
        return self.known[self.of_skill.get(skill, self.default)]


def scales_of_skills(
    raw: RawRecords, records: Sequence[Record[Any]], *, known: Mapping[str, Scale], default: str
) -> tuple[Scales, list[Diagnostic]]:
    """Return the scale of each skill; a skill that names none that exists has the plan's."""
    of_skill: dict[str, str] = {}
    unsure: set[str] = set()
    diagnostics = []
    for record in records:
        if not isinstance(record.fields, SkillFields):
            continue
        name = record.fields.scale
        if name is not None and name in known:
            of_skill[record.key.id] = name
        elif name is not None or "scale" in raw.lost.get(record.key, ()):
            unsure.add(record.key.id)
        if name is not None and name not in known:
            problem = Problem(f"no scale is called {quoted(name)}", "known: " + ", ".join(known))
            diagnostics.append(record.diagnostic(problem, ("scale",)))
    return Scales(known, default, of_skill, frozenset(unsure)), diagnostics


def with_ranges(fields: F, scales: Scales, record_index: RecordIndex) -> F:
    """Take `3-4` apart into level and stretch, where the whole is no word of the skill's scale."""
    if not isinstance(fields, RoleFields):
        return fields
    requires = {
        name: _with_range(requirement, scales.of(record_index.id_of(name, "skill") or name), scales)
        for name, requirement in fields.requires.items()
    }
    return updated(fields, requires=requires)


def _with_range(requirement: Requirement, scale: Scale, scales: Scales) -> Requirement:
    level = requirement.level
    if level is None or requirement.stretch is not None or "-" not in level.text:
        return requirement
    low, _, high = (part.strip() for part in level.text.partition("-"))
    try:
        scale.read(level.text, scales=scales.known)
    except Problem:
        if low and high and not _is_one_level(low, high, scale):
            update = {"level": level._replace(text=low), "stretch": level._replace(text=high)}
            return updated(requirement, **update)
    return requirement


def _is_one_level(number: str, name: str, scale: Scale) -> bool:
    """Tell whether two texts are a level and its name, as in `5 - Expert`."""
    named = scale.level_named(name)
    return named is not None and number == str(named.value)
