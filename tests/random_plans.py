"""Random plans in which some is hidden and the rest refers to it, and the same without the hidden.

`RandomPlan.files(None)` is the plan as its owner writes it. `files(audience)` is what somebody
would have written who never wrote down what the audience may not see: those records, fields and
blocks are not there, nor is what refers to them, but for the label of a link as plain text.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from planfolio.model.kinds import KINDS
from planfolio.model.visibility import Visibility

PUBLIC, MENTOR, PRIVATE = Visibility

_FOLDERS = {kind.name: kind.folder for kind in KINDS if not kind.singleton}
_WORDS = (
    "plan",
    "week",
    "open",
    "Zürich",
    "report",
    "线路",
    "talk",
    "done",
    "due",
    "café",
    "of",
    "3",
)
_HIDEABLE = (
    *("goal.why", "goal.due", "goal.start", "goal.metric", "goal.effort", "goal.raises"),
    *("goal.after", "goal.role", "goal.done_when", "goal.milestones", "goal.tags", "goal.if_then"),
    *("goal.aliases", "goal.confidence", "goal.cost", "goal.mentor", "skill.level"),
    *("skill.category", "skill.evidence", "role.requires", "role.needs", "role.due"),
    *("milestone.due", "milestone.done", "milestone.effort", "review.wins", "review.metrics"),
    *("review.levels", "review.date", "review.next", "review.with", "person.meets"),
    *("person.topics", "resource.raises", "resource.cost", "resource.when", "resource.decide_by"),
    *("opportunity.when", "opportunity.decision", "achievement.skills", "achievement.date"),
)
_DEFAULTS = dict.fromkeys(("goal.if_then", "goal.confidence", "goal.cost", "resource.cost"), MENTOR)


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference to a record: by `whole` as it is written, and by `left` where it must vanish."""

    target: "_Entry"
    whole: str
    left: str = ""


@dataclass(slots=True)
class _Entry:
    """A record: who may see it at the most, its fields, and its body in parts."""

    kind: str
    id: str
    visible: Visibility
    written: bool = True
    fields: dict[str, str | Callable[[Visibility], str]] = field(default_factory=dict)
    body: list[str | tuple[Visibility, str] | _Reference] = field(default_factory=list)
    refers: "list[tuple[str, _Entry]]" = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"content/{_FOLDERS[self.kind]}/{self.id}.md"


