"""What a plan has of its own in the theme: an accent and a logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.pages.built import site

from planfolio.pipeline import build, check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planfolio.pipeline import Today

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"/>'


@pytest.mark.parametrize("audience", ["public", "private"])
def test_a_logo_stands_before_the_title(audience: str) -> None:
    """With its size, so that nothing moves, and silent, as the title says what it stands for. One
    that is about square is the icon of the tab, too."""
    files = {
        "site.toml": 'title = "A plan"\ntheme = {logo = "looks/mark.svg"}\n',
        "looks/mark.svg": SVG.format(120, 100),
        "looks/other.svg": SVG.format(120, 100),
        "goals/hidden.md": "title: Hidden\nvisibility: private",
    }
    built = site(files, audience=audience)
    page = built.page("aim/")
    (logo,) = [image.element for image in page.all("img")]
    assert {name: logo.get(name) for name in ("src", "width", "height", "alt")} == {
        "src": "../files/looks/mark.svg",
        "width": "120",
        "height": "100",
        "alt": "",
    }
    assert page.meta("icon") == "../files/looks/mark.svg"
    assert [path for path in built.paths if path.startswith("files/")] == ["files/looks/mark.svg"]
    wide = site(files | {"looks/mark.svg": SVG.format(130, 100)}, audience=audience).page("aim/")
    assert "mark." in (wide.meta("icon") or "")
    assert "looks" not in (wide.meta("icon") or "")


def test_an_accent_colours_the_stylesheet_and_the_icon(
    plan: Callable[[dict[str, str]], Path], today: Today
) -> None:
    """Of the theme that is named, for everyone; `theme` may be its name alone or a table."""
    sheets = {}
    for theme in ('"default"', '{name = "default"}', '{accent = "#0b6"}', '{accent = "#00BB66"}'):
        files = build(plan({"site.toml": f"theme = {theme}"}), today=today).files
        assert files is not None
        sheets[theme] = {
            p: d for p, d in files.items() if p.startswith(("assets/style", "assets/mark"))
        }
    plain, table, short, long = sheets.values()
    assert plain == table
    assert short == long
    assert not plain.keys() & short.keys()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('accent = "teal"', "2:10 F102 `teal` is no colour by its red, green and blue"),
        ('accent = "0b6e4f"', "2:10 F102 `0b6e4f` lacks the sign of a colour"),
        ("accent = []", "2:10 F102 expected a colour, found a list"),
        ('logo = "mark.sgv"', "2:8 L102 there is no picture `mark.sgv` in content/"),
        ('logo = "bare.svg"', "2:8 F102 `bare.svg` tells no width and height, without which"),
        ('acent = "#0b6e4f"', "2:1 F104 unknown key `acent`"),
    ],
)
def test_what_cannot_be_shown_is_told_at_its_place(
    plan: Callable[[dict[str, str]], Path], today: Today, setting: str, said: str
) -> None:
    """With what to write instead."""
    files = {
        "site.toml": f"[theme]\n{setting}\n",
        "content/mark.svg": SVG.format(20, 20),
        "content/bare.svg": "<svg/>",
    }
    (found,) = check(plan(files), today=today).errors
    assert f"{found.span.line}:{found.span.column} {found.code} {found.message}".startswith(said)
    assert found.path == "site.toml"
    assert found.hint
