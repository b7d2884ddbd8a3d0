"""References and levels: names become ids, or a diagnostic that says what was meant."""

from pathlib import Path

import pytest
from tests.reading import plan_in, record

SKILLS = record("items: {python: 3, kubernetes: 1}")


def goal(*lines: str) -> str:
    """Return a goal with these lines from line 3 on."""
    return record("title: G", *lines)


@pytest.mark.parametrize(
    "written",
    [
        *("cka", "CKA", "goals/cka", "Goals/CKA", "goal/cka", "certified-admin"),
        *("goals/Certified-Admin", "' cka '", "e\N{COMBINING ACUTE ACCENT}tude"),
    ],
)
def test_a_record_is_found_by_its_names(tmp_path: Path, written: str) -> None:
    """By id, with folder or kind before it, by an alias, in any case and normal form."""
    files = {
        "goals/cka.md": record(
            "title: CKA", "aliases: [certified-admin, \N{LATIN SMALL LETTER E WITH ACUTE}tude]"
        ),
        "goals/g.md": goal(f"parent: {written}"),
    }
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    assert read.record("goal/g").fields.parent == "cka"
    (edge,) = read.plan.edges
    assert (str(edge.source), edge.loc, str(edge.target)) == ("goal/g", ("parent",), "goal/cka")
    assert (edge.span.line, edge.span.column) == (3, 9)


def test_an_id_comes_before_an_alias(tmp_path: Path) -> None:
    """A living record is never hidden by an old name of another, which is an error too."""
    files = {
        "goals/a.md": record("title: A", "aliases: [b]"),
        "goals/b.md": record("title: B"),
        "goals/c.md": goal("parent: b"),
    }
    read = plan_in(tmp_path, files)
    assert read.said == ["goals/a.md:3:11 F103"]
    assert read.record("goal/c").fields.parent == "b"


@pytest.mark.parametrize("alias", ["g", "G", "h", "x y"])
def test_an_alias_is_a_name_of_its_own(tmp_path: Path, alias: str) -> None:
    """Not the record's own id, not another's, and not another's address."""
    files = {
        "goals/g.md": goal(f"aliases: [ok, {alias}]"),
        "goals/h.md": record("title: H"),
        "goals/x-y.md": record("title: X"),
    }
    assert plan_in(tmp_path, files).said == ["goals/g.md:3:15 F103"]


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ("parent: ckaa", "3:9", "did you mean `cka`?"),
        ("parent: goals/ckaa", "3:9", "did you mean `cka`?"),
        ("parent: certifed-admin", "3:9", "did you mean `cka`?"),
        ("parent: skills/python", "3:9", ""),
        ("parent: zzz", "3:9", "`content/goals/zzz.md`"),
        ("role: sre", "3:7", "`content/roles/sre.md`"),
        ("raises: {pyton: 3}", "3:10", "did you mean `python`?"),
        ("raises: [python, kubernets]", "3:18", "did you mean `kubernetes`?"),
        ("raises: rust", "3:9", "`content/skills/rust.md`"),
        ("after: [cka, gone]", "3:14", "`content/goals/gone.md`"),
        ("milestones: {A: {after: [gone]}}", "3:26", "`content/milestones/gone.md`"),
    ],
)
def test_an_unknown_name_is_told_what_it_may_mean(
    tmp_path: Path, line: str, place: str, hint: str
) -> None:
    """At the name itself, be it a key, an item or a value."""
    files = {
        "skills.md": SKILLS,
        "goals/cka.md": record("title: C", "aliases: [certified-admin]"),
        "goals/g.md": goal(line),
    }
    read = plan_in(tmp_path, files)
    assert read.said == [f"goals/g.md:{place} L101"]
    assert hint in read.only().hint


def test_an_unknown_name_is_left_out(tmp_path: Path) -> None:
    """So that no later step finds a reference that leads nowhere."""
    files = {"skills.md": SKILLS, "goals/g.md": goal("raises: [python, gone]", "parent: gone")}
    fields = plan_in(tmp_path, files).record("goal/g").fields
    assert (list(fields.raises), fields.parent) == (["python"], None)


