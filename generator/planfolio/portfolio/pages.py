"""Which pages a site has: their addresses, their templates, and the section that each is in."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from planfolio.model.kinds.kind import Section
from planfolio.model.plan import Milestone, Plan
from planfolio.portfolio.browsing import Tag
from planfolio.portfolio.portfolio import Portfolio
from planfolio.portfolio.record import PortfolioRecord
from planfolio.urls import slug

NOT_FOUND = "404.html"


class Page(NamedTuple):
    """A page of the site, known to its template as `page`.

    `url` is its path from the root of the site, `template` a file name of the theme. `record` is
    the record that it shows, `tag` what the records that it lists share, and `moved_to` the record
    that a page at an old address leads to. `pages` are all pages of the site, for a document that
    lists them.
    """

    url: str
    template: str
    section: Section | None = None
    record: PortfolioRecord | None = None
    moved_to: PortfolioRecord | None = None
    tag: Tag | None = None
    pages: "tuple[Page, ...]" = ()


def pages_of(portfolio: Portfolio) -> dict[str, Page]:
    """Return all pages of a site by URL; those at old addresses come last."""
    profile = portfolio.profile
    pages = [
        Page("", "home.html"),
        Page("me/", "profile.html", Section.ASSESS, profile),
        Page("skills/", "skills.html", Section.ASSESS),
        Page("aim/", "aim.html", Section.AIM),
        Page("gaps/", "gaps.html", Section.GAPS),
        Page("plan/", "plan.html", Section.PLAN),
        Page("progress/", "progress.html", Section.PROGRESS),
        Page("how-to-read/", "how-to-read.html"),
        Page("print/", "print.html"),
        Page("search/", "search.html"),
        Page(NOT_FOUND, NOT_FOUND),
    ]
    if portfolio.is_private:
        pages.append(Page("findings/", "findings.html"))
    if portfolio.plan.goals:
        pages.append(Page("goals/", "goals.html", Section.PLAN))
    if portfolio.plan.milestones:
        pages.append(Page("milestones/", "milestones.html", Section.PLAN))
    if portfolio.plan.records_of("person"):
        pages.append(Page("people/", "people.html", Section.PLAN))
    if portfolio.tags:
        pages.append(Page("tags/", "tags.html"))
        pages += (Page(tag.url, "tag.html", tag=tag) for tag in portfolio.tags.values())
    found = {page.url: page for page in pages}
    for record in portfolio.records.values():
        kind = record.record_kind
        found.setdefault(record.url, Page(record.url, kind.template, kind.section, record))
    for url, record in _old_urls(portfolio, taken=found.keys()).items():
        found[url] = Page(url, "redirect.html", moved_to=record)
    return found


def _old_urls(portfolio: Portfolio, *, taken: Collection[str]) -> dict[str, PortfolioRecord]:
    """Return the records by their old addresses, none of which is among those `taken`.

    Of two records with one old address the first has it, and an alias comes before an address that
    follows from the alias of a goal.
    """
    plan = portfolio.plan
    found: dict[str, PortfolioRecord] = {}
    for held_by, old in (
        *((record, alias) for record in plan.records.values() for alias in record.fields.aliases),
        *(
            (one, old)
            for one in plan.milestones.values()
            for old in _ids_under_old_goals(one, plan)
        ),
    ):
        url = f"{held_by.kind.folder}/{slug(old)}/"
        if slug(old) and url not in taken:
            found.setdefault(url, portfolio.records[held_by.key])
    return found


def _ids_under_old_goals(record: Milestone, plan: Plan) -> Iterator[str]:
    """Yield the ids that an inline milestone has had: they begin with that of its goal."""
    goal = plan.goal_of(record) if record.inline else None
    aliases = record.fields.aliases
    if goal is None or not (goal.fields.aliases or aliases):
        return
    own = record.id.removeprefix(f"{goal.id}-")
    for begin in (goal.id, *goal.fields.aliases):
        for end in (own, *aliases):
            yield f"{begin}-{end}"
