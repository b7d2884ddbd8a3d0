"""The last check before a site for others is written: it must not show what was removed.

Only what is specific is looked for, since one word may be on any page: texts of several words, and
the addresses of records and files.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import unquote

from planfolio.exceptions import PlanfolioError
from planfolio.markdown.placeholders import plain_text
from planfolio.model.plan import Intro, Plan, Record, Source
from planfolio.model.references import AssetLink
from planfolio.model.source_tree import Loc
from planfolio.model.table import Table, fields_set, written_names
from planfolio.urls import slug

_Holder: TypeAlias = Record[Any] | Intro

# The patterns are strings, since some sites hide nothing: `re` compiles one on its first use.
_SENTENCE_END = r"(?<=[.!?…])\s+|(?<=[。！？])"
_WIKILINK = r"\[\[[^\[\]|]*(?:\|([^\[\]]*))?\]\]"
_TARGET_IN_PLAN = (
    r"(?im)(\]\(\s*|^ {0,3}\[[^\]^][^\]]*\]:\s*)(?![a-z][a-z0-9+.-]*:)(?:<[^>\n]*>|[^\s)]*)"
)

_SHOWN = 5
_AROUND = 40
"""How many characters of a line an excerpt shows on each side."""

_SPACELESS = (
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no spaces between words; four of them are specific."""

_MARKS = r" ?[^\w ]+ ?"
_MARK = " \n "
_JSON_KEY = rb'"\w+":'
_BACKSLASHED = r"\\(?:u([0-9a-fA-F]{4})|(.))"
_CONTROL = {"n": "\n", "t": " ", "r": " ", "b": " ", "f": " "}


class RemovedText(NamedTuple):
    """A text of the plan that was removed, what it is, and where it is said (None: in the body).

    An exact one is an address or a path, and is looked for as it is.
    """

    text: str
    what: str
    source: Source
    loc: Loc | None = None
    exact: bool = False

    @property
    def location(self) -> str:
        """The file and the line that say it; of a body the line on which it begins."""
        of_body = self.loc is None
        line = self.source.body_line if of_body else self.source.span(self.loc or ()).line
        return f"{self.source.path}:{line}"


class Leak(NamedTuple):
    """Something removed that a file of the site shows.

    `path` is the site path and `line` counts from 1; line 0 is the path itself. `what` it is,
    `source` is the place in the plan that says it, and `excerpt` the line around it.
    """

    path: str
    line: int
    what: str
    source: str
    excerpt: str


class LeakError(PlanfolioError):
    """The site shows what its readers may not see; nothing of it may be written."""

    exit_code = 1

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        listed = [
            f"\n  {leak.path}{f':{leak.line}' if leak.line else ''} has {leak.what} of "
            f"{leak.source}: {leak.excerpt}"
            for leak in leaks[:_SHOWN]
        ]
        more = f"\n  and {len(leaks) - _SHOWN} more" if len(leaks) > _SHOWN else ""
        super().__init__(
            f"the site would show what is hidden from its readers:{''.join(listed)}{more}",
            hint=(
                "nothing was written. If a linked file says it, take it out there; if not, this "
                "is a bug of planfolio: please report it"
            ),
        )
        self.leaks = leaks


def refuse_leaks(
    files: Mapping[str, bytes], *, plan: Plan, narrowed: Plan, theme_texts: Iterable[str]
) -> None:
    """Raise LeakError if files of a site, by site path, show what was removed from a plan.

    `narrowed` is what is left of the plan for the readers, `theme_texts` are the texts of the
    theme. What is in either of them is no leak.
    """
    removed: dict[str, RemovedText] = {}
    for item in _removed_texts(plan, narrowed):
        removed.setdefault(_pattern(item), item)
    removed.pop("", None)
    if not removed:
        return
    pieces = dict.fromkeys(path.encode() for path in files)
    for path, data in files.items():
        pieces.update(dict.fromkeys(_pieces(path, data)))
    found = _search(b"\n".join(pieces), removed)
    known: set[str] = set()
    for texts in (_shown_texts(narrowed), theme_texts):
        if found:
            shown = "\n".join(texts).encode()
            said_anyway = _search(shown, found)
            found = {p: item for p, item in found.items() if p not in said_anyway}
            known.update(_normal(_decoded(shown)).split())
    found = {p: item for p, item in found.items() if item.exact or not _is_common(p, known)}
    leaks = tuple(sorted(_leaks(found, files))) if found else ()
    if leaks:
        raise LeakError(leaks)


