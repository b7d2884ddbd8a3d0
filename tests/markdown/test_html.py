"""The HTML of a body."""

import re
import subprocess
import sys

import pytest
from markupsafe import Markup
from pygments.lexers.python import PythonLexer
from tests.markdown.bodies import body, html, notes, nowhere, shown

from planfolio.markdown.placeholders import Target, page_html
from planfolio.model.body import Link
from planfolio.model.references import Size


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("- a\n\n- b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("0. a", '<ol start="0">\n<li>a</li>\n</ol>\n'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("---", "<hr>\n"),
        ("a\n: b\n: c", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</dl>\n"),
        (
            "> [!WARNING]\n> a",
            (
                '<div class="alert alert-warning" role="note">\n'
                '<p class="alert-title">Warning</p>\n<p>a</p>\n</div>\n'
            ),
        ),
        ("```\na <b>\n```", '<pre class="code" tabindex="0"><code>a &lt;b&gt;\n</code></pre>\n'),
        ("    a", '<pre class="code" tabindex="0"><code>a\n</code></pre>\n'),
        ("a\n\n    b", '<p>a</p>\n<pre class="code" tabindex="0"><code>b\n</code></pre>\n'),
        ("a\n\n#\n\nb", "<p>a</p>\n<p>b</p>\n"),
    ],
)
def test_blocks(text: str, expected: str) -> None:
    """Paragraphs, lists, quotes, rules, definitions, alerts and code; no empty heading."""
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** ~~c~~ `d<`", "<em>a</em> <strong>b</strong> <s>c</s> <code>d&lt;</code>"),
        ("*a [[cka|b* c]]", '*a <a href="to/cka">b* c</a>'),
        ("a  \nb\nc", "a<br>\nb\nc"),
        ("&copy; &lt;b&gt; \\* ] | w ! : & %", "© &lt;b&gt; * ] | w ! : &amp; %"),
        (
            '[a](https://b.c "t \\"q\\"")',
            '<a class="external" href="https://b.c" rel="noopener" title="t &quot;q&quot;">a</a>',
        ),
        (
            "(https://b.c/?d=1&e=2)",
            (
                '(<a class="external" href="https://b.c/?d=1&amp;e=2" rel="noopener">'
                "https://b.c/?d=1&amp;e=2</a>)"
            ),
        ),
        ("<https://b.c>", '<a class="external" href="https://b.c" rel="noopener">https://b.c</a>'),
        ("www.b.c", '<a class="external" href="http://www.b.c" rel="noopener">www.b.c</a>'),
        ("mail a@b.de", 'mail <a href="mailto:a@b.de">a@b.de</a>'),
        ("mailto:a@b.de", '<a href="mailto:a@b.de">mailto:a@b.de</a>'),
        ("[a](mailto:a@b.de)", '<a href="mailto:a@b.de">a</a>'),
        ('[a](b.md "t")', '<a href="to/b.md" title="t">a</a>'),
        ("[[cka|the *big* `exam`]]", '<a href="to/cka">the <em>big</em> <code>exam</code></a>'),
        ('![a *b*](c.png "t")', '<img src="to/c.png" alt="a b" title="t" loading="lazy">'),
        ('![a "b"](c.png)', '<img src="to/c.png" alt="a &#34;b&#34;" loading="lazy">'),
        ("![](c.png)", '<img src="to/c.png" alt="" loading="lazy">'),
        # HTML does not nest links, whatever the grammar allows.
        ("[a <https://b.c> d](e.md)", '<a href="to/e.md">a https://b.c d</a>'),
        # Pages load nothing from elsewhere; a link needs a name.
        (
            "![a chart](https://b.c/d.png)",
            '<a class="external" href="https://b.c/d.png" rel="noopener">a chart</a>',
        ),
        (
            "![](https://b.c/d.png)",
            '<a class="external" href="https://b.c/d.png" rel="noopener">https://b.c/d.png</a>',
        ),
        (
            "[![build](https://b.c/d.svg)](https://e.f)",
            '<a class="external" href="https://e.f" rel="noopener">build</a>',
        ),
    ],
)
def test_inline_markup(text: str, expected: str) -> None:
    """Emphasis, code, links of each kind and images."""
    assert html(text) == f"<p>{expected}</p>\n"


