"""Tests of the table of rules and of the laws that hold for all of them."""

import re
import sys
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.rules.conftest import CheckPlan

from planfolio.model.diagnostics import Severity
from planfolio.pipeline import CheckResult
from planfolio.rules.registry import RULES
from planfolio.rules.rule import Rule

# Goals with a fault of each letter of SMART; `{smart}` is where letters are excepted.
FAULTY = {
    "site.toml": "[plan]\nhours_per_week = 6\n[check.severity]\nR102 = 'info'\n",
    "skills.md": "items: {sql: 1}\n",
    "roles/planner.md": "title: Planner\nrequires: {sql: 3}\n",
    "goals/vague.md": "title: Improve my writing\n{smart}",
    "goals/study.md": "title: Study for my thesis or the exam\n{smart}",
    "goals/long.md": "title: A portfolio of my own\nstart: 2026-01-01\ndue: 2026-12-31\n{smart}",
    "goals/metric.md": "title: Talks\nhorizon: 6m\nstart: 2026-01-01\ndue: 2026-04-30\n"
    "metric: {baseline: 3, target: 12, current: 2}\n{smart}",
    "goals/own.md": "title: Handbook\nmetric: 60/100 %\ncost: 1 EUR\n{smart}",
    "goals/done.md": "title: Walks\nstatus: done\nmetric: 7/12 walks\n{smart}",
    "goals/steep.md": "title: Course\nwhen: 2026-Q3\nneed: training\nraises: {sql: 3}\n"
    "after: [late]\nmilestones: {Too late: 2026-12}\n{smart}",
    "goals/late.md": "title: Certificate\ndue: 2027-01-31\nmetric: {target: 3}\n{smart}",
}


OTHER_KINDS = {"R104", "T108", "T109"}
"""Rules whose examples are parts of roles, opportunities and resources."""


def smart_findings(checked: CheckResult) -> Counter[tuple[str, str]]:
    """Return the findings of SMART rules, by code and file."""
    return Counter(
        (d.code, d.path) for d in checked.diagnostics if d.code[0] in "SMART" and d.code != "R104"
    )


def with_excepted(letters: str) -> dict[str, str]:
    """Return the faulty plan with letters excepted by all its goals."""
    line = f"smart: {{except: [{', '.join(letters)}], reason: Because}}\n" if letters else ""
    return {path: text.replace("{smart}", line) for path, text in FAULTY.items()}


