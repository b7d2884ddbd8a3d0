"""Highlighted code."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pygments.lexers.python import PythonLexer

from planfolio.markdown.highlight import LONGEST, UnknownLanguageError, highlight


def test_code_gets_classes_and_no_styles() -> None:
    """Tokens are named by the short classes of Pygments."""
    html = highlight("def f(): pass\n", language="python")

    assert '<span class="k">def</span>' in html
    assert "style=" not in html


def test_code_is_escaped() -> None:
    """Angle brackets in code are seen, with and without a language."""
    assert "<b>" not in highlight("'<b>'", language="python")
    assert highlight("<b> & 'c'", language="") == "&lt;b&gt; &amp; 'c'"


def test_empty_lines_stay() -> None:
    """Leading lines and the last line end are as typed."""
    assert highlight("\n\nx\n", language="python").startswith("\n\n")


def test_unknown_language_is_told() -> None:
    """The caller decides what to show instead."""
    with pytest.raises(UnknownLanguageError):
        highlight("x", language="zork")


@pytest.mark.parametrize("language", ["", "text", "plain", "txt", "none"])
def test_plain_text_is_a_language(language: str) -> None:
    """Words for no language are not unknown."""
    assert highlight("def", language=language) == "def"


def test_long_code_is_not_highlighted() -> None:
    """Above the limit the code is shown as it is."""
    assert "<span" not in highlight("x = 1\n" * LONGEST, language="python")


def test_failing_lexer_costs_only_the_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lexer that breaks on some code leaves it plain."""

    def fail(*_: object, **__: object) -> None:
        raise IndexError

    monkeypatch.setattr(PythonLexer, "get_tokens_unprocessed", fail)

    assert highlight("a < b", language="python") == "a &lt; b"


@pytest.mark.parametrize(
    ("text", "expected"), [("```\nx\n```", "no"), ("```python\nx\n```", "yes")]
)
def test_pygments_is_imported_only_for_a_language(text: str, expected: str) -> None:
    """A plan without code does not pay for Pygments."""
    program = (
        "import sys; from planfolio.markdown import Compiler; Compiler().compile(sys.argv[1]);"
        "print('yes' if 'pygments' in sys.modules else 'no')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, text], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == expected
