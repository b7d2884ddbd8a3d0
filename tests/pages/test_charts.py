"""Charts: their numbers are those of plan.json, their sentence says them, their marks lead on."""

import re
from datetime import date, timedelta
from urllib.parse import unquote, urljoin

import pytest
from tests.pages.built import ROOT, Part, Site, site

SIZE = 10 * 1024
"""Bytes that the drawing of a chart of 50 rows may have."""


def chart(built: Site, url: str, title: str) -> Part:
    """Return the chart of a page that has a title."""
    figures = built.main(url).all("figure", cls="chart")
    return next(f for f in figures if f.texts("p", cls="chart-title") == [title])


def titles(built: Site, url: str) -> list[str]:
    """Return the titles of the charts of a page."""
    return built.main(url).texts("p", cls="chart-title")


def finding(figure: Part) -> str:
    """Return the sentence that states what a chart shows."""
    return figure.texts("p", cls="chart-finding")[0]


def targets(part: Part) -> set[str]:
    """Return the paths on the site that the marks of a drawing lead to."""
    links = (urljoin(ROOT + part.url, a.element.get("href", "")) for a in part.all("a"))
    return {unquote(link).removeprefix(ROOT) for link in links}


def drawings(text: str) -> list[str]:
    """Return the drawings of charts on a page as they are written."""
    return re.findall(r'<svg [^>]*role="group"(?:<svg.*?</svg>|.)*?</svg>', text, re.DOTALL)


def places(path: str) -> list[int]:
    """Return the numbers of a path."""
    return [int(number) for number in re.findall(r"-?\d+", path)]


# The worked example of capacity: 20 h and 30 h at 6 h a week from 2026-07-01. 20 h take 24 days and
# 50 h take 59: the second ends on 2026-08-29, three days late. 16 h of which half is done make it
# 58 h and 68 days, and 15 days are off: the third ends on 2026-09-22, 29 days before it is due.
CAPACITY = {
    "site.toml": 'title = "A plan"\n[plan]\nhours_per_week = 6\nstart = 2026-07-01\n'
    'time_off = [{ from = "2026-09-01", to = "2026-09-15" }]\n',
    "goals/a.md": "title: First\npriority: must\neffort: 20h\ndue: 2026-07-29\n",
    "goals/b.md": "title: Second\npriority: must\neffort: 30h\ndue: 2026-08-26\nafter: [a]\n",
    "goals/c.md": "title: Third\neffort: 16h\ndue: 2026-10-21\nstart: 2026-07-01\nmilestones:\n"
    "  - {title: Half, due: 2026-09-01}\n  - {title: Begun, done: 2026-07-01}\n",
    "goals/d.md": "title: Some day\n",
    "goals/e.md": "title: Over\nstatus: dropped\ndue: 2026-09\n",
}


def test_roadmap() -> None:
    """The roadmap says how many goals there are and how late the schedule has them, as
    plan.json does."""
    built = site(CAPACITY)
    roadmap = chart(built, "plan/", "Goals along time")
    rows = {row[0]: row[1:] for row in roadmap.rows()}
    late = {goal["id"]: goal["late_days"] for goal in built.export["goals"]}

    assert finding(roadmap) == (
        "3 goals until 21 Oct 2026. "
        "At the hours there are, 1 finishes after its due day, by 3 days."
    )
    assert (late["a"], late["b"], late["c"]) == (0, 3, 0)
    assert rows.keys() == {"First", "Second", "Third"}
    assert rows["First"][2:5] == ["29 Jul 2026", "25 Jul 2026", "4 days"]
    assert rows["Second"][2:5] == ["26 Aug 2026", "29 Aug 2026", "3 days late"]
    assert rows["Third"][2:5] == ["21 Oct 2026", "22 Sep 2026", "29 days"]
    assert rows["Second"][-1] == "First"
    assert rows["Third"][5] == "Begun 1 Jul 2026, Half 1 Sep 2026"
    assert "1 goal without dates is not shown." in roadmap
    assert roadmap.texts("summary") == ["Must 2", "No priority 1", "Show as a table"]


def test_roadmap_leads_to_records() -> None:
    """Each bar and milestone is a link to its record, named with its status or its day."""
    drawing = chart(site(CAPACITY), "plan/", "Goals along time").all("svg", role="group")[1]

    assert targets(drawing) == {"goals/c/", "milestones/c-half/", "milestones/c-begun/"}
    assert drawing.texts("title") == [
        "Third: started",
        "Begun: reached 1 Jul 2026",
        "Half: due 1 Sep 2026",
    ]


