"""The allow-list of addresses."""

from __future__ import annotations

import pytest

from planfolio.markdown.contents import Dead, Outside, Within, read_address


@pytest.mark.parametrize("url", ["https://example.org/a?b#c", "http://example.org", "HTTPS://x.y"])
def test_web_addresses_lead_out(url: str) -> None:
    """Http and https in any case are kept as they are."""
    assert read_address(url) == Outside(url=url, mail=False)


def test_mail_leads_out() -> None:
    """A mailto address is live."""
    assert read_address("mailto:ada@example.org") == Outside("mailto:ada@example.org", mail=True)


@pytest.mark.parametrize(
    ("href", "target", "fragment"),
    [
        ("../goals/cka.md", "../goals/cka.md", ""),
        ("cka.md#first-steps", "cka.md", "first-steps"),
        ("#first-steps", "", "first-steps"),
        ("", "", ""),
        ("/goals/cka.md", "/goals/cka.md", ""),
        ("my%20goal.md#a%20b", "my goal.md", "a b"),
        ("%C3%BCber.md", "über.md", ""),
        ("100%25.md", "100%.md", ""),
        ("./a:b.md", "./a:b.md", ""),
        ("2026:plan.md", "2026:plan.md", ""),
    ],
)
def test_relative_addresses_are_split_and_decoded(href: str, target: str, fragment: str) -> None:
    """Target and fragment come out as a file name and a heading are written."""
    assert read_address(href) == Within(target=target, fragment=fragment)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript%3Aalert(1)",
        "%6Aavascript:alert(1)",
        "java%09script:alert(1)",
        "java%0Ascript:alert(1)",
        "%01javascript:alert(1)",
        "%20javascript:alert(1)",
        "%EF%BB%BFjavascript:alert(1)",
        "%E2%80%8Bjavascript:alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,x",
        "data:image/svg+xml,x",
        "view-source:javascript:alert(1)",
        "feed:javascript:alert(1)",
        "blob:https://example.org/1",
        "filesystem:https://example.org/1",
        "file:///etc/passwd",
        "intent://x#Intent;end",
        "ms-word:ofe",
        "tel:+3400",
        "about:blank",
        "//example.org/a.js",
        "%2F%2Fexample.org",
        "/%5Cexample.org",
        "%5C%5Cexample.org",
        "%09//example.org",
        "https:",
        "https:///path",
        "https:%5C%5Cexample.org",
        "http:relative",
        "mailto:",
    ],
)
def test_everything_else_is_dead(href: str) -> None:
    """No other scheme and no other host, however it is disguised."""
    assert isinstance(read_address(href), Dead)
