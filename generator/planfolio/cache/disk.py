"""Bytes by key in a file, for the next process.

The file is a database of SQLite. It may be deleted at any time, by anyone; what is in it is checked
before it is believed; and if it cannot be read or written, all goes on without it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(".planfolio") / "cache"
"""Where a plan's cache is, beside site.toml."""

_FILE = "build.sqlite"

SPARE = 32_000_000
"""How many bytes are kept beside three times what the last process used."""

_WAIT = 1.0
"""Seconds to wait for another process that writes."""

_SCHEMA = "CREATE TABLE kept (key BLOB PRIMARY KEY, sum BLOB, used INTEGER, data BLOB)"


class Store:
    """The bytes that are kept beside a plan. Nothing here raises for what a disk does.

    Nothing is written before `save`, which also forgets what was not used for long.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self._file = self._folder / _FILE
        self._used: dict[bytes, int] = {}
        self._new: dict[bytes, bytes] = {}
        self._broken = False
        self._reading = self._open()

    def get(self, key: bytes) -> bytes | None:
        """Return the bytes of a key, if they are there and sound."""
        if key in self._new:
            return self._new[key]
        if self._reading is None:
            return None
        try:
            row = self._reading.execute(
                "SELECT sum, data FROM kept WHERE key = ?", (key,)
            ).fetchone()
        except (sqlite3.Error, OverflowError, UnicodeError):
            self._give_up()
            return None
        if row is None:
            return None
        total, data = row
        if not isinstance(data, bytes) or total != self._sum(key, data):
            self._broken = True
            return None
        self._used[key] = len(data)
        return data

    def put(self, key: bytes, data: bytes) -> None:
        """Keep bytes, from `save` on for other processes too."""
        self._new[key] = data
        self._used[key] = len(data)

    def save(self) -> None:
        """Write what is new, and close."""
        if self._reading is not None:
            with suppress(sqlite3.Error):
                self._reading.close()
            self._reading = None
        if not self._new:
            return
        with suppress(OSError, sqlite3.Error):
            self._write()

    def _open(self) -> sqlite3.Connection | None:
        if not self._is_plain() or not self._file.is_file():
            return None
        try:
            connection = _connected(self._file, mode="ro")
        except sqlite3.Error:
            return None
        try:
            if _is_ours(connection) and self._is_at_home(connection):
                return connection
        except sqlite3.OperationalError as error:
            # Another process that writes is no reason to throw away what it wrote.
            self._broken = error.sqlite_errorcode not in (
                sqlite3.SQLITE_BUSY,
                sqlite3.SQLITE_LOCKED,
            )
        except (sqlite3.Error, UnicodeError):
            self._broken = True
        else:
            self._broken = True
        connection.close()
        return None

    def _give_up(self) -> None:
        self._broken = True
        if self._reading is not None:
            with suppress(sqlite3.Error):
                self._reading.close()
        self._reading = None

    def _is_plain(self) -> bool:
        """Tell whether the cache is where it seems to be: a link could lead to any file."""
        places = (self._folder.parent, self._folder, self._file)
        return not any(place.is_symlink() for place in places)

    def _write(self) -> None:
        if not self._is_plain():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        ignore = self._folder.parent / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", "utf-8")
        if self._broken:
            self._file.unlink(missing_ok=True)
        with closing(_connected(self._file, mode="rwc")) as connection, connection:
            # A crash of the machine may tear the file: the sums would tell.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT name FROM sqlite_schema").fetchall():
                connection.execute(_SCHEMA)
                self._put(connection, {_HOME: self._home()}, round_=0)
            elif not _is_ours(connection):
                return
            newest = connection.execute("SELECT max(used) FROM kept").fetchone()[0] or 0
            self._put(connection, self._new, round_=newest + 1)
            connection.executemany(
                "UPDATE kept SET used = ? WHERE key = ?", [(newest + 1, key) for key in self._used]
            )
            self._forget(connection)

    def _put(
        self, connection: sqlite3.Connection, entries: Mapping[bytes, bytes], *, round_: int
    ) -> None:
        connection.executemany(
            "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)",
            [(key, self._sum(key, data), round_, data) for key, data in entries.items()],
        )

    def _forget(self, connection: sqlite3.Connection) -> None:
        """Delete what was not used for longest, so that the file does not grow without end."""
        room = 3 * sum(self._used.values()) + SPARE
        rows = connection.execute(
            "SELECT key, length(data) FROM kept WHERE key != ? ORDER BY used DESC, key", (_HOME,)
        )
        old = []
        for key, size in rows:
            room -= size
            if room < 0 and key not in self._used:
                old.append((key,))
        connection.executemany("DELETE FROM kept WHERE key = ?", old)

    def _is_at_home(self, connection: sqlite3.Connection) -> bool:
        row = connection.execute("SELECT data FROM kept WHERE key = ?", (_HOME,)).fetchone()
        return row is not None and row[0] == self._home()

    def _home(self) -> bytes:
        """Return what tells this file from one that came with a copy of the plan.

        Whoever sends a plan could send pages of their own making in its cache; they cannot know
        where on this disk it will lie.
        """
        stat = self._file.stat()
        said = f"{self._file.absolute()} {stat.st_dev} {stat.st_ino}"
        return hashlib.sha256(said.encode(errors="surrogateescape")).digest()

    @staticmethod
    def _sum(key: bytes, data: bytes) -> bytes:
        return hashlib.sha256(key + data).digest()


_HOME = b"home"


def _connected(file: Path, *, mode: str) -> sqlite3.Connection:
    name = quote(os.fsencode(file.absolute()))
    connection = sqlite3.connect(
        f"file:{name}?mode={mode}", uri=True, timeout=_WAIT, isolation_level=None
    )
    # The file is not to be trusted: nothing in it may act.
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Tell whether the file holds our table and nothing else: no view, no trigger."""
    found = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return found == [(_SCHEMA,)]
