"""A theme of one's own: layered over the default, and told of its faults by file and line."""

import gc
import marshal
import re
import sys
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes
from tests.pages.built import site
from tests.render.conftest import Themed
from tests.theme_reference import README, written

from planfolio import bundled
from planfolio.render import filters
from planfolio.render.charts import CHARTS
from planfolio.render.theme import load_theme
from planfolio.render.theme_files import ThemeError

TEMPLATES = bundled.themes() / "default" / "templates"


def test_a_theme_overrides_block_by_block_and_template_by_template(themed: Themed) -> None:
    """One block of the goal page and all of another page; the rest is the default theme's."""
    built = themed(
        {
            "templates/goal.html": (
                "{% extends 'default/goal.html' %}"
                "{% block lead %}<p>{{ goal.title | upper }} of {{ portfolio.goals | length }}</p>"
                "{% endblock %}{% block badges %}{{ super() }} mine{% endblock %}"
            ),
            "templates/404.html": "Lost at {{ portfolio.as_of | date }}.",
            "styles/tokens.css": ":root { --ink: rebeccapurple; }",
        }
    )
    goal = built.page("goals/g/")
    head = goal.all("header", cls="head")[0]
    assert head.words == "Goal G & H Open mine G & H of 1 Edit content/goals/g.md:2"
    assert "Status" in goal.texts("h2")
    assert built.text("404.html") == "Lost at 1\u00a0Jul\u00a02026."
    assert "G & H" in built.page("plan/")
    styles = next(d for url, d in built.rendered.theme.static.items() if url.endswith(".css"))
    assert b"rebeccapurple" in styles
    assert b".masthead" in styles
    assert b"light-dark(" not in styles


def test_a_theme_lies_over_a_bundled_one_of_its_name(themed: Themed) -> None:
    """It extends the templates of that by its name, and has its styles and fonts."""
    page = "{% extends 'paper/base.html' %}{% block font %}{{ super() }}<!-- mine -->{% endblock %}"
    built = themed({"templates/base.html": page}, name="paper")
    text = built.text("goals/g/index.html")
    assert text.index("faustina-latin") < text.index("<!-- mine -->")
    assert any("faustina" in path for path in built.rendered.theme.static)


def test_a_theme_draws_a_chart_anew(themed: Themed, tmp_path: Path) -> None:
    """One block of the template of a chart replaces its drawing, without any Python."""
    themed(
        {
            "templates/charts/roadmap.html": "{% extends 'default/charts/roadmap.html' %}"
            "{% block drawing %}{{ figure.step_count }} until {{ figure.last | date }}"
            "{% endblock %}"
        }
    )
    theme = load_theme("mine", site_root=tmp_path)
    figure = site({"goals/a.md": "title: A\ndue: 2026-12-31"}, theme=theme).main("plan/")

    assert "Goals along time 1 goal until 31 Dec 2026. 1 until 31 Dec 2026" in figure


def test_charts_are_a_function_and_a_template_each() -> None:
    """Each chart has its template and a line in the README of themes; no more."""
    templates = {path.stem for path in (TEMPLATES / "charts").iterdir()}
    told = re.findall(r"^\| `([a-z-]+)` \|", written(), re.MULTILINE)

    assert set(CHARTS) == templates - {"chart", "parts"} == set(told)
    for name in told:
        assert (TEMPLATES / "charts" / f"{name}.html").read_text("utf-8").count("{% block table %}")


def test_a_theme_is_found_by_name_or_path(themed: Themed, tmp_path: Path) -> None:
    """A folder themes/default of one's own wins over the bundled one; backups are no part."""
    files = {"templates/404.html": "Lost.", "templates/404.html~": "Backup", "assets/.x": "x"}
    built = themed(files, name="default")
    assert built.text("404.html") == "Lost."
    assert "assets/.x" not in str(built.rendered.paths)
    by_path = load_theme("./themes/default", site_root=tmp_path)
    assert site({}, theme=by_path).text("404.html") == "Lost."
    themed({"templates/404.html": "x"})
    for name in ("mien", "", ".", "./gone", "../..", "/", "a" * 300):
        with pytest.raises(ThemeError, match=r"^there is no theme `.*`; (there is|did you mean)"):
            load_theme(name, site_root=tmp_path)


