"""Tests of what the preview answers: pages, files, refusals, the state and the stream."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.serve.live import SITE, Live, attempt, finding, live, read_all

from planfolio.model.diagnostics import Severity
from planfolio.model.source_tree import Span
from planfolio.model.visibility import Visibility
from planfolio.serve import broadcast
from planfolio.serve.security import is_loopback

PREVIEW_PREFIX = "/_planfolio/"


@pytest.fixture(scope="module")
def at_root() -> Iterator[Live]:
    """A site that lives at the root of its host."""
    with live(attempt(4)) as preview:
        yield preview


@pytest.fixture(scope="module")
def in_folder() -> Iterator[Live]:
    """A site that lives below /repo/."""
    with live(attempt(4, base="/repo/")) as preview:
        yield preview


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("assets/style.0123456789.css", "text/css; charset=utf-8"),
        ("assets/mark.0123456789.svg", "image/svg+xml"),
        ("plan.json", "application/json"),
        ("plan.ics", "text/calendar; charset=utf-8"),
        ("atom.xml", "application/atom+xml"),
        ("assets/sans.woff2", "font/woff2"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_a_built_file_is_answered_byte_for_byte(at_root: Live, path: str, kind: str) -> None:
    """With its media type, the same on every machine; HEAD gives the headers alone."""
    answer, head = at_root.ask(f"/{path}"), at_root.ask(f"/{path}", method="HEAD")
    assert (answer.status, answer.body) == (200, SITE[path])
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-length"] == str(len(answer.body))
    assert (head.status, head.body, head.headers["content-length"]) == (
        200,
        b"",
        answer.headers["content-length"],
    )


def test_a_copied_file_is_streamed_from_the_plan(tmp_path: Path) -> None:
    """Whole or in parts, as a player of videos asks; an attached page stays as it is."""
    film, notes = tmp_path / "film.mp4", tmp_path / "notes.html"
    film.write_bytes(b"0123456789")
    notes.write_bytes(b"<html><head></head><p>attached</p>")
    files = {**SITE, "files/film.mp4": film, "files/notes.html": notes}
    with live(attempt(files=files)) as preview:
        assert preview.ask("/files/film.mp4").body == b"0123456789"
        part = preview.ask("/files/film.mp4", Range="bytes=2-4")
        assert (part.status, part.body) == (206, b"234")
        assert preview.ask("/files/notes.html").body == notes.read_bytes()
        film.unlink()
        assert preview.ask("/files/film.mp4").status == 404


@pytest.mark.parametrize("path", ["/", "/goals/cka/", "/goals/cka/index.html", "/goals/cka/?a=b"])
def test_a_page_is_answered_with_the_client_in_its_head(at_root: Live, path: str) -> None:
    """It is what was built, and one script element that names the build."""
    page = SITE["index.html" if path == "/" else "goals/cka/index.html"]
    assert isinstance(page, bytes)
    before, _, after = page.partition(b"</head>")
    answer = at_root.ask(path)
    assert answer.status == 200
    assert answer.body.startswith(before)
    assert answer.body.endswith(b"</head>" + after)
    assert b'src="/_planfolio/client.js"' in answer.body
    assert b"&quot;build&quot;: &quot;b4&quot;" in answer.body


def test_a_page_without_a_head_has_the_client_at_its_end(at_root: Live) -> None:
    """As a theme of one's own may have it; the files of the client are there."""
    body = at_root.ask("/bare/").body
    assert body.startswith(b"bare<script")
    for name in ("client.js", "client.css", "idiomorph.js", "worker.js"):
        assert at_root.ask(PREVIEW_PREFIX + name).status == 200


def test_every_answer_is_guarded(at_root: Live) -> None:
    """No cache, no guess at types, no frame, no other origin, and nothing inline but one style."""
    asked = {"/": 200, "/plan.json": 200, "/nowhere": 404, "/goals/cka": 307}
    asked |= {f"{PREVIEW_PREFIX}state.json": 200, f"{PREVIEW_PREFIX}client.js": 200}
    answers = [at_root.ask(path) for path in asked]
    assert [answer.status for answer in answers] == list(asked.values())
    answers += [at_root.ask("/", method="POST"), at_root.ask("/", Host="evil.example")]
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["referrer-policy"] == "same-origin"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in policy
        assert not any(name.startswith("access-control-") for name in answer.headers)
        assert "uvicorn" not in str(answer.headers)
    drawing = at_root.ask("/assets/mark.0123456789.svg").headers["content-security-policy"]
    assert "sandbox" in drawing
    assert "script-src" not in drawing


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "BREW"])
@pytest.mark.parametrize("path", ["/", f"{PREVIEW_PREFIX}events", "/nowhere"])
def test_nothing_can_be_done_but_read(at_root: Live, method: str, path: str) -> None:
    """The refusal names the methods that there are, and comes before a body is read."""
    answer = at_root.ask(path, method=method, Content_Length="99999999")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_this_machine_is_answered_by_its_names(at_root: Live, host: str) -> None:
    """Whatever the port: a tunnel may have another."""
    assert at_root.ask("/", Host=host).status == 200


