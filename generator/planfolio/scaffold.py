"""New plans and new records, written for people to fill in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from planfolio.exceptions import Hindrance, Misuse
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from planfolio.kinds import Kind
    from planfolio.plan import Plan

IGNORED = ("/public/", "/.planfolio/")
"""What git need not keep of a plan: the output and the cache."""

_PLAIN = re.compile(r"[^\W\d_][\w ,.()'+/&-]*", re.UNICODE)
_YAML_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a start wrote, and what was there and stayed; paths relative to the folder."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def fill(folder: Path, files: Mapping[str, bytes]) -> Filled:
    """Write the files that a folder does not have; .gitignore gets the lines that it lacks.

    Raises Hindrance where the folder cannot be written.
    """
    written: list[str] = []
    kept: list[str] = []
    try:
        for path, data in files.items():
            target = folder / path
            if target.exists() or target.is_symlink():
                kept.append(path)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            written.append(path)
        (written if _ignore(folder / ".gitignore") else kept).append(".gitignore")
    except OSError as error:
        raise Hindrance(f"{error.filename or folder} cannot be written: {error.strerror}") from None
    return Filled(tuple(written), tuple(kept))


def starter_files(today: date) -> dict[str, bytes]:
    """Return the smallest useful plan by path; its goal is due at the end of the quarter after next."""
    quarter = (today.month - 1) // 3 + 2
    due = f"{today.year + quarter // 4}-Q{quarter % 4 + 1}"
    files = {}
    root = resources.files("planfolio") / "starter"
    for path, file in _walk(root, ""):
        files[path] = file.read_bytes().replace(b"due: DUE", f"due: {due}".encode())
    return files


def example_files(content: Path, site: Path) -> dict[str, bytes]:
    """Return the example plan by path."""
    found = {"site.toml": site.read_bytes()}
    for file in sorted(content.rglob("*")):
        if file.is_file():
            found[f"content/{file.relative_to(content).as_posix()}"] = file.read_bytes()
    return found


def new_record(kind: Kind, title: str, *, plan: Plan, today: date) -> tuple[str, str]:
    """Return path and text of a new record; raises Misuse where its name is taken or gives none."""
    id_ = slug(title)
    if not id_:
        raise Misuse(f"the title {title!r} has no letter or digit to name a file by")
    path = f"content/{kind.name}.md" if kind.single else f"content/{kind.folder}/{id_}.md"
    known = {slug(name): record for name, record in plan.of(kind.name).items()}
    taken = known.get(id_) if not kind.single else next(iter(known.values()), None)
    if taken is not None and not taken.implied:
        raise Misuse(
            f"there is already the {kind.name} `{taken.id}` in {taken.source.path}",
            hint="give the new one another title",
        )
    ids = {other.plural: ", ".join(plan.of(other.name)) or "none yet" for other in plan.kinds}
    front = kind.starter.format(today=today.isoformat(), **ids)
    return path, f"---\ntitle: {_quoted(title)}\n{front}---\n"


def _walk(folder: Traversable, below: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _walk(entry, f"{below}{entry.name}/")
        else:
            yield below + entry.name, entry


def _ignore(file: Path) -> bool:
    text = file.read_text("utf-8") if file.exists() else ""
    missing = [line for line in IGNORED if line not in text.splitlines()]
    if not missing:
        return False
    gap = "" if not text or text.endswith("\n") else "\n"
    file.write_text(text + gap + "".join(f"{line}\n" for line in missing), "utf-8")
    return True


def _quoted(title: str) -> str:
    plain = _PLAIN.fullmatch(title) and title.casefold() not in _YAML_WORDS
    return title if plain and title == title.strip() else json.dumps(title, ensure_ascii=False)
