"""Markdown bodies, compiled once into HTML with slots where links to other pages will stand.

What a body says depends on nothing but its text; where its links lead depends on the page and on
the audience. So `Compiler.compile` makes an immutable `Body`, and `fill` makes HTML of it as often
as it is needed.

The HTML is safe to place in a page whatever the text: raw HTML is shown as text, links are live
only by http, https and mailto, and nothing is loaded from another host. Code is marked up with the
short class names of Pygments inside `<pre class="code">`.
"""

from planfolio.markdown.body import Block, Body, Fault, Heading, Link, Note, Place, Slot, Task
from planfolio.markdown.compiler import Compiler
from planfolio.markdown.filling import Size, Target, fill, fill_plain

__all__ = [
    "Block",
    "Body",
    "Compiler",
    "Fault",
    "Heading",
    "Link",
    "Note",
    "Place",
    "Size",
    "Slot",
    "Target",
    "Task",
    "fill",
    "fill_plain",
]
