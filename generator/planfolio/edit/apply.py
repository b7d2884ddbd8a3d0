"""Changes of a record made in the bytes of its file, or refused."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from planfolio.edit.changes import (
    HERE,
    Change,
    Put,
    apply_to_data,
    as_hint,
    as_table,
    as_written,
    relocated,
)
from planfolio.edit.file_edit import FileEdit, FileText
from planfolio.edit.front_matter_text import FrontMatterText, UneditableError
from planfolio.exceptions import UsageError
from planfolio.model.plan import Plan, Record
from planfolio.model.references import Key
from planfolio.model.source_tree import Loc, MappingNode
from planfolio.read.front_matter import split


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
        meant = relocated(loc, changes)
    expected = reduce(apply_to_data, meant, as_written(split(file.text, path=path).node))
    try:
        after = _spliced(file, meant, path)
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


def _of_bare_value(loc: Loc, changes: Sequence[Change], shorthand_field: str) -> Change:
    """Return the change of a record that is a single value, or nothing: it becomes a table.

    Under a key the value is that of the kind's shorthand field, else the title of a milestone;
    alone below `milestones` it becomes a list, since a table has titles.
    """
    is_alone, table = loc[-1] == "milestones", as_table(changes)
    key = "title" if is_alone or isinstance(loc[-1], int) else shorthand_field
    table = table if key in table else {key: HERE, **table}
    return Put(loc, [table] if is_alone else table)


def _spliced(file: FileText, changes: Sequence[Change], path: str) -> FileText:
    for change in changes:
        file = file.spliced(FrontMatterText(file, path=path).splices(change))
    return file


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
            node = record.source.node
            entry = node.find(str(field)) if isinstance(node, MappingNode) else None
            if entry is not None:
                line = entry.key.span.line
                raise UsageError(
                    f"{record.source.path}:{line}: `{field}` is set there for all "
                    "of the list; nothing was written",
                    hint=f"write a `{field}` of its own for `{record.id}` first",
                )