STRANGE_HOSTS = """
evil.example evil.example:8000 localhost.evil.example 127.0.0.1.evil.example localhost@evil.example
127.0.0.1:8000@evil.example evil.example#localhost localhost:8000:8000 localhost:x 192.168.1.5:8000
[::1 [localhost] localhost/evil <script>x</script>
"""


@pytest.mark.parametrize("host", [*STRANGE_HOSTS.split(), "localhost, evil.example"])
@pytest.mark.parametrize("path", ["/", f"{PREVIEW_PREFIX}events"])
def test_a_name_that_is_not_ours_gets_nothing(at_root: Live, host: str, path: str) -> None:
    """A name that was pointed at this port, and nonsense, read neither pages nor the stream; the
    refusal says what to do where the name is one's own."""
    answer = at_root.ask(path, Host=host)
    assert answer.status == 403
    assert b"--allow-host" in answer.body
    assert b"<script>" not in answer.body
    assert b"Home" not in answer.body


def test_a_network_is_answered_by_address_and_by_names_that_were_allowed() -> None:
    """Bound to all addresses, any address is ours (it cannot be rebound), a name only if said."""
    with live(attempt(), host="0.0.0.0", allowed=("Laptop.Home",)) as preview:  # noqa: S104
        hosts = ["192.168.1.5:8000", "[fe80::1]:8000", "laptop.home:8000", "evil.example"]
        assert [preview.ask("/", Host=host).status for host in hosts] == [200, 200, 200, 403]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "[::1]"])
def test_only_what_nobody_else_can_reach_is_this_machine_alone(host: str) -> None:
    """A network is warned of before it can read the plan."""
    assert is_loopback(host)
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.5", "laptop")))  # noqa: S104


@pytest.mark.parametrize(
    "given",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "http://localhost:8000"},
        {"Origin": "http://127.0.0.1:8000@evil.example"},
        {"Origin": "http://evil.example/127.0.0.1:8000"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"},
    ],
)
@pytest.mark.parametrize(
    "path", [f"{PREVIEW_PREFIX}events", f"{PREVIEW_PREFIX}client.js", "/plan.json", "/"]
)
def test_a_page_of_another_site_loads_nothing(
    at_root: Live, given: Mapping[str, str], path: str
) -> None:
    """No page, script, frame or stream; another port of this machine is another site too."""
    assert at_root.ask(path, **given).status == 403


def test_our_own_pages_and_links_of_others_lead_here(at_root: Live) -> None:
    """A person may follow a link to a page, but to nothing that pages are made of."""
    own = {"Origin": f"http://127.0.0.1:{at_root.port}", "Sec_Fetch_Site": "same-origin"}
    visit = {
        "Sec_Fetch_Site": "cross-site",
        "Sec_Fetch_Mode": "navigate",
        "Sec_Fetch_Dest": "document",
    }
    assert at_root.ask(f"{PREVIEW_PREFIX}client.js", **own).status == 200
    assert at_root.ask("/goals/cka/", **visit).status == 200
    assert at_root.ask(f"{PREVIEW_PREFIX}client.js", **visit).status == 403


ELSEWHERE = r"""
/nowhere/ /goals/ /goals/cka/index.html/ /site.toml /etc/passwd //etc/passwd //evil.example/
/../site.toml /goals/../../site.toml /%2e%2e/site.toml /%2e%2e%2fsite.toml /%252e%252e%252fsite.toml
/..%5c..%5csite.toml /..\site.toml //goals/cka/ /goals//cka/ /goals/cka/%00 /goals/cka/.
/goals/cka/index.html%00.css /GOALS/CKA/ /%c0%ae%c0%ae/site.toml /%ff /%
/_planfolio/ /_planfolio/../plan.json /_planfolio/client.js/ /_planfolio/app.py
http://evil.example/ *
"""


