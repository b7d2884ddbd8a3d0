"""Tests of what the preview answers, asked over the wire as anybody may ask."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from tests.serve.live import SITE, answer_of, finding, live, outcome, read_all

from planfolio.model.diagnostics import Severity
from planfolio.model.source_tree import Span
from planfolio.model.visibility import Visibility
from planfolio.serve.guards import LONGEST_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.serve.live import Live


@pytest.fixture(scope="module")
def at_root() -> Iterator[Live]:
    """A site that lives at the root of its host."""
    with live(outcome(4)) as preview:
        yield preview


@pytest.fixture(scope="module")
def in_folder() -> Iterator[Live]:
    """A site that lives below /repo/."""
    with live(outcome(base="/repo/")) as preview:
        yield preview


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/assets/style.0123456789.css", "text/css; charset=utf-8"),
        ("/assets/mark.0123456789.svg", "image/svg+xml"),
        ("/plan.json", "application/json"),
        ("/files/notes.html", "text/html; charset=utf-8"),
    ],
)
def test_a_built_file_is_answered_byte_for_byte(at_root: Live, path: str, kind: str) -> None:
    """With its media type, and without the client: an attached page stays as it is."""
    answer = at_root.ask(path)
    assert (answer.status, answer.body) == (200, SITE[path[1:]])
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize("path", ["/", "/goals/cka/", "/goals/cka/index.html", "/goals/cka/?a=b"])
def test_a_page_is_answered_with_the_client_in_it(at_root: Live, path: str) -> None:
    """A page is what was built, with the client of the outcome that it is of."""
    answer = at_root.ask(path)
    file = "index.html" if path == "/" else "goals/cka/index.html"
    assert answer.status == 200
    assert answer.body == SITE[file] + b"<!-- client 4 b4 -->"


def test_every_answer_is_guarded(at_root: Live) -> None:
    """Pages, files, missing ones, redirections and refusals all say how they may be used."""
    asked = {
        "/": 200,
        "/plan.json": 200,
        "/nowhere": 404,
        "/goals/cka": 302,
        "/_planfolio/state.json": 200,
        "/_planfolio/client.js": 200,
    }
    answers = [at_root.ask(path) for path in asked]
    refused = [at_root.ask("/", method="POST"), at_root.ask("/", Host="evil.example")]
    assert [answer.status for answer in answers] == list(asked.values())
    for answer in answers + refused:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe-inline" not in answer.headers["content-security-policy"]
        assert not any(name.startswith("access-control-") for name in answer.headers)
        assert "uvicorn" not in str(answer.headers)


def test_a_head_is_an_answer_without_its_body(at_root: Live) -> None:
    """The headers of GET, the length too."""
    asked, full = at_root.ask("/plan.json", method="HEAD"), at_root.ask("/plan.json")
    assert (asked.status, asked.body) == (200, b"")
    assert asked.headers["content-length"] == full.headers["content-length"]


def test_a_head_of_the_stream_ends(at_root: Live) -> None:
    """It says what is there and does not wait for outcomes."""
    answer = at_root.ask("/_planfolio/events", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", "/_planfolio/events", "/nowhere"])
def test_nothing_can_be_done_but_read(at_root: Live, method: str, path: str) -> None:
    """The refusal names the methods that there are."""
    answer = at_root.ask(path, method=method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_a_body_that_goes_on_and_on_is_not_read(at_root: Live) -> None:
    """The refusal comes before the body does, and the connection is closed."""
    head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{at_root.port}\r\nContent-Length: 99999999\r\n\r\n"
    assert at_root.send(head.encode()).status == 405


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example"])
@pytest.mark.parametrize(
    "path", ["/", "/plan.json", "/_planfolio/events", "/_planfolio/state.json"]
)
def test_a_rebound_name_gets_nothing(at_root: Live, host: str, path: str) -> None:
    """A page of another name that was pointed at this port reads neither pages nor the stream."""
    answer = at_root.ask(path, Host=host)
    assert answer.status == 403
    assert b"client" not in answer.body
    assert b"Home" not in answer.body


def test_a_name_is_escaped_where_it_is_repeated(at_root: Live) -> None:
    """What a request says of itself is text."""
    answer = at_root.ask("/", Host="<script>x</script>")
    assert answer.status == 403
    assert b"<script>" not in answer.body


@pytest.mark.parametrize(
    "given",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"},
    ],
)
@pytest.mark.parametrize(
    "path", ["/_planfolio/events", "/_planfolio/client.js", "/_planfolio/state.json", "/plan.json"]
)
def test_a_page_of_another_site_loads_nothing(
    at_root: Live, given: Mapping[str, str], path: str
) -> None:
    """Neither the stream nor a script nor a file, whatever way it is asked for."""
    assert at_root.ask(path, **given).status == 403


def test_a_link_of_another_site_leads_here(at_root: Live) -> None:
    """A person may follow a link to a page."""
    visit = {
        "Sec_Fetch_Site": "cross-site",
        "Sec_Fetch_Mode": "navigate",
        "Sec_Fetch_Dest": "document",
    }
    assert at_root.ask("/goals/cka/", **visit).status == 200
    assert at_root.ask("/_planfolio/client.js", **visit).status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/goals/",
        "/goals/cka/index.html/",
        "/../site.toml",
        "/goals/../../site.toml",
        "/%2e%2e/site.toml",
        "/%2e%2e%2fsite.toml",
        "/..%5c..%5csite.toml",
        "/..\\site.toml",
        "/site.toml",
        "/etc/passwd",
        "//etc/passwd",
        "//goals/cka/",
        "/goals//cka/",
        "/goals%2Fcka/",
        "/goals/cka/%00",
        "/goals/cka/index.html%00.css",
        "/goals/%63ka/",
        "/goals/cka/.",
        "/GOALS/CKA/",
        "/%ff",
        "/%",
        "/" + "a" * (LONGEST_PATH + 1),
        "/" + "a/" * 900,
        "/_planfolio/",
        "/_planfolio/../plan.json",
        "/_planfolio/client.js/",
        "/_planfolio/page.py",
    ],
)
def test_what_was_not_built_is_not_there(at_root: Live, path: str) -> None:
    """However it is written; the answer is the site's own page for that."""
    answer = at_root.ask(path)
    assert answer.status == 404
    assert answer.body == SITE["404.html"] + b"<!-- client 4 b4 -->"


