"""Tests of `planfolio.markdown.code`: code is marked up as Pygments itself does it."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.lexers.python import PythonLexer

from planfolio.markdown.code import highlighted, short_python

_SPAN = re.compile(r'<span class="([^"]+)">([^<]*)</span>|([^<]+)')
_NAMES = st.text(min_size=1).filter(re.compile(PythonLexer.uni_name).fullmatch)
_ASCII = st.text(st.characters(max_codepoint=127))


def _classes(html: str) -> list[tuple[str, str]]:
    """Return each character of marked-up code that one sees, and its class."""
    found = ((name, unescape(text or plain)) for name, text, plain in _SPAN.findall(html))
    return [(sign, name) for name, text in found for sign in text if not sign.isspace()]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", 'class A:\n    """Two\n    lines."""\n    x = f"{1 + 2!r}"  # <b>\n'),
        ("py3", "@naïve.größe\ndef ﬁ(x: int) -> str:\n    import ñ\n    return 'a & b'\n"),
        ("bash", "for f in *.md; do\n  echo \"$f\" && cat <<'E'\nx\nE\ndone\n"),
        ("html", "<p class='a'>x &amp; y</p>\n<script>let a = `b`;</script>\n"),
        ("json", '{"a": [1, null, "\\u00e9"]}\n'),
        ("sql", "SELECT * FROM t -- all\nWHERE a = 'it''s';\n"),
        ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n"),
    ],
)
def test_classes_are_those_of_pygments(language: str, code: str) -> None:
    """Every character has the class that the formatter of Pygments gives it."""
    formatter = HtmlFormatter(nowrap=True)
    theirs = highlight(code, get_lexer_by_name(language, stripnl=False), formatter)
    ours = highlighted(code, language=language)
    assert ours is not None
    assert _classes(ours) == _classes(theirs)
    assert unescape(re.sub("<[^>]+>", "", ours)) == code


@given(st.lists(_ASCII | _NAMES).map("".join))
def test_short_python_reads_as_the_long_one(code: str) -> None:
    """The tokens are the same wherever what is beyond ASCII is part of a name."""
    ours = list(short_python()().get_tokens(code))
    assert ours == list(PythonLexer().get_tokens(code))
