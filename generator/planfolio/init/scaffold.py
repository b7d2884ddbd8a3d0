"""New plans and new records, written for people to fill in."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, BinaryIO

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from planfolio.model.kinds import Kind
    from planfolio.model.plan import Plan, Record

IGNORED = ("/public/", "/.planfolio/")
"""What git need not keep of a plan: the output and the cache."""

CONTENT = "content/"

_PLAIN = re.compile(r"[^\W\d_][\w ,.()'+/&-]*", re.UNICODE)
_YAML_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_NO_FILE = re.compile(r"readme|con|prn|aux|nul|(com|lpt)[0-9¹²³]")
"""README.md is no record, and Windows has no files of the other names."""

_LONGEST_STEM = 80
_LONGEST_STEM_IN_BYTES = 200
"""Filesystems take 255 bytes a name; `.md` and an editor's leftover have to fit in as well."""

_MOST_IDS = 60
"""Characters of ids that a comment names; of a hundred, the first few show how they look."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a start wrote, and what was there and stayed; paths relative to the folder.

    `left_out` tells that something was left out, because the folder has one of its own: records of
    a plan, or the workflow that publishes it.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    left_out: bool = False


def fill(folder: Path, files: Mapping[str, bytes]) -> Filled:
    """Write the files that a folder does not have; .gitignore gets the lines that it lacks.

    Where content/ holds Markdown of the owner's, no records are added to it. Nothing is ever
    overwritten. Raises EnvironmentFailure where the folder cannot be written.
    """
    own = _has_own_records(folder, files)
    wanted = {path: data for path, data in files.items() if not (own and path.startswith(CONTENT))}
    written: list[str] = []
    kept: list[str] = []
    try:
        for path, data in wanted.items():
            (written if create(folder / path, data) else kept).append(path)
        (written if _ignore(folder / ".gitignore") else kept).append(".gitignore")
    except OSError as error:
        raise EnvironmentFailure(
            f"{error.filename or folder} cannot be written: {error.strerror}"
        ) from None
    return Filled(tuple(written), tuple(kept), left_out=own)


def fill_example(folder: Path, files: Mapping[str, bytes]) -> Filled:
    """Write the example plan; raises UsageError for a folder that has a plan of its own."""
    if _has_own_records(folder, files):
        raise UsageError(
            f"{folder} already has a plan in content/, and the example would mix with it",
            hint="name another folder: planfolio init --example demo",
        )
    return fill(folder, files)


def starter_files(today: date) -> dict[str, bytes]:
    """Return the smallest useful plan by path; its goal is due in the quarter after next."""
    filled = {
        b"due: QUARTER": f"due: {_quarter(today, later=2)}".encode(),
        b"start = TODAY": f"start = {today.isoformat()}".encode(),
    }
    root = resources.files("planfolio") / "starter"
    return {path: _filled(file.read_bytes(), filled) for path, file in _walk(root, "")}


def _filled(data: bytes, filled: Mapping[bytes, bytes]) -> bytes:
    for gap, text in filled.items():
        data = data.replace(gap, text)
    return data


def example_files(content: Path, site: Path) -> dict[str, bytes]:
    """Return the example plan by path."""
    found = {"site.toml": site.read_bytes()}
    for file in sorted(content.rglob("*")):
        inside = file.relative_to(content)
        if file.is_file() and not any(part.startswith(".") for part in inside.parts):
            found[CONTENT + inside.as_posix()] = file.read_bytes()
    return found


def new_record(kind: Kind, title: str, *, plan: Plan, today: date) -> tuple[str, str]:
    """Return path and text of a new record.

    Raises UsageError where the title is no line of text, gives no file name, or names a record that
    there is. A skill that a role asks for and that has no record gets the id that the role uses.
    """
    title = _one_line(title)
    id_ = _stem(title, kind)
    records: Iterable[Record[Any]] = plan.of(kind.name).values()
    there = next((r for r in records if kind.singleton or slug(r.id) == slug(id_)), None)
    if there is not None and not there.implied:
        what = "a plan has one" if kind.singleton else "give the new one another title"
        raise UsageError(
            f"there is already the {kind.name} `{there.id}` in {there.source.path}", hint=what
        )
    if there is not None:
        id_ = there.id
    path = f"{CONTENT}{kind.name}.md" if kind.singleton else f"{CONTENT}{kind.folder}/{id_}.md"
    ids = {other.plural: _some_ids(other, plan) for other in plan.kinds}
    dates = {"today": today.isoformat(), "quarter": _quarter(today, later=1)}
    front = kind.starter.format(**dates, **ids)
    return path, f"---\ntitle: {_quoted(title)}\n{front}---\n"


def list_file(kind: Kind, *, plan: Plan) -> str | None:
    """Return the path of the list file that holds records of a kind, if the plan has one."""
    path = f"{CONTENT}{kind.folder}.md"
    return path if any(r.source.path == path for r in plan.of(kind.name).values()) else None


def create(file: Path, data: bytes) -> bool:
    """Write a file that is not there yet, whole or not at all; tell if it was written.

    Raises EnvironmentFailure where it cannot be.
    """
    for above in file.parents:
        if above.exists() and not above.is_dir():
            raise EnvironmentFailure(
                f"{above} is a file, and a folder is needed there", hint="move it away"
            )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            _write_or_remove(stream, data, file)
    except FileExistsError:
        return False
    except OSError as error:
        raise EnvironmentFailure(
            f"{error.filename or file} cannot be written: {error.strerror}"
        ) from None
    return True


def _write_or_remove(stream: BinaryIO, data: bytes, file: Path) -> None:
    try:
        stream.write(data)
        stream.flush()
    except OSError:
        file.unlink(missing_ok=True)
        raise


def _has_own_records(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Tell whether content/ holds Markdown that is none of the files to write."""
    try:
        found = [file.relative_to(folder) for file in (folder / CONTENT).rglob("*.md")]
    except OSError:
        return False
    return any(path.as_posix() not in files and not path.name.startswith(".") for path in found)


