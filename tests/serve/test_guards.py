"""Tests of who may ask the preview, and for what."""

from __future__ import annotations

import base64
import hashlib

import pytest

from planfolio.serve.guards import (
    LONGEST_PATH,
    hosts_of,
    is_loopback,
    path_of,
    refusal,
    security_headers,
)

LOCAL = hosts_of("127.0.0.1")


def headers(**given: str) -> dict[str, str]:
    """Return headers with names as Starlette has them, of a request to this machine."""
    own = {name.replace("_", "-"): value for name, value in given.items()}
    return {"host": "127.0.0.1:8000", **own}


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8000", "127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000", "[::1]"],
)
def test_this_machine_is_answered_by_its_names(host: str) -> None:
    """The names of the loopback are ours, whatever the port: a tunnel may have another."""
    assert LOCAL.allow(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost@evil.example",
        "127.0.0.1:8000@evil.example",
        "evil.example#localhost",
        "localhost:8000:8000",
        "localhost:x",
        "192.168.1.5:8000",
        "[::1",
        "[localhost]",
        "localhost/evil",
        "localhost, evil.example",
        "localhost evil",
    ],
)
def test_a_name_that_is_not_ours_is_not_answered(host: str) -> None:
    """A name that was pointed here, one that begins like ours, and nonsense are none of ours."""
    assert not LOCAL.allow(host)
    assert getattr(refusal("GET", {"host": host}, hosts=LOCAL), "status", None) == 403


def test_a_network_is_answered_by_address_and_by_names_that_were_allowed() -> None:
    """Bound to all addresses, any address is ours (it cannot be rebound), a name only if said."""
    hosts = hosts_of("0.0.0.0", allowed=("Laptop.Home",))  # noqa: S104
    assert hosts.allow("192.168.1.5:8000")
    assert hosts.allow("[fe80::1]:8000")
    assert hosts.allow("laptop.home:8000")
    assert not hosts.allow("evil.example")


def test_a_refused_name_is_told_the_way_out() -> None:
    """The sentence names the option."""
    refused = refusal("GET", {"host": "laptop"}, hosts=LOCAL)
    assert refused is not None
    assert "--allow-host" in refused.message


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("localhost", True),
        ("[::1]", True),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("192.168.1.5", False),
        ("laptop", False),
    ],
)
def test_the_loopback_is_known(host: str, alone: bool) -> None:
    """Only what nobody else can reach counts as this machine alone."""
    assert is_loopback(host) is alone


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"origin": "http://127.0.0.1:8000"},
        {"sec_fetch_site": "same-origin", "sec_fetch_mode": "cors"},
        {"sec_fetch_site": "none", "sec_fetch_mode": "navigate"},
    ],
)
@pytest.mark.parametrize("part", [False, True])
def test_our_own_pages_and_no_page_at_all_are_answered(given: dict[str, str], part: bool) -> None:
    """The same origin, an address that was typed, and curl."""
    assert refusal("GET", headers(**given), hosts=LOCAL, part=part) is None


@pytest.mark.parametrize(
    "given",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://127.0.0.1:3000"},
        {"origin": "http://localhost:8000"},
        {"origin": "http://127.0.0.1:8000@evil.example"},
        {"origin": "http://evil.example/127.0.0.1:8000"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "script"},
        {"sec_fetch_site": "same-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"},
    ],
)
@pytest.mark.parametrize("part", [False, True])
def test_pages_of_others_can_load_nothing(given: dict[str, str], part: bool) -> None:
    """Another origin, another port of this machine too, loads no page, script, frame or stream."""
    refused = refusal("GET", headers(**given), hosts=LOCAL, part=part)
    assert refused is not None
    assert refused.status == 403


def test_a_link_of_another_site_leads_to_a_page_and_to_no_part_of_one() -> None:
    """A person may follow a link to the plan; the client's own files are no destination."""
    given = headers(
        sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="document"
    )
    assert refusal("GET", given, hosts=LOCAL) is None
    assert refusal("GET", given, hosts=LOCAL, part=True) is not None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "BREW"])
def test_nothing_can_be_done_but_read(method: str) -> None:
    """All methods but GET and HEAD are refused as such."""
    refused = refusal(method, headers(), hosts=LOCAL)
    assert refused is not None
    assert refused.status == 405


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"/", ""),
        (b"/goals/cka/", "goals/cka/"),
        (b"/goals/cka", "goals/cka"),
        (b"/goals/%C3%A9tude/", "goals/étude/"),
        (b"/files/my%20notes%2C%20v1.pdf", "files/my notes, v1.pdf"),
        (b"/files/100%25.txt", "files/100%.txt"),
        (b"/files/a+b(1)~.txt", "files/a+b(1)~.txt"),
        (b"/a...b/..c/", "a...b/..c/"),
    ],
)
def test_a_path_as_a_browser_sends_it_is_a_key(raw: bytes, path: str) -> None:
    """It is decoded once."""
    assert path_of(raw) == path


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"goals/",
        b"http://127.0.0.1:8000/goals/",
        b"*",
        b"//",
        b"//evil.example/",
        b"/goals//cka/",
        b"/../site.toml",
        b"/goals/../../site.toml",
        b"/goals/..",
        b"/./goals/",
        b"/%2e%2e/site.toml",
        b"/%2E%2E%2Fsite.toml",
        b"/..%2fsite.toml",
        b"/%252e%252e%252fsite.toml%00",
        b"/goals%2Fcka/",
        b"/goals\\cka",
        b"/..\\site.toml",
        b"/..%5csite.toml",
        b"/site.toml%00.html",
        b"/goals/%0d%0aSet-Cookie:a",
        b"/%7F",
        b"/%63ka/",
        b"/%ff",
        b"/%c0%ae%c0%ae/site.toml",
        b"/%",
        b"/%2",
        b"/%zz",
        b"/" + b"a" * LONGEST_PATH,
    ],
)
def test_what_no_browser_sends_for_a_built_file_is_no_key(raw: bytes) -> None:
    """Climbing, doubled, encoded without need, backslashes, controls, broken, overlong."""
    assert path_of(raw) is None


def test_what_is_encoded_twice_is_decoded_once() -> None:
    """The result is a name with a percent sign in it, and no way up."""
    assert path_of(b"/%252e%252e/") == "%2e%2e/"


def test_a_page_may_load_from_here_alone_and_run_nothing_inline() -> None:
    """The policy names the one style of our own pages by its hash, and nothing is unsafe."""
    policy = security_headers("text/html; charset=utf-8", inline_style="a{}")[
        "Content-Security-Policy"
    ]
    digest = base64.b64encode(hashlib.sha256(b"a{}").digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in policy
    assert "script-src 'self';" in policy
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_drawing_can_run_nothing() -> None:
    """An SVG that is opened by itself is in a sandbox without scripts."""
    policy = security_headers("image/svg+xml")["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/pdf", "text/css"])
def test_every_answer_is_kept_by_nobody_and_taken_for_nothing_else(kind: str) -> None:
    """No cache, no guess at types, no frame, no other origin."""
    given = security_headers(kind)
    assert given["Cache-Control"] == "no-store"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["X-Frame-Options"] == "DENY"
    assert given["Cross-Origin-Resource-Policy"] == "same-origin"
    assert given["Referrer-Policy"] == "same-origin"
    assert not any(name.lower().startswith("access-control") for name in given)
