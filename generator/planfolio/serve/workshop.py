"""The workshop: builds the plan in memory, again and again, and always has a site to show.

It is the pipeline of a build, up to the bytes. It goes fast because documents whose files did not
change are the same objects, because what was resolved of the same objects is known, and because a
page is made when it is asked for. None of this decides what a page says.
"""

from __future__ import annotations

import hashlib
import time
import traceback
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from planfolio import __version__
from planfolio.exceptions import PlanfolioError
from planfolio.model.kinds import KINDS
from planfolio.model.visibility import Visibility
from planfolio.pipeline import (
    Reuse,
    Today,
    check,
    collector_paused,
    read,
    refuse_leaks_in,
    site_for,
    stops,
)
from planfolio.render import ASSETS, RenderedSite, Theme, load_theme
from planfolio.resolve import Memory
from planfolio.serve.memory import Documents, FileMemory
from planfolio.serve.site_files import SiteFiles
from planfolio.serve.snapshot import Outcome
from planfolio.serve.sources import SourceLines, changed_paths, saved_pages
from planfolio.urls import file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from planfolio.markdown import Size
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.kinds import Kind
    from planfolio.pipeline import CheckResult, Sources
    from planfolio.read import Document, SiteFile

_LOOKS = 3
"""How often a plan is read because a file went while it was read: editors save by renaming."""

_PAUSE = 0.0005
"""Seconds between two pages that nobody waits for, so that those who wait come first."""


@dataclass(frozen=True, slots=True)
class _Inputs:
    """All that an attempt depends on; equal ones come to the same."""

    site: SiteFile
    documents: tuple[Document, ...]
    faults: tuple[Diagnostic, ...]
    names: tuple[str, ...]
    sizes: Mapping[str, Size]
    assets: Mapping[str, bytes]
    theme: str
    as_of: date


@dataclass(frozen=True, slots=True)
class _Good:
    """A site that was built, and what the next one is held against."""

    build: str
    files: SiteFiles
    base: str
    theme: Theme
    content: str


