"""The styles of the default theme: its classes, and the glyphs of statuses."""

import re
from pathlib import Path

import pytest

from planfolio import serve
from planfolio.analyse.status import Status
from planfolio.bundled import themes

FROM_MARKDOWN = {
    "alert",
    "alert-caution",
    "alert-important",
    "alert-tip",
    "alert-title",
    "alert-warning",
    "align-center",
    "align-right",
    "cancelled",
    "done",
    "footnote-back",
    "footnote-ref",
    "footnotes",
    "narrower",
    "narrower-title",
    "table-scroll",
    "task",
    "task-icon",
    "task-list",
}
FROM_ICONS = {"icon"}
FROM_SCRIPTS = {"search-excerpt", "search-kind", "search-more", "search-title", "tip"}


def test_templates_and_styles_know_the_same_classes() -> None:
    """No style is left over, and no class says nothing. Pygments names those of code.css."""
    theme = themes() / "default"
    used: set[str] = set()
    for template in theme.glob("templates/**/*.html"):
        for names in re.findall(r'class="([^"]*)"', template.read_text()):
            used.update(re.sub(r"\{[{%].*?[}%]\}", " ", names).split())
        used.update(re.findall(r"parts\.\w*line\('([a-z]+)'", template.read_text()))
    styled: set[str] = set()
    for style in theme.glob("styles/*.css"):
        if style.name != "code.css":
            rules = re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.DOTALL)
            for selector in re.findall(r"([^{};]+)\{", rules):
                styled.update(re.findall(r"\.([a-z][\w-]*)", selector))
    assert used
    assert styled == used | FROM_MARKDOWN | FROM_ICONS | FROM_SCRIPTS


def test_paper_styles_what_is_there() -> None:
    """The second theme names no class that the templates lack, and stays small."""
    theme = themes() / "paper"
    style = re.sub(r"/\*.*?\*/", "", (theme / "styles/theme.css").read_text(), flags=re.DOTALL)
    known = "".join(path.read_text() for path in (themes() / "default/styles").glob("*.css"))
    names = set(re.findall(r"\.([a-z][\w-]*)", style))
    assert [name for name in names if f".{name}" not in known] == []
    assert len(list(theme.rglob("templates/**/*.html"))) < 5
    assert len(style) < 5_000


def test_nothing_moves_for_those_who_do_not_want_it() -> None:
    """Whatever is animated stands in a rule for readers who have no wish for less motion."""
    wanted = re.compile(r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", re.DOTALL)
    preview = Path(serve.__file__).parent / "client" / "client.css"
    found = [*themes().glob("*/styles/*.css"), *themes().glob("*/assets/*"), preview]
    texts = {path.name: path.read_text() for path in found}
    assert [name for name, text in texts.items() if wanted.search(text)] == [
        "base.css",
        "client.css",
    ]
    for name, text in texts.items():
        moving = r"\b(transition|animation)\b[\w-]*:|\bsmooth\b(?!ing)"
        assert not re.search(moving, wanted.sub("", text)), name


def test_each_status_has_a_glyph_of_its_own() -> None:
    """No two statuses share one, none is left out, and no style or template uses one otherwise."""
    theme = themes() / "default"
    styles = (theme / "styles" / "statuses.css").read_text()
    glyphs = dict(
        re.findall(r'\[data-status="([\w-]+)"\] \{ --glyph: url\("([^"]+)"\); \}', styles)
    )
    assert set(glyphs) == {str(status) for status in Status}
    assert len(set(glyphs.values())) == len(glyphs)
    others = [path for path in theme.glob("styles/*.css") if path.name != "statuses.css"]
    assert [path.name for path in others if "--glyph" in path.read_text()] == []
    marked = [p.name for p in theme.glob("templates/**/*.html") if "data-status" in p.read_text()]
    assert marked == ["ui.html"]


def test_the_font_until_geist_is_there_has_its_metrics() -> None:
    """Of 1000 units its ascent is 1005, its descent 295 and its line gap 0, as Geist's. It is made
    as wide as Geist, and the other metrics grow with that."""
    fonts = (themes() / "default/styles/fonts.css").read_text()
    (face,) = re.findall(r"\{([^{}]*Fallback[^{}]*)\}", fonts)
    share = {name: float(value) / 100 for name, value in re.findall(r"([\w-]+): ([\d.]+)%", face)}
    size = share["size-adjust"]
    assert size == pytest.approx(1.0476)
    assert size * share["ascent-override"] == pytest.approx(1.005, abs=0.0005)
    assert size * share["descent-override"] == pytest.approx(0.295, abs=0.0005)
    assert share["line-gap-override"] == 0
