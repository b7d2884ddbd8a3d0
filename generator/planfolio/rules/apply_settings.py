"""What site.toml makes of findings: which rules are silent, and how loud the others are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planfolio.model.settings import CheckSettings
    from planfolio.rules.rule import Rule


def settled(
    diagnostics: Iterable[Diagnostic], check: CheckSettings, *, rules: Mapping[str, Rule]
) -> list[Diagnostic]:
    """Apply ignores and severities, and leave out what is off.

    A code of site.toml is a whole one (`S101`) or its beginning (`S`, `S1`); the longest that fits
    gives the severity, and an ignore beats it. Errors of unsuppressible rules stay as they are.
    """
    kept = (_settle(diagnostic, check, rules) for diagnostic in diagnostics)
    return [diagnostic for diagnostic in kept if diagnostic.severity is not Severity.OFF]


def fitting(code: str, *, codes: Iterable[str]) -> list[str]:
    """Return the codes that a code of site.toml, whole or not, stands for."""
    wanted = code.upper()
    return [known for known in codes if wanted and known.startswith(wanted)]


def _settle(diagnostic: Diagnostic, check: CheckSettings, rules: Mapping[str, Rule]) -> Diagnostic:
    rule = rules.get(diagnostic.code)
    if rule is not None and rule.unsuppressible and diagnostic.severity is Severity.ERROR:
        return diagnostic
    code = diagnostic.code
    if any(fitting(prefix, codes=[code]) for prefix in check.ignore):
        return replace(diagnostic, severity=Severity.OFF)
    prefixes = [prefix for prefix in check.severity if fitting(prefix, codes=[code])]
    if not prefixes:
        return diagnostic
    return replace(diagnostic, severity=check.severity[max(prefixes, key=len)])
