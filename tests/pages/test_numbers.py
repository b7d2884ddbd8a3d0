"""The numbers of the five sections are those of plan.json: schedule, budget, gaps, people."""

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pages.built import Part, Site, site, site_of
from tests.pages.test_one_status import day, exact, rounded
from tests.random_plans import RandomPlan

PLANS = Path(__file__).parents[1] / "plans"


@pytest.mark.parametrize("audience", ["private", "mentor", "public"])
def test_the_example(audience: str) -> None:
    """For each audience what its own plan.json says."""
    agrees(site_of(PLANS / "example", audience=audience))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_random_plans(seed: int) -> None:
    """Steps with and without efforts, dates, costs and levels, and any hours of a week."""
    files = RandomPlan(random.Random(seed)).files(None)  # noqa: S311
    agrees(site({path.removeprefix("content/"): text for path, text in files.items()}))


def agrees(built: Site) -> None:
    """Compare the sections and the pages of steps with plan.json."""
    export = built.export
    schedule(built, export)
    gaps(built.page("gaps/"), export)
    aims(built.page("aim/"), export)
    budget(built.page("plan/"), export)
    for review in export["reviews"]:
        known_on_its_day(built.page(review["url"].removeprefix("./")), review, export)


def schedule(built: Site, export: dict[str, Any]) -> None:
    """Compare the verdict, each row of the schedule, and the line on the page of each step."""
    page, capacity = built.page("plan/"), export["capacity"]
    verdict = [p for p in page.texts("p", cls="status-reason") if "a week" in p]
    if capacity["hours_per_week"] is None:
        assert not verdict
    else:
        assert bool(verdict) == bool(export["goals"] or export["milestones"])
    if verdict:
        assert f"{number(capacity['hours_per_week'])} h a week" in verdict[0]
        assert ("not enough" in verdict[0]) == (capacity["fits"] is False)
        if capacity["needed_hours_per_week"] and capacity["fits"] is not None:
            assert f"{number(capacity['needed_hours_per_week'])} h a week would" in verdict[0]
        hours = page.section("Are the hours enough?")
        for proof, said in zip(capacity["late"][:5], hours.texts("li"), strict=True):
            if date.fromisoformat(proof["to"]) >= date.fromisoformat(export["as_of"]):
                needed = f"needs {number(proof['asked'])} h and has {number(proof['there'])} h"
                assert needed in said
    steps = {s["url"].removeprefix("./"): s for s in (*export["goals"], *export["milestones"])}
    for table in page.all("table"):
        if "Slack" in table.texts("th") and "Start by" in table.texts("th"):
            for link, row in rows(table):
                cells = {td.element.get("data-label"): td.words for td in row.all("td")}
                cells = {label: words.replace("–", "") for label, words in cells.items()}
                step = steps[link]
                assert cells["Finishes"] == day(step["projected"])
                assert cells["Slack"] == slack(step["slack_days"])
                assert cells["Start by"] in (day(step["latest_start"]), "")
    for url, step in steps.items():
        words = built.main(url).words
        assert ("By the schedule it is finished on" in words) == (step["projected"] is not None)
        assert f"finished on {day(step['projected'])}" in words or not step["projected"]


def gaps(page: Part, export: dict[str, Any]) -> None:
    """Compare readiness, and each gap with its level, gain and priority."""
    planned = {skill["id"]: skill["planned"] for skill in export["skills"]}
    for role in export["roles"]:
        if role["title"] not in page.texts("h2"):
            continue
        section = page.section(role["title"])
        if role["readiness"] is not None:
            assert section.facts["Readiness"].startswith(interval(role["readiness"]))
            shown = section.facts.get("Planned", "")
            assert shown.startswith(interval(role["planned"])) or (
                role["planned"] == role["readiness"] and not shown
            )
        ready = section.facts.get("Ready on", "")
        assert ready.startswith(day(role["ready_on"]))
        assert bool(ready) == (role["ready_on"] is not None)
        found = [row for table in section.all("table")[:1] for row in rows(table)]
        by_url = {f"skills/{gap['skill']}/": gap for gap in role["gaps"]}
        assert [link for link, _ in found] == list(by_url)[: len(found)]
        for link, row in found:
            gap = by_url[link]
            cells = {td.element.get("data-label"): td.words for td in row.all("td")}
            assert cells["Gap"] == (number(gap["gap"]) if gap["gap"] is not None else "unknown")
            gain = gap["gain"]
            assert cells["Gain"] == (f"+{number(gain * 100)} points" if gain else "unknown")
            if gap["priority"] is not None:
                per_10_hours = gap["gain"] * 10 / gap["effort"]
                assert cells["Gain per 10 hours"] == f"+{number(per_10_hours * 100)} points"
    for table in page.all("table"):
        if table.texts("caption") == ["Skills by role"]:
            titles = table.all("thead")[0].texts("th")[1:]
            for link, row in rows(table):
                for title, cell in zip(titles, row.all("td"), strict=True):
                    of_role = next(role for role in export["roles"] if role["title"] == title)
                    of_skill = {f"skills/{gap['skill']}/": gap for gap in of_role["gaps"]}
                    if link in of_skill and "of 6" not in cell:
                        level_words(cell.words, of_skill[link], planned)


