"""The five SMART checks of a goal."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from planfolio.model.diagnostics import Diagnostic
from planfolio.model.formatting import in_quotes
from planfolio.model.kinds.goal import SmartLetter
from planfolio.model.plan import Goal
from planfolio.model.references import Key
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import hidden_names
from planfolio.portfolio.findings import (
    PortfolioFinding,
    findings_about,
    most_severe_first,
    portfolio_finding,
)
from planfolio.portfolio.record import PlanView
from planfolio.rules.achievable import effort_missing
from planfolio.rules.context import RuleContext, excepts
from planfolio.rules.registry import FIELDS_READ_BY_LETTER
from planfolio.rules.relevant import leads_somewhere


class CheckState(StrEnum):
    """How a SMART check came out."""

    FINE = "fine"
    ATTENTION = "needs-attention"
    NOT_CHECKED = "not-checked"
    NOT_APPLIED = "not-applied"


class Missing(StrEnum):
    """What a plan lacks to check a goal by."""

    PHRASES = "phrases"
    MEASURE = "measure"
    HOURS = "hours"
    EFFORT = "effort"
    ROLE = "role"
    DUE = "due"


class SmartCheck(NamedTuple):
    """One of the five: its letter, its state, the codes and messages of what was found.

    `findings` are the same for the owner, with the way out; others do not get them. `missing` says
    what there is not to check it by, `reason` why a goal does without the letter.
    """

    letter: SmartLetter
    state: CheckState
    codes: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    findings: tuple[PortfolioFinding, ...] = ()
    missing: Missing | None = None
    reason: str = ""


def smart_checks(goal: Goal, *, portfolio: PlanView) -> tuple[SmartCheck, ...]:
    """Return the checks of a goal in order, less those that the audience does not see.

    What was found about its milestones counts as its own, and the message names the milestone. Of a
    goal that is over or at rest only those are left that found something.
    """
    about = portfolio.cached(findings_about)
    found = [
        *((goal.key, finding) for finding in about.get(goal.key, ())),
        *(
            (
                milestone.key,
                finding._replace(message=f"{in_quotes(milestone.title)}: {finding.message}"),
            )
            for milestone in portfolio.plan.milestones_of.get(goal.id, ())
            for finding in about.get(milestone.key, ())
        ),
    ]
    checks = (
        _check(letter, found, goal=goal, portfolio=portfolio)
        for letter in SmartLetter
        if letter not in portfolio.cached(_hidden_letters)
    )
    is_open = portfolio.analysis.goals[goal.id].is_open
    return tuple(check for check in checks if is_open or check.state is CheckState.ATTENTION)


def _hidden_letters(portfolio: PlanView) -> frozenset[str]:
    """Return the letters whose checks the audience does not see.

    A rule that reads a field which the audience may not see would judge what is left of the plan:
    neither its findings nor its silence would mean anything.
    """
    gone = hidden_names(portfolio.plan.kinds, portfolio.audience, settings=portfolio.settings)
    return frozenset(
        letter for letter, read in FIELDS_READ_BY_LETTER.items() if not gone.isdisjoint(read)
    )


def _rule_context(portfolio: PlanView) -> RuleContext:
    return RuleContext(portfolio.plan, portfolio.analysis)


def _check(
    letter: SmartLetter,
    found: Iterable[tuple[Key, Diagnostic]],
    *,
    goal: Goal,
    portfolio: PlanView,
) -> SmartCheck:
    smart = goal.fields.smart
    if excepts(goal, letter):
        reason = smart.reason if smart is not None else None
        return SmartCheck(letter, CheckState.NOT_APPLIED, reason=reason or "")
    own = [(key, finding) for key, finding in found if finding.code[:1] == letter]
    if own:
        owners = portfolio.audience is Visibility.PRIVATE
        return SmartCheck(
            letter,
            CheckState.ATTENTION,
            codes=tuple(dict.fromkeys(finding.code for _, finding in own)),
            messages=tuple(dict.fromkeys(finding.message for _, finding in own)),
            findings=most_severe_first(
                portfolio_finding(finding, portfolio.records[key], portfolio=portfolio)
                for key, finding in own
                if owners
            ),
        )
    missing = _missing(letter, goal, portfolio.cached(_rule_context))
    state = CheckState.FINE if missing is None else CheckState.NOT_CHECKED
    return SmartCheck(letter, state, missing=missing)


def _missing(letter: SmartLetter, goal: Goal, context: RuleContext) -> Missing | None:
    """Return what there is not to check a goal by, or None where it can be checked."""
    match letter:
        case SmartLetter.S:
            return None if "vague" in context.phrases.patterns else Missing.PHRASES
        case SmartLetter.M:
            is_measured = (
                context.is_measured(goal)
                or goal.fields.raises
                or goal.id in context.plan.children_of
                or context.is_exam(goal)
                or context.phrases.one_shot(goal.title) is not None
            )
            return None if is_measured else Missing.MEASURE
        case SmartLetter.A:
            if context.plan.settings.plan.hours_per_week is None:
                return Missing.HOURS
            return Missing.EFFORT if effort_missing(goal, context) else None
        case SmartLetter.R:
            has_role = context.target_roles and leads_somewhere(goal, context)
            return None if has_role else Missing.ROLE
        case SmartLetter.T:
            return None if goal.due is not None or goal.fields.horizon else Missing.DUE