@pytest.mark.parametrize(
    ("box", "word", "name"), [("x", "done", "done"), *((box, "to do", "to-do") for box in " />?")]
)
def test_task_is_read_aloud(box: str, word: str, name: str) -> None:
    """A task has an icon for the eye and a word for the ear, and no form control."""
    page = html(f"- [{box}] a")
    assert f'<li class="task {name}"><svg class="task-icon"' in page
    assert f'<span class="visually-hidden">{word}: </span>a</li>' in page
    assert '<ul class="task-list">' in page
    assert "<input" not in page
    assert '<ol start="3" class="task-list">' in html("3. [ ] a")


def test_a_cancelled_task_is_struck_through() -> None:
    """A cancelled item and all text under it are struck through, and a word says why."""
    page = html("- [-] a *b*\n  - [x] c\n  - d\n- [ ] e")
    assert "[" not in page
    assert page.count("cancelled: </span><s>") == 2
    assert "<s>a <em>b</em></s>" in page
    assert "<s>d</s>" in page
    assert "<s>e" not in page


def test_table_scrolls_by_keyboard() -> None:
    """A wide table is a region with a name that can be focused; a second one has its own name."""
    page = html("|a|b|\n|-|-|\n|1|2|\n\n|c|\n|-|\n")
    regions = re.findall(r'<div class="table-scroll" tabindex="0" role="region" (\S+ ?\d?")', page)
    assert regions == ['aria-label="Table"', 'aria-label="Table 2"']
    assert page.count("</table></div>") == 2


def test_table_cells() -> None:
    """Column heads say what they head, sides become classes, an empty head is a plain cell."""
    assert html("| a | |\n|:-:|--:|\n| 1 | *2* |") == (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table>\n'
        '<thead>\n<tr><th scope="col" class="align-center">a</th>'
        '<td class="align-right"></td></tr>\n</thead>\n'
        '<tbody>\n<tr><td class="align-center">1</td>'
        '<td class="align-right"><em>2</em></td></tr>\n</tbody>\n</table></div>\n'
    )


@pytest.mark.parametrize(
    ("text", "resolved", "unresolved"),
    [
        (
            "[the *exam*](cka.md), [[cka|it]]",
            '<a href="to/cka.md">the <em>exam</em></a>, <a href="to/cka">it</a>',
            "the <em>exam</em>, it",
        ),
        ("See [[cka]].", 'See <a href="to/cka">Title</a>.', "See ."),
        ("[](cka.md)", '<a href="to/cka.md">Title</a>', ""),
        ("a ![secret](x.png) b", 'a <img src="to/x.png" alt="secret" loading="lazy"> b', "a  b"),
        (
            "[![a](b.png)](c.md)",
            '<a href="to/c.md"><img src="to/b.png" alt="a" loading="lazy"></a>',
            "",
        ),
    ],
)
def test_link_is_filled_or_leaves_only_its_label(text: str, resolved: str, unresolved: str) -> None:
    """One body serves many pages; what leads nowhere shows its label, and never an id."""
    compiled = body(text)
    assert shown(compiled) == f"<p>{resolved}</p>\n"
    assert shown(compiled, nowhere) == f"<p>{unresolved}</p>\n"
    assert shown(compiled) == f"<p>{resolved}</p>\n"


def test_link_keeps_a_name_where_its_picture_is_missing() -> None:
    """A link whose label is a picture that leads nowhere is called by its title."""

    def only_pages(link: Link) -> Target | None:
        return None if link.image else Target("c/", "C & D")

    assert html("[![a](b.png)](c.md)", only_pages) == '<p><a href="c/">C &amp; D</a></p>\n'


def test_addresses_and_titles_are_escaped() -> None:
    """What a page puts into a placeholder cannot end the attribute or the element."""
    page = html("[[cka]]", lambda _: Target('/"<', "R & D <b>"))
    assert page == '<p><a href="/&#34;&lt;">R &amp; D &lt;b&gt;</a></p>\n'
    assert isinstance(page_html(body("a"), []), Markup)


def test_picture_keeps_its_room() -> None:
    """A page knows how large a picture is before it is loaded; a link to it does not tell."""
    page = html("![a](b.png) [c](b.png)", lambda _: Target("b.png", "T", Size(40, 30)))
    assert page == (
        '<p><img src="b.png" alt="a" width="40" height="30" loading="lazy">'
        ' <a href="b.png">c</a></p>\n'
    )


