"""Builds the plan in memory after each change, and keeps the last good site to show.

Unchanged documents and what was resolved from them are reused, and a page is rendered when it is
requested.
"""

import gc
import secrets
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from planfolio.exceptions import PlanfolioError
from planfolio.model.diagnostics import Diagnostic, Severity, errors
from planfolio.model.plan import Plan, Record
from planfolio.model.settings import Settings
from planfolio.model.visibility import Visibility
from planfolio.pipeline import (
    CONTENT,
    CheckResult,
    Today,
    check,
    fails_check,
    read,
    refuse_leaks_in,
    site_for,
    theme_of,
)
from planfolio.read.site_file import SiteFile
from planfolio.render.site import RenderedSite, page_type
from planfolio.render.theme import Theme
from planfolio.serve.watcher import reuse_of_documents
from planfolio.urls import file_of

_FREED_AFTER = 30
"""Attempts after which the sites of earlier ones are freed."""

_FETCHED = 0.1
"""Seconds that open pages have to fetch what is new before the earlier sites are freed."""


class PreviewedSite:
    """The files of a site, each rendered at the first request and then kept.

    `before` is the site that was shown until now; the pages that were last requested of it are the
    `open_pages`.
    """

    def __init__(self, site: RenderedSite, *, before: "PreviewedSite | None" = None) -> None:
        self._site = site
        self._paths = frozenset(site.paths)
        self._asked: deque[str] = deque(maxlen=4)
        asked = before._asked if before else ()
        self.open_pages = self._paths.intersection(asked) - site.copies.keys()
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
        return self._site.copies.get(path) or self.render(path)

    def render(self, path: str) -> bytes:
        """Return the bytes of a file that is not copied."""
        if path not in self.rendered:
            self.rendered[path] = self._site.render(path)
        return self.rendered[path]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildAttempt:
    """An attempt to build the plan, and what came of it.

    `number` counts the attempts of a session from 1. `site` is that of the last attempt that went
    well, None before the first, and `build_id` its name. `failure` is what went wrong beside the
    findings, as a fault in a theme. `saved` is the site path of the record that was saved last, if
    this attempt followed from it. `base` is that of `base_of`, `root` the folder of site.toml.
    """

    number: int
    build_id: str
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
        return len(errors(self.diagnostics)) + bool(self.failure)

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return sum(d.severity is Severity.WARNING for d in self.diagnostics)


