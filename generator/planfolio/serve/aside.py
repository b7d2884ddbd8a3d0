"""Work that the event loop does not wait for, in threads that never keep the process alive."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Aside:
    """Runs so many pieces of work at once, each in a thread of its own.

    Why not an executor: the interpreter waits for its threads when it ends, and one that renders a
    template without an end would keep Ctrl-C from ending the server.
    """

    def __init__(self, *, at_once: int = 8) -> None:
        self._places = asyncio.Semaphore(at_once)

    async def run(self, work: Callable[[], T]) -> T:
        """Return what `work` returns, or raise what it raises."""
        async with self._places:
            loop = asyncio.get_running_loop()
            done: asyncio.Future[T] = loop.create_future()

            def settle(result: T | None, error: Exception | None) -> None:
                if done.cancelled():
                    return
                if error is not None:
                    done.set_exception(error)
                else:
                    done.set_result(result)  # type: ignore[arg-type]

            def in_thread() -> None:
                result: T | None = None
                failed: Exception | None = None
                try:
                    result = work()
                except Exception as error:
                    failed = error
                with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                    loop.call_soon_threadsafe(settle, result, failed)

            threading.Thread(target=in_thread, daemon=True, name="preview-page").start()
            return await done
