"""The law of visibility: what is removed for an audience is in no byte of its site.

Each hidden place of a plan holds a canary, a word or number that stands nowhere else. A site for
others must hold none of them, whatever way its bytes are read, and must be the very site that
comes of the plan without what is hidden.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from planfolio.audiences import field_names
from planfolio.kinds import KINDS, Visibility
from planfolio.pipeline import make

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from planfolio.pipeline import Today

OTHERS = (Visibility.PUBLIC, Visibility.MENTOR)
CANARY = re.compile(r"canary\w*|2093|7717\d*", re.IGNORECASE)

# Every field of every kind that a plan may write, each with a canary: a word, a year or a number.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "profile": {
        "id": "canary-id",
        "title": "Canarytitle",
        "tags": "[canarytag]",
        "aliases": "[canaryalias]",
        "name": "Canaryname",
        "headline": "Canaryheadline",
        "experience": "[{title: Canaryjob, organisation: Canaryfirm, start: 2093-01, "
        "highlights: [Canarydeed]}]",
        "education": "[{title: Canarydegree, organisation: Canaryschool, end: 2093-02}]",
        "certificates": "[{title: Canarypaper, issuer: Canaryboard, expires: 2093-03-01, "
        "url: 'https://canarypaper.example.org/'}]",
        "strengths": "[Canarystrength]",
        "struggles": "[Canarystruggle]",
        "motivations": "[Canarymotive]",
        "values": "[Canaryvalue]",
        "interests": "[Canaryinterest]",
        "assessed": "2093-01-01",
    },
    "skill": {
        "id": "canary-id",
        "title": "Canarytitle",
        "tags": "[canarytag]",
        "aliases": "[canaryalias]",
        "category": "Canarycategory",
        "level": "3",
        "scale": "five",
        "assessed": "2093-01-02",
        "evidence": "[{title: Canaryproof, date: 2093-01-02, url: 'https://canary.example.org/'}]",
        "history": "[{date: 2093-01-03, level: 2, by: Canaryjudge}]",
        "uri": "https://canaryuri.example.org/",
    },
    "role": {
        "id": "canary-id",
        "title": "Canarytitle",
        "tags": "[canarytag]",
        "aliases": "[canaryalias]",
        "organisation": "Canaryfirm",
        "due": "2093-Q1",
        "requires": "{canary-implied: {level: 4, weight: 4, why: Canarywhy}}",
        "needs": "[{id: canaryneed, title: Canarylicence, need: certification, why: Canarycause}]",
        "ready_at": "77",
        "source": "https://canarysource.example.org/",
        "status": "target",
    },
    "goal": {
        "id": "canary-id",
        "title": "Canarytitle",
        "tags": "[canarytag]",
        "aliases": "[canaryalias]",
        "kind": "outcome",
        "status": "active",
        "done": "2093-03-04",
        "horizon": "9y",
        "start": "2093-01-05",
        "due": "2093-12-06",
        "when": "2093-Q1..Q3",
        "role": "plain-role",
        "parent": "plain-parent",
        "after": "[plain-parent]",
        "raises": "{plain-skill: 4}",
        "answers": "[]",
        "weight": "3",
        "need": "certification",
        "mode": "social",
        "priority": "must",
        "metric": "{name: Canarymetric, unit: canaryunit, baseline: 77171, target: 77179, "
        "history: [{date: 2026-02-02, value: 77172, note: Canarynote}]}",
        "done_when": "Canarycriterion is met",
        "cadence": "3/week",
        "log": "{2026-W05: 2}",
        "effort": "77173h",
        "cost": "77174 EUR",
        "mentor": "Canarymentor",
        "why": "Canaryreason",
        "if_then": "{Canaryobstacle: Canaryremedy}",
        "confidence": "7",
        "decide_by": "2093-07-07",
        "replans": "[{date: 2026-02-03, from: 2093-01-01, to: 2093-02-01, reason: Canarydelay}]",
        "milestones": "[{title: Canarystep, due: 2093-08-08, celebrate: Canarycake}]",
        "smart": "{except: [R], reason: Canaryexcuse}",
    },
    "milestone": {
        "id": "canary-id",
        "title": "Canarytitle",
        "tags": "[canarytag]",
        "aliases": "[canaryalias]",
        "goal": "plain-parent",
        "start": "2093-01-09",
        "due": "2093-12-09",
        "when": "2093-Q1",
        "done": "2093-02-10",
        "done_when": "Canarycriterion is met",
        "effort": "77175h",
        "weight": "4",
        "after": "[plain-other]",
        "raises": "{plain-skill: 4}",
        "answers": "[]",
        "need": "certification",
        "mode": "social",
        "cost": "77176 EUR",
        "proof": "https://canaryproof.example.org/",
        "celebrate": "Canarycake",
    },
    "review": {
        "id": "canary-id",
        "title": "Canarytitle",
        "tags": "[canarytag]",
        "aliases": "[canaryalias]",
        "date": "2026-04-04",
        "kind": "quarterly",
        "with": "[Canaryperson]",
        "metrics": "{plain-parent: 77177}",
        "levels": "{plain-skill: 3}",
        "confidence": "{plain-parent: 6}",
        "wins": "[Canarywin]",
        "problems": "[Canaryproblem]",
        "decisions": "[Canarydecision]",
        "next": "[Canarynext]",
        "feedback": "[{from: Canaryboss, text: Canarypraise}]",
        "next_review": "2093-11-11",
    },
}
PLAIN = {
    "roles/plain-role.md": "---\ntitle: Plain role\nrequires: {plain-skill: 4}\n---\n",
    "skills/plain-skill.md": "---\ntitle: Plain skill\nlevel: 2\n---\n",
    "goals/plain-parent.md": (
        "---\ntitle: Plain parent\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 3/9 talks\n"
        "role: plain-role\n---\n\nSome plain words.\n"
    ),
    "goals/plain-other.md": "---\ntitle: Plain other goal\ndue: 2026-11-30\n---\n",
}
BODY = """
# Canaryheading

