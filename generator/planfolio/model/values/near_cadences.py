"""The other ways in which people say how often, for hints; nothing here is read as a cadence."""

from __future__ import annotations

import re

from planfolio.model.values.in_english import in_english

_PHRASES = {
    "biweekly": "2 weeks for once in two weeks, or 2/week",
    "bimonthly": "2 months for once in two months, or 2/month",
    "biannually": "2/year",
    "biannual": "2/year",
    "biennially": "2 years",
    "biennial": "2 years",
    "semiweekly": "2/week",
    "semimonthly": "2/month",
    "semiyearly": "2/year",
    "half yearly": "2/year",
    "fortnightly": "2 weeks",
    "fortnight": "2 weeks",
    "every fortnight": "2 weeks",
    "weekend": "2/week",
    "every weekend": "2/week",
}
_PHRASES |= dict.fromkeys(
    ("nightly", "every morning", "every evening", "every night", "mornings", "evenings"), "day"
)
_WEEKDAYS = ("weekday", "workday", "working day", "business day")
_PHRASES |= {start + word: "weekdays" for word in _WEEKDAYS for start in ("", "every ", "on ")}
_PHRASES |= dict.fromkeys(("mon fri", "mon to fri", "mon through fri"), "weekdays")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = rf"(?:{'|'.join(_DAYS)})"
_SPANS = {"other": 2, "second": 2, "third": 3, "fourth": 4}
_PERIODS = {"d": "day", "w": "week", "wk": "week", "m": "month", "mo": "month", "q": "quarter"}
_PERIODS |= {"y": "year", "yr": "year", "daily": "day", "weekly": "week", "monthly": "month"}
_PERIODS |= {"quarterly": "quarter", "yearly": "year"}
_PERIODS |= {period: period for period in ("day", "week", "month", "quarter", "year")}
_PERIODS |= dict.fromkeys(_DAYS, "week")
_TIMES_IN = re.compile(
    r"(?:(?P<times>\d{1,3}) ?(?:x|times|day|sessions?)?)? ?"
    r"(?:/|a|an|per|every|in)? ?(?:the |les |las |los )?"
    rf"(?:(?P<span>\d{{1,2}}|{'|'.join(_SPANS)})(?:rd|th)? )?(?P<period>{'|'.join(_PERIODS)})",
    re.ASCII,
)


def near_cadence(text: str) -> str | None:
    """Return the cadence that `twice a week`, `every two weeks` or `Mon, Wed` means, or None.

    Where a word means two cadences to people, both are named: `biweekly`.
    """
    typed = re.sub(r"(?<=[a-z])(?:[-.]|[ ,&+]+)(?=[a-z])", " ", in_english(text))
    typed = re.sub(r"^(?:on |about |at least |min |~ ?)", "", typed)
    joined = re.sub(r"^(bi|semi) ", r"\1", typed)
    for phrase in (joined, joined.removesuffix("s")):
        if phrase in _PHRASES:
            return _PHRASES[phrase]
    if re.fullmatch(rf"(?:every )?{_DAY}(?:(?: and | ?/ ?| ){_DAY})*", typed):
        days = len(set(re.findall(_DAY, typed)))
        return f"{days}/week" if days > 1 else "week"
    found = _TIMES_IN.fullmatch(typed)
    if found is None or found["times"] == "0":
        return None
    times, period = int(found["times"] or 1), _PERIODS[found["period"]]
    span = _SPANS.get(found["span"]) or int(found["span"] or 1)
    in_all = f"{span} {period}s" if span > 1 else period
    return in_all if times == 1 else f"{times}/{in_all}"