def level_words(words: str, gap: dict[str, Any], planned: dict[str, float | None]) -> None:
    """Compare `2 of 5, 3 planned, 4 required` with the numbers of a gap."""
    current, skill = gap["current"], gap["skill"]
    assert words.startswith("unrated" if current is None else f"{number(current)} of ")
    level = planned[skill]
    if level is not None and current is not None:
        assert f"{number(level)} planned" in words or "B" in words
    assert f"{number(gap['required'])} required" in words or "B" in words


def aims(page: Part, export: dict[str, Any]) -> None:
    """Compare the roles that stand side by side."""
    roles = {role["url"].removeprefix("./"): role for role in export["roles"]}
    for table in page.all("table"):
        if table.texts("caption") == ["Roles side by side"]:
            for link, row in rows(table):
                cells = {td.element.get("data-label"): td.words for td in row.all("td")}
                role = roles[link]
                assert cells["Readiness"] == interval(role["readiness"])
                assert cells["Planned"] == interval(role["planned"])
                assert cells["Skills met"] == f"{role['met']} of {role['required']}"
                assert cells.get("Ready on", "–") == (day(role["ready_on"]) or "–")


def budget(page: Part, export: dict[str, Any]) -> None:
    """Compare all sums, currency by currency, and the shares of the modes of learning."""
    money = export["budget"]
    assert (
        "Budget" in page.texts("h2") and not page.section("Budget").all("div", cls="empty")
    ) == (money is not None)
    if money is not None:
        section = page.section("Budget")
        for found in money["sums"]:
            if found["planned"] or found["spent"]:
                planned, spent = (f"{amount(found[k], found)}" for k in ("planned", "spent"))
                assert f"{planned} planned, {spent} spent" in section
                if found["left"] is not None:
                    aside, left = found["set_aside"], found["left"]
                    assert left <= 0 or (
                        f"{amount(left, found)} left of {amount(aside, found)}" in section
                    )
                    more = f"{amount(-left, found)} more than is set aside"
                    assert (more in section) == (left < 0)
        quarters = [row[:3] for row in section.rows("Costs by quarter")] if money["by_goal"] else []
        assert sorted(quarters) == sorted(
            [quarter(part["quarter"]), amount(sums["planned"], sums), amount(sums["spent"], sums)]
            for part in money["by_quarter"]
            for sums in part["sums"]
        )
        for caption, name in (("Goal", "by_goal"), ("Requirement", "by_need")):
            shown = [row[1:] for row in section.rows(caption)]
            assert shown == [
                [amount(part["planned"], part), amount(part["spent"], part)]
                for group in money[name]
                for part in group["sums"]
            ]
    learning = export["learning"]
    assert ("How I learn" in page.texts("h2")) == (learning is not None)
    if learning is not None:
        values = list(page.section("How I learn").facts.values())
        assert values == [
            f"{number(mode['share'] * 100, decimals=0)}% {number(mode['hours'])} h"
            for mode in learning["modes"]
        ]


def known_on_its_day(page: Part, review: dict[str, Any], export: dict[str, Any]) -> None:
    """Compare what was known on the day of a review: statuses, progress, readiness."""
    known = review["known"]
    if known is None or "Known on that day" not in page.texts("h2"):
        assert known is None or not known["goals"]
        return
    section = page.section("Known on that day")
    goals = {goal["id"]: goal["url"].removeprefix("./") for goal in export["goals"]}
    tables = [t for t in section.all("table") if t.texts("caption") == ["Goals on that day"]]
    found = [row for table in tables for row in rows(table)]
    assert [link for link, _ in found] == [goals[goal["id"]] for goal in known["goals"]]
    for goal, (_, row) in zip(known["goals"], found, strict=True):
        cells = {td.element.get("data-label"): td.words for td in row.all("td")}
        assert cells["Status then"] == goal["status"].replace("-", " ").capitalize()
        progress = goal["progress"]
        assert cells["Progress"] == (percent(progress) if progress is not None else "–")
    for role in known["roles"]:
        readiness = role["readiness"]
        if readiness and (readiness["low"] > 0 or readiness["high"] < 1):
            assert interval(readiness) in section


def rows(table: Part) -> Iterator[tuple[str, Part]]:
    """Yield the path that the head of each row leads to, and the row."""
    for row in table.all("tr"):
        for head in row.all("th", scope="row"):
            yield next(iter(head.links), ""), row


def number(value: float | Fraction, *, decimals: int = 1) -> str:
    """Return a number rounded half up, with at most so many decimals."""
    scale = 10**decimals
    rounded_up = floor((exact(float(value)) or 0) * scale + Fraction(1, 2)) / scale
    text = f"{rounded_up:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: float, of: dict[str, Any]) -> str:
    """Return an amount, which is whole here, with its currency."""
    return f"{value:,.0f} {of['currency']}"


def quarter(text: str | None) -> str:
    """Return a quarter of plan.json as pages write it."""
    if text is None:
        return "No date"
    year, _, name = text.partition("-")
    return f"{name} {year}"


def slack(days: int | None) -> str:
    """Return the days to spare, or by how many a step is late."""
    if days is None:
        return ""
    words = f"{abs(days)} day{'s' if abs(days) != 1 else ''}"
    return f"{words} late" if days < 0 else words


def interval(found: dict[str, float]) -> str:
    """Return a readiness: a share, or from the low one to the high one."""
    low, high = (percent(found[end]) for end in ("low", "high"))
    return low if found["low"] == found["high"] else f"{low} to {high}"


def percent(share: float) -> str:
    """Return a share in whole percents; what is not complete is never 100 %."""
    return f"{float(rounded(exact(share))):g}%"