Canarysentence one, with [[plain-parent|Canarylabel]] and ![Canaryalt](canarydrawing.svg).

- [x] Canarytask
- [ ] Canarychore

```text
canarycode
```

Canarynoted[^1].

[^1]: Canaryfootnote
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><text>canarydrawn</text></svg>'


def folder_of(kind: str) -> str:
    """Return where the file of a kind's hidden record stands."""
    known = next(k for k in KINDS if k.name == kind)
    return "profile.md" if known.single else f"{known.folder}/canaryfile.md"


def front_matter(kind: str, *, without: tuple[str, ...] = (), **more: str) -> str:
    """Return all fields of a kind as front matter, its canaries among them."""
    fields = {k: v for k, v in FIELDS[kind].items() if k not in without} | more
    return "\n".join(["---", *(f"{key}: {value}" for key, value in fields.items()), "---", ""])


def readings(data: bytes) -> set[str]:
    """Return the ways in which the bytes of a file may be read."""
    text = data.decode("utf-8", "replace")
    ways = {text, html.unescape(text), unquote(text), unquote(html.unescape(text))}
    ways |= {json.loads(f'"{part}"') for part in re.findall(r'(?<=")(?:[^"\\\n]|\\.)*(?=")', text)}
    return ways


def canaries(files: Mapping[str, bytes]) -> set[str]:
    """Return the canaries in the files of a site and in their paths."""
    found = {f"{path}: {hit}" for path in files for hit in CANARY.findall(path)}
    for path, data in files.items():
        if path.startswith("assets/"):
            continue
        found |= {f"{path}: {hit}" for way in readings(data) for hit in CANARY.findall(way)}
    return found


@pytest.fixture
def site_of(
    plan: Callable[[dict[str, str]], Path], today: Today
) -> Callable[..., Mapping[str, bytes]]:
    """Write the files of a plan (below content/, beside the plain ones) and make its site."""

    def build(
        files: Mapping[str, str], *, audience: Visibility, settings: str = ""
    ) -> Mapping[str, bytes]:
        root = plan({})
        for file in sorted((root / "content").rglob("*"), reverse=True):
            if file.is_file():
                file.unlink()
        everything = {f"content/{path}": text for path, text in {**PLAIN, **files}.items()}
        base = 'title = "A plan"\nbase_url = "https://example.org/p/"\n'
        made = make(
            plan({"site.toml": base + settings, **everything}), today=today, audience=audience
        )
        assert made.files is not None, [d.message for d in made.checked.errors]
        return made.files

    return build


def test_the_fields_with_canaries_are_all_that_there_are() -> None:
    """No field of any kind goes untried; visibility itself is what hides the others."""
    for kind in KINDS:
        names = {info.alias or name for name, info in kind.fields.model_fields.items()}
        assert set(FIELDS[kind.name]) == names - {"visibility"}


def test_the_owner_sees_the_canaries(site_of: Callable[..., Mapping[str, bytes]]) -> None:
    """The search that finds nothing elsewhere finds plenty where there is something to find."""
    files = {
        folder_of(kind): front_matter(kind, visibility="private") + BODY for kind in FIELDS
    } | {f"{folder}/canarydrawing.svg": DRAWING for folder in FOLDERS}
    found = canaries(site_of(files, audience=Visibility.PRIVATE))
    words = {hit.rpartition(": ")[2].lower() for hit in found}
    assert len(words) > 50
    assert {"canarytitle", "canarysentence", "canarytask", "canarydrawing", "2093"} <= words


