"""Numbers, exact, with the short form of a metric, and flags."""

import re
from fractions import Fraction

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.values.text import ascii_form

UNSIGNED = r"[0-9]{1,30}(?:\.[0-9]{1,30})?"
"""The pattern of a number without a sign, as all values write it: digits and a decimal point."""

LOOSE_NUMBER = r"[0-9](?:[0-9.,']*[0-9])?"
"""The pattern of a number that may have signs between its thousands, or a decimal comma."""

UNKNOWN = frozenset({"n/a", "na", "-", "none", "null", "tbd", "tba", "unknown", "?", "nan"})
"""What people write where they do not know a value yet."""

_SIGNED = re.compile(rf"[+-]?{UNSIGNED}")
_METRIC = rf"(?a)([+-]?{UNSIGNED})\s*/\s*([+-]?{UNSIGNED})(?![0-9.,/])\s*(.*)"


def read_number(text: str) -> Fraction:
    """Read a decimal number exactly: `3.10` is 31/10.

    Commas between thousands, powers of ten and `nan` are refused, as are more than 30 digits on a
    side of the point. Raises Problem for any other text.
    """
    return _number(text, about="number")


def read_weight(text: str) -> Fraction:
    """Read a number of 0 or more; raises Problem for any other text."""
    weight = _number(text, about="weight")
    if weight < 0:
        message = f"a weight of {quoted(text)} is below 0"
        raise Problem(message, "write 0 or more; the usual weight is 1")
    return weight


def read_weight_of_five(text: str) -> Fraction:
    """Read a number from 1 to 5, with decimals or without; raises Problem for any other text."""
    weight = _number(text, about="weight")
    if not 1 <= weight <= 5:
        message = f"a weight of {quoted(text)} is not from 1 to 5"
        raise Problem(message, "1 is the least and 5 the most; without a weight it is 3")
    return weight


def read_scale_of_ten(text: str) -> Fraction:
    """Read a whole number from 1 to 10; raises Problem for any other text."""
    typed = text.strip()
    number = Fraction(typed) if _SIGNED.fullmatch(typed) else None
    if number is None or number.denominator != 1 or not 1 <= number <= 10:
        tens = re.fullmatch(r"(10|[1-9])0 ?%", typed)
        hint = f"write {tens[1]}" if tens else "1 is the least and 10 the most"
        raise Problem(f"{quoted(text)} is no whole number from 1 to 10", hint)
    return number


def read_percent(text: str) -> Fraction:
    """Read a number from 1 to 100, or 0; raises Problem for any other text.

    What lies between 0 and 1 was meant as a share: 0.9 is 90 %.
    """
    percent = _number(text, about="percentage")
    if not (percent == 0 or 1 <= percent <= 100):
        message = f"{quoted(text)} is no percentage from 1 to 100"
        share = 0 < percent < 1
        raise Problem(message, f"write {float(percent * 100):g}" if share else "100 is the most")
    return percent


def read_flag(text: str) -> bool:
    """Read `true`, `false`, `yes` or `no`, in any case; raises Problem for any other text."""
    word = text.strip().casefold()
    if word in ("true", "yes"):
        return True
    if word in ("false", "no"):
        return False
    raise Problem(f"{quoted(text)} is neither true nor false", "write true or false")


def split_metric(text: str) -> dict[str, str]:
    """Take `5/12 talks` apart into the texts of current, target and unit; `0/12` has no unit.

    Raises Problem for any other form.
    """
    typed = text.strip()
    match = re.fullmatch(_METRIC, typed)
    if match is None:
        near = _near_metric(ascii_form(typed))
        hint = f"write {near}" if near else "write 5/12 talks: how many now, how many in the end"
        raise Problem(f"{quoted(text)} is no metric", hint, name="bad-metric")
    current, target, unit = match.groups()
    return {"current": current, "target": target} | ({"unit": unit} if unit else {})


def near_number(text: str) -> str | None:
    """Return the number that a text most likely means, as readers take it, or None.

    `2,5` is 2.5, and `1.200,50` is 1200.50. `1,200` has no likely meaning: it is 1200 to some
    and 1.2 to others.
    """
    typed = ascii_form(text)
    if re.fullmatch(r"[+-]?[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})", typed):
        typed = typed.replace(",", ".")
    elif re.fullmatch(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+", typed):
        typed = typed.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})*(?:,[0-9]{3}|\.[0-9]+)", typed):
        is_clear = typed.count(",") != 1 or "." in typed
        typed = typed.replace(",", "") if is_clear else typed
    elif re.fullmatch(r"[+-]?[0-9]{1,3}(?:[ _'][0-9]{3})+", typed):
        typed = re.sub(r"[ _']", "", typed)
    return typed if _SIGNED.fullmatch(typed) else None


def near_amount(text: str) -> str | None:
    """Return the number that a text means as an amount; after an only comma are thousands."""
    thousands = re.fullmatch(r"([0-9]{1,3}),([0-9]{3})", text)
    return "".join(thousands.groups()) if thousands else near_number(text)


def _number(text: str, *, about: str) -> Fraction:
    typed = text.strip()
    if _SIGNED.fullmatch(typed):
        return Fraction(typed)
    raise Problem(f"{quoted(text)} is no {about}", _way_out(typed))


def _way_out(typed: str) -> str:
    if re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", typed):
        return "a number has 30 digits at most"
    near = near_number(typed)
    if near is not None:
        return f"write {near}"
    if re.fullmatch(r"[0-9]{1,3},[0-9]{3}", typed):
        return f"write {typed.replace(',', '')}, or {typed.replace(',', '.')} if it is a decimal"
    if typed.casefold() in UNKNOWN:
        return "leave it empty until you know"
    first = re.match(rf"[^0-9+-]?({LOOSE_NUMBER})(?=[ %/]|$)", ascii_form(typed))
    near = near_amount(first[1]) if first else None
    return f"write {near} alone" if near else "write digits, as in 12 or 2.5"


def _near_metric(typed: str) -> str | None:
    """Return the metric that a text like `5 of 12 talks`, `12 talks` or `82 -> 74 kg` means."""
    falling = re.fullmatch(
        rf"({LOOSE_NUMBER})\s*(?:->|→|to)\s*({LOOSE_NUMBER})(?:\s+([^0-9]+))?", typed
    )
    if falling is not None:
        start, end = near_amount(falling[1]), near_amount(falling[2])
        unit = f", unit: {falling[3]}" if falling[3] else ""
        return f"{{baseline: {start}, target: {end}{unit}}}" if start and end else None
    pair = re.fullmatch(
        rf"(?:({LOOSE_NUMBER})\s*(?:/|of|out of)\s*)?({LOOSE_NUMBER})(?:\s+([^0-9]+))?", typed
    )
    if pair is None:
        return None
    near = f"{near_amount(pair[1] or '0')}/{near_amount(pair[2])} {pair[3] or ''}".strip()
    return near if re.fullmatch(_METRIC, near) else None
