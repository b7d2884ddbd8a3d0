"""A short way to read inline text in which there is nothing but words, emphasis, code and links.

It gives what the rules for all give: those look at each mark in turn, compare it with the others,
and keep a state for what may be nested.
"""

import re

from markdown_it.token import Token

# Where inline text is looked at: where a rule may begin, at `]`, where a label ends, and at the end
# of a line if blanks or a comment beside it are left out. One set of characters comes first, since
# the search for it is fast.
SPECIAL = re.compile(
    r"[\n\\`~*_\[\]<@\ufdd0%!&:w](?:(?<![\n%!&:w])|(?<=[ \t>%\ufdd0]\n)|(?<=\n)(?=[ \t])"
    r"|(?<=%)(?=%)|(?<=!)(?=\[)|(?<=&)(?=[#a-zA-Z])"
    r"|(?<=http:|ttps:|ilto:|xmpp:)|(?<=w)(?=ww\.))"
)

_WORDS = r"[^\W_]+(?:[ ,'’-]{1,2}[^\W_]+)*"
# Code in which nothing is to be trimmed, emphasis that can be nothing else, since a space or a stop
# follows, and a link to an address in which nothing has to be decoded, and without a scheme.
_PLAIN = re.compile(
    r"`(?P<code>[^`\s](?:[^`\n]*[^`\s])?)`(?!`)"
    rf"|(?<![^ \n])(?P<mark>\*\*?|__?)(?P<words>{_WORDS})(?P=mark)(?![^ \n.,;:!?)])"
    rf"|\[(?P<label>{_WORDS})\]\((?P<address>[a-zA-Z0-9./#_-]+)\)"
)


def plain_tokens(content: str) -> list[Token] | None:
    """Return the tokens of a text, or None where anything in it may be something else."""
    tokens: list[Token] = []
    end = 0
    while special := SPECIAL.search(content, end):
        start = special.start()
        found = _PLAIN.match(content, start)
        if found is None:
            return None
        if start > end:
            tokens.append(Token("text", "", 0, content=content[end:start]))
        if found["code"]:
            token = Token("code_inline", "code", 0, content=found["code"])
        elif found["mark"]:
            tag = "em" if len(found["mark"]) == 1 else "strong"
            token = Token("plain_emphasis", tag, 0, content=found["words"])
        else:
            token = Token("plain_link", "a", 0, {"href": found["address"]}, content=found["label"])
            token.meta = {"span": found.span("address")}
        tokens.append(token)
        end = found.end()
    if end < len(content):
        tokens.append(Token("text", "", 0, content=content[end:]))
    return tokens
