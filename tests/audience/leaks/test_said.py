"""planfolio knows its own words."""

from planfolio.audience.leaks.said import words_of_planfolio


def test_the_words_of_pages_are_among_them() -> None:
    """Headings, statuses and pieces of sentences are known without a page that shows them."""
    said = set(words_of_planfolio())
    assert len(said) > 1000
    assert {"Achievable", "on-track", "For mentors", "certification"} <= said


def test_the_examples_of_rules_are_not() -> None:
    """What `explain` shows is in no page, and may well be what somebody hides."""
    assert not any("Rewrite my dotfiles" in text for text in words_of_planfolio())