@pytest.mark.parametrize("target", ["http://evil.example/", "http://127.0.0.1/plan.json", "*", "x"])
def test_a_target_that_is_no_path_is_not_there(at_root: Live, target: str) -> None:
    """A proxy's way of asking finds nothing."""
    assert at_root.ask(target).status == 404


def test_a_site_without_a_page_for_it_says_what_is_missing() -> None:
    """The answer is a whole page all the same."""
    with live(outcome(files={"index.html": b"home"})) as preview:
        answer = preview.ask("/nowhere/")
    assert answer.status == 404
    assert b"This page is not here" in answer.body


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/", "/repo/"),
        ("/repo", "/repo/"),
        ("/?a=b", "/repo/?a=b"),
        ("/repo/goals/cka", "/repo/goals/cka/"),
        ("/repo/goals/cka?a=b", "/repo/goals/cka/?a=b"),
    ],
)
def test_the_way_to_a_page_is_shown(in_folder: Live, path: str, location: str) -> None:
    """From the root to the site, and from a folder without its slash to the page."""
    answer = in_folder.ask(path)
    assert (answer.status, answer.headers["location"]) == (302, location)


def test_a_site_in_a_folder_is_served_there_alone(in_folder: Live) -> None:
    """Nothing is found beside its base path."""
    assert in_folder.ask("/repo/goals/cka/").status == 200
    assert in_folder.ask("/repo/_planfolio/state.json").status == 200
    assert in_folder.ask("/goals/cka/").status == 404
    assert in_folder.ask("/repository/").status == 404
    assert in_folder.ask("/_planfolio/state.json").status == 404


def test_a_site_that_moves_is_found_from_where_it_was() -> None:
    """Pages that are open when base_url is edited keep their stream, and are led on."""
    with live(outcome(1, base="/old/")) as preview:
        preview.broadcast.publish(outcome(2, base="/new/"))
        assert preview.ask("/old/goals/cka/").headers["location"] == "/new/goals/cka/"
        assert preview.ask("/old/_planfolio/client.js").status == 200
        assert preview.ask("/new/goals/cka/").status == 200
        preview.broadcast.publish(outcome(3, base="/"))
        assert preview.ask("/old/goals/cka/").headers["location"] == "/goals/cka/"


