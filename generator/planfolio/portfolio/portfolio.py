"""The portfolio: the plan of one audience as a reader thinks of it.

Templates, plan.json and the terminal read it under the same names. It holds no words.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from planfolio.analyse.status import AT_RISK_FROM, ON_TRACK_FROM, Status
from planfolio.model.kinds.kind import Section
from planfolio.model.plan import grouped
from planfolio.model.references import AssetLink
from planfolio.model.visibility import Visibility
from planfolio.portfolio import calendar, meeting, section_lists
from planfolio.portfolio.browsing import (
    filter_choices,
    filter_values,
    search_entries,
    tags_by_id,
    tags_of,
)
from planfolio.portfolio.calendar import (
    CalendarEvent,
    CalendarTask,
    calendar_events,
    calendar_tasks,
)
from planfolio.portfolio.findings import FindingGroup, all_findings, counts_of
from planfolio.portfolio.linked_record import ASSETS, body_html
from planfolio.portfolio.outlook import PortfolioOutlook
from planfolio.portfolio.section_lists import RecordGroup
from planfolio.portfolio.skill import PortfolioSkill
from planfolio.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from fractions import Fraction

    from markupsafe import Markup

    from planfolio.model.diagnostics import Severity
    from planfolio.portfolio.role import PortfolioRequirement
    from planfolio.rules.rule import Rule

SECTION_URLS: dict[Section, str] = {
    Section.ASSESS: "me/",
    Section.AIM: "aim/",
    Section.GAPS: "gaps/",
    Section.PLAN: "plan/",
    Section.PROGRESS: "progress/",
}
"""The page of each section, in the order of the navigation."""


class Picture(NamedTuple):
    """A picture of the plan: its path in the site, and its size in pixels."""

    url: str
    width: int
    height: int

    @property
    def is_icon(self) -> bool:
        """Whether it is about as wide as it is high, as the icon of a tab is."""
        return 4 * abs(self.width - self.height) <= self.height


class Portfolio(PortfolioOutlook):
    """The plan that one audience may see, with its numbers and what each section lists.

    `audience.word` says who that is: public, mentor or private.
    """

    @property
    def title(self) -> str:
        """The title of the plan."""
        return self.settings.title

    @property
    def description(self) -> str:
        """What the plan is about: as in site.toml, else the headline of the profile."""
        headline = self.profile.headline if self.profile else None
        return self.settings.description or headline or ""

    @property
    def logo(self) -> Picture | None:
        """The picture that stands for the plan, if site.toml names one."""
        return _picture(self.plan.logo)

    @property
    def own_card(self) -> Picture | None:
        """The picture that social networks show of a link, if site.toml names one."""
        return _picture(self.plan.card)

    @property
    def root_path(self) -> str:
        """The path that the site lies under, for the page that may be shown at any address."""
        base = self.settings.base_url
        return (urlsplit(base).path or "/") if base else "/"

    @property
    def is_private(self) -> bool:
        """Whether the site is the owner's own, who is asked what a plan lacks."""
        return self.audience is Visibility.PRIVATE

    @cached_property
    def findings(self) -> tuple[FindingGroup, ...]:
        """What is to be said about the plan, by section; nothing to others than its owner."""
        return all_findings(self)

    @cached_property
    def finding_counts(self) -> Mapping[Severity, int]:
        """How many findings there are by severity, the most severe first; to the owner alone."""
        return counts_of(found.severity for found in self._findings if self.is_private)

    def findings_in(self, section: str) -> FindingGroup | None:
        """Return the findings about the records of a section, by its name; None without any."""
        return next((group for group in self.findings if group.section == section), None)

    @property
    def rules_found(self) -> tuple[Rule, ...]:
        """The rules that the findings come from, by code, with what `planfolio explain` says."""
        codes = {found.code for group in self.findings for found in group.findings}
        return tuple(rule for rule in RULES.values() if rule.code in codes)

    @property
    def sections(self) -> tuple[tuple[Section, str], ...]:
        """The five sections with the URLs of their pages."""
        return tuple(SECTION_URLS.items())

    def section_url(self, section: str) -> str:
        """Return the URL of the page of a section, by its name."""
        return SECTION_URLS[Section(section)]

    def section_number(self, section: str) -> int:
        """Return the place of a section among the five, from 1."""
        return list(SECTION_URLS).index(Section(section)) + 1

    @property
    def on_track_from(self) -> Fraction:
        """The pace from which a goal is on track."""
        return ON_TRACK_FROM

    @property
    def at_risk_from(self) -> Fraction:
        """The pace from which a goal is at risk and not off track."""
        return AT_RISK_FROM

    @property
    def is_empty(self) -> bool:
        """Whether there is no record."""
        return not self.plan.records

    @cached_property
    def achievements_by_year(self) -> tuple[RecordGroup, ...]:
        """The achievements by year, the newest first; those without a date last."""
        groups = grouped((str(found.year or ""), found) for found in self.achievements)
        return tuple(RecordGroup(*group) for group in groups.items())

    interruptions = cached_property(section_lists.interruptions)
    moved_deadlines = cached_property(section_lists.moved_deadlines)
    next_review = cached_property(section_lists.next_review)
    since_last_review = cached_property(meeting.since_last_review)
    questions = cached_property(meeting.questions)

    ladder = cached_property(section_lists.ladder)
    open_decisions = cached_property(section_lists.open_decisions)
    compared_roles = cached_property(section_lists.compared_roles)
    compared_skills = cached_property(section_lists.compared_skills)
    roadmap = cached_property(section_lists.roadmap)

    @cached_property
    def status_counts(self) -> Mapping[Status, int]:
        """How many goals have each status, the most urgent first."""
        return Counter(goal.status for goal in self.goals)

    @property
    def worst_late_days(self) -> int | None:
        """The days since the due day of the goal that is most late; None where none is."""
        return max((goal.late_days or 0 for goal in self.goals), default=0) or None

    @cached_property
    def gaps(self) -> tuple[PortfolioRequirement, ...]:
        """The gaps of all target roles in their order, each skill once."""
        found: dict[str, PortfolioRequirement] = {}
        for role in self.target_roles:
            for gap in role.gaps:
                found.setdefault(gap.skill.id, gap)
        return tuple(found.values())

    @cached_property
    def skills_without_plan(self) -> tuple[PortfolioSkill, ...]:
        """The skills whose gap to a target role no open step narrows."""
        gaps = (gap for role in self.target_roles for gap in role.gaps_without_plan)
        return self.get_all(PortfolioSkill, dict.fromkeys(gap.skill.key for gap in gaps))

    skills_by_category = cached_property(section_lists.skills_by_category)

    milestones_by_due = cached_property(section_lists.milestones_by_due)
    tags = cached_property(tags_by_id)
    tags_of = tags_of
    filter_values = filter_values
    filter_choices = filter_choices

    def kinds_of(self, section: str, omit: Collection[str] = ()) -> tuple[RecordGroup, ...]:
        """Return the records of each kind of a section that has some, less the kinds in `omit`."""
        kinds = (k for k in self.plan.kinds if k.section == section and k.name not in omit)
        return tuple(RecordGroup(k.plural, self.of(k.name)) for k in kinds if self.plan.of(k.name))

    def introductions(self, page: str) -> tuple[Markup, ...]:
        """Return the texts of list files (`skills.md`) whose kinds the page at a path lists."""
        kinds = (kind.name for kind in self.plan.kinds if kind.index == page)
        intros = (self.plan.intros[name] for name in kinds if name in self.plan.intros)
        return tuple(body_html(i.body, i.links, page=page, portfolio=self) for i in intros)

    @cached_property
    def calendar_events(self) -> tuple[CalendarEvent, ...]:
        """The days that plan.ics holds."""
        return tuple(calendar_events(self))

    @cached_property
    def calendar_tasks(self) -> tuple[CalendarTask, ...]:
        """The steps that plan.ics holds."""
        return tuple(calendar_tasks(self))

    calendar_review = cached_property(calendar.calendar_review)

    @cached_property
    def has_calendar(self) -> bool:
        """Whether there is anything for plan.ics to hold."""
        return any(calendar_tasks(self)) or any(calendar_events(self)) or bool(self.calendar_review)

    @property
    def has_feed(self) -> bool:
        """Whether there is a feed: it needs the address of the site."""
        return self.settings.base_url is not None

    search_entries = cached_property(search_entries)

    @property
    def assets(self) -> frozenset[str]:
        """The files that texts lead to, and logo and card, by their path in the content folder."""
        plan = self.plan
        of_records = (record.links for record in plan.records.values())
        of_lists = (intro.links for intro in plan.intros.values())
        links = (*of_records, *of_lists, (plan.logo, plan.card))
        found = (link for own in links for link in own)
        return frozenset(link.path for link in found if isinstance(link, AssetLink))


def _picture(link: AssetLink | None) -> Picture | None:
    """Return the picture that a link shows, if there is one and its size is known."""
    return Picture(ASSETS + link.path, *link.size) if link and link.size else None
