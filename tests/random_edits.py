"""Random edits of a plan, good ones and bad ones, of every kind of file that it is made of."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from planfolio import bundled

_MONTH = re.compile(r"\b20\d\d-(?:0[1-9]|1[0-2])\b")
_TEMPLATE = "templates/goal.html"
_STYLE = "assets/style.css"
_BAD_FILES = ("---\ntitle: [\n---\n", "\0", "---\nnonsense: 1\n---\n", "---\ndue: soon\n---\n", "")
_BAD_SITES = ("title = ", "theme = 'none'", "no_such_key = 1")
_GOOD_SITES = (
    'title = "Another"',
    'base_url = "https://e.example/p/"',
    "[plan]\nstart = 2026-02-01",
)


class Edits:
    """Edits the plan in a folder. What was good can be kept; what is bad is fixed in time."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root
        self._chance = chance
        self._good = self._all()
        self._bad: list[str] = []

    def make(self) -> str:
        """Make one edit or a few at once, and tell which."""
        if self._bad and self._chance.random() < 0.6:
            self.fix()
            return "fixed"
        moves = self._chance.sample(self._moves(), self._chance.choice([1, 1, 1, 3]))
        self._bad = [move.__name__ for move in moves]
        for move in moves:
            move()
        return ", ".join(self._bad)

    def keep(self) -> None:
        """Note that the plan is good as it is."""
        self._good = self._all()
        self._bad = []

    def fix(self) -> None:
        """Bring the last good state back, as a checkout does: only what differs is written."""
        for file, data in self._all().items():
            if file not in self._good:
                file.unlink()
            elif data != self._good[file]:
                file.write_bytes(self._good[file])
        for file, data in self._good.items():
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        self._bad = []

    def _moves(self) -> list[Callable[[], None]]:
        good = [self.retitle, self.write_on, self.postpone, self.link, self.add, self.narrow]
        good += [self.touch, self.style, self.template, self.settings, self.picture, self.belong]
        bad = [self.break_, self.delete, self.rename, self.break_settings, self.break_theme]
        good.append(self.exchange)
        return [*good, *good, *bad]

    def retitle(self) -> None:
        """Give a record another title."""
        word = self._chance.choice(["Soon", "Really", "Übung"])
        self._replace("title: ", f"title: {word} ")

    def write_on(self) -> None:
        """Add to a body."""
        words = ["*so*", "- [x] done\n- [ ] open", "## Heading", "plain", "`code`"]
        self._append(self._chance.choice(words))

    def postpone(self) -> None:
        """Move a date."""
        file = self._file()
        month = f"{self._chance.choice(['2026', '2027'])}-{self._chance.randint(1, 12):02}"
        text = _MONTH.sub(month, file.read_text("utf-8", "replace"), count=1)
        self._save(file, text)

    def link(self) -> None:
        """Link a body to another record, perhaps to a heading that may not be there."""
        heading = self._chance.choice(["", "", "#why"])
        self._append(f"[[{self._file().stem}{heading}|there]]")

    def add(self) -> None:
        """Add a record, in any folder, or write over the one that was added before."""
        folder = self._chance.choice(["goals", "skills", "roles", "goals/sub", "resources"])
        name = self._chance.choice("abcd")
        more = self._chance.choice(["", f"aliases: [old-{name}]\n", "visibility: private\n"])
        self._save(
            self.root / f"content/{folder}/{name}.md", f"---\ntitle: Add {name}\n{more}---\n"
        )

    def belong(self) -> None:
        """Write a record that says something of a goal in another file, or write it anew."""
        day = f"2026-{self._chance.randint(1, 9):02}-10"
        path, said = self._chance.choice(
            [
                ("milestones/step.md", f"goal: cka\ndone: {day}"),
                ("milestones/next.md", "goal: cka"),
                ("goals/part.md", f"parent: cka\ncadence: 1/week\nlog: [{day}]"),
                (
                    "reviews/talk.md",
                    f"date: {day}\nmetrics: {{exam: {self._chance.randint(1, 3)}}}",
                ),
            ]
        )
        self._save(self.root / "content" / path, f"---\ntitle: Of another\n{said}\n---\n")

    def narrow(self) -> None:
        """Hide a record."""
        self._replace("title: ", "visibility: mentor\ntitle: ")

    def touch(self) -> None:
        """Change nothing but the time."""
        self._file().touch()

    def picture(self) -> None:
        """Add a picture that is linked to, or change it."""
        picture = self.root / "content/goals/plan.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(self._chance.randbytes(4))
        file = self.root / "content/goals/cka.md"
        if file.exists():
            self._save(file, file.read_text("utf-8", "replace") + "\n![a plan](plan.png)\n")

    def settings(self) -> None:
        """Write site.toml anew."""
        self._save(self.root / "site.toml", self._chance.choice(_GOOD_SITES) + "\n")

    def template(self) -> None:
        """Change a template."""
        self._own(_TEMPLATE, f"<!-- {self._chance.random()} -->")

    def style(self) -> None:
        """Change the stylesheet."""
        self._own(_STYLE, f"b {{ order: {self._chance.randrange(9)} }}")

    def exchange(self) -> None:
        """Put a copy of the content folder in its place, as some checkouts do."""
        content, aside = self.root / "content", self.root / "aside"
        content.rename(aside)
        shutil.copytree(aside, content)
        shutil.rmtree(aside)

    def break_(self) -> None:
        """Save a file half written."""
        self._save(self._file(), self._chance.choice(_BAD_FILES))

    def delete(self) -> None:
        """Delete a file, or a folder."""
        file = self._file()
        if self._chance.random() < 0.2:
            shutil.rmtree(file.parent)
        else:
            file.unlink()

    def rename(self) -> None:
        """Give a file another name."""
        file = self._file()
        file.rename(file.with_name(f"{file.stem}-{self._chance.choice('xy')}.md"))

    def break_settings(self) -> None:
        """Break site.toml."""
        self._save(self.root / "site.toml", self._chance.choice(_BAD_SITES) + "\n")

    def break_theme(self) -> None:
        """Break a template or a stylesheet."""
        if self._chance.random() < 0.5:
            self._own(_TEMPLATE, self._chance.choice(["{{ view.none }}", "{% if", "{{ 1 // 0 }}"]))
        else:
            self._own(_STYLE, '@import "none.css";')

    def _file(self) -> Path:
        files = sorted((self.root / "content").rglob("*.md"))
        if not files:
            self.fix()
            return self._file()
        return self._chance.choice(files)

    def _replace(self, old: str, new: str) -> None:
        file = self._file()
        self._save(file, file.read_text("utf-8", "replace").replace(old, new, 1))

    def _append(self, words: str) -> None:
        file = self._file()
        self._save(file, f"{file.read_text('utf-8', 'replace')}\n{words}\n")

    def _own(self, path: str, more: str) -> None:
        given = (bundled.themes() / "default" / path).read_text("utf-8")
        self._save(self.root / "themes/default" / path, f"{given}\n{more}\n")

    def _save(self, file: Path, text: str) -> None:
        """Save in place, or by renaming, as editors do."""
        file.parent.mkdir(parents=True, exist_ok=True)
        if self._chance.random() < 0.5:
            file.write_text(text, "utf-8")
        else:
            beside = file.with_name(f".{file.name}.tmp")
            beside.write_text(text, "utf-8")
            beside.replace(file)

    def _all(self) -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in self.root.rglob("*") if file.is_file()}
