"""Real repositories for tests: a bare one that is published to, and one with a plan in it."""

import hashlib
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.reading import write_files

REGULAR = "100644"
SYMLINK = "120000"


def surroundings(home: Path) -> dict[str, str]:
    """Return an environment in which git has an owner's name and nothing else of this machine."""
    home.mkdir(exist_ok=True)
    (home / "gitconfig").write_text(
        "[user]\n\tname = Ada Owner\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at a folder, asked and changed by git itself."""

    folder: Path
    environment: Mapping[str, str] = field(repr=False)

    def git(self, *args: str, data: bytes = b"", **environment: str) -> bytes:
        """Run git in the folder and return its output; what fails fails the test."""
        ended = subprocess.run(
            ["git", *args],
            cwd=self.folder,
            env={**self.environment, **environment},
            input=data,
            capture_output=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr.decode()
        return ended.stdout

    def text(self, *args: str) -> str:
        """Run git and return its output as text without the last line end."""
        return self.git(*args).decode().removesuffix("\n")

    def write(self, files: Mapping[str, str]) -> None:
        """Write files below the folder."""
        write_files(self.folder, files)

    def commit_all(self, message: str = "Work") -> str:
        """Commit all files of the work tree and return the commit."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.text("rev-parse", "HEAD")

    def hook(self, name: str, script: str) -> None:
        """Install a hook."""
        folder = Path(self.text("rev-parse", "--absolute-git-dir"), "hooks")
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    def seed(
        self,
        branch: str,
        files: Mapping[str, bytes],
        *,
        modes: Mapping[str, str] | None = None,
        orphan: bool = False,
    ) -> str:
        """Put a commit with just these files on a branch, without a work tree; return it."""
        index = self.folder / "seed.index"
        index.unlink(missing_ok=True)
        entries = b""
        for path, data in files.items():
            blob = self.git("hash-object", "-w", "--stdin", data=data).decode().strip()
            mode = (modes or {}).get(path, REGULAR)
            entries += f"{mode} {blob}\t".encode() + os.fsencode(path) + b"\0"
        self.git("update-index", "-z", "--index-info", data=entries, GIT_INDEX_FILE=str(index))
        tree = self.git("write-tree", GIT_INDEX_FILE=str(index)).decode().strip()
        index.unlink()
        above = [] if orphan or branch not in self.branches() else ["-p", f"refs/heads/{branch}"]
        commit = self.git("commit-tree", tree, *above, "-m", "Seed").decode().strip()
        self.git("update-ref", f"refs/heads/{branch}", commit)
        return commit

    def branches(self) -> dict[str, str]:
        """Return the commit of each branch."""
        listed = self.text(
            "for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads"
        )
        return dict(line.split(" ") for line in listed.splitlines())

    def tree(self, revision: str) -> dict[str, bytes]:
        """Return the files of a commit by path."""
        listed = self.git("ls-tree", "-r", "-z", "--full-tree", revision).split(b"\0")[:-1]
        found = {}
        for record in listed:
            about, _, path = record.partition(b"\t")
            found[os.fsdecode(path)] = self.git("cat-file", "blob", about.split()[2].decode())
        return found

    def log(self, branch: str) -> list[str]:
        """Return the subjects of a branch's commits, newest first."""
        return self.text("log", "--format=%s", branch).splitlines()

    def state(self) -> dict[str, object]:
        """Return all that a publish may not touch: work tree, index, HEAD, branches and the rest.

        Only the record of what the remote has, which any push updates, is left out.
        """
        own = Path(self.text("rev-parse", "--absolute-git-dir"))
        common = self.folder / self.text("rev-parse", "--git-common-dir")
        work = {
            str(file.relative_to(self.folder)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(self.folder.rglob("*"))
            if file.is_file() and ".git" not in file.parts
        }
        refs = self.text("for-each-ref").splitlines()
        logs = sorted((common / "logs").rglob("*"))
        return {
            "work tree": work,
            "git": sorted(file.name for file in own.iterdir()),
            "index": (own / "index").read_bytes() if (own / "index").exists() else None,
            "HEAD": (own / "HEAD").read_bytes(),
            "config": (common / "config").read_bytes(),
            "refs": [ref for ref in refs if "refs/remotes/" not in ref],
            "reflogs": {
                str(log): log.read_bytes()
                for log in logs
                if log.is_file() and "remotes" not in log.parts
            },
            "stash": self.git("stash", "list"),
            "status": self.git("status", "--porcelain=v2", "-z", GIT_OPTIONAL_LOCKS="0"),
        }


def bare(folder: Path, environment: Mapping[str, str], *, format_: str = "sha1") -> Repository:
    """Make an empty bare repository, as a git host has it."""
    folder.mkdir(parents=True)
    made = Repository(folder, environment)
    made.git("init", "-q", "--bare", f"--object-format={format_}")
    return made


def working(
    folder: Path, environment: Mapping[str, str], *, origin: Repository, format_: str = "sha1"
) -> Repository:
    """Make a repository with a commit, a changed, a staged and an untracked file, and a stash."""
    folder.mkdir(parents=True)
    made = Repository(folder, environment)
    made.git("init", "-q", f"--object-format={format_}")
    made.git("remote", "add", "origin", str(origin.folder))
    made.write({"notes.txt": "one\n", "other.txt": "one\n"})
    made.commit_all()
    made.write({"notes.txt": "to be stashed\n"})
    made.git("stash", "-q")
    made.write({"notes.txt": "two\n", "other.txt": "two\n", "new.txt": "new\n"})
    made.git("add", "other.txt")
    return made
