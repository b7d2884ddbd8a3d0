from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planfolio.cache.codec import UnfitError, decode, encode
from planfolio.stage1_read.documents import Read, Reader
from planfolio.stage1_read.files import SourceFile

TEXTS = st.lists(
    st.sampled_from(
        [
            "---\n",
            "title: A goal\n",
            "items: {a: 1, b: [x, y]}\n",
            "- {deep: {er: [1, ~]}}\n",
            "key: 'quoted'\n",
            "\n",
            "# Über\n",
            "- [x] [done](../goals/a.md#why) ![p](p.png)\n",
            "[[goals/cka|the exam]] and [^1]\n\n[^1]: A note\n",
            "```python\nx = 1\n```\n",
            "::: private\nhidden\n:::\n",
            "::: privat\n",
            "| a |\n|---|\n| b |\n",
            "<script>\ud7ff\U0001f600\u2028</script>\n",
            "\x00",
            "key: &a *a\n",
        ]
    )
    | st.text(max_size=8),
    max_size=12,
).map("".join)


def read(text: str) -> Read:
    """Read a text as a file of a plan."""
    source = SourceFile("goals/a.md", "goals/a.md", "content/goals/a.md")
    return Reader().parse(source, text.encode(errors="surrogatepass"))


@given(TEXTS)
@settings(max_examples=200)
def test_what_came_of_a_file_comes_back_equal(text: str) -> None:
    """Nodes, places, bodies, links, blocks and faults."""
    made = read(text)
    assert decode(encode(made)) == made


def test_the_keys_of_a_table_are_found_after_coming_back() -> None:
    """A table has an index beside what makes it equal to another."""
    node = decode(encode(read("---\ntitle: A\n---\n"))).document.node
    entry = node.find("title")
    assert entry is not None
    assert entry.key.text == "title"


def test_what_is_written_is_json_alone() -> None:
    """Anyone can see what a cache holds, and reading it runs nothing."""
    assert isinstance(json.loads(encode(read("---\ntitle: A\n---\nText\n"))), list)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"[0]",
        b"[99]",
        b"[-1, 2]",
        b"[1, 2, 3]",
        b'["os.system", "true"]',
        b"[[1], 2]",
        b"[" * 100_000,
        b"\xff\xfe",
        b"cos\nsystem\n(S'true'\ntR.",
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    """A pickle, another language, half a file: there is one answer."""
    with pytest.raises(UnfitError):
        decode(data)


@given(st.data())
@settings(max_examples=150)
def test_a_changed_byte_gives_a_document_or_is_refused(data: st.DataObject) -> None:
    """No other exception comes of it."""
    written = bytearray(encode(read("---\ntitle: A\ndue: 2026\n---\n[a](b.md)\n")))
    written[data.draw(st.integers(0, len(written) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnfitError):
        assert isinstance(decode(bytes(written)), Read)
