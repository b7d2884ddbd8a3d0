"""What tests of Markdown look at: the HTML of a body, and what is said about it."""

from collections.abc import Callable

from planfolio.markdown.compiler import Compiler
from planfolio.markdown.placeholders import Target, page_html
from planfolio.model.body import Body, Link
from planfolio.model.source_tree import Span

COMPILER = Compiler()
"""One for all texts, as in a build."""


def body(text: str) -> Body:
    """Compile a text."""
    return COMPILER.compile(text)


def titled(link: Link) -> Target:
    """Lead a link to `to/TARGET`, which has the title `Title`."""
    return Target(f"to/{link.target}", "Title")


def nowhere(_: Link) -> None:
    """Lead a link nowhere."""


def html(text: str, resolve: Callable[[Link], Target | None] = titled) -> str:
    """Return the HTML of a text."""
    return shown(body(text), resolve)


def shown(compiled: Body, resolve: Callable[[Link], Target | None] = titled) -> str:
    """Return the HTML of a body."""
    return str(page_html(compiled, [resolve(link) for link in compiled.links]))


def notes(text: str) -> list[tuple[str, int, str]]:
    """Return the code, the line and the message of what is wrong with a text."""
    return [(found.code, found.span.line, found.message) for found in body(text).diagnostics]


def at(text: str, span: Span) -> str:
    """Return what is in a text at a span."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)
