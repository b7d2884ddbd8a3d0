"""Colours as they are written: `#0b6e4f`, or `#0af` for `#00aaff`."""

from __future__ import annotations

import re

from planfolio.model.diagnostics import Problem
from planfolio.spelling import quoted

_DIGITS = re.compile(r"#?(?:[0-9a-f]{3}|[0-9a-f]{6})")


def read_colour(text: str) -> str:
    """Read a colour by its red, green and blue, and return it as `#rrggbb`.

    Raises Problem for all else, such as names of colours.
    """
    typed = text.strip().lower()
    if not _DIGITS.fullmatch(typed):
        message = f"{quoted(text)} is no colour by its red, green and blue"
        raise Problem(message, 'write it in six digits, as in "#0b6e4f"')
    if not typed.startswith("#"):
        raise Problem(f"{quoted(text)} lacks the sign of a colour", f'write "#{typed}"')
    return typed if len(typed) == 7 else "#" + "".join(digit * 2 for digit in typed[1:])
