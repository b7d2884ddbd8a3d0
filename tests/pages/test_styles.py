"""The classes of the default theme: each is used by a template or by Markdown, and has a style."""

from __future__ import annotations

import re

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


def test_templates_and_styles_know_the_same_classes() -> None:
    """No style is left over, and no class says nothing. Pygments names those of code.css."""
    theme = themes() / "default"
    used: set[str] = set()
    for template in theme.glob("templates/**/*.html"):
        for names in re.findall(r'class="([^"]*)"', template.read_text()):
            used.update(re.sub(r"\{[{%].*?[}%]\}", " ", names).split())
    styled: set[str] = set()
    for style in theme.glob("styles/*.css"):
        if style.name != "code.css":
            rules = re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.DOTALL)
            for selector in re.findall(r"([^{};]+)\{", rules):
                styled.update(re.findall(r"\.([a-z][\w-]*)", selector))
    assert used
    assert styled == used | FROM_MARKDOWN | FROM_ICONS
