"""V: does the plan show more, or less, than its owner means?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planfolio.markdown import Place
from planfolio.model.diagnostics import Severity
from planfolio.model.field_visibility import field_visibility, hidden_fields, reference_visibility
from planfolio.model.kinds.goal import GoalStatus
from planfolio.model.plan import AnchorLink, RecordLink
from planfolio.model.source_tree import Mapping, Scalar, Sequence, Span
from planfolio.model.visibility import Visibility
from planfolio.rules.context import Seen
from planfolio.rules.finding import Finding, at, place_in_body
from planfolio.rules.rule import rule
from planfolio.rules.wording import called, number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planfolio.model.plan import Key, Record
    from planfolio.model.source_tree import Node
    from planfolio.rules.context import RuleContext

_CODES = (
    "USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|BRL|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|MXN|ARS|KRW|ZAR|TRY"
    "|ILS|SGD|HKD"
)
# All repetition is bounded, so that no text takes long to search.
_AMOUNT = r"\d[\d.,'’ ]{0,20}\d"
_SHORT_AMOUNT = r"\d[\d.,]{0,20}\s?[kKmM]\b"
_KINDS = {
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
    # A lone `$1` is a shell's, not a price.
    "an amount of money": re.compile(
        rf"(?:R\$|[A-Z]{{0,3}}[$€£¥₹])\s?(?:{_SHORT_AMOUNT}|{_AMOUNT})"
        rf"|(?<![\w.,/-])(?:{_AMOUNT}|\d)(?:\s?[kKmM])?\s?(?:€|£|¥|₹|(?:{_CODES})\b)"
        rf"|\b(?:{_CODES})\s?(?:{_AMOUNT}|\d)"
    ),
}
# Most texts can hold none of these, and a short look tells so.
_MAY_HOLD = {
    "an e-mail address": re.compile("@"),
    "a telephone number": re.compile(r"\d[ ./()-]*\d[ ./()-]*\d[ ./()-]*\d[ ./()-]*\d"),
    "an amount of money": re.compile(
        rf"[$€£¥₹]|\b(?:{_CODES})\b|\d\s?(?:[kKmM]\s?)?(?:{_CODES})\b"
    ),
}
_NEEDED = re.compile(r"[@\d]")
"""One of these is in whatever is one of them."""
# A cost is no slip, whoever sees it, and owners' own keys are no part of the plan.
_NOT_SHOWN = frozenset({"cost", "id", "aliases", "visibility", "milestones", "items"})
_LINE_END = re.compile(r"\r\n?|\n")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`).{1,1000}?(?<!`)\1(?!`)")


@rule(
    "V101",
    "narrower-target",
    Severity.WARNING,
    summary="a record refers to something that its readers cannot see",
    why=(
        "On the narrower site the reference vanishes, and a labelled link keeps its label as text: "
        "readers may wonder what is missing, and the label may tell them. Either the target may be "
        "seen, or the reference says more than you want."
    ),
    bad="[my salary goal](../goals/salary.md)   <!-- a private goal, linked from a public one -->",
    good="visibility: private   # on the record that links to it, too",
)
def narrower_target(context: RuleContext) -> Iterator[Finding]:
    """Find references from a wider record to a narrower one: one for each pair of records.

    A reference in a narrower field or block is as narrow as that, and a link to a heading leads to
    the block that the heading stands in.
    """
    yield from _hidden_headings(context)
    seen: set[tuple[Key, Key]] = set()
    for edge in context.plan.edges:
        source, target = (
            context.plan.records.get(edge.source),
            context.plan.records.get(edge.target),
        )
        if source is None or target is None or target.visibility is Visibility.PUBLIC:
            continue  # all may see what is public
        if (edge.source, edge.target) in seen:
            continue
        if reference_visibility(edge, source, site=context.plan.settings) >= target.visibility:
            continue
        seen.add((edge.source, edge.target))
        yield Finding(
            path=source.source.path,
            span=edge.span,
            message=(
                f"this {source.visibility.word} {source.kind.name} refers to {target.key}, "
                f"which is {target.visibility.word}"
            ),
            hint=f"write `visibility: {source.visibility.word}` there, or take the reference out",
            subject=source.key,
        )


@rule(
    "V102",
    "personal-data",
    Severity.WARNING,
    summary="a public record holds an e-mail address, a telephone number or an amount of money",
    why=(
        "Public pages are read by search engines and address collectors for years. Contact data "
        "and salaries rarely belong there; where they are meant to stand there, ignore the rule in "
        "site.toml. Code in bodies and the field `cost` are not looked at."
    ),
    bad="headline: Reach me at jane.doe@mail.org, asking 70,000 EUR",
    good="headline: Platform engineer, Madrid",
)
def personal_data(context: RuleContext) -> Iterator[Finding]:
    """Find what is likely to be personal in public records, each sort once a record."""
    places: set[tuple[str, str, Span]] = set()
    hidden_of = {
        kind.name: hidden_fields(kind, Visibility.PUBLIC, site=context.plan.settings)
        for kind in context.plan.kinds
    }
    for record in context.plan.records.values():
        if record.visibility is not Visibility.PUBLIC or record.implied:
            continue
        told: set[str] = set()
        for seen in _personal(record, hidden=hidden_of[record.kind.name]):
            # What all items of a list file share stands once, and is found once.
            place = (seen.what, record.source.path, seen.span)
            if seen.what in told or place in places:
                continue
            told.add(seen.what)
            places.add(place)
            yield Finding(
                path=record.source.path,
                span=seen.span,
                message=f"this public {record.kind.name} holds {seen.what}: {seen.words}",
                hint="take it out, or narrow the record: `visibility: mentor`",
                subject=record.key,
            )


@rule(
    "V103",
    "bad-visibility",
    Severity.ERROR,
    summary="an unknown visibility, what nearly looks like one, or one wider than the goal's",
    why=(
        "planfolio fails closed: what it cannot read for certain it does not publish. `privat: "
        "true`, or `:::private` above a paragraph, may well mean private, and a milestone that "
        "says public inside a private goal contradicts it; the narrower would hold, but the "
        "writer meant something else."
    ),
    bad="visibility: privat",
    good="visibility: private",
    unsuppressible=True,
)
def bad_visibility(context: RuleContext) -> Iterator[Finding]:
    """Find milestones that are written wider than their goal is."""
    for milestone in context.plan.milestones.values():
        written, goal = milestone.fields.visibility, context.goal_of(milestone)
        # A draft is narrowed by its status, which its milestones need not know.
        if written is None or goal is None or goal.fields.status is GoalStatus.DRAFT:
            continue
        if written < goal.visibility:
            yield at(
                milestone,
                ("visibility",),
                message=(
                    f"this milestone is {written.word}, but its goal {called(goal.title)} is "
                    f"{goal.visibility.word}"
                ),
                hint=f"write `visibility: {goal.visibility.word}`, or leave it out",
            )


@rule(
    "V104",
    "narrower-value",
    Severity.WARNING,
    summary="a goal's newest value comes from a record that its readers cannot see",
    why=(
        "Numbers of a record that is removed for an audience go with it. So the public page would "
        "show an older value of this goal than you see, or none, and another status."
    ),
    bad="metrics: {talks: 7}   # in a review for the mentor; the goal is public",
    good="metric: {target: 12, unit: talks, current: 7, as_of: 2026-06-30}   # in the goal",
)
def narrower_value(context: RuleContext) -> Iterator[Finding]:
    """Find goals whose current value a narrower audience's site would not have."""
    for goal in context.active():
        current = context.numbers(goal).current
        source = context.plan.records.get(current.source) if current is not None else None
        if current is None or source is None:
            continue
        seen_by = _seen_by(source, context)
        if seen_by <= max(goal.visibility, _seen_by(goal, context)):
            continue
        yield at(
            goal,
            ("metric",),
            key=True,
            message=(
                f"the newest value, {number(current.value)}, comes from {source.key}, which is "
                f"{seen_by.word}: a {goal.visibility.word} site shows another"
            ),
            hint=(
                f"add {{date: {current.on}, value: {number(current.value)}}} to the `history` of "
                "the metric"
            ),
        )