def test_roadmap_places() -> None:
    """A bar, today and time off stand at their days, on an axis of whole months."""
    built = site(CAPACITY)
    [first, _] = drawings(built.text("plan/index.html"))
    # Nothing is written before July, so the axis goes from 1 July to 31 October: 122 days.
    ticks = re.findall(r'<tspan x="(\d+)" dx="4">([^<]*)', first)
    assert [(int(x), words.replace("\u00a0", " ")) for x, words in ticks] == [
        (0, "Jul 2026"),
        (round(31 / 122 * 840), "Aug 2026"),
        (round(62 / 122 * 840), "Sep 2026"),
        (round(92 / 122 * 840), "Oct 2026"),
    ]
    assert 'class="today" d="M0 ' in first
    off = [round(62 / 122 * 840), round(76 / 122 * 840)]
    assert f'class="off" x="{off[0]}" y="36" width="{off[1] - off[0]}"' in first
    # First is due on day 28, Second begins then and is due on day 56.
    spans = re.search(r'class="span" d="([^"]*)"', first)
    assert spans
    assert places(spans[1]) == [
        *(0, 64, round(28 / 122 * 840)),
        *(round(28 / 122 * 840), 98, round(56 / 122 * 840)),
    ]


def test_steps_of_one_day_keep_the_order_of_the_plan() -> None:
    """On the roadmap m2 stands before m10, as it is written: on rows and on the bar of a goal."""
    ids = ("m2", "m10")
    items = "".join(f"  {id_}: {{title: Row {id_}, due: 2026-09-01}}\n" for id_ in ids)
    marks = ", ".join(f"{{id: {id_}, title: Mark {id_}, due: 2026-09-01}}" for id_ in ids)
    goal = f"title: Goal\ndue: 2026-10\nmilestones: [{marks}]\n"
    built = site({"milestones.md": f"items:\n{items}", "goals/g.md": goal})
    roadmap = chart(built, "plan/", "Goals along time")

    titles = [row[0] for row in roadmap.rows()]
    assert titles == ["Row m2", "Row m10", "Goal"]
    assert roadmap.rows()[-1][4] == "Mark m2 1 Sep 2026, Mark m10 1 Sep 2026"


def many_goals(count: int, *, years: int = 1) -> dict[str, str]:
    """Return a plan of so many goals that are due within some years."""
    return {
        f"goals/goal-{i:03}.md": f"title: Reach result number {i}\nstart: 2026-0{i % 6 + 1}\n"
        f"due: {2026 + i % years}-{i % 6 + 7:02}\nmetric: {i % 7}/10 talks\n"
        for i in range(count)
    }


def test_roadmap_of_two_hundred_goals_has_fifty() -> None:
    """Those that are due first are drawn, and the others counted."""
    roadmap = chart(site(many_goals(200, years=5)), "plan/", "Goals along time")

    years = [row[3][-4:] for row in roadmap.rows()]
    assert (years.count("2026"), years.count("2027"), len(years)) == (40, 10, 50)
    assert "150 more, due later, are in the lists of this page." in roadmap
    assert finding(roadmap).startswith("200 goals until 31 Dec 2030.")


def test_what_a_roadmap_says_holds_for_goals_without_a_row_too() -> None:
    """Of 51 goals the last one is not drawn, but the schedule has it late."""
    late = "title: Long\ndue: 2026-12-31\neffort: 300h\n"
    plan = {"site.toml": CAPACITY["site.toml"], **many_goals(50), "goals/z.md": late}
    roadmap = chart(site(plan), "plan/", "Goals along time")

    assert "Long" not in [row[0] for row in roadmap.rows()]
    assert "1 more, due later, is in the lists of this page." in roadmap
    assert finding(roadmap).startswith("51 goals until 31 Dec 2026.")
    assert "1 finishes after its due day" in finding(roadmap)


def test_roadmap_keeps_the_hours_to_those_who_may_see_them() -> None:
    """Time off and the schedule are in it only for those who see the weekly hours."""
    public = chart(site(CAPACITY, audience="public"), "plan/", "Goals along time")

    assert finding(public) == "3 goals until 21 Oct 2026."
    assert "time off" not in public
    assert public.all("path", cls="finish")[0].element.get("d") == ""


# The worked examples: of 364 days 181 are gone, so 12 x 181/364 = 6.0 talks are planned; the pace
# 5/12 x 364/181 = 0.838 leads to 12 March 2027.
TALKS = """title: Give 12 talks
start: 2026-01-01
due: 2026-12-31
metric:
  unit: talks
  target: 12
  history:
    - {date: 2026-03-01, value: 2}
    - {date: 2026-07-01, value: 5}
"""


