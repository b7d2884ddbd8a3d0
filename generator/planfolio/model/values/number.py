"""Numbers, exact, with the short form of a metric, and flags."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from planfolio.model.diagnostics import Problem
from planfolio.model.values.synonyms import CONFIDENCE, FLAG, meant_by
from planfolio.model.values.text import ascii_form
from planfolio.spelling import quoted

UNSIGNED = r"[0-9]{1,30}(?:\.[0-9]{1,30})?"
"""The pattern of a number without a sign, as all values write it: digits and a decimal point."""

_SIGNED = re.compile(rf"[+-]?{UNSIGNED}")
_METRIC = re.compile(rf"([+-]?{UNSIGNED})\s*/\s*([+-]?{UNSIGNED})(?![0-9.,/])\s*(.*)", re.ASCII)


def read_number(text: str) -> Fraction:
    """Read a decimal number exactly: `3.10` is 31/10.

    A comma between thousands, a power of ten and `nan` are none, and 30 digits are the most on
    either side of the point. Raises Problem for any other text.
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
        hint = _near_of_ten(typed) or "1 is the least and 10 the most"
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
    meant = "true" if word in _TICKS else meant_by(text, FLAG) or "true or false"
    raise Problem(f"{quoted(text)} is neither true nor false", f"write {meant}")


def split_metric(text: str) -> dict[str, str]:
    """Take `5/12 talks` apart into the texts of current, target and unit; `0/12` has no unit.

    Raises Problem for any other form.
    """
    typed = text.strip()
    match = _METRIC.fullmatch(typed)
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
        return typed.replace(",", ".")
    if re.fullmatch(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})*(?:,[0-9]{3}|\.)[0-9]*", typed):
        is_clear = typed.count(",") != 1 or "." in typed
        typed = typed.replace(",", "") if is_clear else typed
    elif re.fullmatch(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+", typed):
        typed = typed.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?[0-9]{1,3}(?:[ _'’][0-9]{3})+(?:\.[0-9]+)?", typed):
        typed = re.sub(r"[ _'’]", "", typed)
    return typed if _SIGNED.fullmatch(typed) else None


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
    if typed.casefold() in _UNKNOWN:
        return "leave it empty until you know"
    plain = ascii_form(typed).casefold().lstrip("~ ")
    percent = near_number(plain.removesuffix("percent").removesuffix("%"))
    if percent is not None:
        return f"write {percent}" + ("; the sign is left out" if plain.endswith("%") else "")
    if amount := re.fullmatch(rf"\D? ?({_LOOSE}) ?(k|m)?(?: ?/ ?{_LOOSE})?(?: [^\d]+)?", plain):
        near = in_thousands(amount[1], amount[2])
        return f"write {near} alone" if near else _DIGITS
    return _DIGITS


def in_thousands(digits: str, sign: str | None) -> str | None:
    """Return the number that is meant by digits and a `k` or `m` behind them, or None.

    Three digits after the only comma are thousands: `10,000`.
    """
    near = near_number(digits.replace(",", "") if _THOUSANDS.fullmatch(digits) else digits)
    if near is None or not sign:
        return near
    number = Fraction(near) * (1000 if sign == "k" else 1_000_000)
    return str(number) if number.denominator == 1 else None


def _near_of_ten(typed: str) -> str | None:
    """Return the hint for `80%`, `4/5`, `0.8`, four stars of five or `high`, or None."""
    if (meant := meant_by(typed, CONFIDENCE)) is not None:
        return f"write {meant}"
    plain = ascii_form(typed)
    stars = plain.count("\u2605") + plain.count("\u2b50")
    share = re.fullmatch(rf"({UNSIGNED})\s*(?:(%)|(?:/|of|out of)\s*(10|5))?", plain)
    if 0 < stars <= 5:
        tens = Fraction(2 * stars)
    elif share is None:
        return None
    elif share[2]:
        tens = Fraction(share[1]) / 10
    else:
        tens = Fraction(share[1]) * 10 / int(share[3]) if share[3] else Fraction(share[1])
        tens *= 10 if tens < 1 and not share[3] else 1
    low, high = math.floor(tens), math.ceil(tens)
    if not 1 <= low <= high <= 10:
        return None
    return f"write {low}" if low == high else f"write {low} or {high}"


def _near_metric(typed: str) -> str | None:
    """Return the metric that a text like `5 of 12 talks`, `12 talks` or `82 -> 74 kg` means."""
    number, unit = rf"([+-]?{_LOOSE})\s?(k|m)?(?![a-z])", r"(\s*%|\s+[^0-9]+|)"
    falling = re.fullmatch(rf"(?:from )?{number}\s*(?:->|→|to)\s*{number}{unit}", typed)
    if falling is not None:
        start, end = in_thousands(*falling.group(1, 2)), in_thousands(*falling.group(3, 4))
        unit_key = f", unit: {falling[5].strip()}" if falling[5] else ""
        return f"{{baseline: {start}, target: {end}{unit_key}}}" if start and end else None
    between = r"\s*(?:/|of|out of|von|de|sur)\s*"
    pair = re.fullmatch(rf"(?:{number}{between})?([$€£]?)\s?{number}{unit}", typed)
    if pair is None:
        return None
    now, end = in_thousands(pair[1] or "0", pair[2]), in_thousands(pair[4], pair[5])
    unit = pair[6].strip() or {"$": "USD", "€": "EUR", "£": "GBP"}.get(pair[3], "")
    if unit == "%" and pair[1] is None:
        now, end = end, "100"
    near = f"{now}/{end} {unit}".strip()
    return near if _METRIC.fullmatch(near) else None


_LOOSE = r"[0-9](?:[0-9.,']*[0-9])?"
_THOUSANDS = re.compile(r"[0-9]{1,3},[0-9]{3}")
_UNKNOWN = frozenset({"n/a", "na", "-", "none", "null", "tbd", "unknown", "?", "nan"})
_TICKS = frozenset({"\u2713", "\u2714", "\u2705", "\u2611"})
_DIGITS = "write digits, as in 12 or 2.5"
