"""site.toml: found from any folder of the plan, and read with the places of its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planfolio.diagnostics import Diagnostic, Severity
from planfolio.marks import Loc, Mapping, Node, Span, locate
from planfolio.scales import scales
from planfolio.site import Site
from planfolio.stage1_read.documents import located
from planfolio.stage1_read.files import SourceFile, read_text
from planfolio.stage1_read.toml_marks import read_toml
from planfolio.validation import validate
from planfolio.values.written import Reading

if TYPE_CHECKING:
    from pathlib import Path

NAME = "site.toml"


def find_site(start: Path) -> Path | None:
    """Return the nearest folder, from `start` upward, that holds a site.toml."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder
    return None


@dataclass(frozen=True, slots=True)
class SiteFile:
    """The settings (defaults where they could not be read), where they stand, and what is wrong."""

    site: Site
    node: Node
    diagnostics: tuple[Diagnostic, ...] = ()


def read_site(root: Path) -> SiteFile:
    """Read the site.toml of a folder; a faulty value is reported and keeps its default."""
    text = read_text(SourceFile(NAME, root / NAME), path=NAME)
    if isinstance(text, Diagnostic):
        return SiteFile(Site(), Mapping((), Span()), (text,))
    node, problems = read_toml(text)
    if problems:
        return SiteFile(Site(), node, tuple(located(problem, NAME) for problem in problems))
    read = validate(Site, node, path=NAME, reading=Reading())
    site = read.value or Site()
    faults = _faults(site, node)
    if faults:
        site = _mended(site)
    return SiteFile(site, node, (*read.diagnostics, *faults))


def _mended(site: Site) -> Site:
    """Return the settings with defaults where later steps could not go on with what was written."""
    plan = site.plan.model_copy(update={"scale": "five", "time_off": ()})
    return site.model_copy(update={"plan": plan, "scales": {}, "timezone": "UTC"})


def _faults(site: Site, node: Node) -> list[Diagnostic]:
    """Look for what single fields cannot know: names that have to exist, and order."""
    found: list[Diagnostic] = []

    def fault(loc: Loc, message: str, hint: str, *, name: str = "bad-value", key: bool = False) -> None:
        span: Span = locate(node, loc, key=key)
        found.append(
            Diagnostic(
                code="F102",
                name=name,
                severity=Severity.ERROR,
                path=NAME,
                span=span,
                message=message,
                hint=hint,
            )
        )

    try:
        ZoneInfo(site.timezone)
    except (OSError, ValueError):
        fault(("timezone",), f"no time zone is called `{site.timezone}`", "as in Europe/Madrid")
    known = scales(site)
    if site.plan.scale not in known:
        fault(("plan", "scale"), f"no scale is called `{site.plan.scale}`", "known: " + ", ".join(known))
    for index, off in enumerate(site.plan.time_off):
        if off.from_.first > off.to.last:
            fault(("plan", "time_off", index), "the time off ends before it starts", "swap the two dates")
    for name, scale in site.scales.items():
        values = [level.value for level in scale.levels]
        if len(values) < 2 or values != sorted(set(values)):
            fault(("scales", name, "levels"), "a scale has two levels or more, the lowest first", "")
    hours = site.plan.hours_per_week
    if hours is not None and not 0 < hours <= 168:
        fault(("plan", "hours_per_week"), "a week has more than 0 and at most 168 hours", "")
    if site.base_url and not site.base_url.startswith(("http://", "https://")):
        fault(("base_url",), "the base URL starts with https://", "")
    return found
