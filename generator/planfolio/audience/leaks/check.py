"""The search for leaks, and what is said of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.audience.leaks.needles import removed_strings, spoken_by, texts_of
from planfolio.audience.leaks.normal import decoded, text_of, words_of
from planfolio.audience.leaks.said import words_of_planfolio
from planfolio.audience.leaks.search import met, stands_in
from planfolio.exceptions import PlanfolioError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planfolio.audience.leaks.needles import String
    from planfolio.model.plan import Plan
    from planfolio.render import Theme

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
    needles = _needles(owner, seen)
    if not needles:
        return ()
    own = {path: data for path, data in files.items() if theme.static.get(path) != data}
    lines = list(_lines(own))
    readings = list(enumerate(lines))
    readings.extend(
        (number, reading)
        for number, line in enumerate(lines)
        if b"&" in line or b"%" in line or b"\\" in line
        for whole in decoded(line)
        for reading in whole.split(b"\n")
    )
    hits = met(needles, [reading for _, reading in readings])
    hits -= _said(hits, seen, theme)
    leaks = {
        leak
        for number, reading in readings
        for text in hits
        if stands_in(text_of(reading), text)
        for leak in _leaks(text, lines[number], needles[text], own)
    }
    return tuple(sorted(leaks))


def _needles(owner: Plan, seen: Plan) -> dict[bytes, String]:
    """Return the strings to search by their normal form."""
    needles: dict[bytes, String] = {}
    for string in removed_strings(owner, seen):
        text = text_of(string.text.encode("utf-8", "replace"))
        if text not in needles and _identifies(text):
            needles[text] = string
    return needles


def _said(texts: set[bytes], seen: Plan, theme: Theme) -> set[bytes]:
    """Return those texts that the visible plan, its settings, the theme or planfolio say.

    Most are of the plan, so the others are asked only about what is left.
    """
    left = texts - met(texts, _as_lines(_sayings(seen)))
    if left:
        own = _as_lines((*theme.texts, *words_of_planfolio()))
        words = set(words_of(b"\n".join(own)).split())
        left -= met(left, own)
        left = {text for text in left if not _is_reckoned(text, words)}
    return texts - left


def _sayings(seen: Plan) -> Iterator[str]:
    """Yield what a plan says: its words, its settings, its addresses and files."""
    yield from spoken_by(seen)
    yield from texts_of(seen.settings)
    yield from (kind.folder for kind in seen.kinds)
    yield from (record.url for record in seen.records.values())
    yield from seen.assets


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


def _lines(files: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield each line of the files once, the paths among them; many pages share most of theirs."""
    lines: dict[bytes, None] = dict.fromkeys(path.encode() for path in files)
    for path, data in files.items():
        lines.update(dict.fromkeys(_unfolded(path, data).split(b"\n")))
    return iter(lines)


def _unfolded(path: str, data: bytes) -> bytes:
    """Return a file with its lines as they are meant: calendars fold theirs at 75 bytes."""
    return data.replace(b"\r\n ", b"") if path.endswith(".ics") else data


def _leaks(text: bytes, line: bytes, string: String, files: Mapping[str, bytes]) -> Iterator[Leak]:
    """Yield where a line that shows a text stands; in each file its first place is enough."""
    excerpt = _excerpt(line, text)
    for path, data in files.items():
        whole = _unfolded(path, data)
        place = (b"\n" + whole + b"\n").find(b"\n" + line + b"\n")
        if path.encode() == line:
            yield Leak(path, 0, excerpt, *string.place, string.what)
        elif place >= 0:
            number = whole.count(b"\n", 0, place) + 1
            yield Leak(path, number, excerpt, *string.place, string.what)


def _excerpt(line: bytes, text: bytes) -> str:
    shown = " ".join(line.decode("utf-8", "replace").split())
    start = shown.lower().find(text.decode("utf-8", "replace").partition(" ")[0])
    first = max(0, start - _AROUND)
    last = max(start, 0) + len(text) + _AROUND
    cut = shown[first:last]
    return f"{'…' if first else ''}{cut}{'…' if last < len(shown) else ''}"