@pytest.mark.parametrize(
    ("files", "reference"),
    [
        ({"skills/rust.md": "---\ntitle: [\n---\n"}, "raises: [rust]"),
        ({"skills/rust.md": "---\ntitle: [\n---\n"}, "raises: [skills/Rust]"),
        ({"skills.md": "---\nitems: {rust: 3\n---\n"}, "raises: [rust]"),
        ({"skills.md": record("items: [rust]")}, "raises: [rust]"),
        ({"roles/sre.md": b"\xff"}, "role: sre"),
        ({"roles/sre.md": b"\xff"}, "answers: [Two years on call]"),
        ({"goals/a.md": "---\nmilestones: {Draft: 2026\n---\n"}, "after: [a-draft]"),
        ({"goals/a.md": "---\nx: *y\n---\n"}, "parent: a"),
        ({"roles/sre.md": record("title: S", "needs: [[A licence]]")}, "answers: [A licence]"),
        ({"skills/s.md": record("title: S", "scale: [cefr6]")}, "raises: {s: B2}"),
    ],
)
def test_what_could_not_be_read_is_not_unknown_too(
    tmp_path: Path, files: dict[str, str | bytes], reference: str
) -> None:
    """One broken file gives one error, not one for each that names it."""
    read = plan_in(tmp_path, {**files, "goals/g.md": goal(reference)})
    assert [d.code for d in read.diagnostics] in (["F101"], ["F102"])
    assert read.only().path != "content/goals/g.md"


def test_kinds_that_do_not_exist_yet_are_text(tmp_path: Path) -> None:
    """A mentor is a name as long as there are no people."""
    read = plan_in(tmp_path, {"goals/g.md": goal("mentor: Ada Lovelace")})
    assert read.diagnostics == ()
    assert read.record("goal/g").fields.mentor == "Ada Lovelace"


def test_after_names_its_own_kind_first(tmp_path: Path) -> None:
    """A goal's `after` means the goal, a milestone's the milestone of that id."""
    files = {
        "goals/x.md": record("title: X"),
        "milestones/x.md": record("title: X"),
        "goals/g.md": goal("after: [x, milestones/x]"),
        "milestones/m.md": record("title: M", "after: [x, goals/x]"),
    }
    read = plan_in(tmp_path, files)
    assert read.record("goal/g").fields.after == ("goal/x", "milestone/x")
    assert read.record("milestone/m").fields.after == ("milestone/x", "goal/x")


def test_milestones_of_one_goal_name_each_other_shortly(tmp_path: Path) -> None:
    """`draft` within `cka` is `cka-draft`, before any other `draft`."""
    files = {
        "goals/cka.md": record("title: C", "milestones: {Draft: , Final: {after: [draft]}}"),
        "milestones/draft.md": record("title: Another"),
    }
    read = plan_in(tmp_path, files)
    assert read.record("milestone/cka-final").fields.after == ("milestone/cka-draft",)


ROLE = record(
    "title: SRE",
    "needs: [{title: Two years on call, id: oncall}, A licence, {title: CI/CD course}]",
)


@pytest.mark.parametrize(
    ("written", "need"),
    [
        ("oncall", "sre/oncall"),
        ("Two years on call", "sre/oncall"),
        ("two YEARS on call", "sre/oncall"),
        ("A licence", "sre/a-licence"),
        ("sre/a-licence", "sre/a-licence"),
        ("roles/SRE/oncall", "sre/oncall"),
        ("CI/CD course", "sre/ci-cd-course"),
    ],
)
def test_a_need_is_named_by_id_or_title(tmp_path: Path, written: str, need: str) -> None:
    """With or without its role, and the reference counts as one to the role."""
    files = {"roles/sre.md": ROLE, "goals/g.md": goal(f"answers: [{written}]")}
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    assert read.record("goal/g").fields.answers == (need,)
    assert [str(edge.target) for edge in read.plan.edges] == ["role/sre"]


def test_the_need_of_a_goals_own_role_comes_first(tmp_path: Path) -> None:
    """Its own role, else its parent's, else the plan's; for a milestone its goal's."""
    need = "needs: [A licence]"
    files = {
        "roles/a.md": record("title: A", need),
        "roles/b.md": record("title: B", need),
        "roles/c.md": record("title: C", need),
        "goals/own.md": goal(
            "role: b", "answers: [A licence]", "milestones: {M: {answers: [A licence]}}"
        ),
        "goals/child.md": goal("parent: own", "answers: [A licence]"),
        "goals/other.md": goal("answers: [A licence]"),
        "site.toml": '[plan]\nrole = "C"\n',
    }
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    assert read.record("goal/own").fields.answers == ("b/a-licence",)
    assert read.record("goal/child").fields.answers == ("b/a-licence",)
    assert read.record("goal/other").fields.answers == ("c/a-licence",)
    assert read.record("milestone/own-m").fields.answers == ("b/a-licence",)


