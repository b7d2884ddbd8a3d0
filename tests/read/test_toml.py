"""TOML as marked nodes: tomllib's values, each with its place."""

import string
import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planfolio.model.source_tree import MappingNode, Scalar, Span, locate, plain_data
from planfolio.read.toml import read_toml


def place(text: str, *loc: str | int, key: bool = False) -> tuple[int, int]:
    """Return line and column of a value."""
    node, problems = read_toml(text, path="p")
    assert problems == []
    span = locate(node, loc, key=key)
    return span.line, span.column


@pytest.mark.parametrize(
    ("text", "scalar"),
    [
        ("a = 3.10", Scalar("3.10", Span(1, 5, 1, 9))),
        ("a = 1_000", Scalar("1000", Span(1, 5, 1, 10))),
        ('a = "null"', Scalar("null", Span(1, 5, 1, 11), plain=False)),
        ('a = """one\ntwo"""', Scalar("one\ntwo", Span(1, 5, 1, 11), plain=False)),
    ],
)
def test_a_scalar_is_the_text_that_was_typed(text: str, scalar: Scalar) -> None:
    """Quoted, "null" is no absent value; a place is one stretch of one line."""
    node, _ = read_toml(text, path="p")
    entry = node.find("a")
    assert entry is not None
    assert entry.value == scalar


PLACES = [
    ('a = 1\n  b = "x"\n', ("b",), (2, 7)),
    ("[plan]\nhours = 6\n", ("plan", "hours"), (2, 9)),
    ("[a.b]\nc = 1\n[a]\nd = 2\n", ("a", "d"), (4, 5)),
    ("[a]\nb.c.d = 1\n", ("a", "b", "c", "d"), (2, 9)),
    ('[a."b c"]\nd = 1\n', ("a", "b c", "d"), (2, 5)),
    ("[ a . 'b.c' ]\nd = 1\n", ("a", "b.c", "d"), (2, 5)),
    ("[[t]]\nx = 1\n[[t]]\nx = 2\n", ("t", 1, "x"), (4, 5)),
    ("[[t]]\n[[t.u]]\n[[t]]\n[[t.u]]\n[[t.u]]\nx = 2\n", ("t", 1, "u", 1, "x"), (6, 5)),
    ("[[t]]\n[t.u]\nx = 1\n", ("t", 0, "u", "x"), (3, 5)),
    ("a = { b = 1, c = { d = 2 } }\n", ("a", "c", "d"), (1, 24)),
    ("a = [\n  1, # one\n  [2, 3],\n]\n", ("a", 1, 1), (3, 7)),
    ("t = [\n  { x = 1 },\n  { x = 2 },\n]\n", ("t", 1, "x"), (3, 9)),
    ("a = '''\none\ntwo'''\nb = 1\n", ("b",), (4, 5)),
    ('a = """x""""\nb = 1\n', ("b",), (2, 5)),
    ('a = "#" # b = 1\nb = 2\n', ("b",), (2, 5)),
]


@pytest.mark.parametrize(("text", "loc", "expected"), PLACES)
def test_each_value_has_its_place(
    text: str, loc: tuple[str | int, ...], expected: tuple[int, int]
) -> None:
    """Through tables, arrays of tables, inline tables, dotted and quoted keys."""
    assert place(text, *loc) == expected


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a = \n", 1, 5),
        ("a = 1\na = 2\n", 2, 6),
        ("[a]\n[a]\n", 2, 3),
        ("a = 'x\nb = 1\n", 1, 5),
        ("a = 2026-02-30\n", 1, 5),
        ("a = [1, 2\n", 2, 1),
    ],
)
def test_a_syntax_error_has_a_place(text: str, line: int, column: int) -> None:
    """It is tomllib's, and the words say that it is about TOML."""
    node, (problem,) = read_toml(text, path="p")
    assert (problem.span.line, problem.span.column) == (line, column)
    assert "TOML" in problem.message
    assert node == MappingNode((), Span())


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 10_000,
        "a = " + "[" * 300 + "]" * 300,
        "a = " + "{b = " * 100 + "1" + "}" * 100,
        ".".join(["a"] * 2_000) + " = 1",
        "[" + ".".join(["a"] * 2_000) + "]",
        "a = " + "9" * 5_000,
    ],
    ids=["open brackets", "brackets", "braces", "dotted key", "table", "number"],
)
def test_what_is_too_deep_or_too_long_is_an_error(text: str) -> None:
    """None of these may end in a RecursionError or a bare ValueError."""
    node, (problem,) = read_toml(text, path="p")
    assert node.entries == ()
    assert problem.code == "F101"


KEYS = st.text(string.ascii_letters + "ü.# ", min_size=1, max_size=6)
SCALARS = st.one_of(
    st.text(max_size=12),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


def quoted(text: str) -> str:
    """Write a basic string of TOML."""
    signs = (f"\\U{ord(c):08X}" if c in '"\\' or not c.isprintable() else c for c in text)
    return '"' + "".join(signs) + '"'


def inline(value: object) -> str:
    """Write a value of TOML on one line."""
    match value:
        case bool():
            return str(value).lower()
        case int() | date():
            return str(value)
        case str():
            return quoted(value)
        case list():
            return "[" + ", ".join(map(inline, value)) + "]"
        case dict():
            pairs = (f"{quoted(key)} = {inline(item)}" for key, item in value.items())
            return "{" + ", ".join(pairs) + "}"
    raise AssertionError(value)


def as_text(value: object) -> object:
    """Return tomllib's value as text, as the nodes have it; what is absent is None."""
    match value:
        case dict():
            return {key: as_text(item) for key, item in value.items()}
        case list():
            return [text for item in value if (text := as_text(item)) is not None]
        case bool():
            return str(value).lower()
    return str(value) if str(value).strip() else None


@settings(max_examples=150)
@given(st.dictionaries(KEYS, VALUES, max_size=4), st.dictionaries(KEYS, VALUES, max_size=3))
def test_the_values_are_those_of_tomllib(top: dict[str, object], below: dict[str, object]) -> None:
    """Generated documents with a table and an array of tables say the same to both."""
    lines = [f"{quoted(key)} = {inline(value)}" for key, value in top.items()]
    lines += ["[table.'x y']"]
    lines += [f"{quoted(key)} = {inline(value)}  # so" for key, value in below.items()]
    lines += ["[[many]]", "", "[[many]]"]
    lines += [f" {quoted(key)} = {inline(value)}" for key, value in below.items()]
    text = "\n".join(lines)
    node, problems = read_toml(text, path="p")
    assert problems == []
    assert plain_data(node) == as_text(tomllib.loads(text))


@settings(max_examples=200)
@given(st.text("ab=[]{}.,#'\"\\\n 01-_:é", max_size=40))
def test_any_text_is_nodes_or_a_problem_within_it(text: str) -> None:
    """Tried on text made of the signs that mean something in TOML."""
    node, problems = read_toml(text, path="p")
    for problem in problems:
        assert problem.span.line <= text.count("\n") + 1
    if not problems:
        assert plain_data(node).keys() == tomllib.loads(text).keys()  # type: ignore[attr-defined]
