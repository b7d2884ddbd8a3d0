"""Changes a record in its file; every command that writes to a plan goes this way.

    check -> find -> edit -> check again -> write

Nothing is written where the file has errors, or where the plan would have new ones.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from planfolio.edit.arguments import find_record
from planfolio.edit.file_edit import FileEdit, write_edit
from planfolio.exceptions import PlanfolioError, UsageError
from planfolio.model.diagnostics import Diagnostic, new_diagnostics
from planfolio.model.plan import Record
from planfolio.names import folded
from planfolio.pipeline import CheckResult, Sources, Today, check, read
from planfolio.read.documents import parse_files
from planfolio.read.files import SourceFile


class ChangeResult(NamedTuple):
    """What was written for a record, and the plan as it is now."""

    record: Record[Any]
    edit: FileEdit
    check: CheckResult


class ChangeRefusedError(PlanfolioError):
    """Nothing was written, because of errors that the plan has or would have."""

    exit_code = 1

    def __init__(self, errors: Sequence[Diagnostic], message: str) -> None:
        super().__init__(message)
        self.errors = errors


def change_record(
    name: str,
    edit: Callable[[Record[Any], CheckResult, bytes], FileEdit],
    *,
    kinds: Sequence[str],
    root: Path,
    today: Today,
) -> ChangeResult:
    """Change the file of the record that a name means, among the records of some kinds.

    `edit` is given the record, the check of the plan and the bytes of the file. Raises
    ChangeRefusedError, UsageError for a name of none or of several records, and what `edit` raises.
    """
    sources = read(root)
    before = check(sources, today=today)
    record = _found(name, before, kinds=kinds)
    path = record.source.path
    faults = [found for found in before.errors if found.path == path]
    if faults:
        raise ChangeRefusedError(faults, f"{path} has errors: nothing was written.")
    made = edit(record, before, (root / path).read_bytes())
    after = check(_with_bytes(sources, path, made.after), today=today)
    if new := new_diagnostics(after.errors, before=before.errors):
        raise ChangeRefusedError(new, "The plan would have these errors: nothing was written.")
    write_edit(made, root=root)
    return ChangeResult(record, made, after)


def _found(name: str, checked: CheckResult, *, kinds: Sequence[str]) -> Record[Any]:
    try:
        return find_record(name, plan=checked.plan, kinds=kinds)
    except UsageError:
        stem = folded(name.rpartition("/")[2])
        faults = [found for found in checked.errors if folded(Path(found.path).stem) == stem]
        if faults:
            message = "The file cannot be read: nothing was written."
            raise ChangeRefusedError(faults, message) from None
        raise


def _with_bytes(sources: Sources, path: str, data: bytes) -> Sources:
    """Return what would have been read if the file at `path` held these bytes."""
    documents = sources.documents
    markdown = tuple(
        parse_files([(SourceFile(old.content_path, "", path), data)])[0]
        if old.path == path
        else old
        for old in documents.markdown
    )
    return sources._replace(documents=documents._replace(markdown=markdown))
