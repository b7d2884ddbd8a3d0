"""How an attempt to build went, and what of it is shown to whom."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.model.visibility import Visibility
from planfolio.read.files import lines_of
from planfolio.report.formats import plain
from planfolio.report.text import line_at, shortened
from planfolio.spelling import visible, visible_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.source_tree import Span
    from planfolio.render import RenderedSite

SHOWN_ELSEWHERE = (
    "The findings are in the terminal alone: they are about the whole plan, and this preview shows "
    "what others may see of it."
)
"""What readers who may not see the whole plan get to know of an attempt that failed."""

MOST_FINDINGS = 200
"""How many findings are handed to a page; the counts are of all."""

_BEFORE = 60
_MARKED = 200
_AFTER = 200
"""Characters of a source line that are shown before, in and after the place; a line may be long."""

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2, Severity.OFF: 3}


class PreviewedSite:
    """The files of a site, each rendered when it is first asked for and then kept."""

    def __init__(self, site: RenderedSite) -> None:
        self._site = site
        self._paths = frozenset(site.paths)
        self._asked: deque[str] = deque(maxlen=4)
        self.rendered: dict[str, bytes] = {}

    def __contains__(self, path: str) -> bool:
        """Tell whether the site has a file."""
        return path in self._paths

    def file(self, path: str) -> bytes | Path:
        """Return the bytes of a file, or where one lies that is copied; raises as rendering does.

        Threads may ask at the same time: at worst a page is rendered twice, to the same bytes.
        """
        if path.endswith(".html"):
            self._asked.append(path)
        copied = self._site.copies.get(path)
        return self.render(path) if copied is None else copied

    def render(self, path: str) -> bytes:
        """Return the bytes of a file that is not copied."""
        if path not in self.rendered:
            self.rendered[path] = self._site.render(path)
        return self.rendered[path]

    @property
    def pages_asked_for(self) -> frozenset[str]:
        """The few pages that were asked for last."""
        return frozenset(self._asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One attempt to build.

    `number` counts the attempts of a session from 1. `site` is that of the last attempt that went
    well, None before the first, and `build` its name. `failure` says what is no diagnostic of the
    plan: a fault in a theme, a disk that cannot be read, a bug of ours. `saved` is the site path of
    the record that was saved last, if this attempt followed from it. `base` is the path that the
    site lives under, decoded, with a slash at both ends. `root` is the folder of site.toml.
    """

    number: int
    build: str
    ok: bool
    audience: Visibility
    root: Path
    site: PreviewedSite | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    failure: str = ""
    saved: str | None = None
    base: str = "/"
    as_of: date | None = None

    @property
    def errors(self) -> int:
        """How many errors there are, a failure among them."""
        return self._count(Severity.ERROR) + bool(self.failure)

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return self._count(Severity.WARNING)

    def _count(self, severity: Severity) -> int:
        return sum(d.severity is severity for d in self.diagnostics)


def for_readers(outcome: Outcome) -> Outcome:
    """Return an outcome as it may be shown to those whom its site is for.

    Findings and failures are of the owner's plan: they name what is hidden from others, show its
    lines, and even their number would give it away. Others see whether the plan could be built.
    """
    if outcome.audience is Visibility.PRIVATE:
        return outcome
    return replace(outcome, diagnostics=(), failure="" if outcome.ok else SHOWN_ELSEWHERE)


def state_of(outcome: Outcome) -> dict[str, object]:
    """Return an outcome as what JSON can hold, for the overlay.

    Each finding has the fields of `check --output-format json`, and as `source` the line that it
    is about, cut in three: `before`, `marked` and `after`; or null where there is no such line.
    Characters that would turn the writing round are spelt, as in the terminal.
    """
    counts = Counter(d.severity for d in outcome.diagnostics)
    worst_first = sorted(outcome.diagnostics, key=lambda d: _RANK[d.severity])
    shown = worst_first[:MOST_FINDINGS]
    lines = {path: lines_of(path, root=outcome.root) for path in {d.path for d in shown}}
    return {
        "number": outcome.number,
        "build": outcome.build,
        "ok": outcome.ok,
        "audience": outcome.audience.word,
        "as_of": None if outcome.as_of is None else outcome.as_of.isoformat(),
        "failure": visible_lines(outcome.failure),
        "errors": outcome.errors,
        "warnings": outcome.warnings,
        "notes": counts[Severity.INFO],
        "left_out": len(worst_first) - len(shown),
        "diagnostics": [_plain(d, lines[d.path]) for d in shown],
    }


def _plain(d: Diagnostic, lines: Sequence[str]) -> Mapping[str, object]:
    spelt = {"message": visible(d.message), "hint": visible(d.hint)}
    return {**plain(d), **spelt, "source": _source(d.span, lines)}


def _source(span: Span, lines: Sequence[str]) -> dict[str, str] | None:
    marked_line = line_at(span, lines)
    if marked_line is None:
        return None
    line, start, end = marked_line
    before, after = line[:start], line[end:].rstrip()
    return {
        "before": visible(before if len(before) <= _BEFORE else "…" + before[-_BEFORE:]),
        "marked": visible(shortened(line[start:end], most=_MARKED)),
        "after": visible(shortened(after, most=_AFTER)),
    }
