"""Highlighted code: HTML with the short class names of Pygments, no inline styles."""

from __future__ import annotations

from html import escape
from io import StringIO

_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none"})

LONGEST = 20_000
"""Code points; longer code is shown as it is, since some lexers take quadratic time."""


class UnknownLanguageError(LookupError):
    """No lexer goes by this name."""


def highlight(code: str, *, language: str) -> str:
    """Return the HTML of code for within `<code>`; raise UnknownLanguageError."""
    if language in _PLAIN or len(code) > LONGEST:
        return escape(code, quote=False)

    # 70 ms, so only when a text names a language.
    from pygments import lex
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound as error:
        raise UnknownLanguageError(language) from error
    try:
        tokens = list(lex(code, lexer))
    except Exception:
        # That one of some 500 lexers fails on odd code must not cost the page.
        return escape(code, quote=False)
    html = StringIO()
    HtmlFormatter(nowrap=True).format(tokens, html)
    return html.getvalue()
