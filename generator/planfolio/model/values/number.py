"""Numbers, exact, with the short form of a metric, and flags."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from planfolio.model.diagnostics import Problem
from planfolio.spelling import quoted

UNSIGNED = r"[0-9]{1,30}(?:\.[0-9]{1,30})?"
"""The pattern of a number without a sign, as all values write it: digits and a decimal point."""

_SIGNED = re.compile(rf"[+-]?{UNSIGNED}")
_METRIC = re.compile(rf"([+-]?{UNSIGNED})\s*/\s*([+-]?{UNSIGNED})(?![0-9.,/])\s*(.*)", re.ASCII)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")


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
    share = re.fullmatch(r"(10|[1-9])(?:\s*/\s*10|0\s*%)", text.strip())
    if share is not None:
        raise Problem(f"{quoted(text)} is no whole number from 1 to 10", f"write {share[1]}")
    number = _number(text, about="number")
    if number.denominator != 1 or not 1 <= number <= 10:
        message = f"{quoted(text)} is no whole number from 1 to 10"
        raise Problem(message, "1 is the least and 10 the most")
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
    meant = {"on": "true", "y": "true", "1": "true", "x": "true"}
    meant |= {"off": "false", "n": "false", "0": "false"}
    hint = f"write {meant[word]}" if word in meant else "write true or false"
    raise Problem(f"{quoted(text)} is neither true nor false", hint)


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


def ascii_form(text: str) -> str:
    """Return text with its digits, dashes and wide letters as a keyboard has them, for hints.

    `２０２６–０９` becomes `2026-09`. Readers do not take such text, but can say what to write.
    Text of more than 60 characters, or with one that cannot be seen, has no likely meaning, and
    becomes empty.
    """
    text = text.strip()
    if len(text) > 60 or not text.isprintable():
        return ""
    folded = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    return "".join(str(unicodedata.digit(c, c)) for c in folded).strip()


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
    percent = near_number(typed.removesuffix("%"))
    if typed.endswith("%") and percent is not None:
        return f"write {percent}; the sign is left out"
    return "write digits, as in 12 or 2.5"


def _near_metric(typed: str) -> str | None:
    """Return the metric that a text like `5 of 12 talks` or `12 talks` means, or None."""
    number = r"([+-]?[0-9][0-9.,']*)"
    pair = re.fullmatch(rf"(?:{number}\s*(?:/|of|out of)\s*)?{number}(\s*%|\s+[^0-9]+|)", typed)
    if pair is None:
        return None
    now, end, unit = pair[1] or "0", pair[2], pair[3].strip()
    if unit == "%" and pair[1] is None:
        now, end = end, "100"
    near = f"{near_number(now)}/{near_number(end)} {unit}".strip()
    return near if _METRIC.fullmatch(near) else None
