"""The portfolio: the plan of one audience as a reader thinks of it.

Templates, plan.json and the terminal read it under the same names. It holds no sentences.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from planfolio.analyse.money import Budget
from planfolio.analyse.schedule import Capacity
from planfolio.analyse.status import AT_RISK_FROM, ON_TRACK_FROM, Status
from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.kind import Section
from planfolio.model.references import AssetLink, Key
from planfolio.model.visibility import Visibility
from planfolio.portfolio import agenda, browsing, calendar, outlook, role_lists, section_lists
from planfolio.portfolio.events import past_events, reached
from planfolio.portfolio.findings import FindingGroup, all_findings, counts_of, rules_found
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.linked_record import ASSETS, LinkedRecord, body_html
from planfolio.portfolio.other_kinds import (
    PortfolioAchievement,
    PortfolioOpportunity,
    PortfolioPerson,
    PortfolioProfile,
)
from planfolio.portfolio.record import PlanProperty, PlanView, PortfolioRecord, RecordGroup
from planfolio.portfolio.review import PortfolioReview, past_reviews
from planfolio.portfolio.role import PortfolioRole
from planfolio.portfolio.skill import PortfolioSkill
from planfolio.portfolio.steps import PortfolioMilestone, PortfolioResource, PortfolioStep

_CLASSES: Mapping[str, type[PortfolioRecord]] = {
    class_.kind_name: class_
    for class_ in (
        PortfolioProfile,
        PortfolioSkill,
        PortfolioRole,
        PortfolioGoal,
        PortfolioMilestone,
        PortfolioReview,
        PortfolioResource,
        PortfolioPerson,
        PortfolioOpportunity,
        PortfolioAchievement,
    )
}
"""The classes of the kinds that have more than their fields and the numbers of a step."""

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


class Portfolio(PlanView):
    """The plan that one audience may see, with its numbers and what each section lists.

    `audience.word` says who that is: public, mentor or private.
    """

    def _class_of(self, key: Key) -> type[PortfolioRecord]:
        any_kind = PortfolioStep if key in self.analysis.steps else LinkedRecord
        return _CLASSES.get(key.kind, any_kind)

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
        """The picture of the plan, if site.toml names one."""
        return _picture(self.plan.logo)

    @property
    def card(self) -> Picture | None:
        """The picture that social networks show of a link, if site.toml names one."""
        return _picture(self.plan.card)

    @property
    def has_feed(self) -> bool:
        """Whether there is a feed: it needs the address of the site."""
        return self.settings.base_url is not None

    @property
    def is_private(self) -> bool:
        """Whether the site is for the owner, whose pages also ask for what the plan lacks."""
        return self.audience is Visibility.PRIVATE

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

    def kinds_of(self, section: str, omit: Collection[str] = ()) -> tuple[RecordGroup, ...]:
        """Return the records of each kind of a section that has some, less the kinds in `omit`."""
        kinds = (k for k in self.plan.kinds if k.section == section and k.name not in omit)
        return tuple(
            RecordGroup(k.plural, self.records_of(k.name))
            for k in kinds
            if self.plan.records_of(k.name)
        )

    def introductions(self, page: str) -> tuple[Markup, ...]:
        """Return the texts of list files (`skills.md`) whose kinds the page at a path lists."""
        kinds = (kind.name for kind in self.plan.kinds if kind.index == page)
        intros = (self.plan.intros[name] for name in kinds if name in self.plan.intros)
        return tuple(body_html(i.body, i.links, page=page, portfolio=self) for i in intros)

    findings = PlanProperty(all_findings)
    rules_found = PlanProperty(rules_found)

    @cached_property
    def finding_counts(self) -> Mapping[Severity, int]:
        """How many findings there are by severity, the most severe first; to the owner alone."""
        return counts_of(found.severity for found in self._findings if self.is_private)

    def findings_in(self, section: str) -> FindingGroup | None:
        """Return the findings about the records of a section, by its name; None without any."""
        return next((group for group in self.findings if group.section == section), None)

    @property
    def profile(self) -> PortfolioProfile | None:
        """The profile, if there is one."""
        return next(iter(self.in_plan_order(PortfolioProfile)), None)

    @cached_property
    def skills(self) -> Mapping[str, PortfolioSkill]:
        """The skills by id, those that only a role requires included."""
        return {skill.id: skill for skill in self.in_plan_order(PortfolioSkill)}

    strongest_skills = PlanProperty(role_lists.strongest_skills)
    skills_without_evidence = PlanProperty(role_lists.skills_without_evidence)
    skills_without_plan = PlanProperty(role_lists.skills_without_plan)
    skills_by_category = PlanProperty(role_lists.skills_by_category)

    target_roles = PlanProperty(role_lists.target_roles)
    other_roles = PlanProperty(role_lists.other_roles)
    compared_roles = PlanProperty(role_lists.compared_roles)
    compared_skills = PlanProperty(role_lists.compared_skills)
    gaps = PlanProperty(role_lists.gaps)
    needs = PlanProperty(role_lists.needs)
    needs_without_plan = PlanProperty(role_lists.needs_without_plan)

    def goal(self, id_: str | None) -> PortfolioGoal | None:
        """Return a goal by its id."""
        return self.typed_record(PortfolioGoal, id_)

    @property
    def goals(self) -> tuple[PortfolioGoal, ...]:
        """The goals: those that need attention first, then by due day."""
        return self.in_list_order(PortfolioGoal)

    @cached_property
    def goals_needing_attention(self) -> tuple[PortfolioGoal, ...]:
        """The goals that are late, off track or at risk, the worst first."""
        return tuple(goal for goal in self.goals if goal.needs_attention)

    @cached_property
    def goals_at_rest(self) -> tuple[PortfolioGoal, ...]:
        """The goals that are done, ended, paused, dropped or drafts."""
        return tuple(goal for goal in self.goals if goal.at_rest)

    @cached_property
    def active_goals(self) -> tuple[PortfolioGoal, ...]:
        """The goals that are not at rest, those that need attention first."""
        return tuple(goal for goal in self.goals if not goal.at_rest)

    far_goals = PlanProperty(section_lists.far_goals)

    @property
    def directions(self) -> tuple[PortfolioGoal, ...]:
        """The directions without a horizon."""
        return tuple(goal for goal in self.in_plan_order(PortfolioGoal) if goal._is_endless)

    @cached_property
    def status_counts(self) -> Mapping[Status, int]:
        """How many goals have each status, the most urgent first."""
        return Counter(goal.status for goal in self.goals)

    @property
    def on_track_from(self) -> Fraction:
        """The pace from which a goal is on track."""
        return ON_TRACK_FROM

    @property
    def at_risk_from(self) -> Fraction:
        """The pace from which a goal is at risk and not off track."""
        return AT_RISK_FROM

    @cached_property
    def milestones(self) -> Mapping[str, PortfolioMilestone]:
        """The milestones by id."""
        return {milestone.id: milestone for milestone in self.in_plan_order(PortfolioMilestone)}

    milestones_by_due = PlanProperty(section_lists.milestones_by_due)
    ladder = PlanProperty(section_lists.ladder)
    roadmap = PlanProperty(section_lists.roadmap)
    open_decisions = PlanProperty(section_lists.open_decisions)

    @property
    def resources(self) -> tuple[PortfolioResource, ...]:
        """The courses, books, conferences and the like: the open ones first, then by day."""
        return self.in_list_order(PortfolioResource)

    @property
    def people(self) -> tuple[PortfolioPerson, ...]:
        """The people, those whom one meets next first."""
        return self.in_list_order(PortfolioPerson)

    @property
    def opportunities(self) -> tuple[PortfolioOpportunity, ...]:
        """The opportunities by their windows, the nearest first."""
        return self.in_list_order(PortfolioOpportunity)

    @property
    def capacity(self) -> Capacity:
        """The hours of a week, and whether the plan fits into them."""
        return self.analysis.capacity

    late_steps = PlanProperty(outlook.late_steps)

    @property
    def impossible_steps(self) -> tuple[PortfolioRecord, ...]:
        """The steps that are late whatever the hours: no working day is left for them."""
        return self.records_with(self.capacity.impossible)

    @property
    def steps_without_effort(self) -> tuple[PortfolioRecord, ...]:
        """The steps that the schedule leaves out, as their hours are not known."""
        return self.records_with(self.capacity.without_effort)

    @property
    def deciding_chain(self) -> tuple[PortfolioRecord, ...]:
        """The steps that decide when all are finished: worked on without a break up to the end."""
        return self.records_with(self.capacity.chain)

    next_actions_by_time = PlanProperty(outlook.next_actions_by_time)

    @property
    def next_actions(self) -> tuple[PortfolioGoal | PortfolioMilestone, ...]:
        """The steps that can start now, or by the schedule within 30 days, in its order.

        What has no place in the schedule is ordered by its due day.
        """
        return tuple(action.step for group in self.next_actions_by_time for action in group.actions)

    @property
    def budget(self) -> Budget | None:
        """The budget; None where nothing costs, or this audience may not see what does."""
        return self.analysis.budget

    learning_modes = PlanProperty(outlook.learning_modes)

    @property
    def hours_without_mode(self) -> Fraction:
        """The hours of the steps without a mode, in a plan where another has one."""
        return self.analysis.learning.get(None, Fraction(0))

    @property
    def reviews(self) -> tuple[PortfolioReview, ...]:
        """The reviews, the newest first."""
        return self.in_list_order(PortfolioReview)

    next_review = PlanProperty(section_lists.next_review)

    @cached_property
    def review_left_open(self) -> PortfolioReview | None:
        """The newest review that wrote down what to do next, if some of it is left: `next_open`."""
        newest = next((review for review in self.cached(past_reviews) if review.next_items), None)
        return newest if newest is not None and newest.next_open else None

    since_last_review = PlanProperty(agenda.since_last_review)
    questions = PlanProperty(agenda.questions)

    achievements = PlanProperty(section_lists.achievements)
    achievements_by_year = PlanProperty(section_lists.achievements_by_year)
    events = PlanProperty(past_events)
    reached = PlanProperty(reached)

    moved_deadlines = PlanProperty(section_lists.moved_deadlines)
    interruptions = PlanProperty(section_lists.interruptions)

    tags = PlanProperty(browsing.tags_by_id)
    tags_of = browsing.tags_of
    filter_values = browsing.filter_values
    filter_choices = browsing.filter_choices

    calendar_events = PlanProperty(calendar.calendar_events)
    calendar_tasks = PlanProperty(calendar.calendar_tasks)
    calendar_review = PlanProperty(calendar.calendar_review)

    @cached_property
    def has_calendar(self) -> bool:
        """Whether there is anything for plan.ics to hold."""
        has_steps = any(True for _ in calendar.steps_shown(self))
        return has_steps or bool(self.calendar_events or self.calendar_review)


def _picture(link: AssetLink | None) -> Picture | None:
    """Return the picture that a link shows, if there is one and its size is known."""
    return Picture(ASSETS + link.path, *link.size) if link and link.size else None
