"""A canary for every field of every kind: words, addresses, days and numbers of no other place.

What is written into a field follows from its type, so that a new field, or a new kind, has its
canary by itself; a type that is not known here is a TypeError. References and words of closed lists
can hold no canary: they lead to the plain records of `PLAIN`, whose pages tell of what leads there.
"""

import gzip
import html
import json
import re
import types
import zlib
from base64 import b64decode
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin
from urllib.parse import unquote

from planfolio.model.fields import Refers
from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Kind
from planfolio.model.table import Table, field_annotations, written_names
from planfolio.model.values.field_reader import FieldReader
from planfolio.model.visibility_settings import field_names

CANARY = re.compile(
    r"canary[a-z]*"
    r"|\b77\W?1\W?7\W?\d\W?\d\d?\b"  # a number, however its thousands are kept apart
    r"|2093",  # a day
    re.IGNORECASE,
)
_FIRST_DAY = date(2093, 1, 1)
AS_OF = date(2094, 7, 5)
"""A day after which no canary lies: facts of the future do not count yet, and would not show.

Nor does the axis of a chart, which begins a few months before it, reach the days of canaries.
"""

_BOUND = {
    # What a field must agree with leaves no room for a canary.
    "skill.scale": "five",
    "role.ready_at": "77",
    "goal.metric.current": None,  # undated it would hide the dated ones
    "goal.milestones.goal": None,  # an inline milestone is one of its own goal
}
_OF_FEW = {
    # So many are possible that any may stand anywhere.
    "a weight": "3",
    "a weight from 1 to 5": "4",
    "a number from 1 to 10": "7",
    "true or false": "true",
    "a level": "3",
    "a cadence": "3/week",
    "a horizon": "9y",
}
_BODY = """
# {0}

{1} is a sentence, with [[plain-goal|{2}]], ![{3}]({4}.svg) and [{5}]({6}.txt).

- [x] {7}
- [X] {8}

```text
{9}
```

| {10} |
|---|
| {11} |

Said[^1].

[^1]: {12}
"""
_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><text>{0}</text></svg>'