@pytest.mark.parametrize("path", [*ELSEWHERE.split(), "/" + "a" * 9000, "/" + "a/" * 900])
def test_what_was_not_built_is_not_there(at_root: Live, path: str) -> None:
    """However it is spelt: a path is a key among the built files and nothing that is opened."""
    answer = at_root.ask(path)
    assert answer.status == 404
    assert b"title = " not in answer.body


def test_a_site_shows_its_own_page_for_what_is_not_there(at_root: Live) -> None:
    """One without such a page has a plain one. It has no style that the policy would block."""
    shown = at_root.ask("/nowhere/").body
    assert b"<h1>Not here</h1>" in shown
    assert b"<style>" not in shown
    with live(attempt(files={"index.html": b"home"})) as preview:
        assert b"Page not found" in preview.ask("/nowhere/").body


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/", "/repo/"),
        ("/repo", "/repo/"),
        ("/?a=b", "/repo/?a=b"),
        ("/goals/cka/", "/repo/goals/cka/"),
        ("/goals/cka", "/repo/goals/cka/"),
        ("/plan.json", "/repo/plan.json"),
        ("/repo/goals/cka?a=b", "/repo/goals/cka/?a=b"),
    ],
)
def test_a_path_without_the_base_or_the_last_slash_leads_to_the_page(
    in_folder: Live, path: str, location: str
) -> None:
    """The site lives where it will live once it is published."""
    answer = in_folder.ask(path)
    assert (answer.status, answer.headers["location"]) == (307, location)


def test_a_site_in_a_folder_is_served_there_alone(in_folder: Live) -> None:
    """What is not built has no other place either."""
    asked = ["/repo/goals/cka/", "/repository/", "/goals/none/", "/repo/repo/", "//goals/cka/"]
    assert [in_folder.ask(path).status for path in asked] == [200, 404, 404, 404, 404]


def test_before_the_first_build_a_page_waits() -> None:
    """It asks again by itself, and finds the plan; the client and the stream are there."""
    with live() as preview:
        for path in ("/", "/goals/cka/", f"{PREVIEW_PREFIX}state.json"):
            answer = preview.ask(path)
            assert (answer.status, answer.headers["retry-after"]) == (503, "1")
            assert b"first build is running" in answer.body
            assert b'http-equiv="refresh"' in answer.body
        assert preview.ask(f"{PREVIEW_PREFIX}client.js").status == 200
        preview.broadcast.publish(attempt(1))
        assert preview.ask("/").status == 200


def test_a_plan_that_was_never_built_says_what_to_do() -> None:
    """Its client lists the findings, and brings the plan once they are fixed."""
    shown = attempt(files=None, ok=False, diagnostics=(finding(),), failure="no <theme>")
    with live(shown) as preview:
        answer = preview.ask("/goals/cka/")
    text = answer.body.decode()
    assert answer.status == 503
    assert "planfolio check" in text
    assert "no &lt;theme&gt;" in text
    assert "client.js" in text


def test_a_page_that_cannot_be_rendered_is_reported_and_ends_nothing() -> None:
    """Its client takes every attempt for another one than the page is of."""

    def broken() -> bytes:
        raise RuntimeError("the <theme> broke")

    with live(attempt(files={**SITE, "goals/cka/index.html": broken})) as preview:
        answer = preview.ask("/goals/cka/")
        assert answer.status == 500
        assert b"the &lt;theme&gt; broke" in answer.body
        assert b"&quot;build&quot;: &quot;&quot;" in answer.body
        assert preview.ask("/").status == 200
        assert ["the <theme> broke" in sentence for sentence in preview.reported] == [True]


def test_a_page_that_takes_long_holds_up_no_other() -> None:
    """Pages are rendered in threads: the rest of the site is answered meanwhile."""
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> bytes:
        begun.set()
        go_on.wait(30)
        return b"slow"

    shown = attempt(files={**SITE, "goals/cka/index.html": slow})
    with live(shown) as preview, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(preview.ask, "/goals/cka/")
        assert begun.wait(20)
        assert preview.ask("/").status == 200
        assert not waiting.done()
        go_on.set()
        assert waiting.result(20).status == 200


def test_an_answer_is_of_one_attempt() -> None:
    """However often the site is swapped, a page and its client are of the same attempt."""
    over = threading.Event()
    with live(attempt(0, files={"index.html": b"page 0."})) as preview:

        def swap() -> None:
            number = 0
            while not over.wait(0.0005):
                number += 1
                page = b"page %d." % number
                preview.broadcast.publish(attempt(number, files={"index.html": page}))

        swapping = threading.Thread(target=swap)
        swapping.start()
        bodies = [preview.ask("/").body.decode() for _ in range(60)]
        over.set()
        swapping.join()
    numbers = [body.removeprefix("page ").partition(".")[0] for body in bodies]
    assert all(f"&quot;b{n}&quot;" in body for n, body in zip(numbers, bodies, strict=True))
    assert len(set(numbers)) > 1