def test_burn_up_of_a_metric() -> None:
    """The sentence and the table say what is measured, planned and forecast, as plan.json does."""
    built = site({"goals/talks.md": TALKS})
    figure = chart(built, "goals/talks/", "Planned and done")
    goal = built.goal("talks")

    assert finding(figure) == (
        "5 of 12 talks, 6 talks planned by now. "
        "At this pace it finishes on 12 Mar 2027, 71 days late."
    )
    assert goal["forecast"] == "2027-03-12"
    assert goal["metric"]["current"] == 5
    # On 1 March 59 of 364 days are gone: 1.9 talks.
    assert figure.rows() == [
        ["1 Mar 2026", "2 talks", "1.9 talks", "Give 12 talks"],
        ["1 Jul 2026", "5 talks", "6 talks", "Give 12 talks"],
        ["Today", "5 talks", "6 talks", ""],
    ]
    assert figure.texts("title") == ["2 talks on 1 Mar 2026", "5 talks on 1 Jul 2026"]


def test_burn_up_of_milestones() -> None:
    """Each milestone earns its share when it is reached, and is planned for its due day.

    Weights of 10, 20, 30 and 40 with only the first reached: on 2026-08-31 10 % are earned and
    30 % planned, and at this pace it ends 126 days late.
    """
    milestones = "".join(
        f"  - {{title: M{i}, weight: {i}0, due: {due}{', done: 2026-03-31' if i == 1 else ''}}}\n"
        for i, due in enumerate(("2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"), start=1)
    )
    goal = f"title: Four steps\nstart: 2026-01-01\ndue: 2026-12-31\nmilestones:\n{milestones}"
    figure = chart(
        site({"goals/four.md": goal}, as_of="2026-08-31"), "goals/four/", "Planned and done"
    )

    assert finding(figure) == (
        "1 of 4 milestones reached, 2 planned by now. "
        "At this pace it finishes on 6 May 2027, 126 days late."
    )
    assert figure.rows() == [
        ["31 Mar 2026", "10%", "10%", "M1"],
        ["Today", "10%", "30%", ""],
    ]
    assert targets(figure.all("svg", role="group")[0]) == {
        f"milestones/four-m{i}/" for i in range(1, 5)
    }


MILESTONES = (
    "milestones: [{title: A, due: 2026-06-30, done: 2026-05-20}, {title: B, due: 2027-05-31}]"
)


@pytest.mark.parametrize(
    ("goal", "said", "rows"),
    [
        # Of a goal at rest nothing is expected, and its shares stay as they are: one of the two
        # is planned by 30 June, the other in 2027.
        *(
            pytest.param(
                f"start: 2026-01-01\ndue: 2027-05-31\n{state}\n{MILESTONES}",
                "1 of 2 milestones reached.",
                [["20 May 2026", "50%", "0%", "A"], ["Today", "50%", "50%", ""]],
                id=state[:7],
            )
            for state in ("paused: [{from: 2026-06-28}]", "dropped: 2026-06-28")
        ),
        pytest.param(
            "start: 2026-11-01\ndue: 2026-12-31\nmilestones: [{title: A}, {title: B}]",
            "0 of 2 milestones reached, 0 planned by now.",
            [["Today", "0%", "0%", ""]],
            id="before the start nothing is planned: that is known",
        ),
        pytest.param(
            "start: 2026-01-05\ndue: 2026-12-31\npaused: [{from: 2026-02-01, to: 2026-04-30}]\n"
            "metric: {target: 12, history: [{date: 2026-05-31, value: 3}]}",
            # 57 of 271 days are gone on 31 May, and 180 on 1 October: 2.5 and 8.0 of 12.
            "3 of 12, 8 planned by now.",
            [["31 May 2026", "3", "2.5", "Goal"], ["Today", "3", "8", ""]],
            id="nothing is planned in a pause",
        ),
    ],
)
def test_what_a_burn_up_plans(goal: str, said: str, rows: list[list[str]]) -> None:
    """In pauses, before the start and for a goal at rest."""
    built = site({"goals/g.md": f"title: Goal\n{goal}"}, as_of="2026-10-01")
    figure = chart(built, "goals/g/", "Planned and done")
    assert finding(figure) == said
    assert figure.rows() == rows


def inside(drawing: str) -> None:
    """Fail if a path, a mark or a word stands outside a drawing."""
    width, height = (int(n) for n in re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawing)[0])
    for path in re.findall(r'd="([^"]*)"', drawing):
        for x, y in re.findall(r"[ML](-?\d+) (-?\d+)", path):
            assert 0 <= int(x) <= width, path
            assert 0 <= int(y) <= height, path
    for x, y in re.findall(r'cx="(-?\d+)%?" cy="(-?\d+)"', drawing):
        assert 0 <= int(x) <= width
        assert 0 <= int(y) <= height


