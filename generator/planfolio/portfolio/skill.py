"""A skill as pages show it: its level on its scale, what shows it, and who requires it."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from planfolio.analyse.days import counts_from
from planfolio.analyse.history import Measurement
from planfolio.analyse.skills import SkillNumbers
from planfolio.model.kinds.skill import Evidence, SkillFields
from planfolio.model.references import Key
from planfolio.model.scales import Scale
from planfolio.portfolio.levels import (
    LevelExpectations,
    LevelRating,
    ScaleRow,
    SkillLevel,
    SkillLevels,
    level_on,
    skill_levels,
)
from planfolio.portfolio.linked_record import LinkedRecord
from planfolio.portfolio.record import PortfolioRecord
from planfolio.portfolio.role import PortfolioRequirement, requirements_by_skill


class SkillRaise(NamedTuple):
    """A step that raises a skill; without a level, as far as its role requires."""

    step: PortfolioRecord
    to: SkillLevel | None


class PortfolioSkill(LinkedRecord, kind="skill"):
    """A skill, also one that only a role requires."""

    numbers: SkillNumbers
    _written: SkillFields

    @property
    def _list_order(self) -> tuple[bool, str, str, str, str]:
        category = self.category or ""
        return not category, category.casefold(), category, self.title.casefold(), self.id

    @property
    def scale(self) -> Scale:
        """The scale of its levels, with `title`, `top` and `levels`."""
        return self._portfolio.plan.scale_of(self._record)

    @property
    def level(self) -> SkillLevel | None:
        """The current level; None is unrated."""
        return level_on(self.scale, self.numbers.level)

    @property
    def planned(self) -> SkillLevel | None:
        """The highest level that an open step raises it to, where that is above the current one."""
        return level_on(self.scale, self.numbers.planned)

    @property
    def required(self) -> SkillLevel | None:
        """The highest level that a target role requires."""
        return level_on(self.scale, self.numbers.required)

    @property
    def levels(self) -> SkillLevels:
        """Its current, planned and required level on its scale."""
        n = self.numbers
        return skill_levels(self.scale, n.level, planned=n.planned, required=n.required)

    @property
    def scale_rows(self) -> tuple[ScaleRow, ...]:
        """The levels of its scale, the highest first."""
        numbers = self.numbers
        here, planned, required = (
            self._highest_at(level) for level in (numbers.level, numbers.planned, numbers.required)
        )
        return tuple(
            ScaleRow(
                step,
                step.value == here,
                step.value == planned,
                step.value == required,
                self._expectations_at(step.value),
            )
            for step in reversed(self.scale.levels)
        )

    @property
    def expectations(self) -> tuple[LevelExpectations, ...]:
        """What its levels look like, the lowest first."""
        as_of = self._portfolio.as_of
        found = sorted(self._written.expects.items(), key=lambda item: item[0].number)
        return tuple(
            LevelExpectations(
                SkillLevel(level.number, self.scale),
                tuple((item.text, counts_from(item.met, as_of=as_of)) for item in items),
            )
            for level, items in found
        )

    def _expectations_at(self, level: Fraction) -> tuple[tuple[str, date | None], ...]:
        """Return what was expected from the level below up to one that is reached."""
        current = self.numbers.level
        if current is None or level > current:
            return ()
        below = max((s.value for s in self.scale.levels if s.value < level), default=level - 1)
        groups = (g for g in self.expectations if below < g.level.value <= level)
        return tuple(item for group in groups for item in group.items)

    @property
    def _lacks_evidence(self) -> bool:
        """Whether a level above the lowest is claimed and nothing shows it."""
        level = self.numbers.level
        above_lowest = level is not None and level > self.scale.levels[0].value
        dated = self.numbers.newest_evidence is not None
        return above_lowest and not dated and all(item.planned for item in self._written.evidence)

    @property
    def to_reach(self) -> tuple[LevelExpectations, ...]:
        """What the levels look like that it is to reach: up to the required or planned one."""
        numbers = self.numbers
        goals = [level for level in (numbers.required, numbers.planned) if level is not None]
        above = self._expectations_up_to(max(goals)) if goals else ()
        return above or self._expectations_up_to(self.scale.top)[:1]

    def _expectations_up_to(self, level: Fraction) -> tuple[LevelExpectations, ...]:
        """Return what the levels above the current one and up to another look like."""
        current = self.numbers.level
        return tuple(
            found
            for found in self.expectations
            if found.level.value <= level and (current is None or found.level.value > current)
        )

    def _highest_at(self, level: Fraction | None) -> Fraction | None:
        below = (s.value for s in self.scale.levels if level is not None and s.value <= level)
        return max(below, default=None)

    @property
    def evidence(self) -> tuple[tuple[Evidence, SkillLevel | None], ...]:
        """What shows it, with the level that it shows: the newest first, what is planned last."""

        def order(item: Evidence) -> tuple[bool, int]:
            return item.planned, -(item.date.first.toordinal() if item.date else 0)

        return tuple(
            (item, level_on(self.scale, item.level.number if item.level is not None else None))
            for item in sorted(self._written.evidence, key=order)
        )

    @property
    def shown_by(self) -> tuple[PortfolioRecord, ...]:
        """The achievements, and records of other kinds, that show it, the newest first."""
        found = [
            record
            for edge in self._portfolio.plan.edges_to.get(self.key, ())
            if (record := self._portfolio.record(edge.source)) is not None
            and edge.loc[0] in record.record_kind.evidence_fields
            and (record.day is None or record.day.first <= self._portfolio.as_of)
        ]
        found.sort(key=lambda r: (-r.day.first.toordinal() if r.day else 0, r.key))
        return tuple(found)

    @property
    def evidence_age(self) -> tuple[str, int]:
        """The age of its newest evidence, in `years` from two on, else in `months` or `weeks`."""
        newest, as_of = self.numbers.newest_evidence, self._portfolio.as_of
        if newest is None:
            return "", 0
        months = (as_of.year - newest.year) * 12 + as_of.month - newest.month
        months -= as_of.day < newest.day
        if months >= 24:
            return "years", months // 12
        return ("months", months) if months else ("weeks", (as_of - newest).days // 7)

    @property
    def ratings(self) -> tuple[LevelRating, ...]:
        """The levels that it was given up to now, the newest first."""
        return tuple(self._rating(found) for found in reversed(self.numbers.measurements))

    def _rating(self, found: Measurement) -> LevelRating:
        own = self._written.history if found.source == self.key else ()
        source = None if found.source == self.key else self._portfolio.record(found.source)
        same = (e for e in own if e.date == found.when and e.level.value == found.value)
        by = next((e.by for e in same if e.by), "")
        return LevelRating(
            levels=skill_levels(self.scale, found.value),
            day=found.on,
            when=found.when,
            by=by,
            source=source,
        )

    @property
    def required_by(self) -> tuple[PortfolioRequirement, ...]:
        """What each role requires of it."""
        return self._portfolio.cached(requirements_by_skill).get(self.id, ())

    @property
    def raised_by(self) -> tuple[SkillRaise, ...]:
        """The steps that raise it, the open ones first."""
        edges = self._portfolio.plan.edges_to.get(self.key, ())
        keys = {edge.source for edge in edges if edge.loc[:1] == ("raises",)}
        open_steps = self.numbers.steps
        steps = sorted(
            keys & self._portfolio.analysis.steps.keys(),
            key=lambda key: (key not in open_steps, key),
        )
        return tuple(self._raise(key) for key in steps)

    def _raise(self, key: Key) -> SkillRaise:
        step = self._portfolio.records[key]
        level = step._record.fields.raises.get(self.id)
        return SkillRaise(step, level_on(self.scale, level.number if level is not None else None))

    @property
    def is_implied(self) -> bool:
        """Whether no file holds it: a role requires it."""
        return self._record.implied

    @property
    def _related(self) -> frozenset[Key]:
        roles = {required.role.key for required in self.required_by}
        raised_by = {found.step.key for found in self.raised_by}
        rated_in = {found.source for found in self.numbers.measurements}
        shown_by = {record.key for record in self.shown_by}
        return super()._related | roles | raised_by | rated_in | shown_by
