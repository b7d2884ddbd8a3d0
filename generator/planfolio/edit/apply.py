"""Changes of a record made in the bytes of its file, or refused."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from planfolio.edit.changes import HERE, Change, Put, as_table, as_written, below, by_hand, changed
from planfolio.edit.file_edit import FileEdit, FileText
from planfolio.edit.front_matter_text import BeyondEditError, FrontMatterText
from planfolio.exceptions import UsageError
from planfolio.model.references import Key
from planfolio.model.source_tree import Loc, MappingNode
from planfolio.read.front_matter import split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.model.plan import Plan, Record


def edit_record(
    record: Record[Any], changes: Sequence[Change], *, plan: Plan, before: bytes
) -> FileEdit:
    """Change fields of a record in the bytes of its file.

    The result is read again. Raises UsageError with the place and what to write there where
    anything but the meant values came out another, or the shape is beyond it.
    """
    path = record.source.path
    file = FileText.of(before)
    layout = FrontMatterText(file, path=path)
    way = _way(record, plan=plan, file=file, layout=layout)
    _refuse_defaults(record, changes, way=way, layout=layout)
    if layout.is_bare(way):
        meant: Sequence[Change] = (_of_bare_value(way, changes, record.kind.shorthand_field),)
    else:
        meant = below(way, changes)
    said = reduce(changed, meant, as_written(split(file.text, path=path).node))
    try:
        after = _spliced(file, meant, path)
        parts = split(after.text, path=path)
        if parts.diagnostics or as_written(parts.node) != said:
            raise BeyondEditError(layout.start(meant[0].way))
    except BeyondEditError as error:
        raise UsageError(
            f"{path}:{file.line(error.offset)}: this has a form that cannot be changed exactly; "
            "nothing was written",
            hint=by_hand(changes),
        ) from None
    return FileEdit(path, before, after.data)


def _of_bare_value(way: Loc, changes: Sequence[Change], shorthand_field: str) -> Change:
    """Return the change of a record that is a single value, or nothing: it becomes a table.

    The value is that of the field which stands for the record where it is under a key, else the
    title of a milestone; alone below `milestones` it becomes a list, since a table has titles.
    """
    is_alone, table = way[-1] == "milestones", as_table(changes)
    key = "title" if is_alone or isinstance(way[-1], int) else shorthand_field
    table = table if key in table else {key: HERE, **table}
    return Put(way, [table] if is_alone else table)


def _spliced(file: FileText, changes: Sequence[Change], path: str) -> FileText:
    for change in changes:
        file = file.spliced(FrontMatterText(file, path=path).splices(change))
    return file


def _way(record: Record[Any], *, plan: Plan, file: FileText, layout: FrontMatterText) -> Loc:
    """Return the way from the root of the front matter to a record: none to one of its own."""
    inside = ("milestones",) if record.inline else ("items",)
    is_listed = record.source.path == f"content/{record.kind.folder}.md"
    if not (record.inline or is_listed):
        return ()
    span = record.source.span()
    offset = file.offset(span.line, span.column)
    way = next((way for way in layout.ways(offset) if way[-2:-1] == inside), None)
    if way is not None:
        return way
    goal = plan.records[Key("goal", record.fields.goal)]
    return (*_way(goal, plan=plan, file=file, layout=layout), *inside)


def _refuse_defaults(
    record: Record[Any], changes: Sequence[Change], *, way: Loc, layout: FrontMatterText
) -> None:
    """Refuse to change a part of what a list file says about all of its records."""
    for change in changes:
        field = change.way[0]
        is_part = len(change.way) > 1 or not isinstance(change, Put)
        if is_part and way and not layout.has((*way, field)):
            node = record.source.node
            entry = node.find(str(field)) if isinstance(node, MappingNode) else None
            if entry is not None:
                line = entry.key.span.line
                raise UsageError(
                    f"{record.source.path}:{line}: `{field}` stands there for all "
                    "of the list; nothing was written",
                    hint=f"write a `{field}` of its own for `{record.id}` first",
                )
