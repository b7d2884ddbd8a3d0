"""Walks through fields: every reference and level is met, and only what changed is made anew."""

from fractions import Fraction

import pytest

from planfolio.model.kinds import KINDS
from planfolio.model.kinds.fields import Fields, Refers
from planfolio.model.kinds.goal import GoalFields
from planfolio.model.kinds.profile import ProfileFields
from planfolio.model.kinds.review import ReviewFields
from planfolio.model.kinds.role import RoleFields
from planfolio.model.kinds.skill import SkillFields
from planfolio.model.kinds.walk import visit
from planfolio.model.scales import Level
from planfolio.model.source_tree import Loc


class Visitor:
    """Writes down what it meets, renames references and takes some of it out."""

    def __init__(self, *, rename: dict[str, str] | None = None, drop: tuple[str, ...] = ()) -> None:
        self.met: list[tuple[Loc, str]] = []
        self.levels: list[tuple[Loc, str | None]] = []
        self._rename = rename or {}
        self._drop = drop

    def reference(self, text: str, refers: Refers, loc: Loc, *, is_key: bool) -> str | None:
        """Write the reference down, with the kinds that it may be of."""
        self.met.append((loc, "/".join(refers.kinds) + (":key" if is_key else "")))
        return None if text in self._drop else self._rename.get(text, text)

    def level(
        self,
        level: Level,
        loc: Loc,
        *,
        skill: str | None,
        is_key: bool = False,  # noqa: ARG002
    ) -> Level | None:
        """Write the level down, with its skill."""
        self.levels.append((loc, skill))
        return None if level.text in self._drop else level.at(Fraction(1))


GOAL = GoalFields.model_validate(
    {
        "title": "G",
        "role": "sre",
        "parent": "top",
        "after": ["a", "b"],
        "raises": {"python": "3", "sql": None},
        "answers": "licence",
        "mentor": "ada",
    }
)


def test_every_reference_of_a_goal_is_met_at_its_place() -> None:
    """Single ones, lists, and the keys of tables."""
    visitor = Visitor()
    visit(GOAL, visitor)
    assert sorted(visitor.met) == [
        (("after", 0), "goal/milestone"),
        (("after", 1), "goal/milestone"),
        (("answers", 0), "need"),
        (("mentor",), "person"),
        (("parent",), "goal"),
        (("raises", "python"), "skill:key"),
        (("raises", "sql"), "skill:key"),
        (("role",), "role"),
    ]


def test_a_level_is_met_with_the_skill_that_it_is_of() -> None:
    """That is the key above it, as the visitor renamed it; within a skill there is none."""
    visitor = Visitor(rename={"python": "py"})
    visit(GOAL, visitor)
    assert visitor.levels == [(("raises", "python"), "py")]
    role = RoleFields.model_validate(
        {"title": "R", "requires": {"sql": {"level": "3", "stretch": "4"}}}
    )
    visitor = Visitor()
    visit(role, visitor)
    assert visitor.levels == [
        (("requires", "sql", "level"), "sql"),
        (("requires", "sql", "stretch"), "sql"),
    ]
    skill = SkillFields.model_validate({"title": "S", "level": "3", "evidence": [{"title": "E"}]})
    visitor = Visitor()
    visit(skill, visitor)
    assert visitor.levels == [(("level",), None)]


def test_places_are_those_of_the_file() -> None:
    """A field whose name is a word of Python goes by its alias."""
    visitor = Visitor()
    visit(ReviewFields.model_validate({"title": "R", "with": ["ada"]}), visitor)
    assert visitor.met == [(("with", 0), "person")]


def test_references_are_renamed_where_they_stand() -> None:
    """In texts, lists and keys, whose order stays."""
    names = {"top": "TOP", "b": "B", "python": "py"}
    new = visit(GOAL, Visitor(rename=names))
    assert (new.parent, new.after, list(new.raises)) == ("TOP", ("a", "B"), ["py", "sql"])
    assert (GOAL.parent, GOAL.after, list(GOAL.raises)) == ("top", ("a", "b"), ["python", "sql"])


def test_what_a_visitor_drops_leaves_its_field() -> None:
    """A text becomes None, an item leaves its list, a key takes its value along."""
    new = visit(GOAL, Visitor(drop=("sre", "a", "sql")))
    assert (new.role, new.after, list(new.raises)) == (None, ("b",), ["python"])


def test_a_level_that_is_dropped_takes_its_entry_along() -> None:
    """A level that cannot be read is none; a skill without a level stays as it is."""
    new = visit(GOAL, Visitor(drop=("3",)))
    assert list(new.raises) == ["sql"]


def test_two_keys_that_become_one_keep_the_order_of_the_table() -> None:
    """The visitor that renames has to tell of it; nothing is raised here."""
    new = visit(GOAL, Visitor(rename={"sql": "python"}))
    assert list(new.raises) == ["python"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_fields_without_references_are_handed_back_as_they_are(kind: object) -> None:
    """No copy is made of what did not change."""
    model: type[Fields] = kind.fields  # type: ignore[attr-defined]
    fields = model.model_validate({"title": "T"})
    assert visit(fields, Visitor()) is fields


def test_fields_that_did_not_change_are_handed_back_as_they_are() -> None:
    """Although they were walked through."""
    fields = GoalFields.model_validate({"title": "G", "after": ["a"], "raises": ["s"]})
    assert visit(fields, Visitor()) is fields
    assert visit(ProfileFields.model_validate({"title": "P"}), Visitor()).title == "P"


def test_a_table_goes_with_a_value_that_it_cannot_be_without() -> None:
    """An entry of a history says nothing without its level, but evidence does."""
    fields = SkillFields.model_validate(
        {
            "title": "S",
            "history": [{"date": "2026-01", "level": "B9"}, {"date": "2026-02", "level": "2"}],
            "evidence": [{"title": "Exam", "level": "B9"}],
        }
    )
    left = visit(fields, Visitor(drop=("B9",)))
    assert [entry.level.text for entry in left.history] == ["2"]
    assert [(item.title, item.level) for item in left.evidence] == [("Exam", None)]