def test_the_state_has_the_worst_findings_first_with_their_lines(tmp_path: Path) -> None:
    """All that the overlay shows; what would turn the writing round is spelt, in the line too."""
    goal = tmp_path / "content/goals/cka.md"
    goal.parent.mkdir(parents=True)
    goal.write_text("---\ndue: \u202esoon  \n---\n")
    late = finding("late")._replace(severity=Severity.WARNING, path="content/gone.md")
    wrong = finding("not \u202ea date", hint="write\u2066 one", span=Span(2, 6, 2, 11))
    shown = attempt(5, ok=False, diagnostics=(late, wrong), failure="no\nd\x1bsk", root=tmp_path)
    with live(shown) as preview:
        state = preview.ask(f"{PREVIEW_PREFIX}state.json").json
    assert (state["number"], state["ok"], state["audience"]) == (5, False, "private")
    assert (state["errors"], state["warnings"], state["left_out"]) == (2, 1, 0)
    assert state["failure"] == "no\nd\\u001bsk"
    first, second = state["diagnostics"]
    assert (first["message"], first["hint"]) == ("not \\u202ea date", "write\\u2066 one")
    assert first["source"] == {"before": "due: ", "marked": "\\u202esoon", "after": ""}
    assert (second["message"], second["source"]) == ("late", None)


@pytest.mark.parametrize(
    ("span", "text", "cut"),
    [
        (Span(1, 1, 1, 4), "due: soon", ("", "due", ": soon")),
        (Span(1, 3, 1, 4), "é😀x y", ("é😀", "x", " y")),
        (Span(1, 6, 1, 6), "due: soon", ("due: ", "s", "oon")),
        (Span(1, 3, 2, 5), "a: [1,\n  2]", ("a:", " [1,", "")),
        (Span(1, 5, 1, 5), "due:", ("due:", "", "")),
        (Span(1, 1001, 1, 2001), "a" * 1000 + "b" * 1000 + "c" * 1000, ("…", "…", "…")),
        (Span(3, 1, 3, 2), "one\ntwo", None),
        (Span(1, 99, 1, 100), "one", None),
    ],
)
def test_a_line_is_cut_in_three_at_the_place(
    tmp_path: Path, span: Span, text: str, cut: tuple[str, str, str] | None
) -> None:
    """Columns count code points; a place that goes on below ends with its line; a long line is
    shown around its place: 60 characters before it, 200 in it and after it."""
    (tmp_path / "goal.md").write_text(text, "utf-8")
    shown = attempt(diagnostics=(finding(path="goal.md", span=span),), root=tmp_path)
    with live(shown) as preview:
        source = preview.ask(f"{PREVIEW_PREFIX}state.json").json["diagnostics"][0]["source"]
    if cut == ("…", "…", "…"):
        cut = ("…" + "a" * 60, "b" * 199 + "…", "c" * 199 + "…")
    assert source == (cut and dict(zip(("before", "marked", "after"), cut, strict=True)))


def test_a_flood_of_findings_is_cut() -> None:
    """A page is handed two hundred, and told how many there are."""
    with live(attempt(ok=False, diagnostics=(finding(),) * 1000)) as preview:
        state = preview.ask(f"{PREVIEW_PREFIX}state.json").json
    assert (len(state["diagnostics"]), state["errors"], state["left_out"]) == (200, 1000, 800)


@pytest.mark.parametrize("audience", [Visibility.PUBLIC, Visibility.MENTOR])
def test_others_see_no_finding(audience: Visibility) -> None:
    """Findings are about the owner's whole plan: their words, lines and number stay with the owner,
    in the page, the state and the stream."""
    found = finding("the secret goal", hint="about the secret")
    for files in (SITE, None):
        shown = attempt(
            2, files=files, ok=False, audience=audience, diagnostics=(found,), failure="secret"
        )
        with live(shown) as preview, preview.listening() as events:
            told = events.attempt()
            state = preview.ask(f"{PREVIEW_PREFIX}state.json")
            page = preview.ask("/")
        assert (told["errors"], told["warnings"]) == (1, 0)
        assert (state.json["errors"], state.json["diagnostics"]) == (1, [])
        assert b"in the terminal" in state.body
        assert not any(
            b"secret" in body for body in (state.body, page.body, json.dumps(told).encode())
        )


