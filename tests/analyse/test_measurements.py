"""Which of several dated values counts."""

from datetime import date
from fractions import Fraction

from tests.analyse.planned import AnyRecord, goal, goal_on, review, skill, skill_on

from planfolio.model.plan import Key

AS_OF = "2026-07-01"


def value_of(*records: AnyRecord, on: str = AS_OF) -> Fraction | None:
    """Return the current value of the goal's metric."""
    current = goal_on(on, *records).current
    return current.value if current is not None else None


def metric(**fields: object) -> AnyRecord:
    """Return a goal that counts to twelve."""
    return goal(metric={"target": "12", **fields})


def entry(on: str, value: str) -> dict[str, str]:
    """Return an entry of a history."""
    return {"date": on, "value": value}


def test_a_metric_without_any_value_has_no_current_one() -> None:
    """The baseline is no measurement."""
    assert goal_on(AS_OF, metric(baseline="3")).current is None


def test_the_newest_of_current_history_and_reviews_holds() -> None:
    """Whichever of the three it is."""
    for newest in range(3):
        days = ["2026-03-01", "2026-03-02", "2026-03-03"]
        days[newest] = "2026-06-01"
        own, history, reviewed = days
        record = metric(current="1", as_of=own, history=[entry(history, "2")])
        from_review = review(reviewed, metrics={"goal": "3"})
        assert value_of(record, from_review) == newest + 1


def test_on_one_day_current_beats_history_and_history_beats_reviews() -> None:
    """Ties in that order."""
    day = "2026-06-01"
    from_review = review(day, metrics={"goal": "3"})
    history = [entry(day, "2")]
    assert value_of(metric(current="1", as_of=day, history=history), from_review) == 1
    assert value_of(metric(history=history), from_review) == 2
    assert value_of(metric(), from_review) == 3


def test_an_undated_current_wins_outright() -> None:
    """Even over a value of today."""
    record = metric(current="1", history=[entry(AS_OF, "2")])
    assert value_of(record, review(AS_OF, metrics={"goal": "3"})) == 1


def test_an_as_of_without_a_current_says_nothing() -> None:
    """The day of a value that is not there changes nothing."""
    assert value_of(metric(as_of="2026-06-30", history=[entry("2026-06-01", "2")])) == 2


def test_values_dated_after_today_do_not_count() -> None:
    """Neither the own value, nor history, nor a review of tomorrow."""
    record = metric(
        current="1",
        as_of="2026-07-02",
        history=[entry("2026-06-01", "2"), entry("2026-07-02", "3")],
    )
    assert value_of(record, review("2026-07-02", metrics={"goal": "4"})) == 2


def test_a_partly_given_date_counts_from_its_first_day_on_as_its_last() -> None:
    """`2026-07` counts on 1 July, and from then on as today, up to 31 July."""
    record = metric(history=[entry("2026-07", "5"), entry("2026-07-02", "6")])
    assert value_of(record, on="2026-06-30") is None
    assert value_of(record, on="2026-07-01") == 5
    assert value_of(record, on="2026-07-15") == 5
    on = [goal_on(day, record).measurements[-1].on for day in ("2026-07-15", "2026-08-15")]
    assert on == [date(2026, 7, 15), date(2026, 7, 31)]
    assert (
        value_of(metric(history=[entry("2026-07", "5"), entry("2026-08-01", "6")]), on="2026-08-01")
        == 6
    )


def test_a_review_without_a_date_says_nothing() -> None:
    """Nobody knows whether it is new."""
    assert value_of(metric(), review(None, metrics={"goal": "3"})) is None


def test_of_two_reviews_on_one_day_the_later_id_holds() -> None:
    """In whatever order they come."""
    morning = review("2026-06-01", name="a", metrics={"goal": "1"})
    evening = review("2026-06-01", name="b", metrics={"goal": "2"})
    assert value_of(metric(), morning, evening) == 2
    assert value_of(metric(), evening, morning) == 2


def test_of_two_entries_on_one_day_the_later_in_the_list_counts() -> None:
    """People append."""
    assert value_of(metric(history=[entry("2026-06-01", "1"), entry("2026-06-01", "2")])) == 2


def test_measurements_come_oldest_first_one_a_day_with_their_source() -> None:
    """History of March, the review of April and its own value of May; one of the two of March."""
    numbers = goal_on(
        AS_OF,
        metric(current="4", as_of="2026-05-01", history=[entry("2026-03-01", "2")]),
        review("2026-04-01", metrics={"goal": "3"}),
        review("2026-03-01", metrics={"goal": "9"}),
    )
    assert [(r.on, r.value, r.source) for r in numbers.measurements] == [
        (date(2026, 3, 1), Fraction(2), Key("goal", "goal")),
        (date(2026, 4, 1), Fraction(3), Key("review", "2026-04-01")),
        (date(2026, 5, 1), Fraction(4), Key("goal", "goal")),
    ]
    assert numbers.current == numbers.measurements[-1]


def test_the_values_of_reviews_are_no_metric_without_a_metric() -> None:
    """A goal that measures nothing has no measurements."""
    assert goal_on(AS_OF, goal(), review("2026-06-01", metrics={"goal": "3"})).measurements == ()


def test_a_level_is_found_in_the_same_way() -> None:
    """From `level` dated by `assessed`, history and reviews: the newest, ties in that order."""
    history = [{"date": "2026-05-01", "level": "2"}]
    from_review = review("2026-05-01", levels={"python": "3"})
    assert skill_on(AS_OF, skill("python")).level is None
    assert skill_on(AS_OF, skill("python"), from_review).level == 3
    assert skill_on(AS_OF, skill("python", history=history), from_review).level == 2
    dated = skill("python", level="1", assessed="2026-05-01", history=history)
    assert skill_on(AS_OF, dated, from_review).level == 1
    older = skill("python", level="1", assessed="2026-04-30", history=history)
    assert skill_on(AS_OF, older, from_review).level == 2


def test_an_undated_level_wins_outright() -> None:
    """As an undated current does."""
    from_review = review(AS_OF, levels={"python": "3"})
    assert skill_on(AS_OF, skill("python", level="1"), from_review).level == 1


def test_a_level_assessed_after_today_does_not_count() -> None:
    """The skill is unrated until then."""
    record = skill("python", level="1", assessed="2026-07-02")
    assert skill_on(AS_OF, record).level is None
    assert skill_on("2026-07-02", record).level == 1
