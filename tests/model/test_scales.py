"""The scales of a plan."""

from fractions import Fraction

from planfolio.model.scales import SCALES, scale_of, scales
from planfolio.model.settings import Settings


def site(**settings: object) -> Settings:
    """Return settings as site.toml would give them."""
    return Settings.model_validate(settings)


GRADES = {"levels": [{"value": "2", "name": "good"}, {"value": "1", "name": "fair"}]}


def test_the_scales_that_ship_are_always_there() -> None:
    """The default among them."""
    assert dict(scales(site())) == dict(SCALES)
    assert "five" in SCALES


def test_a_scale_of_ones_own_is_added_with_its_levels_in_order() -> None:
    """However they were written; its name is its title when it has none."""
    own = scales(site(scales={"grades": GRADES}))["grades"]
    assert [(level.value, level.name) for level in own.levels] == [
        (Fraction(1), "fair"),
        (Fraction(2), "good"),
    ]
    assert own.top == 2
    assert own.title == "grades"


def test_a_scale_of_ones_own_takes_the_place_of_one_that_ships() -> None:
    """And leaves the others as they are."""
    found = scales(site(scales={"five": {"title": "Mine", **GRADES}}))
    assert found["five"].title == "Mine"
    assert {**found, "five": SCALES["five"]} == dict(SCALES)


def test_a_scale_without_a_level_is_none() -> None:
    """It has no top to measure by."""
    assert "empty" not in scales(site(scales={"empty": {"levels": []}}))


def test_a_skill_has_the_scale_that_it_names_else_the_plans() -> None:
    """And where neither is known, the one of five."""
    settings = site(plan={"scale": "grades"}, scales={"grades": GRADES})
    known = scales(settings)
    assert scale_of("cefr6", site=settings, known=known).name == "cefr6"
    assert scale_of(None, site=settings, known=known).name == "grades"
    assert scale_of("typo", site=settings, known=known).name == "grades"
    assert scale_of("typo", site=site(plan={"scale": "typo"}), known=SCALES).name == "five"