def _search(data: bytes, removed: Mapping[str, RemovedText]) -> dict[str, RemovedText]:
    """Return those of the removed texts, by their patterns, that a text has."""
    decoded = _decoded(data)
    normal = _normal(decoded)
    # Of many patterns nearly all are ruled out by two words that never follow each other.
    pairs = _pairs(normal)
    segments = frozenset(decoded.split("/"))

    def is_there(pattern: str, item: RemovedText) -> bool:
        if item.exact:
            maybe = not pattern.endswith("/") or pattern.split("/")[-2] in segments
            return maybe and pattern in decoded
        maybe = not pattern.startswith(" ") or pairs >= _pairs(pattern.strip())
        return maybe and pattern in normal

    return {pattern: item for pattern, item in removed.items() if is_there(pattern, item)}


def _pattern(item: RemovedText) -> str:
    """Return how a text is looked for, between spaces, or nothing for one that is not specific."""
    if item.exact:
        return item.text.lower()
    normal = _normal(_decoded(item.text.encode("utf-8", "replace"))).strip()
    # The pattern takes 2 ms to compile, and most plans have no such letter.
    spaceless = 0 if normal.isascii() else len(re.findall(_SPACELESS, normal))
    if len(_words(normal)) < 2 and spaceless < 4:
        return ""
    return normal if spaceless else f" {normal} "


def _is_common(pattern: str, known: set[str]) -> bool:
    """Tell whether a text may be there by chance: two known words, or known words and numbers."""
    words = _words(pattern)
    few = len(words) <= 2 or len(words) < len(pattern.split())
    return few and known.issuperset(words)


def _words(normal: str) -> list[str]:
    return [word for word in normal.split() if any(map(str.isalpha, word))]


def _pairs(normal: str) -> frozenset[tuple[str, str]]:
    """Return the words that follow each other without a mark between them."""
    phrases = set(normal.split("\n"))
    return frozenset(chain.from_iterable(pairwise(phrase.split()) for phrase in phrases))


def _normal(text: str) -> str:
    """Return text with a space between words, as hyphens are, and a line feed for other marks."""
    for blank in "-_\t\r\v\f":
        text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return f" {re.sub(_MARKS, _MARK, text)} "


def _decoded(data: bytes) -> str:
    """Return in lower case what a text says to a reader of HTML, of addresses and of JSON."""
    text = html.unescape(data.decode("utf-8", "replace"))
    text = unquote(text) if "%" in text else text
    if "\\" in text:
        units = re.sub(_BACKSLASHED, _unescaped, text).encode("utf-16", "surrogatepass")
        text = html.unescape(units.decode("utf-16", "replace"))
    return text.lower()


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else _CONTROL.get(escape[2], escape[2])


def _lines(path: str, data: bytes) -> list[bytes]:
    """Return the lines of a file, in a calendar unfolded, and in JSON without the keys."""
    if path.endswith(".ics"):
        data = data.replace(b"\r\n ", b"")
    elif path.endswith(".json"):
        data = re.sub(_JSON_KEY, b"", data)
    return data.split(b"\n")


def _pieces(path: str, data: bytes) -> list[bytes]:
    """Return the lines of a file, and those of a page apart at its tags, most of which are alike.

    No text goes on beyond a tag, and where one begins or ends counts as a mark between words.
    """
    if path.endswith(".html"):
        return data.replace(b">", b"<").split(b"<")
    return _lines(path, data)


