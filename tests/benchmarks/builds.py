"""Two plans that differ, their sites, and `planfolio build` in a process of its own."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.plans import write_plan

import planfolio
from planfolio.output.sitepath import MANIFEST

_RECORDS = 40


@dataclass(frozen=True, slots=True)
class Plans:
    """Two plans below a folder, and the output that both are built into."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> "Plans":
        """Write both plans: every page of theirs differs, and each has one that the other lacks.

        What a run before has written there is used again.
        """
        for name in ("one", "two"):
            if (folder / name).exists():
                continue
            write_plan(folder / name, _RECORDS)
            site = folder / name / "site.toml"
            site.write_text(site.read_text("utf-8").replace("Many", f"Plan {name}"), "utf-8")
            own = folder / name / f"content/goals/only-{name}.md"
            own.write_text(f"---\ntitle: Only in {name}\n---\nWords.\n", "utf-8")
        return cls(folder)

    @property
    def output(self) -> Path:
        """The folder that is written, read and watched."""
        return self.folder / "public"

    def command(self, name: str, output: Path | None = None) -> list[str]:
        """Return the command that builds a plan."""
        site, target = str(self.folder / name), str(output or self.output)
        return [sys.executable, "-m", "planfolio", "build", "--site", site, "-o", target]

    def run(self, name: str, output: Path | None = None) -> "Ended":
        """Build a plan."""
        done = subprocess.run(
            self.command(name, output),
            check=False,
            capture_output=True,
            text=True,
            env=environment(),
        )
        return Ended(done.returncode, done.stderr)

    def sites(self) -> dict[str, Mapping[str, bytes]]:
        """Return the files of both sites, each from a build of its own."""
        found: dict[str, Mapping[str, bytes]] = {}
        for name in ("one", "two"):
            output = self.folder / f"site-{name}"
            ended = None if output.exists() else self.run(name, output=output)
            if ended is not None and ended.code:
                raise RuntimeError(ended.said)
            found[name] = tree(self.folder / f"site-{name}")
        return found

    def versions(self) -> Callable[[Mapping[str, bytes]], str | None]:
        """Return what tells whose site some files are, or None if they are neither's."""
        sites = self.sites()
        return lambda found: next((name for name, site in sites.items() if found == site), None)

    def place_first(self) -> None:
        """Put the site of the first plan where both are built, unless a site is there."""
        if not self.output.exists():
            shutil.copytree(self.folder / "site-one", self.output)

    def sources(self) -> str:
        """Return a hash of all that was written by hand."""
        digest = hashlib.sha256()
        for name in ("one", "two"):
            for file in sorted((self.folder / name).rglob("*")):
                if file.is_file():
                    digest.update(str(file).encode() + file.read_bytes())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Ended:
    """The exit code of a build, and what it said on stderr."""

    code: int
    said: str


def environment() -> dict[str, str]:
    """Return an environment in which a child finds the package that is under test."""
    root = Path(planfolio.__file__).parents[1]
    return {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder but the manifest."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != MANIFEST
    }
