"""HTML of the tokens that `contents` has prepared, and of highlighted code."""

from __future__ import annotations

from html import escape
from io import StringIO
from typing import TYPE_CHECKING

from planfolio.markdown.holes import HOLE, word_hole
from planfolio.markdown.task_marks import TaskState
from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from markdown_it.token import Token

_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none"})

_FOLLOWED_BY_A_LINE = frozenset(("hr", "blockquote", "ul", "ol", "dl", "table", "thead", "tbody"))
"""Elements after whose opening tag a new line begins; it does after each closing one of a block."""

_CELLS = ("th", "td")

_BOX = (
    '<svg class="task-icon" viewBox="0 0 16 16" width="16" height="16" fill="none"'
    ' stroke="currentColor" stroke-width="1.5" aria-hidden="true">'
    '<rect x="1.5" y="1.5" width="13" height="13" rx="3"/>'
)
_TASK_ICONS: Mapping[TaskState, tuple[str, str]] = {
    TaskState.DONE: (f'{_BOX}<path d="m4.5 8.5 2.5 2.5 4.5-6"/></svg>', word_hole("done:")),
    TaskState.OPEN: (f"{_BOX}</svg>", word_hole("to do:")),
    TaskState.CANCELLED: (f'{_BOX}<path d="M5 8h6"/></svg>', word_hole("cancelled:")),
}
_AUDIENCE_NAMES: Mapping[Visibility, str] = {
    Visibility.MENTOR: word_hole("For mentors"),
    Visibility.PRIVATE: word_hole("Private"),
}


def html_of(tokens: Iterable[Token]) -> str:
    """Return the HTML of tokens, with a hole at each end of a link and for each image."""
    pieces: list[str] = []
    for token in tokens:
        if token.type == "inline" and token.map is None:
            pieces.append(word_hole(token.content))  # the title of an alert
        elif token.type == "inline":
            written = [_WRITERS.get(child.type, _tag)(child) for child in token.children or ()]
            pieces += ["<s>", *written, "</s>"] if "struck" in token.meta else written
        else:
            pieces.append(_WRITERS.get(token.type, _tag)(token))
    return "".join(pieces)


def highlight(code: str, *, language: str) -> str | None:
    """Return the HTML of code for within `<code>`; None if no lexer goes by the language's name."""
    if language in _PLAIN:
        return escape(code, quote=False)

    # 70 ms, so only when a text names a language.
    from pygments import lex
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
    try:
        tokens = list(lex(code, lexer))
    except Exception:
        # That one of some 500 lexers fails on odd code must not cost the page.
        return escape(code, quote=False)
    html = StringIO()
    HtmlFormatter(nowrap=True).format(tokens, html)
    return html.getvalue()


def _tag(token: Token) -> str:
    if token.hidden:
        return ""
    if token.nesting < 0:
        return f"</{token.tag}>\n" if token.block and token.tag not in _CELLS else f"</{token.tag}>"
    end = ">\n" if token.tag in _FOLLOWED_BY_A_LINE else ">"
    if not token.attrs:
        return f"<{token.tag}{end}"
    attributes = "".join(f' {name}="{escape(str(v))}"' for name, v in token.attrs.items())
    return f"<{token.tag}{attributes}{end}"


def _text(token: Token) -> str:
    return escape(token.content, quote=False)


def _list_item(token: Token) -> str:
    if "state" not in token.meta:
        return _tag(token)
    icon, words = _TASK_ICONS[token.meta["state"]]
    return f'{_tag(token)}{icon}<span class="visually-hidden">{words} </span>'


def _code(token: Token) -> str:
    """Return a block of code; it can be reached by keyboard, since it scrolls sideways."""
    if token.hidden:
        return ""
    language = token.meta["language"]
    kind = f' class="language-{escape(language)}"' if language else ""
    return f'<pre class="code" tabindex="0"><code{kind}>{token.meta["html"]}</code></pre>\n'


def _link_open(token: Token) -> str:
    return f"{HOLE}{token.meta['link']}{HOLE}" if "link" in token.meta else _tag(token)


def _link_close(token: Token) -> str:
    return f"{HOLE}/{token.meta['link']}{HOLE}" if "link" in token.meta else _tag(token)


def _image(token: Token) -> str:
    """Return a hole or, where no picture may be loaded, the text of one."""
    if "link" in token.meta:
        return f"{HOLE}{token.meta['link']}{HOLE}"
    return f"{_tag(token)}{_text(token)}</a>" if token.tag == "a" else _text(token)


def _audience_open(token: Token) -> str:
    """Return the beginning of a block for a narrower audience, which says for whom it is."""
    visibility: Visibility = token.meta["visibility"]
    name = _AUDIENCE_NAMES[visibility]
    return (
        f'<div class="narrower narrower-{visibility.word}" role="group" aria-label="{name}">\n'
        f'<p class="narrower-title" aria-hidden="true">{name}</p>\n'
    )


def _alert_open(token: Token) -> str:
    return f'<div class="alert alert-{token.meta["kind"].lower()}" role="note">\n'


def _table_open(token: Token) -> str:
    """Return a table in a region that scrolls on narrow screens; each such region has a name."""
    name = word_hole("Table")
    if token.meta["number"] > 1:
        name += f" {token.meta['number']}"
    region = f'<div class="table-scroll" tabindex="0" role="region" aria-label="{name}">'
    return region + _tag(token)


def _footnote_reference(token: Token) -> str:
    number = token.meta["id"] + 1
    return (
        f'<sup class="footnote-ref"><a href="#fn:{number}"'
        f' id="{_reference_id(token)}" role="doc-noteref">{number}</a></sup>'
    )


def _footnote_anchor(token: Token) -> str:
    """Return the link from a footnote back to a reference to it."""
    number, use = token.meta["id"] + 1, token.meta["subId"]
    back, which = word_hole("Back to reference"), f"{number}"
    if use:
        which += ", " + word_hole("use") + f" {use + 1}"
    return (
        f' <a class="footnote-back" href="#{_reference_id(token)}" role="doc-backlink"'
        f' aria-label="{back} {which}">↩\ufe0e</a>'
    )


def _reference_id(token: Token) -> str:
    """Return the id of a reference to a footnote; the colon is in no anchor of a heading."""
    number, use = token.meta["id"] + 1, token.meta["subId"]
    return f"fnref:{number}:{use + 1}" if use else f"fnref:{number}"


_WRITERS: Mapping[str, Callable[[Token], str]] = {
    "text": _text,
    "text_special": _text,
    "raw_html": _text,
    "code_inline": lambda token: f"<code>{_text(token)}</code>",
    "softbreak": lambda _: "\n",
    "hardbreak": lambda _: "<br>\n",
    "link_open": _link_open,
    "link_close": _link_close,
    "image": _image,
    "footnote_ref": _footnote_reference,
    "list_item_open": _list_item,
    "fence": _code,
    "code_block": _code,
    "alert_open": _alert_open,
    "alert_title_open": lambda _: '<p class="alert-title">',
    "audience_open": _audience_open,
    "table_open": _table_open,
    "table_close": lambda _: "</table></div>\n",
    "footnote_block_open": lambda _: '<section class="footnotes">\n<ol>\n',
    "footnote_block_close": lambda _: "</ol>\n</section>\n",
    "footnote_open": lambda token: f'<li id="fn:{token.meta["id"] + 1}">',
    "footnote_anchor": _footnote_anchor,
    "footnote_close": lambda _: "</li>\n",
}
