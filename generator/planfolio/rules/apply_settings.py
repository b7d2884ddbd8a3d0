"""Applies `[check]` of site.toml to findings: which rules are ignored, and what severity they have.

A code of site.toml is a whole one (`S101`) or its beginning (`S`, `S1`).
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import locate
from planfolio.rules.finding import Finding
from planfolio.rules.form import BAD_VALUE
from planfolio.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planfolio.model.settings import CheckSettings
    from planfolio.model.source_tree import Loc, Node


def apply_settings(
    diagnostics: Iterable[Diagnostic], check: CheckSettings, *, node: Node | None = None
) -> list[Diagnostic]:
    """Return the findings with the severities of site.toml, without those that are off.

    The longest code that fits gives the severity, and an ignore comes before it. Errors of
    unsuppressible rules stay as they are. With `node`, which is site.toml as read, codes that stand
    for no rule are reported there.
    """
    found = list(diagnostics)
    if node is not None:
        found.extend(_unknown_codes(check, node))
    severities: dict[str, Severity | None] = {}
    kept = []
    for diagnostic in found:
        code = diagnostic.code
        if code not in severities:
            severities[code] = _severity(code, check)
        severity = severities[code]
        rule = RULES.get(code)
        if rule is not None and rule.unsuppressible and diagnostic.severity is Severity.ERROR:
            severity = None
        kept.append(replace(diagnostic, severity=severity) if severity is not None else diagnostic)
    return [diagnostic for diagnostic in kept if diagnostic.severity is not Severity.OFF]


def _severity(code: str, check: CheckSettings) -> Severity | None:
    """Return the severity that site.toml gives a rule, None where it does not name it."""
    if any(_stands_for(prefix, code) for prefix in check.ignore):
        return Severity.OFF
    prefixes = [prefix for prefix in check.severity if _stands_for(prefix, code)]
    return check.severity[max(prefixes, key=len)] if prefixes else None


def _stands_for(prefix: str, code: str) -> bool:
    return prefix != "" and code.startswith(prefix.upper())


def _unknown_codes(check: CheckSettings, node: Node) -> Iterator[Diagnostic]:
    """Yield an error for each code that stands for no rule, at its first place in site.toml."""
    places: dict[str, Loc] = {}
    for index, code in enumerate(check.ignore):
        places.setdefault(code, ("ignore", index))
    for code in check.severity:
        places.setdefault(code, ("severity", code))
    for code, loc in places.items():
        if any(_stands_for(code, known) for known in RULES):
            continue
        near = difflib.get_close_matches(code.upper(), RULES, n=1)
        yield BAD_VALUE.diagnostic(
            Finding(
                path="site.toml",
                span=locate(node, ("check", *loc), key=loc[0] == "severity"),
                message=f"no rule has the code `{code}`",
                hint=f"did you mean `{near[0]}`?"
                if near
                else "`planfolio explain` lists all rules by code",
            ),
            name="unknown-code",
        )
