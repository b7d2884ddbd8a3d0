"""Tests of work that the event loop does not wait for."""

from __future__ import annotations

import asyncio
import threading

import pytest

from planfolio.serve.aside import Aside


def test_work_is_done_in_another_thread() -> None:
    """What it returns is returned."""
    assert asyncio.run(Aside().run(threading.current_thread)) is not threading.current_thread()


def test_what_work_raises_is_raised() -> None:
    """As if it had been called."""
    with pytest.raises(ZeroDivisionError):
        asyncio.run(Aside().run(lambda: 1 // 0))


def test_only_so_much_is_done_at_once() -> None:
    """The rest waits for its turn, and has it."""
    lock, now, most = threading.Lock(), [0], [0]
    together = threading.Barrier(3)

    def work() -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        together.wait(20)
        with lock:
            now[0] -= 1

    async def check() -> None:
        aside = Aside(at_once=3)
        await asyncio.gather(*(aside.run(work) for _ in range(30)))

    asyncio.run(check())
    assert most == [3]


def test_work_without_an_end_keeps_no_loop_from_ending() -> None:
    """Who waits for it can be told to stop; what comes of it later is for nobody."""
    begun, go_on = threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    def work() -> None:
        threads.append(threading.current_thread())
        begun.set()
        go_on.wait(20)

    async def check() -> None:
        waiting = asyncio.create_task(Aside().run(work))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(check())
    assert threads[0].daemon
    go_on.set()
    threads[0].join(20)
    assert not threads[0].is_alive()