def test_a_skill_that_a_role_asks_for_exists(tmp_path: Path) -> None:
    """Unrated, at the place of the role, and goals can refer to it."""
    files = {
        "roles/sre.md": record("title: S", "requires: {site-reliability: 3}"),
        "goals/g.md": goal("raises: [site-reliability]"),
    }
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    skill = read.record("skill/site-reliability")
    assert (skill.title, skill.fields.level, skill.implied) == ("site reliability", None, True)
    assert skill.source.path == "content/roles/sre.md"


def test_names_that_differ_in_digits_are_two_skills(tmp_path: Path) -> None:
    """`python2` is no slip for `python3`."""
    files = {
        "skills.md": record("items: {python3: 3}"),
        "roles/sre.md": record("title: S", "requires: {python2: 3}"),
    }
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    assert read.ids == ["role/sre", "skill/python2", "skill/python3"]


@pytest.mark.parametrize("name", ["???", "a/b", "Site Reliability"])
def test_a_name_that_gives_no_address_of_its_own_is_no_skill(tmp_path: Path, name: str) -> None:
    """Nor one that would have the page of another."""
    files = {
        "skills.md": record("items: {site-reliability: 3}"),
        "roles/sre.md": record("title: S", f"requires: {{'{name}': 3}}"),
    }
    assert plan_in(tmp_path, files).said == ["roles/sre.md:3:12 L101"]


def levels_of(tmp_path: Path, line: str, scale: str = "five") -> tuple[list[str], object]:
    """Return what is said of a line of a goal that raises `s`, and the number it is raised to."""
    files = {"skills/s.md": record("title: S", f"scale: {scale}"), "goals/g.md": goal(line)}
    read = plan_in(tmp_path, files)
    level = read.record("goal/g").fields.raises.get("s")
    return read.said, level.number if level else None


@pytest.mark.parametrize(
    ("scale", "written", "number"),
    [
        ("five", "3", 3),
        ("five", "Advanced", 4),
        ("cefr6", "b2", 4),
        ("dreyfus", "novice", 1),
        ("sfia7", "7", 7),
    ],
)
def test_a_level_is_a_number_or_a_word_of_the_skills_scale(
    tmp_path: Path, scale: str, written: str, number: int
) -> None:
    """Whatever the case of the word."""
    assert levels_of(tmp_path, f"raises: {{s: {written}}}", scale) == ([], number)


@pytest.mark.parametrize(
    ("scale", "written", "code"),
    [
        ("five", "6", "F106"),
        ("five", "B2", "F106"),
        ("cefr6", "expert", "F106"),
        ("five", "x", "F102"),
    ],
)
def test_a_level_of_another_scale_is_an_error(
    tmp_path: Path, scale: str, written: str, code: str
) -> None:
    """At the level; no scale at all has a word like that: F102."""
    said, number = levels_of(tmp_path, f"raises: {{s: {written}}}", scale)
    assert (said, number) == ([f"goals/g.md:3:13 {code}"], None)


def test_levels_of_a_skill_are_on_its_own_scale(tmp_path: Path) -> None:
    """Its level, its history and its evidence, and what reviews say of it."""
    text = record(
        "title: German",
        "scale: cefr6",
        "level: B1",
        "history: [{date: 2026, level: A2}, {date: 2026, level: 9}]",
        "evidence: [{title: Exam, level: C3}]",
    )
    review = record("title: R", "levels: {german: B2}")
    read = plan_in(tmp_path, {"skills/german.md": text, "reviews/r.md": review})
    assert read.said == ["skills/german.md:5:56 F106", "skills/german.md:6:33 F102"]
    german = read.record("skill/german").fields
    assert german.level.number == 3
    # An entry of a history says nothing without its level, but evidence does.
    assert [entry.level.text for entry in german.history] == ["A2"]
    assert [(item.title, item.level) for item in german.evidence] == [("Exam", None)]
    assert read.record("review/r").fields.levels["german"].number == 4


def test_scales_of_ones_own_and_of_the_plan(tmp_path: Path) -> None:
    """A skill that names none has the plan's."""
    site = (
        '[plan]\nscale = "mine"\n[scales.mine]\n'
        'levels = [{ value = 0, name = "no" }, { value = 10, name = "yes" }]\n'
    )
    files = {"skills/s.md": record("title: S", "level: yes"), "site.toml": site}
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    assert read.record("skill/s").fields.level.number == 10


