"""What is wrong with a template: its file, line and column, with the near name."""

from pathlib import Path

import pytest
from tests.pages.built import site
from tests.render.conftest import Themed

from planfolio.render.theme import load_theme
from planfolio.render.theme_files import ThemeError

GOAL = "themes/mine/templates/goal.html"


def faults_of(themed: Themed, text: str, **others: str) -> list[str]:
    """Return the first line of each fault that keeps the page of a goal from being rendered."""
    templates = {f"templates/{name}.html": text for name, text in others.items()}
    with pytest.raises(ThemeError) as caught:
        themed({"templates/goal.html": text, **templates}).text("goals/g/index.html")
    return [str(fault).splitlines()[0] for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a\n{{ goal.statuz }}", "2:9: `statuz` is not known; did you mean `status`?"),
        ("{{ goal.whi }}", "1:9: `whi` is not known; did you mean `why`?"),
        ("{{ gaol.title }}", "1:4: `gaol` is not known; did you mean `goal`?"),
        ("{{ goal.role.title }}", "1:14: `title` is not there, since what it is read of is"),
        ("{% set x = goal.due %}\n{{ x.year }}", "2:6: `year` is not there, since what"),
        ("{{ ui.reasons.reson(1) }}", "1:15: `reson` is not known; did you"),
        ("{{ ui.badg('x') }}", "1:7: there is no `ui.badg` in ui.html; did you mean `badge`?"),
        ("{{ ui.link(goal.statuz) }}", "1:17: `statuz` is not known; did you mean `status`?"),
        ("{{ ui.note() }}", "1: in ui.html, which is used here, this macro shows what is between"),
        ("{% from 'ui.html' import lnk %}", "1:26: there is no `lnk` in ui.html; did you"),
        ("a\n{{ chart('roadmop') }}", "2:11: there is no chart `roadmop`; did you mean `roadmap`?"),
        ("{{ chart('roadmap', 5) }}", "1:4: `chart` cannot be computed: "),
        ("\n{{ asset('styl.css') }}", "2:11: there is no asset `styl.css` in this theme; did"),
        ("\n{{ icon('gone') }}", "2:10: there is no icon `gone`; there are arrow"),
        ("{{ goal.title | percent }}", "1:17: `percent` cannot be computed: "),
        ("{{ 1 | percnt }}", "1:8: there is no filter `percnt`; did you mean `percent`?"),
        ("{{ [1] | random }}", "1:10: there is no filter `random`"),
        ("{{ 1 is external_ }}", "1:9: there is no test `external_`; did you mean `external`?"),
        ("a\n{% if %}", "2:7: Expected an expression"),
        ("{{ 1 }}\n{{ 1 == }} {{", "2:9: unexpected 'end of print statement'"),
        ("{% for goal in %} {% endfor %}", "1: Expected an expression"),
        ("{{ goal.title go }}", "1:15: expected token 'end of print statement', got 'go'"),
        ("{{ (1 }} {{ 1 }}", "1: unexpected '}', expected ')'"),
        ("{{ {1: }}", "1:8: unexpected '}'"),
        ("{% blok a %}", "1:4: Encountered unknown tag 'blok'; did you mean `block`?"),
        ("{{ goal.title }", "1:15: unexpected '}'"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "1: block 'a' defined twice"),
        ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", "2:10: block 'a' defined"),
        ("{% extends 'goal.html' %}", "1:13: this template extends itself; write `default/"),
        (
            "{% extends 'default/goal.html' %}\n{% block leed %}{% endblock %}",
            "2:10: there is no block `leed` in default/goal.html or record.html or base.html; did",
        ),
        ("{% extends 'gaol.html' %}", "1:13: there is no template `gaol.html`; did you"),
        ("{% include goal.title %}", "1: there is no template `G & H`"),
        ("{% include 'goal.html' %}", "1: this includes or calls itself without end"),
        ("a\n\n{{ 1 / 0 }}", "3: this cannot be computed: division by zero"),
        ("{{ goal.title + 1 }}", "1: this cannot be computed: can only concatenate str"),
        ("{{ ui.link(goal, nota='') }}", "1:18: this cannot be computed: the macro takes no"),
        ("{{ goal() }}", "1: this cannot be computed: 'PortfolioGoal' object is not callable"),
        ("{{ _('%(x)s', y=1) }}", "1:7: the text '%(x)s' is given no `x`"),
        ("{{ _('%(x)s') }}", "1:7: the text '%(x)s' is given no `x`"),
        ("{{ [1][7] }}", "1:8: there is no item `7` here"),
        ("{{ goal.titel }}{{ goal.role.titel }}", "1: `titel` is not known; did you mean `title`?"),
        ("{{ goal.title }}{{ goal.role.title }}", "1: `title` is not there, since what it is read"),
        ("{{ 1 | percnt }}{{ 2 | percnt }}", "1: there is no filter `percnt`; did you mean `perc"),
        ("{{ ui.link(goal,\n  note=goal.statuz) }}", "2:13: `statuz` is not known; did you mean"),
        ("{% for one in [1] %}\n{{ ome }}{% endfor %}", "2:4: `ome` is not known; did you mean `"),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", "1: parameter 'a' was not provided"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", "1: this includes or calls itself"),
        ("{% include goal.titel %}", "1:17: `titel` is not known; did you mean `title`?"),
        ("{% include [] %}", "1: Tried to select from an empty list"),
        ("{{ inline_style('styl.css') }}", "1:18: there is no `styl.css`"),
        ("{{ {}['x'] }}", "1:8: `x` is not known"),
        ("{{ 'a' * 10 ** 18 }}", "1: this cannot be computed: MemoryError"),
        ("{{ 10 ** 5000 }}", "1: this cannot be computed: Exceeds the limit"),
    ],
)  # fmt: skip
def test_a_fault_has_its_place_and_the_near_name(themed: Themed, text: str, fault: str) -> None:
    """Each sort of mistake is one fault, at its line and, where that is known, its column."""
    (found,) = faults_of(themed, text)
    assert found.startswith(f"{GOAL}:{fault}")


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{% for x in [1] %}" * 30 + "{% endfor %}" * 30,
    ],
)
def test_what_python_cannot_compile_is_a_fault_too(themed: Themed, text: str) -> None:
    """Too deep a template is named, without a traceback."""
    (found,) = faults_of(themed, text)
    assert found.startswith(f"{GOAL}: this ")


