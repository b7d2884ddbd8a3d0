"""What templates know beside Jinja's own: how values look, and where links lead."""

from pathlib import Path

import pytest
from tests.pages.built import site

from planfolio.render.filters import first_words, icalendar_text, is_external, xml_text
from planfolio.render.theme import load_theme


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("goal.due | date", "Q3\u00a02026"),
        ("goal.progress | percent", "42%"),
        ("goal.progress | percent(goal.progress + one / 500)", "41.7%"),
        ("goal.progress | points", "41.7"),
        ("(one * 3 / 2) | number", "1.5"),
        ("(one * 7 / 3) | bar_length", "100"),
        ("goal.effort | hours", "1,200\u00a0h"),
        ("goal.cost | money", "395\u00a0USD"),
        ("goal.horizon | horizon", "2 years"),
        ("goal.cadence | cadence", "3 times a week"),
        ("'done_when' | field_name", "Done when"),
        ("'Done when' | anchor", "part-done-when"),
        ("'goals/x/' | relative_url", "../x/"),
        ("'goals/x/' | absolute_url", "https://plan.example/goals/x/"),
        ("none | date", ""),
        (
            "'`due` of “A `<b>`”, `b “c`” d' | code",
            "<code>due</code> of “<bdi>A `&lt;b&gt;`</bdi>”, <code>b “c</code>” d",
        ),
        ("_('%(a)s of <b>', a='<i>')", "&lt;i&gt; of <b>"),
        ("goal.why", "&lt;b&gt;{{ 7 * 7 }}"),
    ],
)
def test_filters(expression: str, shown: str, tmp_path: Path) -> None:
    """Dates as precisely as given, ratios as percents, units that do not break; text is escaped."""
    templates = tmp_path / "themes" / "mine" / "templates"
    templates.mkdir(parents=True)
    text = f"{{% set one = goal.progress / goal.progress %}}{{{{ {expression} }}}}"
    (templates / "goal.html").write_text(text, "utf-8")
    goal = (
        "title: G\nstart: 2026-01\ndue: 2026-Q3\nmetric: 5/12\neffort: 1200h\ncost: 395 USD\n"
        "horizon: 2y\ncadence: 3/week\nwhy: '<b>{{ 7 * 7 }}'\n"
    )
    built = site(
        {"site.toml": 'base_url = "https://plan.example/"', "goals/g.md": goal},
        root=tmp_path,
        theme=load_theme("mine", site_root=tmp_path),
    )
    assert built.text("goals/g/index.html") == shown


def test_an_icon_is_for_the_eye_alone(tmp_path: Path) -> None:
    """It is hidden from screen readers, and has neither ids nor comments."""
    theme = load_theme("default", site_root=tmp_path)
    drawing = theme.templates.from_string("{{ icon('check') }}").render()
    assert 'aria-hidden="true"' in drawing
    assert " id=" not in drawing
    assert "<!--" not in drawing


def test_texts_of_other_formats() -> None:
    """What XML and calendars cannot hold is left out; a long text ends with a word."""
    assert xml_text("a\x07b\ufffe\U0001f600\tc") == "ab\U0001f600\tc"
    assert icalendar_text("a\x07\\b;c,d\r\ne") == "a\\\\b\\;c\\,d\\ne"
    assert first_words("one two  three", 13) == "one two three"
    assert first_words("one two, three", 12) == "one two …"
    assert first_words("x" * 20, 5) == "xxxxx …"


@pytest.mark.parametrize(
    ("url", "external"),
    [
        ("https://x.example", True),
        ("HTTP://x.example", True),
        ("mailto:a@x.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//x.example", False),
        ("goals/x/", False),
        (None, False),
    ],
)
def test_only_the_web_and_mail_are_outside(url: str | None, external: bool) -> None:
    """Any other address is shown as text."""
    assert is_external(url) is external
