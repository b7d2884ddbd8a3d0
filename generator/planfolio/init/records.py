"""New records, written for people to fill in."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from planfolio.exceptions import UsageError
from planfolio.init.scaffold import CONTENT_PREFIX, quarter_after
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from planfolio.model.kinds import Kind
    from planfolio.model.plan import Plan, Record

_PLAIN = re.compile(r"[^\W\d_][\w ,.()'+/&-]*", re.UNICODE)
_YAML_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_NO_FILE = re.compile(r"readme|con|prn|aux|nul|(com|lpt)[0-9¹²³]")
"""README.md is no record, and Windows allows no files of the other names."""

_LONGEST_STEM = 80
_LONGEST_STEM_IN_BYTES = 200
"""Filesystems take names of 255 bytes, which leaves room for `.md` and editors' suffixes."""

_MOST_IDS = 60
"""Characters of ids that a comment lists."""


def new_record(kind: Kind, title: str, *, plan: Plan, today: date) -> tuple[str, str]:
    """Return path and text of a new record.

    A skill that a role requires and that has no record gets the id that the role uses. Raises
    UsageError for a title that is not a line of text, gives no file name, or is an existing record.
    """
    title = unicodedata.normalize("NFC", title.strip())
    if any(unicodedata.category(char) in {"Cc", "Cs", "Cn", "Zl", "Zp"} for char in title):
        raise UsageError(f"the title {title!r} has control characters", hint="write it as one line")
    id_ = _stem(title, kind)
    records: Iterable[Record[Any]] = plan.of(kind.name).values()
    existing = next((r for r in records if kind.singleton or slug(r.id) == slug(id_)), None)
    if existing is not None and not existing.implied:
        raise UsageError(
            f"the {kind.name} `{existing.id}` exists already in {existing.source.path}",
            hint="a plan has one" if kind.singleton else "give the new record another title",
        )
    if existing is not None:
        id_ = existing.id
    name = kind.name if kind.singleton else f"{kind.folder}/{id_}"
    path = f"{CONTENT_PREFIX}{name}.md"
    ids = {other.plural: _some_ids(other, plan) for other in plan.kinds}
    dates = {"today": today.isoformat(), "quarter": quarter_after(today, quarters=1)}
    front = kind.starter.format(**dates, **ids)
    return path, f"---\ntitle: {_quoted(title)}\n{front}---\n"


def list_file(kind: Kind, *, plan: Plan) -> str | None:
    """Return the path of the file that lists records of a kind, if the plan has one."""
    path = f"{CONTENT_PREFIX}{kind.folder}.md"
    return path if any(r.source.path == path for r in plan.of(kind.name).values()) else None


def _stem(title: str, kind: Kind) -> str:
    """Return the id for a title: its slug, cut between words where it is long."""
    stem = slug(title)
    if not stem:
        raise UsageError(f"the title {title!r} has no letter or digit for a file name")
    while len(stem) > _LONGEST_STEM or len(stem.encode()) > _LONGEST_STEM_IN_BYTES:
        shorter, hyphen, _ = stem.rpartition("-")
        stem = shorter if hyphen else stem[:-1]
    return f"{stem}-{kind.name}" if _NO_FILE.fullmatch(stem) else stem


def _some_ids(kind: Kind, plan: Plan) -> str:
    """Return ids of a kind for a comment, required skills first, and the count of the others."""
    required = {skill for role in plan.roles.values() for skill in role.fields.requires}
    ids = [id_ for id_ in plan.of(kind.name) if id_.isprintable()]
    ids.sort(key=lambda id_: id_ not in required)
    shown: list[str] = []
    for id_ in ids:
        if shown and len(", ".join([*shown, id_])) > _MOST_IDS:
            break
        shown.append(id_)
    more = len(ids) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "") or "none yet"


def _quoted(title: str) -> str:
    """Return a title as a YAML scalar, quoted where YAML would read it as something else."""
    if _PLAIN.fullmatch(title) and title.casefold() not in _YAML_WORDS:
        return title
    quoted = json.dumps(title, ensure_ascii=False)
    # YAML reads the escapes of Python, and not all other characters as they are.
    escape = "unicode_escape"
    return "".join(c if c.isprintable() else c.encode(escape).decode() for c in quoted)