class Builder:
    """Builds one plan for one audience; `root` holds site.toml.

    `now` tells the time, `as_of` the day of the numbers where that is fixed. `editor` is the link
    that opens a place in the owner's editor; others get none, since they see no finding that could
    be opened, nor where the plan lies. One thread at a time may build; any may read the site of an
    attempt.
    """

    def __init__(
        self,
        root: Path,
        *,
        audience: Visibility = Visibility.PRIVATE,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        as_of: date | None = None,
        editor: str = "",
    ) -> None:
        self.root = root
        self.editor = editor if audience is Visibility.PRIVATE else ""
        self._audience = audience
        self._now = now
        self._as_of = as_of
        self._reuse = reuse_of_documents()
        self._session = secrets.token_hex(4)
        self._theme: Theme | Exception | None = None
        self._shown_theme: Theme | None = None
        self._inputs: object = None
        self._result: CheckResult | None = None
        self._last = BuildAttempt(number=0, build_id="", ok=False, audience=audience, root=root)

    def is_new_day(self) -> bool:
        """Tell whether the numbers of the last attempt are those of another day."""
        result = self._result
        return result is not None and self._today().day(result.plan.settings) != result.as_of

    def _today(self) -> Today:
        return Today(now=self._now(), as_of=self._as_of)

    def build(self, changed: frozenset[Path] = frozenset()) -> BuildAttempt:
        """Build, and return how it went; errors of plan, theme and disk are in the result.

        `changed` are the files that may have changed; if it is empty, any file may have. If nothing
        changed, the last attempt is returned.
        """
        gc.disable()  # collections would walk over all of the plan again and again
        try:
            return self._build(changed)
        except Exception as error:
            # The next attempt reads everything: it may succeed even if no file has changed.
            self._inputs = None
            return self._ended(ok=False, failure=_in_words(error))
        finally:
            gc.freeze()  # what lives now is left out of the next collection
            gc.enable()

    def free_earlier_sites(self) -> None:
        """Free earlier sites now and then: their records form cycles, which `build` freezes.

        It takes longer than an edit, so it waits until open pages have been told.
        """
        if self._last.number % _FREED_AFTER == 0:
            time.sleep(_FETCHED)
            gc.unfreeze()
            gc.collect()

    def _build(self, changed: frozenset[Path]) -> BuildAttempt:
        sources = read(self.root, reuse=self._reuse)
        today = self._today()
        theme = self._load_theme(sources.site, changed)
        shown_theme = str(theme) if isinstance(theme, Exception) else theme
        inputs = sources, shown_theme, today.day(sources.site.settings)
        if inputs == self._inputs:
            return self._last
        self._inputs, before = inputs, self._result
        result = self._result = check(sources, today=today, reuse=self._reuse)
        if fails_check(result.diagnostics, strict=False):
            return self._ended(ok=False)
        if isinstance(theme, Exception):
            raise theme
        rendered = site_for(result, audience=self._audience, theme=theme, editor=self.editor)
        if rendered is None:
            return self._ended(ok=False)
        site = PreviewedSite(rendered, before=self._last.site)
        now = site.open_pages | self._to_render_now(rendered, theme)
        site.rendered.update(rendered.render_all(sorted(now)))
        refuse_leaks_in(site.rendered, site=rendered, result=result, audience=self._audience)
        self._shown_theme = theme
        saved = _saved(result.plan, before.plan, root=self.root) if before else None
        return self._ended(
            ok=True,
            site=site,
            build_id=f"{self._session}-{self._last.number + 1}",
            base=base_of(result.plan.settings),
            saved=saved if saved and file_of(saved) in site else None,
        )

    def _to_render_now(self, site: RenderedSite, theme: Theme) -> set[str]:
        """Return the files to render at once, as a fault in one of them keeps the last good site.

        Beside the open pages these are, with a new theme, one page of each type. For others than
        the owner they are all files, which are searched for leaks.
        """
        paths = [p for p in site.paths if p not in site.copies and not p.endswith(".png")]
        if self._audience is not Visibility.PRIVATE:
            return set(paths)
        if theme == self._shown_theme:
            return set()
        return set({page_type(p): p for p in paths if p.endswith(".html")}.values())

    def _load_theme(self, site: SiteFile, changed: frozenset[Path]) -> Theme | Exception:
        """Return the theme, or what is wrong with it; after changes of content alone as before.

        Where the content folder itself was exchanged, the watcher starts again and misses what
        changed in themes meanwhile.
        """
        content = self.root / CONTENT
        if not (self._theme and changed and all(content in path.parents for path in changed)):
            try:
                self._theme = theme_of(site, self.root)
            except Exception as error:
                self._theme = error
        return self._theme

    def _ended(
        self, *, ok: bool, failure: str = "", saved: str | None = None, **site: Any
    ) -> BuildAttempt:
        """Return the attempt that ended; without a `site` that of the last good one stays."""
        result = self._result
        self._last = replace(
            self._last,
            number=self._last.number + 1,
            ok=ok,
            diagnostics=result.diagnostics if result else (),
            failure=failure,
            saved=saved,
            as_of=result.as_of if result else None,
            **site,
        )
        return self._last


def keep_building(
    builder: Builder,
    *,
    changes: Iterable[frozenset[Path]],
    publish: Callable[[BuildAttempt], None],
    report: Callable[[BuildAttempt, frozenset[Path], float], None],
) -> None:
    """Build at the first of `changes`, after each change and on each new day, until they end.

    `changes` are those of `watch`. An attempt is published before it is reported; where nothing
    has changed, neither is done. `report` gets the changed files and the seconds too.
    """
    last: BuildAttempt | None = None
    for changed in changes:
        if last is not None and not changed and not builder.is_new_day():
            continue
        started = time.monotonic()
        attempt = builder.build(changed)
        if attempt is not last:
            last = attempt
            publish(attempt)
            report(attempt, changed, time.monotonic() - started)
            builder.free_earlier_sites()


def base_of(settings: Settings) -> str:
    """Return the path that a site lives under, decoded, with a slash at both ends."""
    inner = unquote(urlsplit(settings.base_url or "").path).strip("/")
    return f"/{inner}/" if inner else "/"


def _saved(plan: Plan, before: Plan, *, root: Path) -> str | None:
    """Return the page of the record that was saved last, of those in one file the first."""
    changed = [
        record
        for key, record in plan.records.items()
        if not (record.inline or record.implied) and not _is_same(record, before.records.get(key))
    ]
    return max(changed, key=lambda r: _saved_at(root / r.source.path)).url if changed else None


def _is_same(record: Record[Any], before: Record[Any] | None) -> bool:
    """Tell whether a record is written as before, whatever it inherits."""
    return before is not None and (record.source, record.body) == (before.source, before.body)


def _saved_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _in_words(error: Exception) -> str:
    if isinstance(error, PlanfolioError):
        return f"{error.message}\n{error.hint}".strip()
    if isinstance(error, OSError):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" ({Path(frame.filename).name}:{frame.lineno})" for frame in last)
    return f"planfolio itself failed: {type(error).__name__}: {error}{where}"
