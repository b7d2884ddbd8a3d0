"""Laws of reading: any bytes give a plan or diagnostics within the files, never an exception."""

import os
import random
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading import Read, lies_within, plan_in, read_in, record, write

RUNS = settings(max_examples=120)

KEYS = st.sampled_from(
    [
        "title", "due", "start", "when", "metric", "milestones", "raises", "role", "parent",
        "after", "log", "smart", "if_then", "tags", "aliases", "id", "visibility", "horizon",
        "requires", "items", "levels", "metrics", "history", "evidence", "needs", "cadence",
        "x_own", "privat", "dew",
    ]
)  # fmt: skip
WORDS = st.sampled_from(
    [
        "2026-02-30", "2026-Q3", "+6m", "5/12", "python", "b1", "3-4", "never", "40h", "3d", "cka",
        "goals/cka", "???", "~", "null", "é", "\u2028", "-1", "9999999999", "1e999", "nan",
        "public", "{}", "[]", "[a]", "{a:\xa0b}",
    ]
)  # fmt: skip
SIGNS = "-:,#[]{}&*!|>'\"%@` \t\n\r\u2028\x85\x00\x07\ufeffab1é日"


def flow(value: object) -> str:
    """Write a value in flow style, without quotes."""
    match value:
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    return str(value)


VALUES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(KEYS, WORDS), inner, max_size=3)
    ),
    max_leaves=6,
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=6).map(
    lambda table: "\n".join(f"{key}: {flow(value)}" for key, value in table.items())
)
PLACES = st.sampled_from(
    ["goals/g.md", "roles/g.md", "skills.md", "skills/g.md", "milestones/g.md", "reviews/g.md",
     "profile.md", "goals.md", "note.md"]
)  # fmt: skip


def read(files: dict[str, str | bytes]) -> None:
    """Read a plan, and hold each diagnostic against the file that it is about."""
    with tempfile.TemporaryDirectory() as folder:
        hold(plan_in(Path(folder), files))


def hold(made: Read) -> None:
    """Tell whether each diagnostic lies within its file and can be printed."""
    for found in made.diagnostics:
        assert found.message
        found.message.encode()
        found.hint.encode()
        found.path.encode()
        file = made.root / found.path
        data = file.read_bytes() if file.is_file() else b""
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        assert lies_within(text, found.span), found


TEXTS = st.one_of(
    st.binary(max_size=80),
    st.text(SIGNS, max_size=60).map("---\n{}\n---\nBody.\n".format),
    TABLES.map("---\n{}\n---\n".format),
    st.text("[]()!#|.-/ \n`<>ag:%2é\\", max_size=50).map(
        lambda body: record("title: G", body=body)
    ),
)


@settings(max_examples=400)
@given(PLACES, TEXTS)
def test_any_bytes_are_read(place: str, text: str | bytes) -> None:
    """Bytes, signs that mean something in YAML, wrong shapes in the right places, odd links."""
    read({place: text, "goals/cka.md": record("title: C")})


@RUNS
@given(st.binary(max_size=60))
def test_any_bytes_are_read_as_settings(data: bytes) -> None:
    """In the place of site.toml."""
    read({"site.toml": data, "goals/g.md": record("title: G")})


TOML_KEYS = st.sampled_from(
    [
        "title", "base_url", "timezone", "plan", "visibility", "check", "scales", "plan.start",
        "plan.role", "plan.scale", "plan.time_off", "scales.five", "check.severity", "check.ignore",
        "theme", "languge",
    ]
)  # fmt: skip
TOML_VALUES = st.sampled_from(
    ['""', '"x"', "3", "-1", "true", "[]", "{}", '{ x = "y" }', '["a"]', "2026-01-01", '"five"',
     '[{ from = "2026", to = "2025" }]', '{ levels = [{ value = 1, name = "a" }] }', "inf", "0x1F"]
)  # fmt: skip


@RUNS
@given(st.lists(st.tuples(TOML_KEYS, TOML_VALUES), max_size=4, unique_by=lambda pair: pair[0]))
def test_any_settings_are_read(pairs: list[tuple[str, str]]) -> None:
    """Settings with the wrong shapes in the right places."""
    text = "".join(f"{key} = {value}\n" for key, value in pairs)
    read({"site.toml": text, "skills/s.md": record("title: S", "level: 3")})


NAMES = st.one_of(
    st.binary(min_size=1, max_size=12),
    st.text(min_size=1, max_size=8).map(lambda text: text.encode("utf-8", "replace")),
).map(lambda name: name.replace(b"/", b"").replace(b"\0", b"") or b"x")


@RUNS
@given(st.lists(NAMES, max_size=4), st.booleans())
def test_any_names_of_files_are_read(names: list[bytes], below: bool) -> None:
    """Bytes that are no text among them, for files and for folders."""
    with tempfile.TemporaryDirectory() as folder:
        goals = Path(folder) / "content" / "goals"
        goals.mkdir(parents=True)
        for name in names:
            text = os.fsdecode(name)
            if text in {".", ".."}:
                continue
            place = goals / text / "g.md" if below else goals / f"{text}.md"
            place.parent.mkdir(exist_ok=True)
            place.write_text(record("title: G"))
        hold(read_in(Path(folder)))


def test_the_order_of_a_folder_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Disks list files as they like; the plan and what is said of it stay the same."""
    write(
        tmp_path,
        {
            "skills.md": record("items: {python: 3, sql: 2}"),
            "skills/Python.md": record("title: P"),
            "roles/a.md": record("title: A", "requires: {new-one: 3, Other: 3}"),
            "roles/b.md": record("title: B", "requires: {other: 3, nwe-one: 3}"),
            "goals/a.md": record("title: A", "id: same", "parent: gone"),
            "goals/b.md": record("title: B", "id: same"),
            "goals/x/c.md": record("title: C", "milestones: {M: 2026}", body="[[a]] [[same]]\n"),
            "goals/C.md": record("title: C2"),
            "goals/caf\u00e9.md": record("title: 1"),
            "goals/cafe\u0301.md": record("title: 2"),
            "profile.md": record("name: Ada"),
        },
    )
    before = read_in(tmp_path)
    assert len(before.diagnostics) > 4
    scandir = os.scandir

    def shuffled(path: Path) -> AbstractContextManager[list[os.DirEntry[str]]]:
        with scandir(path) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
        chance.shuffle(entries)
        return nullcontext(entries)

    monkeypatch.setattr(os, "scandir", shuffled)
    for seed in range(5):
        chance = random.Random(seed)  # noqa: S311 - an order, no secret
        after = read_in(tmp_path)
        assert list(after.plan.records.items()) == list(before.plan.records.items())
        assert after.plan.edges == before.plan.edges
        assert after.diagnostics == before.diagnostics