def test_the_stream_names_each_attempt_and_gives_signs_of_life(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is an event stream that nobody keeps; HEAD says what is there and ends."""
    monkeypatch.setattr(broadcast, "HEARTBEAT", 0.05)
    with live(attempt(1)) as preview, preview.listening() as events:
        head = events.text(b"\r\n\r\n").lower()
        assert head.startswith("http/1.1 200")
        assert "content-type: text/event-stream" in head
        assert "cache-control: no-store" in head
        events.text(b"retry: 500\n\n")
        assert events.attempt()["number"] == 1
        events.text(b"event: here\n")
        found = (finding(), finding()._replace(severity=Severity.WARNING))
        preview.broadcast.publish(attempt(2, ok=False, diagnostics=found, failure="no disk"))
        told = events.attempt()
        assert (told["number"], told["build"], told["errors"], told["warnings"]) == (2, "b2", 2, 1)
        assert preview.ask(f"{PREVIEW_PREFIX}events", method="HEAD").body == b""


def test_who_showed_a_page_is_sent_its_next_version() -> None:
    """As an answer would be, under the path of its address; once, unless it is asked for again, and
    not with what failed. Files that are copied are none of these."""
    page = b"<html><head><style>a {}</style></head>One</html>"
    files: dict[str, bytes | Path | Callable[[], bytes]] = {
        "goals/été/index.html": page,
        "files/a.html": Path(__file__),
    }
    first = attempt(1, files=files, base="/repo/")
    with live(first) as preview, preview.listening() as events:
        assert events.attempt()["pages"] == {}
        for path in ("/repo/goals/%C3%A9t%C3%A9/", "/repo/files/a.html"):
            assert preview.ask(path, method="HEAD").status == 200
        second = attempt(2, files=files, base="/repo/", after=first)
        preview.broadcast.publish(replace(second, number=3, ok=False))
        assert events.attempt()["pages"] == {}
        preview.broadcast.publish(second)
        sent = events.attempt()["pages"]
        third = attempt(3, files=files, base="/repo/", after=second)
        preview.broadcast.publish(third)
        assert events.attempt()["pages"] == {}
        preview.broadcast.publish(second)
        answer = preview.ask("/repo/goals/%C3%A9t%C3%A9/").body.decode()
    assert sent == {"/repo/goals/%C3%A9t%C3%A9/": answer}
    assert "<style>" not in answer


def test_follow_names_the_page_of_the_saved_record() -> None:
    """In a path that a page can go to; not of an attempt that failed, and not without --follow."""
    saved: dict[str, Any] = {"saved": "goals/été/", "base": "/repo/"}
    for follow in (True, False):
        with live(attempt(1, **saved), follow=follow) as preview, preview.listening() as events:
            assert events.attempt()["follow"] is None  # what was saved before the page was open
            preview.broadcast.publish(attempt(2, **saved))
            where = "/repo/goals/%C3%A9t%C3%A9/" if follow else None
            assert events.attempt()["follow"] == where
            preview.broadcast.publish(attempt(3, ok=False, **saved))
            assert events.attempt()["follow"] is None


def test_a_page_that_was_closed_is_noticed() -> None:
    """Without a further attempt, and without a sign of life."""
    with live(attempt(1)) as preview:
        with preview.listening() as events:
            events.attempt()
            assert len(preview.broadcast) == 1
        gone = threading.Event()
        for _ in range(400):
            if len(preview.broadcast) == 0:
                break
            gone.wait(0.02)
        assert len(preview.broadcast) == 0


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 2_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: a\r\n" * 200_000 + b"\r\n",
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /a b HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\r\n\r\n\r\n\r\n" + b"nonsense\r\n\r\n",
    ],
    ids=["huge", "many", "long", "no host", "two hosts", "no ascii", "space", "tls", "2", "odd"],
)
def test_what_is_no_request_is_refused_and_harms_nothing(at_root: Live, raw: bytes) -> None:
    """It is told so or cut off, and the next one is answered."""
    with at_root.connect() as connection:
        try:
            connection.sendall(raw)
        except OSError:  # hung up on in the middle
            text = b""
        else:
            text = read_all(connection)
    assert text[:12] in {b"", b"HTTP/1.1 400", b"HTTP/1.1 403"}  # 403: it names no host
    assert at_root.ask("/", Connection="Upgrade, close", Upgrade="websocket").status == 200
