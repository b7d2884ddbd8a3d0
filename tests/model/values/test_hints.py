"""What is no value says which one would be, and that one is accepted."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.values.reading import READERS, any_text, fault_of, reads_or_refuses

from planfolio.model.diagnostics import Problem

MEANT = {
    "date": {
        **dict.fromkeys(
            (
                *("30.09.2026", "30. 9. 2026", "09/30/2026", "30-9-2026", "2026/09/30"),
                *("2026-9-30", "Sept 30 2026", "September 30th, 2026", "30. September 2026"),
            ),
            "2026-09-30",
        ),
        "2026-9": "2026-09",
        "June 2026": "2026-06",
        "5/5/2026": "2026-05-05",
    },
    "of ten": {"80%": "8", "100 %": "10"},
    "date or offset": {"+6 months": "+6m", "+ 6m": "+6m"},
    "horizon": {"6 months": "6m", "in 2 years": "2y"},
    "window": {"2026-Q4..Q1": "2026-Q4..2027-Q1", "2026-05..2026-03": "2026-03..2026-05"},
    "status": {
        "In Progress": "active",
        "IN_PROGRESS": "active",
        "On-Hold": "paused",
        "Won't do": "dropped",
        "\N{WHITE HEAVY CHECK MARK} Completed": "done",
    },
    "visibility": {"Everyone": "public", "only me": "private"},
}


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [(kind, text, meant) for kind, pairs in MEANT.items() for text, meant in pairs.items()],
)
def test_a_value_in_another_form_is_shown_in_ours(kind: str, text: str, meant: str) -> None:
    """Where there is no doubt, and what the hint says to write is read."""
    assert fault_of(READERS[kind], text).hint == f"write {meant}"
    if not meant.startswith("{"):
        READERS[kind](meant)


_EFFORTS = "write 40h, 90m, 3d, 2w or 1h 30m"
_CADENCES = (
    "write 3/week, month, weekdays, daily, weekly, monthly to yearly, "
    "or 2 weeks for every two weeks"
)
_DATES = "write 2026-09-30, 2026-09, 2026-Q3, 2026-H1, 2026-W39 or 2026"
_NUMBERS = "write digits, with a point before decimals: 1200 or 2.5"
_METRICS = (
    "write 5/12 talks: how many now, how many in the end; what falls has a baseline: "
    "{baseline: 82, target: 74, unit: kg}"
)
_MONEY = "write 395 USD or 9.50 EUR: the amount, then the three letters of its currency"
_IN_ALL = "write the hours in all, as in 40h; how often it is done is its `cadence`"
IN_DOUBT = {
    "number": {
        "N/A": "leave it empty until you know",
        **dict.fromkeys(("1,200", "2,5", "1 200", "12 talks", "50 %", "$500", ""), _NUMBERS),
        **dict.fromkeys(("inf", "1e999", "0x10", "9" * 31, "9" * 5000), _NUMBERS),
    },
    "weight": {"-1": "write 0 or more; the usual weight is 1"},
    "weight of five": dict.fromkeys(
        ("0", "-2", "5.1"), "1 is the least and 5 the most; without a weight it is 3"
    ),
    "percent": dict.fromkeys(("101", "-1", "0.9"), "100 is the most; nine tenths are written 90"),
    "of ten": dict.fromkeys(
        ("0", "11", "7.5", "-3", "7/10", "high"), "1 is the least and 10 the most"
    ),
    "flag": {"on": "write true or false"},
    "metric": dict.fromkeys(("5/12/13", "12 \x1b", "talks", "5 of 12", "82 to 74 kg"), _METRICS),
    "money": {
        "1.200 EUR": "write 2 decimals, and nothing between thousands: 1200.50 EUR",
        **dict.fromkeys(("a lot", "EUR 5 USD", "300-400 EUR", "395", "free"), _MONEY),
        **dict.fromkeys(("-5 EUR", "€1,5", "1,200 EUR", "USD 395"), _MONEY),
        "$1,200": "write 1200 USD, or the letters of another currency",
        "€9.50": "write 9.50 EUR, or the letters of another currency",
    },
    "effort": {
        **dict.fromkeys(("3 hours per week", "3h/week", "20h a quarter"), _IN_ALL),
        **dict.fromkeys(("5 points", "6 months", "30m 1h", "1h 1h", "-3h", "h", ""), _EFFORTS),
        **dict.fromkeys(("40 hours", "1,5h", "1:30"), _EFFORTS),
    },
    "cadence": {
        "0/week": "write 1/week or more, or nothing",
        **dict.fromkeys(("0x/week", "often", "1.5/week", "-1/week"), _CADENCES),
        **dict.fromkeys(("3x/week", "biweekly", "every two weeks", "Mondays"), _CADENCES),
    },
    "date": {
        "03/04/2026": "write 2026-03-04 or 2026-04-03",
        "31/06/2026": "write 2026-06-30, or the month: 2026-06",
        "tbd": "leave it empty until you know",
        "true": "write the day, as in 2026-03-31",
        "2026-03-01, 2026-03": "write a list: [2026-03-01, 2026-03]",
        "+6m": "write the date itself, as in 2026-09-30",
        **dict.fromkeys(
            ("", "soonish", "maybe 2026", "26-09-30", "2026-Q12", "2026-W39-3", "9" * 5000), _DATES
        ),
        **dict.fromkeys(("40/50/2026", "2026 Q3", "2026-03-01 → 2026-04"), _DATES),
    },
    "date or offset": {
        "6m": "write +6m, counted from the start",
        "within 3 years": "write +3y, counted from the start",
        "+6": "write +6m, +90d, +2w or +1y",
        **dict.fromkeys(("+201y", "+999999999d"), "write 200 years or less, as in +6m"),
    },
    "window": {
        **dict.fromkeys(
            ("2026-03 or later", "2026-03 – 2026-Q3"),
            "write 2026-Q3, 2026-09, or 2026-Q2..Q3 with two dots",
        ),
        **dict.fromkeys(("2026-Q2..", "..2026-Q2"), "write 2026-Q2..Q3, or start or due alone"),
        "2026-Q2..Q5": "write 2026-Q1 to 2026-Q4",
        "2026-02-30..2026-03": "write 2026-02-28, or the month: 2026-02",
    },
    "horizon": {
        "5": "write 5y for years or 5m for months",
        "2028-Q3": "a horizon is a length of time; write due: 2028-Q3",
        **dict.fromkeys(("far", "-6m", "a year"), "write 6m, 2y, 12w or 90d"),
        "0m": "write 6m or 2y",
        **dict.fromkeys(("201y", "999999999d"), "write 200 years or less"),
    },
    "status": {"Not started": "write active, or draft while it is only an idea"},
}


@pytest.mark.parametrize(
    ("kind", "text", "hint"),
    [(kind, text, hint) for kind, pairs in IN_DOUBT.items() for text, hint in pairs.items()],
)
def test_where_there_is_a_doubt_the_hint_shows_the_ways_out(
    kind: str, text: str, hint: str
) -> None:
    """Both readings of what may be two things, the reason, or the forms that are read."""
    assert fault_of(READERS[kind], text).hint == hint


@settings(max_examples=500)
@given(
    st.sampled_from([*READERS]),
    any_text
    | st.text("0123456789.,: hdwmqy/+-~€$kEUR", max_size=12)
    | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True),
)
def test_any_text_is_a_value_or_a_fault_and_what_a_hint_says_to_write_is_read(
    kind: str, text: str
) -> None:
    """Never a traceback, and no second error after the first was followed."""
    reads_or_refuses(READERS[kind], text)
    try:
        READERS[kind](text)
    except Problem as fault:
        written = re.fullmatch(r"write ([^,;:{]*\d[^,;:{]*?)(?: alone)?", fault.hint)
        if written is not None and not re.search(" (?:or|for|to) ", fault.hint):
            READERS[kind](written[1])
