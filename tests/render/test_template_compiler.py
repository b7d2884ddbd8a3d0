"""Our compiler of templates says what Jinja's own does, of all that a theme may write."""

from collections.abc import Mapping
from typing import NamedTuple

import jinja2
import pytest
from markupsafe import Markup

from planfolio.render.compiled_templates import FastEnvironment

PARENT = (
    "[{% block a %}A{% endblock %}|{% block b scoped %}B{% endblock %}"
    "{% for n in [1, 2] %}{% block c scoped %}{{ n }}{% endblock %}{% endfor %}]{{ late }}"
)


class Value(NamedTuple):
    """A value of a portfolio."""

    title: str = "<Tea> & 'cake'"
    html: Markup = Markup("<b>bold</b>")


def rendered(
    kind: type[jinja2.Environment], templates: Mapping[str, str], *, custom: bool = True
) -> str:
    """Return what an environment makes of the template `page`, or the fault that it finds."""
    env = kind(
        loader=jinja2.DictLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_null_translations()  # type: ignore[attr-defined]
    if isinstance(env, FastEnvironment) and custom:
        env.custom_templates = [None]  # type: ignore[list-item] # they are in no file
    values = {"value": Value(), "words": {"key": "<kept>", "items": 3}, "late": "!"}
    try:
        return env.get_template("page").render(values)
    except jinja2.TemplateError as error:
        return f"{type(error).__name__}: {error.message}"


@pytest.mark.parametrize(
    "page",
    [
        "{% extends 'parent' %}{% block a %}({{ super() }}){% endblock %}dropped",
        "before {% extends 'parent' %}{% block c %}{{ n * 2 }}{% endblock %}",
        (
            "{% set late = '?' %}{% extends 'parent' %}{% macro m() %}M{% endmacro %}"
            "{% block a %}{{ m() }}{{ self.b() }}{% endblock %}"
        ),
        "{% if value %}{% extends 'parent' %}{% endif %}{% block a %}C{% endblock %}",
        "{% if not value %}{% extends 'parent' %}{% endif %}alone {% block a %}C{% endblock %}",
        "{% extends 'middle' %}{% block a %}1{{ super() }}{% endblock %}",
        "{% extends 'requires' %}",
        "{% extends 'requires' %}{% block a %}filled{% endblock %}",
        "{% extends 'gone' %}",
        "{% block a %}{% endblock %}{% block a %}{% endblock %}",
        "{% include 'part' %}{% set x = 1 %}{% include 'part' %}",
        "{% for x in [1, 2] %}{% include 'part' %}{% endfor %}",
        "{% include 'part' without context %}",
        "{% include 'gone' ignore missing %}{% include ['gone', 'part'] ignore missing %}",
        "{% include ['gone', 'away'] %}",
        "{% include 'gone' %}",
        "{% set name = 'part' %}{% include name %}",
        "{% import 'macros' as m with context %}{{ m.say('<i>') }}{{ m.said }}{{ m.late_too() }}",
        "{% import 'macros' as m %}{{ m.say(value.html) }}{{ m.late_too() }}",
        "{% from 'macros' import say, gone %}{{ say('x', y=2) }}{{ gone is defined }}",
        (
            "{% macro f(a, b='2') %}{{ a }}{{ b }}{{ caller() if caller is defined }}{% endmacro %}"
            "{{ f(1) }}{{ f(a=value.title) }}{% call f(3, b=4) %}<5>{% endcall %}"
        ),
        "{% macro f(a) %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, 2, c=3) }}",
        "{% macro f(a) %}{{ a }}{% endmacro %}{{ f() }}",
        "{% macro f(n) %}{{ n }}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}",
        "{{ value.title }}{{ value.html }}{{ value['title'] }}{{ words.key }}{{ words['key'] }}",
        "{{ value.gone is defined }}{{ value.gone | default('none') }}{{ gone | d('none') }}",
        "{{ words.items() }}{{ value.title.upper() }}{{ value[0][:3] }}{{ 'a' if false }}",
        "{{ value.gone }}",
        "{{ gone }}",
        "{% set gone = value.gone %}{{ gone is defined }}",
        "{{ words.gone }}",
        "{{ _(value.title) }}{{ ngettext('%(n)s one', '%(n)s', 2) % {'n': value.title} }}",
        "{% trans n=2, t=value.title %}{{ t }} one{% pluralize n %}{{ t }} {{ n }}{% endtrans %}",
        "{{ [1, none, true, value.html] | join('<') }}{{ [value.title] | map('upper') | list }}",
        "{% for a, b in {'x': 1}.items() %}{{ loop.index }}{{ a }}{{ b }}{% endfor %}",
        "{% for n in [[1, [2]]] recursive %}{{ n[0] }}{{ loop(n[1:]) if n[1:] }}{% endfor %}",
        "{% for n in [] %}{% else %}-{% endfor %}{% for n in [1, 2] if n > 1 %}{{ n }}{% endfor %}",
        "{% set html %}<i>{{ value.title }}</i>{% endset %}{{ html }}{{ html | upper }}",
        "{% filter upper %}a{{ value.title }}{% endfilter %}{% with a = 1 %}{{ a }}{% endwith %}",
        "{% set ns = namespace(n=1) %}{% for x in [2] %}{% set ns.n = x %}{% endfor %}{{ ns.n }}",
        "{{ 1 ~ value.title ~ value.html }}{{ '%s' % value.title }}{{ '<' | safe }}{{ '<' | e }}",
    ],
)
def test_a_template_says_what_jinja_makes_of_it(page: str) -> None:
    """Inheritance, includes, imports, macros, what is absent, and what is escaped."""
    templates = {
        "page": page,
        "parent": PARENT,
        "middle": "{% extends 'parent' %}{% block a %}2{{ super() }}{% endblock %}",
        "requires": "{% block a required %}{% endblock %}",
        "part": "({{ x if x is defined else late is defined }})",
        "macros": "{% macro say(text, y=1) %}{{ text }}{{ y }}{% endmacro %}{% set said = '&' %}"
        "{% macro late_too() %}{{ late is defined }}{% endmacro %}",
    }
    assert rendered(FastEnvironment, templates) == rendered(jinja2.Environment, templates)


@pytest.mark.parametrize(
    "page",
    [
        "{{ value.title }}{{ value['title'] if 'title' is none else words['key'] }}",
        "{{ value.gone is defined }}{{ value.gone | default('none') }}{{ words.key is defined }}",
        "{{ words.get('gone', {}).gone is undefined }}{{ value.title.upper() }}{{ value[0][:3] }}",
    ],
)
def test_a_bundled_template_may_ask_what_is_there(page: str) -> None:
    """Where it says that something may be absent, it is looked for as Jinja does."""
    ours = rendered(FastEnvironment, {"page": page}, custom=False)
    assert ours == rendered(jinja2.Environment, {"page": page})
