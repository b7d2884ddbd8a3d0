"""Tests of `planfolio gaps --if`: what would be with other levels and other hours."""

import json

import pytest
from tests.cli.conftest import MakePlan, Run
from tests.reading import files_below

FILES = {
    "site.toml": "[plan]\nhours_per_week = 6\n",
    "content/skills.md": (
        "---\nitems: {kubernetes: {level: 1, assessed: 2026-06-01}, writing: 1, design: 3,"
        " python: 5}\n---\n"
    ),
    "content/skills/go.md": "---\ntitle: Go\naliases: [golang]\nscale: cefr6\nlevel: A2\n---\n",
    "content/roles/lead.md": (
        "---\ntitle: Lead\nready_at: 75\nrequires:\n  kubernetes: {level: 4, weight: 5}\n"
        "  writing: {level: 3, weight: 2}\n  design: {level: 4, weight: 4}\n"
        "  python: {level: 4, weight: 3}\n---\n"
    ),
    "content/roles/other.md": "---\ntitle: Other\nstatus: considering\nrequires: {rust: 2}\n---\n",
    "content/goals/a.md": "---\ntitle: A\ndue: 2026-07-29\neffort: 20h\n---\n",
    "content/goals/b.md": (
        "---\ntitle: B\ndue: 2026-08-26\neffort: 30h\nraises: {kubernetes: 3}\n---\n"
    ),
    "content/goals/c.md": "---\ntitle: C\ndue: 2026-10-21\neffort: 16h\n---\n",
    "content/reviews/r.md": "---\ntitle: R\ndate: 2026-06-30\nlevels: {kubernetes: 2}\n---\n",
}
AS_OF = ("--as-of", "2026-07-01")


def test_before_and_after_stand_side_by_side(run: Run, plan: MakePlan) -> None:
    """36 of 54 points are 67%, 41 with Kubernetes at 3 are 76%; 46 with Kubernetes at 4 are 85%.

    Of 75% 41 points are enough: ready once B is done, on 29 August at 6 hours a week. At 4 hours
    20 h take 35 days, 7 too many, 50 h 87 1/2 and 66 h 115 1/2 of 112. Gaps without hours to close
    them stand first. A rating by a review does not count against what is assumed. No file is
    changed.
    """
    root = plan(FILES)
    before = files_below(root)
    text = run("gaps", "--site", root, *AS_OF, "--if", "kubernetes=Advanced", "--if", "hours=4")
    assert [" ".join(line.split()) for line in text.stdout.splitlines()] == [
        *("Lead before after", "readiness 67% 85%", "planned readiness 76% 85%"),
        *("ready on 2026-08-29 now", "gaps 3 2", "- design 1 1", "- writing 2 2"),
        *("- kubernetes 2 none", "", "Other before after", "readiness 0% to 100% 0% to 100%"),
        *("planned readiness 0% to 100% 0% to 100%", "ready on unknown unknown", "gaps 1 1"),
        *("- rust unknown unknown", "", "Hours before after", "hours a week 6 h 4 h"),
        *("enough no no", "would do 6.3 h 6.3 h", "late steps 1 3"),
    ]
    assert files_below(root) == before


def test_as_json(run: Run, plan: MakePlan) -> None:
    """Before is what plan.json says, after has the same form; a skill without a file can be meant.

    At 7 hours a week 50 h take 50 days, until 20 August.
    """
    args = ("--site", plan(FILES), *AS_OF, "--format", "json")
    whole = json.loads(run("gaps", *args).stdout)
    found = json.loads(run("gaps", *args, "--if", "rust=2", "--if", "hours=7").stdout)
    assert found["if"] == {"levels": {"rust": 2}, "hours_per_week": 7}
    assert found["before"]["roles"] == whole["roles"]
    lead, other = found["after"]["roles"]
    assert (lead["readiness"], lead["ready_on"]) == (whole["roles"][0]["readiness"], "2026-08-20")
    assert (other["readiness"], other["ready"]) == ({"low": 1, "high": 1}, True)
    fits = [found[name]["capacity"]["fits"] for name in ("before", "after")]
    assert fits == [False, True]


@pytest.mark.parametrize(
    ("assumed", "message", "hint"),
    [
        ("kubernets=4", "there is no skill `kubernets`", "did you mean `kubernetes`?"),
        ("hour=4", "there is no skill `hour`", "did you mean `hours`?"),
        ("python=6", "python: `6` is beyond the top of the scale five, 5 (Expert)", "write 0 to 5"),
        (
            "golang=Expert",
            "golang: `Expert` is a level of five or dreyfus, not of cefr6",
            "write 1 to 6",
        ),
        ("python", "`python` assumes nothing", "write SKILL=LEVEL, or hours=8"),
        ("hours=0", "hours: a week has more than 0 and at most 168 hours", "write the hours"),
        ("hours=few", "hours: `few` is no number", "write digits"),
        ("python=", "python: `` is no level", "write a number"),
    ],
)
def test_what_cannot_be_assumed_is_told(
    run: Run, plan: MakePlan, assumed: str, message: str, hint: str
) -> None:
    """Names and levels that are not there, with what may be meant."""
    options = [option for each in assumed.split() for option in ("--if", each)]
    result = run("gaps", "--site", plan(FILES), *AS_OF, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert hint in result.stderr
