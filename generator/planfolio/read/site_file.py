"""site.toml: found from any folder of the plan, and read with the places of its values."""

import os.path
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import compress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Kind
from planfolio.model.settings import WEEK_HOURS, Settings
from planfolio.model.source_tree import Loc, MappingNode, Span, locate
from planfolio.model.table import updated, written_names
from planfolio.model.validation import validate
from planfolio.model.visibility_settings import BUDGET, CAPACITY, field_names
from planfolio.names import near_hint
from planfolio.read.files import SourceFile, conflict_markers, read_bytes, text_of
from planfolio.read.toml import read_toml

NAME = "site.toml"

# The shape of a language tag (BCP 47): a language, then a script, a region and so on.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def find_site(start: Path) -> Path | None:
    """Return the nearest folder, from `start` upward, that holds a site.toml."""
    here = start.absolute()
    # os.path.isfile takes a folder that may not be entered as one without the file.
    folders = (here, *here.parents)
    return next((f for f in folders if os.path.isfile(f / NAME)), None)  # noqa: PTH113


class SiteFile(NamedTuple):
    """The settings (defaults where they could not be read), their places, and what is wrong."""

    settings: Settings
    node: MappingNode
    diagnostics: tuple[Diagnostic, ...] = ()


def read_site(root: Path, *, kinds: Sequence[Kind] = KINDS) -> SiteFile:
    """Read the site.toml of a folder; a faulty value is reported and keeps its default.

    `kinds` are those that `[visibility]` may name.
    """
    text = text_of(read_bytes(SourceFile(NAME, str(root / NAME), NAME)), path=NAME)
    if isinstance(text, Diagnostic):
        return SiteFile(Settings(), MappingNode((), Span()), (text,))
    if conflicts := conflict_markers(text, path=NAME):
        return SiteFile(Settings(), MappingNode((), Span()), conflicts)
    node, found = read_toml(text, path=NAME)
    if found:
        return SiteFile(Settings(), node, tuple(found))
    validated = validate(Settings, node, path=NAME)
    settings = validated.value or Settings()
    faults = list(_faults(settings, is_whole=not validated.diagnostics))
    hidden = _visibility_problems(settings, kinds)
    problems = [*((loc, problem) for loc, problem, _ in faults), *hidden]
    places = ((problem, locate(node, loc, key=loc[0] == "visibility")) for loc, problem in problems)
    more = tuple(problem.as_diagnostic(NAME, span) for problem, span in places)
    settings = _with_defaults(settings, {loc: default for loc, _, default in faults})
    return SiteFile(settings, node, (*validated.diagnostics, *more))


def _with_defaults(settings: Settings, defaults: Mapping[Loc, object]) -> Settings:
    """Return the settings with defaults where later steps could not go on with what was written.

    All else stays, so that one wrong setting does not make the records that rely on others wrong.
    """
    top = {str(loc[0]): value for loc, value in defaults.items() if len(loc) == 1}
    plan = {str(loc[1]): value for loc, value in defaults.items() if loc[0] == "plan"}
    settings = updated(settings, **top, plan=updated(settings.plan, **plan))
    if settings.base_url is None and settings.cname is not None:
        return updated(settings, base_url=f"https://{settings.cname}/")
    return settings


def _faults(settings: Settings, *, is_whole: bool) -> Iterator[tuple[Loc, Problem, object]]:
    """Yield what is wrong across fields (unknown names, wrong order), each with its default.

    Where faulty values were left out, too few values are not reported.
    """
    if not _is_time_zone(settings.timezone):
        from zoneinfo import available_timezones

        hint = near_hint(settings.timezone, available_timezones(), otherwise="as in Europe/Madrid")
        message = f"no time zone is called {quoted(settings.timezone)}"
        yield ("timezone",), Problem(message, hint), "UTC"
    if not _LANGUAGE.fullmatch(settings.language):
        dashed = settings.language.replace("_", "-")
        meant = dashed if _LANGUAGE.fullmatch(dashed) else "en, de, pt-BR or zh-Hant"
        problem = Problem(f"{quoted(settings.language)} is no code of a language", f"write {meant}")
        yield ("language",), problem, "en"
    if settings.base_url and not settings.base_url.startswith(("http://", "https://")):
        problem = Problem("the base URL starts with https://", "write https://…")
        yield ("base_url",), problem, None
    elif (
        settings.base_url
        and settings.cname
        and urlsplit(settings.base_url).hostname != settings.cname
    ):
        message = f"the base URL is not at {quoted(settings.cname)}, which cname names"
        hint = "leave it out: the site is at the top of its own domain"
        yield ("base_url",), Problem(message, hint), settings.base_url
    known = settings.known_scales()
    if settings.plan.scale not in known:
        message = f"no scale is called {quoted(settings.plan.scale)}"
        yield ("plan", "scale"), Problem(message, "known: " + ", ".join(known)), "five"
    is_in_order = [off.from_.first <= off.to.last for off in settings.plan.time_off]
    for index in (index for index, right in enumerate(is_in_order) if not right):
        problem = Problem("the time off ends before it starts", "swap the two dates")
        yield (
            ("plan", "time_off", index),
            problem,
            tuple(compress(settings.plan.time_off, is_in_order)),
        )
    for name, scale in settings.scales.items():
        values = [level.value for level in scale.levels]
        if (is_whole and len(values) < 2) or values != sorted(set(values)):
            message = "a scale has two levels or more, the lowest first and no number twice"
            yield ("scales", name, "levels"), Problem(message, "write them in order"), None
    hours = settings.plan.hours_per_week
    if hours is not None and not 0 < hours <= WEEK_HOURS:
        message = "a week has more than 0 and at most 168 hours"
        problem = Problem(message, "write the hours that you have")
        yield ("plan", "hours_per_week"), problem, min(max(hours, Fraction(1)), WEEK_HOURS)


def _visibility_problems(
    settings: Settings, kinds: Sequence[Kind]
) -> Iterator[tuple[Loc, Problem]]:
    """Yield a problem for each key that names no kind or field, and so would hide nothing."""
    known = {"default", BUDGET, CAPACITY, *(kind.name for kind in kinds)}
    known.update(f"{kind.name}.{field}" for kind in kinds for field in field_names(kind))
    for name in settings.visibility:
        if name in known:
            continue
        kind, _, field = name.partition(".")
        if any(kind == k.name and field in written_names(k.fields) for k in kinds):
            message = f"a {kind} is nothing without its {quoted(field)}, so it cannot be narrower"
            hint = f'narrow the records: {kind} = "{settings.visibility[name].word}"'
        else:
            message = f"{quoted(name)} is no kind of record and no field of one"
            hint = near_hint(
                name, known, otherwise="name a kind, or a field as in profile.struggles"
            )
        yield ("visibility", name), Problem(message, hint, code="F104", name="unknown-key")


def _is_time_zone(name: str) -> bool:
    if name == "UTC":  # the default, for which zoneinfo need not be imported: 2 ms
        return True
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        return False
    return True
