"""Who may see what, as far as kinds and settings say."""

from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Kind
from planfolio.model.settings import Settings
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import (
    capacity_visibility,
    field_names,
    field_visibility,
    hidden_fields,
    hidden_names,
)

PUBLIC, MENTOR, PRIVATE = Visibility


def kind(name: str) -> Kind:
    """Return a kind by its name."""
    return next(kind for kind in KINDS if kind.name == name)


def site(**visibility: Visibility) -> Settings:
    """Return settings; a double underscore stands for the dot of a field."""
    named = {name.replace("__", "."): value for name, value in visibility.items()}
    return Settings(visibility=named)


def test_what_is_for_mentors_by_default() -> None:
    """The list is the one that the documentation gives."""
    assert set(hidden_names(KINDS, PUBLIC, settings=Settings())) >= {
        *("profile.struggles", "goal.if_then", "goal.confidence", "goal.cost"),
        *("milestone.cost", "review.confidence", "plan.capacity"),
    }
    assert hidden_names(KINDS, MENTOR, settings=Settings()) == frozenset()


def test_the_settings_narrow_and_widen_fields() -> None:
    """A field has the visibility of site.toml, else its kind's, else it is public."""
    own = site(goal__why=PRIVATE, goal__cost=PUBLIC)
    goal = kind("goal")
    assert field_visibility(goal, "why", settings=own) is PRIVATE
    assert field_visibility(goal, "cost", settings=own) is PUBLIC
    assert field_visibility(goal, "if_then", settings=own) is MENTOR
    assert field_visibility(goal, "due", settings=own) is PUBLIC
    assert hidden_fields(goal, PUBLIC, settings=own) == {"why", "if_then", "confidence"}
    assert hidden_fields(goal, MENTOR, settings=own) == {"why"}
    assert hidden_fields(goal, PRIVATE, settings=own) == frozenset()


def test_the_capacity_is_for_mentors_unless_said_otherwise() -> None:
    """Hours a week and time off have one key between them."""
    assert capacity_visibility(Settings()) is MENTOR
    assert capacity_visibility(site(plan__capacity=PUBLIC)) is PUBLIC


def test_fields_are_named_as_they_are_written() -> None:
    """Python's own words have an underscore in the code, and none in a plan."""
    assert "with" in field_names(kind("review"))
    assert "with_" not in field_names(kind("review"))