def test_before_the_first_outcome_a_page_waits() -> None:
    """Whatever is asked for; it asks again by itself, and finds the plan."""
    with live() as preview:
        waiting = preview.ask("/goals/cka/")
        assert waiting.status == 503
        assert waiting.headers["retry-after"] == "1"
        assert b'http-equiv="refresh"' in waiting.body
        preview.broadcast.publish(outcome())
        assert preview.ask("/goals/cka/").status == 200


def test_before_the_first_outcome_old_pages_find_the_stream_and_the_client() -> None:
    """A page of a server before this one listens where it did, before the place is known."""
    with live() as preview:
        assert preview.ask("/repo/_planfolio/client.js").status == 200
        with preview.listening("/repo/_planfolio/events") as events:
            events.text(b"retry: 500\n\n")
            preview.broadcast.publish(outcome(base="/repo/"))
            assert events.outcome()["build"] == "b1"


def test_a_plan_that_was_never_built_says_why_and_waits() -> None:
    """The findings stand in the page, escaped, with the client that brings the plan when mended."""
    failed = outcome(
        files=None,
        ok=False,
        build="",
        base="/repo/",
        diagnostics=(finding("<b>no</b> date", hint="write <i>one</i>"),),
        failure="theme <script>",
    )
    with live(failed) as preview:
        answer = preview.ask("/repo/goals/cka/")
        assert answer.status == 503
        assert b"content/goals/cka.md:2:6" in answer.body
        assert b"&lt;b&gt;no&lt;/b&gt; date" in answer.body
        assert b"write &lt;i&gt;one&lt;/i&gt;" in answer.body
        assert b"theme &lt;script&gt;" in answer.body
        assert answer.body.endswith(b"<!-- client 1  -->")
        preview.broadcast.publish(outcome(2, base="/repo/"))
        assert preview.ask("/repo/goals/cka/").status == 200


def test_the_last_good_pages_stay_when_an_attempt_fails() -> None:
    """They are shown with the client of the failed attempt, which tells of it."""
    with live(outcome(1)) as preview:
        failed = outcome(2, build="b1", ok=False, diagnostics=(finding(),))
        preview.broadcast.publish(failed)
        answer = preview.ask("/")
        state = preview.ask("/_planfolio/state.json").json
    assert (answer.status, answer.body) == (200, SITE["index.html"] + b"<!-- client 2 b1 -->")
    assert (state["ok"], state["build"], state["errors"]) == (False, "b1", 1)


def test_the_state_tells_each_finding_with_its_line() -> None:
    """All that the overlay shows, the source cut in three at the place; the worst first."""
    lines = {"content/goals/cka.md": ["---", "due: soon", "---"]}
    found = (
        finding("not early", severity=Severity.WARNING, span=Span(9, 1, 9, 2)),
        finding("no date", hint="write one"),
    )
    shown = outcome(
        ok=False,
        diagnostics=found,
        lines=lambda path: lines.get(path, ()),
    )
    with live(shown) as preview:
        answer = preview.ask("/_planfolio/state.json")
    assert answer.headers["content-type"] == "application/json"
    state = answer.json
    assert (state["number"], state["audience"], state["as_of"]) == (1, "private", None)
    assert (state["errors"], state["warnings"], state["left_out"]) == (1, 1, 0)
    first, second = state["diagnostics"]
    assert first == {
        "code": "F102",
        "name": "bad-date",
        "severity": "error",
        "path": "content/goals/cka.md",
        "line": 2,
        "column": 6,
        "end_line": 2,
        "end_column": 10,
        "message": "no date",
        "hint": "write one",
        "source": {"before": "due: ", "marked": "soon", "after": ""},
    }
    assert (second["severity"], second["source"]) == ("warning", None)