def _seen_by(source: Record[Any], context: RuleContext) -> Visibility:
    """Return who may see the field of a record in which values of metrics stand."""
    field = "metric" if source.key.kind == "goal" else "metrics"
    own = field_visibility(source.kind, field, site=context.plan.settings)
    return max(source.visibility, own)


def _hidden_headings(context: RuleContext) -> Iterator[Finding]:
    """Find links to headings within a block that readers of the link cannot see."""
    for record in context.plan.records.values():
        for link, leads in zip(record.body.links, record.links, strict=True):
            match leads:
                case RecordLink(key, fragment) if fragment and key in context.plan.records:
                    target = context.plan.records[key]
                case AnchorLink(fragment):
                    target = record
                case _:
                    continue
            reader = max(record.visibility, record.body.visibility_at(link.place.line))
            headings = (h for h in target.body.headings if h.anchor == fragment)
            seen_by = max(
                (target.body.visibility_at(heading.place.line) for heading in headings),
                default=Visibility.PUBLIC,
            )
            if reader < seen_by:
                yield Finding(
                    path=record.source.path,
                    span=place_in_body(record, link.place),
                    message=(
                        f"this {reader.word} text links to the heading #{fragment}, which stands "
                        f"in a block that is {seen_by.word}"
                    ),
                    hint=f"put the link into a `::: {seen_by.word}` block, or leave out the #",
                    subject=record.key,
                )