def _leaks(removed: Mapping[str, RemovedText], files: Mapping[str, bytes]) -> Iterator[Leak]:
    """Yield where files show removed texts: for each text the first line in each file."""
    for path, data in files.items():
        left = dict(removed)
        for number, line in enumerate((path.encode(), *_lines(path, data))):
            for pattern, item in _search(line, left).items():
                del left[pattern]
                yield Leak(path, number, item.what, item.location, _excerpt(line, pattern))


def _excerpt(line: bytes, pattern: str) -> str:
    shown = " ".join(line.decode("utf-8", "replace").split())
    start = max(0, shown.lower().find(pattern.split()[0]) - _AROUND)
    end = start + len(pattern) + 2 * _AROUND
    return f"{'…' if start else ''}{shown[start:end]}{'…' if end < len(shown) else ''}"


def _removed_texts(plan: Plan, narrowed: Plan) -> Iterator[RemovedText]:
    """Yield the texts and addresses of the owner's plan that what is left of it does not have."""
    holders, left = ({**each.records, **each.intros} for each in (plan, narrowed))
    for key, whole in holders.items():
        kept = left.get(key)
        if kept != whole:
            texts = {item.text for item in _texts_of(kept)} if kept is not None else ()
            yield from (item for item in _texts_of(whole) if item.text not in texts)


def _shown_texts(plan: Plan) -> Iterator[str]:
    """Yield what a plan says to the readers of its site, without where its links lead."""
    yield from (text for text, _ in _strings(plan.settings, ()))
    yield from (record.url for record in plan.records.values())
    yield from plan.assets
    yield from plan.needs  # as steps name the needs of roles
    holders: tuple[_Holder, ...] = (*plan.records.values(), *plan.intros.values())
    for holder in holders:
        yield from (item.text for item in _names_and_fields(holder))
        plain = _plain(holder)
        yield plain
        yield plain.replace("\n", " ")  # as excerpts show it
        text = re.sub(_WIKILINK, lambda link: link[1] or "", holder.body.text)
        yield re.sub(_TARGET_IN_PLAN, lambda link: link[1], text)  # `plain` has no code


def _texts_of(holder: _Holder) -> Iterator[RemovedText]:
    source = holder.source
    yield from _names_and_fields(holder)
    if isinstance(holder, Record) and not holder.kind.singleton:
        for name in (holder.id, *holder.fields.aliases):
            address = f"{holder.kind.folder}/{slug(name)}/"
            yield RemovedText(address, "the address", source, ("title",), exact=True)
    for link in holder.links:
        if isinstance(link, AssetLink):
            yield RemovedText(link.path, "a linked file", source, exact=True)
    for piece in dict.fromkeys((*_plain(holder).splitlines(), *holder.body.text.splitlines())):
        for sentence in re.split(_SENTENCE_END, piece):
            yield RemovedText(sentence, "the text", source)


def _plain(holder: _Holder) -> str:
    """Return the text of a holder without markup, broken at the titles of links."""
    return plain_text(holder.body.plain, lambda _: "\n")


def _names_and_fields(holder: _Holder) -> Iterator[RemovedText]:
    if not isinstance(holder, Record):
        return
    source = holder.source
    yield RemovedText(holder.title, "the title", source, ("title",))
    yield RemovedText(holder.id, "the id", source, ("title",))
    for text, loc in _strings(holder.fields, ()):
        field = ".".join(str(step) for step in loc if isinstance(step, str))
        yield RemovedText(text, f"`{field}`", source, loc)


def _strings(value: object, loc: Loc) -> Iterator[tuple[str, Loc]]:
    """Yield the free texts in settings or fields; words of closed lists are not among them."""
    match value:
        case str():
            if type(value) is str:
                yield value, loc
        case Table():
            for key, name in sorted(written_names(type(value)).items()):
                if name in fields_set(value):
                    yield from _strings(getattr(value, name), (*loc, key))
        case dict():
            for key, item in value.items():
                yield from _strings(key, (*loc, key))
                yield from _strings(item, (*loc, key))
        case tuple() if type(value) is tuple:  # a date, for one, is a named tuple
            for index, item in enumerate(value):
                yield from _strings(item, (*loc, index))
