"""One status everywhere: each place that shows a goal shows what plan.json holds about it."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pages.built import Part, Site, site, site_of

from planfolio.model.visibility import Visibility
from planfolio.portfolio.portfolio import Portfolio
from planfolio.report.overviews import status_table

PLANS = Path(__file__).parents[1] / "plans"
TODAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    "folder",
    [PLANS / "example", *sorted(path for path in (PLANS / "cases").iterdir())],
    ids=lambda folder: folder.name,
)
def test_written_plans(folder: Path) -> None:
    """The example and the plans that once went wrong."""
    if folder.name in BROKEN:
        pytest.skip("its errors are what it is about")
    agrees(site_of(folder))


BROKEN = {"conflicts", "words-for-values"}


@settings(max_examples=200)
@given(st.integers(0, 10**6))
def test_random_plans(seed: int) -> None:
    """Goals of any measures, dates, pauses, written statuses and parents, in two hundred plans."""
    agrees(site(random_plan(random.Random(seed)), as_of=TODAY.isoformat()))  # noqa: S311


def agrees(built: Site) -> None:
    """Compare all pages and the terminal with plan.json."""
    goals = {goal["url"].removeprefix("./"): goal for goal in built.export["goals"]}
    in_the_terminal(built, goals.values())
    seen = set()
    for url in ("", "goals/", "plan/", "progress/", "aim/", "skills/go/", *goals):
        page = built.main(url) if f"{url}index.html" in built.paths else None
        for head, part in places(page) if page else ():
            goal = goals.get(next(iter(head.links), ""))
            if goal is not None and part.badges:
                seen.add((url, goal["id"]))
                in_a_list(part, goal)
        if page and url in goals:
            on_its_page(page, goals[url])
    for goal in goals.values():
        assert ("goals/", goal["id"]) in seen
    urgent = [goal for goal in goals.values() if goal["status"] in URGENT]
    # A sixth may be one of the steps to do next.
    assert sum(("", goal["id"]) in seen for goal in urgent) >= min(5, len(urgent))


def on_its_page(page: Part, goal: dict[str, Any]) -> None:
    """Compare badge, bar, mark, figures and sentence of its own page."""
    status = page.section("Status")
    assert page.badges[0] == badge(goal)
    if goal["measure"] in (None, "step"):
        assert not status.all("div", cls="bar")
        assert "%" not in status
        assert "At this pace" not in status
        return
    has_bar(status, goal)
    facts = status.facts
    assert facts["Progress"].split(" ")[0] == (percent(goal, "progress") or "unknown")
    assert facts.get("Pace", "").split(" ")[0] == percent(goal, "spi", 0.9, 0.7)
    assert facts.get("Forecast", "").startswith(day(goal["forecast"]))
    assert ("Forecast" in facts) == (goal["forecast"] is not None)
    sentence = status.texts("p", cls="status-reason")[0]
    assert ("At this pace" in sentence) == (goal["forecast"] is not None)
    assert day(goal["forecast"]) in sentence
    slip = goal["slip_days"]
    if slip:
        word = "late" if slip > 0 else "early"
        assert f", {abs(slip)} day{'s' if abs(slip) != 1 else ''} {word}." in sentence
    if goal["reason"]["code"] == "part":
        assert f"goals/{goal['reason']['part']}/" in status.links


def in_a_list(part: Part, goal: dict[str, Any]) -> None:
    """Compare badge, bar and mark of a card or a row, and that trouble has its reason there.

    A row of the schedule has its days instead.
    """
    assert badge(goal) in part.badges
    bars = part.all("div", cls="bar")
    assert len(bars) <= (goal["measure"] not in (None, "step"))
    if bars:
        has_bar(part, goal)
        assert part.texts("span", cls="bar-text") == [percent(goal, "progress") or "unknown"]
    cells = {cell.element.get("data-label"): cell.words for cell in part.all("td")}
    assert cells.get("Expected", "") in (percent(goal, "expected") or "–", "")
    assert cells.get("Forecast", "") in (day(goal["forecast"]) or "–", "")
    if goal["status"] in URGENT and goal["measure"] not in (None, "step") and "Slack" not in cells:
        assert part.texts("span", cls="reason")


def has_bar(part: Part, goal: dict[str, Any]) -> None:
    """Compare length, mark and words of the first bar; a row of a table has no mark."""
    bar = part.all("div", cls="bar")[0]
    lengths = [float(r.element.get("width", "").rstrip("%")) for r in bar.all("rect")[1:]]
    assert lengths == ([] if goal["progress"] is None else [length(goal["progress"])])
    marks = [
        float(line.element.get("x1", "").rstrip("%")) for line in bar.all("line", cls="scale-mark")
    ]
    assert marks == ([] if goal["expected"] is None else [length(goal["expected"])])
    for words in bar.texts("p", cls="bar-mark"):
        assert words.rpartition(" ")[2] == percent(goal, "expected")


def in_the_terminal(built: Site, goals: Iterable[dict[str, Any]]) -> None:
    """Compare the line of each goal in `planfolio status`, and the sentence below it."""
    checked = built.checked
    assert checked.analysis is not None
    portfolio = Portfolio(checked.plan, checked.analysis, (), audience=Visibility.PRIVATE)
    lines = status_table(portfolio, paint=lambda text, _: text).splitlines()
    for goal in goals:
        (line,) = [line for line in lines if f"  {goal['title']}  " in f"{line}  "]
        before, _, after = line.partition(goal["title"])
        assert before.strip() == goal["status"].replace("-", " ")
        shares = [percent(goal, "progress"), percent(goal, "expected")]
        assert [word for word in after.split() if word.endswith("%")] == list(filter(None, shares))
        assert (goal["forecast"] or "") in after
        why = lines[lines.index(line) + 1].strip() if line != lines[-1] else ""
        if goal["status"] in {*URGENT, "unknown"}:
            page = built.main(goal["url"].removeprefix("./"))
            sentence = page.section("Status").texts("p", cls="status-reason")[0]
            # A title that is a link on the page is in quotes in the terminal.
            assert sentence.startswith(why.replace("“", "").replace("”", ""))


def places(page: Part) -> Iterator[tuple[Part, Part]]:
    """Yield the head of each card and of each row of a list or a table, and all of it."""
    for card in page.all("article", cls="card"):
        yield card.all("h3")[0] if card.all("h3") else card.all("h4")[0], card
    for row in page.all("li"):
        heads = row.all("p", cls="rows-title")
        if len(heads) == 1:
            yield heads[0], row
    for row in page.all("tr"):
        yield from ((head, row) for head in row.all("th", scope="row"))


URGENT = {"late", "off-track", "at-risk"}


def badge(goal: dict[str, Any]) -> str:
    """Return the words of a goal's badge."""
    word = goal["status"].replace("-", " ").capitalize()
    days = goal["reason"].get("days")
    late = goal["status"] == "late"
    return f"{word} by {days} day{'s' if days != 1 else ''}" if late else word