def _personal(record: Record[Any], *, hidden: Collection[str]) -> Iterator[Seen]:
    for scalar in _shown_scalars(record.source.node, hidden=hidden):
        for what in _possible(scalar.text):
            found = _KINDS[what].search(scalar.text)
            if found is not None:
                yield Seen(what, found[0].strip(), scalar.span)
    possible = _possible(record.body.text)
    if not possible:
        return
    for line_number, line in _prose_lines(record.body.text):
        if record.body.visibility_at(line_number) is not Visibility.PUBLIC:
            continue
        for what in possible:
            found = _KINDS[what].search(line)
            if found is not None:
                place = Place(line_number, found.start() + 1, line_number, found.end() + 1)
                yield Seen(what, found[0].strip(), place_in_body(record, place))


def _possible(text: str) -> list[str]:
    """Return the kinds that a text may hold, by a look that is cheap."""
    if _NEEDED.search(text) is None:
        return []
    return [what for what, sign in _MAY_HOLD.items() if sign.search(text)]


def _shown_scalars(node: Node, *, hidden: Collection[str]) -> Iterator[Scalar]:
    """Yield the texts of a front matter that readers may see, in the order of the file."""
    if isinstance(node, Mapping) and hidden:
        left = tuple(entry for entry in node.entries if entry.key.text not in hidden)
        node = Mapping(left, node.span)
    stack: list[Node] = [node]
    while stack:
        match stack.pop():
            case Scalar() as scalar:
                yield scalar
            case Sequence(items=items):
                stack.extend(reversed(items))
            case Mapping(entries=entries):
                shown = [
                    part
                    for entry in entries
                    if entry.key.text not in _NOT_SHOWN and not entry.key.text.startswith("x_")
                    for part in (entry.key, entry.value)
                ]
                stack.extend(reversed(shown))


def _prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a body with their numbers, without code; columns stay what they are."""
    fence = ""
    for line_number, line in enumerate(_LINE_END.split(text), start=1):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield line_number, _INLINE_CODE.sub(lambda code: " " * len(code[0]), line)


RULES = (narrower_target, personal_data, bad_visibility, narrower_value)
