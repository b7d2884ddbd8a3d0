"""The scales of a plan."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.values.reading import any_text, fault_of, reads_or_refuses
from tests.reading import plan_in, record
from tests.tables import read_table

from planfolio.model.diagnostics import Problem
from planfolio.model.scales import SCALES, Level, Scale, ScaleLevel, read_level
from planfolio.model.settings import Settings

GRADES = {"levels": [{"value": "2", "name": "good"}, {"value": "1", "name": "fair"}]}


def known_scales(**own: object) -> dict[str, Scale]:
    """Return the scales of a plan whose site.toml has these."""
    settings: Settings = read_table(Settings, {"scales": own})
    return settings.known_scales()


def test_a_scale_of_ones_own_is_added_with_its_levels_in_order() -> None:
    """However they were written; its name is its title, and one without a level is none."""
    found = known_scales(grades=GRADES, empty={"levels": []})
    assert list(found) == [*SCALES, "grades"]
    assert [level.name for level in found["grades"].levels] == ["fair", "good"]
    assert found["grades"].top == 2
    assert found["grades"].title == "grades"


def test_a_scale_of_ones_own_takes_the_place_of_one_that_ships() -> None:
    """And leaves the others as they are."""
    found = known_scales(five={"title": "Mine", **GRADES})
    assert found["five"].title == "Mine"
    assert {**found, "five": SCALES["five"]} == known_scales() == dict(SCALES)


@pytest.mark.parametrize(
    ("plans", "named", "scale"),
    [
        ("cefr6", "scale: dreyfus", "dreyfus"),
        ("cefr6", "", "cefr6"),
        ("typo", "scale: typo", "five"),
    ],
)
def test_a_skill_has_the_scale_that_it_names_else_the_plans(
    tmp_path: Path, plans: str, named: str, scale: str
) -> None:
    """And where neither is known, the one of five."""
    site = f'[plan]\nscale = "{plans}"\n'
    plan = plan_in(tmp_path, {"site.toml": site, "skills/sql.md": record("title: S", named)}).plan
    assert plan.scale_of(plan.skills["sql"]).name == scale


ALL = [(scale, level) for scale in SCALES.values() for level in scale.levels]


def fault(scale: str, text: str) -> Problem:
    """Return what a shipped scale has against a text."""
    return fault_of(lambda typed: SCALES[scale].read(typed, scales=SCALES), text)


@pytest.mark.parametrize(("scale", "level"), ALL, ids=lambda each: each.name)
def test_each_level_has_a_meaning_and_reads_by_name_and_number(
    scale: Scale, level: ScaleLevel
) -> None:
    """In any case, with hyphens for spaces; and its number gives its word."""
    assert level.definition.endswith(".")
    name = level.name
    for text in (name, name.upper(), name.lower().replace(" ", "-"), str(level.value)):
        assert scale.read(text, scales=SCALES) == level.value
    assert scale.word(level.value) == level.name


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_numbers_between_two_levels_are_levels(scale: Scale) -> None:
    """Halves are common; their word is that of the level they have reached."""
    assert scale.read("1.10", scales=SCALES) == Fraction(11, 10)
    half = scale.bottom + Fraction(1, 2)
    assert scale.read(f"{float(half)}", scales=SCALES) == half
    assert scale.word(half) == scale.levels[0].name


def test_a_number_above_the_scale_is_of_another() -> None:
    """6 is beyond the top of five, and on sfia7."""
    six = fault("five", "6")
    assert (six.code, six.name) == ("F106", "other-scale")
    assert six.message == "`6` is beyond the top of the scale five, 5 (Expert)"
    assert six.hint == (
        "write 0 to 5, or None, Aware, Beginner, Practitioner, Advanced or Expert; "
        "or give the skill `scale: sfia7`"
    )


@pytest.mark.parametrize(
    ("scale", "text", "others"),
    [("five", "B2", "cefr6"), ("cefr6", "expert", "five or dreyfus"), ("five", "enable", "sfia7")],
)
def test_a_word_of_another_scale_names_it(scale: str, text: str, others: str) -> None:
    """All that have it, since `expert` is on two."""
    found = fault(scale, text)
    assert (found.code, found.name) == ("F106", "other-scale")
    assert found.message == f"`{text}` is a level of {others}, not of {scale}"


@pytest.mark.parametrize(
    ("scale", "text", "hint"),
    [
        ("dreyfus", "novise", "did you mean Novice?"),
        ("dreyfus", "advanced begginer", "did you mean Advanced beginner?"),
        ("five", "3/5", "write 3"),
        ("five", "level 3", "write 3"),
        ("five", "4 - Advanced", "write 4"),
        ("five", "4 (Advanced)", "write 4"),
        ("five", "L3", "write 3"),
        (
            "five",
            "8/10",
            "write 0 to 5, or None, Aware, Beginner, Practitioner, Advanced or Expert",
        ),
        ("five", "2-3", "write 0 to 5, or None, Aware, Beginner, Practitioner, Advanced or Expert"),
        ("cefr6", "good", "write 1 to 6, or A1, A2, B1, B2, C1 or C2"),
        ("cefr6", "80%", "write 1 to 6, or A1, A2, B1, B2, C1 or C2"),
        ("cefr6", "9/10", "write 1 to 6, or A1, A2, B1, B2, C1 or C2"),
    ],
)
def test_what_is_no_level_says_what_would_be(scale: str, text: str, hint: str) -> None:
    """A near word, the number alone, or the whole scale."""
    found = fault(scale, text)
    assert (found.hint, found.name, found.code) == (hint, "bad-level", "F102")


def test_a_scale_of_ones_own_comes_first() -> None:
    """A word that it shares with others is read by its own number; a name may be a number."""
    own = Scale(
        "own",
        "Own",
        (ScaleLevel(Fraction(10), "5", "Ten."), ScaleLevel(Fraction(20), "Expert", "Twenty.")),
    )
    scales = {**SCALES, "own": own}
    assert own.read("expert", scales=scales) == 20
    assert own.read("5", scales=scales) == 10
    assert own.word(Fraction(1)) == "5"
    above = fault_of(lambda text: own.read(text, scales=scales), "21")
    below = fault_of(lambda text: own.read(text, scales=scales), "9")
    assert above.message == "`21` is beyond the top of the scale own, 20 (Expert)"
    assert below.message == "`9` is below the bottom of the scale own, 10 (5)"


def test_a_long_scale_is_not_listed() -> None:
    """Nine words and more are too many for one line."""
    many = Scale(
        "many", "Many", tuple(ScaleLevel(Fraction(n), f"step {n} of it", "") for n in range(9))
    )
    hint = fault_of(lambda text: many.read(text, scales={}), "unheard").hint
    assert hint == "write 0 to 8"


def test_a_scale_whose_names_are_its_numbers_does_not_say_them_twice() -> None:
    """As many an own scale has them."""
    plain = Scale("plain", "Plain", tuple(ScaleLevel(Fraction(n), f"{n}", "") for n in (1, 2)))
    message = fault_of(lambda text: plain.read(text, scales={}), "3").message
    assert message == "`3` is beyond the top of the scale plain, 2"


@settings(max_examples=200)
@given(any_text, st.sampled_from(list(SCALES)))
def test_any_text_is_a_level_or_a_fault(text: str, scale: str) -> None:
    """Never a traceback, on any scale."""
    reads_or_refuses(lambda typed: SCALES[scale].read(typed, scales=SCALES), text)
    reads_or_refuses(read_level, text)


def test_a_level_waits_for_its_scale() -> None:
    """The field takes the text; the number comes with the scale."""
    level = read_level(" B2 ")
    assert level == Level("B2")
    with pytest.raises(ValueError, match="'B2' is not resolved"):
        _ = level.number
    assert level.with_value(Fraction(4)).number == 4
    assert level.with_value(Fraction(4)).text == "B2"