class RandomPlan:
    """A plan by the choices of `chance`."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.narrower = {
            name: chance.choice([MENTOR, PRIVATE])
            for name in chance.sample(_HIDEABLE, chance.randint(0, 4))
        }
        self.hours = chance.random() < 0.6
        self._entries = [
            _Entry(kind, f"{kind}-{n}", chance.choice([PUBLIC, PUBLIC, MENTOR, PRIVATE]))
            for kind in _FOLDERS
            for n in range(chance.randint(0, 3))
        ]
        for entry in self._entries:
            getattr(self, f"_{entry.kind}")(entry)
            self._write_body(entry)
        self.role = self._some("role")

    def files(self, audience: Visibility | None) -> dict[str, str]:
        """Return the plan as files; for an audience without all that it may not see."""
        seen = PRIVATE if audience is None else audience
        kept = [entry for entry in self._entries if entry.visible <= seen]
        texts = {entry.path: self._text(entry, seen) for entry in kept}
        return {"site.toml": self._settings(seen), **texts}

    def refers_narrower(self) -> set[tuple[str, str]]:
        """Return the references that some readers of their place cannot follow.

        Each is the path of the record and the key of what it refers to.
        """
        return {
            (entry.path, f"{target.kind}/{target.id}")
            for entry in self._entries
            for place, target in entry.refers
            if place not in {"metrics", "levels"}  # a value that a review states leaves no trace
            and max(entry.visible, self._visible(f"{entry.kind}.{place}")) < target.visible
        }

    def _visible(self, name: str) -> Visibility:
        return self.narrower.get(name) or _DEFAULTS.get(name, PUBLIC)

    def _settings(self, seen: Visibility) -> str:
        lines = ['title = "A plan of many"', 'base_url = "https://example.org/p/"']
        lines += ["[plan]", "start = 2026-01-01"]
        if self.hours and seen >= MENTOR:
            lines.append("hours_per_week = 7")
        if self.role is not None and self.role.visible <= seen:
            lines.append(f'role = "{self.role.id}"')
        lines.append('[visibility]\nreview = "public"')
        lines += [f'"{name}" = "{visible.word}"' for name, visible in self.narrower.items()]
        return "\n".join([*lines, ""])

    def _text(self, entry: _Entry, seen: Visibility) -> str:
        lines = [f"title: {entry.id} {self._title(entry)}"]
        if entry.written:
            lines.append(f"visibility: {entry.visible.word}")
        for name, value in entry.fields.items():
            if self._visible(f"{entry.kind}.{name}") > seen:
                continue
            text = value if isinstance(value, str) else value(seen)
            if text:
                lines.append(f"{name}: {text}")
        body = "".join(self._part(part, seen) for part in entry.body)
        return "\n".join(["---", *lines, "---", "", body, ""])

    def _part(self, part: str | tuple[Visibility, str] | _Reference, seen: Visibility) -> str:
        match part:
            case str():
                return part
            case _Reference(target, whole, left):
                return whole if target.visible <= seen else left
            case (visible, text):
                block = f"\n\n::: {visible.word}\n{text}\n:::\n\n"
                return block if visible <= seen else "\n" * block.count("\n")
        raise AssertionError(part)

    def _title(self, entry: _Entry) -> str:
        return _WORDS[sum(map(ord, entry.id)) % len(_WORDS)]

    def _some(self, kind: str, *, but: _Entry | None = None) -> _Entry | None:
        found = [entry for entry in self._entries if entry.kind == kind and entry is not but]
        return self._chance.choice(found) if found else None

    def _refer(self, entry: _Entry, name: str, kinds: tuple[str, ...], form: str) -> None:
        """Let a field of an entry refer to up to two records: `form` is how each is written."""
        found: dict[str, _Entry] = {}
        for kind in kinds:
            other = self._some(kind, but=entry)
            if other is not None and self._chance.random() < 0.7:
                found[f"{other.kind}/{other.id}" if len(kinds) > 1 else other.id] = other
        if not found:
            return
        entry.refers += [(name, target) for target in found.values()]

        def write(seen: Visibility) -> str:
            parts = [form.format(ref) for ref, target in found.items() if target.visible <= seen]
            opened, closed = ("{", "}") if ":" in form else ("[", "]")
            return f"{opened}{', '.join(parts)}{closed}" if parts else ""

        entry.fields[name] = write

    def _words(self) -> str:
        return " ".join(self._chance.choices(_WORDS, k=self._chance.randint(2, 6)))

    def _maybe(self, entry: _Entry, name: str, *values: str) -> None:
        if self._chance.random() < 0.5:
            entry.fields[name] = self._chance.choice(values)

    def _role(self, entry: _Entry) -> None:
        self._refer(entry, "requires", ("skill",), "{}: {{level: 4, weight: 4}}")
        self._maybe(entry, "needs", f"[{{id: need-{entry.id}, title: A licence}}]")
        self._maybe(entry, "due", "2028", "2027-Q2")

    def _skill(self, entry: _Entry) -> None:
        self._maybe(entry, "level", "2", "4")
        self._maybe(entry, "category", self._words())
        self._maybe(entry, "evidence", f"[{{title: {self._words()}, date: 2026-03}}]")

    def _goal(self, entry: _Entry) -> None:
        above = self._some("goal", but=entry)
        if above is not None and above.id < entry.id and self._chance.random() < 0.5:
            entry.fields["parent"] = above.id
            self._below(entry, above)
        self._refer(entry, "raises", ("skill",), "{}: 4")
        self._maybe(entry, "due", "2026-12-31", "2027-Q1")
        self._maybe(entry, "metric", "5/12 talks", "{target: 40, current: 7, unit: cups}")
        self._maybe(entry, "why", self._words())
        self._maybe(entry, "done_when", self._words())
        self._maybe(entry, "tags", "[red, blue]")
        self._maybe(entry, "aliases", f"[old-{entry.id}]")
        self._maybe(entry, "cost", "395 USD")
        self._maybe(entry, "confidence", "6")
        self._maybe(entry, "mode", "experience", "social", "formal")
        self._maybe(entry, "if_then", f"{{{self._words()}: {self._words()}}}")
        self._efforts(entry)
        self._name(entry, "role", "role")
        self._name(entry, "mentor", "person")

    def _milestone(self, entry: _Entry) -> None:
        self._belong(entry)
        self._maybe(entry, "due", "2026-08-31", "2026-11")
        self._maybe(entry, "done", "2026-07-01")
        self._efforts(entry)

    def _review(self, entry: _Entry) -> None:
        self._maybe(entry, "date", "2026-05-05", "2026-08-08")
        self._maybe(entry, "wins", f"[{self._words()}]")
        self._maybe(entry, "next", f"[{self._words()}]")
        self._refer(entry, "metrics", ("goal",), "{}: 6")
        self._refer(entry, "levels", ("skill",), "{}: 3")
        self._refer(entry, "with", ("person",), "{}")

    def _resource(self, entry: _Entry) -> None:
        self._belong(entry)
        self._refer(entry, "raises", ("skill",), "{}: 4")
        self._maybe(entry, "cost", "60 USD", "8 EUR")
        self._maybe(entry, "when", "2026-05", "2026-11-02..2026-11-04")
        self._maybe(entry, "decide_by", "2026-06-30", "2026-10")
        self._maybe(entry, "status", "doing", "done")
        self._efforts(entry)

    def _person(self, entry: _Entry) -> None:
        self._maybe(entry, "meets", "month", "2 weeks")
        self._maybe(entry, "topics", f"[{self._words()}]")

    def _opportunity(self, entry: _Entry) -> None:
        self._maybe(entry, "when", "2026-Q1", "2027..2029")
        self._maybe(entry, "decision", self._words())
        self._name(entry, "role", "role")

    def _achievement(self, entry: _Entry) -> None:
        self._belong(entry)
        self._maybe(entry, "date", "2026-03-03", "2026-06")
        self._maybe(entry, "impact", self._words())
        self._refer(entry, "skills", ("skill",), "{}")

    def _name(self, entry: _Entry, field: str, kind: str) -> None:
        """Let a field of an entry refer to a record."""
        named = self._some(kind)
        if named is not None and self._chance.random() < 0.6:
            entry.refers.append((field, named))
            entry.fields[field] = lambda seen: named.id if named.visible <= seen else ""

    def _belong(self, entry: _Entry) -> None:
        """Let an entry belong to a goal."""
        goal = self._some("goal")
        if goal is not None and self._chance.random() < 0.8:
            entry.fields["goal"] = goal.id
            self._below(entry, goal)

    def _below(self, entry: _Entry, above: _Entry) -> None:
        """Let an entry be seen by no more people than what it is a part of, said or not."""
        entry.written = entry.visible > above.visible
        entry.visible = max(entry.visible, above.visible)

    def _efforts(self, entry: _Entry) -> None:
        """An effort in weeks is one in hours for those who do not know the hours of a week, 7."""
        if self._chance.random() < 0.5:
            entry.fields["effort"] = self._chance.choice(["12h", "90h"])
        elif self.hours and self._chance.random() < 0.5:
            entry.fields["effort"] = lambda seen: "2w" if seen >= MENTOR else "14h"

    def _write_body(self, entry: _Entry) -> None:
        for _ in range(self._chance.randint(0, 4)):
            match self._chance.randrange(6):
                case 0:
                    entry.body.append(f"\n\n## {self._words()}\n\n")
                case 1:
                    visible = self._chance.choice([MENTOR, PRIVATE])
                    entry.body.append(
                        (visible, f"Within {self._words()}.\n\n- [x] {self._words()}")
                    )
                case 2 | 3 if other := self._some(self._chance.choice([*_FOLDERS]), but=entry):
                    label = self._words()
                    written, left = self._chance.choice(
                        [
                            (f"[[{_FOLDERS[other.kind]}/{other.id}]]", ""),
                            (f"[[{_FOLDERS[other.kind]}/{other.id}|{label}]]", label),
                            (f"[{label}](../{_FOLDERS[other.kind]}/{other.id}.md)", label),
                        ]
                    )
                    entry.refers.append(("body", other))
                    entry.body += ["And ", _Reference(other, written, left), " so. "]
                case _:
                    entry.body.append(f"{self._words()}. ")