class Workshop:
    """Builds one plan for one audience; `root` holds site.toml.

    `now` tells the time, `as_of` the day of the numbers where that is fixed. One thread at a time
    may build; any may read the files of an outcome.
    """

    def __init__(
        self,
        root: Path,
        *,
        audience: Visibility = Visibility.PRIVATE,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        as_of: date | None = None,
        kinds: Sequence[Kind] = KINDS,
    ) -> None:
        self._root = root
        self._audience = audience
        self._now = now
        self._as_of = as_of
        self._kinds = tuple(kinds)
        self._documents = Documents()
        self._assets: FileMemory[bytes] = FileMemory()
        self._reuse = Reuse(
            read=self._documents.read,
            resolving=Memory(),
        )
        self._theme: Theme | None = None
        self._inputs: _Inputs | None = None
        self._checked: CheckResult | None = None
        self._digests: Mapping[str, bytes] = {}
        self._good: _Good | None = None
        self._good_before: _Good | None = None
        self._last: Outcome | None = None
        self._failing = ""

    def attempt(self, changed: Collection[Path] | None = None) -> Outcome:
        """Build, and tell how it went; whatever is wrong with plan, theme or disk, nothing raises.

        The disk is always asked what changed; `changed` names files that are read even if it says
        that they are as they were. If nothing changed, the last outcome is returned. Home and the
        pages that are looked at are made at once, the others when they are asked for: see `finish`.
        For another audience than the owner all are, since they are searched for leaks before.
        """
        with collector_paused():
            try:
                return self._attempt(changed or ())
            except Exception as error:
                return self._ended(None, failure=_in_words(error))

    def finish(self, interrupted: Callable[[], bool] = lambda: False) -> Outcome | None:
        """Make the pages that nobody asked for yet, until `interrupted` says to stop.

        Returns None if all went well so far. If a page cannot be made, the outcome of the last
        attempt was too good: one that failed is returned in its place, with the site before it.
        """
        good, last = self._good, self._last
        if good is None or last is None or not last.ok:
            return None
        for path in [*good.files.failures, *good.files.missing]:
            if interrupted():
                return None
            try:
                good.files.make(path)
            except Exception as error:
                self._failing = path
                return self._withdraw(good, error)
            time.sleep(_PAUSE)
        return None

    def _withdraw(self, good: _Good, error: Exception) -> Outcome:
        """Go back to the site before one that turned out to be faulty."""
        self._good, self._good_before = self._good_before or good, None
        return self._ended(self._checked, failure=_in_words(error))

    def _attempt(self, changed: Collection[Path]) -> Outcome:
        today = Today(now=self._now(), as_of=self._as_of)
        self._assets.begin(changed)
        sources = self._gather(changed)
        theme = self._load_theme(sources.site.site.theme)
        inputs = self._inputs_of(sources, theme, today)
        if self._last is not None and inputs == self._inputs:
            return self._last
        before, digests = self._checked, self._digests
        checked = check(sources, today=today, kinds=self._kinds, reuse=self._reuse)
        self._checked, self._digests = checked, self._documents.digests
        saved: tuple[str, ...] = ()
        if before is not None:
            paths = changed_paths(self._digests, digests)
            saved = saved_pages(checked.plan, before=before.plan, paths=paths, root=self._root)
        try:
            outcome = self._made(checked, theme, saved)
        except Exception as error:
            return self._ended(checked, saved=saved, failure=_in_words(error))
        # The plan may have come to link to other files than it did.
        self._inputs = replace(inputs, assets=self._assets.digests)
        return outcome

    def _gather(self, touched: Collection[Path]) -> Sources:
        """Read the plan; once more if a file went between listing and reading."""
        for look in range(1, _LOOKS + 1):
            self._documents.begin(touched)
            sources = read(self._root, reuse=self._reuse)
            faults = [d for d in sources.documents.diagnostics if d.path.endswith(".md")]
            if look == _LOOKS or all((self._root / d.path).exists() for d in faults):
                break
            time.sleep(0.01)
        return sources

    def _load_theme(self, name: str) -> Theme | Exception:
        """Return the theme: the one we have, if its files are the same, with its templates ready.

        What is wrong with it is returned, since the plan is looked at in any case.
        """
        try:
            theme = load_theme(name, site_root=self._root)
        except Exception as error:
            return error
        if self._theme is None or self._theme.fingerprint != theme.fingerprint:
            self._theme = theme
        return self._theme

    def _inputs_of(self, sources: Sources, theme: Theme | Exception, today: Today) -> _Inputs:
        documents = sources.documents
        if self._inputs is not None:
            # Those that the last plan linked to: another plan is another input anyway.
            for path in self._inputs.assets:
                if path in documents.assets:
                    self._asset(path, documents.assets[path])
        return _Inputs(
            sources.site,
            documents.markdown,
            documents.diagnostics,
            tuple(documents.assets),
            documents.sizes,
            self._assets.digests,
            theme.fingerprint if isinstance(theme, Theme) else f"{theme!r}",
            today.day(sources.site.site),
        )

    def _made(
        self, checked: CheckResult, theme: Theme | Exception, saved: tuple[str, ...]
    ) -> Outcome:
        if stops(checked.diagnostics, strict=False):
            return self._ended(checked, saved=saved)
        if isinstance(theme, Exception):
            raise theme
        site = site_for(checked, audience=self._audience, theme=theme)
        if site is None:
            return self._ended(checked, saved=saved)
        saved = tuple(url for url in saved if file_of(url) in site.makers)
        assets = {
            path: self._asset(path.removeprefix(ASSETS), file) for path, file in site.copies.items()
        }
        files = SiteFiles(site, assets=assets)
        self._make_what_matters(files, site, theme, saved)
        if self._audience is not Visibility.PRIVATE:
            # Others are shown no page before the whole site was searched, as a build's is.
            whole = {path: files.make(path) for path in files if path not in site.copies}
            refuse_leaks_in(whole, site=site, result=checked, audience=self._audience)
        content = self._content(checked)
        style_only = (
            self._last is not None
            and self._last.ok
            and self._good is not None
            and self._good.content == content
            and self._good.theme.fingerprint != theme.fingerprint
            and self._good.theme.unstyled == theme.unstyled
        )
        build = hashlib.sha256(f"{content} {theme.fingerprint}".encode()).hexdigest()[:32]
        base = urlsplit(site.plan.settings.base_url or "").path or "/"
        self._good_before = self._good
        self._good = _Good(build, files, base, theme, content)
        return self._ended(checked, ok=True, saved=saved, style_only=style_only)

    def _make_what_matters(
        self, files: SiteFiles, site: RenderedSite, theme: Theme, saved: tuple[str, ...]
    ) -> None:
        """Make the pages that someone will look at next, and with a new theme one of each kind."""
        paths = dict.fromkeys([file_of(""), *map(file_of, saved[:2]), self._failing])
        if self._good is not None:
            paths.update(dict.fromkeys(self._good.files.looked_at))
        if self._good is None or self._good.theme is not theme:
            kinds: dict[str, str] = {}
            for path in site.makers:
                folder, _, rest = path.partition("/")
                kinds.setdefault(f"{folder}/" if rest else path, path)
            paths.update(dict.fromkeys(kinds.values()))
        for path in paths:
            if path in files:
                files.make(path)

    def _asset(self, path: str, file: Path) -> bytes:
        return self._assets.of(path, str(file), load=file.read_bytes, make=lambda data: data)

    def _content(self, checked: CheckResult) -> str:
        """Return what names the content of a site apart from its theme."""
        digest = hashlib.sha256()
        site = (checked.plan.settings, checked.as_of.isoformat(), self._audience.word, __version__)
        # Only values go in that are written the same in each process.
        digest.update(repr(site).encode())
        for digests in (self._documents.digests, self._assets.digests):
            for path in sorted(digests):
                digest.update(hashlib.sha256(path.encode()).digest() + digests[path])
        return digest.hexdigest()

    def _ended(
        self,
        checked: CheckResult | None,
        *,
        ok: bool = False,
        saved: tuple[str, ...] = (),
        style_only: bool = False,
        failure: str = "",
    ) -> Outcome:
        if failure:
            # What failed may go well the next time, even if the disk says that nothing changed.
            self._inputs = None
        good = self._good
        diagnostics = checked.diagnostics if checked else ()
        base = good.base if good else "/"
        if good is None and checked is not None:
            base = urlsplit(checked.plan.settings.base_url or "").path or "/"
        self._last = Outcome(
            number=self._last.number + 1 if self._last else 1,
            build=good.build if good else "",
            files=good.files if good else None,
            ok=ok,
            diagnostics=diagnostics,
            failure=failure,
            changed=saved,
            style_only=style_only,
            base=base,
            as_of=checked.as_of if checked else None,
            audience=self._audience,
            lines=SourceLines(self._root, diagnostics),
        )
        return self._last


def _in_words(error: Exception) -> str:
    match error:
        case PlanfolioError():
            return f"{error.message}\n{error.hint}".strip()
        case OSError(filename=str(name), strerror=str(why)):
            return f"{name}: {why}"
        case OSError():
            return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" ({Path(frame.filename).name}:{frame.lineno})" for frame in last)
    return f"planfolio itself failed: {type(error).__name__}: {error}{where}"