FOLDERS = ("goals", "skills", "roles", "milestones", "reviews", ".")


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_a_private_record_leaves_no_trace(
    kind: str, audience: Visibility, site_of: Callable[..., Mapping[str, bytes]]
) -> None:
    """A record full of canaries is in no byte, and the site is as if it had not been written."""
    text = front_matter(kind, visibility="private") + BODY
    folder = folder_of(kind).rpartition("/")[0] or "."
    files = {folder_of(kind): text, f"{folder}/canarydrawing.svg": DRAWING}
    site = site_of(files, audience=audience)
    assert canaries(site) == set()
    assert site == site_of({}, audience=audience)


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_private_fields_leave_no_trace(
    kind: str, audience: Visibility, site_of: Callable[..., Mapping[str, bytes]]
) -> None:
    """A public record without its private fields is one in which they were not written."""
    known = next(k for k in KINDS if k.name == kind)
    hidden = sorted(field_names(known))
    settings = "[visibility]\n" + "".join(f'"{kind}.{name}" = "private"\n' for name in hidden)
    settings += f'{kind} = "public"\n'
    kept = {"id": f"plain-{kind}-id", "title": "Plain title"}
    if kind == "milestone":
        kept["goal"] = "plain-parent"
    whole = front_matter(kind, without=(), **kept)
    bare = front_matter(kind, without=tuple(hidden), **kept)
    site = site_of(
        {folder_of(kind).replace("canaryfile", "plain-file"): whole},
        audience=audience,
        settings=settings,
    )
    assert canaries(site) == set()
    without = site_of(
        {folder_of(kind).replace("canaryfile", "plain-file"): bare},
        audience=audience,
        settings=settings,
    )
    assert site == without


@pytest.mark.parametrize("audience", OTHERS)
def test_the_defaults_hide_what_the_design_says(
    audience: Visibility, site_of: Callable[..., Mapping[str, bytes]]
) -> None:
    """Struggles, obstacles, confidence, cost and capacity are for mentors where none says else."""
    files = {
        "profile.md": "---\ntitle: Me\nstruggles: [Canarystruggle]\n---\n",
        "goals/one.md": "---\ntitle: One\nif_then: {Canaryobstacle: Canaryremedy}\n"
        "confidence: 7\ncost: 77174 EUR\neffort: 2w\n---\n",
        "milestones/two.md": "---\ntitle: Two\ngoal: one\ncost: 77176 EUR\n---\n",
        "reviews/three.md": "---\ntitle: Three\nvisibility: public\ndate: 2026-03-03\n"
        "confidence: {one: 7}\n---\n",
    }
    settings = "[plan]\nhours_per_week = 77\n"
    site = site_of(files, audience=audience, settings=settings)
    export = json.loads(site["plan.json"])
    shown = canaries({path: data for path, data in site.items() if path.endswith(".html")})
    if audience is Visibility.PUBLIC:
        assert shown == set()
        assert export["capacity"]["hours_per_week"] is None
        assert b"154" not in site["goals/one/index.html"]
    else:
        assert {"Canarystruggle", "Canaryobstacle"} <= {hit.rpartition(": ")[2] for hit in shown}
        assert export["capacity"]["hours_per_week"] == 77


def test_site_toml_can_show_what_is_narrow_by_default(
    site_of: Callable[..., Mapping[str, bytes]],
) -> None:
    """A field that is for mentors by default is public where the owner says so."""
    files = {"profile.md": "---\ntitle: Me\nstruggles: [Canarystruggle]\n---\n"}
    settings = '[visibility]\n"profile.struggles" = "public"\n'
    site = site_of(files, audience=Visibility.PUBLIC, settings=settings)
    assert canaries(site) == {"me/index.html: Canarystruggle"}


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize("place", ["goals", "skills", "roles", "milestones", "reviews"])
def test_a_private_block_leaves_no_trace(
    place: str, audience: Visibility, site_of: Callable[..., Mapping[str, bytes]]
) -> None:
    """Text, headings, tasks, links, pictures and footnotes of a block go with it."""
    head = "---\ntitle: Plain title\nvisibility: public\n---\n"
    around = "\n# Plan\n\nBefore.\n{}\n# Plan\n\n- [ ] After[^2]\n\n[^2]: Kept\n"
    block = f"\n::: private\n# Plan\n{BODY}\n:::\n"
    blank = re.sub(r".+", "", block)
    hidden = {f"{place}/canarydrawing.svg": DRAWING}
    site = site_of({f"{place}/x.md": head + around.format(block), **hidden}, audience=audience)
    assert canaries(site) == set()
    assert site == site_of({f"{place}/x.md": head + around.format(blank)}, audience=audience)


