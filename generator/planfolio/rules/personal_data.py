"""Finds e-mail addresses, telephone numbers and amounts of money in records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.model.source_tree import Scalar, SequenceNode, Span
from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planfolio.model.plan import Record
    from planfolio.model.source_tree import Node

_CODES = (
    "USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|BRL|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|MXN|ARS|KRW|ZAR|TRY"
    "|ILS|SGD|HKD"
)
# All repetition is bounded, so that no text takes long to search.
_AMOUNT = r"\d[\d.,'’ ]{0,20}\d"
_SHORT_AMOUNT = r"\d[\d.,]{0,20}\s?[kKmM]\b"
_PATTERNS = {
    "an e-mail address": re.compile(
        r"(?<![\w.+@/-])(?!git@)[\w.+-]+@(?!(?:[\w-]+\.)*example\.(?:com|org|net)\b)"
        r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?![\w:@-])"
    ),
    "a telephone number": re.compile(
        r"(?<![\w+])\+\d{1,3}[ ./()-]*(?:\d[ ./()-]*){6,13}\d(?![\w-])"
        r"|(?<![\w./-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])"
        r"|\b(?:tel|phone|mobile|telefon|handy|teléfono|telefone|celular|móvil|电话)\b[.:]*\s*"
        r"\+?\d(?:[ ./()-]*\d){5,13}(?![\w-])",
        re.IGNORECASE,
    ),
    # A lone `$1` is a variable of a shell, not a price.
    "an amount of money": re.compile(
        rf"(?:R\$|[A-Z]{{0,3}}[$€£¥₹])\s?(?:{_SHORT_AMOUNT}|{_AMOUNT})"
        rf"|(?<![\w.,/-])(?:{_AMOUNT}|\d)(?:\s?[kKmM])?\s?(?:€|£|¥|₹|(?:{_CODES})\b)"
        rf"|\b(?:{_CODES})\s?(?:{_AMOUNT}|\d)"
    ),
}
# Most texts contain none of these. What each needs at least is found many times as fast in the
# classes of the characters: 0 for a digit and for what is not ASCII and may be one, A for a
# capital, a space for what separates the parts of a telephone number.
_CLASS_OF = bytes.maketrans(b"123456789?BCDEFGHIJKLMNOPQRSTUVWXYZ.-", b"0" * 10 + b"A" * 25 + b"  ")
_CODE = re.compile(_CODES)
_DOMAIN = re.compile(r"@[A-Za-z0-9-]+\.")
_SIGNS = "$€£¥₹"
_PHONE_WORDS = ("tel", "phone", "mobile", "handy", "celular", "móvil", "电话")
_PHONE_WORD = re.compile(rf"(?:{'|'.join(_PHONE_WORDS)})\w*[.:]*\s*\+?\d")

_NOT_SEARCHED = frozenset({"cost", "id", "aliases", "visibility", "milestones", "items"})
"""A cost is an amount on purpose; the others are no text of the record itself."""

_LINE_END = re.compile(r"\r\n?|\n")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`).{1,1000}?(?<!`)\1(?!`)")


class PersonalData(NamedTuple):
    """What was found in a record: its sort, its text and its place in the file."""

    sort: str
    text: str
    span: Span


def personal_data_in(record: Record[Any], *, hidden: Collection[str]) -> list[PersonalData]:
    """Return what the public may see of a record and looks personal, each sort once.

    `hidden` are the fields that the public does not see. Code in the body is not searched.
    """
    found: dict[str, PersonalData] = {}
    scalars = _visible_scalars(record.source.node, skipped=_NOT_SEARCHED.union(hidden))
    sorts = list(_possible("\n".join([scalar.text for scalar in scalars])))
    for scalar in scalars if sorts else ():
        for sort in sorts:
            match = _PATTERNS[sort].search(scalar.text)
            if match is not None:
                found.setdefault(sort, PersonalData(sort, match[0].strip(), scalar.span))
    text = record.body.text
    left = [sort for sort in _possible(text) if sort not in found and _PATTERNS[sort].search(text)]
    for line_number, line in _prose_lines(text) if left else ():
        for sort in left:
            match = _PATTERNS[sort].search(line) if sort not in found else None
            if match is None or record.body.visibility_at(line_number) is not Visibility.PUBLIC:
                continue
            line_of_file = record.source.body_line - 1 + line_number
            span = Span(line_of_file, match.start() + 1, line_of_file, match.end() + 1)
            found[sort] = PersonalData(sort, match[0].strip(), span)
    return list(found.values())


def _possible(text: str) -> Iterator[str]:
    """Yield the sorts that a text may contain."""
    if "@" in text and _DOMAIN.search(text):
        yield "an e-mail address"
    classes = text.encode("ascii", "replace").translate(_CLASS_OF, b"()")
    if b"0" not in classes:
        return
    if b"+0" in classes or b"000 000 0000" in classes or _names_a_phone(text.lower()):
        yield "a telephone number"
    if any(map(text.__contains__, _SIGNS)) or (b"AAA" in classes and _CODE.search(text)):
        yield "an amount of money"


def _names_a_phone(lower: str) -> bool:
    return any(map(lower.__contains__, _PHONE_WORDS)) and bool(_PHONE_WORD.search(lower))


def _visible_scalars(node: Node, *, skipped: Collection[str]) -> list[Scalar]:
    """Return the texts of a front matter that the public may see, in the order of the file."""
    found: list[Scalar] = []
    _add_scalars(node, found, skipped=skipped)
    return found


def _add_scalars(node: Node, found: list[Scalar], *, skipped: Collection[str]) -> None:
    if isinstance(node, Scalar):
        found.append(node)
    elif isinstance(node, SequenceNode):
        for item in node.items:
            _add_scalars(item, found, skipped=_NOT_SEARCHED)
    else:
        for entry in node.entries:
            name = entry.key.text
            if name not in skipped and not name.startswith("x_"):
                found.append(entry.key)
                _add_scalars(entry.value, found, skipped=_NOT_SEARCHED)


def _prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a body with their numbers, code replaced by what nothing matches."""
    fence = ""
    for line_number, line in enumerate(_LINE_END.split(text), start=1):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
        elif mark:
            fence = mark[1]
        elif "`" in line:
            yield line_number, _INLINE_CODE.sub(lambda code: "\0" * len(code[0]), line)
        else:
            yield line_number, line