@pytest.mark.parametrize("audience", [Visibility.PUBLIC, Visibility.MENTOR])
def test_others_are_told_of_no_finding(audience: Visibility) -> None:
    """Findings are about the owner's whole plan: their words, lines and number stay with the owner.

    That an attempt failed is said, and where to read more.
    """
    secret = finding("this is no canary")
    lines = {secret.path: ("---", "due: canary")}.__getitem__
    failed: dict[str, Any] = {
        "ok": False,
        "diagnostics": (secret,) * 3,
        "lines": lines,
        "failure": "canary",
        "audience": audience,
    }
    with live(outcome(1, files=None, **failed)) as server:
        bad = [server.ask(path) for path in ("/", "/_planfolio/state.json")]
        with server.listening() as events:
            stream = events.outcome()
            server.broadcast.publish(outcome(2, **{**failed, "ok": True}))
            stream_of_good = events.outcome()
        good = server.ask("/_planfolio/state.json")
    assert not any(b"canary" in answer.body for answer in (*bad, good))
    state = bad[1].json
    assert (state["errors"], state["diagnostics"], stream["errors"]) == (1, [], 1)
    assert "told in the terminal" in state["failure"]
    assert b"told in the terminal" in bad[0].body
    assert (good.json["errors"], good.json["failure"], stream_of_good["errors"]) == (0, "", 0)
    assert stream_of_good["warnings"] == 0


def test_a_flood_of_findings_is_cut() -> None:
    """A page is handed two hundred, and told how many there are."""
    found = tuple(finding(f"no date {n}") for n in range(1000))
    with live(outcome(ok=False, diagnostics=found)) as preview:
        state = preview.ask("/_planfolio/state.json").json
    assert len(state["diagnostics"]) == 200
    assert (state["errors"], state["left_out"]) == (1000, 800)


def test_a_page_that_cannot_be_made_is_said_and_kills_nothing() -> None:
    """Whatever breaks while a page is made is shown in its place, and told at the terminal."""

    def broken(html: bytes, shown: object) -> bytes:
        if b"CKA" in html:
            raise RuntimeError("the <theme> broke")
        return html

    with live(outcome(), with_client=broken) as preview:
        answer = preview.ask("/goals/cka/")
        assert answer.status == 500
        assert b"the &lt;theme&gt; broke" in answer.body
        assert preview.ask("/").status == 200
        assert ["the <theme> broke" in sentence for sentence in preview.told] == [True]


def test_a_page_that_could_not_be_made_asks_again() -> None:
    """It has a client that takes every outcome for another one than the page is of; where the
    client is what breaks, the page is shown without it."""

    class Faulty(dict[str, bytes]):
        def get(self, path: str, default: object = None) -> bytes:
            raise RuntimeError(f"neither {path} nor {default}")

    with live(outcome(7, files=Faulty(SITE))) as preview:
        answer = preview.ask("/goals/cka/")
        assert answer.status == 500
        assert answer.body.endswith(b"<!-- client 7  -->")

    def broken(html: bytes, shown: object) -> bytes:
        raise RuntimeError("no client")

    with live(outcome(), with_client=broken) as preview:
        answer = preview.ask("/goals/cka/")
        assert answer.status == 500
        assert answer.body.endswith(b"</html>\n")


