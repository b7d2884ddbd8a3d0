"""The write itself: lock, look, stage, exchange."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from errno import EACCES
from pathlib import Path

from planfolio.output.exchange import Exchange, exchange_entries
from planfolio.output.fill import link_files, make_folders, write_files, write_manifest
from planfolio.output.guard import manifest_in, refuse_dangerous, resolved
from planfolio.output.in_place import replace_in_place
from planfolio.output.lock import locked
from planfolio.output.manifest import Manifest, manifest_of
from planfolio.output.outcome import WriteResult, failure
from planfolio.output.scratch import PROBE, Scratch, scratch_of
from planfolio.output.sitepath import check_site_paths
from planfolio.output.stage import Stage, carry, close_stage, make_like, open_stage, sweep
from planfolio.output.survey import Changes, Survey, changes, survey

LOCK_SECONDS = 30.0


def write(
    files: Mapping[str, bytes],
    output: Path,
    *,
    protected: Sequence[Path],
    wait: float = LOCK_SECONDS,
    exchange: Exchange = exchange_entries,
) -> WriteResult:
    """Make the output folder hold exactly these files, besides what in it is not ours.

    `files` maps site paths to bytes. `protected` are the folders of the sources, see
    `refuse_dangerous`. A reader meets the old site or the new one; a file that stays as it is
    keeps its inode and times; an output in which nothing changes is not touched. `wait` is how
    long, in seconds, another build of the same output may hold this one up.

    Raises OutputRefused when the folder is not one to be written, OutputFailed when the system
    does not let it be, and ValueError for site paths that no stage before may hand over.
    """
    check_site_paths(files)
    refuse_dangerous(output, protected=protected)
    folder = resolved(output)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = scratch_of(folder)
        with locked(scratch.lock, wait=wait, output=output):
            before = manifest_in(output)  # a second look: another build may have come before us
            _require_writable(folder)
            sweep(scratch, output=folder)
            return _replace(files, output=folder, before=before, scratch=scratch, exchange=exchange)
    except OSError as error:
        state = "the site that was there, if any, is unchanged"
        raise failure(error, output=output, state=state) from error


def _replace(
    files: Mapping[str, bytes],
    *,
    output: Path,
    before: Manifest | None,
    scratch: Scratch,
    exchange: Exchange,
) -> WriteResult:
    ours = before.files if before else ()
    found = survey(output, ours=ours) if output.exists() else Survey({}, (), ())
    todo = changes(files, output=output, found=found)
    manifest = manifest_of(files)
    if todo.steps or manifest != before:
        stage = open_stage(scratch, output=output)
        site = _Site(files, manifest, before, found, todo)
        replaced = False
        try:
            replaced = site.put(stage, output=output, beside=scratch.beside, exchange=exchange)
        finally:
            close_stage(stage, output=output, just_exchanged=replaced)
    return WriteResult(
        added=len(todo.added),
        changed=len(todo.changed),
        unchanged=len(todo.unchanged),
        removed=len(todo.removed),
        bytes=sum(len(files[path]) for path in (*todo.added, *todo.changed)),
    )


@dataclass(frozen=True, slots=True)
class _Site:
    """A new site, what is known of the one before it, and the way from one to the other."""

    files: Mapping[str, bytes]
    manifest: Manifest
    before: Manifest | None
    found: Survey
    todo: Changes

    def put(self, stage: Stage, *, output: Path, beside: bool, exchange: Exchange) -> bool:
        """Bring the site into the output; True when the folder was replaced as a whole."""
        whole = beside and self._can_be_whole(stage, output=output, exchange=exchange)
        fresh = [*self.todo.added, *self.todo.changed]
        make_folders(stage.site, paths=self.files if whole else fresh)
        if whole:
            link_files(stage.site, paths=self.todo.unchanged, files=self.files, output=output)
        write_files(stage.site, paths=fresh, files=self.files)
        write_manifest(stage.site, manifest=self.manifest)
        if whole and self._swap(stage, output=output, exchange=exchange):
            return True
        replace_in_place(
            stage.site,
            output=output,
            changes=self.todo,
            old=self.before or Manifest({}),
            new=self.manifest,
        )
        return False

    def _can_be_whole(self, stage: Stage, *, output: Path, exchange: Exchange) -> bool:
        if not output.exists():
            return True
        if self.todo.steps <= 1:
            return False  # one step is whole in itself, and spares the making of all folders
        if self.before is not None and not _try_exchange(stage, exchange=exchange):
            return False
        try:
            make_like(stage.site, model=output)
        except OSError:
            return False  # the folder is another's: leave it to them
        return True

    def _swap(self, stage: Stage, *, output: Path, exchange: Exchange) -> bool:
        if self.before is not None:
            carried = carry(self.found.foreign, old=output, new=stage.site)
            return carried and exchange(stage.site, output)
        try:
            stage.site.rename(output)  # over nothing, or over an empty folder
        except OSError:
            if not output.exists():
                raise
            return False
        return True


def _try_exchange(stage: Stage, *, exchange: Exchange) -> bool:
    """Find out whether this disk can exchange folders, before the work of staging all of them."""
    probe = stage.folder / PROBE
    probe.mkdir()
    able = exchange(probe, stage.site)
    probe.rmdir()
    return able


def _require_writable(output: Path) -> None:
    """Raise PermissionError for a folder closed to us, although its parent would let us swap it."""
    if output.exists() and not os.access(output, os.R_OK | os.W_OK | os.X_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), str(output))
