"""Bodies for the tests of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planfolio.markdown import Body, Compiler, Link, Target, fill

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def compiler() -> Compiler:
    """One compiler for all bodies, as in a build."""
    return Compiler()


@pytest.fixture
def body(compiler: Compiler) -> Callable[[str], Body]:
    """Compile a text."""
    return compiler.compile


@pytest.fixture
def html(compiler: Compiler) -> Callable[[str], str]:
    """Compile a text and fill it, each link leading to `to:TARGET` with the title `Title`."""

    def resolve(link: Link) -> Target:
        return Target(url=f"to/{link.target}", title="Title")

    return lambda text: str(fill(compiler.compile(text), resolve))
