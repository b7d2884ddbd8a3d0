"""The search for leaks, and what is said of one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.exceptions import PlanfolioError
from planfolio.leaks.needles import String, strings_of, texts_of
from planfolio.leaks.normal import decoded, text_of, words_of
from planfolio.leaks.said import words_of_planfolio
from planfolio.leaks.search import Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planfolio.plan import Plan
    from planfolio.stage6_render import Theme

_SHORTEST = 5
_SHOWN = 5
_AROUND = 40


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """A string of what was removed, in a file of the site.

    `path` is the site path and `line` counts from 1; line 0 is the path itself. `excerpt` is the
    line around the string. `source` and `source_line` are where the plan says it, and `what` tells
    what it is there.
    """

    path: str
    line: int
    excerpt: str
    source: str
    source_line: int
    what: str


class LeakError(PlanfolioError):
    """The site holds what its readers may not see; nothing of it may be written."""

    exit_code = 1

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        listed = [
            f"\n  {leak.path}{f':{leak.line}' if leak.line else ''} has {leak.what} of "
            f"{leak.source}:{leak.source_line}: {leak.excerpt}"
            for leak in leaks[:_SHOWN]
        ]
        more = f"\n  and {len(leaks) - _SHOWN} more" if len(leaks) > _SHOWN else ""
        super().__init__(
            f"the site would show what is hidden from its readers:{''.join(listed)}{more}",
            hint=(
                "nothing was written. If your own theme or a linked file says it, take it out "
                "there; if not, this is a bug of planfolio: please report it"
            ),
        )
        self.leaks = leaks


def refuse_leaks(files: Mapping[str, bytes], *, owner: Plan, seen: Plan, theme: Theme) -> None:
    """Raise LeakError if files of a site hold what was removed from the owner's plan."""
    leaks = find_leaks(files, owner=owner, seen=seen, theme=theme)
    if leaks:
        raise LeakError(leaks)


def find_leaks(
    files: Mapping[str, bytes], *, owner: Plan, seen: Plan, theme: Theme
) -> tuple[Leak, ...]:
    """Return the places in files of a site (by site path) that show what was removed.

    `seen` is what is left of the `owner`'s plan. Known is the removed by its titles, ids, names of
    files, texts of fields and sentences. What the visible plan, its settings, the theme or
    planfolio say themselves identifies nothing, nor does what has under five characters or no
    letter. The published files of the theme are not searched.
    """
    if seen is owner:
        return ()
    needles, common = _needles(owner, seen, theme)
    if not needles:
        return ()
    own = {path: data for path, data in files.items() if theme.static.get(path) is not data}
    lines = list(_lines(own))
    readings = [(number, line) for number, line in enumerate(lines)]
    readings.extend(
        (number, reading)
        for number, line in enumerate(lines)
        if b"&" in line or b"%" in line or b"\\" in line
        for whole in decoded(line)
        for reading in whole.split(b"\n")
    )
    search = Search(needles, common=common)
    found = {
        (needles[hit.text], hit.text, lines[readings[hit.line][0]])
        for hit in search.among([reading for _, reading in readings])
    }
    return tuple(sorted(leak for args in found for leak in _leaks(*args, own)))


def _needles(owner: Plan, seen: Plan, theme: Theme) -> tuple[dict[bytes, String], set[bytes]]:
    """Return the strings to search by their normal form, and the words that are no news."""
    visible = set(strings_of(seen))
    hidden: dict[bytes, String] = {}
    for string in strings_of(owner):
        if string not in visible:
            hidden.setdefault(text_of(string.text.encode("utf-8", "replace")), string)
    hidden = {text: string for text, string in hidden.items() if _identifies(text)}
    if not hidden:
        return {}, set()
    own = _as_lines(itertools.chain(words_of_planfolio(), theme.texts))
    plan = _as_lines(
        itertools.chain(
            (string.text for string in visible),
            texts_of(seen.site),
            (kind.folder for kind in seen.kinds),
            (record.url for record in seen.records.values()),
            seen.assets,
        )
    )
    said = {found.text for found in Search(hidden).among([*own, *plan])}
    own_words = _words(own)
    needles = {
        text: string
        for text, string in hidden.items()
        if text not in said and not _is_reckoned(text, own_words)
    }
    return needles, own_words | _words(plan)


def _identifies(text: bytes) -> bool:
    letters = text.decode("utf-8", "replace")
    return len(letters) >= _SHORTEST and any(char.isalpha() for char in letters)


def _is_reckoned(text: bytes, own_words: set[bytes]) -> bool:
    """Tell whether a text is of numbers and planfolio's words, as dates and counts are."""
    words = words_of(text).split()
    numbers = [word for word in words if word.isdigit()]
    return bool(numbers) and all(word in own_words for word in words if not word.isdigit())


def _as_lines(texts: Iterable[str]) -> list[bytes]:
    whole = "\n".join(texts).encode("utf-8", "replace")
    return list(dict.fromkeys(whole.split(b"\n")))


def _words(lines: Iterable[bytes]) -> set[bytes]:
    return set(words_of(b"\n".join(lines)).split())


def _lines(files: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield each line of the files once, the paths among them; many pages share most of theirs."""
    lines: dict[bytes, None] = dict.fromkeys(path.encode() for path in files)
    for path, data in files.items():
        lines.update(dict.fromkeys(_unfolded(path, data).split(b"\n")))
    return iter(lines)


def _unfolded(path: str, data: bytes) -> bytes:
    """Return a file with its lines as they are meant: calendars fold theirs at 75 bytes."""
    return data.replace(b"\r\n ", b"") if path.endswith(".ics") else data


def _leaks(string: String, text: bytes, line: bytes, files: Mapping[str, bytes]) -> Iterator[Leak]:
    """Yield where a line that shows a string stands; in each file its first place is enough."""
    for path, data in files.items():
        if path.encode() == line:
            yield Leak(path, 0, _excerpt(line, text), string.path, string.line, string.what)
            continue
        whole = _unfolded(path, data)
        place = (b"\n" + whole + b"\n").find(b"\n" + line + b"\n")
        if place >= 0:
            number = whole.count(b"\n", 0, place) + 1
            excerpt = _excerpt(line, text)
            yield Leak(path, number, excerpt, string.path, string.line, string.what)


def _excerpt(line: bytes, text: bytes) -> str:
    shown = " ".join(line.decode("utf-8", "replace").split())
    start = shown.lower().find(text.decode("utf-8", "replace").partition(" ")[0])
    first = max(0, start - _AROUND)
    last = max(start, 0) + len(text) + _AROUND
    cut = shown[first:last]
    return f"{'…' if first else ''}{cut}{'…' if last < len(shown) else ''}"
