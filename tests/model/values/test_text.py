import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.values.reading import any_text, fault_of, reads_or_refuses

from planfolio.model.values.text import read_host, read_text, read_url


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_text_is_trimmed_and_composed(text: str) -> None:
    """Reading twice changes nothing more, and equal letters are equal characters."""
    if not text.strip():
        return
    read = read_text(text)
    assert read_text(read) == read
    assert read == unicodedata.normalize("NFC", text.strip())


def test_accents_and_lines_are_read_alike() -> None:
    """`é` in two characters and in one are the same word; any system may have ended a line."""
    assert read_text("cafe\u0301") == "café"
    assert read_text("one\r\ntwo\n\tthree\n") == "one\ntwo\n\tthree"


@pytest.mark.parametrize(
    ("text", "sign"), [("a\x00b", "U+0000"), ("a\x1bb", "U+001B"), ("a\ud800b", "U+D800")]
)
def test_what_cannot_be_seen_is_refused(text: str, sign: str) -> None:
    """By its code point, since it cannot be shown."""
    fault = fault_of(read_text, text)
    assert fault.message == f"the text has the control character {sign} in it"


def test_no_text_is_a_fault() -> None:
    """A title of spaces is none."""
    assert fault_of(read_text, "  ").message == "expected text, found nothing"


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a?b=c#d",
        "http://localhost:8000",
        "HTTPS://Example.org",
        "https://例え.jp/道",
        "https://[::1]/",
        "mailto:ana@example.org?subject=Plan",
    ],
)
def test_three_schemes_are_read_as_written(text: str) -> None:
    """http, https and mailto, in any case, with any script in them."""
    assert read_url(f" {text} ") == text


@pytest.mark.parametrize(
    "text",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd"),
        *("view-source:https://example.org", "feed:https://example.org", "ftp://example.org"),
        *("blob:https://example.org/1", "ms-word:ofe|u|https://example.org"),
        *("intent:x", "vbscript:x"),
    ],
)
def test_any_other_scheme_is_refused(text: str) -> None:
    """By an allow-list: no page links to what runs or reads a disk."""
    assert "is no address that can be linked" in fault_of(read_url, text).message


@pytest.mark.parametrize(
    "text",
    [
        *("www.example.org", "example.org/path", "//example.org", "ana@example.org", "mailto:ana"),
        *("https://", "https:/example.org", "https://[x", "https://example.org:99999"),
        *("https://example.org/a b", "https://example.org/\nx", 'https://example.org/"onclick=x'),
        *("https:\\\\example.org", "../certificate.pdf", ""),
    ],
)
def test_what_is_no_address_says_what_would_be(text: str) -> None:
    """A scheme or a host that is missing, and signs that no address has."""
    hint = "write https://…, http://… or mailto:…, and %20 for a space"
    assert fault_of(read_url, text).hint == hint


@settings(max_examples=200)
@given(any_text | st.text("htps:/.@[]?#\\ ", max_size=14).map("https:".__add__))
def test_any_text_is_an_address_or_a_fault(text: str) -> None:
    """Never a traceback, for text and for addresses."""
    reads_or_refuses(read_text, text)
    reads_or_refuses(read_url, text)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("plan.example.org", "plan.example.org"),
        (" Plan.Example.ORG ", "plan.example.org"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_the_name_of_a_host_is_read_in_small_letters(text: str, host: str) -> None:
    """Hosts are the same in any case, and browsers show them small."""
    assert read_host(text) == host


@pytest.mark.parametrize(
    "text",
    [
        *("https://plan.example.org/", "plan.example.org/cv", "bücher.example", "localhost"),
        *("-a.example", "a..example", "127.0.0.1", "a b.example", f"{'a' * 64}.example"),
    ],
)
def test_what_is_no_name_of_a_host_is_refused(text: str) -> None:
    """What a browser would not find, and what is more than a name."""
    assert fault_of(read_host, text).hint == "write it as in plan.example.org"