def test_other_faults_of_a_theme(themed: Themed, tmp_path: Path) -> None:
    """Text in another encoding, and an icon that is no drawing."""
    themed({"templates/404.html": ""})
    (tmp_path / "themes/mine/templates/404.html").write_bytes(b"one\ncaf\xe9\n")
    with pytest.raises(ThemeError, match=r"^themes/mine/templates/404.html:2: this is not UTF-8"):
        themed({}).text("404.html")
    with pytest.raises(ThemeError, match=r"^themes/other/vendor/lucide/x.svg: this is no SVG"):
        themed({"vendor/lucide/x.svg": "text"}, name="other")


def test_the_reference_for_theme_authors_is_complete() -> None:
    """themes/README.md is what `python -m tests.theme_reference` writes from the code."""
    assert README.read_text("utf-8") == written()
    assert "- `next_actions` (list of Goal or Milestone): " in written()


def test_templates_do_no_arithmetic() -> None:
    """They choose and place: sums of numbers are the analysis' and the portfolio's."""
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    files = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    assert len(files) > 20
    for file in files:
        tree = environment.parse(file.read_text("utf-8"))
        for node in tree.find_all((nodes.BinExpr, nodes.UnaryExpr, nodes.Filter)):
            where = f"{file.name}:{node.lineno}"
            if isinstance(node, nodes.Add):  # of lists, such as the heads of a table
                assert any(node.find_all(nodes.List)), where
            elif isinstance(node, nodes.Filter):
                assert node.name not in {"round", "sum"}, where
            elif not isinstance(node, nodes.Neg):  # the last few, `[-5:]`
                assert isinstance(node, nodes.And | nodes.Or | nodes.Not), where


def test_a_disk_that_takes_no_compiled_template_stops_no_build(
    themed: Themed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What keeps compiled templates may fail: they are compiled again the next time."""
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    assert themed({"assets/mine.css": ""}).page("") is not None


@pytest.mark.parametrize("damaged", [b"", b"nonsense", marshal.dumps(3), marshal.dumps(("", None))])
def test_a_compiled_template_that_is_damaged_is_made_anew(
    themed: Themed, damaged: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was cut off, or that something else wrote, costs no more than the time."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    theme = {"templates/404.html": "Lost"}
    themed(theme).text("404.html")
    kept = list((tmp_path / "kept").rglob("template-en-*.pyc"))
    assert len(kept) > 1
    for file in kept:
        file.write_bytes(damaged)
    assert themed(theme).text("404.html") == "Lost"
    assert damaged not in [file.read_bytes() for file in kept]


def test_a_kept_template_depends_on_its_text_alone(
    themed: Themed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A filter that became another one is applied, also where its value is a constant."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    theme = {
        "templates/404.html": "{{ 7 | iso }}{% if 8 | iso == 'B8' %} {{ [9 | iso] }}{% endif %}"
    }
    for name, text in {"A": "A7", "B": "B7 [&#39;B9&#39;]"}.items():
        monkeypatch.setitem(filters._OF_ALL, "iso", f"{name}{{}}".format)
        assert themed(theme).text("404.html") == text


def test_a_page_is_freed_when_it_is_written(themed: Themed) -> None:
    """Its macros and their contexts refer to each other, but none of them waits for a collector."""
    built = themed({"assets/mine.css": ""})
    paths = [path for path in built.paths if path.endswith(".html")]
    assert len(paths) > 10
    for path in paths:
        built.text(path)
    gc.collect()
    for path in paths:
        built.text(path)
    assert gc.collect() == 0


def test_a_macro_of_a_theme_takes_what_jinja_lets_it_take(themed: Themed, tmp_path: Path) -> None:
    """Defaults, names, a body, and what is left over; values are escaped once, HTML is not."""
    macros = (
        "{% macro pair(a, b='<b>') %}{{ a }}{{ b }}{{ caller('&') if caller is defined }}"
        "{% endmacro %}{% macro rest(a) %}{{ a }}{{ varargs | join }}{{ kwargs.b }}{% endmacro %}"
    )
    for call, text in {
        "pair(1)": "1&lt;b&gt;",
        "pair(b=2, a='<')": "&lt;2",
        "pair(pair('&'), '' | safe)": "&amp;&lt;b&gt;",
        "rest(1, '<', b=3)": "1&lt;3",
    }.items():
        built = themed({"templates/404.html": f"{macros}{{{{ {call} }}}}"})
        assert built.text("404.html") == text
    called = "{% call(c) pair(1, 2) %}<{{ c }}>{% endcall %}"
    assert themed({"templates/404.html": macros + called}).text("404.html") == "12<&amp;>"
    for call in ("pair(1, c=3)", "pair(1, 2, 3, 4)"):
        with pytest.raises(ThemeError, match="cannot be computed"):
            themed({"templates/404.html": f"{macros}{{{{ {call} }}}}"}).text("404.html")