@settings(
    max_examples=32,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(letters=st.sets(st.sampled_from("SMART")).map(lambda found: "".join(sorted(found))))
def test_excepting_letters_only_takes_away_their_findings(
    letters: str, check_plan: CheckPlan
) -> None:
    """The findings of excepted letters go, and no others come."""
    all_found = smart_findings(check_plan(with_excepted("")))
    assert {code[0] for code, _ in all_found} == set("SMART")
    left = smart_findings(check_plan(with_excepted(letters)))
    kept = Counter({one: n for one, n in all_found.items() if one[0][0] not in letters})
    assert left == kept


def test_drafts_are_free_of_nagging(check_plan: CheckPlan) -> None:
    """A draft raises errors and nothing else."""
    plan = {
        path: re.sub(r"status: done\n", "", text).replace("{smart}", "status: draft\n")
        if path.startswith("goals/")
        else text
        for path, text in FAULTY.items()
    }
    checked = check_plan({**plan, "goals/m102.md": "title: X\nstatus: draft\nmetric: 0/0 t\n"})
    nagging = [
        d for d in checked.diagnostics if d.path.startswith("content/goals/") and d.code != "M102"
    ]
    assert nagging == []
    assert [d.code for d in checked.errors] == ["M102"]


def test_a_vague_goal_is_told_one_thing(check_plan: CheckPlan) -> None:
    """S101 on a goal hides M101, S102 and S105 there, but not findings about its dates."""
    checked = check_plan({"goals/a.md": "title: Improve my writing\n"})
    assert [d.code for d in checked.diagnostics] == ["S101", "T101"]


def test_a_language_without_phrases_leaves_the_other_rules_alone(check_plan: CheckPlan) -> None:
    """Without a list nothing is vague, so the missing measure is found instead."""
    checked = check_plan({"site.toml": "language = 'cs'", "goals/a.md": "title: Improve it\n"})
    assert [d.code for d in checked.diagnostics] == ["M101", "T101"]


def test_the_smallest_useful_plan_is_clean(check_plan: CheckPlan) -> None:
    """Three small files give no warning: a wrong nag costs more than a missed one."""
    checked = check_plan(
        {
            "skills.md": "items: {python: 3, kubernetes: 1}\n",
            "roles/platform-engineer.md": "title: Platform engineer\n"
            "requires: {python: 4, kubernetes: 3}\n",
            "goals/cka.md": "---\ntitle: Pass the CKA exam\ndue: 2026-Q3\n"
            "raises: [kubernetes, python]\n---\n\n- [x] Book\n- [ ] Labs\n",
        }
    )
    assert {d.code: d.severity for d in checked.diagnostics} == {"P102": Severity.INFO}


def test_one_finding_about_many_counts_them_and_has_all_of_them(check_plan: CheckPlan) -> None:
    """The message has the number and two more places; the data let each page show its own part."""
    goals = {
        f"goals/{name}.md": f"title: Pass the exam {name}\ndue: 2026-08\nmetric: {{target: 3}}\n"
        for name in "abcdef"
    }
    checked = check_plan(
        {
            "site.toml": "[plan]\nhours_per_week = 5\n",
            "roles/chef.md": "title: Chef\nrequires: {fish: 3, meat: 3}\n",
            "skills.md": "items: {fish: 1, meat: 2, bread: 4, rice: 4}\n",
            "goals/paid.md": "title: Read the book\ndue: 2026-08\ncost: 9 EUR\neffort: 9h\n",
            **goals,
        }
    )
    found = {d.code: d for d in checked.diagnostics}
    subjects = {code: " ".join(key.id for key in d.subjects) for code, d in found.items()}
    many = dict.fromkeys(("A103", "A105", "M108"), "a b c d e f")
    assert many.items() | {("P102", "bread rice"), ("R104", "fish meat")} <= subjects.items()
    assert found["M108"].path == "content/goals/a.md"
    places = "content/goals/b.md:4, content/goals/c.md:4"
    assert found["M108"].message == f"6 metrics have no measurement yet; also {places} and 3 more"
    assert found["M108"].message_for_one == "this metric has no measurement yet"


def test_the_work_grows_with_the_findings_and_not_with_their_square(check_plan: CheckPlan) -> None:
    """Four times as many goals, each with several findings, take four times as many calls."""
    goal = (
        "{title: Run or sell it, start: 2026-01, due: 2026-02, metric: {target: 3, current: -1}, "
        "raises: {s: 4}, after: [g0, %s]}"
    )

    def calls(goals: int) -> int:
        chain = (goal % f"g{n - 1}" if n else "{due: 2026-09}" for n in range(goals))
        items = "".join(f"  g{n}: {text}\n" for n, text in enumerate(chain))
        made = 0

        def count(*_: object) -> None:
            nonlocal made
            made += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            checked = check_plan({"goals.md": f"items:\n{items}", "skills.md": "items: {s: 1}\n"})
        finally:
            sys.setprofile(before)
        assert len(checked.diagnostics) >= 5 * (goals - 1)
        return made

    assert calls(1200) < 4.4 * calls(300)


def test_severities_of_one_rule_may_differ(check_plan: CheckPlan) -> None:
    """Behind the baseline warns, beyond the target is a note; done too early is an error."""
    checked = check_plan(
        {
            "goals/a.md": "title: T\nmetric: {target: 12, unit: t, current: -1}\ndue: 2026-08\n",
            "goals/b.md": "title: T\nmetric: {target: 12, unit: t, current: 13}\ndue: 2026-08\n",
            "goals/c.md": "title: T\nmetric: 3/12 t\nstatus: done\n",
            "goals/d.md": "title: T\nmetric: {target: 3, current: 3, as_of: 2026-01-01, unit: t}\n",
        }
    )
    found = [(d.path[14], d.code, d.severity.value) for d in checked.diagnostics]
    assert found == [
        ("a", "M103", "warning"),
        ("b", "M103", "info"),
        ("c", "M107", "error"),
        ("d", "M107", "warning"),
    ]


days = st.sampled_from(["2025-01-01", "2026-Q1", "2026-05-01", "2026-12", "2028", "+3m"])
fixed = st.sampled_from(["2025-01-01", "2026-05-01", "2026-06"])
steps = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2).map(lambda found: str(found))
values = st.sampled_from(["-1", "0", "3", "12", "13"])
goals = st.fixed_dictionaries(
    {"title": st.sampled_from(["Improve it", "Study for it or that", "AZ-900", "更好", "x" * 90])},
    optional={
        "kind": st.sampled_from(["learning", "habit", "direction"]),
        "status": st.sampled_from(["active", "draft", "done", "paused", "dropped"]),
        "done": fixed,
        "start": days,
        "due": days,
        "when": st.sampled_from(["2026-Q2", "2025"]),
        "horizon": st.sampled_from(["90d", "2y"]),
        "parent": st.sampled_from(["a", "b"]),
        "after": steps,
        "raises": st.sampled_from(["[s, t]", "{s: 4, t: 1}"]),
        "metric": st.builds(
            lambda low, top, now, on: (
                f"{{baseline: {low}, target: {top}, unit: '%', current: {now}, as_of: {on}, "
                f"history: [{{date: {on}, value: {low}}}]}}"
            ),
            values,
            st.sampled_from(["0", "12", "100"]),
            values,
            fixed,
        ),
        "effort": st.just("4h"),
        "cost": st.just("9 EUR"),
        "milestones": st.sampled_from(["[M]", "{M: 2026-02}", "{M: {done: 2026-03}}"]),
        "visibility": st.sampled_from(["mentor", "private"]),
        "smart": st.just("{except: [M, T]}"),
        "replans": st.just("[{date: 2026-01-01}, {date: 2026-02-01}]"),
    },
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.fixed_dictionaries(dict.fromkeys("abc", goals)), language=st.sampled_from("ez"))
def test_any_mixture_of_fields_gives_findings_with_places(
    plan: dict[str, dict[str, str]], language: str, check_plan: CheckPlan
) -> None:
    """Whatever fields meet, no rule raises, and each finding has words, a place and a subject."""
    files = {
        f"goals/{name}.md": "".join(f"{key}: {value}\n" for key, value in fields.items())
        for name, fields in plan.items()
    }
    extra = {
        "site.toml": f"language = '{language}n'\n[plan]\nhours_per_week = 5\nstart = 2025-06-01\n"
        "review_every = 'month'\nrole = 'r'\n",
        "roles/r.md": "title: R\nrequires: {s: 4, t: {level: 2, must: true}, u: 1}\n",
        "skills.md": "items: {s: 1, t: {level: 3, assessed: 2026-01}}\n",
        "reviews/one.md": "title: One\ndate: 2026-04-30\nmetrics: {a: 7}\nlevels: {t: 2}\n",
    }
    checked = check_plan({**files, **extra})
    for diagnostic in checked.diagnostics:
        assert diagnostic.message
        assert diagnostic.span.line >= 1
        assert "{" not in diagnostic.message
        assert diagnostic.code in RULES


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The rise to $80k this year", "$80k"),
        ("A rent of 1.250,00 € in Brno", "1.250,00 €"),
        ("It pays R$ 5.000 a month", "R$ 5.000"),
        ("From 70,000 to 80,000 EUR", "80,000 EUR"),
        ("A fee of EUR 395 is due", "EUR 395"),
        ("A fee of £20, in cash", "£20"),
        ("Tel. 030 1234567, evenings", "Tel. 030 1234567"),
        ("Call +420 601 123 456 now", "+420 601 123 456"),
        ("From `+1 5` (555) 123-4567", "(555) 123-4567"),
        ("电话：４１６５５５０１９９, 电话 ４１６５５５０１９９", "电话 ４１６５５５０１９９"),
        ("Write to jane.doe+cv@mail.co.uk.", "jane.doe+cv@mail.co.uk"),
    ],
)
def test_personal_data_is_quoted_whole(text: str, words: str, check_plan: CheckPlan) -> None:
    """The message of V102 names what was found, all of it and nothing else."""
    checked = check_plan({"goals/a.md": f"---\ntitle: One\ndue: 2026-08\n---\n{text}\n"})
    found = [d.message for d in checked.diagnostics if d.code == "V102"]
    assert len(found) == 1
    assert found[0].endswith(f": {words}")


