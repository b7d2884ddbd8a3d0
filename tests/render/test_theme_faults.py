"""What is wrong with a template: its file, line and column, all at once, with the near name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planfolio.render.theme_files import ThemeError

if TYPE_CHECKING:
    from tests.render.conftest import Themed

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
        ("a\n{{ goal.statuz }}", "2:9: `goal.statuz` is not known; did you mean `status`?"),
        ("{{ goal.whi }}", "1:9: `goal.whi` is not known; did you mean `why`?"),
        ("{{ gaol.title }}", "1:4: `gaol` is not known; did you mean `goal`?"),
        ("{{ goal.role.title }}", "1:14: `goal.role.title` is not there, since goal.role"),
        ("{% set x = goal.due %}\n{{ x.year }}", "2:6: `x.year` is not there, since x"),
        ("{{ ui.reasons.reson(1) }}", "1:15: `ui.reasons.reson` is not known; did you"),
        ("{{ ui.badg('x') }}", "1:7: there is no `ui.badg` in ui.html; did you mean `badge`?"),
        ("{{ ui.link(goal.statuz) }}", "1:17: `goal.statuz` is not known; did you mean `status`?"),
        ("{% from 'ui.html' import lnk %}", "1:26: there is no `lnk` in ui.html; did you"),
        ("a\n{{ chart('roadmop') }}", "2:11: there is no chart `roadmop`; did you mean `roadmap`?"),
        ("{{ chart('roadmap', 5) }}", "1:4: the function `chart` does not fit here: "),
        ("\n{{ asset('styl.css') }}", "2:11: there is no asset `styl.css` in this theme; did"),
        ("\n{{ icon('gone') }}", "2:10: there is no icon `gone`; there are arrow"),
        ("{{ goal.title | percent }}", "1:17: the filter `percent` does not fit here: "),
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
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "1:10: block 'a' defined twice"),
        ("{% extends 'goal.html' %}", "1:13: this template extends itself; write `default/"),
        (
            "{% extends 'default/goal.html' %}\n{% block leed %}{% endblock %}",
            "2:10: there is no block `leed` in default/goal.html or record.html or base.html; did",
        ),
        ("{% extends 'gaol.html' %}", "1:13: there is no template `gaol.html`; did you"),
        ("{% include goal.title %}", "1: there is no template `G & H`"),
        ("{% include 'goal.html' %}", "1: this includes or calls itself without end"),
        ("a\n\n{{ 1 / 0 }}", "3: this divides by zero"),
        ("{{ goal.title + 1 }}", "1: this cannot be computed: can only concatenate str"),
        ("{{ ui.link(goal, nota='') }}", "1: this cannot be computed: the macro takes no argument"),
        ("{{ goal() }}", "1: this cannot be computed: 'PortfolioGoal' object is not callable"),
        ("{{ _('%(x)s', y=1) }}", "1:7: the text '%(x)s' is given no `x`"),
        ("{{ [1][7] }}", "1:8: there is no item 7 here"),
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
        "{{ _('%(x)s') }}",
    ],
)
def test_what_python_cannot_compile_is_a_fault_too(themed: Themed, text: str) -> None:
    """Too deep a template is named, without a traceback."""
    (found,) = faults_of(themed, text)
    assert found.startswith(f"{GOAL}: this ")


def test_the_place_is_where_the_name_is_written(themed: Themed) -> None:
    """A name that is handed on is at fault where it is read, in the template that reads it."""
    assert faults_of(themed, "{% set x = goal.statuz %}\n\n{{ ui.badge(x, 'good') }}") == [
        f"{GOAL}:1:17: `goal.statuz` is not known; did you mean `status`? (rendering /goals/g/)"
    ]
    (found,) = faults_of(themed, "a\n{{ ui.link(goal.role) }}")
    assert found.startswith(
        f"{GOAL}:2: `record.url` is not there, since record is none here: test `{{% if record %}}`"
        " first, in ui.html, which is used here"
    )
    (found,) = faults_of(themed, "{% include 'own.html' %}", own="a\n{{ nobody }}")
    assert found.startswith("themes/mine/templates/own.html:2:4: `nobody` is not known")
    macros = "{% macro a(x) %}{{ x }}{% endmacro %}\n{% macro no(y) %}{{ y.statuz }}{% endmacro %}"
    handed = "{% import 'own.html' as own %}\n{{ own.a(goal.statuz) }}"
    (found,) = faults_of(themed, handed, own=macros)
    assert found.startswith(f"{GOAL}:2:15: `goal.statuz` is not known")
    themed({"templates/charts/radar.html": "{{ figur }}"})
    (found,) = faults_of(themed, "{% include 'charts/radar.html' %}", own="")
    assert found.startswith("themes/mine/templates/charts/radar.html:1:4: `figur` is not known")


def test_what_may_be_missing_is_no_fault(themed: Themed) -> None:
    """Asking whether something is there, and a default, are as Jinja has them."""
    text = "{{ goal.x is defined }} {{ goal.y | default('Z') }} {% include 'no' ignore missing %}"
    assert themed({"templates/goal.html": text}).text("goals/g/index.html") == "False Z "
    own = "{% block own %}{% endblock %}{% block lead %}{{ self.own() }}{% endblock %}"
    kept = "{% extends 'default/goal.html' %}" + own
    assert themed({"templates/goal.html": kept}).text("goals/g/index.html")


def test_all_faults_are_shown_at_once(themed: Themed) -> None:
    """Those of all templates before a page is rendered, then those of one page."""
    found = faults_of(
        themed, "{{ 1 | dat }}\n{% include 'x' %}", role="{% if", own="{{ 1 is nun }}"
    )
    assert [one.split(": ")[0] for one in found] == [
        f"{GOAL}:1:8",
        f"{GOAL}:2:13",
        "themes/mine/templates/own.html:1:9",
        "themes/mine/templates/role.html:1",
    ]
    text = (
        "{{ goal.a | upper }}{% for x in goal.b %}{% endfor %}\n{{ goal.c.d + 1 }}{{ goal.e > 2 }}"
    )
    found = faults_of(themed, text, role="", own="")
    assert [one.split(" is ")[0].split(": ")[1] for one in found] == [
        *("`goal.a`", "`goal.b`", "`goal.c`", "`goal.e`"),
    ]


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