def test_a_fault_is_placed_in_the_template_of_ones_own(themed: Themed) -> None:
    """One that shows in a bundled template is at the line that used it, if that is one's own."""
    in_ui = "in ui.html, which is used here, "
    (found,) = faults_of(themed, "a\n{{ ui.link(goal.role) }}")
    assert found.startswith(
        f"{GOAL}:2: {in_ui}`url` is not there, since what it is read of is none"
    )
    (found,) = faults_of(themed, "{% set x = goal.statuz %}\n\n{{ ui.badge(x, 'good') }}")
    assert found.startswith(f"{GOAL}:3: {in_ui}`statuz` is not known; did you mean `status`?")
    text = "a\n{% extends 'default/charts/chart.html' %}\n{% block title %}{% endblock %}\n"
    (found,) = faults_of(themed, text)
    assert found.startswith(f"{GOAL}:2: in charts/chart.html, which is used here, `")
    (found,) = faults_of(themed, "{% include 'own.html' %}", own="a\n{{ nobody }}")
    assert found.startswith("themes/mine/templates/own.html:2:4: `nobody` is not known")
    macros = "{% macro a(x) %}{{ x }}{% endmacro %}\n{% macro no(y) %}{{ y.statuz }}{% endmacro %}"
    handed = "{% import 'own.html' as own %}\n{{ own.no(goal) }}"
    (found,) = faults_of(themed, handed, own=macros)
    assert found.startswith("themes/mine/templates/own.html:2:23: `statuz` is not known; did you")


