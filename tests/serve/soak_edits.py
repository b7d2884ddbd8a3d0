"""Edits of all kinds for the soak: each scenario spoils or changes a plan, and leaves it good.

Each file says in several places which save it is of, as `m7r3`: file 7, save 3. A page that is of
one build never says two different saves of one file.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator
    from pathlib import Path

GOALS = 20
"""How many goals there are at the end of each scenario."""

_SITE = 900
_TEMPLATE = 901
_ADDED = 100
_BRANCH = 1000

_BROKEN = (
    "---\ntitle: [\n---\n",
    "---\ntitle: Half\n",
    "---\ndue: soon\n---\n",
    "---\nnonsense: 1\n---\n",
    "\0",
)
_BROKEN_TEMPLATES = ("{{ view.none }}", "{% if", "{{ 1 // 0 }}")
_BROKEN_SITES = ("title = ", 'title = "A"\ntheme = "none"', "no_such_key = 1")


class Edits:
    """A plan in a folder, and a person who is never done with it.

    A checkout brings in `burst` files at once.
    """

    def __init__(self, root: Path, chance: random.Random, *, burst: int) -> None:
        self._root = root
        self._goals = root / "content" / "goals"
        self._template = root / "themes" / "own" / "templates" / "goal.html"
        self._style = root / "themes" / "own" / "styles" / "code.css"
        self._chance = chance
        self._burst = burst
        self._saves: dict[int, int] = {}

    def write_plan(self) -> None:
        """Write the plan that all begins with."""
        self._save_template()
        self._save_site()
        for number in range(GOALS):
            self._save(number)

    def round(self) -> Iterator[str]:
        """Make each kind of edit once, in another order each time; yields what each one was."""
        scenarios: list[Callable[[], Iterator[str]]] = [
            self._words,
            self._in_place,
            self._come_and_go,
            self._renamed,
            self._moved,
            self._broken,
            self._theme,
            self._broken_theme,
            self._site,
            self._checkout,
            self._gone,
        ]
        self._chance.shuffle(scenarios)
        for scenario in scenarios:
            yield from scenario()

    def _words(self) -> Iterator[str]:
        number = self._one()
        self._save(number)
        yield "title and body"
        self._save(number, body="Said otherwise.\n")
        yield "body"

    def _in_place(self) -> Iterator[str]:
        number = self._one()
        self._file(number).write_text(self._goal(number), "utf-8")
        yield "a save in place"
        self._file(number).touch()
        yield "a touch"

    def _come_and_go(self) -> Iterator[str]:
        self._save(_ADDED)
        yield "a new file"
        self._file(_ADDED).unlink()
        yield "a file deleted"

    def _renamed(self) -> Iterator[str]:
        file = self._file(self._one())
        other = file.with_name(f"other-{file.name}")
        file.rename(other)
        yield "a file renamed"
        other.rename(file)
        yield "a file renamed back"

    def _moved(self) -> Iterator[str]:
        folder = self._goals / "later"
        folder.mkdir()
        files = [self._file(number) for number in self._chance.sample(range(GOALS), 3)]
        for file in files:
            file.rename(folder / file.name)
        yield "files moved to a new folder"
        folder.rename(self._goals / "sooner")
        yield "a folder renamed"
        for file in files:
            (self._goals / "sooner" / file.name).rename(file)
        (self._goals / "sooner").rmdir()
        yield "a folder emptied and deleted"

    def _broken(self) -> Iterator[str]:
        number = self._one()
        _put(self._file(number), self._chance.choice(_BROKEN))
        yield "broken front matter"
        self._save(number)
        yield "front matter mended"

    def _theme(self) -> Iterator[str]:
        self._save_template()
        yield "a template"
        _put(self._style, f"b {{ order: {self._chance.randrange(1000)} }}\n")
        yield "a style"

    def _broken_theme(self) -> Iterator[str]:
        _put(self._template, self._chance.choice(_BROKEN_TEMPLATES))
        yield "a broken template"
        self._save_template()
        yield "a template mended"

    def _site(self) -> Iterator[str]:
        self._save_site()
        yield "site.toml"
        _put(self._root / "site.toml", self._chance.choice(_BROKEN_SITES))
        yield "a broken site.toml"
        self._save_site()
        yield "site.toml mended"

    def _checkout(self) -> Iterator[str]:
        branch = [self._file(_BRANCH + number) for number in range(self._burst)]
        for number, file in enumerate(branch):
            file.write_text(self._goal(_BRANCH + number), "utf-8")
        yield "a checkout"
        for file in branch:
            file.unlink()
        yield "a checkout back"

    def _gone(self) -> Iterator[str]:
        content, aside = self._root / "content", self._root / "aside"
        content.rename(aside)
        yield "the content folder gone"
        shutil.copytree(aside, content)
        shutil.rmtree(aside)
        yield "the content folder back"

    def _one(self) -> int:
        return self._chance.randrange(GOALS)

    def _file(self, number: int) -> Path:
        return self._goals / f"goal-{number}.md"

    def _marker(self, number: int) -> str:
        self._saves[number] = self._saves.get(number, 0) + 1
        return f"m{number}r{self._saves[number]}"

    def _goal(self, number: int, *, body: str = "") -> str:
        marker = self._marker(number)
        return (
            f"---\ntitle: Goal {marker}\ndue: 2026-12-31\neffort: 40h\nwhy: Because {marker}\n"
            f"done_when: It says {marker}\n---\n\nThe words of {marker}.\n{body}"
        )

    def _save(self, number: int, *, body: str = "") -> None:
        _put(self._file(number), self._goal(number, body=body))

    def _save_site(self) -> None:
        title = f"The plan {self._marker(_SITE)}"
        _put(
            self._root / "site.toml",
            f'title = "{title}"\ntheme = "own"\n\n[plan]\nas_of = "2026-01-05"\n',
        )

    def _save_template(self) -> None:
        marker = self._marker(_TEMPLATE)
        _put(
            self._template,
            '{% extends "default/goal.html" %}\n{% block main %}'
            f"<p>{marker}</p>{{{{ super() }}}}<p>{marker}</p>{{% endblock %}}\n",
        )


def _put(file: Path, text: str) -> None:
    """Save as many editors do: another file beside it, put in its place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(file)
