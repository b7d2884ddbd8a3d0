"""Single fields of a record taken away, as if they had not been written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from planfolio.model.source_tree import MappingNode

if TYPE_CHECKING:
    from collections.abc import Collection

    from planfolio.model.kinds.fields import Fields
    from planfolio.model.plan import Record
    from planfolio.model.settings import Settings

F = TypeVar("F", bound="Fields")


def without_fields(
    record: Record[Any], hidden: Collection[str], *, capacity: bool, site: Settings
) -> Record[Any]:
    """Return a record without the fields (as written) of `hidden`; the same if it has none.

    Without the `capacity` of the plan an effort in weeks is no number of hours any more, so that
    it goes too: its hours would tell those of a week.
    """
    fields = record.fields
    effort = getattr(fields, "effort", None)
    if effort is not None and effort.in_weeks and not capacity:
        hidden = {*hidden, "effort"}
    gone = {
        name
        for name, info in type(fields).model_fields.items()
        if name in fields.model_fields_set and (info.alias or name) in hidden
    }
    if not gone:
        return record
    left = _unset(fields, gone)
    title = record.title
    if record.kind.singleton and "name" in gone and title == fields.name:
        # The profile is called by its name where it has no title.
        title = site.title
        left = left.model_copy(update={"title": title})
    return replace(record, fields=left, title=title, source=_without_entries(record, hidden))


def _unset(fields: F, gone: Collection[str]) -> F:
    model = type(fields)
    kept = {name: getattr(fields, name) for name in model.model_fields if name not in gone}
    defaults = {
        name: model.model_fields[name].get_default(call_default_factory=True) for name in gone
    }
    return model.model_construct(
        _fields_set=fields.model_fields_set - set(gone),
        **{_key(model, name): value for name, value in (kept | defaults).items()},
    )


def _key(model: type[Fields], name: str) -> str:
    return model.model_fields[name].alias or name


def _without_entries(record: Record[Any], hidden: Collection[str]) -> Any:
    node = record.source.node
    if record.implied or not isinstance(node, MappingNode):
        return record.source
    entries = tuple(entry for entry in node.entries if entry.key.text not in hidden)
    return replace(record.source, node=MappingNode(entries, node.span))