def test_a_page_that_takes_for_ever_holds_up_no_other() -> None:
    """Pages are made aside: the rest of the site is answered meanwhile."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(html: bytes, shown: object) -> bytes:
        if b"CKA" in html:
            begun.set()
            go_on.wait(30)
        return html

    with live(outcome(), with_client=slow) as preview, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(preview.ask, "/goals/cka/")
        assert begun.wait(20)
        assert preview.ask("/").status == 200
        assert preview.ask("/_planfolio/state.json").status == 200
        assert not waiting.done()
        go_on.set()
        assert waiting.result(20).status == 200


def test_an_answer_is_of_one_outcome() -> None:
    """However often the site is swapped, a page and its client are of the same outcome."""
    with live(outcome(0, files={"index.html": b"page 0"})) as preview:
        over = threading.Event()

        def swap() -> None:
            number = 0
            while not over.wait(0.0002):
                number += 1
                files = {"index.html": b"page %d" % number}
                preview.broadcast.publish(outcome(number, files=files))

        swapping = threading.Thread(target=swap)
        swapping.start()
        bodies = [preview.ask("/").body for _ in range(60)]
        over.set()
        swapping.join()
    seen = set()
    for body in bodies:
        page, _, client = body.decode().partition("<!-- client ")
        number = page.removeprefix("page ")
        assert client == f"{number} b{number} -->"
        seen.add(number)
    assert len(seen) > 1


def test_the_stream_tells_of_the_next_outcome(at_root: Live) -> None:
    """It is an event stream that nobody keeps: first how it goes on, then each outcome."""
    with live(outcome(1)) as preview, preview.listening() as events:
        head = events.text(b"\r\n\r\n").lower()
        assert head.startswith("http/1.1 200")
        assert "content-type: text/event-stream" in head
        assert "cache-control: no-store" in head
        assert events.outcome()["number"] == 1
        preview.broadcast.publish(outcome(2))
        assert events.outcome()["number"] == 2


def test_follow_tells_the_page_of_the_saved_record() -> None:
    """The path is one that a page can go to as it is."""
    with live(outcome(1), follow=True) as preview, preview.listening() as events:
        events.outcome()
        preview.broadcast.publish(outcome(2, changed=("goals/cka/",)))
        assert events.outcome()["follow"] == "/goals/cka/"


def test_a_listener_that_leaves_is_noticed() -> None:
    """Without a further outcome, and without a heartbeat."""
    with live(outcome(1)) as preview:
        with preview.listening() as events:
            events.outcome()
            assert len(preview.broadcast) == 1
        gone = threading.Event()
        for _ in range(200):
            if len(preview.broadcast) == 0:
                break
            gone.wait(0.05)
        assert len(preview.broadcast) == 0


def test_five_hundred_at_once_are_all_answered() -> None:
    """All connections are open before the first asks, and each gets its whole page."""
    with live(outcome(4)) as preview:
        connections = [preview.connect(timeout=60) for _ in range(500)]
        try:
            host = f"Host: 127.0.0.1:{preview.port}\r\nConnection: close\r\n\r\n"
            for connection in connections:
                connection.sendall(f"GET /goals/cka/ HTTP/1.1\r\n{host}".encode())
            answers = [answer_of(read_all(connection)) for connection in connections]
        finally:
            for connection in connections:
                connection.close()
    expected = (200, SITE["goals/cka/index.html"] + b"<!-- client 4 b4 -->")
    assert [(answer.status, answer.body) for answer in answers] == [expected] * 500


def test_requests_in_a_row_on_one_connection_are_answered_in_their_order(at_root: Live) -> None:
    """Also when they are sent all at once."""
    host = f"Host: 127.0.0.1:{at_root.port}\r\n"
    raw = (
        f"GET /plan.json HTTP/1.1\r\n{host}\r\n"
        f"GET /nowhere HTTP/1.1\r\n{host}\r\n"
        f"GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
    )
    with at_root.connect() as connection:
        connection.sendall(raw.encode())
        text = read_all(connection)
    assert [part[:3] for part in text.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404", b"200"]


def test_who_reads_slowly_holds_up_nobody() -> None:
    """Neither a page of many megabytes that nobody takes, nor a stream that nobody reads."""
    files = {**SITE, "files/big.bin": bytes(20_000_000)}
    with live(outcome(1, files=files)) as preview:
        host = f"Host: 127.0.0.1:{preview.port}\r\n\r\n"
        slow = [preview.connect() for _ in range(20)]
        try:
            for n, connection in enumerate(slow):
                path = "/files/big.bin" if n < 5 else "/_planfolio/events"
                connection.sendall(f"GET {path} HTTP/1.1\r\n{host}".encode())
            with preview.listening() as events:
                events.outcome()
                for number in range(2, 400):
                    preview.broadcast.publish(outcome(number, files=files))
                while events.outcome()["number"] < 399:
                    pass
            assert preview.ask("/").status == 200
        finally:
            for connection in slow:
                connection.close()


def test_who_never_finishes_asking_holds_up_nobody(at_root: Live) -> None:
    """A hundred requests that stop in the middle of a header are let wait."""
    unfinished = [at_root.connect() for _ in range(100)]
    try:
        for connection in unfinished:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.")
        assert at_root.ask("/").status == 200
    finally:
        for connection in unfinished:
            connection.close()


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
    ids=[
        "a huge header",
        "many headers",
        "a huge target",
        "no host",
        "two hosts",
        "no ascii",
        "a space",
        "tls",
        "http 2",
        "nonsense",
    ],
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
    assert at_root.ask("/").status == 200


def test_a_websocket_is_not_opened(at_root: Live) -> None:
    """The upgrade is not heard."""
    answer = at_root.ask("/", Connection="Upgrade, close", Upgrade="websocket")
    assert answer.status == 200
    assert b"client" in answer.body
