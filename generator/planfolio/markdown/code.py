"""Code in a body, marked up by Pygments, which is loaded when the first text names a language."""

from functools import cache
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar

_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none"})


def highlighted(code: str, *, language: str) -> str | None:
    """Return the HTML of code for within `<code>`; None if no lexer goes by the language's name."""
    if language in _PLAIN:
        return escape(code, quote=False)

    from pygments.lexers import find_lexer_class_by_name
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound

    try:
        lexer = find_lexer_class_by_name(language)
    except ClassNotFound:
        return None
    if lexer.name == "Python":
        lexer = short_python()
    try:
        tokens = list(lexer(stripnl=False).get_tokens(code))
    except Exception:
        # That one of some 500 lexers fails on odd code must not cost the page.
        return escape(code, quote=False)
    pieces = []
    for kind, alike in groupby(tokens, key=itemgetter(0)):
        while kind not in STANDARD_TYPES:
            kind = kind.parent
        text = escape("".join([text for _, text in alike]), quote=False)
        name = "" if text.isspace() else STANDARD_TYPES[kind]
        pieces.append(f'<span class="{name}">{text}</span>' if name else text)
    return "".join(pieces)


@cache
def short_python() -> type[Any]:
    """Return the lexer for Python with a short pattern for names.

    That of Pygments lists all letters in 700 ranges, which take 14 ms to compile. Here a name may
    have any character beyond ASCII: in what is Python, those outside of text are in names.
    """
    from pygments.lexers.python import PythonLexer

    # All but the other characters of ASCII, since a set that names no range beyond it is small.
    short = r"[^\x00-@\[-^`{-\x7f][^\x00-/:-@\[-^`{-\x7f]*"

    def shortened(rule: Any) -> Any:
        if isinstance(rule, tuple) and isinstance(rule[0], str):
            return (rule[0].replace(PythonLexer.uni_name, short), *rule[1:])
        return rule

    class ShortPythonLexer(PythonLexer):
        tokens: ClassVar = {
            state: [*map(shortened, rules)] for state, rules in PythonLexer.tokens.items()
        }

    return ShortPythonLexer