@pytest.mark.parametrize(
    ("scale", "written", "level", "stretch"),
    [
        ("five", "3-4", 3, 4),
        ("five", "3 - 4", 3, 4),
        ("cefr6", "B1-B2", 3, 4),
        ("five", "3", 3, None),
    ],
)
def test_a_range_is_a_level_and_a_stretch(
    tmp_path: Path, scale: str, written: str, level: int, stretch: int | None
) -> None:
    """In numbers and words."""
    files = {
        "skills/s.md": record("title: S", f"scale: {scale}"),
        "roles/r.md": record("title: R", f"requires: {{s: {written}}}"),
    }
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    asked = read.record("role/r").fields.requires["s"]
    assert asked.level.number == level
    assert (asked.stretch.number if asked.stretch else None) == stretch


def test_a_mistyped_id_is_one_finding_at_the_record(tmp_path: Path) -> None:
    """Two references name `presenting`, none `persenting`: the id is wrong, and they are not."""
    files = {
        "skills.md": "---\nitems:\n  persenting: 2\n  sql: 1\n---\n",
        "goals/a.md": record("title: A", "raises: [presenting]"),
        "goals/b.md": record("title: B", "raises: [presenting, sql]"),
    }
    read = plan_in(tmp_path, files)
    assert read.said == ["skills.md:3:3 L101"]
    assert "write `presenting` here" in read.only().hint
    assert "content/goals/a.md:3 and content/goals/b.md:3" in read.only().hint
    read = plan_in(tmp_path, {"goals/c.md": record("title: C", "raises: [persenting]")})
    assert read.said == ["goals/a.md:3:10 L101", "goals/b.md:3:10 L101"]


LICENCE = "needs: [A licence]"


@pytest.mark.parametrize(
    ("files", "said", "hint"),
    [
        (
            {"roles/a.md": record("title: A", LICENCE), "roles/b.md": record("title: B", LICENCE)}
            | {"goals/g.md": goal("answers: [A licence]")},
            "goals/g.md:3:11 L101",
            "write one of `a/a-licence`, `b/a-licence`",
        ),
        (
            {"roles/sre.md": ROLE, "goals/g.md": goal("answers: [A license]")},
            "goals/g.md:3:11 L101",
            "did you mean `sre/a-licence`?",
        ),
        (
            {"roles/sre.md": record("title: S", "needs: [A b, C, A B]")},
            "roles/sre.md:3:17 F103",
            "take one out, or give one an `id`",
        ),
        (
            {"roles/sre.md": record("title: S", "needs: [A licence, {title: B, id: A-Licence}]")},
            "roles/sre.md:3:35 F103",
            "take one out, or give one an `id`",
        ),
        (
            {"skills.md": SKILLS, "roles/sre.md": record("title: S", "requires: {kubernets: 3}")},
            "roles/sre.md:3:12 L101",
            "did you mean `kubernetes`?",
        ),
        (
            {"skills.md": SKILLS, "goals/g.md": goal("raises: {python: 4, Python: 5}")},
            "goals/g.md:3:21 F103",
            "keep one",
        ),
        (
            {"skills/s.md": record("title: S", "scale: six", "level: 3")},
            "skills/s.md:3:8 F102",
            "known: five, dreyfus, sfia7, cefr6",
        ),
        *(
            (
                {"skills.md": SKILLS, "roles/r.md": record("title: R", f"requires: {written}")},
                f"roles/r.md:3:{column} F102",
                "write the lower level first",
            )
            for written, column in (("{python: 4-3}", 20), ("{python: {level: 4, stretch: 3}}", 40))
        ),
        (
            {"site.toml": '[plan]\nrole = "srr"\n', "roles/sre.md": ROLE, "goals/g.md": goal()},
            "site.toml:2:8 L101",
            "did you mean `sre`?",
        ),
    ],
)
def test_what_a_name_or_level_cannot_be_is_told_at_its_place(
    tmp_path: Path, files: dict[str, str], said: str, hint: str
) -> None:
    """Needs that two roles have, names given twice, slips, and a stretch below its level."""
    read = plan_in(tmp_path, {**files})
    assert (read.said, read.only().hint) == ([said], hint)