def test_no_text_keeps_a_search_busy(check_plan: CheckPlan) -> None:
    """Texts on which a careless pattern would run for hours are searched to their end."""
    texts = ["1 " * 40_000, "a." * 40_000 + "@", "`" * 40_000, "+1 " * 40_000, "read " * 40_000]
    files = {
        f"goals/{n}.md": f"---\ntitle: {text[:40_000]!r}\n---\n{text}EUR\n"
        for n, text in enumerate(texts)
    }
    assert {d.code for d in check_plan(files).diagnostics if d.code[0] == "V"} <= {"V102"}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_each_rule_explains_itself(rule: Rule) -> None:
    """Code, name, reason and examples of each rule are fit to be printed."""
    assert re.fullmatch(r"[SMARTPVLF]\d{3}", rule.code)
    assert rule.letter == rule.code[0]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.summary[0].islower() or not rule.summary[0].isalpha()
    assert not rule.summary.endswith(".")
    assert 2 <= len(re.findall(r"[.?:]”?(?= |$)", rule.why)) <= 7
    assert rule.bad.strip() != rule.good.strip()
    assert rule.bad.strip()
    assert rule.good.strip()


ABOUT_GOALS = [
    rule for rule in RULES.values() if rule.letter in "SMART" and rule.code not in OTHER_KINDS
]


@pytest.mark.parametrize("rule", ABOUT_GOALS, ids=lambda rule: rule.code)
def test_an_example_can_be_written_as_it_stands(rule: Rule, check_plan: CheckPlan) -> None:
    """What `explain` shows of a goal is read without an error of form."""
    for example in (rule.bad, rule.good):
        fields, _, body = example.partition("---\n")
        title = "" if "title:" in fields else "title: Talks\n"
        checked = check_plan({"goals/a.md": f"---\n{title}{fields}\n---\n{body}\n"})
        assert [d for d in checked.diagnostics if d.code in {"F101", "F102", "F104"}] == []


def test_rules_are_sorted_and_their_names_differ() -> None:
    """The table is in the order of codes, each under its own, and no name is used twice."""
    assert list(RULES) == sorted(RULES)
    assert all(code == rule.code for code, rule in RULES.items())
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