# Readiness is 36 of 54 points: kubernetes 2 of 4 (weight 5), writing 1 of 3 (2), system design 3 of
# 4 (4), python 5 of 4 (3). With kubernetes planned at 3 it is 41 of 54.
ROLES = {
    "skills.md": "items: {kubernetes: 2, writing: 1, system-design: 3, python: 5}",
    "roles/pe.md": "title: Platform engineer\nrequires:\n  kubernetes: {level: 4, weight: 5}\n"
    "  writing: {level: 3, weight: 2}\n  system-design: {level: 4, weight: 4}\n  python: 4\n",
    "roles/ops.md": "title: Operator\nrequires: {kubernetes: 4, security: 3}",
    "goals/cka.md": "title: The exam\ndue: 2026-12\nraises: {kubernetes: 3}",
}


def test_readiness() -> None:
    """The band is filled up to the readiness and coloured up to the planned one, as plan.json."""
    built = site(ROLES)
    figure = chart(built, "roles/pe/", "Readiness by skill")
    role = next(role for role in built.export["roles"] if role["id"] == "pe")
    width: dict[str, float] = {}
    for rect in figure.all("svg", cls="band")[0].all("rect"):
        kind = rect.element.get("data-kind", "")
        width[kind] = width.get(kind, 0) + float(rect.element.get("width", "").rstrip("%"))

    assert finding(figure) == "67% now, 76% once the open steps are done; ready from 90%."
    assert role["readiness"]["low"] == pytest.approx(36 / 54)
    assert width["now"] == pytest.approx(3600 / 54, abs=0.2)
    assert width["planned"] == pytest.approx(500 / 54, abs=0.1)
    assert width["missing"] == pytest.approx(1300 / 54, abs=0.2)
    assert figure.rows()[0] == ["kubernetes", "18.5", "9.3", "–", "9.3", "37"]
    assert targets(figure.all("svg", cls="band")[0]) == {
        f"skills/{id_}/" for id_ in ("kubernetes", "writing", "system-design", "python")
    }


def test_a_finding_that_the_page_says_in_words_is_for_those_who_do_not_see_it() -> None:
    """All others are shown."""
    steps = "title: Steps\nmilestones: [{title: A, due: 2026-12}]"
    built = site(ROLES | {"goals/talks.md": TALKS, "goals/steps.md": steps})
    hidden = {}
    for url in ("roles/pe/", "goals/steps/", "goals/talks/", "gaps/"):
        [said, *_] = built.main(url).all("p", cls="chart-finding")
        hidden[url] = "visually-hidden" in said.element.get("class", "").split()
    assert hidden == {
        "roles/pe/": True,
        "goals/steps/": True,
        "goals/talks/": False,
        "gaps/": False,
    }


def test_readiness_unknown() -> None:
    """A skill that is not rated is a part of its own: neither there nor missing."""
    figure = chart(site(ROLES), "roles/ops/", "Readiness by skill")

    # kubernetes has 2 and then 3 of 4, security is unknown: 2, 1, 1 and 3 of 7.
    assert finding(figure) == (
        "29% to 71% now, 43% to 86% once the open steps are done; ready from 90%."
    )
    assert figure.rows()[-1] == ["security", "–", "–", "42.9", "–", "42.9"]


def test_gap_matrix() -> None:
    """Its sentence counts the gaps, and its marks lead to roles and skills."""
    built = site(ROLES)
    figure = chart(built, "gaps/", "Gaps by skill and role")

    assert finding(figure) == "4 gaps, 1 requirement met, 1 not rated."
    [drawing] = drawings(built.text("gaps/index.html"))
    assert 'data-shade="2" d="M' in drawing
    assert targets(figure.all("svg", role="group")[0]) == {
        *(f"roles/{id_}/" for id_ in ("pe", "ops")),
        *(f"skills/{s}/" for s in ("kubernetes", "writing", "system-design", "python", "security")),
    }


SKILL = "title: Python\nlevel: 3\nassessed: 2026-06-01\nhistory: [{date: 2024-03, level: 1}]\n"


def test_level_over_time() -> None:
    """A line of steps from rating to rating, with the required level and the step that leads on."""
    plan = {
        "skills/python.md": SKILL,
        "roles/pe.md": "title: Engineer\nrequires: {python: 4}",
        "goals/book.md": "title: Read the book\ndue: 2026-12\nraises: {python: 4}",
    }
    figure = chart(site(plan), "skills/python/", "Level over time")
    [line] = figure.all("svg", role="group")[0].all("path", cls="earned")
    ys = places(line.element.get("d", ""))[1::2]

    assert finding(figure) == "From 1 (Mar 2024) to 3, required 4. Planned: 4."
    # Six levels of 34 px below the top at 52: level 1 at 215, level 3 at 134.
    assert [round(256 - level / 5 * 204) for level in (1, 3)] == [215, 134]
    assert ys == [215, 215, 134, 134]
    assert targets(figure.all("svg", role="group")[0]) == {"skills/python/", "goals/book/"}
    assert [row[0] for row in figure.rows()] == ["1 Jun 2026", "Mar 2024"]


