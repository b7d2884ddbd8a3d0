"""Every kind of edit, good and bad, while many read pages and listen to the stream."""

from __future__ import annotations

import json
import random
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.previewing import previewing
from tests.random_edits import Edits
from tests.serve.soak_readers import CLIENT, LONG, Ledger, Reader, started
from tests.serve.test_builder import SMALL

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build

if TYPE_CHECKING:
    from collections.abc import Mapping


def test_every_answer_is_a_whole_page_of_one_build(tmp_path: Path) -> None:
    """No edit tears a page, ends a stream or the server, or is lost; nothing piles up.

    At the end the site is that of a full build, byte for byte, and each stream has told of it.
    """
    for path, text in SMALL.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    edits = Edits(tmp_path, random.Random(7))  # noqa: S311 - the same each time
    ledger = Ledger()
    memory: list[int] = []
    with previewing(tmp_path, "--quiet") as preview:
        readers = started(preview.port, ledger, count=20, pause=0.2)
        for number in range(50):
            edits.make()
            mark = f"mark-{number}"
            text = f"---\nname: {mark}\nheadline: {mark}\n---\n{mark}\n"
            preview.write("content/profile.md", text)
            time.sleep(0.18)
            memory.append(resident(preview.process.pid))
        edits.mend()
        for reader in readers:
            reader.rest()
        site = build(tmp_path, today=Today(now=datetime.now(UTC)), audience=Visibility.PRIVATE)
        assert site.files is not None
        assert (differing(readers[0], site.files), state(readers[0])["failure"]) == ([], "")
        shown = state(readers[0])["build"]
        assert [reader for reader in readers if not reader.heard(shown)] == []
    for reader in readers:
        reader.end()
    assert ledger.faults == []
    assert len(ledger.builds) > 3
    assert ledger.answers[200] > 100
    assert memory[-1] < 1.5 * memory[20]


def differing(reader: Reader, files: Mapping[str, bytes]) -> list[str]:
    """Return the files that are served otherwise than they should be, when that has been waited
    for."""
    until = time.monotonic() + LONG
    while True:
        served = {path: reader.ask(path.removesuffix("index.html")) for path in files}
        found = [p for p, (_, body) in served.items() if CLIENT.sub(b"", body) != files[p]]
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.2)


def state(reader: Reader) -> Any:
    """Return what the preview says of its last attempt."""
    return json.loads(reader.ask("_planfolio/state.json")[1])


def resident(pid: int) -> int:
    """Return the kB of memory that a process holds, where the system tells; else 1."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmRSS:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) if found else 1