@dataclass
class Canaries:
    """Makes canaries, and knows where each of them is: the field by the word or number."""

    places: dict[str, str] = field(default_factory=dict)
    _numbers: int = 0
    _days: int = 0

    def word(self, place: str) -> str:
        """Return a new word."""
        number = len(self.places)
        word = "Canary" + "".join(chr(97 + number // 26**n % 26) for n in (2, 1, 0))
        self.places[word.lower()] = place
        return word

    def number(self, place: str) -> str:
        """Return a new number."""
        self._numbers += 1
        number = f"7717{self._numbers:02}"
        self.places[number] = place
        return number

    def day(self) -> str:
        """Return a new day."""
        self._days += 1
        return str(_FIRST_DAY + timedelta(days=self._days))

    def fields(self, kind: Kind) -> dict[str, str]:
        """Return the fields of a kind but its visibility, each as it is written."""
        written = self._table(kind.fields, kind.name)
        # JSON is YAML, and so is a bare scalar.
        return {k: v if isinstance(v, str) else json.dumps(v) for k, v in written.items()}

    def body(self, place: str) -> str:
        """Return a body full of words."""
        return _BODY.format(*(self.word(f"{place}.body") for _ in range(13)))

    def drawings(self, body: str, folder: str) -> dict[str, str]:
        """Return the files that a body links to, by their path below content/."""
        names = re.findall(r"\((Canary\w+\.\w+)\)", body)
        assert len(names) == 2
        return {f"{folder}/{name}": _DRAWING.format(self.word(f"{name}")) for name in names}

    def _table(self, table: type[Table], place: str) -> dict[str, Any]:
        types = field_annotations(table)
        made = {}
        for written, name in written_names(table).items():
            if written == "visibility":
                continue
            here = f"{place}.{written}"
            default = getattr(table, name, None)
            if here in _BOUND:
                value = _BOUND[here]
            elif isinstance(default, Enum):
                value = default.value  # another might hide the record by itself, as `draft` does
            else:
                value = self._value(types[name], here)
            if value is not None:
                made[written] = value
        return made

    def _value(self, annotation: Any, place: str) -> Any:
        origin = get_origin(annotation)
        if origin is Annotated:
            inner, *metadata = get_args(annotation)
            return self._annotated(inner, metadata, place)
        if origin in (Union, types.UnionType):
            return self._value(get_args(annotation)[0], place)
        if origin is tuple:
            return [self._value(get_args(annotation)[0], place)]
        if origin is dict:
            key, value = get_args(annotation)
            return {self._value(key, place): self._value(value, place)}
        if isinstance(annotation, type) and issubclass(annotation, Table):
            return self._table(annotation, place)
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return next(iter(annotation)).value
        if annotation is str:
            return self.word(place)
        raise TypeError(f"{place}: no canary is known for {annotation}")

    def _annotated(self, inner: Any, metadata: Collection[object], place: str) -> Any:
        refers = next((m for m in metadata if isinstance(m, Refers)), None)
        if refers is not None and (known := _REFERRED.keys() & refers.kinds):
            return _REFERRED[max(known)]  # `after` a goal might wait for itself
        if isinstance(inner, type) and issubclass(inner, Enum):
            return self._value(inner, place)
        written = next((m for m in metadata if isinstance(m, FieldReader)), None)
        if written is None or refers is not None:
            return self._value(inner, place)
        if written.expects in _OF_FEW:
            return _OF_FEW[written.expects]
        match written.expects:
            case "text":
                return self.word(place)
            case "an address":
                return f"https://{self.word(place).lower()}.example.org/"
            case "a number":
                return self.number(place)
            case "an effort":
                return f"{self.number(place)}h"
            case "money":
                return f"{self.number(place)} EUR"
            case "a date":
                return self.day()
            case "a date or two":
                return f"{_FIRST_DAY}..{AS_OF.year - 1}-12-31"  # around the other days
        raise TypeError(f"{place}: no canary is known for {written.expects}")


_REFERRED = {kind.name: f"plain-{kind.name}" for kind in KINDS} | {"need": "plain-need"}

_OF_PLAIN = {
    "role": "requires: {plain-skill: 4}\nneeds: [{id: plain-need, title: A plain paper}]\n",
    "skill": "level: 2\n",
    "goal": "start: 2026-01-01\ndue: 2026-12-31\nmetric: 3/9 talks\nrole: plain-role\n",
    "milestone": "goal: plain-goal\ndue: 2026-08-31\n",
    "review": "date: 2026-02-02\nwins: [A plain win]\n",
    "resource": "goal: plain-goal\nraises: [plain-skill]\nwhen: 2026-05-05\n",
    "person": "meets: month\n",
    "opportunity": "when: 2027\nrole: plain-role\n",
    "achievement": "date: 2026-03-03\nskills: [plain-skill]\n",
}


def plain() -> dict[str, str]:
    """Return a public record of each kind but the profile, by path below content/."""
    return {
        f"{kind.folder}/plain-{kind.name}.md": (
            f"---\ntitle: A plain {kind.name}\nvisibility: public\n"
            f"{_OF_PLAIN.get(kind.name, '')}---\n\nPlain words of a {kind.name}.\n"
        )
        for kind in KINDS
        if not kind.singleton
    }


def front_matter(fields: Mapping[str, str]) -> str:
    """Return fields as the front matter of a file."""
    return "\n".join(["---", *(f"{name}: {value}" for name, value in fields.items()), "---", ""])


def hidden_in_every_way() -> dict[str, str]:
    """Return the files of a plan that hides canaries in every way at once, by path from its folder.

    Beside a plain record of each kind it has private records, records that are private as their
    kind is, whose list says so, below a private goal, drafts, and public ones whose fields and
    blocks are private.
    """
    canaries = Canaries()
    files = plain()
    settings = ['title = "A plan"', 'base_url = "https://example.org/"', "[visibility]"]
    for kind in KINDS:
        settings.append(f'{kind.name} = "private"')
        settings += [f'"{kind.name}.{name}" = "private"' for name in hideable(kind)]
        block = f"\nPlain words.\n\n::: private\n{(body := canaries.body(kind.name))}\n:::\n"
        own = {"id": f"open-{kind.name}", "title": f"An open {kind.name}", "visibility": "public"}
        if kind.singleton:
            files[f"{kind.name}.md"] = front_matter(canaries.fields(kind) | own) + block
            files |= canaries.drawings(body, ".")
            continue
        files[f"{kind.folder}/open.md"] = front_matter(canaries.fields(kind) | own) + block
        files |= canaries.drawings(body, kind.folder)
        ways = {"own": {"visibility": "private"}, "kinds": {}, "goals": {}, "draft": {}}
        if kind.name == "goal" or "goal" in written_names(kind.fields):
            above = "parent" if kind.name == "goal" else "goal"
            ways["goals"] = {above: "canary-goal-own", "visibility": "private"}
            ways["draft"] = {above: "canary-goal-own"} | (
                {"status": "draft"} if kind.name == "goal" else {}
            )
        for way, more in ways.items():
            fields = canaries.fields(kind) | {"id": f"canary-{kind.name}-{way}"} | more
            text = front_matter(fields) + (body := canaries.body(kind.name))
            files[f"{kind.folder}/canary-{way}.md"] = text
            files |= canaries.drawings(body, kind.folder)
        listed = ", ".join(f"{k}: {v}" for k, v in canaries.fields(kind).items() if k != "id")
        files[f"{kind.folder}.md"] = (
            f"---\nvisibility: private\nitems:\n  canary-item: {{{listed}}}\n---\nCanaryprose.\n"
        )
    site = "\n".join([*settings, ""])
    return {"site.toml": site, **{f"content/{path}": text for path, text in files.items()}}


def hideable(kind: Kind) -> list[str]:
    """Return the fields that `[visibility]` can narrow, as they are written."""
    return sorted(field_names(kind))


def readings(data: bytes) -> Iterator[str]:
    """Yield the ways in which the bytes of a file may be read: raw, decoded and decompressed."""
    if data.startswith(b"\x1f\x8b"):
        yield from readings(gzip.decompress(data))
    if data.startswith(b"\x78"):  # as git keeps its objects
        yield from readings(zlib.decompress(data))
    text = data.decode("utf-8", "replace")
    plain = html.unescape(text)
    yield from (text, plain, unquote(text), unquote(plain))
    yield text.replace("\r\n ", "").replace("\n ", "")  # lines of a calendar are folded
    yield "".join(f"{part}\n" for part in _strings(text))
    for part in re.findall(r"base64,([A-Za-z0-9+/=]+)", plain):
        yield b64decode(part + "==").decode("utf-8", "replace")


def found(files: Mapping[str, bytes]) -> set[str]:
    """Return the canaries in files and in their paths, as `path: canary`."""
    hits = {f"{path}: {hit}" for path in files for hit in CANARY.findall(unquote(path))}
    for path, data in files.items():
        if path.startswith("assets/") and path.endswith(".woff2"):
            continue
        for way in readings(data):
            hits |= {f"{path}: {hit}" for hit in CANARY.findall(way)}
    return hits


def _strings(text: str) -> Iterator[str]:
    for part in re.findall(r'(?<=")(?:[^"\\\n]|\\.)*(?=")', text):
        if "\\" in part:
            try:
                yield json.loads(f'"{part}"')
            except ValueError:
                continue