def kinds(figure: Part) -> dict[str, int]:
    """Return how many bars of each state a calendar has."""
    paths = figure.all("svg", role="img")[0].all("path")
    return {
        path.element.get("data-state", ""): path.element.get("d", "").count("z")
        for path in paths
        if path.element.get("data-state")
    }


# 2026-06-01 is a Monday. Of five whole weeks the second was missed and the third half kept; the
# week from 29 June goes on. The first, which the start on a Sunday cuts, does not count.
HABIT = """title: Train
start: 2026-05-31
due: 2026-12-27
cadence: 2/week
log: {2026-W23: 2, 2026-W25: 1, 2026-W26: 2, 2026-W27: 1}
"""


def test_habit_calendar() -> None:
    """Each week is a bar by what became of it, and months say how many weeks were kept."""
    figure = chart(site({"goals/train.md": HABIT}), "goals/train/", "When it was kept")

    assert finding(figure) == "Kept in 2 of 4 weeks, 5 of 8 sessions; 1 week in a row up to now."
    assert kinds(figure) == {"kept": 2, "missed": 2, "open": 1, "rested": 1}
    assert figure.rows() == [["Jun 2026", "2", "4", "6"], ["May 2026", "0", "0", "0"]]


def test_a_habit_without_an_end_says_which_periods_its_status_counts() -> None:
    """Its table begins with the numbers of the sentence, those of the last twelve weeks."""
    # W13 begins on 23 March: of the 14 whole weeks up to W26 the last 12 begin on 6 April with W15.
    # All 14 were kept half but W15 and W26, which were kept in full: 10 + 2 * 2 sessions of 24.
    weeks = dict.fromkeys(range(13, 27), 1) | {15: 2, 26: 2}
    log = ", ".join(f"2026-W{week}: {times}" for week, times in weeks.items())
    habit = f"title: Train\nstart: 2026-03-23\ncadence: 2/week\nlog: {{{log}}}\n"
    figure = chart(site({"goals/train.md": habit}), "goals/train/", "When it was kept")

    assert finding(figure).startswith("Kept in 2 of the last 12 weeks, 14 of 24 sessions")
    assert figure.rows()[0] == ["Counted for the status, since 6 Apr 2026", "2", "12", "14"]


def test_habit_calendar_of_days() -> None:
    """A habit of days shows the last 52 weeks; the table has all of them."""
    days = [date(2025, 1, 1) + timedelta(days=i) for i in range(546)]
    log = ", ".join(day.isoformat() for day in days if day.day != 1)
    habit = f"title: Walk\nstart: 2025-01-01\ncadence: day\nlog: [{log}]\n"
    built = site({"goals/walk.md": habit})
    figure = chart(built, "goals/walk/", "When it was kept")
    drawing = re.findall(
        r'<svg [^>]*role="img".*?</svg>', built.text("goals/walk/index.html"), re.DOTALL
    )

    # 2026-07-01, a Wednesday, is the day that is open; 51 weeks and three days are drawn.
    assert kinds(figure) == {"kept": 51 * 7 + 2 - 11, "missed": 11, "open": 1, "rested": 0}
    assert "earlier periods are in the table." in figure
    assert sum(int(row[1]) for row in figure.rows()[1:]) == 546 - 18
    assert len(drawing[0].encode()) < SIZE


LEVELS = {
    "skills/python.md": "title: Python\nlevel: 2\nexpects: {2: Writes scripts, 4: [Reviews code, "
    "Teaches]}",
    "skills/german.md": "title: German\nscale: cefr6\nlevel: A1",
    "skills.md": "items: {sql: 3, git: }",
    "roles/pe.md": "title: Engineer\nrequires: {python: 4, sql: 3, git: 2}",
    "goals/book.md": "title: Read the book\ndue: 2026-12\nraises: {python: 3}",
}


