"""All rules by code, and the run of all of them.

To add a rule, write a function under `@rule(…)` in the module of its letter.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from planfolio.analyse.analysis import Analysis
from planfolio.model.diagnostics import Diagnostic, Problem, Severity
from planfolio.model.plan import Plan
from planfolio.model.references import Key
from planfolio.model.settings import CheckSettings
from planfolio.model.source_tree import Loc, Node, locate
from planfolio.rules import (
    achievable,
    form,
    links,
    measurable,
    personal_data,
    practice,
    relevant,
    specific,
    timely,
    visibility,
)
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import Rule

_MODULES = (
    *(specific, measurable, achievable, relevant, timely, practice),
    *(visibility, personal_data, links, form),
)
_RULES = (each for module in _MODULES for each in vars(module).values() if isinstance(each, Rule))
RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rule in sorted(_RULES, key=lambda rule: rule.code)}
)
"""All rules by code, including those whose findings are made while a plan is read and resolved."""

_BOTH_WAYS = frozenset({"parent", "goal", "metrics", "levels"})
"""The fields by which two records take from each other."""


def _fields(**names: str) -> frozenset[str]:
    """Return the fields of each kind, as written, with blanks between."""
    return frozenset(f"{kind}.{name}" for kind, each in names.items() for name in each.split())


_MEASURE = _fields(goal="metric milestones done_when cadence parent")
_DATES = _fields(goal="start due when horizon", milestone="start due when")
FIELDS_READ_BY_LETTER: Mapping[str, frozenset[str]] = {
    "S": _MEASURE | _fields(goal="kind decide_by"),
    "M": _MEASURE
    | _DATES
    | _fields(
        goal="raises answers need kind status done log weight effort",
        milestone="done dropped weight effort",
        review="metrics date",
        role="needs requires",
    ),
    "A": _DATES
    | _fields(
        goal="effort after milestones raises role status cost need answers",
        milestone="effort after done raises dropped cost need answers",
        review="levels date",
        resource="cost goal",
        role="requires needs",
        skill="level assessed history",
        plan="capacity",
    ),
    "R": _fields(
        goal="role parent horizon raises answers after kind cadence milestones why",
        milestone="raises answers after",
        role="requires status",
    ),
    "T": _DATES
    | _fields(
        goal="kind cadence parent replans metric milestones decide_by", milestone="done replans"
    ),
}
"""The fields that findings about goals depend on, by letter of SMART.

An audience that does not see one of them does not see the check. Fields that only decide whether a
goal is looked at are not among them.
"""


def run_rules(
    plan: Plan, analysis: Analysis, *, errors: Sequence[Diagnostic] = ()
) -> list[Diagnostic]:
    """Return what all rules find about a plan without cycles, and its numbers.

    A finding of a rule that is off by default has severity OFF. What may only follow from `errors`
    in what was read is left out, so that one slip is one finding: of a goal whose deadline is
    mistyped a rule would say that it has none. Those are warnings about a file with an error, and
    all findings about records that take from one of it: by `parent`, `goal` or `after`, or as a
    review and its goals and skills. Rules about the whole plan are silent while anything is unread,
    and all but errors if site.toml is. The time is linear in the size of the plan.
    """
    faulty = {error.path for error in errors if error.severity is Severity.ERROR}
    unsure = _unsure_records(plan, faulty)
    context = RuleContext(plan, analysis, unsure=unsure)

    def is_sure(rule: Rule, found: Diagnostic) -> bool:
        is_error = found.severity is Severity.ERROR
        if is_error and found.path in faulty:
            return True
        if all(subject in unsure for subject in found.subjects or (found.subject,)):
            return False
        is_about_all = rule.of_whole_plan or "site.toml" in faulty
        return is_error or not (is_about_all or found.path in faulty)

    return [
        diagnostic
        for rule in RULES.values()
        for diagnostic in map(rule.diagnostic, rule.check(context))
        if not faulty or is_sure(rule, diagnostic)
    ]


def _unsure_records(plan: Plan, faulty: Collection[str]) -> frozenset[Key]:
    """Return the records of files with errors, and those that take from them."""
    takers: dict[Key, list[Key]] = {}
    for edge in plan.edges if faulty else ():
        field = edge.loc[0]
        if field in _BOTH_WAYS or field == "after":
            takers.setdefault(edge.target, []).append(edge.source)
        if field in _BOTH_WAYS:
            takers.setdefault(edge.source, []).append(edge.target)
    left = [key for key, record in plan.records.items() if record.source.path in faulty]
    unsure = set(left)
    while left:
        new = set(takers.get(left.pop(), ())) - unsure
        unsure |= new
        left += new
    return frozenset(unsure)


def apply_settings(
    diagnostics: Iterable[Diagnostic], check: CheckSettings, *, node: Node | None = None
) -> list[Diagnostic]:
    """Return the findings with the severities of `[check]`, without those that are off.

    A code of site.toml is a whole one (`S101`) or its beginning (`S`, `S1`). The longest that fits
    gives the severity, and an ignore comes before it. Errors of unsuppressible rules stay as they
    are. With `node`, which is site.toml as read, codes that stand for no rule are reported there.
    """

    @cache
    def severity_of(code: str) -> Severity | None:
        if any(_stands_for(prefix, code) for prefix in check.ignore):
            return Severity.OFF
        prefixes = [prefix for prefix in check.severity if _stands_for(prefix, code)]
        return check.severity[max(prefixes, key=len)] if prefixes else None

    kept = []
    unknown = _unknown_codes(check, node) if node is not None else ()
    for diagnostic in (*diagnostics, *unknown):
        severity = severity_of(diagnostic.code) or diagnostic.severity
        rule = RULES.get(diagnostic.code)
        if rule is not None and rule.unsuppressible and diagnostic.severity is Severity.ERROR:
            severity = Severity.ERROR
        if severity is not Severity.OFF:
            kept.append(diagnostic._replace(severity=severity))
    return kept


def _stands_for(prefix: str, code: str) -> bool:
    return prefix != "" and code.startswith(prefix.upper())


def _unknown_codes(check: CheckSettings, node: Node) -> Iterator[Diagnostic]:
    """Yield an error for each code that stands for no rule, at its first place in site.toml."""
    places: dict[str, Loc] = {code: ("severity", code) for code in check.severity}
    places |= {code: ("ignore", index) for index, code in reversed([*enumerate(check.ignore)])}
    for code, loc in places.items():
        if any(_stands_for(code, known) for known in RULES):
            continue
        hint = "`planfolio explain` lists all rules by code"
        problem = Problem(f"no rule has the code `{code}`", hint, name="unknown-code")
        place = locate(node, ("check", *loc), key=loc[0] == "severity")
        yield problem.as_diagnostic("site.toml", place)