@pytest.mark.parametrize(
    ("name", "text", "path", "fault"),
    [
        ("ui.html", "a\n{{ nobody }}", "404.html", "2:4: `nobody` is not known"),
        ("charts/timeline.html", "{{ figur }}", "index.html", "1:4: `figur` is not known"),
        ("card.json", "{{ portfolio.titel }}", "card.png", "1:14: `titel` is not known; did you"),
        ("card.json", "{", "card.png", " no card can be drawn of this: JSONDecodeError: "),
        ("atom.xml", "\n{{ portfolio | date }}", "atom.xml", "2:16: `date` cannot be computed: "),
    ],
)
def test_every_template_has_faults_with_a_place(
    tmp_path: Path, name: str, text: str, path: str, fault: str
) -> None:
    """Macros, charts, the card and feeds, as pages have."""
    template = tmp_path / "themes/mine/templates" / name
    template.parent.mkdir(parents=True)
    template.write_text(text, "utf-8")
    files = {
        "site.toml": 'base_url = "https://plan.example/"',
        "goals/g.md": "title: G\ndue: 2026-09",
    }
    theme = load_theme("mine", site_root=tmp_path)
    with pytest.raises(ThemeError) as caught:
        site(files, root=tmp_path, theme=theme).rendered.render(path)
    assert str(caught.value).startswith(f"themes/mine/templates/{name}:{fault}")


def test_what_may_be_missing_is_no_fault(themed: Themed) -> None:
    """Asking whether something is there, and a default, are as Jinja has them."""
    text = "{{ goal.x is defined }} {{ goal.y | default('Z') }} {% include 'no' ignore missing %}"
    assert themed({"templates/goal.html": text}).text("goals/g/index.html") == "False Z "
    own = "{% block own %}{% endblock %}{% block lead %}{{ self.own() }}{% endblock %}"
    kept = "{% extends 'default/goal.html' %}" + own
    assert themed({"templates/goal.html": kept}).text("goals/g/index.html")


def test_a_name_of_macros_may_be_that_of_another_value(themed: Themed) -> None:
    """A template may call its own values `ui`: they have what the macros of that name have not."""
    text = "{% for ui in [goal] %}{{ ui.title }}{% endfor %}"
    assert themed({"templates/goal.html": text}).text("goals/g/index.html") == "G &amp; H"


def test_all_faults_of_templates_are_shown_at_once(themed: Themed) -> None:
    """Those that can be seen before a page is rendered."""
    found = faults_of(
        themed, "{{ 1 | dat }}\n{% include 'x' %}", role="{% if", own="{{ 1 is nun }}"
    )
    assert [one.split(": ")[0] for one in found] == [
        f"{GOAL}:1:8",
        f"{GOAL}:2:13",
        "themes/mine/templates/own.html:1:9",
        "themes/mine/templates/role.html:1",
    ]


def test_a_word_below_a_tag_is_not_what_is_at_fault_in_it(themed: Themed) -> None:
    """Where a tag does not have the name itself, it is shown as a whole."""
    text = "{{ goal['stat' ~ 'uz'] }}\n<p>statuz</p>"
    with pytest.raises(ThemeError) as caught:
        themed({"templates/goal.html": text}).text("goals/g/index.html")
    assert str(caught.value).startswith(f"{GOAL}:1: `statuz` is not known")


def test_the_line_is_shown_with_what_is_at_fault_below(themed: Themed) -> None:
    """As findings are, with the line underlined at the column."""
    with pytest.raises(ThemeError) as caught:
        themed({"templates/goal.html": "\n\t{{ goal.statuz }}"}).text("goals/g/index.html")
    assert str(caught.value).splitlines()[1:] == [
        "  2 | \t{{ goal.statuz }}",
        "    | \t        ^^^^^^",
    ]


def test_faults_of_all_pages_are_shown_at_once(themed: Themed) -> None:
    """Pages of different templates are told of together, and pages of one template once."""
    built = themed(
        {"templates/goal.html": "{{ goal.a }}", "templates/404.html": "{{ b }}"},
    )
    with pytest.raises(ThemeError) as caught:
        built.rendered.render_all(built.rendered.makers)
    lines = str(caught.value).splitlines()
    assert lines[0] == "the theme has 2 faults"
    assert {line.split(": ")[0] for line in lines if "rendering" in line} == {
        f"{GOAL}:1:9",
        "themes/mine/templates/404.html:1:4",
    }
