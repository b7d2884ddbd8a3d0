"""V102: whether a public record has an e-mail address, a telephone number or money in it."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from planfolio.model.plan import Record
from planfolio.model.source_tree import Node, Scalar, SequenceNode, Span
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import hidden_fields
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import Finding, Findings, place_in_body, rule

# The patterns are strings, since most plans need none of them: `re` compiles one on its first use.
_CODES = (
    "USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|BRL|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|MXN|ARS|KRW|ZAR|TRY"
    "|ILS|SGD|HKD"
)
# All repetition is bounded, so that no text takes long to search.
_AMOUNT = r"\d[\d.,'’ ]{0,20}\d"
_SHORT_AMOUNT = r"\d[\d.,]{0,20}\s?[kKmM]\b"
_PATTERNS = {
    "an e-mail address": (
        r"(?<![\w.+@/-])(?!git@)[\w.+-]+@(?!(?:[\w-]+\.)*example\.(?:com|org|net)\b)"
        r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?![\w:@-])"
    ),
    "a telephone number": (
        r"(?i)(?<![\w+])\+\d{1,3}[ ./()-]*(?:\d[ ./()-]*){6,13}\d(?![\w-])"
        r"|(?<![\w./-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])"
        r"|\b(?:tel|phone|mobile|telefon|handy|teléfono|telefone|celular|móvil|电话)\b[.:]*\s*"
        r"\+?\d(?:[ ./()-]*\d){5,13}(?![\w-])"
    ),
    # A lone `$1` is a variable of a shell, not a price.
    "an amount of money": (
        rf"(?:R\$|[A-Z]{{0,3}}[$€£¥₹])\s?(?:{_SHORT_AMOUNT}|{_AMOUNT})"
        rf"|(?<![\w.,/-])(?:{_AMOUNT}|\d)(?:\s?[kKmM])?\s?(?:€|£|¥|₹|(?:{_CODES})\b)"
        rf"|\b(?:{_CODES})\s?(?:{_AMOUNT}|\d)"
    ),
}
# Most texts contain none of these. What each needs at least is found many times as fast in the
# classes of the characters: 0 for a digit and for what is not ASCII and may be one, A for a
# capital, a space for what separates the parts of a telephone number.
_CLASS_OF = bytes.maketrans(b"123456789?BCDEFGHIJKLMNOPQRSTUVWXYZ.-", b"0" * 10 + b"A" * 25 + b"  ")
_DOMAIN = r"@[A-Za-z0-9-]+\."
_SIGNS = "$€£¥₹"
_PHONE_WORDS = ("tel", "phone", "mobile", "handy", "celular", "móvil", "电话")
_PHONE_WORD = rf"(?:{'|'.join(_PHONE_WORDS)})\w*[.:]*\s*\+?\d"

_NOT_SEARCHED = frozenset({"cost", "id", "aliases", "visibility", "milestones", "items"})
"""A cost is an amount on purpose; the others are no text of the record itself."""

_LINE_END = r"\r\n?|\n"
_FENCE = r"^ {0,3}(`{3,}|~{3,})"
_INLINE_CODE = r"(?<!`)(`+)(?!`).{1,1000}?(?<!`)\1(?!`)"


@rule("V102")
def personal_data(context: RuleContext) -> Findings:
    """A public record contains an e-mail address, a telephone number or an amount of money.

    Search engines and collectors of addresses read public pages for years. Where such data belongs
    there, ignore the rule. Code in bodies and the field `cost` are not searched.

    Bad:  headline: Reach me at jane.doe@mail.org, asking 70,000 EUR
    Good: headline: Platform engineer, Madrid
    """
    settings = context.plan.settings
    skipped = {
        kind.name: _NOT_SEARCHED | hidden_fields(kind, Visibility.PUBLIC, settings=settings)
        for kind in context.plan.kinds
    }
    places: set[tuple[str, str, Span]] = set()
    for record in context.plan.records.values():
        if record.visibility is not Visibility.PUBLIC or record.implied:
            continue
        for sort, (text, span) in _found_in(record, skipped=skipped[record.kind.name]).items():
            # Items of a list file share the defaults above them: one place, one finding.
            place = (sort, record.source.path, span)
            if place in places:
                continue
            places.add(place)
            yield Finding(
                path=record.source.path,
                span=span,
                message=f"this public {record.kind.name} contains {sort}: {text}",
                hint="remove it, or narrow the record: `visibility: mentor`",
                subject=record.key,
            )


def _found_in(record: Record[Any], *, skipped: Collection[str]) -> dict[str, tuple[str, Span]]:
    """Return what the public may see of a record and looks personal: text and place, by sort.

    `skipped` are the fields that are not searched. Code in the body is not searched either.
    """
    found: dict[str, tuple[str, Span]] = {}
    text = record.body.text
    scalars = _scalars(record.source.node, skipped)
    sorts = _possible("\n".join([*(scalar.text for scalar in scalars), text]))
    for sort in sorts:
        for scalar in scalars:
            match = re.search(_PATTERNS[sort], scalar.text)
            if match is not None:
                found[sort] = (match[0].strip(), scalar.span)
                break
    left = [sort for sort in sorts if sort not in found and re.search(_PATTERNS[sort], text)]
    for number, line in _prose_lines(text) if left else ():
        for sort in left:
            match = re.search(_PATTERNS[sort], line) if sort not in found else None
            if match and record.body.visibility_at(number) is Visibility.PUBLIC:
                span = Span(number, match.start() + 1, number, match.end() + 1)
                found[sort] = (match[0].strip(), place_in_body(record, span))
    return found


def _possible(text: str) -> list[str]:
    """Return the sorts that a text may contain."""
    sorts = []
    if "@" in text and re.search(_DOMAIN, text):
        sorts.append("an e-mail address")
    classes = text.encode("ascii", "replace").translate(_CLASS_OF, b"()")
    if b"0" not in classes:
        return sorts
    if b"+0" in classes or b"000 000 0000" in classes or _names_a_phone(text.lower()):
        sorts.append("a telephone number")
    if any(map(text.__contains__, _SIGNS)) or (b"AAA" in classes and re.search(_CODES, text)):
        sorts.append("an amount of money")
    return sorts


def _names_a_phone(lower: str) -> bool:
    return any(map(lower.__contains__, _PHONE_WORDS)) and bool(re.search(_PHONE_WORD, lower))


def _scalars(node: Node, skipped: Collection[str] = _NOT_SEARCHED) -> list[Scalar]:
    """Return the texts of a front matter that the public may see, in the order of the file."""
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, SequenceNode):
        return [scalar for item in node.items for scalar in _scalars(item)]
    found: list[Scalar] = []
    for entry in node.entries:
        name = entry.key.text
        if name not in skipped and not name.startswith("x_"):
            found += (entry.key, *_scalars(entry.value))
    return found


def _prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a body with their numbers, code replaced by what nothing matches."""
    fence = ""
    for line_number, line in enumerate(re.split(_LINE_END, text), start=1):
        mark = re.match(_FENCE, line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
        elif mark:
            fence = mark[1]
        elif "`" in line:
            yield line_number, re.sub(_INLINE_CODE, lambda code: "\0" * len(code[0]), line)
        else:
            yield line_number, line
