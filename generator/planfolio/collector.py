"""The collector of cycles, put off while there is nothing for it to find."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collecting_later() -> Iterator[None]:
    """Keep the collector from walking all of a plan again and again while it is made.

    A plan has no cycles: it goes by itself when nobody holds it. What lives at the end is set
    aside, so that the collector passes over it until `collect`.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def collect() -> None:
    """Collect what was set aside, and set aside what stays."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
