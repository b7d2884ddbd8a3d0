"""What the preview tells of sources: the lines of findings, and the pages of what was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.read.files import lines_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.plan import Plan, Record


class SourceLines:
    """The lines of the files that findings are about, read when they are first asked for.

    No other file is ever opened. What cannot be read has no lines.
    """

    def __init__(self, root: Path, diagnostics: Collection[Diagnostic]) -> None:
        self._root = root
        self._paths = frozenset(found.path for found in diagnostics)
        self._read: dict[str, Sequence[str]] = {}

    def __call__(self, path: str) -> Sequence[str]:
        """Return the lines of a file by its path from the folder of site.toml."""
        if path not in self._paths:
            return ()
        if path not in self._read:
            self._read[path] = lines_of(path, root=self._root)
        return self._read[path]


def saved_pages(plan: Plan, *, before: Plan, paths: Collection[str], root: Path) -> tuple[str, ...]:
    """Return the pages of the records whose files changed, the last saved first.

    `paths` are those of the changed files, from the folder of site.toml. Of a file that lists
    records only those are meant that say something else than `before`, and without any the page of
    the list.
    """
    written: dict[str, list[Record[Any]]] = {}
    for record in plan.records.values():
        if record.source.path in paths and not (record.inline or record.implied):
            written.setdefault(record.source.path, []).append(record)
    pages: dict[str, None] = {}
    for path in sorted(written, key=lambda path: _saved_at(root / path), reverse=True):
        records = written[path]
        if len(records) > 1:
            records = [r for r in records if not _is_as_before(r, before)]
            pages.update((r.url, None) for r in records or ())
            if not records:
                pages[written[path][0].kind.index] = None
        else:
            pages[records[0].url] = None
    return tuple(pages)


def _is_as_before(record: Record[Any], before: Plan) -> bool:
    earlier = before.records.get(record.key)
    return earlier is not None and earlier.fields == record.fields


def _saved_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def changed_paths(now: Mapping[str, bytes], before: Mapping[str, bytes]) -> list[str]:
    """Return the files whose hash is another than before, those that are new among them."""
    return [path for path, digest in now.items() if before.get(path) != digest]