def percent(goal: dict[str, Any], key: str, *beside: float) -> str:
    """Return a share rounded half up, with a decimal where another one would look alike.

    What is not complete is never 100 %.
    """
    other = {"progress": "expected", "expected": "progress"}.get(key)
    others = [exact(goal[other])] if other else list(map(exact, beside))
    share = exact(goal[key])
    if share is None:
        return ""
    alike = any(o not in (None, share) and rounded(o) == rounded(share) for o in others)
    return f"{float(rounded(share, Fraction(1, 10)) if alike else rounded(share)):g}%"


def rounded(share: Fraction | None, unit: Fraction = Fraction(1)) -> Fraction:
    """Return a share in percent, in whole units."""
    assert share is not None
    value = share * 100 if share >= 1 else min(share * 100, 100 - unit)
    return floor(value / unit + Fraction(1, 2)) * unit


def exact(value: float | None) -> Fraction | None:
    """Return the fraction that a float of plan.json was."""
    return None if value is None else Fraction(value).limit_denominator(10**6)


def length(share: float) -> float:
    """Return a share as a length of a bar, to a tenth."""
    return float(floor((exact(share) or 0) * 1000 + Fraction(1, 2)) / 10)


def day(iso: str | None) -> str:
    """Return a day as pages show it."""
    return f"{(on := date.fromisoformat(iso)).day} {on:%b %Y}" if iso else ""


