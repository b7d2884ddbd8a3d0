"""Somebody who reads an output folder again and again while it is written."""

import os
import threading
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path

from planfolio.output.sitepath import MANIFEST


class Onlooker:
    """Reads an output in a thread, and notes what it should not have seen.

    `version` tells which site the files of a folder (without its manifest) are, or None if they are
    none; `sound` tells for some paths whether a file is as one of the versions has it: such a file
    must be there at every moment. After `with`, `faults` are to be empty, and `versions` are those
    that were seen, `looks` how often.
    """

    def __init__(
        self,
        output: Path,
        *,
        version: Callable[[Mapping[str, bytes]], Hashable | None],
        sound: Mapping[str, Callable[[bytes], bool]],
    ) -> None:
        self.faults: list[str] = []
        self.versions: set[Hashable] = set()
        self.looks = 0
        self._output = output
        self._version = version
        self._sound = sound
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Onlooker":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                for path, sound in self._sound.items():
                    if not sound((self._output / path).read_bytes()):
                        self.faults.append(f"{path} is torn")
                self._read_whole()
            except OSError as error:
                self.faults.append(f"{type(error).__name__}: {error}")
            self.looks += 1

    def _read_whole(self) -> None:
        """A folder that was the output from the first byte read to the last is a whole site.

        One that was replaced meanwhile is on its way out, and what is left of it says nothing.
        """
        folder = os.open(self._output, os.O_RDONLY)
        try:
            try:
                found = _files(folder)
            except FileNotFoundError as error:
                found = {"": str(error).encode()}
            if not os.path.samestat(os.fstat(folder), self._output.stat()):
                return
        finally:
            os.close(folder)
        manifest = found.pop(MANIFEST, None)
        version = self._version(found)
        if manifest is None or version is None:
            self.faults.append(f"a torn site: {sorted(found)}")
        else:
            self.versions.add(version)


def _files(folder: int) -> dict[str, bytes]:
    found = {}
    for above, _folders, names, handle in os.fwalk(".", dir_fd=folder):
        for name in names:
            path = f"{above}/{name}".removeprefix("./")
            file = os.open(name, os.O_RDONLY, dir_fd=handle)
            with os.fdopen(file, "rb") as opened:
                found[path] = opened.read()
    return found
