"""The law of visibility: what is removed for an audience is in no byte of its site.

Each hidden place of a plan holds a canary, a word or number that stands nowhere else. A site for
others must hold none of them, whatever way its bytes are read, and must be the very site that
comes of the plan without what is hidden.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple, TypeAlias

import pytest
from tests.canaries import AS_OF, Canaries, found, front_matter, hideable, plain

from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Fields, Kind
from planfolio.model.table import written_names
from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build

SiteOf: TypeAlias = Callable[..., Mapping[str, bytes]]

OTHERS = (Visibility.PUBLIC, Visibility.MENTOR)
LATE = Today(now=datetime(AS_OF.year, AS_OF.month, AS_OF.day, 12, tzinfo=UTC))

SHOWN_NOWHERE = {
    # Not even their owner reads these on a page.
    "profile.id",
    "role.needs.id",
    "goal.log.times",
    "goal.smart.reason",  # the goal that holds it is done, and has no checks
    "goal.metric.stretch",
    "goal.metric.history.note",
    # A record that is done and dropped is shown as done.
    "goal.dropped.reason",
    "resource.dropped.reason",
    "goal.milestones.dropped.reason",
    "milestone.dropped.reason",
}


class Hidden(NamedTuple):
    """A record full of canaries: where its file is, its fields but `visibility`, and its body.

    `files` are those that it links to, by path below content/.
    """

    kind: Kind
    path: str
    fields: dict[str, str]
    body: str
    files: dict[str, str]
    places: dict[str, str]

    def written(self, *without: str, **more: str) -> dict[str, str]:
        """Return its files, the record without some fields; `more` replace others of them."""
        kept = {name: text for name, text in self.fields.items() if name not in without}
        return {self.path: front_matter(kept | more) + self.body, **self.files}


@pytest.fixture
def site_of(plan: Callable[[dict[str, str]], Path]) -> SiteOf:
    """Write the files of a plan (below content/, beside the plain ones) and make its site."""

    def make_site(
        files: Mapping[str, str], *, audience: Visibility, settings: str = ""
    ) -> Mapping[str, bytes]:
        root = plan({})
        for file in sorted((root / "content").rglob("*"), reverse=True):
            if file.is_file():
                file.unlink()
        everything = {f"content/{path}": text for path, text in {**plain(), **files}.items()}
        base = 'title = "A plan"\nbase_url = "https://example.org/p/"\n'
        root = plan({"site.toml": base + settings, **everything})
        made = build(root, today=LATE, audience=audience)
        assert made.files is not None, [d.message for d in made.check.errors]
        copied = {path: file.read_bytes() for path, file in made.copies.items()}
        return {**made.files, **copied}

    return make_site


def hidden(kind: Kind, *, beside: Canaries | None = None) -> Hidden:
    """Return a record of a kind in which every field and every part of the body is a canary.

    They are others than those that are `beside` it.
    """
    canaries = beside or Canaries()
    fields, body = canaries.fields(kind), canaries.body(kind.name)
    path = f"{kind.name}.md" if kind.singleton else f"{kind.folder}/canaryfile.md"
    files = canaries.drawings(body, "." if kind.singleton else kind.folder)
    return Hidden(kind, path, fields, body, files, canaries.places)


def kind_of(name: str) -> Kind:
    """Return a kind by its name."""
    return next(kind for kind in KINDS if kind.name == name)


def named(kind: Kind) -> str:
    """Return the name of a kind, for the name of a test."""
    return kind.name


def test_a_field_of_a_new_type_needs_a_canary() -> None:
    """Fields of known types have canaries by themselves; of another it is said which one has none.

    Every field of every kind is written but visibility itself, which hides the others, and those
    that only agree with another.
    """

    class Added(Fields):
        mood: Annotated[str, "a type of its own"] | None = None
        colour: complex | None = None

    with pytest.raises(TypeError, match=r"thing\.colour: no canary is known"):
        Canaries()._table(Added, "thing")
    for kind in KINDS:
        names = set(written_names(kind.fields))
        assert set(hidden(kind).fields) == names - {"visibility"}


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_the_owner_sees_the_canaries(kind: Kind, site_of: SiteOf) -> None:
    """The search that finds nothing elsewhere finds each of them where they may be seen."""
    record = hidden(kind)
    site = site_of(record.written(visibility="private"), audience=Visibility.PRIVATE)
    hits = {hit.rpartition(": ")[2].lower() for hit in found(site)}
    hits |= {re.sub(r"\D", "", hit) for hit in hits}
    places = {place for canary, place in record.places.items() if canary not in hits}
    assert places <= SHOWN_NOWHERE


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_a_private_record_leaves_no_trace(
    kind: Kind, audience: Visibility, site_of: SiteOf
) -> None:
    """A record full of canaries is in no byte, and the site is as if it had not been written:
    whether it says itself that it is private, or its kind does, or all kinds do, or the list that
    it is in, with the prose below that."""
    record = hidden(kind)
    fields = ", ".join(f"{name}: {text}" for name, text in record.fields.items() if name != "id")
    listed = f"---\nvisibility: private\nitems:\n  canary-item: {{{fields}}}\n---\nCanaryprose.\n"
    ways = [
        (record.written(visibility="private"), ""),
        (record.written(), f'[visibility]\n{kind.name} = "private"\n'),
        (record.written(), '[visibility]\ndefault = "private"\n'),
        *([] if kind.singleton else [({f"{kind.folder}.md": listed}, "")]),
    ]
    for files, settings in ways:
        site = site_of(files, audience=audience, settings=settings)
        assert found(site) == set()
        assert site == site_of({}, audience=audience, settings=settings)


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize(
    ("kind", "by", "why"),
    [
        ("milestone", "goal", {"visibility": "private"}),
        ("goal", "parent", {"visibility": "private"}),
        ("milestone", "goal", {"status": "draft"}),
        ("resource", "goal", {"visibility": "private"}),
        ("achievement", "goal", {"status": "draft"}),
    ],
    ids=["milestone", "child", "of a draft", "resource", "achievement"],
)
def test_what_a_private_goal_holds_leaves_no_trace(
    kind: str, by: str, why: dict[str, str], audience: Visibility, site_of: SiteOf
) -> None:
    """All that belongs to a private goal or a draft is private, inline milestones too."""
    canaries = Canaries()
    above = hidden(kind_of("goal"), beside=canaries)._replace(path="goals/canaryabove.md")
    record = hidden(kind_of(kind), beside=canaries)
    files = above.written(id="canary-above", **why) | record.written(**{by: "canary-above"})
    site = site_of(files, audience=audience)
    assert found(site) == set()
    assert site == site_of({}, audience=audience)


def narrowed(kind: Kind, *names: str) -> str:
    """Return settings by which fields of a kind are private, and the kind itself is public."""
    lines = "".join(f'"{kind.name}.{name}" = "private"\n' for name in names)
    return f'[visibility]\n{kind.name} = "public"\n{lines}'


def open_record(kind: Kind) -> tuple[Hidden, dict[str, str]]:
    """Return a record whose canaries are in fields alone, and those that cannot be hidden."""
    record = hidden(kind)
    path = record.path.replace("canaryfile", "plain-file")
    kept = {"id": f"plain-{kind.name}-id", "title": f"Another {kind.name}"}
    return record._replace(path=path, body="\nPlain words.\n", files={}), kept


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_private_fields_leave_no_trace(kind: Kind, audience: Visibility, site_of: SiteOf) -> None:
    """A public record without its private fields is one in which they were not written."""
    record, kept = open_record(kind)
    names = tuple(hideable(kind))
    settings = narrowed(kind, *names)
    site = site_of(record.written(**kept), audience=audience, settings=settings)
    assert found(site) == set()
    bare = record.written(*names, **kept)
    assert site == site_of(bare, audience=audience, settings=settings)


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_each_private_field_leaves_no_trace(kind: Kind, site_of: SiteOf) -> None:
    """Alone among fields that can be seen: what is derived from it is gone as well."""
    record, kept = open_record(kind)
    names = hideable(kind)
    assert len(names) > 5
    for name in names:
        settings = narrowed(kind, name)
        whole = record.written(**kept)
        site = site_of(whole, audience=Visibility.PUBLIC, settings=settings)
        bare = record.written(name, **kept)
        assert site == site_of(bare, audience=Visibility.PUBLIC, settings=settings), name


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_a_private_block_leaves_no_trace(kind: Kind, audience: Visibility, site_of: SiteOf) -> None:
    """Text, headings, tasks, links, pictures and footnotes of a block go with it."""
    record = hidden(kind)
    path = record.path.replace("canaryfile", "x")
    head = "---\ntitle: Plain title\nvisibility: public\n---\n"
    around = "\n# Plan\n\nBefore.\n{}\n# Plan\n\n- [ ] After[^2]\n\n[^2]: Kept\n"
    block = f"\n::: private\n# Plan\n{record.body}\n:::\n"
    blank = re.sub(r".+", "", block)
    site = site_of({path: head + around.format(block), **record.files}, audience=audience)
    assert found(site) == set()
    assert site == site_of({path: head + around.format(blank)}, audience=audience)


@pytest.mark.parametrize("audience", OTHERS)
def test_the_defaults_hide_what_the_design_says(audience: Visibility, site_of: SiteOf) -> None:
    """Struggles, obstacles, confidence, cost, reviews and capacity are for mentors where none says
    else, and people are for the owner alone.

    Two weeks are 2 * 77 h for everybody, but only in hours.
    """
    files = {
        "profile.md": "---\ntitle: Me\nstruggles: [Canarystruggle]\n---\n",
        "goals/one.md": "---\ntitle: One\nif_then: {Canaryobstacle: Canaryremedy}\n"
        "confidence: 7\ncost: 771774 EUR\neffort: 2w\n---\n",
        "milestones/two.md": "---\ntitle: Two\ngoal: one\ncost: 771776 EUR\n---\n",
        "reviews/three.md": "---\ntitle: Three\nvisibility: public\ndate: 2026-03-03\n"
        "confidence: {one: 7}\n---\n",
        "reviews/four.md": "---\ntitle: Canaryreview\nwins: [Canarywin]\n---\n",
        "resources/five.md": "---\ntitle: Five\ncost: 771778 EUR\n---\n",
        "people/six.md": "---\ntitle: Canaryperson\ntopics: [Canarytopic]\n---\n",
    }
    settings = "[plan]\nhours_per_week = 77\n"
    site = site_of(files, audience=audience, settings=settings)
    export = json.loads(site["plan.json"])
    shown = {hit.rpartition(": ")[2] for hit in found(site)}
    confidence = b"Confidence" in site["reviews/three/index.html"]
    assert confidence == (audience is Visibility.MENTOR)
    if audience is Visibility.PUBLIC:
        assert shown == set()
        assert export["capacity"]["hours_per_week"] is None
        assert b"154 h" in site["goals/one/index.html"]
        assert not re.search(rb"\b(2w|77)\b", site["goals/one/index.html"] + site["plan.json"])
    else:
        words = {"Canarystruggle", "Canaryobstacle", "Canaryremedy", "Canaryreview", "Canarywin"}
        assert {word for word in shown if word.startswith("Canary")} == words
        assert {"771774", "771776", "771778"} <= shown
        assert export["capacity"]["hours_per_week"] == 77


BUDGET = '[plan]\nbudget = ["771771 EUR"]\nhours_per_week = 77\n[visibility]\n'
COSTS = {
    "goals/one.md": "---\ntitle: One\ncost: 771774 EUR\neffort: 30h\ndue: 2093-01-05\n---\n",
    "milestones/two.md": "---\ntitle: Two\ncost: 771776 EUR\n---\n",
}


@pytest.mark.parametrize(
    ("audience", "settings", "seen"),
    [
        (Visibility.PUBLIC, "", False),
        (Visibility.MENTOR, "", True),
        (Visibility.MENTOR, '"milestone.cost" = "private"\n', False),
        (Visibility.MENTOR, '"plan.budget" = "private"\n', False),
        (Visibility.PUBLIC, '"goal.cost" = "public"\n', False),
        (Visibility.PUBLIC, '"plan.budget" = "public"\n', False),
    ],
)
def test_sums_of_money_are_for_those_who_see_all_costs(
    audience: Visibility, settings: str, *, seen: bool, site_of: SiteOf
) -> None:
    """What is set aside and what all costs together is in no file for others, nor any sum."""
    site = site_of(COSTS, audience=audience, settings=BUDGET + settings)
    budget = json.loads(site["plan.json"])["budget"]
    whole = b"".join(site.values())
    assert (budget is not None) == seen
    if seen:
        (euros,) = budget["sums"]
        assert (euros["set_aside"], euros["planned"]) == (771771, 771774 + 771776)
    else:
        assert not re.search(rb"771.?771|1.?543.?550", whole)


def test_the_hours_of_a_week_leave_no_trace_in_the_plan_of_others(site_of: SiteOf) -> None:
    """No verdict, no projection, no slack and no day of readiness: they would tell the hours."""
    export = json.loads(site_of(COSTS, audience=Visibility.PUBLIC, settings=BUDGET)["plan.json"])
    capacity = export["capacity"]
    assert not any(capacity.values())
    step = export["goals"][0]
    names = ("projected", "late_days", "slack_days", "latest_start")
    assert [step[name] for name in names] == [None] * 4


def test_site_toml_can_show_what_is_narrow_by_default(
    site_of: SiteOf,
) -> None:
    """A field that is for mentors by default is public where the owner says so."""
    files = {"profile.md": "---\ntitle: Me\nstruggles: [Canarystruggle]\n---\n"}
    settings = '[visibility]\n"profile.struggles" = "public"\n'
    site = site_of(files, audience=Visibility.PUBLIC, settings=settings)
    assert found(site) == {"me/index.html: Canarystruggle"}


def test_a_block_for_mentors_is_seen_by_them_alone(
    site_of: SiteOf,
) -> None:
    """Mentors see their block with a badge, and nothing of the private one within it."""
    body = "::: mentor\nCanaryone\n\n::: private\nCanarytwo\n:::\n:::\n"
    files = {"goals/x.md": f"---\ntitle: Plain title\n---\n{body}"}
    mentor = site_of(files, audience=Visibility.MENTOR)["goals/x/index.html"].decode()
    assert "Canaryone" in mentor
    assert "For mentors" in mentor
    assert "Canarytwo" not in mentor
    assert found(site_of(files, audience=Visibility.PUBLIC)) == set()


@pytest.mark.parametrize("audience", OTHERS)
def test_links_into_a_hidden_block_lose_their_anchor(audience: Visibility, site_of: SiteOf) -> None:
    """The id of a hidden heading is in no address, and one that moved is found where it is now."""
    files = {
        "goals/x.md": "---\ntitle: Plain goal\n---\n[here](#canaryhead) [below](#plan-1)\n\n"
        "::: private\n# Canaryhead\n\n# Plan\n:::\n\n# Plan\n",
        "goals/y.md": "---\ntitle: Plain other\n---\n[in](x.md#canaryhead) [on](x.md#plan-1)\n",
    }
    site = site_of(files, audience=audience)
    assert found(site) == set()
    assert '<p>here <a href="./#plan">below</a></p>' in site["goals/x/index.html"].decode()
    other = site["goals/y/index.html"].decode()
    assert '<a href="../x/">in</a> <a href="../x/#plan">on</a>' in other
