"""Tests of the stream that tells the open pages what is shown."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncGenerator
from typing import TypeAlias

from tests.serve.live import SITE, finding, outcome

from planfolio.model.diagnostics import Severity
from planfolio.serve.events import HERE, RETRY, Broadcast, Notice, base_of, stream_of

Notices: TypeAlias = AsyncGenerator[Notice | None, None]

RED, BLUE = "assets/style.aaaaaaaaaa.css", "assets/style.bbbbbbbbbb.css"


async def soon(notices: Notices) -> Notice | None:
    """Return the next notice; fails if there is none in time."""
    return await asyncio.wait_for(anext(notices), 10)


def test_who_comes_is_told_what_is_shown() -> None:
    """The present outcome is the first thing that a listener hears."""

    async def check() -> None:
        broadcast = Broadcast()
        broadcast.publish(outcome(3, changed=("goals/cka/",), style_only=True))
        notice = await soon(broadcast.notices())
        assert notice is not None
        assert (notice.number, notice.build, notice.ok) == (3, "b3", True)
        # What was saved before somebody came is none of their business, nor from what it differs.
        assert (notice.follow, notice.style_only) == (None, False)

    asyncio.run(check())


def test_who_comes_before_the_first_outcome_waits_for_it() -> None:
    """The stream is open while the first build is under way."""

    async def check() -> None:
        broadcast = Broadcast()
        notices = broadcast.notices()
        waiting = asyncio.create_task(soon(notices))
        await asyncio.sleep(0)
        broadcast.publish(outcome(1))
        notice = await waiting
        assert notice is not None
        assert notice.number == 1

    asyncio.run(check())


def test_an_outcome_of_another_thread_is_heard() -> None:
    """The thread that builds publishes; all who listen hear it."""

    async def check() -> None:
        broadcast = Broadcast()
        broadcast.publish(outcome(1))
        listeners = [broadcast.notices() for _ in range(5)]
        for notices in listeners:
            await soon(notices)
        thread = threading.Thread(target=broadcast.publish, args=(outcome(2),))
        thread.start()
        heard = [await soon(notices) for notices in listeners]
        thread.join()
        assert [notice and notice.number for notice in heard] == [2] * 5

    asyncio.run(check())


def test_the_swap_comes_before_the_notice() -> None:
    """Who hears of an outcome finds it shown."""

    async def check() -> None:
        broadcast = Broadcast()
        notices = broadcast.notices()
        for number in range(1, 50):
            threading.Thread(target=broadcast.publish, args=(outcome(number),)).start()
            notice = await soon(notices)
            assert notice is not None
            assert broadcast.shown is not None
            assert broadcast.shown.number >= notice.number

    asyncio.run(check())


def test_who_is_slow_hears_the_latest_with_what_was_missed() -> None:
    """One notice sums up those that were not taken: nothing piles up, nothing is lost."""

    async def check() -> None:
        broadcast = Broadcast()
        broadcast.publish(outcome(1))
        notices = broadcast.notices()
        await soon(notices)
        broadcast.publish(outcome(2, changed=("goals/cka/",)))
        for number in range(3, 1000):
            broadcast.publish(outcome(number, style_only=True))
        notice = await soon(notices)
        assert notice is not None
        assert notice.number == 999
        assert notice.follow == "/goals/cka/"
        assert notice.style_only is False
        later = asyncio.create_task(soon(notices))
        await asyncio.sleep(0.01)
        assert not later.done()
        later.cancel()

    asyncio.run(check())


def test_a_change_of_style_names_the_new_stylesheets() -> None:
    """By the name that the theme has for one, and by the path that the page has still."""

    async def check() -> None:
        broadcast = Broadcast()
        broadcast.publish(outcome(1, files={**SITE, RED: b"a"}, base="/my plan/"))
        notices = broadcast.notices()
        await soon(notices)
        broadcast.publish(outcome(2, files={**SITE, BLUE: b"b"}, base="/my plan/", style_only=True))
        notice = await soon(notices)
        assert notice is not None
        assert notice.style_only
        assert notice.stylesheet is not None
        assert notice.stylesheet["assets/style.css"] == f"/my%20plan/{BLUE}"
        assert notice.stylesheet[f"/my%20plan/{RED}"] == f"/my%20plan/{BLUE}"

    asyncio.run(check())


def test_missed_changes_of_style_add_up() -> None:
    """Two swaps that were not heard are one, from the first path to the last."""
    first = Notice(
        number=2,
        build="b2",
        ok=True,
        errors=0,
        warnings=0,
        style_only=True,
        stylesheet={"a.css": "/2", "/1": "/2"},
    )
    second = Notice(
        number=3,
        build="b3",
        ok=True,
        errors=0,
        warnings=0,
        style_only=True,
        stylesheet={"a.css": "/3", "/2": "/3"},
    )
    both = second.after(first)
    assert both.stylesheet == {"a.css": "/3", "/1": "/3", "/2": "/3"}
    assert both.style_only


def test_a_style_after_a_failure_is_no_mere_style() -> None:
    """The pages are older than the failed attempt: they are looked at as a whole."""

    async def check() -> None:
        broadcast = Broadcast()
        broadcast.publish(outcome(1))
        notices = broadcast.notices()
        await soon(notices)
        broadcast.publish(outcome(2, build="b1", ok=False, diagnostics=(finding(),)))
        failed = await soon(notices)
        broadcast.publish(outcome(3, style_only=True))
        mended = await soon(notices)
        assert failed is not None
        assert (failed.ok, failed.errors, failed.build) == (False, 1, "b1")
        assert mended is not None
        assert (mended.ok, mended.style_only) == (True, False)

    asyncio.run(check())


def test_findings_are_counted_by_weight() -> None:
    """A failure that is no finding of the plan counts as an error; notes do not count."""

    async def check() -> None:
        broadcast = Broadcast()
        found = (
            finding("a"),
            finding("b", severity=Severity.WARNING),
            finding("c", severity=Severity.WARNING),
            finding("d", severity=Severity.INFO),
        )
        broadcast.publish(outcome(1, ok=False, diagnostics=found, failure="the theme broke"))
        notice = await soon(broadcast.notices())
        assert notice is not None
        assert (notice.errors, notice.warnings) == (2, 2)

    asyncio.run(check())


def test_silence_is_broken_by_a_heartbeat() -> None:
    """After some seconds without an outcome something is written all the same."""

    async def check() -> None:
        stream = stream_of(Broadcast(), follow=False, heartbeat=0.01)
        assert await anext(stream) == RETRY
        beat = await asyncio.wait_for(anext(stream), 10)
        assert beat == HERE
        await stream.aclose()

    asyncio.run(check())


def test_an_event_is_as_pages_expect_it() -> None:
    """Its name, one line of JSON with the agreed keys, and an empty line."""

    async def check() -> None:
        broadcast = Broadcast()
        broadcast.publish(outcome(7))
        stream = stream_of(broadcast, follow=False)
        await anext(stream)
        event = await asyncio.wait_for(anext(stream), 10)
        await stream.aclose()
        name, data, *end = event.decode().split("\n")
        assert (name, end) == ("event: outcome", ["", ""])
        assert json.loads(data.removeprefix("data: ")) == {
            "number": 7,
            "build": "b7",
            "ok": True,
            "errors": 0,
            "warnings": 0,
            "follow": None,
            "style_only": False,
            "stylesheet": None,
        }

    asyncio.run(check())


def test_pages_are_taken_along_only_when_asked() -> None:
    """The saved record is told with follow mode, and not without."""

    async def followed(*, follow: bool) -> object:
        broadcast = Broadcast()
        broadcast.publish(outcome(1))
        stream = stream_of(broadcast, follow=follow)
        await anext(stream)
        await anext(stream)
        broadcast.publish(outcome(2, changed=("goals/été/", "goals/cka/"), base="/repo/"))
        event = await asyncio.wait_for(anext(stream), 10)
        await stream.aclose()
        return json.loads(event.decode().partition("data: ")[2])["follow"]

    assert asyncio.run(followed(follow=True)) == "/repo/goals/%C3%A9t%C3%A9/"
    assert asyncio.run(followed(follow=False)) is None


def test_closing_ends_those_who_listen_and_those_who_come() -> None:
    """No stream outlives the server."""

    async def check() -> None:
        broadcast = Broadcast()
        broadcast.publish(outcome(1))
        early = broadcast.notices()
        await soon(early)
        broadcast.close()
        assert [notice async for notice in early] == []
        assert [notice async for notice in broadcast.notices()] == []
        assert len(broadcast) == 0

    asyncio.run(check())


def test_who_leaves_is_forgotten() -> None:
    """A closed stream leaves no listener behind."""

    async def check() -> None:
        broadcast = Broadcast()
        stream = stream_of(broadcast, follow=False, heartbeat=0.01)
        await anext(stream)
        await anext(stream)
        assert len(broadcast) == 1
        await stream.aclose()
        assert len(broadcast) == 0

    asyncio.run(check())


def test_publishing_to_a_loop_that_has_ended_is_no_fault() -> None:
    """A build that ends after the server does has nobody to tell."""
    broadcast = Broadcast()

    async def listen() -> Notices:
        broadcast.publish(outcome(1))
        notices = broadcast.notices()
        await soon(notices)
        return notices

    loop = asyncio.new_event_loop()
    kept = loop.run_until_complete(listen())
    loop.close()
    broadcast.publish(outcome(2))
    assert broadcast.shown is not None
    assert broadcast.shown.number == 2
    del kept


def test_a_site_that_moved_is_known_by_its_former_places() -> None:
    """The present place first, each once."""
    broadcast = Broadcast()
    for number, base in enumerate(("/", "/plan/", "/", "/my%20plan"), start=1):
        broadcast.publish(outcome(number, base=base))
    assert broadcast.bases == ("/my plan/", "/", "/plan/")


def test_a_place_has_one_slash_at_each_end() -> None:
    """However it was written in base_url."""
    assert [base_of(outcome(base=base)) for base in ("", "/", "//", "/a/b", "a/b//")] == [
        "/",
        "/",
        "/",
        "/a/b/",
        "/a/b/",
    ]