def test_level_matrix() -> None:
    """Skills stand by scale, with their levels in pixels of it and what a level looks like."""
    built = site(LEVELS)
    figure = chart(built, "skills/", "Skills by level")
    five, cefr = (text for text in drawings(built.text("skills/index.html")))

    assert finding(figure) == "3 of 4 skills rated, 1 of 3 below the required level."
    rows = {row[0]: row[1:] for row in figure.rows()}
    assert rows["Python"] == ["2", "3", "4", "2 Writes scripts 4 Reviews code; Teaches"]
    assert rows["git"] == ["unrated", "–", "2", ""]
    assert rows["German"] == ["A1", "–", "–", ""]
    # A level is a fifth of the width; the second row begins at 66 and has its bar 26 px below.
    assert 'class="value" d="M0 92H40' in five
    assert 'class="ahead" d="M40 92H60"' in five
    assert "M80 92m0-7v14" in five
    assert "Python, 4: Reviews code; Teaches" in five
    assert "M0 54H0" in cefr
    exported = {skill["id"]: skill for skill in built.export["skills"]}
    assert (exported["python"]["level"], exported["python"]["planned"]) == (2, 3)


def test_radar() -> None:
    """Three to ten skills of a role are spokes of a radar, each a link; more or fewer are bars."""
    built = site(LEVELS)
    figure = chart(built, "roles/pe/", "Levels now, planned and required")

    assert finding(figure) == "1 of 3 skills are at the required level, 1 not rated."
    assert figure.rows() == [
        ["git", "unrated", "–", "2"],
        ["Python", "2", "3", "4"],
        ["sql", "3", "–", "3"],
    ]
    # The first spoke points up, the second is at a third of a turn: 4 of 5 of 90 px along it.
    [drawing] = figure.all("svg", role="group")
    [required] = drawing.all("path", cls="reference")
    x, y = round(175 + 72 * 3**0.5 / 2), round(140 + 72 / 2)
    assert places(required.element.get("d", ""))[:4] == [175, 140 - 36, x, y]
    assert targets(drawing) == {f"skills/{id_}/" for id_ in ("git", "python", "sql")}


@pytest.mark.parametrize("count", [1, 2, 11, 30])
def test_bars_instead_of_a_radar(count: int) -> None:
    """A role of other sizes has its skills as bars, by what it requires itself."""
    asked = ", ".join(f"s{i}: 3" for i in range(count))
    built = site({"roles/a.md": f"title: A\nrequires: {{{asked}}}"})

    assert titles(built, "roles/a/") == ["Readiness by skill", "Skills by level"]
    assert len(chart(built, "roles/a/", "Skills by level").rows()) == count


def test_roadmap_of_a_habit() -> None:
    """A habit that was always kept is filled up to today, not up to its end."""
    habit = "title: Run\nstart: 2026-01-05\ndue: 2027-06-27\ncadence: week\nlog: {%s}\n"
    log = ", ".join(f"2026-W{week:02}: 1" for week in range(2, 28))
    [drawing] = drawings(site({"goals/run.md": habit % log}).text("plan/index.html"))
    [today] = re.findall(r'class="today" d="M(\d+) ', drawing)

    assert f'H{today}"/></a>' in drawing


BUDGET = {
    "site.toml": 'title = "A plan"\n[plan]\nbudget = ["1000 EUR"]\n',
    "goals/a.md": "title: Course\ndue: 2026-09\ncost: 400 EUR\n",
    "goals/b.md": "title: Exam\ndue: 2027-02\ncost: 250 EUR\n",
    "goals/c.md": "title: Book\ndone: 2026-06-01\ndue: 2026-08\ncost: 50 EUR\n",
    "goals/d.md": "title: Flight\ncost: 90 USD\n",
}


def test_budget() -> None:
    """Each quarter is a column of its costs, a currency by itself, and the sentence sums them."""
    built = site(BUDGET)
    figure = chart(built, "plan/", "Costs by quarter")
    euros, dollars = drawings(built.text("plan/index.html"))[-2:]

    assert finding(figure) == (
        "650 EUR planned, 50 EUR spent; 300 EUR left of 1,000 EUR. 90 USD planned, 0 USD spent."
    )
    assert figure.rows() == [
        ["Q3 2026", "400 EUR", "50 EUR", "Book, Course"],
        ["Q1 2027", "250 EUR", "0 EUR", "Exam"],
        ["No date", "90 USD", "0 USD", "Flight"],
    ]
    sums = {total["currency"]: total["planned"] for total in built.export["budget"]["sums"]}
    assert sums == {"EUR": 650, "USD": 90}
    # The axis goes to 600 on 150 px: 50 are 12 or 13 px, 400 are 100, 250 are 62 or 63.
    heights = [int(height) for height in re.findall(r'height="(\d+)"/></a>', euros)]
    assert heights == [pytest.approx(150 * cost / 600, abs=1) for cost in (50, 400, 250)]
    assert "Q4" in euros
    assert "Flight" in dollars
    # Costs are for mentors.
    assert "Costs by quarter" not in titles(site(BUDGET, audience="public"), "plan/")