def _ignore(file: Path) -> bool:
    """Add what is missing to .gitignore, in its own line ends; tell if anything was."""
    data = file.read_bytes() if file.exists() else b""
    there = {line.strip().strip(b"/") for line in data.splitlines()}
    missing = [line for line in IGNORED if line.strip("/").encode() not in there]
    if not missing:
        return False
    end = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if not data or data.endswith(b"\n") else end
    with file.open("ab") as stream:
        stream.write(gap + b"".join(line.encode() + end for line in missing))
    return True


def _walk(folder: Traversable, below: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _walk(entry, f"{below}{entry.name}/")
        else:
            yield below + entry.name, entry


def _quarter(today: date, *, later: int) -> str:
    """Return the quarter that is so many after today's: `2027-Q1`."""
    quarters = today.year * 4 + (today.month - 1) // 3 + later
    return f"{quarters // 4}-Q{quarters % 4 + 1}"


def _one_line(title: str) -> str:
    title = unicodedata.normalize("NFC", title.strip())
    if any(unicodedata.category(char) in {"Cc", "Cs", "Cn", "Zl", "Zp"} for char in title):
        raise UsageError(f"the title {title!r} holds what is no text", hint="write it as one line")
    return title


def _stem(title: str, kind: Kind) -> str:
    """Return the id that a title gives: its slug, cut between words where it is long."""
    stem = slug(title)
    if not stem:
        raise UsageError(f"the title {title!r} has no letter or digit to name a file by")
    while len(stem) > _LONGEST_STEM or len(stem.encode()) > _LONGEST_STEM_IN_BYTES:
        shorter, hyphen, _ = stem.rpartition("-")
        stem = shorter if hyphen else stem[:-1]
    return f"{stem}-{kind.name}" if _NO_FILE.fullmatch(stem) else stem


def _some_ids(kind: Kind, plan: Plan) -> str:
    """Return ids of a kind for a comment, skills that roles ask for first, and how many more."""
    asked = {skill for role in plan.roles.values() for skill in role.fields.requires}
    ids = sorted(
        (id_ for id_ in plan.of(kind.name) if id_.isprintable()), key=lambda i: i not in asked
    )
    shown: list[str] = []
    for id_ in ids:
        if shown and len(", ".join([*shown, id_])) > _MOST_IDS:
            break
        shown.append(id_)
    more = len(ids) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "") or "none yet"


def _quoted(title: str) -> str:
    if _PLAIN.fullmatch(title) and title.casefold() not in _YAML_WORDS:
        return title
    quoted = json.dumps(title, ensure_ascii=False)
    # What YAML does not take as it is (a byte order mark, a noncharacter) it takes spelt out.
    return "".join(c if c.isprintable() or c == " " else _spelt(c) for c in quoted)


def _spelt(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
