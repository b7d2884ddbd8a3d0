"""Changes of a record made in the bytes of its file, or refused; and the exchange of the file."""

import contextlib
import difflib
import os
import stat
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any

from planfolio.edit.changes import (
    HERE,
    Change,
    Put,
    apply_to_data,
    as_hint,
    as_table,
    as_written,
)
from planfolio.edit.front_matter_text import FileText, FrontMatterText, UneditableError
from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.model.plan import Plan, Record
from planfolio.model.references import Key
from planfolio.model.source_tree import Loc
from planfolio.read.front_matter import split

_PREFIX = ".planfolio-"
"""The reader passes over names that begin with a dot: what a killed run leaves does no harm."""


@dataclass(frozen=True, slots=True)
class FileEdit:
    """The bytes of a file of the plan, before a change and after it.

    `path` is relative to the folder of site.toml.
    """

    path: str
    before: bytes
    after: bytes

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The lines that were written, with their numbers."""
        old, new = self._texts()
        steps = difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        ranges = (range(first, last) for tag, _, _, first, last in steps if tag != "equal")
        return [(index + 1, new[index]) for lines in ranges for index in lines]

    @property
    def deleted(self) -> int:
        """How many lines the file lost."""
        old, new = self._texts()
        return max(0, len(old) - len(new))

    def _texts(self) -> tuple[list[str], list[str]]:
        old, new = (FileText.of(data).text.split("\n") for data in (self.before, self.after))
        return old, new


def edit_record(
    record: Record[Any], changes: Sequence[Change], *, plan: Plan, before: bytes
) -> FileEdit:
    """Change fields of a record in the bytes of its file.

    The result is read again. Raises UsageError, with the place and what to write there, where
    another value would change too, or the file has a shape that cannot be edited.
    """
    path = record.source.path
    file = FileText.of(before)
    layout = FrontMatterText(file, path=path)
    loc = _loc(record, plan=plan, file=file, layout=layout)
    _refuse_defaults(record, changes, loc=loc, layout=layout)
    if layout.is_bare(loc):
        meant: Sequence[Change] = (_of_bare_value(loc, changes, record.kind.shorthand_field),)
    else:
        meant = [replace(change, loc=(*loc, *change.loc)) for change in changes]
    expected = reduce(apply_to_data, meant, as_written(split(file.text, path=path).node))
    try:
        after = file
        for change in meant:
            after = after.spliced(FrontMatterText(after, path=path).splices(change))
        parts = split(after.text, path=path)
        if parts.diagnostics or as_written(parts.node) != expected:
            raise UneditableError(layout.start(meant[0].loc))
    except UneditableError as error:
        raise UsageError(
            f"{path}:{file.line(error.offset)}: this has a form that cannot be changed exactly; "
            "nothing was written",
            hint=as_hint(changes),
        ) from None
    return FileEdit(path, before, after.data)


def write_edit(edit: FileEdit, *, root: Path) -> None:
    """Replace the bytes of a file; for a link, those of its target.

    Mode and owner stay. Raises EnvironmentFailure where the file or its folder cannot be written,
    UsageError where the file has changed since it was read.
    """
    try:
        file = (root / edit.path).resolve(strict=True)
        for place in (file, file.parent):
            # Root may write any file; its mode says what the owner meant.
            if not (os.access(place, os.W_OK) and place.stat().st_mode & 0o222):
                what = "the file" if place == file else "its folder"
                raise EnvironmentFailure(
                    f"{edit.path}: {what} is read-only; nothing was written",
                    hint="make it writable",
                )
        _exchange(file, edit)
        written = file.read_bytes()
    except OSError as error:
        message = f"{edit.path} cannot be written: {error.strerror}"
        raise EnvironmentFailure(message) from None
    if written != edit.after:
        raise EnvironmentFailure(f"{edit.path} was changed by another program at the same time")


def _of_bare_value(loc: Loc, changes: Sequence[Change], shorthand_field: str) -> Change:
    """Return the change of a record that is a single value, or nothing: it becomes a table.

    Under a key the value is that of the kind's shorthand field, else the title of a milestone;
    alone below `milestones` it becomes a list, since a table has titles.
    """
    is_alone, table = loc[-1] == "milestones", as_table(changes)
    key = "title" if is_alone or isinstance(loc[-1], int) else shorthand_field
    table = table if key in table else {key: HERE, **table}
    return Put(loc, [table] if is_alone else table)


def _loc(record: Record[Any], *, plan: Plan, file: FileText, layout: FrontMatterText) -> Loc:
    """Return where a record is in the front matter: at its root, if the file is its own."""
    inside = ("milestones",) if record.inline else ("items",)
    is_listed = record.source.path == f"content/{record.kind.folder}.md"
    if not (record.inline or is_listed):
        return ()
    span = record.source.span()
    offset = file.offset(span.line, span.column)
    loc = next((loc for loc in layout.locs(offset) if loc[-2:-1] == inside), None)
    if loc is not None:
        return loc
    goal = plan.records[Key("goal", record.fields.goal)]
    return (*_loc(goal, plan=plan, file=file, layout=layout), *inside)


def _refuse_defaults(
    record: Record[Any], changes: Sequence[Change], *, loc: Loc, layout: FrontMatterText
) -> None:
    """Refuse to change a part of what a list file says about all of its records."""
    for change in changes:
        field = change.loc[0]
        is_part = len(change.loc) > 1 or not isinstance(change, Put)
        if is_part and loc and not layout.has((*loc, field)):
            entry = record.source.node.find(str(field))
            if entry is not None:
                line = entry.key.span.line
                raise UsageError(
                    f"{record.source.path}:{line}: `{field}` is set there for all "
                    "of the list; nothing was written",
                    hint=f"write a `{field}` of its own for `{record.id}` first",
                )


def _exchange(file: Path, edit: FileEdit) -> None:
    state = file.stat()
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(edit.after)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(PermissionError, AttributeError):  # another's file, or Windows
            os.chown(name, state.st_uid, state.st_gid)
        Path(name).chmod(stat.S_IMODE(state.st_mode))
        if file.read_bytes() != edit.before:
            message = f"{edit.path} was changed meanwhile; nothing was written"
            raise UsageError(message, hint="run it again")
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # not all systems can make a folder durable
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
