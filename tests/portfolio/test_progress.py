"""The section Progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portfolio.conftest import LayOut

GOALS = {
    "goals/risk.md": "---\ntitle: Talks\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 5/12\n---\n",
    "goals/none.md": (
        "---\ntitle: Unmeasured\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: {target: 3}\n---\n"
    ),
    "goals/done.md": (
        "---\ntitle: Course\nstatus: done\nmilestones:\n"
        "  - {title: First, done: 2026-02-01, celebrate: Cake}\n"
        "  - {title: Last, done: 2026-05-01}\n"
        "replans: [{date: 2026-03-01, from: 2026-04, to: 2026-05, reason: Ill}]\n---\n"
    ),
}


def test_all_goals_against_expectation(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """Bars with a mark, expectation and forecast; unknown is unknown; the worst first."""
    view = laid_out(GOALS).view("progress/")
    assert rows(view.goals) == [
        ["Talks", "At risk", "41.7 %", "49.7 %", "12 Mar 2027"],
        ["Unmeasured", "Unknown", "unknown", "49.7 %", "–"],
        ["Course", "Done", "100 %", "–", "–"],
    ]
    bar = view.goals.rows[0][2].bar
    assert (bar.value, bar.mark, bar.tone) == ("41.7", "49.7", "fair")
    assert [(badge.word, badge.detail) for badge in view.counts] == [
        ("At risk", "1"),
        ("Unknown", "1"),
        ("Done", "1"),
    ]


def test_what_was_reached_and_what_moved(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """Milestones the newest first, with how they were celebrated; moves with their reason."""
    view = laid_out(GOALS).view("progress/")
    assert [(card.title.text, card.text) for card in view.reached] == [
        ("Last", ""),
        ("First", "Cake"),
    ]
    assert rows(view.replans) == [["Course", "1 Mar 2026", "April 2026", "May 2026", "Ill"]]


def test_reviews_the_newest_first(laid_out: LayOut) -> None:
    """Date, kind, the first win, and how much of what should come next was done."""
    june = '---\ntitle: June\ndate: 2026-06-28\nwins: [A talk]\nnext: ["[x] A", "[ ] B"]\n---\n'
    site = laid_out(
        {
            "reviews/a.md": june,
            "reviews/b.md": "---\ntitle: May\ndate: 2026-05\nkind: annual\n---\n",
        }
    )
    first, second = site.view("progress/").reviews
    assert (first.title.text, first.text) == ("June", "A talk")
    assert first.kicker.replace("\u00a0", " ") == "28 Jun 2026 · Check-in"
    assert first.facts[0].items[0].text == "1 of 2 done"
    assert second.kicker.replace("\u00a0", " ") == "May 2026 · Annual"


@pytest.mark.parametrize(
    ("settings", "review", "said"),
    [
        ("", "date: 2026-06-28\nnext_review: 2026-07-26", "The next review is on 26 Jul 2026."),
        (
            "",
            "date: 2026-05-28\nnext_review: 2026-06-26",
            "The next review was due on 26 Jun 2026.",
        ),
        ("", "date: 2026-06-28", ""),
        (
            '[plan]\nreview_every = "month"\n',
            "date: 2026-06-21",
            "The plan asks for a review once a month; the last was 10 days ago.",
        ),
        (
            '[plan]\nreview_every = "month"\n',
            "date: 2026-07-20",
            "The plan asks for a review once a month; none is written yet.",
        ),
    ],
)
def test_the_next_review(laid_out: LayOut, settings: str, review: str, said: str) -> None:
    """What the last review says, else what the settings ask for; one to come does not count."""
    site = laid_out({"site.toml": settings, "reviews/a.md": f"---\ntitle: R\n{review}\n---\n"})
    assert site.view("progress/").upcoming.replace("\u00a0", " ") == said