def test_horizon_ladder() -> None:
    """Goals stand by how far ahead they are due, the next year as wide as years 5 to 10."""
    days = ("2027-01-01", "2028-07-01", "2031-07-01", "2036-07-01", "2050")
    goals = dict(zip("abcde", days, strict=True))
    plan = {f"goals/{id_}.md": f"title: {id_}\ndue: {due}\n" for id_, due in goals.items()}
    built = site(plan | {"goals/f.md": "title: f\n"})
    figure = chart(built, "aim/", "How far ahead")
    [drawing] = drawings(built.text("aim/index.html"))
    xs = [int(x) for x in re.findall(r'cx="(\d+)"', drawing)]

    assert finding(figure) == (
        "5 goals with a date: 1 within 1 year, 1 within 3 years, 1 within 5 years, "
        "1 within 10 years, 1 later."
    )
    # Six columns of 127 px, the first of 3 months: a third of the second, which has 9 (6 months are
    # 3 of them), half of the third, the ends of the next two, the middle of the last.
    assert xs == [pytest.approx(x, abs=2) for x in (169, 317, 507, 633, 697)]
    assert [row[0] for row in figure.rows()] == list("abcde")
    assert targets(figure.all("svg", role="group")[0]) == {f"goals/{id_}/" for id_ in "abcde"}
    assert titles(site({"goals/f.md": "title: f\n"}), "aim/") == []


NUMBERED = ", ".join(f"skill-number-{i}: {i % 5 + 1}" for i in range(60))


@pytest.mark.parametrize(
    ("files", "url", "folded"),
    [
        (many_goals(50), "plan/", []),
        ({f"roles/r{i}.md": f"title: R{i}\nrequires: {{{NUMBERED}}}" for i in "ab"}, "gaps/", []),
        ({"skills.md": f"items: {{{NUMBERED}}}"}, "skills/", [10]),
    ],
)
def test_a_drawing_of_fifty_rows_is_small(
    files: dict[str, str], url: str, folded: list[int]
) -> None:
    """It is under 10 kB; what is beyond fifty rows is folded, or in the table alone."""
    built = site(files)
    first, *rest = drawings(built.text(f"{url}index.html"))
    assert len(first.encode()) < SIZE
    assert [drawing.count("<a ") for drawing in rest] == folded
    if url == "gaps/":
        figure = chart(built, url, "Gaps by skill and role")
        assert "10 more skills are in the table." in figure
        assert finding(figure) == "0 gaps, 0 requirements met, 120 not rated."
        assert len(figure.rows()) == 60


def test_readiness_of_many_skills_is_small() -> None:
    """Beyond two dozen skills the band has one piece of each kind; the table has all skills."""
    asked = ", ".join(f"skill-{i}: 4" for i in range(50))
    rated = ", ".join(f"skill-{i}: 2" for i in range(50))
    built = site(
        {"roles/r.md": f"title: R\nrequires: {{{asked}}}", "skills.md": f"items: {{{rated}}}"}
    )
    figure = chart(built, "roles/r/", "Readiness by skill")
    [band] = figure.all("svg", cls="band")

    assert [rect.element.get("width") for rect in band.all("rect")] == ["50%", "50%"]
    assert band.texts("title") == ["50 points now", "50 points missing"]
    assert len(figure.rows()) == 50


def test_burn_up_of_a_value_a_day_is_small() -> None:
    """The line has all values, the newest forty have marks, and the others are counted."""
    days = [date(2026, 1, 1) + timedelta(days=i) for i in range(180)]
    values = ", ".join(f"{{date: {day}, value: {i}}}" for i, day in enumerate(days))
    metric = f"metric: {{target: 365, history: [{values}]}}"
    goal = f"title: Walk\nstart: 2026-01-01\ndue: 2026-12-31\n{metric}"
    built = site({"goals/walk.md": goal})
    figure = chart(built, "goals/walk/", "Planned and done")
    [drawing] = drawings(built.text("goals/walk/index.html"))
    [line] = re.findall(r'class="earned" d="([^"]*)"', drawing)

    assert len(drawing.encode()) < SIZE
    assert len(places(line)) == 2 * 180
    assert drawing.count("<circle") == 40
    assert "140 earlier values are on the line alone" in figure


