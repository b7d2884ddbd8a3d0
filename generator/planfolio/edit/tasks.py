"""A mark of a checklist, set or taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planfolio.edit.file_edit import FileEdit, FileText, Splice
from planfolio.exceptions import NothingToChange, UsageError
from planfolio.markdown import Compiler
from planfolio.read.front_matter import split
from planfolio.spelling import folded, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.model.body import Task
    from planfolio.model.plan import Record

_MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+\[(?P<mark>[^\]\n]{0,3})\](?=\s)")


def tick_item(record: Record[Any], item: str, *, undo: bool, before: bytes) -> FileEdit:
    """Set the mark of an item of a record's checklist, or with `undo` take it away.

    `item` is the text of a leaf as pages show it, or its number, from 1. Raises UsageError for an
    item that is not there or there twice, and NothingToChange.
    """
    path = record.source.path
    task = _leaf(record, item)
    if task.done != undo:
        raise NothingToChange(f"{quoted(task.text)} is {'done' if task.done else 'open'} already")
    file = FileText.of(before)
    line = record.source.body_line - 1 + task.span.line
    start = file.offset(line, task.span.column)
    mark = _MARK.search(file.text, start)
    if mark is None or file.line(mark.start()) != line:
        raise _beyond(path, line, undo=undo)
    after = file.spliced([Splice(*mark.span("mark"), " " if undo else "x")])
    tasks = Compiler().compile(split(after.text, path=path).body).tasks
    at = record.body.tasks.index(task)
    rest = [(other.text, other.span.line, other.done) for other in record.body.tasks]
    rest[at] = (task.text, task.span.line, not undo)
    if [(other.text, other.span.line, other.done) for other in tasks] != rest:
        raise _beyond(path, line, undo=undo)
    return FileEdit(path, before, after.data)


def _leaf(record: Record[Any], item: str) -> Task:
    leaves = [task for task in record.body.tasks if task.leaf]
    if not leaves:
        hint = "a checklist stands in the body of a file of its own"
        if record.source.body_line > 1:
            hint = f"write `- [ ] ITEM` in {record.source.path}"
        raise UsageError(f"{quoted(record.id)} has no checklist", hint=hint)
    found = [task for task in leaves if folded(task.text) == folded(item)]
    if not found:
        found = [task for at, task in enumerate(leaves, 1) if str(at) == item.strip()]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = [str(at) for at, task in enumerate(leaves, 1) if task in found]
        message = f"the text {quoted(item)} stands there {len(found)} times"
        raise UsageError(message, hint=f"write its number: {', '.join(numbers)}")
    whole = next((t for t in record.body.tasks if folded(t.text) == folded(item)), None)
    if whole is not None:
        why = "is cancelled" if whole.cancelled else "has items under it, which count"
        raise UsageError(f"{quoted(item)} {why}", hint=_listed(leaves))
    raise UsageError(
        f"there is no item {quoted(item)} in {quoted(record.id)}", hint=_listed(leaves)
    )


def _listed(leaves: Sequence[Task]) -> str:
    few = ", ".join(f"{at} {quoted(task.text)}" for at, task in enumerate(leaves[:8], 1))
    return f"the items are {few}" + (", …" if len(leaves) > 8 else "")


def _beyond(path: str, line: int, *, undo: bool) -> UsageError:
    message = f"{path}:{line}: this mark cannot be changed without more; nothing was written"
    return UsageError(message, hint=f"write [{' ' if undo else 'x'}] there")