def random_plan(chance: random.Random) -> dict[str, str]:
    """Return the files of a plan with four goals."""
    files = {"skills.md": "items: {go: 1}", "roles/pe.md": "title: Engineer\nrequires: {go: 4}"}
    for number in range(4):
        files[f"goals/g{number}.md"] = random_goal(number, chance)
    return files


def random_goal(number: int, chance: random.Random) -> str:
    """Return the text of a goal with some of all measures, dates and written statuses."""

    def near(first: int, last: int) -> date:
        return TODAY + timedelta(days=chance.randint(first, last))

    def maybe(text: str, *, of: int = 2) -> str:
        return text if chance.randrange(of) == 0 else ""

    start = near(-300, 20)
    due = start + timedelta(days=chance.randint(0, 500))
    parent = maybe(f"parent: g{chance.randrange(number)}") if number else ""
    # What a part inherits could lie before its own start.
    dates = [f"start: {start}", f"due: {due}"]
    lines = [
        f"title: Reach {number} things",
        *(day for day in dates if parent or chance.randrange(6)),
    ]
    lines += [parent, maybe("kind: direction", of=8), maybe("raises: {go: 3}", of=4)]
    measures = []
    if chance.randrange(3) == 0:
        baseline, target = chance.choice([(0, 12), (80, 70), (3, 10)])
        value = chance.randint(min(baseline, target), max(baseline, target))
        current = chance.choice(["", f", current: {value}, as_of: {near(-120, 0)}"])
        measures.append(f"metric: {{baseline: {baseline}, target: {target}{current}, unit: cups}}")
    if chance.randrange(3) == 0:
        steps = (
            f"  - {{title: Step {number}.{place}"
            + maybe(f", due: {near(-100, 200)}")
            + maybe(f", done: {near(-90, 9)}")
            + maybe(f", dropped: {near(-90, 0)}", of=6)
            + chance.choice(["", ", weight: 3", ", effort: 5h"])
            + "}"
            for place in range(chance.randint(1, 4))
        )
        measures.append("\n".join(("milestones:", *steps)))
    if chance.randrange(4) == 0:
        every = chance.choice(["week", "2 weeks", "weekdays", "month"])
        times, share = chance.choice([1, 1, 3]), chance.choice(["80%", "100%"])
        log = ", ".join(str(near(-200, 0)) for _ in range(chance.choice([0, 5, 40])))
        measures.append(f"cadence: {{every: {every}, times: {times}, share: {share}}}")
        measures.append(f"log: [{log}]")
    marks = chance.choices("xX /->", k=chance.randint(0, 7)) if chance.randrange(3) == 0 else []
    begin = near(-150, 20)
    rests = ["status: draft", "status: paused", f"dropped: {near(-20, 5)}"]
    rests += [f"paused: [{{from: {begin}, to: {begin + timedelta(30)}, reason: ill}}]"]
    rests += [f"paused: [{{from: {near(-50, -1)}}}]"]
    if number == 3 and not measures and not marks:  # it has no parts that are not done
        rests += [f"done: {near(-9, 9)}"]
    lines += [*measures, maybe(chance.choice(rests), of=3)]
    body = "\n".join(f"- [{mark}] Item {place}" for place, mark in enumerate(marks))
    front = "\n".join(line for line in lines if line)
    return f"---\n{front}\n---\n{body}\n"
