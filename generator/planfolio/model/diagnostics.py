"""Diagnostics: the findings about a plan, as data.

A reader raises a `Problem`, which knows no place; with its place it becomes a `Diagnostic`. The
terminal, JSON, an editor and the browser show the same list. Nothing in the core prints.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from enum import StrEnum
from typing import NamedTuple

from planfolio.model.references import Key
from planfolio.model.source_tree import Span


class Severity(StrEnum):
    """How much a diagnostic matters: an error stops a build, a warning only a strict one."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Diagnostic(NamedTuple):
    """One finding at one place.

    `code` and `name` are those of the rule (`F102`, `bad-date`); `path` is relative to the folder
    of site.toml, with forward slashes; `hint` is the next step, or empty; `subject` is the record
    that the finding is about, if it is about one. A finding that stands for many alike names all
    records in `subjects`, and says in `message_for_one` what holds of each of them alone.
    """

    code: str
    name: str
    severity: Severity
    path: str
    span: Span
    message: str
    hint: str = ""
    subject: Key | None = None
    subjects: tuple[Key, ...] = ()
    message_for_one: str = ""


class Problem(Exception):  # noqa: N818 - it names what was typed, not a failure of the program
    """What is wrong with something that was typed, without its place.

    `message` says what was found and why it cannot be used, `hint` what to write instead. `code`
    and `name` are those of the rule. `key` is the part of a table that it is about, if it is not
    the whole.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        name: str = "bad-value",
        code: str = "F102",
        key: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.name = name
        self.code = code
        self.key = key

    def as_diagnostic(
        self,
        path: str,
        span: Span,
        *,
        severity: Severity = Severity.ERROR,
        subject: Key | None = None,
    ) -> Diagnostic:
        """Return the finding at a place of a file."""
        return Diagnostic(
            code=self.code,
            name=self.name,
            severity=severity,
            path=path,
            span=span,
            message=self.message,
            hint=self.hint,
            subject=subject,
        )


class FirstFew:
    """Collects the findings of a file; of many that are alike it keeps a few and the count."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._count: Counter[Hashable] = Counter()
        self._last: dict[Hashable, int] = {}

    def skips(self, alike: Hashable) -> bool:
        """Tell whether enough findings alike are kept; if so, count one more, which is not made."""
        enough = self._count[alike] > _FEW
        self._count[alike] += enough
        return enough

    def add(self, alike: Hashable, diagnostic: Diagnostic) -> None:
        """Add a finding; `alike` is the same for those that are counted together."""
        if not self.skips(alike):
            self._count[alike] += 1
            self._last[alike] = len(self._found)
            self._found.append(diagnostic)

    def diagnostics(self) -> list[Diagnostic]:
        """Return the findings; the last of too many says how many more there are."""
        found = list(self._found)
        for alike, index in self._last.items():
            if (more := self._count[alike] - _FEW) > 1:
                message = f"there are {more:,} more of these, and this is the first of them"
                hint = "fix those above, and the next ones are named"
                found[index] = found[index]._replace(message=message, hint=hint)
        return found


_FEW = 20
"""The number of like findings that are reported one by one."""


def sorted_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort by path, place and code, and leave out duplicates."""
    unique = dict.fromkeys(diagnostics)
    return sorted(unique, key=lambda d: (d.path, d.span.line, d.span.column, d.code, d.message))


def errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return those that stop a build."""
    return [d for d in diagnostics if d.severity is Severity.ERROR]


def new_diagnostics(
    found: Iterable[Diagnostic], *, before: Iterable[Diagnostic]
) -> list[Diagnostic]:
    """Return the findings that were not there before, wherever in their files they are now."""
    known = {(d.code, d.path, d.message) for d in before}
    return [d for d in found if (d.code, d.path, d.message) not in known]
