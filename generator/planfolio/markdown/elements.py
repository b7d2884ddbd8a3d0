"""The HTML of single tokens, which depends on nothing else in the body."""

from collections.abc import Callable, Mapping
from html import escape

from markdown_it.token import Token

from planfolio.markdown.placeholders import word_placeholder
from planfolio.markdown.task_marks import TaskState
from planfolio.model.visibility import Visibility

_FOLLOWED_BY_A_LINE = frozenset(("hr", "blockquote", "ul", "ol", "dl", "table", "thead", "tbody"))
"""Elements after whose opening tag a new line begins; it does after each closing one of a block."""

_BOX = (
    '<svg class="task-icon" viewBox="0 0 16 16" width="16" height="16" fill="none"'
    ' stroke="currentColor" stroke-width="1.5" aria-hidden="true">'
    '<rect x="1.5" y="1.5" width="13" height="13" rx="3"/>'
)
TASK_ICONS: Mapping[TaskState, tuple[str, str]] = {
    TaskState.DONE: (f'{_BOX}<path d="m4.5 8.5 2.5 2.5 4.5-6"/></svg>', word_placeholder("done:")),
    TaskState.OPEN: (f"{_BOX}</svg>", word_placeholder("to do:")),
    TaskState.CANCELLED: (f'{_BOX}<path d="M5 8h6"/></svg>', word_placeholder("cancelled:")),
}
_AUDIENCE_NAMES: Mapping[Visibility, str] = {
    Visibility.MENTOR: word_placeholder("For mentors"),
    Visibility.PRIVATE: word_placeholder("Private"),
}


def element(token: Token) -> str:
    """Return the HTML of a token: as a rule its tag."""
    if rule := _RULES.get(token.type):
        return rule(token)
    if token.nesting < 0:
        return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
    end = ">\n" if token.tag in _FOLLOWED_BY_A_LINE else ">"
    if not token.attrs:
        return f"<{token.tag}{end}"
    attributes = "".join(f' {name}="{escape(str(v))}"' for name, v in token.attrs.items())
    return f"<{token.tag}{attributes}{end}"


def outside_link(url: str, token: Token) -> str:
    """Return the opening tag of a link that leads out of the site."""
    is_mail = url[:1] in "mM"
    kind, rel = ("", "") if is_mail else (' class="external"', ' rel="noopener"')
    title = f' title="{escape(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
    return f'<a{kind} href="{escape(url)}"{rel}{title}>'


def _text(token: Token) -> str:
    return escape(token.content, quote=False)


def _marked(token: Token) -> str:
    return f"<{token.tag}>{_text(token)}</{token.tag}>"


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


def _footnote_reference(token: Token) -> str:
    number = token.meta["id"] + 1
    return (
        f'<sup class="footnote-ref"><a href="#fn:{number}"'
        f' id="{_reference_id(token)}" role="doc-noteref">{number}</a></sup>'
    )


def _footnote_anchor(token: Token) -> str:
    """Return the link from a footnote back to a reference to it."""
    number, use = token.meta["id"] + 1, token.meta["subId"]
    words = word_placeholder("Back to reference") + f" {number}"
    if use:
        words += ", " + word_placeholder("use") + f" {use + 1}"
    return (
        f' <a class="footnote-back" href="#{_reference_id(token)}" role="doc-backlink"'
        f' aria-label="{words}">↩\ufe0e</a>'
    )


def _reference_id(token: Token) -> str:
    """Return the id of a reference to a footnote; the colon is in no anchor of a heading."""
    number, use = token.meta["id"] + 1, token.meta["subId"]
    return f"fnref:{number}:{use + 1}" if use else f"fnref:{number}"


_RULES: Mapping[str, Callable[[Token], str]] = {
    "text": _text,
    "text_special": _text,
    "code_inline": _marked,
    "plain_emphasis": _marked,
    "softbreak": lambda _: "\n",
    "hardbreak": lambda _: "<br>\n",
    "alert_open": _alert_open,
    "alert_title_open": lambda _: '<p class="alert-title">',
    "audience_open": _audience_open,
    "th_close": lambda token: f"</{token.tag}>",
    "td_close": lambda token: f"</{token.tag}>",
    "table_close": lambda _: "</table></div>\n",
    "footnote_ref": _footnote_reference,
    "footnote_block_open": lambda _: '<section class="footnotes">\n<ol>\n',
    "footnote_block_close": lambda _: "</ol>\n</section>\n",
    "footnote_open": lambda token: f'<li id="fn:{token.meta["id"] + 1}">',
    "footnote_anchor": _footnote_anchor,
    "footnote_close": lambda _: "</li>\n",
}