def test_footnote_leads_there_and_back() -> None:
    """The number leads to the note, the note to each place that refers to it."""
    assert html("a[^x] b[^x]\n\n[^x]: the *note*\n") == (
        '<p>a<sup class="footnote-ref"><a href="#fn:1" id="fnref:1" role="doc-noteref">1</a></sup>'
        ' b<sup class="footnote-ref"><a href="#fn:1" id="fnref:1:2" role="doc-noteref">1</a></sup>'
        "</p>\n"
        '<section class="footnotes">\n<ol>\n<li id="fn:1"><p>the <em>note</em>'
        ' <a class="footnote-back" href="#fnref:1" role="doc-backlink"'
        ' aria-label="Back to reference 1">↩\ufe0e</a>'
        ' <a class="footnote-back" href="#fnref:1:2" role="doc-backlink"'
        ' aria-label="Back to reference 1, use 2">↩\ufe0e</a></p>\n</li>\n</ol>\n</section>\n'
    )


def test_footnotes_are_numbered_by_first_reference() -> None:
    """The order of the definitions does not matter."""
    page = html("[^b] [^a]\n\n[^a]: first\n\n[^b]: second\n")
    assert re.findall(r'<li id="fn:(\d)"><p>(\w+)', page) == [("1", "second"), ("2", "first")]


@pytest.mark.parametrize(("text", "shows"), [("a\n\n[^x]: note", "a"), ("a[^x]", "a[^x]")])
def test_half_a_footnote_is_none(text: str, shows: str) -> None:
    """A note that nothing refers to is left out; a reference to none stays text."""
    assert html(text) == f"<p>{shows}</p>\n"


def test_definitions_within_blocks_leave_them_whole() -> None:
    """A definition in a quote or a list takes out only itself; one within another is none."""
    page = html("> [^a]: > [^b]: inner\n>\n> quote\n\n- [^c]: listed\n- item\n\n[^a] [^b] [^c]\n")
    assert page.startswith("<blockquote>\n<p>quote</p>\n</blockquote>\n<ul>\n<li></li>\n")
    assert page.count("<blockquote>") == page.count("</blockquote>") == 2
    assert re.search(r'<li id="fn:2"><p>listed ', page)


def test_note_that_ends_in_code_has_its_way_back() -> None:
    """The way back is behind the last block if that is no paragraph."""
    page = html("a[^x]\n\n[^x]:\n    ```\n    code\n    ```\n")
    assert 'code\n</code></pre>\n <a class="footnote-back" href="#fnref:1"' in page


@pytest.mark.parametrize("info", ["python", "Python title=x", "python,ignore"])
def test_code_is_marked_up_by_classes(info: str) -> None:
    """The first word behind a fence is the language; there are no styles, and line ends stay."""
    page = html(f"```{info}\n\n\ndef f(): '<b>'\n```")
    assert '<code class="language-python">\n\n<span class="k">def</span>' in page
    assert "&lt;b&gt;" in page
    assert "style=" not in page


def test_unknown_language_is_plain_and_noted() -> None:
    """The code is shown, and the author told; words for no language are not unknown."""
    assert html('```zo"rk\na < b\n```') == (
        '<pre class="code" tabindex="0"><code class="language-zo&quot;rk">a &lt; b\n</code></pre>\n'
    )
    message = "unknown language 'zo\"rk': shown as plain text"
    assert notes('```zo"rk\na < b\n```') == [("F111", 1, message)]
    assert [notes(f"```{name}\ndef\n```") for name in ("text", "plain", "txt", "none")] == [[]] * 4


def test_a_failing_lexer_costs_only_the_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Code on which a lexer breaks is shown as it is."""

    def fail(*_: object, **__: object) -> None:
        raise IndexError

    monkeypatch.setattr(PythonLexer, "get_tokens_unprocessed", fail)
    assert "a &lt; b" in html("```python\na < b\n```")


@pytest.mark.parametrize(("info", "expected"), [("", "no"), ("python", "yes")])
def test_pygments_is_imported_only_for_a_language(info: str, expected: str) -> None:
    """A plan without code does not pay for Pygments."""
    program = (
        "import sys; from planfolio.markdown.compiler import Compiler;"
        "Compiler().compile(sys.argv[1]);"
        "print('yes' if 'pygments' in sys.modules else 'no')"
    )
    command = [sys.executable, "-c", program, f"```{info}\nx\n```"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == expected