def test_a_block_for_mentors_is_seen_by_them_alone(
    site_of: Callable[..., Mapping[str, bytes]],
) -> None:
    """Mentors see their block with a badge, and nothing of the private one within it."""
    body = "::: mentor\nCanaryone\n\n::: private\nCanarytwo\n:::\n:::\n"
    files = {"goals/x.md": f"---\ntitle: Plain title\n---\n{body}"}
    mentor = site_of(files, audience=Visibility.MENTOR)["goals/x/index.html"].decode()
    assert "Canaryone" in mentor
    assert "For mentors" in mentor
    assert "Canarytwo" not in mentor
    assert canaries(site_of(files, audience=Visibility.PUBLIC)) == set()


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "goals/canary-top.md": "---\ntitle: Canarytop\nvisibility: private\n---\n",
                "milestones/canary-step.md": "---\ntitle: Canarystep\ngoal: canary-top\n---\n",
                "goals/canary-child.md": "---\ntitle: Canarychild\nparent: canary-top\n---\n",
            },
            id="inherited",
        ),
        pytest.param(
            {
                "goals/canary-draft.md": "---\ntitle: Canarydraft\nstatus: draft\n"
                "milestones: {Canarystep: 2093-01}\n---\nCanarybody\n"
            },
            id="draft",
        ),
        pytest.param(
            {
                "roles.md": "---\nvisibility: private\nitems:\n  canary-one: {requires: "
                "{canary-implied: 3}}\n  canary-two: Canarytwo\n---\nCanaryintro\n"
            },
            id="list file",
        ),
        pytest.param(
            {
                "goals/canary-aims.md": "---\ntitle: Canaryaims\nvisibility: private\n"
                "milestones: [{title: Canaryfirst, due: 2093-01}, Canarysecond]\n---\n"
            },
            id="inline milestones",
        ),
    ],
)
def test_what_is_hidden_by_something_else_leaves_no_trace(
    files: dict[str, str], audience: Visibility, site_of: Callable[..., Mapping[str, bytes]]
) -> None:
    """What a goal, a status or a list hides is hidden like a record that says so itself."""
    site = site_of(files, audience=audience)
    assert canaries(site) == set()
    assert site == site_of({}, audience=audience)


@pytest.mark.parametrize("audience", OTHERS)
def test_milestones_of_a_goal_can_be_narrower_than_the_goal(
    audience: Visibility, site_of: Callable[..., Mapping[str, bytes]]
) -> None:
    """Inline milestones stand in a field of the goal, and are seen by no more people than it."""
    goal = "---\ntitle: Plain goal\n{}---\nPlain words.\n"
    whole = goal.format("milestones: [{title: Canaryfirst, due: 2093-01}]\n")
    settings = '[visibility]\n"goal.milestones" = "private"\n'
    site = site_of({"goals/x.md": whole}, audience=audience, settings=settings)
    assert canaries(site) == set()
    bare = site_of({"goals/x.md": goal.format("")}, audience=audience, settings=settings)
    assert site == bare


@pytest.mark.parametrize("audience", OTHERS)
def test_references_to_the_hidden_leave_plain_text_at_most(
    audience: Visibility, site_of: Callable[..., Mapping[str, bytes]]
) -> None:
    """Ids, addresses and wikilinks vanish; of a labelled link the label is left."""
    files = {
        "goals/canary-top.md": "---\ntitle: Canarytop\nvisibility: private\n"
        "aliases: [canary-old]\n---\n# Canaryhead\n",
        "goals/plain.md": "---\ntitle: Plain goal\nafter: [canary-top]\nparent: canary-old\n"
        "visibility: public\n---\n[a label](canary-top.md#canaryhead), [[canary-old]] "
        "and [[canary-top|another]].\n",
        "reviews/plain.md": "---\ntitle: Plain review\nvisibility: public\ndate: 2026-02-02\n"
        "metrics: {canary-top: 7717}\n---\n",
    }
    site = site_of(files, audience=audience)
    assert canaries(site) == set()
    assert "a label,  and another." in site["goals/plain/index.html"].decode()


@pytest.mark.parametrize("audience", OTHERS)
def test_links_into_a_hidden_block_lose_their_anchor(
    audience: Visibility, site_of: Callable[..., Mapping[str, bytes]]
) -> None:
    """The id of a hidden heading is in no address, and one that moved is found where it is now."""
    files = {
        "goals/x.md": "---\ntitle: Plain goal\n---\n[here](#canaryhead) [below](#plan-1)\n\n"
        "::: private\n# Canaryhead\n\n# Plan\n:::\n\n# Plan\n",
        "goals/y.md": "---\ntitle: Plain other\n---\n[in](x.md#canaryhead) [on](x.md#plan-1)\n",
    }
    site = site_of(files, audience=audience)
    assert canaries(site) == set()
    assert '<p>here <a href="./#plan">below</a></p>' in site["goals/x/index.html"].decode()
    other = site["goals/y/index.html"].decode()
    assert '<a href="../x/">in</a> <a href="../x/#plan">on</a>' in other
