"""Rules as text: what each finds, why it exists, and a bad and a good example."""

import textwrap

from planfolio.report.text import Paint, without_colour
from planfolio.rules.rule import Rule

LETTERS = {
    "S": "Specific",
    "M": "Measurable",
    "A": "Achievable",
    "R": "Relevant",
    "T": "Timely",
    "P": "Practice",
    "V": "Visibility",
    "L": "Links",
    "F": "Form",
}
"""What the rules of a letter are about, in the order in which they are listed."""

_WIDEST = 88
"""Columns of running text; longer lines are hard to read."""


def explanation(rule: Rule, *, paint: Paint = without_colour, columns: int | None = None) -> str:
    """Return why a rule exists, with a bad and a good example, wrapped to a number of columns."""
    wide = min(_WIDEST, columns or _WIDEST)
    severity = paint(rule.severity.value, rule.severity.value)
    parts = [
        f"{paint(f'{rule.code} {rule.name}', 'strong')} ({severity})",
        *(_wrapped(text, wide) for text in (summary_sentence(rule), rule.why)),
    ]
    for title, example in (("Bad", rule.bad), ("Good", rule.good)):
        parts.append(f"{paint(f'{title}:', 'strong')}\n{textwrap.indent(example, '    ')}")
    if not rule.unsuppressible:
        parts.append(_wrapped(_setting(rule), wide))
    return "\n\n".join(parts)


def explanation_in_markdown(rule: Rule) -> str:
    """Return the same as Markdown, without the name of the rule, which its reader shows itself."""
    parts = [rule.why]
    for title, example in (("Bad", rule.bad), ("Good", rule.good)):
        parts.append(f"**{title}**\n\n```yaml\n{example}\n```")
    if not rule.unsuppressible:
        parts.append(_setting(rule))
    return "\n\n".join(parts)


def summary_sentence(rule: Rule) -> str:
    """Return the summary of a rule as a sentence."""
    return f"{rule.summary[:1].upper()}{rule.summary[1:]}."


def _setting(rule: Rule) -> str:
    """Return how site.toml turns the rule on or off."""
    if rule.severity.value == "off":
        wake = f'severity = {{ {rule.code} = "warning" }}'
        return f"It is off. Under [check] in site.toml, {wake} turns it on."
    return f'Under [check] in site.toml, ignore = ["{rule.code}"] turns it off.'


def _wrapped(text: str, wide: int) -> str:
    """Wrap text between words only, so that a path or a key stays whole."""
    return textwrap.fill(text, wide, break_long_words=False, break_on_hyphens=False)