@pytest.mark.parametrize("levels", [(-5, -1), (-1, 0), (-2, 3)])
def test_charts_of_levels_below_zero(levels: tuple[int, int]) -> None:
    """A scale may lie below zero: its gaps and levels are drawn inside, and nothing fails."""
    low, high = levels
    words = f'{{value = {low}, name = "a"}}, {{value = {high}, name = "b"}}'
    built = site(
        {
            "site.toml": f'title = "A plan"\n[scales.s]\nlevels = [{words}]\n',
            "skills/s.md": f"title: S\nscale: s\nlevel: {low}\nassessed: 2026-01-01\n"
            f"history: [{{date: 2025-01-01, level: {high}}}]",
            "roles/r.md": f"title: R\nrequires: {{s: {high}, t: 3, u: 2}}",
            "roles/q.md": f"title: Q\nrequires: {{s: {high}}}",
        }
    )
    for url in ("gaps/", "skills/", "skills/s/", "roles/r/", "roles/q/"):
        found = drawings(built.text(f"{url}index.html"))
        assert found, url
        for drawing in found:
            if "viewBox" in drawing:
                inside(drawing)


@pytest.mark.parametrize(
    ("title", "file", "texts"),
    [
        # Nothing is planned on a day.
        (
            "Goals along time",
            "goals/g.md",
            ["title: Some day", "title: It\nstatus: done\ndue: 2026"],
        ),
        # There is no value, or one day alone.
        (
            "Planned and done",
            "goals/g.md",
            [
                "title: No value\nstart: 2026-01\ndue: 2026-12\nmetric: {target: 5}",
                "title: No dates\nmetric: {target: 5, current: 2}",
                "title: One day\ndone: 2026-06\nmilestones: [{title: A, done: 2026-07-01}]",
                "title: A habit\nstart: 2026-01\ncadence: week\nlog: [2026-06-01]",
                "title: A step\ndue: 2026-12",
            ],
        ),
        # One role has its table of gaps and needs no matrix.
        (
            "Gaps by skill and role",
            "roles/a.md",
            ["title: A\nrequires: {python: 3}", "title: A"],
        ),
        # One rating, or one without a day, is told by its table alone.
        (
            "Level over time",
            "skills/s.md",
            ["title: S", "title: S\nlevel: 3", "title: S\nlevel: 3\nassessed: 2026-01-01"],
        ),
        # Before its first period a habit has no calendar.
        (
            "When it was kept",
            "goals/g.md",
            [
                "title: To come\nstart: 2027-01\ncadence: week",
                "title: No start\ncadence: week",
                "title: No habit\nmetric: 3/5 talks",
            ],
        ),
        ("Costs by quarter", "goals/g.md", ["title: A\ncost: 0 EUR"]),
    ],
)
def test_there_is_no_chart_where_there_is_nothing_to_draw(
    title: str, file: str, texts: list[str]
) -> None:
    """On no page of the site, whatever else the record says, nor in an empty plan."""
    for text in ["", *texts]:
        built = site({file: text} if text else {})
        shown = [t for _, page in built.pages() for t in page.texts("p", cls="chart-title")]
        assert title not in shown


@pytest.mark.parametrize(
    "goal",
    [
        "title: One day\ndue: 2026-07-01\nstart: 2026-07-01",
        "title: Long ago\nstart: 2001\ndue: 2003",
        "title: Far\nstart: 2026\ndue: 2046",
        "title: Last\ndue: 2200",
        'title: "</text><script>alert(1)</script>"\ndue: 2026-09',
        'title: "\u05dc\u05dc\u05de\u05d5\u05d3 \u05e2\u05d1\u05e8\u05d9\u05ea"\ndue: 2026-09',
        f"title: {'Very long ' * 40}\ndue: 2026-09",
        "title: Undated\nstart: 2026-01\ndue: 2026-12\nmetric: 3/5 talks",
        (
            "title: Falling\nstart: 2026-01\ndue: 2026-12\nmetric: {baseline: 82, target: 74, "
            "history: [{date: 2026-02-01, value: 85}, {date: 2026-06-01, value: 70}]}"
        ),
        (
            "title: Slow\nstart: 2016\ndue: 2036\nmetric: {target: 1000000, "
            "history: [{date: 2026-06-01, value: 1}]}"
        ),
        (
            "title: Late\nstart: 2026-01\ndue: 2026-03\n"
            "milestones: [{title: '<b>A</b>', due: 2027}, {title: B, due: 2025}, C]"
        ),
    ],
)
def test_the_charts_of_any_goal_are_drawn_inside_and_as_text(goal: str) -> None:
    """Whatever a goal is called, whenever it is and whatever it measures."""
    built = site({"goals/odd.md": goal})
    found = [d for url in ("plan/", "goals/odd/") for d in drawings(built.text(f"{url}index.html"))]
    assert found
    for drawing in found:
        assert not re.search("<(?:script|b)\\b", drawing)
        inside(drawing)
        for span in re.findall(r'class="span" d="([^"]*)"', drawing):
            left, _, right = places(span)
            assert left < right
