"""Markdown bodies, compiled once into HTML with placeholders for what differs from page to page.

What a body says depends on nothing but its text; where its links lead depends on the page and on
the audience. So `compiler` makes an immutable `model.body.Body` by `parser` and `renderer`, with a
placeholder for each link, and `placeholders.page_html` fills them. Most text is read by
`short_ways`, which give what the rules of the parser give.

The HTML is safe to place in a page whatever the text: raw HTML is shown as text, comments are left
out, links are live only by http, https and mailto, and nothing is loaded from another host. Code is
marked up with the short class names of Pygments inside `<pre class="code">`.
"""
